"""From what a browser sent to an answer, and from an answer to what a form shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from merida.interfaces.web.views.naming import in_reader_language
from merida.review.questionnaires.form import REGISTERED, WITH_ROWS, Column, Part, Question
from merida.review.questionnaires.values import MOST_ROWS

SPARE_ROWS = 2  # empty rows under a repeated set


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a form."""

    code: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CellField:
    """One cell of a table to fill in."""

    name: str
    value: str
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class RowFields:
    """One row of a table to fill in."""

    heading: str
    cells: tuple[CellField, ...]


def value_sent(question: Question, sent: QueryDict) -> dict[str, Any]:
    """Return the answer that a form holds; the parts a question does not take are not read."""
    value: dict[str, Any] = {}
    for part in question.parts:
        if part is Part.ROWS:
            value["rows"] = _rows_sent(question, sent)
        elif part in {Part.CHOICES, *REGISTERED}:
            value[part.value] = [each for each in sent.getlist(part.value) if each]
        else:
            value[part.value] = sent.get(part.value, "")
    return value


def number_sent(sent: QueryDict, name: str) -> int:
    """Return a whole number of a form, 0 for anything else."""
    given = sent.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004


def key_sent(sent: QueryDict, name: str = "key") -> UUID | None:
    """Return an identifier of a form, None for anything else."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        return None


def options_of(question: Question, value: Mapping[str, Any]) -> list[Option]:
    """Return the choices of a question, in the reader's language."""
    said = {value.get("choice"), *value.get("choices", ())}
    return [
        Option(one.code, in_reader_language(dict(one.text), one.code), one.code in said) for one in question.choices
    ]


def rows_of(question: Question, value: Mapping[str, Any]) -> list[RowFields]:
    """Return the table of a question as fields."""
    held = list(value.get("rows", ()))
    if question.kind in WITH_ROWS:
        by_row = {row.get("row"): row for row in held}
        return [
            RowFields(in_reader_language(dict(row.text), row.identifier), _cells(question, row.identifier, by_row))
            for row in question.rows
        ]
    filled = {str(place): row for place, row in enumerate(held)}
    places = [str(place) for place in range(min(len(held) + SPARE_ROWS, MOST_ROWS))]
    return [RowFields(str(int(place) + 1), _cells(question, place, filled)) for place in places]


def heads_of(question: Question) -> list[str]:
    """Return the heads of a question's table, with year and unit."""
    return [_head(column) for column in question.columns]


def _head(column: Column) -> str:
    return column.headed(in_reader_language(dict(column.text), column.identifier))


def _cells(question: Question, row: str, held: Mapping[Any, Mapping[str, str]]) -> tuple[CellField, ...]:
    values = held.get(row, {})
    return tuple(
        CellField(
            f"cell:{row}:{one.identifier}", values.get(one.identifier, ""), _head(one), numeric=one.kind == "NUMBER"
        )
        for one in question.columns
    )


def _rows_sent(question: Question, sent: QueryDict) -> list[dict[str, str]]:
    fixed = question.kind in WITH_ROWS
    places = [row.identifier for row in question.rows] if fixed else [str(place) for place in range(MOST_ROWS)]
    rows = []
    for place in places:
        cells = {one.identifier: sent.get(f"cell:{place}:{one.identifier}", "") for one in question.columns}
        if any(cells.values()):
            rows.append({"row": place, **cells} if fixed else cells)
    return rows
