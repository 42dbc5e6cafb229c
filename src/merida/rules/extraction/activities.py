"""Activities of a passage: every date opens a group, every group is cut into the things told in it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from merida.rules.citations.mention import Mention
from merida.rules.extraction.about import About
from merida.rules.extraction.facts import Activity
from merida.rules.extraction.kinds import Kind, kind_of
from merida.rules.extraction.moments import PERIOD, Diary, Moment, moments, speaks_of_time
from merida.rules.extraction.places import (
    CITY,
    COUNTERPART,
    PLACE,
    SENTENCE_BEFORE,
    Where,
    last_place,
    lead_states,
    roles,
    where,
)
from merida.rules.extraction.text import Span, Text, clause_of, clause_starts, sentences, within
from merida.rules.extraction.word_lists import Grammar

CARRIED = "moment.period.carried"  # a sentence without a date, in a paragraph that opens with the reporting period
ONE_BY_ONE = "moment.one_by_one"  # "three were held in 2018. At the one in Kenya …"
_OFFICE = "UNODC"
_HELP = "type.help."
_OF_A_STATE = "treaty_action"
_ANY_EVENT = "meeting"  # what every kind of event can be called once it is known
_FEWEST_PARTS = 2
_PASSAGES = frozenset({"PARAGRAPH", "ITEM", "HEADING"})


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage and where its clauses begin."""

    text: Text
    span: Span
    starts: tuple[int, ...]
    grammar: Grammar
    about: About
    before: Span = (0, 0)
    sum_told: Activity | None = None

    @cached_property
    def kind(self) -> Kind | None:
        """What the sentence as a whole tells, where a part does not say; "the first" is of the kind of its sum."""
        found = kind_of(self.text, self.span, self.grammar)
        if found is None and self.sum_told is not None:
            return Kind(self.sum_told.type, "EVENT", self.span[0])
        return found

    def says(self, code: str, place: int) -> bool:
        """Whether a pattern of the grammar begins at a place."""
        return self.grammar[code].match(self.text.text, place) is not None


class Group(NamedTuple):
    """Moments that share what is told: the stretch from the first of them, or the clause around it, to the next."""

    moments: tuple[Moment, ...]
    start: int
    end: int
    lead: tuple[str, ...]


def activities(text: Text, grammar: Grammar, diary: Diary, about: About | None = None) -> Iterator[Activity]:
    """The activities of a passage; the diary goes from passage to passage, ``about`` says of what each part is."""
    if text.kind not in _PASSAGES or not speaks_of_time(text, grammar, diary) or _is_agenda(text, grammar):
        return
    diary.last = None  # "the same day" points back within its paragraph
    about = about or About(text, grammar)
    opened: Moment | None = None
    told: list[Activity] = []
    before: Span = (0, 0)
    summed: Activity | None = None
    parts: dict[Activity, int] = {}  # how many of what a sum counts are told behind it
    for span in sentences(text.text, grammar):
        alone = summed is not None and grammar["one_by_one"].match(text.text, span[0]) is not None
        found = moments(text, span, grammar, diary)
        if found:
            opened = found[0] if len(found) == 1 and found[0].precision == PERIOD else None
        elif opened:
            found = [opened._replace(start=span[0], end=span[0], rule=CARRIED)]
        elif alone and diary.last and within(text.states, span):
            found = [diary.last._replace(start=span[0], end=span[0], precision="INHERITED", rule=ONE_BY_ONE)]
        if found:
            starts = clause_starts(text.text, grammar, span)
            again = told[-1] if told and grammar["another"].match(text.text, span[0]) else None
            sentence = Sentence(text, span, starts, grammar, about, before, summed if alone else again)
            rows = _rows_of(sentence, found)
            told += rows
            if summed and alone:
                parts[summed] = parts.get(summed, 0) + sum(_is_part(row, summed) for row in rows)
            else:
                summed = next((row for row in rows if _is_sum(text.text, row, grammar)), None)
        before = span
    if not parts:
        yield from told
        return
    yield from (row for row in told if parts.get(row, 0) < _FEWEST_PARTS)  # else the same event would stand twice


