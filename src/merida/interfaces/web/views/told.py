"""What documents tell of a State or a provision, on its own page: activities, figures, practices, documents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Actor
from merida.interfaces.web.exports import FORMATS
from merida.interfaces.web.pieces import Link, Table
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views import observatory_pieces as pieces
from merida.interfaces.web.views.activities import activities_table, activities_timeline, told_citation
from merida.knowledge.observatory import narrowing
from merida.knowledge.observatory.counting import counts_of
from merida.knowledge.observatory.having import ACTIVITIES, FIGURES, PRACTICES
from merida.knowledge.observatory.lines import activity_lines, first_of, with_texts
from merida.knowledge.observatory.models import Figure, GoodPractice, Told

MOST_ACTIVITIES = 50  # on the page, the latest; all of them are in the data and in the observatory
MOST_PASSAGES = 10  # figures and practices; likewise


@dataclass(frozen=True, slots=True)
class ToldParts:
    """The parts as a template takes them, and their entries in the contents of the page."""

    context: dict[str, Any]
    contents: list[Link]


def told_parts(
    request: HttpRequest,
    actor: Actor,
    wanted: narrowing.Narrowing,
    *,
    kinds: frozenset[str],
    observatory: str = "",
    states: bool = False,
) -> ToldParts:
    """Return what is told of ``wanted``, asking only for the ``kinds`` that there can be.

    ``observatory`` is the page with all of it; ``states`` adds the map.
    """
    if kinds.isdisjoint({ACTIVITIES, FIGURES, PRACTICES}):
        return ToldParts({}, [])
    today = timezone.now().date()
    counts = counts_of(actor, wanted) if ACTIVITIES in kinds else None
    lines = activity_lines(counts.latest_first[:MOST_ACTIVITIES]) if counts else []
    figures: list[Figure] = []
    practices: list[GoodPractice] = []
    figure_count = practice_count = 0
    if FIGURES in kinds:
        figures, figure_count = first_of(narrowing.narrowed_figures(actor, wanted), MOST_PASSAGES)
    if PRACTICES in kinds:
        practices, practice_count = first_of(narrowing.narrowed_practices(actor, wanted), MOST_PASSAGES)
    with_texts(figures, practices)
    telling = counts.documents if counts else ()
    places = counts.by_state if counts and states and observatory else {}
    context = {
        "activities": activities_table(lines) if lines else None,
        "activity_timeline": activities_timeline(lines, today=today),
        "activity_map": pieces.activity_map(request, places, today=today, elsewhere=f"{observatory}&state=")
        if places
        else None,
        "figures": _with_files(pieces.figures_table(figures, figure_count)) if figures else None,
        "practices": _with_files(pieces.practices_table(practices, practice_count)) if practices else None,
        "telling": pieces.documents_table(telling, counts.document_count) if counts and telling else None,
        "observatory": observatory,
    }
    listed = (
        (_("Activities"), "#activities", len(counts.latest_first) if counts else 0),
        (_("Figures"), "#figures", figure_count),
        (_("Good practices"), "#practices", practice_count),
    )
    return ToldParts(context, [Link(name, way, detail=number(count)) for name, way, count in listed if count])


def _with_files(table: Table) -> Table:
    """Lead from a table that may hold only some of all to the files of the page, which hold them (``told_rows``)."""
    return replace(table, downloads=[Link(name.upper(), f"?format={name}") for name in FORMATS])


def told_rows(actor: Actor, wanted: narrowing.Narrowing) -> Iterator[dict[str, Any]]:
    """Return all figures and practices as rows of a State's or provision's data, beside its activities."""
    for one in narrowing.narrowed_figures(actor, wanted):
        yield _row("FIGURE", one, what=one.counted, value=pieces.number_of(one), start=one.as_of)
    for told in narrowing.narrowed_practices(actor, wanted):
        states = sorted(each.iso3 for each in told.states.all())
        tellers = states + sorted(each.code for each in told.organisations.all())
        yield _row("GOOD_PRACTICE", told, what="; ".join(told.provisions), value="; ".join(tellers))


def _row(section: str, one: Told, *, what: str, value: str, start: str = "") -> dict[str, Any]:
    cited = told_citation(one)
    return {
        "section": section,
        "what": what,
        "value": value,
        "from": start,
        "to": "",
        "text": one.words,
        "source": f"{cited.symbol}, {one.place}",
        "address": cited.url,
        "confidence": cited.confidence,
        "note": "",
    }
