"""The meeting that a report tells of, put together from what was read in it.

Reads: a Record. Writes nothing. A document is taken for the report of a meeting when it says on which days it was,
and lists who attended or the agenda that was adopted.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher

from merida.cooperation.meetings.values import Attended, Concluded, Item, MeetingRead, Observed, Office, Topic
from merida.exchange.ingest.reading import passages
from merida.exchange.ingest.record import Record, Structure

_CAPACITIES = {
    "ATTENDANCE": "PARTY",
    "SIGNATORY_ATTENDANCE": "SIGNATORY",
    "OBSERVER_ATTENDANCE": "OBSERVER",
}
_CONCLUDED = frozenset({"RECOMMENDATION", "CONCLUSION"})
_ALIKE = 0.85  # of two titles, the agenda's and the section's: a word may be put otherwise
_WHOLE_DATE = 10  # signs of 2031-02-28


def meeting_of(record: Record) -> MeetingRead | None:
    """Return the meeting whose report this is, None where it is none."""
    structure, facts = record.structure, record.facts
    days = _days(structure)
    if days is None or not (facts.agenda or structure.attendance):
        return None
    words = {passage.at: passage.text for passage in passages(structure)}
    return MeetingRead(
        *days,
        session=structure.masthead.session,
        town=structure.masthead.place,
        attended=tuple(_attended(record)),
        observed=tuple(Observed(o.name, o.organisation, o.at, o.rule) for o in facts.observers),
        offices=tuple(Office(o.name, o.country, o.role, o.at, o.rule) for o in facts.officers),
        items=tuple(_items(record)),
        concluded=tuple(
            Concluded(one.kind, one.addressee, one.condition, words[one.at][one.start : one.end], one.at, one.rule)
            for one in facts.requests
            if one.kind in _CONCLUDED and one.at in words
        ),
        topics=tuple(
            Topic(int(one.year), words[one.at][one.start : one.end], one.provisions, one.at, one.rule)
            for one in facts.work_plan
            if one.at in words
        ),
    )


def _days(structure: Structure) -> tuple[date, date] | None:
    """Return the first and last day; None where they are not known to the day, or stand the wrong way round."""
    printed = structure.masthead.meeting_dates
    if not printed or any(len(day) != _WHOLE_DATE for day in printed):
        return None
    try:
        first, last = (date.fromisoformat(day) for day in printed)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _attended(record: Record) -> Iterator[Attended]:
    for mention in record.mentions:
        capacity = _CAPACITIES.get(mention.role) if mention.kind == "STATE" else None
        if capacity:
            yield Attended(mention.key, capacity, mention.at, mention.rule)


def _items(record: Record) -> Iterator[Item]:
    """The agenda, each item with the symbols named in sections that bear its title."""
    symbols = _symbols_by_heading(record)
    sections: dict[str, list[str]] = defaultdict(list)
    titles = {heading.at: _squashed(heading.title) for heading in record.structure.headings}
    agenda = {item.number: _squashed(item.title) for item in record.facts.agenda}
    for heading, title in titles.items():
        named = next((number for number, said in agenda.items() if _same(title, said)), "")
        if named:
            sections[named].append(heading)
    owners = {heading: number for number, found in sections.items() for heading in found}
    named_at: dict[str, list[str]] = defaultdict(list)
    for heading, found in symbols.items():
        owner = _owner(heading, owners)
        if owner:
            named_at[owner].extend(found)
    for item in record.facts.agenda:
        documents = tuple(dict.fromkeys(named_at[item.number]))
        yield Item(item.number, item.depth, item.title, documents, item.at, item.rule)


def _symbols_by_heading(record: Record) -> Mapping[str, list[str]]:
    above = {paragraph.at: paragraph.heading for paragraph in record.structure.paragraphs}
    found: dict[str, list[str]] = defaultdict(list)
    for mention in record.mentions:
        if mention.kind == "SYMBOL" and above.get(mention.at):
            found[above[mention.at]].append(mention.key)
    return found


def _owner(heading: str, owners: Mapping[str, str]) -> str:
    """The item of a section: its own, or that of the section it lies in."""
    while heading:
        if heading in owners:
            return owners[heading]
        heading = heading.rpartition(".")[0]
    return ""


def _squashed(title: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", title).casefold() if sign.isalnum())


def _same(one: str, other: str) -> bool:
    return one == other or (bool(one and other) and SequenceMatcher(None, one, other).ratio() >= _ALIKE)