def _rows_of(sentence: Sentence, found: Sequence[Moment]) -> list[Activity]:
    head = _deed_before_list(sentence)
    rows: list[Activity] = []
    for group in groups(sentence, found):
        rows.extend(_told(sentence, group, head, rows[-1] if rows else None))
    return rows


def _is_part(row: Activity, summed: Activity) -> bool:
    """Whether an activity says more of the time or place of one that a sum counts."""
    return row.date_from.startswith(summed.date_from) and (row.country != "" or row.date_from != summed.date_from)


def _is_sum(text: str, row: Activity, grammar: Grammar) -> bool:
    """Whether words tell of several events at once, without a State: "three workshops were held in 2018"."""
    return not row.country and grammar.search("summed", text, row.start, row.end) is not None


def _is_agenda(text: Text, grammar: Grammar) -> bool:
    """Items of an agenda name events; they do not report them."""
    return text.kind == "ITEM" and grammar.search("agenda", text.introduction) is not None


def groups(sentence: Sentence, found: Sequence[Moment]) -> list[Group]:
    """The groups of a sentence in order."""
    starts = sentence.starts
    opened: list[tuple[list[Moment], int, tuple[str, ...]]] = []
    for index, moment in enumerate(found):
        before = found[index - 1] if index else None
        if before and sentence.grammar["date_gap"].fullmatch(sentence.text.text, before.end, moment.start):
            opened[-1][0].append(moment)
            continue
        clause = clause_of(starts, moment.start)
        if before and _place_leads(sentence, before, moment):
            colon = sentence.text.text.rfind(":", before.end, moment.start)
            if before.precision == PERIOD and colon > 0:
                opened.pop()  # the list behind the colon says when each was
            opened.append(([moment], max(before.end, colon + 1), opened[-1][2] if opened else ()))
            continue
        if before and starts[clause] <= before.start:  # two dates in one clause
            opened.append(([moment], _deed_between(sentence, before, moment), opened[-1][2]))
            continue
        start, lead = _reach_back(sentence, clause, before)
        opened.append(([moment], start, lead))
    ends = [start for _, start, _ in opened[1:]] + [sentence.span[1]]
    made: list[Group] = []
    for (which, start, lead), end in zip(opened, ends, strict=True):
        # "In Togo, a course was held in March and a second one in May"
        carried = made and not lead and last_place(sentence.text, (start, end), sentence.grammar) < 0
        made.append(Group(tuple(which), start, end, made[-1].lead if carried else lead))
    return made


def _place_leads(sentence: Sentence, before: Moment, moment: Moment) -> bool:
    """Whether the place stands before its date ("in Ghana in March and in Lomé (May)"), as it does outside Chinese."""
    if sentence.grammar.language == "zh":
        return False
    text = sentence.text.text
    if text[moment.start - 1] == "(" and (before.precision == PERIOD or text.startswith(")", before.end)):
        return True  # each entry of such a list ends with its date
    end = last_place(sentence.text, (before.end, moment.start), sentence.grammar)
    return end >= 0 and sentence.grammar["place_gap"].fullmatch(sentence.text.text, end, moment.start) is not None


def _deed_between(sentence: Sentence, before: Moment, moment: Moment) -> int:
    """Where "and was presented" begins between two dates of a clause, else where the second stands."""
    found = list(sentence.grammar["part_verb"].finditer(sentence.text.text, before.end, moment.start))
    return found[-1].start() if found else moment.start


