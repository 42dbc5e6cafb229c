"""A questionnaire as a value: sections, questions, choices, columns, conditions. Pure.

``identifier`` is stable: the same question keeps it in every later version, and answers follow it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

Texts = Mapping[str, str]  # {"en": …, "zh": …}


class Kind(StrEnum):
    """What a question asks for. Law on paper and practice are apart."""

    COMPLIANCE = "COMPLIANCE"
    MEASURES = "MEASURES"
    LAW = "LAW"
    AUTHORITIES = "AUTHORITIES"
    PRACTICE = "PRACTICE"
    CASES = "CASES"
    STATISTICS = "STATISTICS"
    CHALLENGES = "CHALLENGES"
    ASSISTANCE = "ASSISTANCE"
    NARRATIVE = "NARRATIVE"
    CHOICE = "CHOICE"
    NUMBER = "NUMBER"
    DAY = "DAY"
    MATRIX = "MATRIX"
    SET = "SET"
    ATTACHMENTS = "ATTACHMENTS"


class Part(StrEnum):
    """A part of an answer; every kind of question takes some of them."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    ROWS = "rows"
    LAWS = "laws"
    AUTHORITIES = "authorities"
    NUMBER = "number"
    DAY = "day"


PARTS: Final[dict[Kind, frozenset[Part]]] = {
    Kind.COMPLIANCE: frozenset({Part.CHOICE, Part.TEXT}),
    Kind.MEASURES: frozenset({Part.TEXT}),
    Kind.LAW: frozenset({Part.TEXT, Part.LAWS}),
    Kind.AUTHORITIES: frozenset({Part.TEXT, Part.AUTHORITIES}),
    Kind.PRACTICE: frozenset({Part.TEXT}),
    Kind.CASES: frozenset({Part.TEXT}),
    Kind.STATISTICS: frozenset({Part.ROWS, Part.TEXT}),
    Kind.CHALLENGES: frozenset({Part.CHOICES, Part.TEXT}),
    Kind.ASSISTANCE: frozenset({Part.CHOICES, Part.TEXT}),
    Kind.NARRATIVE: frozenset({Part.TEXT}),
    Kind.CHOICE: frozenset({Part.CHOICE, Part.TEXT}),
    Kind.NUMBER: frozenset({Part.NUMBER, Part.TEXT}),
    Kind.DAY: frozenset({Part.DAY, Part.TEXT}),
    Kind.MATRIX: frozenset({Part.ROWS, Part.TEXT}),
    Kind.SET: frozenset({Part.ROWS, Part.TEXT}),
    Kind.ATTACHMENTS: frozenset({Part.TEXT}),
}
REGISTERED: Final = (Part.LAWS, Part.AUTHORITIES)  # chosen from a register of the State, by identifier
WITH_CHOICES: Final = frozenset({Kind.COMPLIANCE, Kind.CHALLENGES, Kind.ASSISTANCE, Kind.CHOICE})
WITH_COLUMNS: Final = frozenset({Kind.STATISTICS, Kind.MATRIX, Kind.SET})
WITH_ROWS: Final = frozenset({Kind.STATISTICS, Kind.MATRIX})
OBLIGATIONS: Final = ("MANDATORY", "CONSIDER", "OPTIONAL")


class ColumnKind(StrEnum):
    """What a cell of a table holds."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer."""

    code: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: one year of a figure, one side of a matrix, one field of a repeated set."""

    identifier: str
    text: Texts
    kind: ColumnKind = ColumnKind.TEXT
    unit: str = ""
    year: int | None = None

    def headed(self, text: str) -> str:
        """Return the head of the column: ``text`` with its year and unit, each where the text does not say it."""
        more = [each for each in (str(self.year or ""), self.unit) if each and each not in text]
        return f"{text} ({', '.join(more)})" if more else text


@dataclass(frozen=True, slots=True)
class Row:
    """A fixed row of a matrix or of a table of statistics."""

    identifier: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only where the answer to ``question`` is one of ``codes``."""

    question: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``required`` ones must be cleared before the answers can be submitted."""

    identifier: str
    kind: Kind
    text: Texts
    guidance: Texts = field(default_factory=dict)
    provision: str = ""
    obligation: str = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    conditions: tuple[Condition, ...] = ()  # all of them must hold
    further: tuple[str, ...] = ()  # provisions beside ``provision``, where a question asks about several

    @property
    def parts(self) -> frozenset[Part]:
        """Return the parts an answer may have."""
        return PARTS[self.kind]

    @property
    def provisions(self) -> tuple[str, ...]:
        """Return every provision that the question names, the first one in front."""
        return ((self.provision,) if self.provision else ()) + self.further

    @property
    def about(self) -> str:
        """Return the provisions as a heading names them."""
        return ", ".join(self.provisions)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together, most often those about one article."""

    identifier: str
    title: Texts
    questions: tuple[Question, ...]
    provision: str = ""

    def provisions_of(self, question: Question) -> tuple[str, ...]:
        """Return what one of its questions is about: the question's own provisions, else that of the section."""
        return question.provisions or ((self.provision,) if self.provision else ())


@dataclass(frozen=True)
class Form:
    """A whole questionnaire."""

    code: str
    title: Texts
    sections: tuple[Section, ...]
    mechanism: str = ""
    introduction: Texts = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Yield all questions in their order."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def by_identifier(self) -> dict[str, Question]:
        """Return the questions by identifier."""
        return {question.identifier: question for question in self.questions()}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """Return the section of each question."""
        return {each.identifier: section.identifier for section in self.sections for each in section.questions}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Return the identifiers of all questions in their order."""
        return tuple(self.by_identifier)

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the place of each question in the order."""
        return {identifier: place for place, identifier in enumerate(self.order)}

    @cached_property
    def conditional(self) -> tuple[Question, ...]:
        """Return the questions that are asked under conditions only."""
        return tuple(question for question in self.questions() if question.conditions)

    @cached_property
    def required(self) -> frozenset[str]:
        """Return the identifiers of the questions that must be answered where they are asked."""
        return frozenset(question.identifier for question in self.questions() if question.required)

    @cached_property
    def section_named(self) -> dict[str, Section]:
        """Return the sections by identifier."""
        return {section.identifier: section for section in self.sections}

    @cached_property
    def dependents(self) -> dict[str, tuple[str, ...]]:
        """Return for each question those whose conditions ask about it, directly or over others."""
        direct: dict[str, list[str]] = {}
        for question in self.questions():
            for condition in question.conditions:
                direct.setdefault(condition.question, []).append(question.identifier)
        return {each: tuple(_reached(each, direct)) for each in direct}


def _reached(start: str, direct: Mapping[str, list[str]]) -> list[str]:
    found: dict[str, None] = {}
    waiting = list(direct.get(start, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = None
            waiting.extend(direct.get(each, ()))
    return list(found)
