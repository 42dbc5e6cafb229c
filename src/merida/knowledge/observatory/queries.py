"""Reading activities and figures: each is as visible as the document that tells it."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.registry.models import State
from merida.knowledge.observatory.models import Activity, Figure, Theme


def activities(actor: Actor) -> QuerySet[Activity]:
    """Return the activities that ``actor`` may see, latest first, with document, names and themes; 5 queries."""
    found = Activity.objects.filter(visible_condition(actor, "version__document__")).select_related("version__document")
    return found.prefetch_related("states", "participants", "organisations", "themes").order_by(
        F("from_date").desc(nulls_last=True), "pk"
    )


def activities_of_state(actor: Actor, state: State) -> QuerySet[Activity]:
    """Return the activities in, for or with a State that ``actor`` may see, latest first; 5 queries."""
    return activities(actor).filter(of_state(state.iso3))


def of_state(code: str) -> Q:
    """Match what was done in or for the State, and what was done with several together, which has no State alone."""
    states, participants = Activity.states.through.objects, Activity.participants.through.objects
    alone = Exists(states.filter(activity=OuterRef("activity")))
    among = participants.filter(~alone, state__iso3=code).values("activity_id")
    return Q(pk__in=states.filter(state__iso3=code).values("activity_id").union(among))


def figures(actor: Actor) -> QuerySet[Figure]:
    """Return the figures that ``actor`` may see, latest first, with document and themes; 2 queries."""
    found = Figure.objects.filter(visible_condition(actor, "version__document__")).select_related("version__document")
    found = found.defer("version__masthead", "version__notices", "version__left_out")
    return found.prefetch_related("themes").order_by(F("as_of_date").desc(nulls_last=True), "pk")


def figures_of_series(actor: Actor, series: str) -> list[Figure]:
    """Return the figures of a series that ``actor`` may see, in the order of time, undated ones last; 2 queries."""
    found = figures(actor).filter(series=series)
    return list(found.order_by(F("as_of_date").asc(nulls_last=True), "pk"))


def series_seen(actor: Actor) -> QuerySet[Figure, str]:
    """Return the names of the series that ``actor`` may see; 1 query."""
    seen = Figure.objects.filter(visible_condition(actor, "version__document__")).exclude(series="")
    return seen.order_by("series").values_list("series", flat=True).distinct()


def themes_list() -> QuerySet[Theme]:
    """Return the themes as the scheme lists them, each with the broader one and its source; 1 query."""
    return Theme.objects.select_related("broader", "source").order_by("position")
