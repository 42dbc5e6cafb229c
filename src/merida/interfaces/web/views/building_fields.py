"""From what an officer typed about a question to the question, and back: what was typed stays until it is taken."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict

from merida.interfaces.web.languages import direction
from merida.interfaces.web.views.listing import language
from merida.review.questionnaires.form import (
    WITH_CHOICES,
    WITH_COLUMNS,
    WITH_ROWS,
    Choice,
    Column,
    ColumnKind,
    Condition,
    Form,
    Kind,
    Question,
    Row,
)
from merida.review.questionnaires.form_file import LANGUAGES
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.tree import free_identifier
from merida.review.questionnaires.wellformed import MOST_ITEMS, visible

SPARE_LINES: Final = 3  # empty ones under a list, to add to it
LONGEST_SEARCH: Final = 80


@dataclass(frozen=True, slots=True)
class TextField:
    """One text in one language, as a form shows it."""

    name: str
    language: str
    text: str

    @property
    def direction(self) -> str:
        """Which way its words run."""
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Line:
    """One choice, column or row as typed."""

    code: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    kind: str = "TEXT"
    unit: str = ""
    year: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A question as it stands in the form, right or wrong."""

    identifier: str
    kind: str = "NARRATIVE"
    text: Mapping[str, str] = field(default_factory=dict)
    guidance: Mapping[str, str] = field(default_factory=dict)
    provisions: tuple[str, ...] = ()
    obligation: str = ""
    required: bool = True
    choices: tuple[Line, ...] = ()
    columns: tuple[Line, ...] = ()
    rows: tuple[Line, ...] = ()
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    find: str = ""  # words to find a provision by
    find_question: str = ""

    @property
    def known_kind(self) -> Kind:
        """The kind, free text where it is none."""
        return Kind(self.kind) if self.kind in set(Kind) else Kind.NARRATIVE


def languages_here() -> list[str]:
    """Return the six languages, the reader's first."""
    return sorted(LANGUAGES, key=lambda one: one != language())


def text_fields(name: str, texts: Mapping[str, str]) -> list[TextField]:
    """Return one field a language."""
    return [TextField(f"{name}.{code}", code, visible(texts.get(code, ""))) for code in languages_here()]


def texts_sent(sent: QueryDict, name: str) -> dict[str, str]:
    """Return the texts of a form by language, without those that are empty."""
    found = {code: _sent(sent, f"{name}.{code}") for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def typed_from(question: Question) -> Typed:
    """Return a question as a form shows it."""
    return Typed(
        identifier=question.identifier,
        kind=question.kind.value,
        text=question.text,
        guidance=question.guidance,
        provisions=question.provisions,
        obligation=question.obligation,
        required=question.required,
        choices=tuple(Line(one.code, one.text) for one in question.choices),
        columns=tuple(
            Line(one.identifier, one.text, one.kind.value, one.unit, "" if one.year is None else str(one.year))
            for one in question.columns
        ),
        rows=tuple(Line(one.identifier, one.text) for one in question.rows),
        conditions={one.question: one.codes for one in question.conditions},
    )


def typed_sent(sent: QueryDict, identifier: str) -> Typed:
    """Return what was typed. ``identifier`` is that of the question; a new one brings its own."""
    return Typed(
        identifier=identifier or _sent(sent, "identifier"),
        kind=_sent(sent, "kind")[:40],
        text=texts_sent(sent, "text"),
        guidance=texts_sent(sent, "guidance"),
        provisions=tuple(
            dict.fromkeys(key for each in sent.getlist("provision")[:200] if (key := visible(each.strip()[:200])))
        ),
        obligation=_sent(sent, "obligation")[:40],
        required="required" in sent,
        choices=_lines_sent(sent, "choice"),
        columns=_lines_sent(sent, "column"),
        rows=_lines_sent(sent, "row"),
        conditions=_conditions_sent(sent),
        find=visible(_sent(sent, "find")[:LONGEST_SEARCH]),
        find_question=visible(_sent(sent, "find_question")[:LONGEST_SEARCH]),
    )


def question_of(typed: Typed) -> Question:
    """Return the question that was typed, with the parts that its kind has. Raises RefusedError."""
    if typed.kind not in set(Kind):
        raise RefusedError("{item}: {what} is not known here", item=typed.identifier, what=typed.kind)
    kind = Kind(typed.kind)
    choices = _named(typed.choices, "C") if kind in WITH_CHOICES else ()
    columns = _named(typed.columns, "c") if kind in WITH_COLUMNS else ()
    rows = _named(typed.rows, "r") if kind in WITH_ROWS else ()
    return Question(
        identifier=typed.identifier,
        kind=kind,
        text=dict(typed.text),
        guidance=dict(typed.guidance),
        provision=typed.provisions[0] if typed.provisions else "",
        further=typed.provisions[1:],
        obligation=typed.obligation,
        required=typed.required,
        choices=tuple(Choice(one.code, dict(one.texts)) for one in choices),
        columns=tuple(_column(one, typed.identifier) for one in columns),
        rows=tuple(Row(one.code, dict(one.texts)) for one in rows),
        conditions=tuple(Condition(asked, codes) for asked, codes in typed.conditions.items()),
    )


def able_to_decide(form: Form, identifier: str, *, section: str, before: str) -> list[Question]:
    """Return the earlier questions with answers to choose, the nearest first.

    ``identifier`` is the question that is asked under conditions; a new one stands in ``section``, ``before`` another.
    """
    anchor = identifier if identifier in form.by_identifier else before
    end = form.places[anchor] if anchor in form.by_identifier else _end_of(form, section)
    earlier = (form.by_identifier[each] for each in reversed(form.order[:end]))
    return [one for one in earlier if one.choices]


def _end_of(form: Form, section: str) -> int:
    end = 0
    for each in form.sections:
        end += len(each.questions)
        if each.identifier == section:
            return end
    return end


def _column(line: Line, item: str) -> Column:
    year = line.year
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):  # noqa: PLR2004
        raise RefusedError("{item}: a year has four digits", item=f"{item}, {line.code}")
    if line.kind not in set(ColumnKind):
        raise RefusedError("{item}: {what} is not known here", item=item, what=line.kind[:40])
    return Column(line.code, dict(line.texts), ColumnKind(line.kind), line.unit, int(year) if year else None)


