"""Writing questionnaires: a file becomes a draft, a draft is published and frozen."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access.models import Audience
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.queries import last_change
from merida.foundation.registry.models import Mechanism, Provision
from merida.review.questionnaires.form import Form
from merida.review.questionnaires.form_file import read_form, write_form
from merida.review.questionnaires.forms_kept import digest_of, form_of
from merida.review.questionnaires.models import AskedQuestion, Questionnaire, Version
from merida.review.questionnaires.recipes import ProvisionToAsk, expand
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.unfinished import unfinished

DATA = Path(__file__).resolve().parents[2] / "data" / "questionnaires"
SHARED = "shared.yaml"


def take_in(actor: Actor, text: str, *, seen: str = "") -> Version:
    """Keep a questionnaire file as the draft of its next version; a draft already there is replaced.

    The same content as the newest version changes nothing. With ``seen``, the digest of the version that was opened, a
    draft that somebody changed since is not replaced. Raises FormError naming lines, RefusedError (unknown mechanism or
    provisions, changed since), PermissionDenied.
    """
    allow_writing(actor)
    form = read_form(text)
    with transaction.atomic():
        if seen:
            newest = Version.objects.select_for_update().filter(questionnaire__code=form.code).order_by("-number")
            held = newest.defer("content").first()
            if held is not None and held.digest not in {seen, digest_of(write_form(form))}:
                raise _overtaken(held)
        return keep_form(actor, form)


def _overtaken(held: Version) -> RefusedError:
    last = last_change(reference_to(held), lambda _one: True)
    if last is None or not last.who:
        return RefusedError("somebody else changed this draft since you opened it; yours is below, theirs beside it")
    return RefusedError(
        "{who} changed this draft on {moment}, since you opened it; yours is below, theirs beside it",
        who=last.who,
        moment=last.at,
    )


def take_in_recipe(actor: Actor, text: str, *, seen: str = "") -> Version:
    """Keep a recipe, expanded with the provisions of the registry. Raises as ``take_in`` does."""
    return take_in(actor, expanded_recipe(text, provisions_to_ask()), seen=seen)


def expanded_recipe(text: str, provisions: Sequence[ProvisionToAsk], *, folder: Path = DATA) -> str:
    """Return the questionnaire file of a recipe, with the choices and blocks that all recipes share."""
    shared = (folder / SHARED).read_text(encoding="utf-8")
    return json.dumps(expand(text, provisions, shared=shared), ensure_ascii=False)


def keep_form(actor: Actor, form: Form) -> Version:
    """Keep a questionnaire as the draft of its next version, inside a transaction. Raises as ``take_in`` does."""
    allow_writing(actor)
    content = write_form(form)
    mechanism = mechanism_of(form)
    _provisions(form)
    held, _ = Questionnaire.objects.get_or_create(
        code=form.code, defaults={"titles": dict(form.title), "mechanism": mechanism, "audience": Audience.PUBLIC}
    )
    newest = held.versions.order_by("-number").first()
    if newest is not None and newest.digest == digest_of(content):
        return newest
    if newest is None or newest.frozen_at is not None:
        number = 1 if newest is None else newest.number + 1
        newest = Version(questionnaire=held, number=number)
    before = {"digest": newest.digest} if newest.pk else None
    newest.content, newest.digest = content, digest_of(content)
    newest.questions_count, newest.changed_at = len(form.order), timezone.now()
    newest.save()
    after = {"digest": newest.digest, "number": newest.number, "questions": newest.questions_count}
    record_change(actor, "WRITE_QUESTIONNAIRE", reference_to(newest), before=before, after=after)
    return newest


def publish_version(
    actor: Actor, version: Version, *, due_date: dt.date | None = None, note_verbale: str = "", takes_late: bool = True
) -> Version:
    """Freeze a version and open it to everybody, with the note verbale that sends it out where there is one.

    Raises RefusedError where it is frozen already, or where something unfinished blocks it; PermissionDenied.
    """
    allow_writing(actor)
    with transaction.atomic():
        held = Version.objects.select_for_update().select_related("questionnaire").get(pk=version.pk)
        if held.frozen_at is not None:
            raise RefusedError("{version} is published already and does not change any more", version=held)
        form = form_of(held)
        known = _provisions(form)
        blocking = next((one for one in unfinished(form, provisions=_asked_about(form)) if one.blocks), None)
        if blocking is not None:
            raise RefusedError(
                "{item}: a section without questions, or a question that is never asked, is not published",
                item=blocking.question or blocking.section,
            )
        held.frozen_at, held.due_date = timezone.now(), due_date
        held.note_verbale_text, held.takes_late = note_verbale.strip()[:500], takes_late
        held.save(update_fields=["frozen_at", "due_date", "note_verbale_text", "takes_late"])
        AskedQuestion.objects.bulk_create(
            AskedQuestion(
                version=held,
                identifier=each.identifier,
                section=form.section_of[each.identifier],
                position=place,
                kind=each.kind,
                provision_id=known.get(each.provision),
            )
            for place, each in enumerate(form.questions())
        )
        # the keys that were just given are read anew: SQLite does not always return them
        keys = dict(held.asked.values_list("identifier", "pk"))
        AskedQuestion.further.through.objects.bulk_create(
            AskedQuestion.further.through(askedquestion_id=keys[each.identifier], provision_id=known[key])
            for each in form.questions()
            for key in each.further
        )
        asked = held.questionnaire
        asked.titles, asked.mechanism = dict(form.title), mechanism_of(form)
        asked.published_at = asked.published_at or timezone.now()
        asked.save()
        after = {"digest": held.digest, "due_date": due_date, "note_verbale": held.note_verbale_text}
        record_change(actor, "PUBLISH_QUESTIONNAIRE", reference_to(held), before=None, after=after)
    return held


def provisions_to_ask() -> list[ProvisionToAsk]:
    """Return all provisions of the registry as recipes need them."""
    rows = Provision.objects.select_related("parent").order_by("instrument_id", "position")
    return [
        ProvisionToAsk(row.key, row.slug, row.kind, row.parent.key if row.parent else "", row.titles, row.obligation)
        for row in rows
    ]


def mechanism_of(form: Form) -> Mechanism | None:
    """Return the mechanism that a questionnaire names, None where it names none. Raises RefusedError."""
    if not form.mechanism:
        return None
    found = Mechanism.objects.filter(code=form.mechanism).first()
    if found is None:
        raise RefusedError("mechanism: {code} is not in the registry", code=form.mechanism[:60])
    return found


def _provisions(form: Form) -> dict[str, int]:
    keys = _asked_about(form)
    known = dict(Provision.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
    pairs = ((each.identifier, key) for each in form.questions() for key in each.provisions)
    strange = next((pair for pair in pairs if pair[1] not in known), None)
    if strange is not None:
        raise RefusedError(
            "question {question}: provision {key} is not in the registry",
            question=strange[0],
            key=strange[1],
        )
    if missing := keys - set(known):
        raise RefusedError("provision {key} is not in the registry", key=min(missing))
    return known


def _asked_about(form: Form) -> set[str]:
    keys = {key for each in form.questions() for key in each.provisions}
    return keys | {section.provision for section in form.sections if section.provision}


def allow_writing(actor: Actor) -> None:
    """Raise PermissionDenied for who may not write questionnaires."""
    if not may(actor, Deed.ASK_STATES):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
