"""A record as plain values, the shape that ``merida read FILE --json`` prints.

metadata, paragraphs, headings, footnotes, resolutions, provisions, symbols, urls, states, organisations and so on;
unknown is null. ``mentions`` has every mention with rule and span; offsets count characters of the passage's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from merida.exchange.ingest.facts_as_json import told
from merida.rules.extraction.themes import themes_of

if TYPE_CHECKING:  # the record knows how to print itself; this module only needs its names
    from collections.abc import Iterable

    from merida.exchange.ingest.record import Call, Masthead, Paragraph, Record
    from merida.rules.citations.mention import Mention

Row = dict[str, object]
AGREED_CODES = frozenset(
    [
        "UNODC",
        "INTERPOL",
        "UNDP",
        "OECD",
        "OECD_WGB",
        "GRECO",
        "COE",
        "OAS",
        "WORLD_BANK",
        "IOC",
        "UNESCO",
        "FATF",
        "IACA",
        "EU",
        "UNCITRAL",
        "OSCE",
        "AU",
        "G20",
        "GJIN",
        "STAR",
        "GIZ",
        "ECOWAS",
        "SHERLOC",
        "WCO",
        "UNIDROIT",
        "IPACS",
        "APEC",
        "ILO",
        "UEFA",
    ]
)


def record_as_json(record: Record) -> dict[str, object]:
    """The whole record."""
    structure, mentions = record.structure, record.mentions
    return {
        "name": record.name,
        "encoding": record.encoding,
        "metadata": metadata(structure.masthead),
        "paragraphs": [paragraph(p, record.page_of(p.line)) for p in structure.paragraphs if p.number],
        "unnumbered": [paragraph(p, record.page_of(p.line)) for p in structure.paragraphs if not p.number],
        "items": [
            {"at": i.at, "number": i.number, "depth": i.depth, "text": i.text}
            for p in structure.paragraphs
            for i in p.items
        ],
        "headings": [
            {
                "at": h.at,
                "level": h.level,
                "number": h.number or None,
                "title": h.title,
                "first_paragraph": number(h.first_paragraph),
                "context": context(h.title, [m for m in mentions if m.at == h.at], structure.masthead.language),
            }
            for h in structure.headings
        ],
        "footnotes": [
            {"footnote": f.number, "called_in_paragraph": f.called_in or None, "at": f.at, "text": f.text}
            for f in structure.footnotes
        ],
        "captions": [{"at": c.at, "text": c.text, "after": c.after} for c in structure.captions],
        "attendance": [{"at": a.at, "kind": a.kind.lower()} for a in structure.attendance],
        **named(mentions),
        "urls": urls(record),
        **told(record.facts),
        "mentions": [mention_row(m) for m in mentions],
        "left_out": [{"reason": e.reason, "text": e.text, "line": e.line} for e in structure.left_out],
        "notices": [
            {"code": n.code, "message": n.message, "line": n.line} for n in (*record.notices, *structure.notices)
        ],
    }


def context(title: str, found: list[Mention], language: str) -> Row:
    """What a heading says of all that stands under it; those passages need not name it themselves."""
    kinds = {"states": "STATE", "provisions": "PROVISION", "chapters": "CHAPTER", "organisations": "ORGANISATION"}
    named = {name: list(dict.fromkeys(m.key for m in found if m.kind == kind)) for name, kind in kinds.items()}
    return {**named, "themes": [theme.code for theme in themes_of(title, found, language=language)]}


def metadata(head: Masthead) -> Row:
    """The masthead; what is not printed is null."""
    return {
        "symbol": head.symbol or None,
        "date": head.date or None,
        "language": head.language or None,
        "distr": head.distribution or None,
        "original_language": head.original_language or None,
        "session": head.session or None,
        "meeting_dates": list(head.meeting_dates) or None,
        "meeting_place": head.place or None,
        "parent_body": head.parent_body or None,
        "body": head.body or None,
        "agenda_item": head.agenda_item or None,
        "agenda_item_title": head.agenda_title or None,
        "title": head.title or None,
        "author": head.author or None,
    }


def paragraph(entry: Paragraph, page: int) -> Row:
    """A paragraph with its items in its text; the printed page that it begins on where the file has pages."""
    return {
        "number": entry.number or entry.at,
        "at": entry.at,
        "heading": entry.heading,
        "text": entry.whole,
        "page": page or None,
        "calls": calls(entry.calls),
    }


def calls(entries: Iterable[Call]) -> list[Row]:
    """Where notes are called."""
    return [{"footnote": c.note, "offset": c.start} for c in entries]


def number(at: str) -> int | str | None:
    """A paragraph's place as a number where it is one."""
    return int(at) if at.isdigit() else at or None


def named(mentions: Iterable[Mention]) -> dict[str, object]:
    """The mentions sorted by what they name."""
    rows: dict[str, list[Row]] = {
        k: [] for k in ("resolutions", "provisions", "symbols", "states", "territories", "organisations", "dates")
    }
    for m in mentions:
        if m.kind == "STATE":
            rows["states"].append({"iso3": m.key, "at": m.at, "role": m.role.lower() or "mentioned"})
        elif m.kind == "TERRITORY":
            rows["territories"].append({"code": m.key, "at": m.at})
        elif m.kind == "ORGANISATION":
            rows["organisations"].append({"org": agreed_code(m.key), "at": m.at})
        elif m.kind == "RESOLUTION":
            rows["resolutions"].append({"resolution": m.key, "at": m.at, "role": m.role})
        elif m.kind in ("PROVISION", "CHAPTER"):
            instrument, _, article = m.key.partition(" ")
            rows["provisions"].append({"instrument": instrument, "article": article, "at": m.at})
        elif m.kind == "SYMBOL":
            rows["symbols"].append({"symbol": m.key, "at": m.at, "as_printed": m.surface})
        elif m.kind == "DATE":
            rows["dates"].append({"date": m.key, "at": m.at})
    return dict(rows)


def agreed_code(code: str) -> str:
    """An organisation's code as readers of records agreed on it; a code of our own carries ``x-``."""
    return code if code in AGREED_CODES else f"x-{code}"


def urls(record: Record) -> list[Row]:
    """Addresses in the text, then those left at the foot of pages."""
    inside: list[Row] = [{"url": bare(m.key), "at": m.at} for m in record.mentions if m.kind == "LINK"]
    return inside + [{"url": bare(url), "at": "page_foot"} for url in record.structure.page_foot_urls]


def bare(url: str) -> str:
    """An address without its scheme."""
    return url.split("://", 1)[-1]


def mention_row(m: Mention) -> Row:
    """A mention with the rule that recognised it."""
    return {
        "kind": m.kind,
        "key": m.key,
        "at": m.at,
        "start": m.start,
        "end": m.end,
        "surface": m.surface,
        "rule": m.rule,
        "role": m.role,
    }
