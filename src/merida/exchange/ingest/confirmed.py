"""Mentions that a person confirmed, carried over when a text is read again: none is ever dropped.

Reads: the confirmed mentions held, and the rows of the new reading. Writes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from merida.exchange.ingest.record import Notice
from merida.exchange.ingest.rows import Rows
from merida.knowledge.documents.models import Heading, Mention, Paragraph

_AROUND = 12  # characters on each side that tell one printing of a name from another


@dataclass(frozen=True, slots=True)
class Carried:
    """How many confirmations stand on words recognised again, and a notice for each that does not."""

    again: int
    notices: tuple[Notice, ...]


def carry_over(held: Iterable[Mention], rows: Rows) -> Carried:
    """Put the confirmations of ``held`` on the mentions of ``rows``; keep what was not recognised again as it was.

    A mention that is recognised at the same words keeps its confirmation. One that is not stays a mention at its
    words; where the words themselves are in no text any more, it stays without a text. ``held`` come with their
    texts.
    """
    again, notices = 0, []
    for mention in held:
        spot = _spot(mention, rows)
        found = _recognised(mention, rows, spot) if spot else None
        if found is not None:
            found.confirmed_at = mention.confirmed_at
            again += 1
            continue
        rows.mentions.append(_kept(mention, spot))
        notices.append(_notice(mention, placed=spot is not None))
    return Carried(again, tuple(notices))


_Spot = tuple[Paragraph | Heading, int]


def _words(text: Paragraph | Heading) -> str:
    return text.text if isinstance(text, Paragraph) else text.title


def _spot(mention: Mention, rows: Rows) -> _Spot | None:
    """Return the text and offset where the words of a mention stand now.

    Tried in order: the same offset of the same place, the same words with what stands around them in that place, the
    same in the whole document where there is one such place only.
    """
    old = mention.paragraph or mention.heading
    if old is None:  # lost its words in an earlier reading; they may be back
        back = (text for text in _texts(mention, rows) if _holds(text, mention.place))
        return next(
            ((t, mention.start) for t in back if _words(t)[mention.start : mention.end] == mention.surface), None
        )
    same: list[Paragraph | Heading] = [each for each in _texts(mention, rows) if _is_place(each, old)]
    for text in same:
        if _words(text)[mention.start : mention.end] == mention.surface and _around(text, mention.start, mention) == (
            _around(old, mention.start, mention)
        ):
            return text, mention.start
    for among in (same, list(_texts(mention, rows))):
        found = [spot for text in among for spot in _printed(text, mention, old)]
        if len(found) == 1:
            return found[0]
    return next(
        ((text, mention.start) for text in same if _words(text)[mention.start : mention.end] == mention.surface), None
    )


def _texts(mention: Mention, rows: Rows) -> Iterator[Paragraph | Heading]:
    """Yield the texts of the new reading, those of the mention's own sort first."""
    first, second = (rows.texts, rows.headings) if mention.paragraph else (rows.headings, rows.texts)
    yield from first
    yield from second


def _is_place(new: Paragraph | Heading, old: Paragraph | Heading) -> bool:
    same_kind = not (isinstance(new, Paragraph) and isinstance(old, Paragraph)) or new.kind == old.kind
    return type(new) is type(old) and new.place == old.place and same_kind


def _around(text: Paragraph | Heading, start: int, mention: Mention) -> tuple[str, str]:
    words, end = _words(text), start + len(mention.surface)
    return words[max(0, start - _AROUND) : start], words[end : end + _AROUND]


def _printed(text: Paragraph | Heading, mention: Mention, old: Paragraph | Heading) -> Iterator[_Spot]:
    """Yield where a text prints the mention's words with the same words around them."""
    words, around, start = _words(text), _around(old, mention.start, mention), -1
    while (start := words.find(mention.surface, start + 1)) >= 0:
        if _around(text, start, mention) == around:
            yield text, start


def _recognised(mention: Mention, rows: Rows, spot: _Spot) -> Mention | None:
    text, start = spot
    for each in rows.mentions:
        if (each.paragraph or each.heading) is text and (each.start, each.kind, each.key) == (
            start,
            mention.kind,
            mention.key,
        ):
            return each if each.surface == mention.surface else None
    return None


def _kept(mention: Mention, spot: _Spot | None) -> Mention:
    text, start = spot or (None, mention.start)
    return Mention(
        paragraph=text if isinstance(text, Paragraph) else None,
        heading=text if isinstance(text, Heading) else None,
        place=mention.place if text is None or _holds(text, mention.place) else text.place,
        kind=mention.kind,
        key=mention.key,
        start=start,
        end=start + mention.end - mention.start,
        surface=mention.surface,
        rule=mention.rule,
        role=mention.role,
        article=mention.article,
        confirmed_at=mention.confirmed_at,
    )


def _holds(text: Paragraph | Heading, place: str) -> bool:
    """Whether a place is the text's own or that of an item inside it."""
    return place == text.place or any(item[3] == place for item in getattr(text, "items", ()))


def _notice(mention: Mention, *, placed: bool) -> Notice:
    name = f"{mention.kind} {mention.key} ({mention.surface!r}) at {mention.place}"
    if placed:
        return Notice("CONFIRMED_KEPT", f"{name} was confirmed and is not recognised any more; it is kept.")
    return Notice("CONFIRMED_WITHOUT_TEXT", f"{name} was confirmed; no text holds its words any more; it is kept.")
