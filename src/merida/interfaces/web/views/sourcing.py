"""Facts of the registry as rows of files: each with source and confidence."""

from typing import Any

COLUMNS = ("section", "what", "value", "from", "to", "text", "source", "address", "confidence", "note")


def fact_row(section: str, what: str, value: Any, fact: Any, *, start: Any = None, end: Any = None) -> dict[str, Any]:
    """Return one fact (any ``Sourced`` row) as a row."""
    return {
        "section": section,
        "what": what,
        "value": value,
        "from": start,
        "to": end,
        "source": fact.source.citation,
        "confidence": fact.confidence,
        "note": fact.note,
    }


def span_row(section: str, what: str, value: Any, fact: Any) -> dict[str, Any]:
    """Return a fact that holds for a time as a row."""
    return fact_row(section, what, value, fact, start=dated(fact, "since"), end=dated(fact, "until"))


def dated(fact: Any, name: str) -> str:
    """Return the date ``name_date`` of a fact as precisely as it is known: ``2004``, ``2004-08`` or ``2004-08-03``."""
    day, precision = getattr(fact, f"{name}_date"), getattr(fact, f"{name}_precision")
    return "" if day is None else day.isoformat()[: {"YEAR": 4, "MONTH": 7}.get(precision, 10)]
