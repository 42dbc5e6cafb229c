"""The records of a subject: narrowed by theme, provision, State, type and years, and counted in the database.

Every choice narrows further. Whatever the choices, a reader gets only what stands in documents that the reader sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, ExtractYear

from merida.foundation.access.visibility import Actor, visible_condition
from merida.knowledge.documents.models import Document, Mention
from merida.knowledge.observatory.models import Activity, Figure, GoodPractice, Recommendation, Theme, Told
from merida.knowledge.observatory.queries import activities, figures

DOCUMENT_DATE = "version__document__document_date"
MOST_DOCUMENTS = 20  # named beside a subject, those that tell most


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader chose; empty: everything. ``themes`` are codes, one and all narrower; years are inclusive.

    ``provisions`` are names as mentions use them; each stands for all that lies in it (``UNCAC 13``, also of 13(1)).
    """

    themes: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    state: str = ""
    type: str = ""
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentTelling:
    """A document with the number of records that rest on it."""

    document: Document
    count: int


def themes_known() -> list[Theme]:
    """Return the scheme, the broader before the narrower; 1 query."""
    return list(Theme.objects.select_related("source").order_by("position"))


def branch_of(theme: Theme, scheme: Sequence[Theme]) -> tuple[str, ...]:
    """Return the codes of a theme and of all narrower ones."""
    inside, codes = {theme.pk}, [theme.code]
    for one in scheme:
        if one.broader_id in inside and one.pk not in inside:
            inside.add(one.pk)
            codes.append(one.code)
    return tuple(codes)


def narrowed_activities(actor: Actor, wanted: Narrowing) -> QuerySet[Activity]:
    """Return the activities that ``actor`` may see, narrowed, in no order and without what belongs to them."""
    found = Activity.objects.filter(visible_condition(actor, "version__document__"))
    if wanted.themes:
        tagged = Activity.themes.through.objects.filter(theme__code__in=wanted.themes)
        found = found.filter(pk__in=tagged.values("activity_id"))
    if wanted.state:
        helped = Activity.states.through.objects.filter(state__iso3=wanted.state)
        found = found.filter(pk__in=helped.values("activity_id"))
    if wanted.type:
        found = found.filter(type=wanted.type)
    return _in_years(_naming(found, wanted.provisions), wanted, "from_date", "to_date")


def narrowed_figures(actor: Actor, wanted: Narrowing) -> QuerySet[Figure]:
    """Return the figures of the same subject; a figure has no type.

    It goes with a State or provision that its paragraph names.
    """
    found = figures(actor)
    if wanted.themes:
        tagged = Figure.themes.through.objects.filter(theme__code__in=wanted.themes)
        found = found.filter(pk__in=tagged.values("figure_id"))
    found = _in_years(_beside(found, wanted), wanted, "as_of_date", "as_of_date")
    return found.order_by("counted", F("as_of_date").asc(nulls_last=True), "pk")


def narrowed_practices(actor: Actor, wanted: Narrowing) -> QuerySet[GoodPractice]:
    """Return the good practices of the same subject, with document and names; years are those of the document."""
    found = GoodPractice.objects.filter(visible_condition(actor, "version__document__"))
    if wanted.themes:
        tagged = GoodPractice.themes.through.objects.filter(theme__code__in=wanted.themes)
        found = found.filter(pk__in=tagged.values("goodpractice_id"))
    if wanted.state:
        telling = GoodPractice.states.through.objects.filter(state__iso3=wanted.state)
        found = found.filter(pk__in=telling.values("goodpractice_id"))
    found = _in_years(_naming(found, wanted.provisions), wanted, DOCUMENT_DATE, DOCUMENT_DATE)
    found = found.select_related("version__document").prefetch_related("states", "organisations", "themes")
    return found.order_by(F(DOCUMENT_DATE).desc(nulls_last=True), "version_id", "pk")


def narrowed_recommendations(actor: Actor, wanted: Narrowing) -> QuerySet[Recommendation]:
    """Return what was asked or concluded, with documents; a State or provision goes by what the paragraph names."""
    found = Recommendation.objects.filter(visible_condition(actor, "version__document__"))
    if wanted.themes:
        tagged = Recommendation.themes.through.objects.filter(theme__code__in=wanted.themes)
        found = found.filter(pk__in=tagged.values("recommendation_id"))
    found = _in_years(_beside(found, wanted), wanted, DOCUMENT_DATE, DOCUMENT_DATE)
    found = found.select_related("version__document").prefetch_related("themes")
    return found.order_by(F(DOCUMENT_DATE).desc(nulls_last=True), "version_id", "pk")


