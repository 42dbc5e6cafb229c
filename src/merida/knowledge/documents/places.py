"""Places inside a document: what a citation calls them, the anchor they carry on a page, words around a span. Pure."""

import re
from dataclasses import dataclass

WINDOW = 100  # paragraphs on one page of the reader
UNKNOWN_LANGUAGE = "und"  # in addresses (ISO 639-3), where a version's language is ""
_PARAGRAPH = re.compile(r"\d+")
_STARS = re.compile(r"fn(\*+)$")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span with the words around it; ``cut_before`` and ``cut_after`` say where text was left out."""

    before: str
    hit: str
    after: str
    cut_before: bool
    cut_after: bool


def paragraph_of(place: str) -> str:
    """Return the citable paragraph of a place: ``101`` for ``101(a)``; every other place is its own."""
    if place.isdecimal():  # nearly every place of a page
        return place
    number = _PARAGRAPH.match(place)
    return number.group() if number else place


def anchor(place: str) -> str:
    """Return the anchor of a paragraph or note on its page: ``p15``, ``fn3``, ``fn-star2`` for ``fn**``, ``title``.

    Headings carry the anchor of ``heading_anchor``.
    """
    if place.isdecimal():
        return f"p{place}"
    stars = _STARS.match(place)
    if stars:
        return f"fn-star{len(stars.group(1))}"
    number = paragraph_of(place)
    return f"p{number}" if number[:1].isdigit() else re.sub(r"[^\w-]", "-", number)


def on_first_page(place: str) -> bool:
    """Whether the reader's first page surely shows ``place``: paragraphs are numbered 1 to N without a gap."""
    number = paragraph_of(place)
    return not place or place == "title" or (number.isdigit() and int(number) <= WINDOW)


def heading_anchor(position: int) -> str:
    """Return the anchor of the heading at ``position``."""
    return f"h{position}"


def article_of(key: str) -> str:
    """Return the article of a provision's key: ``UNCAC 13`` for ``UNCAC 13(1)(c)``."""
    return key.split("(", 1)[0].strip()


def excerpt(text: str, *, start: int, end: int, width: int = 120) -> Excerpt:
    """Return ``text[start:end]`` with at most ``width`` characters on either side, cut at a space where one is near."""
    left, right = max(0, start - width), min(len(text), end + width)
    if left:
        space = text.find(" ", left, min(left + 20, start))
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", max(right - 20, end), right)
        right = space if space >= 0 else right
    return Excerpt(text[left:start], text[start:end], text[end:right], left > 0, right < len(text))
