"""Where documents speak of a thing: mentions grouped by document and paragraph, counted, page by page.

A document counts once however many language versions it has, and of each document the paragraphs are shown in one
language: the reader's where the document has it, else the original, else any.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.changes.prepared import found_where
from merida.knowledge.documents.citing import Citation, cite
from merida.knowledge.documents.models import Document, Mention, MentionKind, Version
from merida.knowledge.documents.places import Excerpt, excerpt
from merida.knowledge.documents.queries.naming import mention_condition, provision_condition

PAGE = 20  # documents
EXCERPTS = 5  # paragraphs shown of each document


@dataclass(frozen=True, slots=True)
class SpokenPlace:
    """One paragraph, heading or note that names the thing, with the words around the first naming in it."""

    place: str
    citation: Citation
    excerpt: Excerpt
    rule: str
    confirmed: bool


class _Naming(NamedTuple):
    """A mention with the text that it stands in: of a paragraph, else of a heading."""

    place: str
    start: int
    end: int
    rule: str
    confirmed_at: datetime | None
    text: str | None
    page: int | None
    title: str | None
    heading_at: int | None


_OF_NAMING = (
    "place", "start", "end", "rule", "confirmed_at", "paragraph__text", "paragraph__page", "heading__title",
    "heading__position",
)  # fmt: skip
# What is shown of a document: a page about a State reads ten of them, each with a dozen columns that nobody asks for.
_QUOTED = (
    "language", "number", "is_current", "document__slug", "document__symbol", "document__titles",
    "document__original_language", "document__document_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpeakingDocument:
    """A document with the first places in which it names the thing; ``place_count`` says how many there are."""

    document: Document
    version: Version
    places: list[SpokenPlace]
    place_count: int


@dataclass(frozen=True, slots=True)
class Speaking:
    """One page of the documents that name a thing; the counts are over all pages."""

    documents: list[SpeakingDocument]
    document_count: int
    place_count: int
    page: int
    pages: int


def mentions_of(
    actor: Actor, named: Q, *, language: str = "", page: int = 1, page_size: int = PAGE, excerpts: int = EXCERPTS
) -> Speaking:
    """Return where current versions of documents name what the condition ``named`` (on Mention) asks for."""
    grouped = found_where(_grouped, named, visible_condition(actor, "version__document__"))
    pages = max(1, -(-len(grouped) // page_size))
    page = min(max(1, page), pages)
    shown = grouped[(page - 1) * page_size : page * page_size]
    return Speaking(
        documents=_speaking_documents(named, dict(shown), language, excerpts),
        document_count=len(grouped),
        place_count=sum(count for _, count in grouped),
        page=page,
        pages=pages,
    )


def _grouped(named: Q, visible: Q) -> QuerySet[Mention, tuple[int, int]]:
    """Return the documents that name a thing, latest first, each with the number of places."""
    return (
        Mention.objects.filter(named, visible, version__is_current=True)
        .values("version__document__document_date", "version__document_id")  # as they are sorted: SQLite sorts once
        .annotate(places=Count("place", distinct=True))
        .order_by(F("version__document__document_date").desc(nulls_last=True), "-version__document_id")
        .values_list("version__document_id", "places")
    )


def mentions_of_state(actor: Actor, iso3: str, *, language: str = "", page: int = 1) -> Speaking:
    """Return where documents name a State."""
    return mentions_of(actor, mention_condition(MentionKind.STATE, iso3), language=language, page=page)


def mentions_of_organisation(actor: Actor, code: str, *, language: str = "", page: int = 1) -> Speaking:
    """Return where documents name an organisation."""
    return mentions_of(actor, mention_condition(MentionKind.ORGANISATION, code), language=language, page=page)


def mentions_of_resolution(actor: Actor, key: str, *, language: str = "", page: int = 1) -> Speaking:
    """Return where documents name a resolution or decision, by a key such as ``COSP 8/8``."""
    return mentions_of(actor, mention_condition(MentionKind.RESOLUTION, key), language=language, page=page)


def mentions_of_symbol(actor: Actor, symbol: str, *, language: str = "", page: int = 1) -> Speaking:
    """Return where documents name another document by its symbol."""
    return mentions_of(actor, mention_condition(MentionKind.SYMBOL, symbol), language=language, page=page)


def mentions_of_provision(
    actor: Actor,
    key: str,
    *,
    with_descendants: bool = True,
    articles: Iterable[str] = (),
    language: str = "",
    page: int = 1,
) -> Speaking:
    """Return where documents name a provision or chapter (see ``provision_condition`` for the arguments)."""
    named = provision_condition(key, with_descendants=with_descendants, articles=articles)
    return mentions_of(actor, named, language=language, page=page)


def mentions_of_instrument(actor: Actor, code: str, *, language: str = "", page: int = 1) -> Speaking:
    """Return where documents name an article or chapter of an instrument."""
    named = Q(kind__in=[MentionKind.PROVISION, MentionKind.CHAPTER], key__startswith=f"{code} ")
    return mentions_of(actor, named, language=language, page=page)


def counts_by_key(actor: Actor, kind: str, *, document: Document | None = None) -> dict[str, int]:
    """Return how many documents name each key of a kind, for example ``{"TON": 3, …}``; most named first.

    With ``document`` the counts are of places in that document instead.
    """
    visible = Mention.objects.filter(kind=kind, version__is_current=True).filter(
        visible_condition(actor, "version__document__")
    )
    counted = Count("version__document_id", distinct=True)
    if document is not None:
        visible, counted = visible.filter(version__document=document), Count("place", distinct=True)
    rows = visible.values("key").annotate(number=counted).order_by("-number", "key")
    return {row["key"]: row["number"] for row in rows}


def _speaking_documents(
    named: Q, place_counts: Mapping[int, int], language: str, excerpts: int
) -> list[SpeakingDocument]:
    """Return the documents in the order of ``place_counts``, each with its first places. Three queries."""
    places: dict[int, dict[str, int]] = defaultdict(dict)  # version -> place -> first mention
    versions = _best_versions(place_counts, named, language)
    for version_id, place, mention_id in found_where(_in_order, named, Q(version__in=list(versions))):
        if len(places[version_id]) < excerpts:
            places[version_id].setdefault(place, mention_id)
    wanted = [mention for by_place in places.values() for mention in by_place.values()]
    found = {row[0]: _Naming(*row[1:]) for row in found_where(_with_text, Q(pk__in=wanted))}
    by_document = {
        version.document_id: SpeakingDocument(
            document=version.document,
            version=version,
            places=[_place(version, found[pk]) for pk in places[version.pk].values()],
            place_count=place_counts[version.document_id],
        )
        for version in versions.values()
    }
    return [by_document[pk] for pk in place_counts if pk in by_document]


def _in_order(named: Q, in_versions: Q) -> QuerySet[Mention, tuple[int, str, int]]:
    found = Mention.objects.filter(named, in_versions)
    return found.order_by("version_id", "paragraph__position", "heading__position", "start").values_list(
        "version_id", "place", "pk"
    )


def _with_text(wanted: Q) -> QuerySet[Mention, Any]:
    return Mention.objects.filter(wanted).values_list("pk", *_OF_NAMING)


def _best_versions(place_counts: Mapping[int, int], named: Q, language: str) -> dict[int, Version]:
    """Return of each document the version to quote: one that names the thing, in the best language there is."""
    versions = found_where(_naming_versions, named, Q(document__in=list(place_counts)))

    def preference(version: Version) -> tuple[bool, bool]:
        return version.language != language, version.language != version.document.original_language

    best: dict[int, Version] = {}
    for version in sorted(versions, key=lambda one: one.language):
        held = best.get(version.document_id)
        if held is None or preference(version) < preference(held):
            best[version.document_id] = version
    return {version.pk: version for version in best.values()}


def _naming_versions(named: Q, of_documents: Q) -> QuerySet[Version]:
    found = Version.objects.filter(of_documents, is_current=True)
    inside = Mention.objects.filter(named, version__in=found.values("pk"))
    return found.filter(pk__in=inside.values("version_id")).select_related("document").only(*_QUOTED)


def _place(version: Version, naming: _Naming) -> SpokenPlace:
    text = naming.text if naming.text is not None else naming.title or ""
    return SpokenPlace(
        place=naming.place,
        citation=cite(version.document, version, naming.place, heading_at=naming.heading_at, page=naming.page),
        excerpt=excerpt(text, start=naming.start, end=naming.end),
        rule=naming.rule,
        confirmed=naming.confirmed_at is not None,
    )


def paragraphs_naming(actor: Actor, slug: str, named: Sequence[tuple[str, str]]) -> set[str]:
    """Return the paragraphs of a document that name all of the given kinds and keys: "only paragraphs that …"."""
    visible = Mention.objects.filter(visible_condition(actor, "version__document__"), version__document__slug=slug)
    sets = [
        set(
            visible.filter(mention_condition(*pair), paragraph__isnull=False).values_list("paragraph__place", flat=True)
        )
        for pair in named
    ]
    return set.intersection(*sets) if sets else set()
