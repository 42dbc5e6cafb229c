"""A series of figures: what one reporter says of one thing counted, over time, with breaks of the definition."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.interfaces.web import exports
from merida.interfaces.web.pictures.series import SeriesChart, draw_series
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.views.activities import told_citation
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.observatory_pieces import COLUMNS, figure_as_row, number_of
from merida.knowledge.observatory.models import Figure
from merida.knowledge.observatory.queries import figures_of_series
from merida.knowledge.observatory.series import Point, runs

LONGEST_TITLE = 120


@public_page
def series(request: HttpRequest, name: str) -> HttpResponse:
    """Show one series."""
    found = figures_of_series(actor_of(request.user), name)
    if not found:
        raise Http404(_("There is no such series of figures."))
    latest = found[-1]
    table = _table(found)
    title = latest.counted if len(latest.counted) <= LONGEST_TITLE else f"{latest.counted[:LONGEST_TITLE]}…"
    context = {
        "title": title,
        "title_language": latest.version.language,
        "facts": _facts(found),
        "chart": _chart(found, table),
        "table": table,
        "breadcrumbs": [Link(_("Observatory"), reverse("observatory")), Link(_("Figures over time"))],
    }
    data = exports.Table(
        name=f"figures-{name}",
        columns=("run", *COLUMNS),
        rows=lambda: _rows(found),
        about={"series": name},
        formats=exports.MORE_FORMATS,
    )
    return answer(request, "pages/series.html", context, data=data)


def _facts(found: Sequence[Figure]) -> list[Fact]:
    reporters = list(dict.fromkeys(one.reported_by for one in found if one.reported_by))
    return [
        Fact(_("What is counted"), " · ".join(dict.fromkeys(one.counted for one in found))),
        Fact(_("Reported by"), " · ".join(reporters) or _("the document does not say")),
    ]


def _points(found: Sequence[Figure]) -> list[Point]:
    return [
        Point(one.pk, one.as_of_date, Decimal(one.value), one.counted, one.unit)
        for one in found
        if one.as_of_date is not None
    ]


def _run_of(found: Sequence[Figure]) -> dict[int, int]:
    """Return the number of the run that each dated figure stands in, by its key."""
    return {point.key: at for at, run in enumerate(runs(_points(found)), start=1) for point in run}


def _chart(found: Sequence[Figure], table: Table) -> SeriesChart | None:
    return draw_series(
        _points(found),
        caption=_("Over time"),
        words={one.pk: f"{one.as_of}: {number_of(one)}" for one in found},
        inexact=frozenset(one.pk for one in found if one.qualifier),
        table=table,
        right_to_left=language() == "ar",
    )


def _table(found: Sequence[Figure]) -> Table:
    columns = (
        Column(_("As of")),
        Column(_("Number"), numeric=True),
        Column(_("What is counted, as printed")),
        Column(_("Comparable with the one before")),
    )
    numbered, before, rows = _run_of(found), 0, []
    for one in found:
        run = numbered.get(one.pk, 0)
        said = "" if not before else _("yes") if run == before else _("no: the definition changes")
        rows.append(
            (
                Cell(one.as_of or _("not dated"), citation=told_citation(one)),
                Cell(number_of(one)),
                Cell(one.counted, language=one.version.language),
                Cell(said if run else _("unknown: it has no date")),
            )
        )
        before = run or before
    return Table(_("Values as reported"), columns, rows)


def _rows(found: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    numbered = _run_of(found)
    for one in found:
        yield {"run": numbered.get(one.pk), **figure_as_row(one)}
