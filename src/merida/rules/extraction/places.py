"""Where something was done and with whom: the States of a stretch of text by the words around them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from merida.rules.citations.mention import Mention
from merida.rules.extraction.text import Span, Text, within
from merida.rules.extraction.word_lists import Grammar, any_city, cities

PLACE, COUNTERPART, CITY, HEADING = "PLACE", "COUNTERPART", "CITY", "HEADING"
SENTENCE_BEFORE = "SENTENCE_BEFORE"  # the one State that the sentence before worked with
_LONGEST_NAME = 60
_NESTED = 3  # a State's name can begin inside another's
PARTICIPANT, SUPPORTER, OTHER = "PARTICIPANT", "SUPPORTER", "OTHER"
PERSON = "PERSON"  # where somebody named before it comes from: "Ms. A (Ruritania)"


_start = attrgetter("start")


class Where(NamedTuple):
    """The answer: States (one row each; none is a row without State), why, the city, States whose people came."""

    states: tuple[str, ...] = ()
    basis: str = ""
    cities: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


class Town(NamedTuple):
    """A city that says where, by its English name, with the State it lies in."""

    name: str
    state: str
    end: int


class Placed(NamedTuple):
    """A State of a stretch with its part in it."""

    key: str
    start: int
    end: int
    role: str


def roles(text: Text, span: Span, grammar: Grammar) -> list[Placed]:
    """The States of a stretch and the part each plays; those of a list share the part of the first."""
    found: list[Placed] = []
    for state in within(text.states, span):
        listed = found and grammar["list_gap"].fullmatch(text.text, found[-1].end, state.start)
        role = found[-1].role if listed else _role(text.text, span, state, grammar)
        found.append(Placed(state.key, state.start, state.end, role))
    return _without_bodies(text.text, found, grammar)


def _role(text: str, span: Span, state: Mention, grammar: Grammar) -> str:
    if text[state.start - 1 : state.start] == "(" and grammar.before(
        "person_before", text, state.start, start=span[0], reach=130
    ):
        return PERSON
    if grammar["supporter_after"].match(text, state.end) or grammar.before(
        "supporter_before", text, state.start, start=span[0], reach=90
    ):
        return SUPPORTER
    if grammar.before("place_before", text, state.start, start=span[0], reach=32):
        return OTHER if grammar["place_refused_after"].match(text, state.end) else PLACE
    if grammar.before("participant_before", text, state.start, start=span[0], reach=40):
        return PARTICIPANT
    if grammar.before("counterpart_before", text, state.start, start=span[0], reach=32):
        return COUNTERPART
    return OTHER


def _without_bodies(text: str, found: list[Placed], grammar: Grammar) -> list[Placed]:
    """A State that only begins the name of an organiser ("at the X ministry's course in Y") is not the place."""
    kept: list[Placed] = []
    later: Placed | None = None
    for state in reversed(found):
        if state.role != PLACE:
            kept.append(state)
        elif later and grammar["body_between"].fullmatch(text, state.end, later.start):
            kept.append(Placed(state.key, state.start, state.end, OTHER))
        else:
            kept.append(state)
            later = state
    kept.reverse()
    return kept


def where(text: Text, span: Span, grammar: Grammar, *, lead: Sequence[str] = ()) -> Where:
    """Where the thing told in a stretch was done; ``lead`` are States named at the sentence's head ("In Kenya, …").

    Places win over counterparts, counterparts over other States; several counterparts stand for one thing done with
    all of them, so no State is given but that of a city, unless the text says "respectively". Where the text names
    nothing, the State that is the heading above it counts.
    """
    towns = _cities(text, span, grammar)
    names = tuple(town.name for town in towns)
    placed = roles(text, span, grammar)
    came = _keys(placed, PARTICIPANT)
    if states := _keys(placed, PLACE) or (() if any(town.state not in lead for town in towns) else tuple(lead)):
        if grammar.language != "zh" and (city := _at_last(placed, towns)):
            came += tuple(state for state in states if state != city)
            states = (city,)
        attended = [state for state in placed if state.role == OTHER and _attended(text.text, state, grammar)]
        return Where(states, PLACE, names, _keys(placed, COUNTERPART) + came + _keys(attended, OTHER))
    states = _keys(placed, COUNTERPART) or _keys(placed, OTHER)
    if towns and len(states) == 1 and not _keys(placed, COUNTERPART) and states[0] not in {t.state for t in towns}:
        came, states = states + came, ()  # an organiser from elsewhere, or a name in that of the event
    if len(states) > 1 and not grammar.search("respectively", text.text, *span):
        came, states = states + came, ()
    if states:
        return Where(states, COUNTERPART, names, came)
    if towns:
        return Where(tuple(dict.fromkeys(town.state for town in towns)), CITY, names, came)
    if text.home:
        return Where((text.home,), HEADING, (), came)
    if len(came) == 1 and grammar.language != "zh":  # "an online course for judges from Kenya"
        return Where(came, COUNTERPART)
    return Where((), "", (), came)


def _at_last(placed: Sequence[Placed], towns: Sequence[Town]) -> str:
    """The State of the one city behind several States ("teachers in X and Y … in the capital of X"), "" elsewhere."""
    behind = len(towns) == 1 and all(state.end < towns[0].end for state in placed)
    named = {state.key for state in placed if state.role == PLACE}
    return towns[0].state if behind and len(named) > 1 and towns[0].state in named else ""


def _attended(text: str, state: Placed, grammar: Grammar) -> bool:
    return grammar["participant_after"].match(text, state.end) is not None


def _keys(placed: Sequence[Placed], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(state.key for state in placed if state.role == role))


def last_place(text: Text, span: Span, grammar: Grammar) -> int:
    """Where the last State or city of a stretch ends, -1 where it names none."""
    states, towns = within(text.states, span), _cities(text, span, grammar)
    return max([state.end for state in states[-1:]] + [town.end for town in towns[-1:]], default=-1)


def _cities(text: Text, span: Span, grammar: Grammar) -> list[Town]:
    """Cities of a stretch that say where, with their States."""
    if not grammar.may_name_city(text.text, *span):
        return []
    known = cities(grammar.language)
    found = []
    previous = -1
    for match in any_city(grammar.language).finditer(text.text, *span):
        if _inside_state(text, match):
            continue
        listed = previous >= 0 and grammar["list_gap"].fullmatch(text.text, previous, match.start())
        near = grammar.before("city_before", text.text, match.start(), start=span[0], reach=24)
        if listed or near or _behind_state(text, match):
            found.append(Town(*known[match.group()], match.end()))
            previous = match.end()
    return found


def _inside_state(text: Text, match: re.Match[str]) -> bool:
    """Whether a city's name only begins that of a State: Rome in 罗马尼亚 (Romania)."""
    before = bisect_left(text.states, match.end(), key=_start)
    return any(match.start() < state.end for state in text.states[max(0, before - _NESTED) : before])


def _behind_state(text: Text, match: re.Match[str]) -> bool:
    near = within(text.states, (match.start() - _LONGEST_NAME, match.start()))
    return any(0 <= match.start() - state.end <= 1 for state in near)


def lead_states(text: Text, span: Span, grammar: Grammar) -> tuple[str, ...]:
    """States of a clause that is nothing but "in X,"; () when it says more."""
    placed = [state for state in roles(text, span, grammar) if state.role == PLACE]
    if not placed or not grammar["lead_end"].fullmatch(text.text, placed[-1].end, span[1]):
        return ()
    return tuple(dict.fromkeys(state.key for state in placed))
