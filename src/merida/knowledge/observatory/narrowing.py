"""The records of a subject: narrowed by theme, provision, State, type and years.

Every choice narrows further. Whatever the choices, a reader gets only what stands in documents that the reader sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.changes.remembering import remembered
from merida.knowledge.documents.models import Mention, Version
from merida.knowledge.observatory.models import Activity, Figure, GoodPractice, Recommendation, Theme, Told
from merida.knowledge.observatory.queries import figures, of_state

DOCUMENT_DATE = "version__document__document_date"
NOT_SHOWN = ("version__masthead", "version__notices", "version__left_out")  # of a text: what its reading left


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


@remembered
def themes_known() -> tuple[Theme, ...]:
    """Return the scheme with its source, the broader before the narrower; 1 query, remembered."""
    return tuple(Theme.objects.select_related("source").order_by("position"))


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
    found = _visible_activities(actor, wanted)
    if wanted.themes:
        tagged = Activity.themes.through.objects.filter(theme__code__in=wanted.themes)
        # Of the few activities of a State it is asked of each; otherwise a theme's ten thousand are gathered first.
        each = Exists(tagged.filter(activity=OuterRef("pk")))
        found = found.filter(each) if wanted.state else found.filter(pk__in=tagged.values("activity_id"))
    if wanted.state:
        found = found.filter(of_state(wanted.state))
    if wanted.type:
        found = found.filter(type=wanted.type)
    return _in_years(_naming(found, wanted.provisions), wanted, "from_date", "to_date")


def _visible_activities(actor: Actor, wanted: Narrowing) -> QuerySet[Activity]:
    """Ask the document of each of a State's few activities; otherwise gather the texts that may be seen first."""
    if wanted.state:
        return Activity.objects.filter(visible_condition(actor, "version__document__"))
    condition = visible_condition(actor, "document__")
    return (
        Activity.objects.filter(version__in=Version.objects.filter(condition)) if condition else Activity.objects.all()
    )


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
    found = found.select_related("version__document").defer(*NOT_SHOWN)
    found = found.prefetch_related("states", "organisations", "themes")
    return found.order_by(F(DOCUMENT_DATE).desc(nulls_last=True), "version_id", "pk")


def narrowed_recommendations(actor: Actor, wanted: Narrowing) -> QuerySet[Recommendation]:
    """Return what was asked or concluded, with documents; a State or provision goes by what the paragraph names."""
    found = Recommendation.objects.filter(visible_condition(actor, "version__document__"))
    if wanted.themes:
        tagged = Recommendation.themes.through.objects.filter(theme__code__in=wanted.themes)
        found = found.filter(pk__in=tagged.values("recommendation_id"))
    found = _in_years(_beside(found, wanted), wanted, DOCUMENT_DATE, DOCUMENT_DATE)
    found = found.select_related("version__document").defer(*NOT_SHOWN).prefetch_related("themes")
    return found.order_by(F(DOCUMENT_DATE).desc(nulls_last=True), "version_id", "pk")


def latest_first(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return activities in the order of pages and files: those without a date last."""
    return found.order_by(F("from_date").desc(nulls_last=True), "pk")


def with_names(found: QuerySet[Activity]) -> QuerySet[Activity]:
    """Return activities latest first, with document and names; 5 queries."""
    named = found.select_related("version__document").defer(*NOT_SHOWN)
    return latest_first(named.prefetch_related("states", "participants", "organisations", "themes"))


def latest_told(
    actor: Actor, wanted: Narrowing, count: int, *, after: datetime | None = None, until: datetime | None = None
) -> list[Told]:
    """Return the records of all kinds that were made last, at most ``count``, without States and themes; 8 queries.

    With ``after`` and ``until`` only those made after the one and not after the other.
    """
    kinds: tuple[QuerySet[Any], ...] = (
        narrowed_activities(actor, wanted),
        narrowed_figures(actor, wanted),
        narrowed_practices(actor, wanted),
        narrowed_recommendations(actor, wanted),
    )
    between = {} if after is None else {"recorded_at__gt": after}
    between |= {} if until is None else {"recorded_at__lte": until}
    found: list[Told] = [one for kind in kinds for one in _made_last(kind.filter(**between), count)]
    return sorted(found, key=lambda one: (one.recorded_at, one.pk), reverse=True)[:count]


def _made_last(found: QuerySet[Any], count: int) -> list[Any]:
    keys = list(found.order_by("-recorded_at", "-pk").values_list("pk", flat=True)[:count])
    return list(found.model._default_manager.filter(pk__in=keys).select_related("version__document"))  # noqa: SLF001


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
