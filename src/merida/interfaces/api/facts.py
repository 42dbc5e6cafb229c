"""Themes, and activities and figures that a person accepted, as rows of the bulk tables."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema

from merida.knowledge.observatory.models import Activity, Figure, Theme, Told


class ActivityOut(Schema):
    """Something done, with the place in the document that tells it; the days are the first and last it can be on."""

    activity: UUID
    document: str
    language: str
    place: str
    type: str
    from_date: dt.date | None
    to_date: dt.date | None
    precision: str
    town: str
    states: list[str]
    participants: list[str]
    organisations: list[str]
    provisions: list[str]
    resolution: str
    programme: str
    themes: list[str]
    rule: str


class FigureOut(Schema):
    """A number reported, with the place in the document that tells it; ``value`` is decimal text."""

    figure: UUID
    document: str
    language: str
    place: str
    value: str
    unit: str
    counted: str
    qualifier: str
    as_of: str
    reported_by: str
    themes: list[str]
    rule: str


class ThemeOut(Schema):
    """A theme of the scheme (SKOS): ``exact_match`` and ``close_match`` are concepts of the thesaurus."""

    theme: str
    broader: str
    labels: dict[str, str]
    exact_match: list[str]
    close_match: list[str]
    provisions: list[str]
    source: str
    confidence: str


def theme_out(one: Theme) -> dict[str, Any]:
    """Show a theme."""
    return {
        "theme": one.code,
        "broader": one.broader.code if one.broader else "",
        "labels": one.names,
        "exact_match": one.exact_match,
        "close_match": one.close_match,
        "provisions": one.provisions,
        "source": one.source.citation,
        "confidence": one.confidence,
    }


def activity_out(one: Activity) -> dict[str, Any]:
    """Show an activity."""
    return {
        "activity": one.uuid,
        **_told(one),
        "type": one.type,
        "from_date": one.from_date,
        "to_date": one.to_date,
        "precision": one.precision,
        "town": one.town,
        "states": sorted(state.iso3 for state in one.states.all()),
        "participants": sorted(state.iso3 for state in one.participants.all()),
        "organisations": sorted(organisation.code for organisation in one.organisations.all()),
        "provisions": one.provisions,
        "resolution": one.resolution,
        "programme": one.programme,
        "themes": sorted(theme.code for theme in one.themes.all()),
    }


def figure_out(one: Figure) -> dict[str, Any]:
    """Show a figure."""
    return {
        "figure": one.uuid,
        **_told(one),
        "value": one.value,
        "unit": one.unit,
        "counted": one.counted,
        "qualifier": one.qualifier,
        "as_of": one.as_of,
        "reported_by": one.reported_by,
        "themes": sorted(theme.code for theme in one.themes.all()),
    }


def _told(one: Told) -> dict[str, Any]:
    version = one.version
    return {"document": version.document.slug, "language": version.language, "place": one.place, "rule": one.rule}
