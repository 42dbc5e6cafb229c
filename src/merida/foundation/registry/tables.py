"""Reading one CSV table of reference data, row by row, collecting errors instead of stopping at the first."""

import csv
import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from merida.foundation.registry.days import Day, parse_day
from merida.foundation.registry.places import Problem

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
CONFIDENCES = ("SOURCED", "RECALLED", "UNVERIFIED")


@dataclass(slots=True)
class Row:
    """One line of a table. Reading a field that is wrong notes a problem and gives an empty value."""

    file: str
    line: int
    values: dict[str, str]
    problems: list[Problem] = field(repr=False)

    def note(self, column: str, what: str) -> None:
        """Add an error at this line."""
        self.problems.append(Problem(self.file, self.line, column, what))

    def text(self, column: str, *, required: bool = False) -> str:
        """The field's text without spaces around it."""
        value = self.values.get(column, "").strip()
        if required and not value:
            self.note(column, "is empty")
        return value

    def among(self, column: str, known: Collection[str], *, called: str, required: bool = True) -> str:
        """A code that must be one of ``known``; ``called`` names the kind of code in the message."""
        value = self.text(column, required=required)
        if value and value not in known:
            self.note(column, f"unknown {called} {value!r}")
        return value

    def day(self, column: str, *, required: bool = False) -> Day | None:
        """A date, month or year; None where the field is empty."""
        value = self.text(column, required=required)
        return self._converted(column, value, parse_day) if value else None

    def whole_day(self, column: str, *, required: bool = False) -> Day | None:
        """A date known to the day; a month or year is not enough here."""
        found = self.day(column, required=required)
        if found is not None and found.precision != "DAY":
            self.note(column, f"{found} is not a whole date (write 2019-11-30)")
        return found

    def number(self, column: str) -> int:
        """A whole number of at least 0."""
        value = self.text(column, required=True)
        if not value.isascii() or not value.isdigit():
            self.note(column, f"{value!r} is not a whole number")
            return 0
        return int(value)

    def parts(self, column: str) -> tuple[str, ...]:
        """Values separated by ``|``; spaces inside them count."""
        return tuple(part for part in self.values.get(column, "").split("|") if part)

    def texts(self, prefix: str, *, required: bool = False) -> dict[str, str]:
        """The columns ``prefix_en`` … ``prefix_ar`` as one value; empty ones are left out."""
        found = {language: self.text(f"{prefix}_{language}", required=required) for language in LANGUAGES}
        return {language: text for language, text in found.items() if text}

    def span(self, since: str = "since", until: str = "until") -> tuple[Day | None, Day | None]:
        """Two dates of which the second must lie after the first."""
        first, last = self.day(since), self.day(until)
        if first and last and last.date <= first.date:
            self.note(until, f"{last} is not after {first}")
        return first, last

    def _converted(self, column: str, value: str, convert: Callable[[str], Day]) -> Day | None:
        try:
            return convert(value)
        except ValueError as error:
            self.note(column, str(error))
            return None


def rows_of(content: bytes, *, file: str, columns: Collection[str], problems: list[Problem]) -> Iterator[Row]:
    """Rows of a table in UTF-8 whose first line names exactly ``columns``, in any order."""
    text = _decoded(content, file=file, problems=problems)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if not _header_is_right(header, file=file, columns=columns, problems=problems):
            return
        for values in reader:
            if not values:
                continue
            if len(values) != len(header):
                what = f"{len(values)} fields where the first line names {len(header)}"
                problems.append(Problem(file, reader.line_num, "line", what))
                continue
            yield Row(file, reader.line_num, dict(zip(header, values, strict=True)), problems)
    except csv.Error as error:
        problems.append(Problem(file, reader.line_num, "line", f"cannot be read as CSV: {error}"))


def _decoded(content: bytes, *, file: str, problems: list[Problem]) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(Problem(file, line, "line", f"byte {content[error.start]:#04x} is not UTF-8"))
        return content.decode("utf-8-sig", errors="replace")


def _header_is_right(header: list[str], *, file: str, columns: Collection[str], problems: list[Problem]) -> bool:
    missing = [Problem(file, 1, column, "column is missing") for column in columns if column not in header]
    strange = [Problem(file, 1, column, "column is not known") for column in header if column not in columns]
    twice = [Problem(file, 1, column, "column stands twice") for column in set(header) if header.count(column) > 1]
    problems.extend(missing + strange + twice)
    return not (missing or strange or twice)
