"""A workbook of answers that came back, as rows to be taken in. What becomes of them, ``returning`` decides."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from merida.exchange.ingest.sheets_read import CellRead, SheetRead
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.exchange.outputs import answers_layout as at
from merida.exchange.outputs.workbook import FIRST_DAY
from merida.review.questionnaires.form import REGISTERED, WITH_ROWS, Form, Part, Question
from merida.review.questionnaires.judging import Returned

_DAYS: Final = 2_958_465  # the last day that the programs know, 31 December 9999
_BETWEEN: Final = re.compile(r"[;,،、；，\s]+")


Registers = Mapping[Part, Mapping[str, str]]  # the identifier of each key
_STRANGE: Final = {
    Part.LAWS: "{question}: {what} is not in the list of laws",
    Part.AUTHORITIES: "{question}: {what} is not in the list of authorities",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Which answers a workbook holds."""

    response: UUID
    digest: str  # of the version of the questionnaire
    language: str


@dataclass(slots=True)
class _Gathered:
    """What all sheets say about one question."""

    place: str
    seen: int
    value: dict[str, Any] = field(default_factory=dict)
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def identity_of(sheets: Iterable[SheetRead], name: str = "") -> Identity:
    """Return which answers a workbook holds. Raises UnreadableDocument where it is another kind of workbook."""
    sheet = _named(sheets).get(at.IDENTITY)
    held = {sheet.text(row, 1): sheet.text(row, 2) for row in sheet.rows} if sheet else {}
    what = "this workbook holds no answers: fill in the one that was downloaded from the desk"
    if held.get("format") != at.FORMAT:
        raise UnreadableDocument("NOT_ANSWERS", what, name)
    try:
        return Identity(UUID(held["response"]), held["version"], held["language"])
    except (KeyError, ValueError) as error:
        raise UnreadableDocument("NOT_ANSWERS", what, name) from error


def returned_rows(form: Form, sheets: Iterable[SheetRead], language: str) -> list[Returned]:
    """Return the rows of a workbook. Rows that cannot be read say why; empty rows are left out."""
    named = _named(sheets)
    answers = named.get(at.ANSWERS)
    if answers is None:
        return []
    chosen = {part: _keyed(named.get(part.value)) for part in REGISTERED}
    found: list[tuple[str, _Gathered]] = []
    for row in sorted(answers.rows):
        if row < at.FIRST_ROW or answers.text(row, at.REVISION) == at.NOT_HERE:
            continue
        identifier = answers.text(row, at.IDENTIFIER).strip()
        read = _answer(form, answers, row, identifier, chosen)
        if read is not None:
            found.append((identifier, read))
    first = dict(reversed(found))  # of two rows about one question both are refused
    _choices(form, named.get(at.CHOICES), first)
    _tables(form, named.get(at.TABLES), first)
    return [
        Returned(identifier, language, read.seen, read.value, read.place, read.template, read.values)
        for identifier, read in found
    ]


def _named(sheets: Iterable[SheetRead]) -> dict[str, SheetRead]:
    found: dict[str, SheetRead] = {}
    for sheet in sheets:
        mark = sheet.text(1, 1)
        if mark.startswith(at.MARK):
            found.setdefault(mark.removeprefix(at.MARK), sheet)
    return found


def _answer(form: Form, sheet: SheetRead, row: int, identifier: str, chosen: Registers) -> _Gathered | None:
    read = _Gathered(f"{sheet.name} {row}", _revision(sheet.text(row, at.REVISION)))
    written = [sheet.rows[row].get(column) for column in (at.ENTERED, at.TEXT, at.CHOSEN_KEYS)]
    if not identifier:
        if not any(written):
            return None
        read.template, read.values = "row {row} has an answer but no identifier", {"row": row}
        return read
    if any(cell is not None and cell.formula for cell in written):
        _no_formula(read)
        return read
    question = form.by_identifier.get(identifier)
    if question is not None:
        _fill(read, question, written, chosen)
    return read


