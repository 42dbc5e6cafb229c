"""A page of the document reader as values: paragraphs laid out, mentions named and linked, facts at the side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.marked_text import Block, lay_out
from merida.interfaces.web.views.naming import name_of_key
from merida.interfaces.web.views.ways import way_to, way_to_words
from merida.knowledge.documents.models import Heading, MentionKind
from merida.knowledge.documents.places import anchor, heading_anchor
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
Names = Mapping[tuple[str, str], str]
Address = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Telling:
    """How a page tells what is named: names, kinds marked, language, words; ``known`` holds what was told before."""

    names: Names
    kinds: frozenset[str]
    language: str
    labels: dict[str, str]
    sentence: str
    standings: dict[bool, str]  # by whether a person confirmed it
    known: dict[tuple[str, str, str, str, bool], tuple[str, str, str]]


def telling(names: Names, kinds: frozenset[str], language: str) -> Telling:
    """Return how to tell, for one page."""
    return Telling(
        names=names,
        kinds=kinds,
        language=language,
        labels={kind: str(label) for kind, label in MentionKind.choices},
        sentence=_("%(name)s – %(kind)s, %(standing)s (rule: %(rule)s)"),
        standings={True: _("confirmed"), False: _("recognized, not confirmed")},
        known={},
    )


class ShownMention(NamedTuple):
    """A mention as a page shows it: where it stands, what it is called, where it leads."""

    start: int
    end: int
    kind: str
    name: str
    url: str
    title: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ShownHeading:
    """A heading in the text."""

    level: int  # of the element: 2 to 6
    anchor: str
    number: str
    blocks: list[Block]


@dataclass(frozen=True, slots=True)
class ShownFact:
    """What a paragraph names of one kind."""

    kind: str
    label: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph ready for its template."""

    place: str
    number: str
    mark: str  # of a note: as its call prints it
    anchor: str
    headings: list[ShownHeading]
    blocks: list[Block]
    facts: list[ShownFact]
    notes: list["ShownParagraph"]
    citation: str
    address: str
    beside: list[Block]


def way_to_mention(mention: PlacedMention, names: Names) -> str:
    """Return the page about what is named; the search for its words where the registry does not hold it."""
    held = mention.kind not in REGISTERED or (mention.kind, mention.key) in names
    return way_to(mention.kind, mention.key) if held else way_to_words(mention.surface)


def show_mention(mention: PlacedMention, told: Telling) -> ShownMention:
    """Return a mention with its name in the reader's language, its address and what the reader is told of it."""
    confirmed = mention.confirmed_at is not None
    same = (mention.kind, mention.key, mention.rule, mention.surface, confirmed)
    if same not in told.known:
        told.known[same] = _named(mention, told)
    name, url, title = told.known[same]
    return ShownMention(mention.start, mention.end, mention.kind, name, url, title, confirmed)


def _named(mention: PlacedMention, told: Telling) -> tuple[str, str, str]:
    name = told.names.get((mention.kind, mention.key)) or name_of_key(mention.key)
    standing = told.standings[mention.confirmed_at is not None]
    words = {"name": name, "kind": told.labels.get(mention.kind, ""), "standing": standing, "rule": mention.rule}
    return name, way_to_mention(mention, told.names), told.sentence % words


def facts_of(mentions: Iterable[ShownMention], labels: Mapping[str, str]) -> list[ShownFact]:
    """Return what the mentions name, each thing once, by kind in a fixed order."""
    links: dict[str, dict[str, Link]] = {kind: {} for kind in SIDE_KINDS}
    for mention in mentions:
        of_kind = links.get(mention.kind)
        if of_kind is not None and mention.name not in of_kind:
            of_kind[mention.name] = Link(mention.name, mention.url)
    return [ShownFact(kind, labels[kind], list(found.values())) for kind, found in links.items() if found]


def show_heading(heading: Heading, mentions: Sequence[PlacedMention], told: Telling) -> ShownHeading:
    """Return a heading with its mentions of the kinds chosen."""
    spans = [show_mention(mention, told) for mention in mentions if mention.kind in told.kinds]
    level = min(6, max(2, heading.level + 1))
    blocks = lay_out(heading.title, spans, calls=heading.calls)
    return ShownHeading(level, heading_anchor(heading.position), heading.number, blocks)


def show_paragraph(found: ReaderParagraph, page: ReaderPage, told: Telling) -> ShownParagraph:
    """Return a paragraph or note for its template; only mentions of the kinds chosen are marked."""
    spans = [show_mention(mention, told) for mention in found.mentions]
    paragraph, marked = found.paragraph, [span for span in spans if span.kind in told.kinds]
    return ShownParagraph(
        place=paragraph.place,
        number=f"{paragraph.place}." if paragraph.place.isdigit() else "",
        mark=paragraph.place.removeprefix("fn") if paragraph.place.startswith("fn") else "",
        anchor=anchor(paragraph.place),
        headings=[show_heading(one, page.heading_mentions.get(one.pk, []), told) for one in found.headings],
        blocks=lay_out(paragraph.text, marked, items=paragraph.items, calls=paragraph.calls),
        facts=facts_of(spans, told.labels),
        notes=[show_paragraph(one, page, told) for one in found.notes],
        citation=str(found.citation),
        address=found.citation.address(told.language),
        beside=lay_out(found.beside.text, [], items=found.beside.items) if found.beside else [],
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
