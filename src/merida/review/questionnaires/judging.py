"""What becomes of an answer that a file brings back: one rule for every kind of file. Pure.

No text that fits its question is turned away: what comes too late, clashes, or comes from somebody who is no longer
entrusted is kept beside the answer. Refused is only what could not be kept anywhere, with its reason; the file still
holds it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from merida.foundation.sources.languages import LANGUAGES
from merida.review.questionnaires.form import Question
from merida.review.questionnaires.values import ValueProblem, clean_value, is_answered


class Became(StrEnum):
    """What became of a row, or would become of it."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    EMPTIED = "EMPTIED"
    UNCHANGED = "UNCHANGED"
    ASIDE = "ASIDE"  # kept beside the answer
    REFUSED = "REFUSED"


class Trust(StrEnum):
    """Whether the question is entrusted to who brings the file back."""

    NOW = "NOW"
    BEFORE = "BEFORE"
    NEVER = "NEVER"


@dataclass(frozen=True, slots=True)
class Returned:
    """A row of a file: the answer in one language, the revision it was made from, and where in the file it stands.

    ``key`` names this text where the file names it, ``earlier`` the texts before it that the same copy gave out.
    ``template`` with ``values`` says why the row could not be read; it is refused then.
    """

    question: str
    language: str
    seen: int = 0
    value: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    key: UUID | None = None
    earlier: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer as it stands. ``base`` is the text of the revision the row was made from, ``keys`` what came in."""

    revision: int = 0
    value: Mapping[str, Any] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    submitted: bool = False
    key: UUID | None = None  # of the text that stands now
    keys: frozenset[UUID] = frozenset()


class Around(NamedTuple):
    """What the judgement depends on besides the row and the answer."""

    response: UUID
    question: Question | None  # of the version that is answered now
    trust: Trust
    fits: bool = True  # whether the question of the file asks for the same as this one
    twice: bool = False  # whether another row of the file answers the same
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: ``aside`` says why it is kept beside, ``template`` with ``values`` why it was refused.

    ``value`` is the text as it is kept; ``now`` the answer as it stood, None where this reader may not see it.
    """

    row: Returned
    became: Became
    aside: str = ""
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    value: Mapping[str, Any] | None = None
    now: Mapping[str, Any] | None = None


def judge(row: Returned, standing: Standing, around: Around) -> Outcome:
    """Return what becomes of a row. Of a question that is not entrusted, nothing of the answer is told."""
    refusal = _unreadable(row, around)
    if refusal is not None or around.question is None:
        return refusal or _not_entrusted(row)
    try:
        value = clean_value(around.question, row.value)
    except ValueProblem as problem:
        return Outcome(row, Became.REFUSED, template=problem.template, values=problem.values)
    became, why = _held_against(row, value, standing, around)
    now = standing.value if around.trust is Trust.NOW else None
    return Outcome(row, became, aside=why, value=value, now=now)


def why_aside(*, lost: bool, submitted: bool, closed: bool, clashes: bool) -> str:
    """Return why a text cannot enter an answer and is kept beside it, "" where it can: a code of ``WhyAside``.

    ``lost``: the writer is no longer entrusted. ``clashes``: the answer is neither what they had before them nor this.
    """
    if lost:
        return "NO_LONGER_ENTRUSTED"
    if submitted:
        return "SUBMITTED"
    if closed:
        return "TOO_LATE"
    return "BOTH_WROTE" if clashes else ""


def row_key(response: UUID, row: Returned, value: Mapping[str, Any]) -> UUID:
    """Return the key of a row: its own, else the same answer on the same revision is one and the same sending."""
    if row.key is not None:
        return row.key
    said = json.dumps([row.question, row.language, row.seen, value], sort_keys=True, ensure_ascii=False)
    return uuid5(response, said)


def _unreadable(row: Returned, around: Around) -> Outcome | None:
    """Return the refusal of a row whose place in the answers cannot be told, None where it can."""
    if row.template:
        return Outcome(row, Became.REFUSED, template=row.template, values=row.values)
    if around.twice:
        return _refused(row, "{question} stands in the file more than once", question=row.question[:100])
    if around.question is None or around.trust is Trust.NEVER:
        return _not_entrusted(row)
    if not around.fits:
        return _refused(row, "{question}: the question takes another kind of answer now", question=row.question)
    if row.language not in LANGUAGES:
        return _refused(row, "{language} is none of the six languages", language=row.language[:10])
    return None


def _held_against(row: Returned, value: Mapping[str, Any], standing: Standing, around: Around) -> tuple[Became, str]:
    seen = row.seen if row.seen <= standing.revision else 0  # a number changed by hand: begun from nothing
    goes_on = standing.key is not None and standing.key in row.earlier  # this copy's own text came in before
    as_in_file = not goes_on and value == (standing.value if seen == standing.revision else standing.base)
    if as_in_file or value == standing.value or row_key(around.response, row, value) in standing.keys:
        return Became.UNCHANGED, ""
    why = why_aside(
        lost=around.trust is Trust.BEFORE,
        submitted=standing.submitted,
        closed=around.closed,
        clashes=seen != standing.revision and not goes_on,
    )
    if why:
        return Became.ASIDE, why
    if not is_answered(value):
        return Became.EMPTIED, ""
    return (Became.CHANGED if is_answered(standing.value) else Became.NEW), ""


def _not_entrusted(row: Returned) -> Outcome:
    return _refused(row, "{question}: no question of this name is entrusted to you", question=row.question[:100])


def _refused(row: Returned, template: str, **values: Any) -> Outcome:
    return Outcome(row, Became.REFUSED, template=template, values=values)
