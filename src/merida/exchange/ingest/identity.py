"""Which document a file is: what its masthead says about it, and the address it gets."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from django.utils.text import slugify

from merida.exchange.ingest.record import Masthead

SLUG_LENGTH = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known about the document itself, the same for every language version; "" and None are unknown."""

    symbol: str
    body_printed: str
    session: str
    agenda_item: str
    distribution: str
    original_language: str
    document_date: dt.date | None
    meeting_from_date: dt.date | None
    meeting_to_date: dt.date | None


def identity_of(masthead: Masthead, *, symbol: str = "") -> Identity:
    """Return what a masthead says; ``symbol`` is what a person says where none is printed."""
    first, last = (masthead.meeting_dates or ("", ""))[:2]
    from_date, to_date = day(first), day(last)
    if from_date is None or to_date is None or from_date > to_date:
        from_date = to_date = None
    return Identity(
        symbol=fitted(masthead.symbol or symbol, 80),
        body_printed=fitted(" – ".join(part for part in (masthead.parent_body, masthead.body) if part), 300),
        session=fitted(masthead.session, 80),
        agenda_item=fitted(masthead.agenda_item, 80),
        distribution=fitted(masthead.distribution, 40),
        original_language=masthead.original_language[:2],
        document_date=day(masthead.date),
        meeting_from_date=from_date,
        meeting_to_date=to_date,
    )


def day(text: str) -> dt.date | None:
    """Return an ISO date that is known to the day, None for anything less."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def fitted(text: str, length: int) -> str:
    """Return ``text`` cut to the width of its column, the cut marked; the masthead keeps it whole."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def slug_of(identity: Identity, *, title: str, body: str, digest: str) -> str:
    """Return the address of a new document: its symbol; else words, date and the beginning of the file's digest.

    The words are the title's where it is written in Latin letters, else the body's code.
    """
    if identity.symbol:
        return slugify(re.sub(r"[^\w]+", "-", identity.symbol))[:SLUG_LENGTH] or f"document-{digest[:8]}"
    latin = slugify(unicodedata.normalize("NFKD", title))[:60].strip("-")
    enough = len(re.findall(r"[a-z]", latin)) > len(title) / 2
    words = latin if enough else slugify(body.replace("_", "-")) or "document"
    date = f"-{identity.document_date.isoformat()}" if identity.document_date else ""
    return f"{words}{date}-{digest[:8]}"