def with_names(actor: Actor, found: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return activities latest first, with document and names; 5 queries."""
    return activities(actor).filter(pk__in=found.values("pk"))


def latest_told(actor: Actor, wanted: Narrowing, count: int) -> list[Told]:
    """Return the records of all kinds that were made last, at most ``count``; at most 17 queries."""
    kinds: tuple[QuerySet[Any], ...] = (
        with_names(actor, narrowed_activities(actor, wanted)),
        narrowed_figures(actor, wanted),
        narrowed_practices(actor, wanted),
        narrowed_recommendations(actor, wanted),
    )
    found: list[Told] = [one for kind in kinds for one in kind.order_by("-recorded_at", "-pk")[:count]]
    return sorted(found, key=lambda one: (one.recorded_at, one.pk), reverse=True)[:count]


def counts_by_type_and_year(found: QuerySet[Activity]) -> dict[tuple[str, int], int]:
    """Return how many activities of a type began in a year; those without a date are left out. 1 query."""
    dated = found.filter(from_date__isnull=False).annotate(year=ExtractYear("from_date"))
    rows = dated.order_by().values_list("type", "year").annotate(count=Count("pk"))
    return {(kind, year): count for kind, year, count in rows}


def counts_by_state(found: QuerySet[Activity]) -> dict[str, int]:
    """Return how many activities there are in or for each State, by ISO code; 1 query."""
    helped = Activity.states.through.objects.filter(activity_id__in=found.values("pk"))
    rows: Any = helped.values_list("state__iso3").annotate(count=Count("pk")).order_by()
    return dict(rows)


def counts_by_theme(found: QuerySet[Activity]) -> dict[str, int]:
    """Return how many activities carry each theme itself, by code; 1 query."""
    tagged = Activity.themes.through.objects.filter(activity_id__in=found.values("pk"))
    rows: Any = tagged.values_list("theme__code").annotate(count=Count("pk")).order_by()
    return dict(rows)


def years_of(found: QuerySet[Activity]) -> tuple[int, int] | None:
    """Return the first and the last year of what has a date; 1 query."""
    span = found.aggregate(first=Min("from_date"), last=Max("to_date"))
    return (span["first"].year, span["last"].year) if span["first"] else None


def documents_telling(found: QuerySet[Activity]) -> list[DocumentTelling]:
    """Return the documents that tell most of these, at most 20; 2 queries."""
    rows: Any = found.order_by().values_list("version__document_id").annotate(count=Count("pk"))
    counted = list(rows.order_by("-count", "version__document_id")[:MOST_DOCUMENTS])
    known = Document.objects.in_bulk([document for document, _ in counted])
    return [DocumentTelling(known[document], count) for document, count in counted]


def _naming(found: QuerySet[Any], provisions: Sequence[str]) -> QuerySet[Any]:
    """Keep what names one of the provisions or a part of one: names stand in quotation marks in the stored list."""
    if not provisions:
        return found
    condition = Q()
    for name in provisions:
        condition |= Q(named_in__contains=f'"{name}"') | Q(named_in__contains=f'"{name}(')
    text: QuerySet[Any] = found.alias(named_in=Cast("provisions", TextField()))
    kept: QuerySet[Any] = text.filter(condition)
    return kept


def _in_years(found: QuerySet[Any], wanted: Narrowing, first: str, last: str) -> QuerySet[Any]:
    if wanted.since is not None:
        found = found.filter(**{f"{last}__gte": date(wanted.since, 1, 1)})
    if wanted.until is not None:
        found = found.filter(**{f"{first}__lte": date(wanted.until, 12, 31)})
    return found


def _beside(found: QuerySet[Any], wanted: Narrowing) -> QuerySet[Any]:
    """Keep what stands in a paragraph that names the State and one of the provisions."""
    if wanted.state:
        found = found.filter(_named_beside(Q(kind="STATE", key=wanted.state)))
    if wanted.provisions:
        inside = Q()
        for name in wanted.provisions:
            inside |= Q(key=name) | Q(key__startswith=f"{name}(")
        found = found.filter(_named_beside(Q(kind="PROVISION") & inside))
    return found


def _named_beside(condition: Q) -> Exists:
    return Exists(Mention.objects.filter(condition, paragraph=OuterRef("paragraph")))
