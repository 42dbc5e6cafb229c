"""What a submission of a State says, checked field by field. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from merida.knowledge.observatory.values import EARLIEST, LATEST, LONGEST_TEXT, ValuesError
from merida.rules.extraction.themes import themes

LONGEST_LINK = 500
MOST_LANGUAGES = 20
_STATE: Final = re.compile(r"[A-Z]{3}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_RESOLUTION: Final = re.compile(r"[A-Z][A-Z0-9_/]* ?\S.{0,78}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SubmissionValues:
    """A submission; ``called_in`` and ``document`` are symbols or addresses of documents here, "" for none."""

    state: str
    title: str
    languages: tuple[str, ...]
    submitted: date
    source: str
    resolution: str = ""
    paragraph: str = ""
    called_in: str = ""
    link: str = ""
    document: str = ""
    themes: tuple[str, ...] = ()


def submission_values(said: Mapping[str, Any]) -> SubmissionValues:
    """Return the values of a submission. Raises ValuesError naming the first field that cannot be so."""
    values = SubmissionValues(
        state=_written(said, "state", _STATE, needed=True),
        title=_text(said, "title", needed=True),
        languages=_codes(said, "languages", _LANGUAGE),
        submitted=_day(said),
        source=_text(said, "source", needed=True),
        resolution=_written(said, "resolution", _RESOLUTION),
        paragraph=_text(said, "paragraph", longest=20),
        called_in=_text(said, "called_in"),
        link=_link(said),
        document=_text(said, "document"),
        themes=_themes(said),
    )
    if not values.languages:
        raise ValuesError("MISSING", "languages", "", "say in which language it is")
    if not values.link and not values.document:
        raise ValuesError("MISSING", "link", "", "say where it can be read: a link, or a document here")
    if not values.resolution and not values.called_in:
        raise ValuesError("MISSING", "resolution", "", "say what called for it: a resolution, or a document here")
    return values


def _text(said: Mapping[str, Any], name: str, *, longest: int = LONGEST_TEXT, needed: bool = False) -> str:
    value = said.get(name, "")
    if not isinstance(value, str) or not value.isprintable():
        raise ValuesError("NOT_A_TEXT", name, repr(value)[:40], "it is no plain text on one line")
    value = " ".join(value.split())
    if len(value) > longest:
        raise ValuesError("TOO_LONG", name, value[:40], f"it has {len(value)} signs, more than {longest}")
    if needed and not value:
        raise ValuesError("MISSING", name, "", "it must not be empty")
    return value


def _written(said: Mapping[str, Any], name: str, pattern: re.Pattern[str], *, needed: bool = False) -> str:
    value = _text(said, name, longest=80, needed=needed)
    if value and not pattern.fullmatch(value):
        raise ValuesError("UNKNOWN_CODE", name, value, f"{value!r} is not written as codes are")
    return value


def _codes(said: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    values: Sequence[Any] = said.get(name, ())
    if not isinstance(values, list | tuple) or len(values) > MOST_LANGUAGES:
        raise ValuesError("NOT_A_LIST", name, repr(values)[:40], f"it is no list of at most {MOST_LANGUAGES} codes")
    return tuple(dict.fromkeys(_written({name: one}, name, pattern, needed=True) for one in values))


def _themes(said: Mapping[str, Any]) -> tuple[str, ...]:
    found = _codes(said, "themes", re.compile(r"\S+"))
    unknown = next((code for code in found if code not in themes()), None)
    if unknown is not None:
        raise ValuesError("UNKNOWN_CODE", "themes", unknown, f"{unknown!r} is no theme of the scheme")
    return found


def _day(said: Mapping[str, Any]) -> date:
    value = _text(said, "submitted", needed=True)
    try:
        day = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day.year <= LATEST:
        raise ValuesError("NO_DATE", "submitted", value, f"{value!r} is no day, such as 2021-03-29")
    return day


def _link(said: Mapping[str, Any]) -> str:
    """Return an address of the web that a page can lead to: nothing that runs, nothing with a password in it."""
    value = _text(said, "link", longest=LONGEST_LINK)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host, named, _port = parts.hostname or "", parts.username or parts.password, parts.port
    except ValueError:
        host, named, parts = "", None, urlsplit("")
    shaped = parts.scheme in {"http", "https"} and value.startswith(f"{parts.scheme}://") and "." in host
    if not shaped or named or " " in value or any(sign in value for sign in "\\<>\"'`"):
        raise ValuesError("NO_LINK", "link", value, f"{value!r} is no address of the web that begins with https://")
    return value
