"""What a report says about its meeting: agenda adopted, officers, organisations that came, topics of later years."""

from collections.abc import Iterator
from re import Match

from merida.rules.extraction.facts import AgendaItem, Observer, Officer, PlannedTopic
from merida.rules.extraction.text import Span, Text, within
from merida.rules.extraction.word_lists import Grammar

_PASSAGES = frozenset({"PARAGRAPH", "ITEM"})
_LONGEST_NAME, _LONGEST_TOPIC = 200, 140
_LONGEST_OPENING = 320  # signs before the colon of a list
_COLONS = (":", "：")
_ENDS = " .。;；,，、\n"
CHAIR, VICE_CHAIR, RAPPORTEUR = "CHAIR", "VICE_CHAIR", "RAPPORTEUR"
_RAPPORTEUR_WORDS = ("报告员", "Rapporteur")
_SAID = ("chaired", "elected", "elected_by_name", "the_chair")


class AgendaReader:
    """Reads the agenda of a document: the items below a paragraph that adopts one."""

    def __init__(self) -> None:
        self._adopting = ""

    def items(self, text: Text, grammar: Grammar) -> Iterator[AgendaItem]:
        """Yield the item that a passage is; passages come in reading order."""
        if text.kind == "PARAGRAPH":
            opens = text.text.rstrip().endswith(_COLONS)
            self._adopting = text.at if opens and grammar["agenda_adopted"].search(text.text) else ""
        elif text.kind == "ITEM" and self._adopting and text.at.startswith(f"{self._adopting}("):
            number = text.at[len(self._adopting) :]
            first, _, rest = number[1:].partition(")")
            depth = number.count("(") - number.count("((")
            title = text.text.strip().rstrip(_ENDS + "：:")
            yield AgendaItem(text.at, first + rest, depth, title, "agenda.item")


def officers(text: Text, grammar: Grammar) -> Iterator[Officer]:
    """Who chaired, or was elected to an office."""
    if text.kind not in _PASSAGES or not grammar.says("officer_words", text.text):
        return
    for name in _SAID:
        for said in grammar[name].finditer(text.text):
            for person in grammar["officer"].finditer(text.text, *said.span("list")):
                yield _officer(text, person, name, grammar)


def _officer(text: Text, person: Match[str], said: str, grammar: Grammar) -> Officer:
    states = within(text.states, person.span("state"))
    role = person["role"] or person.groupdict().get("after") or ""  # "A (Ruritania), Vice-Chair"
    office = RAPPORTEUR if role.startswith(_RAPPORTEUR_WORDS) else CHAIR
    if grammar["vice"].match(role):
        office = VICE_CHAIR
    country = states[0].key if states else ""
    return Officer(
        text.at, person["name"].strip(), country, office, person.start("name"), person.end(), f"officer.{said}"
    )


def observers(text: Text, grammar: Grammar) -> Iterator[Observer]:
    """The organisations of a list of those who attended, or of a paragraph that says it of one or two."""
    if text.kind != "PARAGRAPH":
        return
    if not any(colon in text.text for colon in _COLONS):
        yield from _alone(text, grammar)
        return
    opening = grammar.search("observers_list", text.text, 0, _LONGEST_OPENING)
    if not opening:
        return
    for span in _listed(text, opening.end(), grammar):
        known = within(text.organisations, span)
        code = known[0].key if known and known[0].start - span[0] <= len("the ") else ""
        yield Observer(text.at, text.text[span[0] : span[1]], code, span[0], span[1], "observer.list")


def _alone(text: Text, grammar: Grammar) -> Iterator[Observer]:
    """The known organisations of "X also attended the meeting"; not the network whose institute X is."""
    if len(text.text) > _LONGEST_NAME or not grammar.says("attending_words", text.text):
        return
    if said := grammar["observers_alone"].match(text.text):
        who = said.span("who")
        for known in within(text.organisations, who):
            if known.end == who[1] or not grammar["of_it"].match(text.text, known.end):
                name = text.text[known.start : known.end]
                yield Observer(text.at, name, known.key, known.start, known.end, "observer.alone")


def _listed(text: Text, start: int, grammar: Grammar) -> Iterator[Span]:
    """The entries of a list to the end of the passage; marks inside brackets or a known name part nothing."""
    words = text.text
    ends = [
        match.span() for match in grammar["attending_gap"].finditer(words, start) if _parts(text, start, match.start())
    ]
    for end, following in [*ends, (len(words), len(words))]:
        stripped = words[start:end].strip(_ENDS)
        if 1 < len(stripped) <= _LONGEST_NAME:
            at = words.index(stripped, start)
            yield at, at + len(stripped)
        start = following


def _parts(text: Text, start: int, place: int) -> bool:
    part = text.text[start:place]
    known = within(text.organisations, (place - _LONGEST_NAME, place))
    if known and known[-1].end > place:
        return False
    return part.count("(") + part.count("（") == part.count(")") + part.count("）")


def work_plan(text: Text, grammar: Grammar) -> Iterator[PlannedTopic]:
    """The topics set for years of a plan of work."""
    if text.kind not in _PASSAGES or not grammar.says("work_plan_words", text.text):
        return
    for match in grammar["work_plan"].finditer(text.text):
        start = max(0, match.start() - _LONGEST_TOPIC)
        for opening in grammar["work_plan_opening"].finditer(text.text, start, match.start()):
            start = opening.end()
        yield from _planned(text, match["year"], (start, match.start()))
    for match in grammar["work_plan_year_first"].finditer(text.text):
        yield from _planned(text, match["year"], match.span("what"))


def _planned(text: Text, year: str, span: Span) -> Iterator[PlannedTopic]:
    if text.text[slice(*span)].strip():
        cited = (m.key for m in within(text.citations, span) if m.kind == "PROVISION")
        yield PlannedTopic(text.at, year, tuple(dict.fromkeys(cited)), span[0], span[1], "plan.topic")
