"""Differences between language versions: only for those who may confirm, and only of documents that they see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from merida.exchange.alignment.comparing import Passages, keys_by_kind
from merida.exchange.alignment.models import LanguageDifference
from merida.exchange.curation.models import Proposal, ProposalState
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor, visible_condition
from merida.knowledge.documents.models import Document, Mention, Paragraph, PassageKind, Version
from merida.knowledge.documents.places import paragraph_of
from merida.knowledge.documents.queries.documents import visible_documents

_NOT_TOLD = frozenset({ProposalState.REJECTED, ProposalState.MERGED, ProposalState.SPLIT})


@dataclass(frozen=True, slots=True)
class ComparedDocument:
    """A document with differences: how many wait for somebody, how many were looked at."""

    document: Document
    waiting: int
    settled: int


def found_differences(actor: Actor) -> QuerySet[LanguageDifference]:
    """Return the differences that ``actor`` may look at, as the latest readings have them."""
    if not may(actor, Deed.CONFIRM):
        return LanguageDifference.objects.none()
    return LanguageDifference.objects.filter(visible_condition(actor, "document__"), gone_at=None)


def compared_documents(actor: Actor) -> list[ComparedDocument]:
    """Return the documents with differences, those with most to do first. Two queries."""
    counted = (
        found_differences(actor)
        .values("document_id")
        .annotate(waiting=Count("pk", filter=Q(finding="")), settled=Count("pk", filter=~Q(finding="")))
        .order_by("-waiting", "document_id")
    )
    rows = list(counted)
    documents = Document.objects.in_bulk([row["document_id"] for row in rows])
    return [ComparedDocument(documents[row["document_id"]], row["waiting"], row["settled"]) for row in rows]


def differences_in(actor: Actor, slug: str) -> tuple[Document, list[LanguageDifference]] | None:
    """Return a document and its differences in the order of the text; None where ``actor`` sees no such document."""
    document = visible_documents(actor).filter(slug=slug).first() if may(actor, Deed.CONFIRM) else None
    if document is None:
        return None
    found = found_differences(actor).filter(document=document).select_related("settled_by")
    return document, list(found.order_by("position", "kind", "pk"))


def difference_of(actor: Actor, identifier: UUID) -> LanguageDifference | None:
    """Return one difference, None where ``actor`` may not look at it."""
    return found_differences(actor).filter(uuid=identifier).select_related("document").first()


def texts_at(document: Document, found: Iterable[LanguageDifference]) -> dict[tuple[str, str], str]:
    """Return the texts of the paragraphs of some differences, by language and place. One query."""
    wanted = {place for one in found for place in one.places.values() if place}
    rows = Paragraph.objects.filter(
        version__document=document, version__is_current=True, kind=PassageKind.PARAGRAPH, place__in=wanted
    ).values_list("version__language", "place", "text")
    return {(language, place): text for language, place, text in rows}


def passages_of(document: Document) -> list[Passages]:
    """Return the current versions of a document for comparing, that in the original language first. Four queries.

    Reads what all versions tell, whoever asks: for the system's own work.
    """
    versions = sorted(
        Version.objects.filter(document=document, is_current=True).exclude(language=""),
        key=lambda version: (version.language != document.original_language, version.language),
    )
    lengths: dict[int, dict[str, int]] = defaultdict(dict)
    told: dict[int, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    inside = {"version__in": versions}
    for version, place, text in (
        Paragraph.objects.filter(**inside, kind=PassageKind.PARAGRAPH)
        .order_by("position")
        .values_list("version_id", "place", "text")
    ):
        lengths[version][place] = len(text)
    for version, place, kind, key in Mention.objects.filter(
        **inside, paragraph__kind=PassageKind.PARAGRAPH
    ).values_list("version_id", "paragraph__place", "kind", "key"):
        told[version][place].append((kind, key))
    for one in Proposal.objects.filter(**inside, withdrawn_at=None).exclude(state__in=_NOT_TOLD):
        told[one.version_id][paragraph_of(one.place)] += _keys_of(one)
    return [
        Passages(
            version.language,
            lengths[version.pk],
            {place: keys_by_kind(pairs) for place, pairs in told[version.pk].items()},
        )
        for version in versions
    ]


def _keys_of(one: Proposal) -> list[tuple[str, str]]:
    """Return what a proposal tells in every language alike: a figure's value, an activity's kind and days."""
    values = one.shown_values
    if one.kind == "FIGURE":
        return [("FIGURE", str(values.get("value", "")))]
    if one.kind == "ACTIVITY":
        days = "/".join(str(values[name]) for name in ("date_from", "date_to") if values.get(name))
        return [("ACTIVITY", f"{values.get('type', '')} {days}".strip())]
    return []
