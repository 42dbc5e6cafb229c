"""What the search is told about a version: one entry for the document in its language, one for each of its texts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from merida.exchange.ingest.rows import Rows
from merida.exchange.search.entry import DOCUMENT, PARAGRAPH, EntryData
from merida.exchange.search.index import delete_entries, put_entries
from merida.foundation.access.visibility import visibility_tag
from merida.knowledge.documents.citing import title_of
from merida.knowledge.documents.models import Document, Mention, MentionKind, Paragraph, PassageKind, Version


def index_version(document: Document, version: Version, rows: Rows) -> None:
    """Tell the search about a version just stored, if it is the current one."""
    if version.is_current:
        put_entries(list(version_entries(document, version, rows.texts, rows.mentions)))


def reindex_document(document: Document) -> None:
    """Tell the search anew about all current versions of a document."""
    for version in Version.objects.filter(document=document, is_current=True):
        put_entries(list(version_entries(document, version, *texts_and_mentions(version))))


def texts_and_mentions(version: Version) -> tuple[list[Paragraph], list[Mention]]:
    """Return what the entries of a stored version are made of."""
    mentions = version.mentions.filter(paragraph__isnull=False)
    mentions = mentions.only("version_id", "paragraph_id", "kind", "key")  # Django asks for each version left out
    return list(version.paragraphs.order_by("position")), list(mentions)


def withdraw_version(version: Version) -> None:
    """Take a version out of the search: a later text has come."""
    places = version.paragraphs.values_list("kind", "place")
    delete_entries([_document_ref(version), *(_text_ref(version, kind, place) for kind, place in places)])


def version_entries(
    document: Document, version: Version, texts: Iterable[Paragraph], mentions: Iterable[Mention]
) -> Iterator[EntryData]:
    """Yield the entries of one version. ``mentions`` have their ``paragraph_id`` set, or none for headings."""
    inside: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        inside[mention.paragraph_id or 0].append(mention)
    yield _document_entry(document, version)
    for text in texts:
        if text.kind != PassageKind.TITLE:
            yield _text_entry(document, version, text, inside[text.pk])


def _document_entry(document: Document, version: Version) -> EntryData:
    return EntryData(
        ref=_document_ref(version),
        kind=DOCUMENT,
        language=version.language,
        title=title_of(document, version.language) or document.symbol or document.slug,
        text=" ".join(part for part in (document.symbol, document.body_printed) if part),
        link=("document", document.slug, version.language),
        visibility=_tag(document),
        year=document.document_date.year if document.document_date else None,
        document=str(document.uuid),
    )


def _text_entry(document: Document, version: Version, text: Paragraph, mentions: Iterable[Mention]) -> EntryData:
    named = list(mentions)
    return EntryData(
        ref=_text_ref(version, text.kind, text.place),
        kind=PARAGRAPH,
        language=version.language,
        title=f"{document.symbol or title_of(document, version.language) or document.slug}, {text.place}",
        text=text.text,
        link=("document", document.slug, version.language, text.place),
        visibility=_tag(document),
        states=_keys(named, MentionKind.STATE),
        provisions=_keys(named, MentionKind.PROVISION),
        year=document.document_date.year if document.document_date else None,
        document=str(document.uuid),
    )


def _keys(mentions: Iterable[Mention], kind: str) -> tuple[str, ...]:
    return tuple(sorted({mention.key for mention in mentions if mention.kind == kind}))


def _tag(document: Document) -> str:
    published = document.published_at is not None
    return visibility_tag(audience=document.audience, workspace_id=document.workspace_id, published=published)


def _document_ref(version: Version) -> str:
    return f"document:{version.uuid}"


def _text_ref(version: Version, kind: str, place: str) -> str:
    return f"paragraph:{version.uuid}/{kind}/{place}"
