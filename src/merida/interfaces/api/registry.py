"""States, instruments, provisions, treaty actions, mechanisms, resolutions, organisations."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from merida.foundation.access.actors import actor_of
from merida.foundation.registry import figures, queries
from merida.foundation.registry.models import Mechanism
from merida.interfaces.api import shapes
from merida.interfaces.api.answers import PROBLEMS, REFUSALS, Limit, Offset, Page, Slug, found_or_404, page_of, paged
from merida.knowledge.documents.queries import resolutions_known_to

router = Router()
Code = Annotated[str, Query(pattern=r"^[A-Za-z0-9_.-]{0,40}$")]
Name = Annotated[str, Query(max_length=40, pattern=r"^[^\x00]*$")]
At = Annotated[dt.date | None, Query(description="A day, YYYY-MM-DD; without it, today.")]


class PartyOut(shapes.TreatyActionOut):
    """The act that made a State a party."""


class CountOut(Schema):
    """The number of parties at the end of a year (the running year: today)."""

    year: int
    parties: int


class ReadingOut(Schema):
    """One reading of the share of States in more than one mechanism."""

    states: list[str]
    count: int
    of_parties: int
    per_cent: float


class ParticipationOut(Schema):
    """Parties to the Convention by the number of mechanisms, of four, that they take part in."""

    at: dt.date
    parties: int
    members: dict[str, list[str]]
    by_number: dict[str, list[str]]
    by_wording: ReadingOut
    wide: ReadingOut
    members_not_parties: list[str]


def today() -> dt.date:
    """Return the day it is (UTC)."""
    return timezone.now().date()


@router.get("/states", response={200: Page[shapes.StateOut], **REFUSALS}, tags=["States"], summary="States")
def states(request: HttpRequest, group: Code = "", limit: Limit = 250, offset: Offset = 0) -> dict[str, Any]:
    """List States by ISO code; ``group`` is the code of a regional group they are in now."""
    return paged(request, queries.states_list(group=group), shapes.state_out, limit=limit, offset=offset)


@router.get("/states/{slug}", response={200: shapes.StateOut, **PROBLEMS}, tags=["States"], summary="One State")
def state(request: HttpRequest, slug: Slug) -> dict[str, Any]:  # noqa: ARG001
    """Return a State by its ISO code of three letters."""
    found = found_or_404(queries.state_by_slug(slug.lower()), "State")
    return shapes.state_out(found, queries.stays_in_groups(found))


@router.get("/states/{slug}/names", response={200: Page[shapes.StateNameOut], **PROBLEMS}, tags=["States"])
def names_of_state(request: HttpRequest, slug: Slug, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List the names of a State in six languages, earlier ones with their dates."""
    named = found_or_404(queries.state_by_slug(slug.lower()), "State")
    found = queries.names_list(named.pk).select_related("state")
    return paged(request, found, shapes.state_name_out, limit=limit, offset=offset)


@router.get("/territories", response={200: Page[shapes.TerritoryOut], **REFUSALS}, tags=["States"])
def territories(request: HttpRequest, limit: Limit = 250, offset: Offset = 0) -> dict[str, Any]:
    """List territories that documents name, without a statement about their status."""
    return paged(request, queries.territories_list(), shapes.territory_out, limit=limit, offset=offset)