def _reach_back(sentence: Sentence, clause: int, before: Moment | None) -> tuple[int, tuple[str, ...]]:
    """Where the group of a clause begins, and the States of clauses before it that are only "in X"."""
    starts, grammar = sentence.starts, sentence.grammar
    start = starts[clause]
    lead: tuple[str, ...] = ()
    alone = before is not None or sentence.says("part_start", start)
    if before and grammar.language != "zh":
        head = lead_states(sentence.text, (starts[0], starts[1]), grammar) if len(starts) > 1 else ()
        return _part_of(sentence, clause, before), head
    pronoun = sentence.says("pronoun", start)
    for index in range(clause - 1, -1, -1):
        if before and starts[index] < before.end:
            break
        states = lead_states(sentence.text, (starts[index], starts[index + 1]), grammar)
        lead = lead or states
        ended = grammar["part_end"].search(sentence.text.text, starts[index], starts[index + 1])
        opens = not alone and not ended and (pronoun or sentence.says("opening", starts[index]))
        if not states and not opens:
            break
        start = starts[index]
    return start, lead


def _part_of(sentence: Sentence, clause: int, before: Moment) -> int:
    """Where the last "and also held …" or ";" before a clause stands, not before the moment that went before."""
    for index in range(clause, 0, -1):
        if sentence.starts[index] < before.end:
            break
        start = sentence.starts[index]
        if sentence.says("part_start", start) or sentence.grammar["part_end"].match(sentence.text.text, start - 1):
            return start
    return max(sentence.starts[clause], before.end)


def _deed_before_list(sentence: Sentence) -> tuple[int, Kind | None]:
    """Where a list after a colon begins in a sentence and the deed told before it; 0 when there is none."""
    match = sentence.grammar["list_colon"].search(sentence.text.text, *sentence.span)
    if not match:
        return 0, None
    return match.end(), kind_of(sentence.text, (sentence.span[0], match.start()), sentence.grammar)


def parts(sentence: Sentence, group: Group) -> list[Span]:
    """The things told in a group: cut at semicolons, and at "and also in", "then" where an event or deed follows."""
    text, grammar, last = sentence.text.text, sentence.grammar, group.moments[-1].end
    cuts = {group.start}
    low, high = bisect_left(sentence.starts, last), bisect_left(sentence.starts, group.end)
    for start in sentence.starts[low:high]:
        goes_on = sentence.says("part_start", start) and not grammar.before("still_opening", text, start)
        if goes_on or grammar["part_end"].search(text, start - 1, start):
            cuts.add(start)
    cuts.update(match.end() for match in grammar.every("event_gap", text, last, group.end))
    ordered = sorted(cuts)
    return list(zip(ordered, [*ordered[1:], group.end], strict=True))


def _told(
    sentence: Sentence, group: Group, head: tuple[int, Kind | None], before: Activity | None
) -> Iterator[Activity]:
    """The activities of a group; ``head`` is the deed before a list, ``before`` what the sentence told last."""
    text, grammar = sentence.text, sentence.grammar
    listed_from, deed = head
    helped = before is not None and _HELP in before.rule  # advice "was given to X in May and to Y in June"
    for index, span in enumerate(parts(sentence, group)):
        kind = kind_of(text, span, grammar)
        if deed and span[1] > listed_from and (deed.part == "DEED" or span[0] < listed_from):
            kind = deed
        if index == 0:
            kind = kind or (Kind(before.type, "HELP", span[0]) if before and helped else sentence.kind)
        elif not _is_of_its_own(text.text, span, kind, grammar):
            continue
        if kind is not None:
            if sentence.sum_told and kind.code == _ANY_EVENT:
                kind = kind._replace(code=sentence.sum_told.type)
            own = not index or _only_leads(text, span)
            place = where(text, span, grammar, lead=group.lead if own else ())
            if not place.states:
                place = _in_that_country(sentence, span, place)
            if not index and not place.states:
                place = _subject_of(before, kind, place) or _as_before(sentence, span, kind, place)
            yield from _rows(sentence, group, (span, kind), place)


