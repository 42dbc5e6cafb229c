"""Every component with fictional content, in all six languages: what a page may be made of."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from merida.interfaces.web.languages import LANGUAGES, content_language, direction
from merida.interfaces.web.pictures.heat import Count, HeatTable, draw_heat_table
from merida.interfaces.web.pictures.strip import Part, Strip, draw_strip
from merida.interfaces.web.pictures.tiles import Tile, TileMap, draw_tile_map
from merida.interfaces.web.pictures.timeline import Event, Lane, Timeline, draw_timeline
from merida.interfaces.web.pieces import (
    Cell,
    Citation,
    Column,
    Facet,
    FacetOption,
    Fact,
    LanguageVersion,
    Link,
    Pages,
    Result,
    Table,
)
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.styleguide_lanes import sample_lanes

SAMPLE_DATE = date(2004, 8, 3)
SAMPLE_SYMBOL = "SAMPLE/2030/1"


@public_page
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with sample content."""
    pieces = {
        "breadcrumbs": [Link(_("States"), "#"), Link(_("Sample State"))],
        "contents": [Link(_("Treaties"), "#timeline", "3", current=True), Link(_("Documents"), "#results", "12")],
        "facts": _facts(),
        "chips": [Link(_("Sample mechanism"), "#", "2011–"), Link(_("African States"), "#")],
        "downloads": [Link("CSV", "?format=csv"), Link("JSON", "?format=json")],
        "table": _table(),
        "facets": _facets(),
        "scopes": [Link(_("Everywhere"), "", current=True), Link(_("Documents"), "documents")],
        "results": _results(),
        "pages": Pages(number=2, total=7, count=134, previous_url="#results", next_url="#results"),
        "versions": _versions(),
        "mentions": _mentions(),
        "sample_date": SAMPLE_DATE,
    }
    lanes, lanes_table = sample_lanes()
    timetable = {"lanes": lanes, "lanes_table": lanes_table}
    return render(request, "styleguide.html", pieces | _pictures() | timetable)


def _citation(confidence: str = "SOURCED") -> Citation:
    words = _("Sample State told the Working Group that a register had been opened.")
    return Citation(SAMPLE_SYMBOL, "15", content_language(), "#mentions", words, confidence=confidence)


def _facts() -> list[Fact]:
    return [
        Fact(_("Party since"), "2004-08-03", citation=_citation()),
        Fact(_("Signed"), "2003-12-09", citation=_citation("RECALLED")),
        Fact(_("Regional group"), links=(Link(_("African States"), "#tile-map"),)),
    ]


def _table() -> Table:
    columns = (
        Column(_("Treaty"), sort_url="#table", sorted="ascending"),
        Column(_("From")),
        Column(_("Mentions"), True),
    )
    rows = [
        (Cell(_("Sample Convention"), "#table"), Cell("2004-08-03", citation=_citation()), Cell("128")),
        (Cell(_("Second Sample Convention"), "#table"), Cell("2011-01-30"), Cell("7")),
    ]
    return Table(
        _("Treaties of Sample State"), columns, rows, [Link("CSV", "?format=csv"), Link("JSON", "?format=json")]
    )


def _facets() -> list[Facet]:
    return [
        Facet(
            _("Language"),
            [FacetOption(each.name, 40 - 5 * at, "#facets", at == 1) for at, each in enumerate(LANGUAGES)],
        ),
        Facet(_("Year"), [FacetOption("2030", 12, "#facets"), FacetOption("2029", 1204, "#facets")], "#facets"),
    ]


def _results() -> list[Result]:
    snippet = [(_("A State that opens a"), False), (_("register"), True), (_("tells the others how."), False)]
    spaced = [piece for text, found in snippet for piece in ((text, found), (" ", False))]
    others = [Link(each.name, "#results", language=each.code) for each in LANGUAGES if each.code != content_language()]
    first = Result(_("Document"), SAMPLE_SYMBOL, "#results", "15", spaced, content_language(), others=others)
    return [first, Result(_("State"), _("Sample State"), "#results", details=[Link(_("African States"))])]


def _versions() -> list[LanguageVersion]:
    states = {"en": "ORIGINAL", "fr": "TRANSLATION", "zh": "TRANSLATION", "ar": "MACHINE_DRAFT"}
    return [
        LanguageVersion(each.code, states.get(each.code, "MISSING"), "#tabs" * (each.code in states), each.code == "en")
        for each in LANGUAGES
    ]


def _mentions() -> list[tuple[str, str, str]]:
    return [
        ("STATE", _("Sample State"), _("States")),
        ("PROVISION", _("article 99"), _("Articles")),
        ("RESOLUTION", _("resolution 99/9"), _("Resolutions")),
        ("ORGANISATION", _("Sample Organization"), _("Organizations")),
        ("DATE", _("November 2030"), _("Dates")),
        ("TERRITORY", _("Sample Island"), _("Territories")),
        ("SYMBOL", SAMPLE_SYMBOL, _("Documents")),
    ]


def _pictures() -> dict[str, Timeline | TileMap | HeatTable | Strip]:
    mirrored = direction(content_language()) == "rtl"
    return {
        "timeline": draw_timeline(
            _lanes(), caption=_("Sample State and its treaties"), today=date(2027, 6, 1), right_to_left=mirrored
        ),
        "map": _map(),
        "heat": _heat(),
        "strip": draw_strip(
            [Part(_("in one mechanism"), 26, 1), Part(_("in two"), 18, 2), Part(_("in three"), 9, 3)],
            caption=_("Sample States by number of mechanisms"),
            right_to_left=mirrored,
        ),
    }


def _lanes() -> list[Lane]:
    signed = Event(_("signed"), date(2003, 12, 9), tone="STEP")
    joined = Event(_("became a party"), SAMPLE_DATE, citation=_citation())
    recalled = Event(_("became a party"), date(2009, 5, 1), tone="HOLLOW", citation=_citation("RECALLED"))
    cycle = Event(_("first cycle"), date(2011, 6, 1), date(2014, 3, 1), tone="DONE")
    member = Event(_("member"), date(2018, 1, 1), open_ended=True, tone="WORK")
    return [
        Lane(_("Sample Convention"), [signed, joined, cycle]),
        Lane(_("Second Sample Convention"), [recalled]),
        Lane(_("Sample mechanism"), [member]),
    ]


def _map() -> TileMap:
    groups = {"AFRICA": _("African States"), "NONE": _("Without group")}
    legend = {"4": _("party"), "0": _("not a party")}
    codes = [f"X{first}{second}" for first in "AB" for second in "ABCDEF"]
    tiles = [
        Tile(
            code,
            _("Sample State %(code)s") % {"code": code},
            "#tile-map",
            "AFRICA",
            "0" if code in {"XAC", "XBB"} else "4",
        )
        for code in codes
    ]
    alone = Tile("XZZ", _("Sample Union"), "#tile-map", "NONE", "4")
    return draw_tile_map([*tiles, alone], caption=_("Parties to the Sample Convention"), groups=groups, legend=legend)


def _heat() -> HeatTable:
    rows = [
        (Link("5", "#heat", _("Policies")), [Count(0), Count(3, "#heat"), Count(12, "#heat")]),
        (Link("6", "#heat", _("Bodies")), [Count(7, "#heat"), Count(1, "#heat"), Count(0)]),
    ]
    columns = [Link("2028"), Link("2029"), Link("2030")]
    return draw_heat_table(rows, caption=_("Paragraphs by article and year"), columns=columns, corner=_("Article"))
