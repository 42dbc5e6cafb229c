"""Documents and their language versions."""

from django.db.models import F, Prefetch, Q, QuerySet

from merida.foundation.access.visibility import ANYBODY, Actor, visible_condition
from merida.foundation.changes.prepared import found_where
from merida.foundation.changes.remembering import remembered
from merida.knowledge.documents.models import Document, Mention, Version
from merida.knowledge.documents.queries.naming import mention_condition


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Return the documents ``actor`` may see, plain."""
    visible: QuerySet[Document] = Document.objects.visible_to(actor)
    return visible


def documents(actor: Actor) -> QuerySet[Document]:
    """Return the documents ``actor`` may see, each with ``current_versions`` filled (one further query)."""
    current = Version.objects.filter(is_current=True).select_related("file").order_by("language")
    return visible_documents(actor).prefetch_related(Prefetch("versions", queryset=current, to_attr="current_versions"))


def documents_list(
    actor: Actor,
    *,
    body: str = "",
    language: str = "",
    year: int | None = None,
    mentions: tuple[str, str] | None = None,
    words: str = "",
) -> QuerySet[Document]:
    """Return documents, latest first, narrowed by what is given.

    ``body`` is a registry code, ``language`` one that a version is in, ``mentions`` a pair of kind and key such as
    ``("STATE", "TON")``, ``words`` a part of the symbol.
    """
    found = documents(actor)
    if body:
        found = found.filter(body=body)
    if year is not None:
        found = found.filter(document_date__year=year)
    if words:
        found = found.filter(symbol__icontains=words)
    if language:
        found = found.filter(pk__in=Version.objects.filter(is_current=True, language=language).values("document_id"))
    if mentions:
        named = Mention.objects.filter(mention_condition(*mentions), version__is_current=True)
        found = found.filter(pk__in=named.values("version__document_id"))
    return found.order_by(F("document_date").desc(nulls_last=True), "-created_at", "pk")


def latest_documents(actor: Actor, *, count: int = 5) -> list[Document]:
    """Return the documents that came in last, newest first. 1 query, remembered for those who are not signed in."""
    return list(_latest_for_everybody(count) if actor == ANYBODY else _latest(actor, count))


def _latest(actor: Actor, count: int) -> tuple[Document, ...]:
    return tuple(documents(actor).order_by("-created_at", "-pk")[:count])


@remembered
def _latest_for_everybody(count: int) -> tuple[Document, ...]:
    return _latest(ANYBODY, count)


def document_by_slug(actor: Actor, slug: str) -> Document | None:
    """Return the document at an address, or None where there is none that ``actor`` may see."""
    return documents(actor).filter(slug=slug).first()


def document_by_symbol(actor: Actor, symbol: str) -> Document | None:
    """Return the document a symbol names, or None."""
    return documents(actor).filter(symbol=symbol).order_by("pk").first()


def language_versions(actor: Actor, document: Document) -> list[Version]:
    """Return all versions of a document, by language, the current one of each language first."""
    return found_where(_versions, visible_condition(actor, "document__"), Q(document=document.pk))


def _versions(visible: Q, of_document: Q) -> QuerySet[Version]:
    found = Version.objects.filter(visible, of_document).select_related("file")
    return found.defer("masthead", "left_out").order_by("language", "-number")
