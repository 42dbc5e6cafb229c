"""What pages, API and commands read of documents. Everything here shows only what ``actor`` may see."""

from merida.knowledge.documents.queries.bulk import headings, mentions, paragraph_at, paragraphs, version_of, versions
from merida.knowledge.documents.queries.contents import document_counts, mentions_in, paragraphs_in
from merida.knowledge.documents.queries.documents import (
    document_by_slug,
    document_by_symbol,
    documents,
    documents_list,
    language_versions,
    latest_documents,
)
from merida.knowledge.documents.queries.naming import instrument_condition, mention_condition, provision_condition
from merida.knowledge.documents.queries.reader import (
    HeadingBranch,
    PlacedMention,
    ReaderPage,
    ReaderParagraph,
    reader_page,
)
from merida.knowledge.documents.queries.resolutions import resolutions_known_to
from merida.knowledge.documents.queries.speaking import (
    Speaking,
    SpeakingDocument,
    SpokenPlace,
    counts_by_key,
    mentions_of,
    mentions_of_instrument,
    mentions_of_organisation,
    mentions_of_provision,
    mentions_of_resolution,
    mentions_of_state,
    mentions_of_symbol,
    paragraphs_naming,
)

__all__ = [
    "HeadingBranch",
    "PlacedMention",
    "ReaderPage",
    "ReaderParagraph",
    "Speaking",
    "SpeakingDocument",
    "SpokenPlace",
    "counts_by_key",
    "document_by_slug",
    "document_by_symbol",
    "document_counts",
    "documents",
    "documents_list",
    "headings",
    "instrument_condition",
    "language_versions",
    "latest_documents",
    "mention_condition",
    "mentions",
    "mentions_in",
    "mentions_of",
    "mentions_of_instrument",
    "mentions_of_organisation",
    "mentions_of_provision",
    "mentions_of_resolution",
    "mentions_of_state",
    "mentions_of_symbol",
    "paragraph_at",
    "paragraphs",
    "paragraphs_in",
    "paragraphs_naming",
    "provision_condition",
    "reader_page",
    "resolutions_known_to",
    "version_of",
    "versions",
]
