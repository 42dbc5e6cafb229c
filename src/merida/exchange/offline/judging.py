"""What becomes of one answer that is brought back: taken, kept beside, or refused with its reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from merida.exchange.offline.answers_file import Row
from merida.review.questionnaires.form import Question
from merida.review.questionnaires.values import ValueProblem, clean_value


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "NEW"  # the first text of this answer
    CHANGES = "CHANGES"  # takes the place of the text that was in the package
    SAME = "SAME"  # nothing is changed
    BESIDE = "BESIDE"  # both texts are kept, to be merged by a person
    REFUSED = "REFUSED"


class Why(StrEnum):
    """Why a row is not simply taken."""

    NOTHING = ""
    TAKEN_BEFORE = "TAKEN_BEFORE"
    BOTH_WROTE = "BOTH_WROTE"
    SUBMITTED = "SUBMITTED"
    NOT_ASKED = "NOT_ASKED"
    OTHER_KIND = "OTHER_KIND"
    NOT_ENTRUSTED = "NOT_ENTRUSTED"
    TOO_LATE = "TOO_LATE"
    LANGUAGE = "LANGUAGE"
    VALUE = "VALUE"  # ``problem`` says what is wrong with it


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer on the site now. ``key`` names the text as its sender named it."""

    revision: int = 0
    value: Mapping[str, Any] | None = None
    submitted: bool = False
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What the judgement depends on besides the row and the answer."""

    question: Question | None  # of the version that is answered now
    fits: bool  # whether an answer to the question of the package is one to this question
    mine: bool
    closed: bool
    known: bool  # this very text was brought before
    in_six_languages: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what becomes of it. ``seen`` is the revision it replaces; ``now`` is shown only where it may be."""

    row: Row
    verdict: Verdict
    why: Why = Why.NOTHING
    value: Mapping[str, Any] | None = None
    now: Mapping[str, Any] | None = None
    seen: int = 0
    problem: ValueProblem | None = None


def judge(row: Row, standing: Standing, around: Around) -> Judged:
    """Return what becomes of a row. Of a question that is not entrusted, nothing of the answer on the site is told."""
    if around.question is None:
        return Judged(row, Verdict.REFUSED, Why.NOT_ASKED)
    if not around.mine:
        return Judged(row, Verdict.REFUSED, Why.NOT_ENTRUSTED)
    if not around.fits:
        return Judged(row, Verdict.REFUSED, Why.OTHER_KIND)
    if not around.in_six_languages:
        return Judged(row, Verdict.REFUSED, Why.LANGUAGE)
    try:
        value = clean_value(around.question, row.value)
    except ValueProblem as problem:
        return Judged(row, Verdict.REFUSED, Why.VALUE, problem=problem)
    return _held_against(row, value, standing, around)


def _held_against(row: Row, value: Mapping[str, Any], standing: Standing, around: Around) -> Judged:
    now = standing.value or {}
    if around.known:
        return Judged(row, Verdict.SAME, Why.TAKEN_BEFORE, value, now)
    if value == now:
        return Judged(row, Verdict.SAME, Why.NOTHING, value, now)
    if around.closed:
        return Judged(row, Verdict.REFUSED, Why.TOO_LATE, value, now)
    if standing.submitted:
        return Judged(row, Verdict.BESIDE, Why.SUBMITTED, value, now, seen=row.base)
    goes_on = standing.key is not None and standing.key in row.earlier  # this copy's own text came back before
    if standing.revision != row.base and not goes_on:
        return Judged(row, Verdict.BESIDE, Why.BOTH_WROTE, value, now, seen=row.base)
    return Judged(row, Verdict.CHANGES if now else Verdict.NEW, Why.NOTHING, value, now, seen=standing.revision)
