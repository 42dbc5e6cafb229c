"""What an activity or a figure says, checked field by field. Pure.

Dates are ISO 8601 to the precision known: ``2019``, ``2019-11``, ``2019-11-05``. States are ISO codes of three letters,
organisations codes of the registry, provisions and resolutions the names that mentions use (``UNCAC 13(1)(c)``,
``COSP 8/8``), themes codes of the scheme. Whether the registry knows a code is for the action to say.
"""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from merida.rules.extraction.themes import themes

ACTIVITY_TYPES: Final = (
    "AGREEMENT", "AWARENESS", "CAMP", "COMPETITION", "CONFERENCE", "LAUNCH", "LAW_ENFORCEMENT_OPERATION",
    "LEGISLATIVE_ASSISTANCE", "MEETING", "MILESTONE", "MISSION", "NEGOTIATION_SUPPORT", "PEER_REVIEW",
    "POLICY_ASSISTANCE", "PRESENTATION", "PUBLICATION", "REPORTING", "RESOLUTION_ADOPTED", "SCOPING", "SEMINAR",
    "SIDE_EVENT", "STATEMENT", "STUDY_VISIT", "TECHNICAL_ASSISTANCE", "TRAINING", "TREATY_ACTION", "WORKSHOP",
)  # fmt: skip
PRECISIONS: Final = ("DAY", "MONTH", "RANGE", "YEAR", "NAMED_DAY", "INHERITED", "SESSION", "PERIOD", "NONE")
QUALIFIERS: Final = ("", "MORE_THAN", "NEARLY", "AT_LEAST", "ABOUT", "AT_MOST")
LONGEST_TEXT, LONGEST_LIST = 300, 200
EARLIEST, LATEST = 1900, 2200  # years that an activity or a count can belong to

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,20})?", re.ASCII)
_STATE = re.compile(r"[A-Z]{3}")
_ORGANISATION = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_THEME = re.compile(r"[A-Z][A-Z0-9_]{0,59}")
_NAME = re.compile(r"[A-Z][A-Z0-9_/]* ?\S.{0,78}")


