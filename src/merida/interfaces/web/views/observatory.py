"""The observatory: what documents tell, by theme, State, provision, type and years, each with its paragraph."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.exchange.curation.queries import unconfirmed_count
from merida.foundation.access.actors import actor_of
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import number, query_of
from merida.interfaces.web.views import observatory_pieces as pieces
from merida.interfaces.web.views.activities import activities_table, activities_timeline
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.comparing import way_to_comparison
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import numbered_page, pages_of
from merida.interfaces.web.views.naming import citation_of
from merida.interfaces.web.views.observatory_choices import Asked, asked, choices_of, line_of, selects, theme_name
from merida.interfaces.web.views.submission_pieces import submissions_table
from merida.interfaces.web.views.ways import way_to_provision
from merida.knowledge.observatory import narrowing
from merida.knowledge.observatory.counting import counts_of
from merida.knowledge.observatory.lines import Lines
from merida.knowledge.observatory.models import Theme
from merida.knowledge.observatory.passages import passages_of
from merida.knowledge.observatory.submissions import submissions

MOST_MARKS = 60  # activities drawn one by one; above, they are counted by year
MOST_PASSAGES = 30  # figures, practices and recommendations in their words; all of them are in the data


@public_page
def observatory(request: HttpRequest) -> HttpResponse:
    """Show all themes, and what is told of what the reader chose."""
    scheme = narrowing.themes_known()
    wanted = asked(request, scheme)
    context = {
        "title": _("Observatory"),
        "lead": _(
            "Who did what, where and when, and which number was reported: each with the paragraph that tells it."
        ),
        "breadcrumbs": [Link(_("Observatory"))],
        "unconfirmed": 0 if wanted.any else unconfirmed_count(actor_of(request.user)),
    }
    return _subject(request, wanted, scheme, context, name="observatory", themes=True)


@public_page
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a theme with all narrower ones."""
    scheme = narrowing.themes_known()
    found = next((one for one in scheme if one.slug == slug), None)
    if found is None:
        raise Http404(_("There is no theme with this name."))
    wanted = asked(request, scheme, theme=found)
    line = line_of(found, {one.pk: one for one in scheme})
    context = {
        "title": theme_name(found),
        "facts": _facts(found, scheme),
        "breadcrumbs": [
            Link(_("Observatory"), reverse("observatory")),
            *(Link(theme_name(one), reverse("theme", args=[one.slug])) for one in line[:-1]),
            Link(theme_name(found)),
        ],
    }
    return _subject(request, wanted, scheme, context, name=f"theme-{found.slug}", theme=found)


def _subject(
    request: HttpRequest,
    wanted: Asked,
    scheme: Sequence[Theme],
    context: dict[str, Any],
    *,
    name: str,
    theme: Theme | None = None,
    themes: bool = False,
) -> HttpResponse:
    actor, today = actor_of(request.user), timezone.now().date()
    data = exports.Table(
        name=name,
        columns=pieces.COLUMNS,
        rows=lambda: pieces.rows_of(actor, wanted.narrowing, site=request.build_absolute_uri("/")),
        about={"about": name},
        formats=exports.MORE_FORMATS,
    )
    if request.GET.get("format") in exports.MORE_FORMATS:
        return answer(request, "", {}, data=data)
    counts = counts_of(actor, wanted.narrowing)
    count, telling = counts.total, counts.documents
    page = numbered_page(request, Lines(counts.latest_first))
    shown = list(page.object_list)
    told = passages_of(actor, wanted.narrowing, MOST_PASSAGES)
    narrowed = wanted.narrowing
    handed_in = list(submissions(actor, state=narrowed.state, themes=narrowed.themes)[:MOST_PASSAGES]) if theme else []
    whole = count <= len(shown)
    context |= {
        "asked": wanted,
        "feed": reverse("observatory_feed") + query_of(choices_of(wanted)),
        "submissions": submissions_table(handed_in),
        "all_submissions": reverse("submissions"),
        "news": reverse("digests") + query_of(choices_of(wanted)),
        "compared": way_to_comparison(**_comparison_of(theme, wanted)),
        "selects": selects(request, scheme, theme=theme),
        "count": count,
        "themes": _themes_table(scheme, counts.by_theme) if themes else None,
        "timeline": activities_timeline(shown, today=today) if whole and count <= MOST_MARKS else None,
        "years": pieces.years_table(request, counts.by_type_and_year),
        "map": pieces.activity_map(request, counts.by_state, today=today),
        "activities": activities_table(shown, states=True),
        "pages": pages_of(request, page, part="#activities"),
        "figures": pieces.figures_table(told.figures, told.figure_count) if told.figures else None,
        "practices": pieces.practices_table(told.practices, told.practice_count, told.tellers)
        if told.practices
        else None,
        "recommendations": pieces.recommendations_table(told.recommendations, told.recommendation_count)
        if told.recommendations
        else None,
        "documents": pieces.documents_table(telling, counts.document_count) if telling else None,
        "contents": _contents(
            themes=themes,
            counted=(
                counts.total,
                told.figure_count,
                told.practice_count,
                told.recommendation_count,
                counts.document_count,
            ),
        ),
    }
    return answer(request, "pages/observatory.html", context, data=data)


def _comparison_of(theme: Theme | None, wanted: Asked) -> dict[str, str]:
    given = {"theme": theme.code if theme else "", "state": wanted.narrowing.state, "provision": wanted.provision}
    return {name: value for name, value in given.items() if value}


def _theme_of(theme: Theme | None) -> dict[str, str]:
    return {"theme": theme.code} if theme else {}


def _contents(*, themes: bool, counted: tuple[int, ...]) -> list[Link]:
    parts = (
        (_("Activities"), "#activities"),
        (_("Figures"), "#figures"),
        (_("Good practices"), "#practices"),
        (_("Recommendations"), "#recommendations"),
        (_("Documents"), "#documents"),
    )
    return [
        *([Link(_("Themes"), "#themes")] if themes else []),
        Link(_("Over time"), "#time"),
        Link(_("By State"), "#map"),
        *(Link(name, way, detail=number(count)) for (name, way), count in zip(parts, counted, strict=True)),
    ]


def _facts(found: Theme, scheme: Sequence[Theme]) -> list[Fact]:
    narrower = [one for one in scheme if one.broader_id == found.pk]
    links = (
        (_("Narrower themes"), [Link(theme_name(one), reverse("theme", args=[one.slug])) for one in narrower]),
        (_("Articles"), [Link(key, way_to_provision(key)) for key in found.provisions]),
        (_("Same concept elsewhere"), [Link(str(one)) for one in found.exact_match]),
    )
    return [
        Fact(label, links=tuple(listed), citation=citation_of(found) if label == links[-1][0] else None)
        for label, listed in links
        if listed
    ]


def _themes_table(scheme: Sequence[Theme], counts: Mapping[str, int]) -> Table:
    """Return the broadest themes with how many activities carry one of their branch."""
    columns = (Column(_("Theme")), Column(_("Narrower themes")), Column(_("Activities"), numeric=True))
    rows = []
    for one in scheme:
        if one.broader_id is None:
            inside = narrowing.branch_of(one, scheme)
            narrower = " · ".join(theme_name(each) for each in scheme if each.broader_id == one.pk)
            named = sum(counts.get(code, 0) for code in inside)
            rows.append((Cell(theme_name(one), reverse("theme", args=[one.slug])), Cell(narrower), Cell(number(named))))
    note = _("An activity with several themes of a branch counts for each.")
    return Table(_("Themes"), columns, rows, note=note)
