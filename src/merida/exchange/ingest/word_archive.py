"""Opening a Word file safely: a bounded zip archive, XML without entities, network or document types."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from merida.exchange.ingest.unreadable import UnreadableDocument

MOST_MEMBERS = 2_000
LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
LARGEST_RATIO = 200
#: Below this size a high ratio is ordinary (a few kilobytes of XML compress well).
HARMLESS = 4 * 1024 * 1024
PARTS = frozenset(
    f"word/{part}.xml" for part in ("document", "footnotes", "endnotes", "numbering", "styles", "comments")
)
Tree = etree._Element  # noqa: SLF001 (lxml's only name for the type)


def open_word(content: bytes, name: str) -> dict[str, Tree]:
    """The parts of a Word file that hold text, parsed.

    Raises UnreadableDocument: broken or cut archive, zip bomb, another kind of archive, broken XML.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        what = "the archive is broken or cut short; the document must be fetched or saved again"
        raise UnreadableDocument("BROKEN_ARCHIVE", what, name) from error
    with archive:
        members = {info.filename: info for info in archive.infolist()}
        refuse_bomb(members, name)
        if "word/document.xml" not in members:
            raise UnreadableDocument("NOT_A_DOCUMENT", f"this is {kind_of_archive(members)}, not a Word document", name)
        wanted = [m for m in members if m in PARTS or m.startswith(("word/header", "word/footer"))]
        return {member: parse(part_of(archive, member, name), member, name) for member in wanted}


def refuse_bomb(members: Mapping[str, zipfile.ZipInfo], name: str) -> None:
    """Raise where the archive says of itself that it unpacks to more than a document can be."""
    whole = sum(info.file_size for info in members.values())
    packed = sum(info.compress_size for info in members.values())
    if len(members) > MOST_MEMBERS:
        raise UnreadableDocument(
            "ZIP_BOMB", f"the archive has {len(members):,} members; a document has fewer than {MOST_MEMBERS:,}", name
        )
    largest = max(members.values(), key=lambda info: info.file_size, default=None)
    if largest is not None and (whole > LARGEST_WHOLE or (whole > HARMLESS and whole > LARGEST_RATIO * max(packed, 1))):
        what = f"the archive unpacks {packed / 2**20:,.1f} MB to {whole / 2**20:,.0f} MB; this is no document"
        raise UnreadableDocument("ZIP_BOMB", what, f"{name}, {largest.filename}")


def part_of(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """The bytes of a member, never more than a part may have (sizes that an archive states can lie)."""
    try:
        with archive.open(member) as part:
            content = part.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableDocument(
            "BROKEN_ARCHIVE", "this part of the archive is broken or cut short", f"{name}, {member}"
        ) from error
    if len(content) > LARGEST_PART:
        raise UnreadableDocument(
            "ZIP_BOMB", f"this part unpacks to more than {LARGEST_PART / 2**20:.0f} MB", f"{name}, {member}"
        )
    return content


def parse(content: bytes, member: str, name: str) -> Tree:
    """A part as a tree. A document type is refused: no Word file has one, and it is how XML attacks begin."""
    if b"<!DOCTYPE" in content:
        raise UnreadableDocument("NOT_A_DOCUMENT", "the XML declares a document type", f"{name}, {member}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument("BROKEN_ARCHIVE", f"the XML is broken: {error.msg}", f"{name}, {member}") from error
    return root


def kind_of_archive(members: Mapping[str, zipfile.ZipInfo]) -> str:
    """What an archive is in words."""
    for start, words in (
        ("xl/", "an Excel workbook"),
        ("ppt/", "a PowerPoint file"),
        ("META-INF/", "an OpenDocument or Java file"),
    ):
        if any(member.startswith(start) for member in members):
            return words
    return "a zip archive"
