"""The document reader: a window of a version with its headings, notes and mentions, in a fixed number of queries."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.changes.prepared import found_where, prepared
from merida.knowledge.documents.citing import Citation, cite
from merida.knowledge.documents.models import Document, Heading, Mention, Paragraph, PassageKind, Version
from merida.knowledge.documents.places import UNKNOWN_LANGUAGE, WINDOW, paragraph_of
from merida.knowledge.documents.queries.contents import KeyCount, keys_of, most_named_first
from merida.knowledge.documents.queries.documents import language_versions

NOTES = (PassageKind.FOOTNOTE, PassageKind.STAR_NOTE, PassageKind.CAPTION)  # they hang on the place that calls them


class Passage(NamedTuple):
    """A title, paragraph or note as the reader needs it: a record of each of a hundred takes longer than the query."""

    pk: int
    kind: str
    place: str
    text: str
    items: list[Any]
    calls: list[Any]
    called_in: str
    page: int | None


class PlacedMention(NamedTuple):
    """A mention as the reader needs it: a page has hundreds, and a whole record of each takes longer than the page."""

    paragraph_id: int | None
    heading_id: int | None
    kind: str
    key: str
    start: int
    end: int
    surface: str
    rule: str
    confirmed_at: str | None  # as the database writes it: the reader asks only whether


class ReaderParagraph(NamedTuple):
    """A paragraph or note as the reader shows it; mentions and notes in the order of the text."""

    paragraph: Passage
    headings: list[Heading]  # that stand directly above it
    mentions: list[PlacedMention]
    notes: list["ReaderParagraph"]
    citation: Citation
    beside: Passage | None = None  # the same place in the language read beside this one


@dataclass(frozen=True, slots=True)
class HeadingBranch:
    """A heading with what hangs under it, and where the reader finds it."""

    heading: Heading
    start: int  # of the page that holds it
    children: list["HeadingBranch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A window of a version: ``paragraphs[start : start + count]`` of ``total``, with all that stands around them."""

    document: Document
    version: Version
    versions: list[Version]
    tree: list[HeadingBranch]
    title: ReaderParagraph | None
    paragraphs: list[ReaderParagraph]
    loose_notes: list[ReaderParagraph]  # of the title, or called nowhere; on the first page
    closing_headings: list[Heading]  # with no paragraph after them
    heading_mentions: dict[int, list[PlacedMention]]  # by heading, for those of this window
    named: list[KeyCount]  # what the whole version names, most named first
    start: int
    count: int
    total: int

    @property
    def next_start(self) -> int | None:
        """Where the next page starts, None on the last one."""
        following = self.start + self.count
        return following if following < self.total else None

    @property
    def previous_start(self) -> int | None:
        """Where the page before starts, None on the first one."""
        return max(0, self.start - self.count) if self.start else None


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the paragraphs of one window, by where it stands."""

    document: Document
    version: Version
    headings: dict[str, list[Heading]]  # by the paragraph they stand above
    notes: dict[str, list[Passage]]  # by the paragraph that calls them
    mentions: dict[int, list[PlacedMention]]  # by paragraph
    heading_mentions: dict[int, list[PlacedMention]]  # by heading
    beside: dict[tuple[str, str], Passage]  # by kind and place

    def read(self, paragraph: Passage) -> ReaderParagraph:
        """Return ``paragraph`` with all that belongs to it."""
        is_note = paragraph.kind in NOTES
        return ReaderParagraph(
            paragraph=paragraph,
            headings=[] if is_note else self.headings.get(paragraph.place, []),
            mentions=self.mentions.get(paragraph.pk, []),
            notes=[] if is_note else [self.read(note) for note in self.notes.get(paragraph.place, [])],
            citation=cite(self.document, self.version, paragraph.place, page=paragraph.page),
            beside=self.beside.get((paragraph.kind, paragraph.place)),
        )


def reader_page(
    actor: Actor,
    slug: str,
    language: str,
    *,
    version: int | None = None,
    start: int = 0,
    count: int = WINDOW,
    at: str = "",
    beside: str = "",
    only: Collection[str] | None = None,
) -> ReaderPage | None:
    """Return a window of a document's text in one language, or None where ``actor`` can see no such version.

    ``version`` picks an earlier text by number; ``at`` picks the window that holds a place (it wins over ``start``);
    ``beside`` is a second language whose paragraphs come level with these; ``only`` leaves out all paragraphs whose
    place it does not hold (the tree keeps all headings). Five queries where the window
    shows the whole version, else seven; one more with ``beside``.
    """
    document = next(iter(found_where(_documents, visible_condition(actor), Q(slug=slug))), None)
    versions = language_versions(actor, document) if document else []
    chosen = pick_version(versions, language, version)
    if document is None or chosen is None:
        return None
    read = _all_texts(chosen) if chosen.paragraph_count <= count else []  # a short version: places come with its texts
    whole = [text.place for text in read if text.kind == PassageKind.PARAGRAPH] or _places(chosen.pk)
    places = whole if only is None else [place for place in whole if place in only]
    start = window_start(places, start=start, count=count, at=at)
    window = places[start : start + count]
    is_whole = len(window) == len(whole)
    texts = (read or _all_texts(chosen)) if is_whole else _texts(chosen, window, with_front=start == 0)
    headings, opened = _headings(chosen.pk), {"", *window}
    shown = [one for one in headings if one.first_paragraph in opened]
    mentions = _all_mentions(chosen) if is_whole else _mentions_in(chosen, texts, shown)
    level = _beside(pick_version(versions, beside, None) if beside else None, window)
    around = _around(document, chosen, texts=texts, headings=shown, mentions=mentions, beside=level)
    return ReaderPage(
        document=document,
        version=chosen,
        versions=versions,
        tree=heading_tree(headings, whole, count),
        title=next((around.read(text) for text in texts if text.place == "title"), None),
        paragraphs=[around.read(text) for text in texts if text.kind == PassageKind.PARAGRAPH],
        loose_notes=_loose_notes(around, texts, set(whole)) if start == 0 else [],
        closing_headings=around.headings.get("", []) if start + count >= len(places) else [],
        heading_mentions=around.heading_mentions,
        named=_keys_among(mentions) if is_whole else keys_of(chosen),
        start=start,
        count=count,
        total=len(places),
    )


def _documents(visible: Q, wanted: Q) -> QuerySet[Document]:
    return Document.objects.filter(visible, wanted)


@prepared(int)
def _places(version: int) -> QuerySet[Paragraph, str]:
    found = Paragraph.objects.filter(version=version, kind=PassageKind.PARAGRAPH)
    return found.order_by("position").values_list("place", flat=True)


@prepared(int)
def _headings(version: int) -> QuerySet[Heading]:
    return Heading.objects.filter(version=version).order_by("position")


def window_start(places: Sequence[str], *, start: int, count: int, at: str = "") -> int:
    """Return where the window begins that holds place ``at``, else the window that holds index ``start``."""
    wanted = paragraph_of(at)
    index = places.index(wanted) if wanted in places else start
    return max(0, min(index, max(len(places) - 1, 0))) // count * count


def heading_tree(headings: Sequence[Heading], places: Sequence[str], count: int) -> list[HeadingBranch]:
    """Return the headings as a tree, each with the start of the window that shows it."""
    index = {place: number for number, place in enumerate(places)}
    roots: list[HeadingBranch] = []
    path: list[HeadingBranch] = []
    for heading in headings:
        found = index.get(heading.first_paragraph, max(len(places) - 1, 0))
        branch = HeadingBranch(heading, found // count * count)
        while path and path[-1].heading.level >= heading.level:
            path.pop()
        (path[-1].children if path else roots).append(branch)
        path.append(branch)
    return roots


def pick_version(versions: Iterable[Version], language: str, number: int | None) -> Version | None:
    """Return the version asked for: by number, else the current one of the language."""
    language = "" if language == UNKNOWN_LANGUAGE else language
    for version in versions:
        if version.language == language and (version.number == number if number else version.is_current):
            return version
    return None


def _all_texts(version: Version) -> list[Passage]:
    """Return what ``_texts`` does for a window that holds every paragraph: asked by one number, not by a hundred."""
    return _read(_passages_of(version.pk))


def _texts(version: Version, window: Sequence[str], *, with_front: bool) -> list[Passage]:
    """Return paragraphs, notes and (on the first page) title of a window, in reading order."""
    wanted = Q(kind=PassageKind.PARAGRAPH, place__in=list(window)) | Q(kind__in=NOTES)
    if with_front:
        wanted |= Q(kind=PassageKind.TITLE)
    return _read(found_where(_passages, Q(version=version.pk), wanted))


@prepared(int)
def _passages_of(version: int) -> QuerySet[Paragraph, Any]:
    return _passages(Q(version=version), Q(kind__in=(*NOTES, PassageKind.PARAGRAPH, PassageKind.TITLE)))


def _passages(of_version: Q, wanted: Q) -> QuerySet[Paragraph, Any]:
    found = Paragraph.objects.filter(of_version, wanted).order_by("position")
    lists = (Cast(name, TextField()) for name in ("items", "calls"))  # nearly all are empty: not worth a decoder each
    return found.values_list("pk", "kind", "place", "text", *lists, "called_in", "page")


def _read(rows: Iterable[Any]) -> list[Passage]:
    return [
        Passage(pk, kind, place, text, _listed(items), _listed(calls), called_in, page)
        for pk, kind, place, text, items, calls, called_in, page in rows
    ]


def _listed(written: str) -> list[Any]:
    found: list[Any] = [] if written == "[]" else json.loads(written)
    return found


def _around(
    document: Document,
    version: Version,
    *,
    texts: Sequence[Passage],
    headings: Sequence[Heading],
    mentions: Iterable[PlacedMention],
    beside: dict[tuple[str, str], Passage],
) -> _Around:
    above: dict[str, list[Heading]] = defaultdict(list)
    for heading in headings:
        above[heading.first_paragraph].append(heading)
    called: dict[str, list[Passage]] = defaultdict(list)
    for text in texts:
        if text.kind in NOTES:
            called[paragraph_of(text.called_in)].append(text)
    inside: dict[int, list[PlacedMention]] = defaultdict(list)
    inside_headings: dict[int, list[PlacedMention]] = defaultdict(list)
    for mention in mentions:
        if mention.paragraph_id:
            inside[mention.paragraph_id].append(mention)
        elif mention.heading_id:
            inside_headings[mention.heading_id].append(mention)
    return _Around(document, version, above, called, inside, inside_headings, beside)


def _all_mentions(version: Version) -> list[PlacedMention]:
    return list(map(PlacedMention._make, _mentions_of(version.pk)))


def _mentions_in(version: Version, texts: Sequence[Passage], headings: Sequence[Heading]) -> list[PlacedMention]:
    named = Q(paragraph__in=[text.pk for text in texts]) | Q(heading__in=[heading.pk for heading in headings])
    return list(map(PlacedMention._make, found_where(_mentions, Q(version=version.pk), named)))


@prepared(int)
def _mentions_of(version: int) -> QuerySet[Mention, Any]:
    return _mentions(Q(version=version), Q())


def _mentions(of_version: Q, named: Q) -> QuerySet[Mention, Any]:
    found = Mention.objects.filter(of_version, named).order_by("start", "pk")
    *names, moment = PlacedMention._fields
    return found.values_list(*names, Cast(moment, TextField()))


def _keys_among(mentions: Iterable[PlacedMention]) -> list[KeyCount]:
    """Return what ``keys_of`` does, from all mentions of a version."""
    paragraphs: dict[tuple[str, str], set[int]] = defaultdict(set)
    for mention in mentions:
        if mention.paragraph_id:
            paragraphs[mention.kind, mention.key].add(mention.paragraph_id)
    return most_named_first((kind, key, len(found)) for (kind, key), found in paragraphs.items())


def _loose_notes(around: _Around, texts: Sequence[Passage], places: set[str]) -> list[ReaderParagraph]:
    """Return the notes that no paragraph of the version calls: star notes of the title, calls that were not found."""
    return [around.read(text) for text in texts if text.kind in NOTES and paragraph_of(text.called_in) not in places]


def _beside(version: Version | None, window: Sequence[str]) -> dict[tuple[str, str], Passage]:
    if version is None:
        return {}
    level = _read(_passages(Q(version=version.pk), Q(place__in=list(window))))
    return {(text.kind, text.place): text for text in level}