class ValuesError(ValueError):
    """A field cannot be so. ``code`` says why, for a page in any language; the English message names the field."""

    def __init__(self, code: str, field: str, value: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.code, self.field, self.value = code, field, value


@dataclass(frozen=True, slots=True)
class ActivityValues:
    """Something done. ``states`` is where or for whom it was, ``participants`` whose people came to it elsewhere."""

    type: str
    date_from: str = ""
    date_to: str = ""
    precision: str = "NONE"
    place: str = ""
    states: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    resolution: str = ""
    programme: str = ""
    themes: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day it can have been on, None where no date is known."""
        if not self.date_from:
            return None
        return first_day(self.date_from), last_day(self.date_to or self.date_from)

    def as_json(self) -> dict[str, Any]:
        """The values as they are kept."""
        return _plain(asdict(self))


@dataclass(frozen=True, slots=True)
class FigureValues:
    """A number reported. ``value`` is decimal text, ``unit`` ``%`` or a currency, ``as_of`` the date counted to."""

    value: str
    counted: str
    unit: str = ""
    qualifier: str = ""
    as_of: str = ""
    reported_by: str = ""
    themes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The values as they are kept."""
        return _plain(asdict(self))


def activity_values(said: Mapping[str, Any]) -> ActivityValues:
    """Return the values of an activity. Raises ValuesError naming the first field that cannot be so."""
    fields = _fields(said, ActivityValues)
    values = ActivityValues(
        type=_code(fields, "type", ACTIVITY_TYPES),
        date_from=_date(fields, "date_from"),
        date_to=_date(fields, "date_to"),
        precision=_code(fields, "precision", PRECISIONS, usual="NONE"),
        place=_text(fields, "place"),
        states=_names(fields, "states", _STATE),
        participants=_names(fields, "participants", _STATE),
        organisations=_names(fields, "organisations", _ORGANISATION),
        provisions=_names(fields, "provisions", _NAME),
        resolution=_name(fields, "resolution", _NAME),
        programme=_text(fields, "programme"),
        themes=_themes(fields),
    )
    return _with_dates_in_order(values)


def figure_values(said: Mapping[str, Any]) -> FigureValues:
    """Return the values of a figure. Raises ValuesError naming the first field that cannot be so."""
    fields = _fields(said, FigureValues)
    value = _text(fields, "value")
    if not _NUMBER.fullmatch(value):
        raise ValuesError("NOT_A_NUMBER", "value", value, f"{value!r} is no number in digits, such as 118 or 0.5")
    counted = _text(fields, "counted")
    if not counted:
        raise ValuesError("MISSING", "counted", "", "say what is counted")
    return FigureValues(
        value=value,
        counted=counted,
        unit=_text(fields, "unit", longest=20),
        qualifier=_code(fields, "qualifier", QUALIFIERS, usual=""),
        as_of=_date(fields, "as_of"),
        reported_by=_text(fields, "reported_by"),
        themes=_themes(fields),
    )


CHECKS: Final[dict[str, Callable[[Mapping[str, Any]], ActivityValues | FigureValues]]] = {
    "ACTIVITY": activity_values,
    "FIGURE": figure_values,
}


def checked(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a fact of this kind as they are kept. Raises ValuesError."""
    if kind not in CHECKS:
        raise ValuesError("UNKNOWN_CODE", "kind", kind, f"{kind!r} is none of {', '.join(CHECKS)}")
    return CHECKS[kind](said).as_json()


def _with_dates_in_order(values: ActivityValues) -> ActivityValues:
    if values.date_to and not values.date_from:
        raise ValuesError("MISSING", "date_from", "", f"there is an end, {values.date_to}, and no beginning")
    days = values.days
    if days is not None and days[1] < days[0]:
        raise ValuesError(
            "ENDS_BEFORE",
            "date_to",
            values.date_to,
            f"it ends in {values.date_to}, before it begins {values.date_from}",
        )
    if (days is None) != (values.precision == "NONE"):
        words = f"precision {values.precision} does not go with the date {values.date_from or 'unknown'}"
        raise ValuesError("PRECISION", "precision", values.precision, words)
    return values


def _fields(said: Mapping[str, Any], shape: type) -> Mapping[str, Any]:
    unknown = sorted(set(map(str, said)) - set(shape.__dataclass_fields__))  # type: ignore[attr-defined]
    if unknown:
        raise ValuesError("UNKNOWN_FIELD", unknown[0][:LONGEST_TEXT], "", "there is no such field")
    return said


def _text(fields: Mapping[str, Any], name: str, *, longest: int = LONGEST_TEXT) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str) or any(ord(sign) < ord(" ") for sign in value):
        raise ValuesError("NOT_A_TEXT", name, repr(value)[:LONGEST_TEXT], "it is no plain text on one line")
    if len(value) > longest:
        raise ValuesError("TOO_LONG", name, value[:40], f"it has {len(value)} signs, more than {longest}")
    return value.strip()


def _code(fields: Mapping[str, Any], name: str, known: Sequence[str], *, usual: str | None = None) -> str:
    value = _text({name: fields.get(name, usual if usual is not None else "")}, name)
    if value not in known:
        raise ValuesError("UNKNOWN_CODE", name, value, f"{value!r} is none of {', '.join(filter(None, known))}")
    return value


def _date(fields: Mapping[str, Any], name: str) -> str:
    value = _text(fields, name)
    try:
        if value and not EARLIEST <= first_day(value).year <= LATEST:
            raise ValuesError("NO_DATE", name, value, f"{value} lies outside {EARLIEST} to {LATEST}")
    except (ValueError, AttributeError) as error:
        if isinstance(error, ValuesError):
            raise
        words = f"{value!r} is no date; 2019, 2019-11 and 2019-11-05 are"
        raise ValuesError("NO_DATE", name, value, words) from None
    return value


def _name(fields: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = _text(fields, name, longest=80)
    if value and not pattern.fullmatch(value):
        raise ValuesError("UNKNOWN_CODE", name, value, f"{value!r} is not written as codes are")
    return value


def _names(fields: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    values = fields.get(name, ())
    if not isinstance(values, list | tuple) or len(values) > LONGEST_LIST:
        raise ValuesError("NOT_A_LIST", name, repr(values)[:40], f"it is no list of at most {LONGEST_LIST} codes")
    found = (_name({name: value}, name, pattern) for value in values)
    return tuple(dict.fromkeys(filter(None, found)))


def _themes(fields: Mapping[str, Any]) -> tuple[str, ...]:
    found = _names(fields, "themes", _THEME)
    unknown = [code for code in found if code not in themes()]
    if unknown:
        raise ValuesError("UNKNOWN_CODE", "themes", unknown[0], f"{unknown[0]!r} is no theme of the scheme")
    return found


def first_day(text: str) -> date:
    """Return the first day of a year, month or day. Raises ValueError, AttributeError."""
    year, month, day = _DATE.fullmatch(text).groups()  # type: ignore[union-attr]
    return date(int(year), int(month or 1), int(day or 1))


def last_day(text: str) -> date:
    """Return the last day of a year, month or day that was checked before."""
    first = first_day(text)
    parts = text.count("-")
    month = first.month if parts else 12
    day = first.day if parts > 1 else calendar.monthrange(first.year, month)[1]
    return date(first.year, month, day)


def span_in_iso(first: date, last: date) -> tuple[str, str]:
    """Return the shortest dates that mean these days: ``("2019-11", "")`` for a month."""
    for signs in (4, 7, 10):
        begin, end = first.isoformat()[:signs], last.isoformat()[:signs]
        if first_day(begin) == first and last_day(end) == last:
            return begin, "" if begin == end else end
    return first.isoformat(), last.isoformat()


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
