"""All facts of one document."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from merida.rules.citations.mention import Mention, Passage
from merida.rules.extraction.activities import activities
from merida.rules.extraction.facts import (
    Activity,
    AgendaItem,
    Facts,
    Figure,
    Observer,
    Oddity,
    Officer,
    PlannedTopic,
    Practice,
    Request,
)
from merida.rules.extraction.figures import figures
from merida.rules.extraction.meetings import AgendaReader, observers, officers, work_plan
from merida.rules.extraction.moments import Diary
from merida.rules.extraction.oddities import oddities
from merida.rules.extraction.practices import practices
from merida.rules.extraction.requests import requests
from merida.rules.extraction.text import Span, Text, texts, within
from merida.rules.extraction.themes import themes_of
from merida.rules.extraction.word_lists import Grammar
from merida.rules.extraction.word_lists import grammar as grammar_of

_Themed = TypeVar("_Themed", Activity, Figure)


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    activities: list[Activity] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    practices: list[Practice] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    agenda: list[AgendaItem] = field(default_factory=list)
    observers: list[Observer] = field(default_factory=list)
    work_plan: list[PlannedTopic] = field(default_factory=list)


def extract(passages: Iterable[Passage], mentions: Iterable[Mention], *, language: str) -> Facts:
    """The facts told in a document's passages, which stand in reading order; never raises on any text."""
    grammar = grammar_of(language)
    diary, agenda, found = Diary(), AgendaReader(), _Found()
    for text in texts(passages, mentions):
        about = _About(text, language)
        told = list(activities(text, grammar, diary))
        found.activities.extend(about.of(each, _programme(each, text, grammar)) for each in told)
        found.figures.extend(about.of(each) for each in figures(text, grammar))
        found.requests.extend(requests(text, grammar))
        found.oddities.extend(oddities(text, grammar, told))
        found.practices.extend(practices(text, grammar))
        found.officers.extend(officers(text, grammar))
        found.agenda.extend(agenda.items(text, grammar))
        found.observers.extend(observers(text, grammar))
        found.work_plan.extend(work_plan(text, grammar))
    return Facts(
        tuple(found.activities),
        tuple(found.figures),
        tuple(found.requests),
        tuple(found.oddities),
        tuple(found.practices),
        tuple(found.officers),
        tuple(found.agenda),
        tuple(found.observers),
        tuple(found.work_plan),
    )


def _programme(activity: Activity, text: Text, grammar: Grammar) -> str:
    """The programme that the words of an activity name, "" for none."""
    named = grammar.search("programme", text.text, activity.start, activity.end)
    return _as_named(named.group()) if named else ""


def _as_named(words: str) -> str:
    """A name without the quotes around it; a quote that opens inside stays."""
    return words[1:-1] if words.startswith("“") and words.endswith("”") else words


class _About:
    """The themes of parts of a passage: those of its own words, else of the passage, else of the headings above."""

    def __init__(self, text: Text, language: str) -> None:
        self._text, self._language = text, language
        self._known: dict[Span, tuple[str, ...]] = {}
        self._whole: tuple[str, ...] | None = None

    def of(self, fact: _Themed, programme: str = "") -> _Themed:
        """The fact with its themes, an activity with its programme too."""
        span = (fact.start, fact.end) if isinstance(fact, Activity) else (0, 0)
        if span not in self._known:
            self._known[span] = self._part(span) or self._passage()
        known = self._known[span]
        if isinstance(fact, Activity):
            return replace(fact, themes=known, programme=programme) if known or programme else fact
        return replace(fact, themes=known) if known else fact

    def _part(self, span: Span) -> tuple[str, ...]:
        cited = within(self._text.citations, span)
        return tuple(each.code for each in themes_of(self._text.text[slice(*span)], cited, language=self._language))

    def _passage(self) -> tuple[str, ...]:
        if self._whole is None:
            own = themes_of(self._text.text, self._text.citations, language=self._language)
            above = () if own else themes_of("", (), self._text.path, language=self._language)
            self._whole = tuple(each.code for each in own or above)
        return self._whole
