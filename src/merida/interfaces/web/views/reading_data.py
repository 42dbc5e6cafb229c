"""The data of a document: every paragraph and note of the version read, with what it names and how sure that is."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from merida.interfaces.web.exports import Table
from merida.knowledge.documents.citing import cite, title_of
from merida.knowledge.documents.models import Mention
from merida.knowledge.documents.queries import ReaderPage, mentions_in, paragraphs_in

COLUMNS = (
    "symbol",
    "language",
    "place",
    "kind",
    "text",
    "states",
    "provisions",
    "resolutions",
    "organisations",
    "symbols",
    "source",
    "confidence",
)
NAMED = {
    "states": ("STATE",),
    "provisions": ("PROVISION", "CHAPTER"),
    "resolutions": ("RESOLUTION",),
    "organisations": ("ORGANISATION",),
    "symbols": ("SYMBOL",),
}


def table(page: ReaderPage) -> Table:
    """Return the whole version as rows, whatever window is shown."""
    found, version = page.document, page.version
    about = {
        "symbol": found.symbol,
        "title": title_of(found, version.language),
        "document_language": version.language,
        "document_date": found.document_date,
        "file_sha256": version.file.digest,
        "reader": version.reader,
    }
    name = f"{found.slug}-{version.language}"
    return Table(name=name, columns=COLUMNS, rows=lambda: rows(page), about=about)


def rows(page: ReaderPage) -> Iterator[dict[str, Any]]:
    """Yield one row a paragraph or note, in reading order. Two queries."""
    named: dict[int | None, list[Mention]] = defaultdict(list)
    for mention in mentions_in(page.version):
        named[mention.paragraph_id].append(mention)
    for paragraph in paragraphs_in(page.version):
        mentions = named.get(paragraph.pk, [])
        yield {
            "symbol": page.document.symbol,
            "language": page.version.language,
            "place": paragraph.place,
            "kind": paragraph.kind,
            "text": paragraph.text,
            **{column: keys(mentions, kinds) for column, kinds in NAMED.items()},
            "source": str(cite(page.document, page.version, paragraph.place, page=paragraph.page)),
            "confidence": "CONFIRMED" if mentions and all(one.confirmed_at for one in mentions) else "RECOGNISED",
        }


def keys(mentions: list[Mention], kinds: tuple[str, ...]) -> list[str]:
    """Return the keys of some kinds, each once, in the order of the text."""
    return list(dict.fromkeys(mention.key for mention in mentions if mention.kind in kinds))
