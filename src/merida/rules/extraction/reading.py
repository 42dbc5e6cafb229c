"""All facts of one document."""

from collections.abc import Iterable

from merida.rules.citations.mention import Mention, Passage
from merida.rules.extraction.activities import activities
from merida.rules.extraction.facts import Activity, Facts
from merida.rules.extraction.moments import Diary
from merida.rules.extraction.text import texts
from merida.rules.extraction.word_lists import grammar as grammar_of


def extract(passages: Iterable[Passage], mentions: Iterable[Mention], *, language: str) -> Facts:
    """The facts told in a document's passages, which stand in reading order; never raises on any text."""
    grammar = grammar_of(language)
    diary = Diary()
    done: list[Activity] = []
    for text in texts(passages, mentions):
        done.extend(activities(text, grammar, diary))
    return Facts(tuple(done))