def _fill(read: _Gathered, question: Question, written: list[CellRead | None], chosen: Registers) -> None:
    entered, text, keys = written
    if entered is not None:
        part = at.entered_part(question) or Part.CHOICE  # a part that the question does not take is refused later
        read.value[part.value] = _entered(question, part, entered)
    if text is not None:
        read.value[Part.TEXT.value] = text.text
    if keys is not None:
        part = Part.AUTHORITIES if Part.AUTHORITIES in question.parts else Part.LAWS
        known, named = chosen[part], [each for each in _BETWEEN.split(keys.text.strip()) if each]
        strange = next((each for each in named if each.upper() not in known), "")
        if strange:
            read.template = _STRANGE[part]
            read.values = {"question": question.identifier, "what": strange[:40]}
        read.value[part.value] = [known[each.upper()] for each in named if each.upper() in known]


def _entered(question: Question, part: Part, cell: CellRead) -> str:
    if part is Part.DAY and cell.numeric:
        return _day(cell.text)
    if part is not Part.CHOICE:
        return cell.text.strip()
    said = cell.text.strip().casefold()
    codes = {one.code.casefold(): one.code for one in question.choices}
    for language in dict.fromkeys(key for one in question.choices for key in one.text):
        codes |= {words.casefold(): code for code, words in at.choice_labels(question, language).items()}
    return codes.get(said, cell.text.strip())


def _day(text: str) -> str:
    try:
        number = int(float(text))
    except ValueError:
        return text
    return (FIRST_DAY + dt.timedelta(days=number)).isoformat() if 0 < number <= _DAYS else text


def _keyed(sheet: SheetRead | None) -> dict[str, str]:
    if sheet is None:
        return {}
    return {
        sheet.text(row, at.CHOSEN_KEY).strip().upper(): sheet.text(row, 1).strip()
        for row in sheet.rows
        if row >= at.FIRST_ROW and sheet.text(row, 1)
    }


def _choices(form: Form, sheet: SheetRead | None, found: Mapping[str, _Gathered]) -> None:
    for row, identifier, read in _about(sheet, found):
        if sheet is None or identifier not in form.by_identifier:
            continue
        cell = sheet.rows[row].get(at.CHOICE_MARK)
        if cell is not None and cell.formula:
            _no_formula(read)
        elif cell is not None and cell.text.strip():
            read.value.setdefault(Part.CHOICES.value, []).append(sheet.text(row, at.CHOICE_CODE))


def _tables(form: Form, sheet: SheetRead | None, found: Mapping[str, _Gathered]) -> None:
    for row, identifier, read in _about(sheet, found):
        question = form.by_identifier.get(identifier)
        key = sheet.text(row, at.ROW_KEY) if sheet else at.HEAD_ROW
        if sheet is None or question is None or key == at.HEAD_ROW:
            continue
        cells = {
            column.identifier: sheet.rows[row].get(at.FIRST_CELL + place)
            for place, column in enumerate(question.columns)
        }
        if any(cell is not None and cell.formula for cell in cells.values()):
            _no_formula(read)
        held = {name: cell.text for name, cell in cells.items() if cell is not None and cell.text.strip()}
        if held:
            line = {"row": key, **held} if question.kind in WITH_ROWS else held
            read.value.setdefault(Part.ROWS.value, []).append(line)


def _about(sheet: SheetRead | None, found: Mapping[str, _Gathered]) -> Iterator[tuple[int, str, _Gathered]]:
    for row in sorted(sheet.rows if sheet else ()):
        identifier = sheet.text(row, at.IDENTIFIER).strip() if sheet else ""
        if row >= at.FIRST_ROW and identifier in found:
            yield row, identifier, found[identifier]


def _no_formula(read: _Gathered) -> None:
    read.template, read.values = "{place}: a formula is no answer, put its value there", {"place": read.place}


def _revision(text: str) -> int:
    """Return the revision a row was made from; one that was changed by hand is none that exists."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 10**9  # noqa: PLR2004