def _in_that_country(sentence: Sentence, span: Span, place: Where) -> Where:
    """The State named last, where words say "in that country"."""
    said = sentence.grammar.search("that_country", sentence.text.text, *span)
    named = within(sentence.text.states, (0, said.start())) if said else []
    return Where((named[-1].key,), SENTENCE_BEFORE, (), place.participants) if named else place


def _subject_of(before: Activity | None, kind: Kind, place: Where) -> Where | None:
    """The State that acted before in the sentence acts on: "X signed the Convention in May and ratified it in June"."""
    if before is None or not before.country or not before.type == kind.code == _OF_A_STATE:
        return None
    return Where((before.country,), before.basis, (), place.participants)


def _as_before(sentence: Sentence, span: Span, kind: Kind, place: Where) -> Where:
    """The one State that the sentence before worked with, where an event is told without place, body or people.

    "The Office wrote a manual with the police of X. In May 2021 a first workshop was held on it."
    """
    text, (start, end) = sentence.text, sentence.before
    if (
        kind.part != "EVENT"
        or start == end
        or within(text.states, span)
        or not set(_inside(text.organisations, span)) <= {_OFFICE}
    ):
        return place
    if sentence.grammar.search("elsewhere", text.text, *span):
        return place
    named = roles(text, (start, end), sentence.grammar)
    keys = {state.key for state in named}
    if len(keys) != 1 or named[0].role not in {PLACE, COUNTERPART}:
        return place
    return Where((named[0].key,), SENTENCE_BEFORE, (), place.participants)


def _only_leads(text: Text, span: Span) -> bool:
    """Whether "in X," at the head also holds for a later part: it does while the part names no State of its own."""
    return not within(text.states, span)


def _is_of_its_own(text: str, span: Span, kind: Kind | None, grammar: Grammar) -> bool:
    """Whether a later part tells another thing: it names an event or deed and does not point back to the first."""
    if kind is None or grammar["points_back"].match(text, span[0]):
        return False
    return kind.part != "HELP" or bool(grammar["help_of_its_own"].match(text, span[0]))


def _rows(sentence: Sentence, group: Group, part: tuple[Span, Kind], place: Where) -> Iterator[Activity]:
    text, (span, kind) = sentence.text, part
    respectively = len(group.moments) > 1 and sentence.grammar.search("respectively", text.text, *span) is not None
    for moment, states, towns in _pairs(group, place, respectively=respectively):
        if moment.precision == PERIOD and not states and not _is_told_of(moment, kind):
            continue
        start = min(span[0], moment.start)
        programme, themes = sentence.about.part((start, span[1]))
        for country in states or ("",):
            yield Activity(
                text.at,
                moment.date_from,
                moment.date_to,
                moment.precision,
                country,
                place.basis if country else "",
                towns[0] if len(towns) == 1 else "",
                kind.code,
                place.participants,
                _inside(text.organisations, span),
                _inside(text.citations, span),
                start,
                span[1],
                f"{moment.rule} {kind.rule}" + (f" place.{place.basis.lower()}" if country else ""),
                programme,
                themes,
            )


def _is_told_of(moment: Moment, kind: Kind) -> bool:
    """Whether words about a period without a State name one thing done: its own event or deed, behind the period."""
    return kind.part != "HELP" and moment.rule != CARRIED and kind.start >= moment.end


def _pairs(group: Group, place: Where, *, respectively: bool) -> list[tuple[Moment, tuple[str, ...], tuple[str, ...]]]:
    """Dates with places in order: as many cities as dates, or States told "respectively"; else every date has all."""
    dates = group.moments
    if len(dates) > 1 and len(dates) == len(place.states):
        if place.basis == CITY and len(place.cities) == len(dates):
            return [
                (date, (state,), (city,)) for date, state, city in zip(dates, place.states, place.cities, strict=True)
            ]
        if respectively:
            return [(date, (state,), ()) for date, state in zip(dates, place.states, strict=True)]
    return [(date, place.states, place.cities) for date in dates]


def _inside(mentions: Sequence[Mention], span: Span) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.key for m in within(mentions, span)))
