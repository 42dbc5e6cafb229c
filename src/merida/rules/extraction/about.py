"""What parts of a passage are about: themes and programme."""

from merida.rules.extraction.text import Span, Text, within
from merida.rules.extraction.themes import codes_of
from merida.rules.extraction.word_lists import Grammar


class About:
    """The themes of parts of a passage: those of its own words, else of the passage, else of the headings above."""

    __slots__ = ("_grammar", "_known", "_text", "_whole")

    def __init__(self, text: Text, grammar: Grammar) -> None:
        self._text, self._grammar = text, grammar
        self._known: dict[Span, tuple[str, tuple[str, ...]]] = {}
        self._whole: tuple[str, ...] | None = None

    def part(self, span: Span) -> tuple[str, tuple[str, ...]]:
        """The programme that a part names, "" for none, and its themes."""
        if span not in self._known:
            self._known[span] = self._programme(span), self._own(span) or self.passage()
        return self._known[span]

    def passage(self) -> tuple[str, ...]:
        """The themes of the whole passage."""
        if self._whole is None:
            own = self._own((0, len(self._text.text)))
            self._whole = own or codes_of("", (), self._text.path, span=(0, 0), language=self._grammar.language)
        return self._whole

    def _own(self, span: Span) -> tuple[str, ...]:
        cited = within(self._text.citations, span)
        return codes_of(self._text.text, cited, span=span, language=self._grammar.language)

    def _programme(self, span: Span) -> str:
        named = self._grammar.search("programme", self._text.text, *span)
        return _as_named(named.group()) if named else ""


def _as_named(words: str) -> str:
    """A name without the quotes around it; a quote that opens inside stays."""
    return words[1:-1] if words.startswith("“") and words.endswith("”") else words
