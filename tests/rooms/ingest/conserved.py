"""Every character of a document must end somewhere in its record; this counts where."""

from collections import Counter
from collections.abc import Iterator

from merida.exchange.ingest.record import Structure

_SAME = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹–—•●▪·◦", "0123456789" + "-" * 7)


def texts_of(structure: Structure) -> Iterator[str]:
    """All text of a record, marks and calls included."""
    yield from structure.masthead.lines
    for heading in structure.headings:
        yield from (heading.mark, heading.title, *(call.note for call in heading.calls))
    for paragraph in structure.paragraphs:
        yield from (paragraph.mark, paragraph.text, *(call.note for call in paragraph.calls))
        for item in paragraph.items:
            yield from (item.mark, item.text, *(call.note for call in item.calls))
    for note in structure.footnotes:
        yield from (note.mark, note.text)
    for caption in structure.captions:
        yield caption.text
    for entry in structure.left_out:
        yield entry.text


def characters(text: str) -> Counter[str]:
    """The characters of a text that are no spaces, forms of one digit or dash counted together."""
    return Counter("".join(text.split()).translate(_SAME))


def lost(text: str, structure: Structure) -> Counter[str]:
    """What the text has and the record has not."""
    return characters(text) - characters("".join(texts_of(structure)))


def invented(text: str, structure: Structure) -> Counter[str]:
    """What the record has and the text has not."""
    return characters("".join(texts_of(structure))) - characters(text)
