"""Recording what a document tells, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Organisation, State
from merida.knowledge.documents.models import Document, Paragraph, Version
from merida.knowledge.observatory.models import Activity, Figure, GoodPractice, Recommendation, Theme, Told
from merida.knowledge.observatory.series import series_of
from merida.knowledge.observatory.values import (
    ActivityValues,
    FigureValues,
    PracticeValues,
    RecommendationValues,
    ValuesError,
    last_day,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: the text, the paragraph as it is read now, its citation, the words, the rule."""

    version: Version
    paragraph: Paragraph | None
    place: str
    words: str
    rule: str = ""

    def as_fields(self) -> dict[str, Any]:
        """The evidence as the fields of a record."""
        return {
            "version": self.version,
            "paragraph": self.paragraph,
            "place": self.place,
            "words": self.words,
            "rule": self.rule,
        }


def record_activity(actor: Actor, values: ActivityValues, evidence: Evidence) -> Activity:
    """Record that an activity took place. Raises ValuesError where the registry lacks a code, PermissionDenied."""
    _allow(actor, evidence.version)
    people = _known_states("states", values.states), _known_states("participants", values.participants)
    organisations = _known_organisations(values.organisations)
    first, last = values.days or (None, None)
    with transaction.atomic():
        made = Activity.objects.create(
            type=values.type,
            from_date=first,
            to_date=last,
            precision=values.precision,
            town=values.place,
            provisions=list(values.provisions),
            resolution=values.resolution,
            programme=values.programme,
            **evidence.as_fields(),
        )
        for relation, found in ((made.states, people[0]), (made.participants, people[1])):
            if found:
                relation.set(found)
        if organisations:
            made.organisations.set(organisations)
        if values.themes:
            made.themes.set(Theme.objects.filter(code__in=values.themes))
        _record(actor, "RECORD_ACTIVITY", made, values.as_json(), evidence)
    return made


def record_figure(actor: Actor, values: FigureValues, evidence: Evidence) -> Figure:
    """Record a number that was reported. Raises PermissionDenied."""
    _allow(actor, evidence.version)
    with transaction.atomic():
        made = Figure.objects.create(
            value=values.value,
            unit=values.unit,
            counted=values.counted,
            qualifier=values.qualifier,
            as_of=values.as_of,
            as_of_date=last_day(values.as_of) if values.as_of else None,
            reported_by=values.reported_by,
            series=series_of(values.counted, values.reported_by),
            **evidence.as_fields(),
        )
        if values.themes:
            made.themes.set(Theme.objects.filter(code__in=values.themes))
        _record(actor, "RECORD_FIGURE", made, values.as_json(), evidence)
    return made


def record_practice(actor: Actor, values: PracticeValues, evidence: Evidence) -> GoodPractice:
    """Record a practice that was told. Raises ValuesError where the registry lacks a code, PermissionDenied."""
    _allow(actor, evidence.version)
    states, organisations = _known_states("states", values.states), _known_organisations(values.organisations)
    with transaction.atomic():
        made = GoodPractice.objects.create(provisions=list(values.provisions), **evidence.as_fields())
        made.states.set(states)
        made.organisations.set(organisations)
        made.themes.set(Theme.objects.filter(code__in=values.themes))
        _record(actor, "RECORD_PRACTICE", made, values.as_json(), evidence)
    return made


def record_recommendation(actor: Actor, values: RecommendationValues, evidence: Evidence) -> Recommendation:
    """Record what was asked, found or promised. Raises PermissionDenied."""
    _allow(actor, evidence.version)
    with transaction.atomic():
        made = Recommendation.objects.create(
            kind=values.kind, addressee=values.addressee, condition=values.condition, **evidence.as_fields()
        )
        made.themes.set(Theme.objects.filter(code__in=values.themes))
        _record(actor, "RECORD_RECOMMENDATION", made, values.as_json(), evidence)
    return made


def take_back(actor: Actor, told: Told, *, values: dict[str, Any]) -> None:
    """Remove a fact recorded by mistake; ``values`` it had stay in the change log. Raises PermissionDenied."""
    _allow(actor, told.version)
    with transaction.atomic():
        before = {**values, "text": reference_to(told.version), "place": told.place}
        record_change(actor, "TAKE_BACK", reference_to(told), before=before, after=None)
        told.delete()


def _record(actor: Actor, verb: str, made: Told, values: dict[str, Any], evidence: Evidence) -> None:
    after = {**values, "text": reference_to(evidence.version), "place": evidence.place, "rule": evidence.rule}
    record_change(actor, verb, reference_to(made), before=None, after=after)


def _known_states(field: str, codes: Iterable[str]) -> list[State]:
    wanted = list(codes)
    found = {one.iso3: one for one in State.objects.filter(iso3__in=wanted)} if wanted else {}
    _refuse_unknown(field, wanted, found)
    return list(found.values())


def _known_organisations(codes: Iterable[str]) -> list[Organisation]:
    wanted = list(codes)
    found = {one.code: one for one in Organisation.objects.filter(code__in=wanted)} if wanted else {}
    _refuse_unknown("organisations", wanted, found)
    return list(found.values())


def _refuse_unknown(field: str, wanted: Iterable[str], found: dict[str, Any]) -> None:
    unknown = [code for code in wanted if code not in found]
    if unknown:
        raise ValuesError("NOT_IN_REGISTRY", field, unknown[0], f"{unknown[0]!r} is not in the registry")


def _allow(actor: Actor, version: Version) -> None:
    seen = Document.objects.visible_to(actor).filter(pk=version.document_id)
    if not may(actor, Deed.CONFIRM) or not seen.exists():
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
