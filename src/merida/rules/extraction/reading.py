"""All facts of one document."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from merida.rules.citations.mention import Mention, Passage
from merida.rules.extraction.about import About
from merida.rules.extraction.activities import activities
from merida.rules.extraction.arabic import plain_arabic
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
from merida.rules.extraction.text import texts
from merida.rules.extraction.word_lists import grammar as grammar_of

_PASSAGES = frozenset({"PARAGRAPH", "ITEM"})


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
    for printed in texts(passages, mentions, grammar):
        text = printed._replace(text=plain_arabic(printed.text)) if language == "ar" else printed
        about = About(text, grammar)
        told = list(activities(text, grammar, diary, about))
        found.activities += told
        found.agenda.extend(agenda.items(text, grammar))
        found.oddities.extend(oddities(text, grammar, told))
        if text.kind not in _PASSAGES:
            continue
        found.figures.extend(figures(text, grammar, about))
        found.requests += requests(text, grammar)
        found.practices.extend(practices(text, grammar))
        found.officers.extend(officers(text, grammar))
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
