"""Responses that still answer an older version of a questionnaire, and where one was carried over from."""

from collections.abc import Iterator
from dataclasses import dataclass

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.review.questionnaires.carrying import compare
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Response, Version
from merida.review.questionnaires.queries import Desk, responses


@dataclass(frozen=True, slots=True)
class Behind:
    """A response to an older version; of its answers ``lost`` would stay in the history only."""

    response: Response
    lost: int


def left_behind(actor: Actor, version: Version) -> list[Behind]:
    """Return the responses to older versions of the questionnaire of ``version``. A query a version, and one."""
    older = responses(actor).filter(version__questionnaire=version.questionnaire_id, version__number__lt=version.number)
    held = list(older.order_by("version__number", "state__iso3"))
    lost = {old.pk: _lost(old, version) for old in {one.version_id: one.version for one in held}.values()}
    return [Behind(one, lost[one.version_id].get(one.pk, 0)) for one in held]


def _lost(old: Version, new: Version) -> dict[int, int]:
    """Return how many answers of each response would not be carried over."""
    report = compare(form_of(old), form_of(new))
    rows = Answer.objects.filter(
        response__version=old, question__in=[*report.changed, *report.gone], is_answered=True
    ).values_list("response_id", flat=True)
    counted: dict[int, int] = {}
    for pk in rows:
        counted[pk] = counted.get(pk, 0) + 1
    return counted


def moved_from(desk: Desk) -> Version | None:
    """Return the version that the answers were carried over from the last time, None where they never were."""
    moves = [one for one in history(reference_to(desk.response)) if one.verb == "MOVE_RESPONSE" and one.before]
    named: Iterator[str] = (str((one.before or {}).get("version", "")) for one in reversed(moves))
    last = next(named, "")
    return Version.objects.filter(uuid=last).defer("content").first() if last else None
