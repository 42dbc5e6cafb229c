"""What resolutions ask, what was done about it, and which resolutions follow each other, as far as a reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from merida.cooperation.mandates.models import Evidence, Mandate, Succession
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents.models import Version
from merida.knowledge.documents.queries import resolutions_known_to

HEAVY = ("version__masthead", "version__notices", "version__left_out")


def mandates(actor: Actor) -> QuerySet[Mandate]:
    """Mandates that ``actor`` may see, by resolution and number, each with ``shown_evidence``; 6 queries.

    What nobody confirmed yet is for curators only.
    """
    found = Mandate.objects.all()
    visible = visible_condition(actor, "version__document__")
    if visible:  # an empty condition lets everything pass; joined by "or" it would let nothing more pass
        found = found.filter(Q(version__isnull=True) | visible)
    if not may(actor, Deed.CONFIRM):
        found = found.filter(confirmed_at__isnull=False)
    found = found.select_related("resolution", "version__document").defer(*HEAVY)
    shown = Prefetch("evidence", queryset=evidence(actor), to_attr="shown_evidence")
    return found.prefetch_related(shown).order_by("resolution__key", "position", "pk")


def evidence(actor: Actor) -> QuerySet[Evidence]:
    """Links to records that ``actor`` may see, with the records; the latest activities first."""
    seen = (
        (Q(activity__isnull=False) & visible_condition(actor, "activity__version__document__"))
        | (Q(figure__isnull=False) & visible_condition(actor, "figure__version__document__"))
        | (Q(document__isnull=False) & visible_condition(actor, "document__"))
    )
    found = Evidence.objects.filter(seen).select_related(
        "activity__version__document", "figure__version__document", "document"
    )
    current = Version.objects.filter(is_current=True).order_by("language")
    return found.prefetch_related(
        "activity__states", Prefetch("document__versions", queryset=current, to_attr="current_versions")
    ).order_by(F("activity__from_date").desc(nulls_last=True), "pk")


def mandates_of(actor: Actor, resolution: Resolution) -> list[Any]:
    """The mandates of a resolution; see ``mandates``."""
    return list(mandates(actor).filter(resolution=resolution))


def mandate_by_uuid(actor: Actor, uuid: UUID) -> Mandate | None:
    """One mandate, None where there is none that ``actor`` may see."""
    return mandates(actor).filter(uuid=uuid).first()


def evidence_by_uuid(actor: Actor, uuid: UUID) -> Evidence | None:
    """One link, None where there is none that ``actor`` may see."""
    return evidence(actor).select_related("mandate__resolution").filter(uuid=uuid).first()


def all_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Every link of mandates that ``actor`` may see to records that ``actor`` may see."""
    told = mandates(actor).prefetch_related(None).order_by().values("pk")
    return evidence(actor).filter(mandate__in=told).select_related("mandate__resolution").order_by("pk")


def not_reported(found: Sequence[Any]) -> list[Any]:
    """Those of ``mandates_of`` that ask somebody and have no record linked."""
    return [one for one in found if one.addressee and not one.shown_evidence]


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A resolution in a chain; ``said`` where a person joined it, otherwise it only bears the same title."""

    resolution: Resolution
    said: bool


def chain_of(actor: Actor, resolution: Resolution) -> list[ChainLink]:
    """Resolutions on the same subject, the earliest first, this one among them; [] where it stands alone. 3 queries."""
    known = {one.pk: one for one in resolutions_known_to(actor)}
    joined = {resolution.pk}
    pairs = list(Succession.objects.values_list("earlier_id", "later_id"))
    grown = True
    while grown:
        near = {one for pair in pairs if joined.intersection(pair) for one in pair}
        grown = not near <= joined
        joined |= near
    title = resolution.titles.get("en", "")
    titled = {key for key, one in known.items() if title and one.titles.get("en") == title}
    found = [ChainLink(known[key], key in joined) for key in joined | titled if key in known]
    found.sort(key=lambda one: (one.resolution.adopted_date is None, one.resolution.adopted_date, one.resolution.pk))
    return found if len(found) > 1 else []


def resolutions_with_mandates(actor: Actor) -> QuerySet[Resolution]:
    """Resolutions of which ``actor`` may see a mandate."""
    told = mandates(actor).prefetch_related(None).order_by().values("resolution")
    return Resolution.objects.filter(pk__in=told).order_by("key")
