"""What the public reads: the published set of a questionnaire and who answered, when, in time or late."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from merida.foundation.access.visibility import Actor
from merida.review.questionnaires.models import PublishedAnswer, Version
from merida.review.questionnaires.submitting import is_late


@dataclass(frozen=True, slots=True)
class StateAnswered:
    """A State in the synthesis table: only what it consented to publish counts."""

    state: str  # ISO 3166-1 alpha-3
    names: dict[str, str]
    submitted_date: date
    late: bool
    questions: int
    languages: tuple[str, ...]


def published_answers(actor: Actor, version: Version | None = None) -> QuerySet[PublishedAnswer]:
    """Return the answers that States consented to publish."""
    found = PublishedAnswer.objects.visible_to(actor).filter(version__frozen_at__isnull=False)
    if version is not None:
        found = found.filter(version=version)
    found = found.select_related("state", "version__questionnaire").defer("version__content")
    return found.order_by("version", "question", "state__iso3", "language")


def synthesis(actor: Actor, version: Version) -> list[StateAnswered]:
    """Return who answered, by State: the day of its first answer that is public, in time or late."""
    rows: dict[str, list[PublishedAnswer]] = {}
    for row in published_answers(actor, version):
        rows.setdefault(row.state.iso3, []).append(row)
    return [_answered(code, given) for code, given in sorted(rows.items())]


def answers_by_question(actor: Actor, version: Version) -> Counter[str]:
    """Return how many States published an answer to each question."""
    pairs = published_answers(actor, version).order_by().values_list("question", "state").distinct()
    return Counter(question for question, _ in pairs)


def _answered(code: str, given: list[PublishedAnswer]) -> StateAnswered:
    first = min(row.submitted_date for row in given)
    return StateAnswered(
        state=code,
        names=given[0].state.names,
        submitted_date=first,
        late=is_late(first, given[0].due_date),
        questions=len({row.question for row in given}),
        languages=tuple(sorted({row.language for row in given})),
    )
