"""Addresses of web pages, with or without scheme, without the punctuation that closes the sentence."""

import re
from typing import Final

from merida.rules.citations.mention import Mention, Passage

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+"
_REST = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*"
_TOP: Final = r"(?:org|int|net|com|edu|gov|info|eu|ch|fr|de|uk|cn|ru)"
_LINK = re.compile(
    rf"(?<![A-Za-z0-9@./-])(?:(?:https?|ftp)://{_HOST}[A-Za-z]{{2,12}}(?::\d+)?(?:[/?#]{_REST})?"
    rf"|www\.{_HOST}[A-Za-z]{{2,12}}(?::\d+)?(?:[/?#]{_REST})?"
    rf"|{_HOST}{_TOP}(?![A-Za-z0-9@-])(?:/{_REST})?)"
)
_HINTS: Final = ("www.", "://", ".org", ".int", ".net", ".com", ".edu", ".gov", ".info", ".eu/", ".ch/")
_CLOSING = ".,;:!?'\""
_BRACKETS = {")": "(", "]": "["}


def _trimmed(address: str) -> str:
    """The address without closing punctuation and without a bracket that it did not open."""
    while address:
        last = address[-1]
        if last in _CLOSING or (last in _BRACKETS and address.count(_BRACKETS[last]) < address.count(last)):
            address = address[:-1]
        else:
            return address
    return address


def links(passage: Passage) -> list[Mention]:
    """Links of a passage; the key is the address without scheme, ``surface`` as printed."""
    text = passage.text
    if ("." not in text and "://" not in text) or not any(map(text.__contains__, _HINTS)):
        return []
    found = []
    for match in _LINK.finditer(text):
        address = _trimmed(match.group())
        key = address.partition("://")[2] or address
        if key:
            end = match.start() + len(address)
            found.append(Mention("LINK", key, passage.at, match.start(), end, address, "link.address"))
    return found
