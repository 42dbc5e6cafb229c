"""Activities as lines of a table: read without the records around them, which cost more than the page needs.

Names of States come from what is remembered of the registry, texts and documents are read once however often told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, QuerySet, Window

from merida.foundation.registry.queries import StateInBrief, states_in_brief
from merida.knowledge.documents.models import Version
from merida.knowledge.observatory.models import Activity, GoodPractice, Told

Record = TypeVar("Record", bound=Told)


@dataclass(frozen=True, slots=True)
class OrganisationNamed:
    """An organisation by its code, with names in six languages."""

    code: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity with the text that tells it, the States it was in or for and the organisations named."""

    type: str
    from_date: date | None
    to_date: date | None
    precision: str
    town: str
    place: str
    words: str
    version: Version
    states: tuple[StateInBrief, ...]
    organisations: tuple[OrganisationNamed, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Activities in the order of their keys, for a list in pages: only the lines of the page asked for are read."""

    keys: Sequence[int]

    def __len__(self) -> int:
        """Return the number of all."""
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[ActivityLine]:
        """Return the lines of a part."""
        return activity_lines(self.keys[part])


def activity_lines(keys: Iterable[int]) -> list[ActivityLine]:
    """Return the activities with these keys in their order; at most 5 queries, none for no keys.

    Whoever asks must have made sure that the reader may see them.
    """
    wanted = list(keys)
    if not wanted:
        return []
    fields = ("type", "from_date", "to_date", "precision", "town", "place", "words")
    rows = {row[0]: row[1:] for row in Activity.objects.filter(pk__in=wanted).values_list("pk", *fields, "version_id")}
    versions = _texts({row[-1] for row in rows.values()})
    states = _states_of(wanted, Activity.states.through, "activity_id")
    organisations = _organisations_of(wanted, Activity.organisations.through, "activity_id")
    return [
        ActivityLine(
            **dict(zip(fields, rows[key], strict=False)),
            version=versions[rows[key][-1]],
            states=states.get(key, ()),
            organisations=organisations.get(key, ()),
        )
        for key in wanted
        if key in rows
    ]


def first_of(found: QuerySet[Record], most: int) -> tuple[list[Record], int]:
    """Return at most ``most`` records without texts (see ``with_texts``) and links, and how many there are; 1 query."""
    bare = found.select_related(None).prefetch_related(None)
    shown = list(bare.annotate(whole=Window(Count("pk")))[:most])
    return shown, getattr(shown[0], "whole", 0) if shown else 0


def with_texts(*lists: Iterable[Told]) -> None:
    """Give the records of all lists their texts with documents, each read once; 1 query."""
    texts = _texts({one.version_id for listed in lists for one in listed})
    for listed in lists:
        for one in listed:
            one.version = texts[one.version_id]


def _texts(keys: set[int]) -> dict[int, Version]:
    named = ("language", "document__slug", "document__symbol", "document__titles", "document__original_language")
    return Version.objects.select_related("document").only(*named).in_bulk(keys) if keys else {}


def tellers_of(found: Sequence[GoodPractice]) -> dict[int, list[dict[str, str]]]:
    """Return who told each practice, by its key: names in six languages, States before organisations; 2 queries."""
    keys = [one.pk for one in found]
    states = _states_of(keys, GoodPractice.states.through, "goodpractice_id")
    organisations = _organisations_of(keys, GoodPractice.organisations.through, "goodpractice_id")
    return {
        key: [one.names for one in states.get(key, ())] + [one.names for one in organisations.get(key, ())]
        for key in keys
    }


def _states_of(keys: Sequence[int], links: Any, name: str) -> dict[int, tuple[StateInBrief, ...]]:
    known = {one.iso3: one for one in states_in_brief()}
    found: dict[int, tuple[StateInBrief, ...]] = {}
    rows = links.objects.filter(**{f"{name}__in": keys}).order_by("pk") if keys else links.objects.none()
    for key, code in rows.values_list(name, "state__iso3"):
        found[key] = (*found.get(key, ()), known[code])
    return found


def _organisations_of(keys: Sequence[int], links: Any, name: str) -> dict[int, tuple[OrganisationNamed, ...]]:
    found: dict[int, tuple[OrganisationNamed, ...]] = {}
    rows = links.objects.filter(**{f"{name}__in": keys}).order_by("pk") if keys else links.objects.none()
    for key, code, names in rows.values_list(name, "organisation__code", "organisation__names"):
        found[key] = (*found.get(key, ()), OrganisationNamed(code, names))
    return found
