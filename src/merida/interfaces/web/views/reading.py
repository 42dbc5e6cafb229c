"""A page of the document reader as values: paragraphs laid out, mentions named and linked, facts at the side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.marked_text import MarkedText
from merida.interfaces.web.views.naming import name_of_key
from merida.interfaces.web.views.ways import way_to, way_to_words
from merida.knowledge.documents.citing import Words, words_of
from merida.knowledge.documents.models import Heading, MentionKind
from merida.knowledge.documents.places import heading_anchor
from merida.knowledge.documents.queries import HeadingBranch, PlacedMention, ReaderPage, ReaderParagraph

SIDE_KINDS = (
    MentionKind.STATE,
    MentionKind.PROVISION,
    MentionKind.CHAPTER,
    MentionKind.RESOLUTION,
    MentionKind.ORGANISATION,
    MentionKind.SYMBOL,
)
REGISTERED = frozenset({"STATE", "ORGANISATION", "PROVISION", "CHAPTER", "RESOLUTION"})
KEPT = 4096  # of about 500 bytes: documents name the same things again and again
Names = Mapping[tuple[str, str], str]
# What mentions have in common that are told alike: kind, key, rule, whether confirmed, name in the registry if any, and
# the words to search for where there is none.
Same = tuple[str, str, str, bool, str | None, str | None]
Address = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Telling:
    """How a page tells what is named: names, kinds marked, language, what kinds are called, words of citations."""

    names: Names
    kinds: frozenset[str]
    language: str
    labels: Mapping[str, str]
    said: Words


def telling(names: Names, kinds: frozenset[str], language: str) -> Telling:
    """Return how to tell, for one page."""
    return Telling(names, kinds, language, _labels(language), words_of(get_language()))


@lru_cache
def _labels(language: str) -> Mapping[str, str]:  # noqa: ARG001 (the active one)
    return {kind: str(label) for kind, label in MentionKind.choices}


@dataclass(frozen=True, slots=True, eq=False)
class NamedThing:
    """What a text names: what it is called and where it leads, and what is told of its mentions."""

    kind: str
    link: Link
    title: str
    confirmed: bool


class ShownMention(NamedTuple):
    """A mention as a page shows it: where it stands, and what it names."""

    start: int
    end: int
    thing: NamedThing


class ShownHeading(NamedTuple):
    """A heading in the text."""

    level: int  # of the element: 2 to 6
    anchor: str
    number: str
    text: MarkedText


class ShownFact(NamedTuple):
    """What a paragraph names of one kind."""

    kind: str
    label: str
    links: list[Link]


class ShownParagraph(NamedTuple):
    """A paragraph ready for its template."""

    place: str
    number: str
    mark: str  # of a note: as its call prints it
    anchor: str
    headings: list[ShownHeading]
    text: MarkedText
    facts: list[ShownFact]
    notes: list["ShownParagraph"]
    citation: str
    address: str
    beside: MarkedText | None


def show_mentions(mentions: Iterable[PlacedMention], told: Telling) -> list[ShownMention]:
    """Return mentions with their names in the reader's language, addresses and what the reader is told of them.

    What the registry does not hold leads to a search for its words.
    """
    shown = []
    for _paragraph, _heading, kind, key, start, end, surface, rule, confirmed_at in mentions:
        name = told.names.get((kind, key))
        sought = surface if name is None and kind in REGISTERED else None
        thing = _told((kind, key, rule, confirmed_at is not None, name, sought), told.language)
        shown.append(ShownMention(start, end, thing))
    return shown


@lru_cache(KEPT)
def _told(same: Same, language: str) -> NamedThing:
    """Return where such mentions lead, under their name, and what is told of them, in the active language."""
    kind, key, rule, confirmed, name, sought = same
    name = name or name_of_key(key)
    standing = _("confirmed") if confirmed else _("recognized, not confirmed")
    words = {"name": name, "kind": _labels(language).get(kind, ""), "standing": standing, "rule": rule}
    url = way_to(kind, key) if sought is None else way_to_words(sought)
    title = _("%(name)s – %(kind)s, %(standing)s (rule: %(rule)s)") % words
    return NamedThing(kind, Link(name, url), title, confirmed)


def facts_of(mentions: Iterable[ShownMention], labels: Mapping[str, str]) -> list[ShownFact]:
    """Return what the mentions name, each thing once, by kind in a fixed order."""
    links: dict[str, dict[str, Link]] = {}
    for _start, _end, thing in mentions:
        links.setdefault(thing.kind, {}).setdefault(thing.link.text, thing.link)
    return [ShownFact(kind, labels[kind], list(links[kind].values())) for kind in SIDE_KINDS if kind in links]


def show_heading(heading: Heading, mentions: Sequence[PlacedMention], told: Telling) -> ShownHeading:
    """Return a heading with its mentions of the kinds chosen."""
    text = MarkedText(heading.title, _marked(show_mentions(mentions, told), told), (), heading.calls)
    return ShownHeading(min(6, max(2, heading.level + 1)), heading_anchor(heading.position), heading.number, text)


def _marked(mentions: list[ShownMention], told: Telling) -> list[ShownMention]:
    return [mention for mention in mentions if mention.thing.kind in told.kinds] if mentions else mentions


def show_paragraph(found: ReaderParagraph, page: ReaderPage, told: Telling) -> ShownParagraph:
    """Return a paragraph or note for its template; only mentions of the kinds chosen are marked."""
    paragraph, above, mentions, notes, citation, beside = found
    shown = show_mentions(mentions, told)
    place = paragraph.place
    return ShownParagraph(
        place=place,
        number=f"{place}." if place.isdigit() else "",
        mark=place.removeprefix("fn") if place.startswith("fn") else "",
        anchor=citation.mark,
        headings=[show_heading(one, page.heading_mentions.get(one.pk, []), told) for one in above],
        text=MarkedText(paragraph.text, _marked(shown, told), paragraph.items, paragraph.calls),
        facts=facts_of(shown, told.labels) if shown else [],
        notes=[show_paragraph(one, page, told) for one in notes],
        citation=citation.in_words(told.said),
        address=citation.address(told.language),
        beside=MarkedText(beside.text, (), beside.items) if beside else None,
    )


@dataclass(frozen=True, slots=True)
class ShownBranch:
    """A heading in the contents, with what hangs under it."""

    title: str
    url: str
    children: list["ShownBranch"]


def show_tree(tree: Sequence[HeadingBranch], *, start: int, address: Address) -> list[ShownBranch]:
    """Return the contents; ``address`` gives the query of the window that starts at a number."""
    return [
        ShownBranch(
            title=" ".join(filter(None, (branch.heading.number, branch.heading.title))),
            url=("" if branch.start == start else address(branch.start))
            + f"#{heading_anchor(branch.heading.position)}",
            children=show_tree(branch.children, start=start, address=address),
        )
        for branch in tree
    ]


def named_in_headings(page: ReaderPage) -> Iterable[tuple[str, str]]:
    """Yield kind and key of what headings of a window name, for naming them together with the rest."""
    for mentions in page.heading_mentions.values():
        for mention in mentions:
            yield mention.kind, mention.key
