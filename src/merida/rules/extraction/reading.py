"""All facts of one document."""

from collections.abc import Iterable

from merida.rules.citations.mention import Mention, Passage
from merida.rules.extraction.activities import activities
from merida.rules.extraction.facts import Activity, Facts, Figure, Oddity, Request
from merida.rules.extraction.figures import figures
from merida.rules.extraction.moments import Diary
from merida.rules.extraction.oddities import oddities
from merida.rules.extraction.requests import requests
from merida.rules.extraction.text import texts
from merida.rules.extraction.word_lists import grammar as grammar_of


def extract(passages: Iterable[Passage], mentions: Iterable[Mention], *, language: str) -> Facts:
    """The facts told in a document's passages, which stand in reading order; never raises on any text."""
    grammar = grammar_of(language)
    diary = Diary()
    done: list[Activity] = []
    counted: list[Figure] = []
    asked: list[Request] = []
    odd: list[Oddity] = []
    for text in texts(passages, mentions):
        done.extend(activities(text, grammar, diary))
        counted.extend(figures(text, grammar))
        asked.extend(requests(text, grammar))
        odd.extend(oddities(text, grammar))
    return Facts(tuple(done), tuple(counted), tuple(asked), tuple(odd))
