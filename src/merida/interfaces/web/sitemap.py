"""What search engines are told: every public page in six languages, each with the same page in the others."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from merida.cooperation.mandates.queries import resolutions_with_mandates
from merida.cooperation.mandates.report_queries import reports_list
from merida.cooperation.meetings.queries import meetings
from merida.foundation.access.visibility import ANYBODY
from merida.foundation.registry import figures, queries
from merida.knowledge.crosswalk import queries as crosswalk
from merida.knowledge.documents.queries import documents_list, resolutions_known_to
from merida.knowledge.observatory.narrowing import themes_known
from merida.knowledge.observatory.queries import series_seen
from merida.review.draws.queries import draws_list
from merida.review.questionnaires.queries import questionnaires as questionnaires_seen
from merida.review.synergies.queries import states_with_visits, visits_seen

PAGES = 1000  # addresses a file: an engine asks for one file at a time


class Section(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """The pages of one kind: the name of their address, and the slugs that stand in it."""

    i18n = True
    alternates = True
    limit = PAGES

    def __init__(self, page: str, slugs: Callable[[], Iterable[str]]) -> None:
        self.page, self.slugs = page, slugs

    def items(self) -> list[str]:
        """Return the slugs."""
        return list(self.slugs())

    def location(self, item: str) -> str:
        """Return the address of an item's page in the active language."""
        return reverse(self.page, args=item.split("/", 1))


def _slugs(rows: Callable[[], Any]) -> Callable[[], Iterable[str]]:
    return lambda: rows().values_list("slug", flat=True)


SECTIONS = {
    "states": Section("state", _slugs(queries.states_list)),
    "instruments": Section("instrument", _slugs(queries.instruments_list)),
    "provisions": Section("provision", _slugs(queries.provisions_list)),
    "mechanisms": Section("mechanism", lambda: [one.slug for one in figures.mechanisms_list()]),
    "resolutions": Section("resolution", _slugs(lambda: resolutions_known_to(ANYBODY))),
    "mandates": Section("mandates", _slugs(lambda: resolutions_with_mandates(ANYBODY))),
    "reports": Section("report", lambda: [str(uuid) for uuid in reports_list(ANYBODY).values_list("uuid", flat=True)]),
    "organisations": Section("organisation", _slugs(queries.organisations_list)),
    "crosswalk": Section("crosswalk_clause", lambda: crosswalk.clauses_of_own().values_list("slug", flat=True)),
    "crosswalk-pairs": Section("crosswalk_between", crosswalk.pairs_joined),
    "themes": Section("theme", lambda: [one.slug for one in themes_known()]),
    "figures": Section("series", lambda: series_seen(ANYBODY)),
    "draws": Section("draw", _slugs(lambda: draws_list(ANYBODY))),
    "calendars": Section("state_calendar", lambda: states_with_visits(ANYBODY)),
    "visits": Section("visit", lambda: [str(uuid) for uuid in visits_seen(ANYBODY).values_list("uuid", flat=True)]),
    "meetings": Section("meeting", _slugs(lambda: meetings(ANYBODY))),
    "questionnaires": Section("questionnaire", lambda: [one.code for one in questionnaires_seen(ANYBODY)]),
    "documents": Section("document", _slugs(lambda: documents_list(ANYBODY))),
}


def robots(request: HttpRequest) -> HttpResponse:
    """Welcome search engines to the pages, and keep them out of endless combinations and of accounts."""
    lines = (
        "User-agent: *",
        *(f"Disallow: /*/{place}" for place in ("account/", "search/", "desk/", "observatory/compare/")),
        "Disallow: /api/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def engine_patterns() -> Iterable[URLPattern]:
    """Return the customary addresses that search engines ask for."""
    known = {"sitemaps": SECTIONS}
    return (
        path("robots.txt", robots, name="robots"),
        path("sitemap.xml", views.index, known | {"sitemap_url_name": "sitemap-section"}, name="sitemap"),
        path("sitemap-<section>.xml", views.sitemap, known, name="sitemap-section"),
    )
