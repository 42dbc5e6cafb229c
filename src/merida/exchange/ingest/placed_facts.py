"""Facts told in a text, placed at the rows of its paragraphs, and handed to the inbox.

Reads: a Record's facts and the rows made of it. Writes: proposals, through ``curation.proposing.propose``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from merida.exchange.curation.proposing import Proposing, Read, propose
from merida.exchange.ingest.record import Notice, Record
from merida.foundation.access.visibility import Actor
from merida.knowledge.documents.models import MentionKind, Paragraph, Version
from merida.knowledge.observatory.values import LONGEST_TEXT
from merida.rules.extraction.facts import Activity, Figure, Practice, Request
from merida.rules.extraction.themes import themes_of

NOTICES_AT_MOST = 20
KINDS: Mapping[type, str] = {
    Activity: "ACTIVITY",
    Figure: "FIGURE",
    Practice: "GOOD_PRACTICE",
    Request: "RECOMMENDATION",
}
Fact = Activity | Figure | Practice | Request


@dataclass(frozen=True, slots=True)
class PlacedFact:
    """A fact with the unsaved paragraph that tells it; ``shift`` is where the passage's words begin in its text."""

    paragraph: Paragraph
    shift: int
    fact: Activity | Figure | Practice | Request
    values: Mapping[str, Any]


def placed(record: Record, spots: Mapping[str, list[tuple[Paragraph, int]]]) -> list[PlacedFact]:
    """Return what is told at its paragraphs; those told in a heading or title have none and stay out."""
    kinds = {mention.key: mention.kind for mention in record.mentions}
    told = record.facts
    facts: Iterable[Fact] = (*told.activities, *told.figures, *told.practices, *told.requests)
    found = []
    for fact in facts:
        for paragraph, shift in spots.get(fact.at, ())[:1]:
            span = slice(fact.start + shift, fact.end + shift)
            found.append(PlacedFact(paragraph, shift, fact, _values(fact, kinds, paragraph.text[span], record)))
    return found


def propose_facts(actor: Actor, version: Version, facts: Iterable[PlacedFact]) -> Proposing:
    """Make proposals of what a text tells, whose paragraphs are saved by now; a superseded text proposes nothing."""
    if not version.is_current:
        return Proposing()
    outcome = propose(actor, version, _read(facts))
    if outcome.refused:
        said = [Notice("FACT_REFUSED", words) for words in outcome.refused[:NOTICES_AT_MOST]]
        version.notices = [*version.notices, *map(asdict, said)]
        version.save(update_fields=["notices"])
    return outcome


def _read(facts: Iterable[PlacedFact]) -> Iterator[Read]:
    for one in facts:
        start, end = one.fact.start + one.shift, one.fact.end + one.shift
        yield Read(KINDS[type(one.fact)], one.paragraph, one.fact.at, start, end, one.fact.rule, one.values)


def _values(fact: Fact, kinds: Mapping[str, str], words: str, record: Record) -> dict[str, Any]:
    if isinstance(fact, Activity):
        return _activity(fact, kinds)
    if isinstance(fact, Figure):
        return _figure(fact)
    named = {"themes": [each.code for each in themes_of(words, language=record.structure.masthead.language or "en")]}
    if isinstance(fact, Practice):
        return {
            "states": _states_only(fact.states, kinds),
            "organisations": list(fact.organisations),
            "provisions": list(fact.provisions),
            **named,
        }
    return {
        "kind": fact.kind,
        "addressee": _one_line(fact.addressee),
        "condition": _one_line(fact.condition),
        **named,
    }


def _states_only(codes: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    """Codes without those of territories: records name States, and the words beside them what else there is."""
    return [code for code in codes if kinds.get(code) != MentionKind.TERRITORY]


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TEXT]


def _activity(fact: Activity, kinds: Mapping[str, str]) -> dict[str, Any]:
    resolutions = [key for key in fact.citations if kinds.get(key) == MentionKind.RESOLUTION]
    return {
        "type": fact.type.upper(),
        "date_from": fact.date_from,
        "date_to": "" if fact.date_to == fact.date_from else fact.date_to,
        "precision": fact.precision if fact.date_from else "NONE",
        "place": fact.city,
        "states": _states_only([fact.country] if fact.country else [], kinds),
        "participants": _states_only(fact.participants, kinds),
        "organisations": list(fact.organisations),
        "provisions": [key for key in fact.citations if kinds.get(key) in {"PROVISION", "CHAPTER"}],
        "resolution": resolutions[0] if resolutions else "",
        "programme": fact.programme,
        "themes": list(fact.themes),
    }


def _figure(fact: Figure) -> dict[str, Any]:
    return {
        "value": fact.value,
        "counted": fact.counted,
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "as_of": fact.as_of,
        "themes": list(fact.themes),
    }
