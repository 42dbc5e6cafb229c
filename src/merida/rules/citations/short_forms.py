"""Short forms that a document defines itself: an organisation's full name, then its short form in brackets."""

import re

from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.spans import beginning_with, outside

_DEFINED = re.compile(
    r"\s?[（(][“\"«]?(?:以下简称|下称|简称)?[“\"]?([\u4e00-\u9fff]{2,12}|[A-Z][A-Za-z]{1,9})[”\"»]?[）)]"
)
_LEAST = 2


def _abbreviates(short: str, name: str) -> bool:
    """Whether the short form can stand for the name: its signs in the same order, or capitals of its words."""
    if short.isascii():
        foreign = not name.isascii() and sum(sign.isupper() for sign in short) >= _LEAST
        return foreign or _in_order(short.upper(), name.upper())
    return _in_order(short, name)


def _in_order(short: str, name: str) -> bool:
    signs = iter(name)
    return all(sign in signs for sign in short)


class ShortForms:
    """Short forms learned in one document, in order of reading."""

    __slots__ = ("_codes", "_pattern")

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def known(self, passage: Passage, organisations: list[Mention]) -> list[Mention]:
        """Mentions by short forms learned so far, after learning those that this passage defines."""
        for named in organisations:
            match = _DEFINED.match(passage.text, named.end)
            if match and _abbreviates(match[1], named.surface):
                self._learn(match[1], named.key)
        if self._pattern is None:
            return []
        found = (
            Mention("ORGANISATION", self._codes[m.group()], passage.at, *m.span(), m.group(), "name.short_form")
            for m in self._pattern.finditer(passage.text)
        )
        return outside(found, organisations)

    def _learn(self, short: str, code: str) -> None:
        if short in self._codes:
            return
        self._codes[short] = code
        forms = sorted(self._codes, key=len, reverse=True)
        self._pattern = beginning_with((), ((form[0], _rest(form)) for form in forms))


def _rest(form: str) -> str:
    """What follows the first sign of a form; letters of the alphabet stand as a word of their own."""
    return rf"(?<!\w.){re.escape(form[1:])}\b" if form.isascii() else re.escape(form[1:])
