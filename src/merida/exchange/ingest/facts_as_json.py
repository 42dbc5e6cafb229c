"""Extracted facts as plain values: activities, statistics and recommendations, each with its rule and evidence."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from merida.rules.extraction.facts import Officer

if TYPE_CHECKING:
    from merida.rules.extraction.facts import (
        Activity,
        AgendaItem,
        Facts,
        Figure,
        Observer,
        PlannedTopic,
        Practice,
        Request,
    )

Row = dict[str, object]


def told(facts: Facts) -> dict[str, list[Row]]:
    """The facts of a document under the keys that readers of records know."""
    return {
        "activities": [activity(each) for each in facts.activities],
        "statistics": [figure(each) for each in facts.figures],
        "recommendations": [request(each) for each in facts.requests],
        "good_practices": [practice(each) for each in facts.practices],
        "officers": [plain(each) for each in facts.officers],
        "agenda": [plain(each) for each in facts.agenda],
        "observers": [plain(each) for each in facts.observers],
        "work_plan": [plain(each) for each in facts.work_plan],
    }


def plain(each: Officer | AgendaItem | Observer | PlannedTopic) -> Row:
    """A fact of a meeting; unknown is null, codes are in small letters."""
    told = asdict(each).items()
    row = {name: list(value) if isinstance(value, tuple) else None if value == "" else value for name, value in told}
    if isinstance(each, Officer):
        row["role"] = each.role.lower()
    return row


def practice(each: Practice) -> Row:
    """A practice by reference: its words are those of the passage from ``start`` to ``end``."""
    return {
        "at": each.at,
        "reported_by": [*each.states, *each.organisations],
        "provisions": list(each.provisions),
        "start": each.start,
        "end": each.end,
        "rule": each.rule,
    }


def activity(each: Activity) -> Row:
    """An activity; unknown is null."""
    return {
        "at": each.at,
        "date_from": each.date_from or None,
        "date_to": each.date_to or None,
        "date_precision": each.precision.lower(),
        "country": each.country or None,
        "country_basis": each.basis.lower() or None,
        "place": each.city or None,
        "type": each.type,
        "participants": list(each.participants),
        "organisations": list(each.organisations),
        "citations": list(each.citations),
        "programme": each.programme or None,
        "themes": list(each.themes),
        "start": each.start,
        "end": each.end,
        "rule": each.rule,
    }


def figure(each: Figure) -> Row:
    """A figure; ``value`` is text, for digits must not be rounded."""
    return {
        "at": each.at,
        "value": each.value,
        "counted": each.counted or None,
        "unit": each.unit or None,
        "qualifier": each.qualifier.lower() or None,
        "as_of": each.as_of or None,
        "themes": list(each.themes),
        "start": each.start,
        "end": each.end,
        "rule": each.rule,
    }


def request(each: Request) -> Row:
    """A recommendation, conclusion, mandate or outlook."""
    return {
        "at": each.at,
        "kind": each.kind.lower(),
        "addressee": each.addressee or None,
        "condition": each.condition or None,
        "start": each.start,
        "end": each.end,
        "rule": each.rule,
    }
