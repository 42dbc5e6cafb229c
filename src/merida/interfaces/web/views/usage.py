"""How much the site is used: months with their growth, pages, countries, and what was sought in vain. For the staff."""

from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from merida.exchange.outputs.tables import Row
from merida.exchange.usage.growth import Month
from merida.exchange.usage.models import UseKind
from merida.exchange.usage.queries import Compared, Statistics, statistics
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.registry.queries import states_list
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import month_year, number, percent
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.naming import in_reader_language

COLUMNS = ("what", "month", "name", "count", "year_before", "growth")
SIGNED = "\u200e"  # the mark that keeps a sign before its number in Arabic
MONTHS_SHOWN = 24  # on the page; the files hold all
KINDS = (UseKind.VISIT, UseKind.PAGE, UseKind.SEARCH, UseKind.EMPTY_SEARCH, UseKind.DOWNLOAD)
# Names of address patterns in words; what is missing here is shown by its name.
NAMES = {
    "home": gettext_lazy("Home"),
    "states": gettext_lazy("States"),
    "state": gettext_lazy("State"),
    "instruments": gettext_lazy("Treaties"),
    "instrument": gettext_lazy("Treaty"),
    "provision": gettext_lazy("Provision"),
    "crosswalk": gettext_lazy("Crosswalk"),
    "mechanisms": gettext_lazy("Mechanisms"),
    "mechanism": gettext_lazy("Mechanism"),
    "meetings": gettext_lazy("Meetings"),
    "meeting": gettext_lazy("Meeting"),
    "participation": gettext_lazy("Participation"),
    "draws": gettext_lazy("Drawing of lots"),
    "draw": gettext_lazy("Draw"),
    "timetables": gettext_lazy("Timetables"),
    "timetable": gettext_lazy("Timetable"),
    "questionnaires": gettext_lazy("Questionnaires"),
    "questionnaire": gettext_lazy("Questionnaire"),
    "resolutions": gettext_lazy("Resolutions"),
    "resolution": gettext_lazy("Resolution"),
    "organisations": gettext_lazy("Organizations"),
    "organisation": gettext_lazy("Organization"),
    "documents": gettext_lazy("Documents"),
    "reader": gettext_lazy("Document"),
    "observatory": gettext_lazy("Observatory"),
    "theme": gettext_lazy("Theme"),
    "compare": gettext_lazy("Practices side by side"),
    "series": gettext_lazy("Figures over time"),
    "submissions": gettext_lazy("Submissions by States"),
    "digests": gettext_lazy("News by e-mail"),
    "reports": gettext_lazy("Reports"),
    "report": gettext_lazy("Report"),
    "calendar": gettext_lazy("Calendar of visits"),
    "search": gettext_lazy("Search"),
    "data": gettext_lazy("Data"),
    "curation": gettext_lazy("Proposals"),
    "answer_desks": gettext_lazy("My desk"),
}


@cache_control(private=True, no_store=True)
def usage(request: HttpRequest) -> HttpResponse:
    """Show the statistics of use. Raises PermissionDenied for whom they are not for."""
    actor = actor_of(request.user)
    if not may(actor, Deed.SEE_USAGE):
        raise PermissionDenied
    found = statistics(actor, timezone.now().date())
    states = _state_names() if found.countries else {}
    context = {
        "found": found,
        "months": _months(found.months[:MONTHS_SHOWN]),
        "pages": _compared(_("Pages of the last 365 days"), _("Page"), found.pages, NAMES),
        "countries": _compared(_("Visits of the last 365 days by country"), _("Country"), found.countries, states),
        "sought": _sought(found),
        "breadcrumbs": [Link(_("Statistics of use"))],
    }
    data = exports.Table("usage", COLUMNS, lambda: rows(found))
    return answer(request, "pages/usage.html", context, data=data)


def rows(found: Statistics) -> Iterator[Row]:
    """Yield the statistics as rows of a file: months by kind, then pages, countries and words."""
    for month in found.months:
        for kind in KINDS:
            yield {
                "what": kind.value,
                "month": f"{month.first:%Y-%m}",
                "count": month.counts.get(kind, 0),
                "year_before": None if month.before is None else month.before.get(kind, 0),
                "growth": _rounded(month.growth(kind)),
            }
    for what, compared in (("PAGE_OF_YEAR", found.pages), ("COUNTRY_OF_YEAR", found.countries)):
        for one in compared:
            growth = _rounded(one.growth)
            yield {"what": what, "name": one.name, "count": one.count, "year_before": one.before, "growth": growth}
    for sought in found.sought:
        yield {
            "what": "DAYS_SOUGHT_IN_VAIN",
            "month": f"{sought.quarter:%Y-%m}",
            "name": sought.words,
            "count": sought.days,
        }


def _rounded(growth: float | None) -> float | None:
    return None if growth is None else round(growth, 4)


def _growth(value: float | None) -> str:
    if value is None:
        return ""
    return f"{SIGNED}{'+' if value > 0 else ''}{percent(value)}"


def _months(months: Sequence[Month]) -> Table:
    columns = (Column(_("Month")), *(Column(str(kind.label), numeric=True) for kind in KINDS))
    shown = [(_month(one), *(_count(one.counts.get(kind, 0), one.growth(kind)) for kind in KINDS)) for one in months]
    note = _("Beside a number: growth against the same days of the year before.")
    return Table(_("Use by month"), columns, shown, note=note)


def _month(one: Month) -> Cell:
    return Cell(month_year(one.first), detail=_("until today") if one.running else "")


def _count(count: int, growth: float | None) -> Cell:
    return Cell(number(count), detail=_growth(growth))


def _compared(caption: str, label: str, found: Sequence[Compared], names: Mapping[str, object]) -> Table:
    columns = (Column(label), Column(_("Times"), numeric=True))
    shown = [(Cell(str(names.get(one.name, one.name))), _count(one.count, one.growth)) for one in found]
    return Table(caption, columns, shown)


def _state_names() -> dict[str, str]:
    """Return the names of States in the reader's language by both of their codes."""
    states = list(states_list())
    return {code: in_reader_language(one.names, one.iso3) for one in states for code in (one.iso2, one.iso3)}


def _sought(found: Statistics) -> Table:
    columns = (Column(_("Words")), Column(_("Quarter from")), Column(_("Days"), numeric=True))
    shown = [(Cell(one.words), Cell(month_year(one.quarter)), Cell(number(one.days))) for one in found.sought]
    empty = _("No words were sought in vain on five days of a quarter.")
    return Table(_("Words that found nothing"), columns, shown, empty=empty)
