"""What an answer may hold, whether it says anything, and what carries over. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from merida.review.questionnaires.form import WITH_ROWS, ColumnKind, Part, Question, Texts

LONGEST_TEXT: Final = 500_000  # characters
MOST_ROWS: Final = 200
MOST_CHOSEN: Final = 100  # of a register
LONGEST_CELL: Final = 5_000
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Value = dict[str, Any]


class ValueProblem(ValueError):  # noqa: N818
    """The answer does not fit the question. ``template`` with ``values`` says why; nothing was stored."""

    def __init__(self, template: str, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values))


def clean_value(question: Question, given: Mapping[str, Any]) -> Value:
    """Return the answer as it is kept: without empty parts, line ends as LF, composed characters.

    Direction marks and emoji stay as they were typed. Raises ValueProblem.
    """
    unknown = set(given) - {part.value for part in question.parts}
    if unknown:
        raise ValueProblem("{question}: this question takes no {part}", question=question.identifier, part=min(unknown))
    cleaned: Value = {}
    for part in Part:
        if part in given and (kept := _CLEANERS[part](question, given[part])):
            cleaned[part.value] = kept
    return cleaned


def is_answered(value: Mapping[str, Any]) -> bool:
    """Whether a cleaned answer says anything."""
    return any(str(each).strip() if key == "text" else bool(each) for key, each in value.items())


def _plain_row(row: Mapping[str, str]) -> str:
    return " | ".join(f"{name}: {cell}" for name, cell in sorted(row.items()))


def plain(value: Mapping[str, Any], *, row: Callable[[Mapping[str, str]], str] = _plain_row) -> str:
    """Return the answer as one text, for differences between two states of it; ``row`` tells a row of its table."""
    lines = [str(value[key]) for key in ("choice", "number", "day") if key in value]
    lines += [", ".join(value[key]) for key in ("choices", "laws", "authorities") if key in value]
    lines += [row(each) for each in value.get("rows", ())]
    lines += [value["text"]] if value.get("text") else []
    return "\n".join(lines)


def row_in_words(question: Question, row: Mapping[str, str], read: Callable[[Texts], str]) -> str:
    """Return a row of a table for ``plain``: its name, then its cells under the heads of the columns, in their order.

    ``read`` gives a text in the language wanted; what has none is called by its identifier.
    """
    cells = [
        f"{one.headed(read(one.text) or one.identifier)}: {row[one.identifier]}"
        for one in question.columns
        if one.identifier in row
    ]
    names = {one.identifier: read(one.text) for one in question.rows}
    called = row.get("row", "")
    return " | ".join([*([names.get(called) or called] if called else []), *cells])


def in_words(value: Mapping[str, Any], names: Mapping[str, str]) -> Value:
    """Return the answer with names in place of codes and identifiers, for ``plain``; those without one stay."""
    told = dict(value)
    if "choice" in told:
        told["choice"] = names.get(told["choice"]) or told["choice"]
    for part in ("choices", "laws", "authorities"):
        if part in told:
            told[part] = [names.get(each) or each for each in told[part]]
    return told


def clean_text(given: object, *, most: int = LONGEST_TEXT, item: str = "") -> str:
    """Return a text without control characters. Raises ValueProblem, naming ``item``: too long, or no text."""
    if not isinstance(given, str):
        raise ValueProblem("this is no text")
    if len(given) > most and item:
        template = "{item}: the text has {count} characters, at most {limit} are kept"
        raise ValueProblem(template, item=item, count=len(given), limit=most)
    if len(given) > most:
        raise ValueProblem("the text has {count} characters, at most {most} are kept", count=len(given), most=most)
    text = unicodedata.normalize("NFC", given.replace("\r\n", "\n").replace("\r", "\n"))
    return _HIDDEN.sub("", text.encode("utf-8", "replace").decode()).rstrip()


def _text(question: Question, given: object) -> str:
    return clean_text(given, item=question.identifier)


def _choice(question: Question, given: object) -> str:
    codes = [choice.code for choice in question.choices]
    if given and given not in codes:
        raise ValueProblem("{question}: {code} is no choice", question=question.identifier, code=str(given)[:40])
    return str(given or "")


def _choices(question: Question, given: object) -> list[str]:
    said = {_choice(question, each) for each in given} if isinstance(given, list) else {_choice(question, given)}
    return [choice.code for choice in question.choices if choice.code in said]


def _laws(question: Question, given: object) -> list[str]:
    return _registered(given, "{question}: choose laws from the register", question)


def _authorities(question: Question, given: object) -> list[str]:
    return _registered(given, "{question}: choose authorities from the register", question)


def _registered(given: object, template: str, question: Question) -> list[str]:
    said = [str(each) for each in given if each] if isinstance(given, list) else []
    strange = next((each for each in said if not _IDENTIFIER.fullmatch(each)), "")
    if strange or len(said) > MOST_CHOSEN:
        raise ValueProblem(template, question=question.identifier)
    return list(dict.fromkeys(said))


def _number(_question: Question, given: object) -> str:
    text = str(given).strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueProblem("{text} is no number", text=text[:40]) from None
    if not number.is_finite() or len(text) > 30:  # noqa: PLR2004
        raise ValueProblem("{text} is no number", text=text[:40])
    return text


def _day(_question: Question, given: object) -> str:
    text = str(given).strip()
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ValueProblem("{text} is no day", text=text[:40]) from None


def _rows(question: Question, given: object) -> list[dict[str, str]]:
    if not isinstance(given, list) or len(given) > MOST_ROWS:
        raise ValueProblem("{question}: a table has at most {most} rows", question=question.identifier, most=MOST_ROWS)
    rows = [_row(question, each, number) for number, each in enumerate(given, start=1)]
    fixed = question.kind in WITH_ROWS
    return [row for row in rows if any(cell for name, cell in row.items() if not (fixed and name == "row"))]


def _row(question: Question, given: object, number: int) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise ValueProblem("{question}: this is no row", question=question.identifier)
    columns = {column.identifier: column for column in question.columns}
    fixed = {row.identifier for row in question.rows}
    row: dict[str, str] = {}
    for name, cell in given.items():
        if name == "row" and question.kind in WITH_ROWS and cell in fixed:
            row["row"] = str(cell)
        elif name not in columns:
            raise ValueProblem("{question}: no column {name}", question=question.identifier, name=str(name)[:40])
        elif columns[name].kind is ColumnKind.NUMBER:
            row[name] = _number(question, cell)
        else:
            place = row.get("row") or number  # a row without a name is told by its number
            row[name] = clean_text(cell, most=LONGEST_CELL, item=f"{question.identifier}, {place}, {name}")
    return {name: cell for name, cell in row.items() if cell}


_CLEANERS: Final = {
    Part.TEXT: _text,
    Part.CHOICE: _choice,
    Part.CHOICES: _choices,
    Part.ROWS: _rows,
    Part.LAWS: _laws,
    Part.AUTHORITIES: _authorities,
    Part.NUMBER: _number,
    Part.DAY: _day,
}