def _named(lines: Iterable[Line], letter: str) -> list[Line]:
    """Return the lines that say something, in their places; one without a code gets the next free one."""
    kept = [one for one in lines if one.code or one.texts]
    kept.sort(key=_place)
    taken = {one.code for one in kept if one.code}
    made = []
    for number, one in enumerate(kept, start=1):
        code = one.code or free_identifier(f"{letter}{number}", taken)
        taken.add(code)
        made.append(Line(code, one.texts, one.kind, one.unit, one.year, one.place))
    return made


def _place(line: Line) -> float:
    try:
        place = float(line.place.replace(",", "."))
    except ValueError:
        return float(MOST_ITEMS * 2)
    return place if place == place else float(MOST_ITEMS * 2)  # noqa: PLR0124 - a text may say "nan"


def _lines_sent(sent: QueryDict, name: str) -> tuple[Line, ...]:
    found = []
    for number in range(MOST_ITEMS + SPARE_LINES + 1):
        start = f"{name}.{number}"
        if f"{start}.code" not in sent:
            break
        found.append(
            Line(
                _sent(sent, f"{start}.code"),
                texts_sent(sent, start),
                _sent(sent, f"{start}.kind") or "TEXT",
                _sent(sent, f"{start}.unit"),
                _sent(sent, f"{start}.year"),
                _sent(sent, f"{start}.place")[:10],
            )
        )
    return tuple(found)


def _conditions_sent(sent: QueryDict) -> dict[str, tuple[str, ...]]:
    found = {name.removeprefix("is:"): sent.getlist(name) for name in sent if name.startswith("is:")}
    return {asked: tuple(dict.fromkeys(codes)) for asked, codes in found.items() if codes}


def _sent(sent: QueryDict, name: str) -> str:
    return sent.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class LineFields:
    """One line of choices, columns or rows as a form shows it."""

    start: str
    place: str
    line: Line
    texts: list[TextField]


def line_fields(name: str, lines: Collection[Line]) -> list[LineFields]:
    """Return the lines with some empty ones under them."""
    kept = [one for one in lines if one.code or one.texts]
    shown = [*kept, *(Line() for _spare in range(min(SPARE_LINES, max(0, MOST_ITEMS - len(kept)))))]
    return [
        LineFields(
            f"{name}.{number}", one.place or str(number + 1), _shown(one), text_fields(f"{name}.{number}", one.texts)
        )
        for number, one in enumerate(shown)
    ]


def _shown(line: Line) -> Line:
    return Line(visible(line.code), line.texts, line.kind, visible(line.unit), visible(line.year), line.place)
