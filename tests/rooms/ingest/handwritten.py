"""Records written by hand: what a reader would have found in documents of our own wording."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from merida.exchange.ingest.outcome import Outcome
from merida.exchange.ingest.record import Call, Footnote, Heading, Item, Masthead, Paragraph, Record, Structure
from merida.exchange.ingest.storing import Filing, store_record
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.rules.citations.mention import Mention

STATES = {"Tonga": "TON", "Fiji": "FJI", "Namibia": "NAM"}


def paragraph(number: int, text: str, *, heading: str = "", items: Sequence[str] = ()) -> Paragraph:
    """A numbered paragraph with lettered items."""
    marks = [f"({letter})" for letter, _ in zip("abcdefgh", items, strict=False)]
    return Paragraph(
        at=str(number),
        number=str(number),
        text=text,
        heading=heading,
        mark=f"{number}.",
        line=number,
        items=tuple(
            Item(at=f"{number}{mark}", number=mark, text=item, depth=1, mark=mark, line=number)
            for mark, item in zip(marks, items, strict=True)
        ),
    )


def states_in(at: str, text: str) -> list[Mention]:
    """Mentions of the three States, wherever their names stand in a passage."""
    return [
        Mention("STATE", iso3, at, text.find(name), text.find(name) + len(name), name, "test.state")
        for name, iso3 in STATES.items()
        if name in text
    ]


def record(
    *paragraphs: Paragraph,
    symbol: str = "CAC/COSP/SAMPLE/2021/7",
    language: str = "en",
    date: str = "2021-03-01",
    title: str = "Sample report",
    headings: Sequence[Heading] = (),
    footnotes: Sequence[Footnote] = (),
    further: Sequence[Mention] = (),
) -> Record:
    """A record of these paragraphs; every State named in them is recognised."""
    found = [mention for each in paragraphs for mention in states_in(each.at, each.text)]
    found += [m for each in paragraphs for item in each.items for m in states_in(item.at, item.text)]
    return Record(
        name="sample.txt",
        encoding="utf-8",
        structure=Structure(
            masthead=Masthead(symbol=symbol, language=language, date=date, title=title, body="Sample group"),
            headings=tuple(headings),
            paragraphs=tuple(paragraphs),
            footnotes=tuple(footnotes),
        ),
        mentions=(*found, *further),
    )


def store(
    read: Record, *, workspace: Workspace | None = None, actor: Actor = SYSTEM, content: bytes = b"", **given: Any
) -> Outcome:
    """Store a record; its file is made of its text, so that other words are another file."""
    content = content or repr(read.structure).encode()
    audience = Audience.PUBLIC if workspace is None else Audience.RESTRICTED
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        return store_record(
            actor, read, Filing("sample.txt", content, digest, audience, workspace, given.get("symbol", ""))
        )


__all__ = ["Call", "Footnote", "Heading", "Mention", "paragraph", "record", "states_in", "store"]