@router.get("/treaty-actions", response={200: Page[shapes.TreatyActionOut], **REFUSALS}, tags=["instruments"])
def treaty_actions(
    request: HttpRequest, instrument: Code = "", state: Code = "", limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """List signatures, ratifications, accessions … by date."""
    found = queries.treaty_actions_list(instrument=instrument.upper(), state=state.upper())
    return paged(request, found, shapes.treaty_action_out, limit=limit, offset=offset)


@router.get("/instruments", response={200: Page[shapes.InstrumentOut], **REFUSALS}, tags=["instruments"])
def instruments(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List instruments, the newest first."""
    return paged(request, queries.instruments_list(), shapes.instrument_out, limit=limit, offset=offset)


@router.get("/instruments/{slug}", response={200: shapes.InstrumentOut, **PROBLEMS}, tags=["instruments"])
def instrument(request: HttpRequest, slug: Slug) -> dict[str, Any]:  # noqa: ARG001
    """Return an instrument by its code."""
    return shapes.instrument_out(found_or_404(queries.instrument_by_slug(slug.lower()), "instrument"))


@router.get("/instruments/{slug}/parties", response={200: Page[PartyOut], **PROBLEMS}, tags=["instruments"])
def parties(request: HttpRequest, slug: Slug, at: At = None, limit: Limit = 250, offset: Offset = 0) -> dict[str, Any]:
    """List the parties on a day, each with the act that made it one."""
    one = found_or_404(queries.instrument_by_slug(slug.lower()), "instrument")
    found = figures.parties_listed(one.code, at or today()).select_related("instrument", "state", "source")
    return paged(request, found, shapes.treaty_action_out, limit=limit, offset=offset)


@router.get("/instruments/{slug}/counts", response={200: list[CountOut], **PROBLEMS}, tags=["instruments"])
def counts(request: HttpRequest, slug: Slug) -> list[dict[str, int]]:  # noqa: ARG001
    """Return the number of parties year by year."""
    one = found_or_404(queries.instrument_by_slug(slug.lower()), "instrument")
    return [{"year": each.year, "parties": each.count} for each in figures.count_series(one.code, until=today())]


@router.get("/provisions", response={200: Page[shapes.ProvisionOut], **REFUSALS}, tags=["instruments"])
def provisions(request: HttpRequest, instrument: Code = "", limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List chapters, articles, paragraphs and sub-paragraphs in the order of the text."""
    found = queries.provisions_list(instrument=instrument.upper())
    return paged(request, found, shapes.provision_out, limit=limit, offset=offset)


@router.get("/mechanisms", response={200: Page[shapes.MechanismOut], **REFUSALS}, tags=["mechanisms"])
def mechanisms(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List review mechanisms with their cycles."""
    return paged(request, figures.mechanisms_list(), shapes.mechanism_out, limit=limit, offset=offset)


def mechanism_or_404(slug: str) -> Mechanism:
    """Return the mechanism at an address."""
    return found_or_404(figures.mechanism_by_slug(slug.lower()), "mechanism")


@router.get("/mechanisms/{slug}", response={200: shapes.MechanismOut, **PROBLEMS}, tags=["mechanisms"])
def mechanism(request: HttpRequest, slug: Slug) -> dict[str, Any]:  # noqa: ARG001
    """Return a mechanism."""
    return shapes.mechanism_out(mechanism_or_404(slug))


@router.get("/mechanisms/{slug}/members", response={200: list[str], **PROBLEMS}, tags=["mechanisms"])
def members(request: HttpRequest, slug: Slug, at: At = None) -> list[str]:  # noqa: ARG001
    """Return the ISO codes of those who take part on a day."""
    return sorted(figures.members_at(mechanism_or_404(slug), at or today()))


@router.get("/memberships", response={200: Page[shapes.MembershipOut], **REFUSALS}, tags=["mechanisms"])
def memberships(
    request: HttpRequest, mechanism: Code = "", state: Code = "", at: At = None, limit: Limit = 250, offset: Offset = 0
) -> dict[str, Any]:
    """List memberships with their dates; parties to an instrument that reviews every party are under its parties."""
    found = queries.memberships_list(mechanism=mechanism.upper(), state=state.upper(), at=at)
    return paged(request, found, shapes.membership_out, limit=limit, offset=offset)


@router.get("/participation", response={200: ParticipationOut, **REFUSALS}, tags=["mechanisms"])
def participation(request: HttpRequest, at: At = None) -> dict[str, Any]:  # noqa: ARG001
    """Return how many parties take part in one, two, three and four mechanisms on a day, in two readings."""
    found = figures.participation_at(at or today())
    readings = {
        name: {"states": each.states, "count": each.count, "of_parties": each.parties, "per_cent": each.per_cent}
        for name, each in (("by_wording", found.by_wording), ("wide", found.wide))
    }
    by_number = {str(number): states for number, states in found.by_number.items()}
    return {
        "at": found.at,
        "parties": len(found.parties),
        "members": found.members,
        "by_number": by_number,
        "members_not_parties": found.members_not_parties,
    } | readings


@router.get("/printed-figures", response={200: Page[shapes.PrintedFigureOut], **REFUSALS}, tags=["instruments"])
def printed_figures(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List counts that somebody printed beside ours, differences included."""
    rows = [shapes.printed_figure_out(row) for row in figures.printed_figures_compared()]
    return page_of(request, list(rows[offset : offset + limit]), len(rows), limit=limit, offset=offset)


@router.get("/resolutions", response={200: Page[shapes.ResolutionOut], **REFUSALS}, tags=["resolutions"])
def resolutions(request: HttpRequest, body: Name = "", limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List resolutions and decisions that are known by name; ``body`` is the code of a body."""
    found = resolutions_known_to(actor_of(request.user), body=body)
    return paged(request, found, shapes.resolution_out, limit=limit, offset=offset)


@router.get("/resolutions/{slug}", response={200: shapes.ResolutionOut, **PROBLEMS}, tags=["resolutions"])
def resolution(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Return a resolution by its name in addresses."""
    return shapes.resolution_out(
        found_or_404(resolutions_known_to(actor_of(request.user)).filter(slug=slug).first(), "resolution")
    )


@router.get("/organisations", response={200: Page[shapes.OrganisationOut], **REFUSALS}, tags=["organizations"])
def organisations(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List organizations by code."""
    return paged(request, queries.organisations_list(), shapes.organisation_out, limit=limit, offset=offset)


@router.get("/bodies", response={200: Page[shapes.BodyOut], **REFUSALS}, tags=["organizations"])
def bodies(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List the bodies that issue documents and adopt resolutions."""
    return paged(request, queries.bodies_list(), shapes.body_out, limit=limit, offset=offset)


@router.get("/sources", response={200: Page[shapes.SourceOut], **REFUSALS}, tags=["sources"])
def sources(request: HttpRequest, limit: Limit = 250, offset: Offset = 0) -> dict[str, Any]:
    """List the citations that facts refer to by code."""
    return paged(request, queries.sources_list(), shapes.source_out, limit=limit, offset=offset)
