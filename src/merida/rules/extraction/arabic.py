"""Arabic words as the word lists write them, though a text points them: every sign stays near its place."""

import re

from merida.rules.citations.numerals import WESTERN

_POINTED = re.compile("[\u0621-\u064a]+[\u064b-\u0652][\u0621-\u0652]*")
_POINTS = re.compile("[\u064b-\u0652]+")


def plain_arabic(text: str) -> str:
    """Western digits, and the vowel signs of each word behind it: words are found, words before and after stay put."""
    return _POINTED.sub(_points_behind, text.translate(WESTERN))


def _points_behind(match: re.Match[str]) -> str:
    word = match.group()
    return _POINTS.sub("", word) + "".join(_POINTS.findall(word))
