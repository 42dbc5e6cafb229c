"""What the pages of the observatory show: activities over time and by State, figures, documents, and all as rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.queries import groups_on, states_in_brief
from merida.interfaces.web.pictures.heat import Count, HeatTable, draw_heat_table
from merida.interfaces.web.pictures.tiles import Tile, TileMap, draw_tile_map
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, number, query_string, query_strings
from merida.interfaces.web.views.activities import told_citation
from merida.interfaces.web.views.home_map import OUTSIDE, UNION, map_groups
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.observatory_choices import state_names
from merida.knowledge.documents.citing import title_of
from merida.knowledge.observatory.counting import DocumentTelling
from merida.knowledge.observatory.lines import tellers_of
from merida.knowledge.observatory.models import Activity, ActivityType, Figure, GoodPractice, Recommendation, Told
from merida.knowledge.observatory.narrowing import (
    Narrowing,
    narrowed_activities,
    narrowed_figures,
    narrowed_practices,
    narrowed_recommendations,
    with_names,
)
from merida.knowledge.observatory.values import span_in_iso

COLUMNS = (
    "record", "kind", "what", "from", "to", "precision", "states", "participants", "town", "organisations",
    "provisions", "resolution", "programme", "value", "unit", "qualifier", "as_of", "reported_by", "addressee",
    "condition", "themes", "document", "language", "place", "words", "address",
)  # fmt: skip
NO_PAGE = ("page", "format")  # what a narrowed page does not keep of the address
LONGEST_WORDS = 300  # signs of a passage in a table; the whole stands beside its paragraph mark and in the files
LONGEST_WORD = 30
MOST_YEARS = 30  # columns of the picture; what is earlier is in the table and in the files
STEPS = ((20, "4"), (5, "3"), (2, "2"), (1, "1"), (0, "0"))  # at least so many activities -> shade of the map


def activity_map(request: HttpRequest, counts: Mapping[str, int], *, today: date, elsewhere: str = "") -> TileMap:
    """Return the map of the States in or for which something was done; a tile narrows the page to its State.

    With ``elsewhere``, an address that ends before the State, it leads there.
    """
    stays, names = groups_on(today), state_names(language())
    here = query_strings(request, "state", without=NO_PAGE)
    legend = {
        "4": _("20 or more"),
        "3": "5–19",
        "2": "2–4",
        "1": "1",
        "0": _("no activity told"),
    }
    marked = {count: (_step(count), _activities(count)) for count in {0, *counts.values()}}
    tiles = [
        Tile(
            one.iso3,
            names[one.iso3],
            f"{elsewhere}{one.iso3}" if elsewhere else here(one.iso3),
            UNION if one.kind == "REGIONAL_ORGANIZATION" else stays.get(one.iso3, OUTSIDE),
            *marked[counts.get(one.iso3, 0)],
        )
        for one in states_in_brief()
    ]
    return draw_tile_map(
        tiles,
        caption=_("Activities in or for each State"),
        groups=map_groups(),
        legend=legend,
        downloads=[Link("CSV", query_string(request, format="csv", page=None))],
    )


def _step(count: int) -> str:
    return next(level for least, level in STEPS if count >= least)


def _activities(count: int) -> str:
    if not count:
        return _("no activity told")
    return ngettext("%(count)s activity", "%(count)s activities", count) % {"count": number(count)}


def years_table(request: HttpRequest, counts: Mapping[tuple[str, int], int]) -> HeatTable | None:
    """Return activities by type and year, each number a way to narrow the page; None where none has a date."""
    if not counts:
        return None
    last = max(year for _kind, year in counts)
    first = max(min(year for _kind, year in counts), last - MOST_YEARS + 1)
    years = range(first, last + 1)
    labels = {code: str(label) for code, label in ActivityType.choices}
    total = Counter[str]()
    for (kind, _year), count in counts.items():
        total[kind] += count
    to_kind = query_strings(request, "type", without=NO_PAGE)
    to_year = query_strings(request, "since", "until", without=NO_PAGE)
    between = {year: f"&since={year}&until={year}" for year in years}
    to_count = query_strings(request, "type", without=(*NO_PAGE, "since", "until"))
    rows = [
        (
            Link(labels[kind], to_kind(kind), detail=number(total[kind])),
            [_count(counts.get((kind, year), 0), to_count(kind), between[year]) for year in years],
        )
        for kind in sorted(total, key=lambda code: labels[code])
    ]
    columns = [Link(str(year), to_year(year, year)) for year in years]
    return draw_heat_table(rows, caption=_("Activities by type and year"), columns=columns, corner=_("What was done"))


def _count(number: int, address: str, years: str) -> Count:
    return Count(number, address + years if number else "")


def figures_table(found: Sequence[Figure], count: int) -> Table:
    """Return figures with what is counted, those of one definition together, in the order of time."""
    columns = (
        Column(_("What is counted")),
        Column(_("As of")),
        Column(_("Number"), numeric=True),
        Column(_("Reported by")),
    )
    rows = [
        (
            Cell(one.counted, way_to_series(one), language=one.version.language, citation=told_citation(one)),
            Cell(one.as_of),
            Cell(number_of(one)),
            Cell(one.reported_by),
        )
        for one in found
    ]
    return Table(_("Figures over time, as documents define and report them"), columns, rows, note=_shown(found, count))


def way_to_series(one: Figure) -> str:
    """Return the address of the series of a figure."""
    return _series_page(one.series, get_language()) if one.series else ""


@lru_cache(1024)
def _series_page(series: str, _language: str | None) -> str:
    """Return the address of a series, which begins with the reader's language."""
    return reverse("series", args=[series])


def practices_table(
    found: Sequence[GoodPractice], count: int, tellers: Mapping[int, list[dict[str, str]]] | None = None
) -> Table:
    """Return good practices in the words of the paragraph that tells each; who told them is read where not given."""
    columns = (Column(_("What the paragraph says")), Column(_("Told by")), Column(_("Articles")))
    tellers = tellers_of(found) if tellers is None else tellers
    rows = [
        (
            _words(one),
            Cell(", ".join(in_reader_language(names) for names in tellers[one.pk])),
            Cell(", ".join(name.replace(" ", "\N{NO-BREAK SPACE}") for name in one.provisions)),
        )
        for one in found
    ]
    return Table(_("Good practices told in documents"), columns, rows, note=_shown(found, count))


def recommendations_table(found: Sequence[Recommendation], count: int) -> Table:
    """Return what was asked or concluded, in the words of the paragraph."""
    columns = (
        Column(_("What the paragraph says")),
        Column(_("What it is")),
        Column(_("Asked of")),
        Column(_("On condition")),
    )
    rows = [
        (
            _words(one),
            Cell(one.get_kind_display()),
            Cell(one.addressee, language=one.version.language if one.addressee else ""),
            Cell(one.condition, language=one.version.language if one.condition else ""),
        )
        for one in found
    ]
    return Table(_("Recommendations, conclusions and mandates"), columns, rows, note=_shown(found, count))


def _words(one: Told) -> Cell:
    words = " ".join(one.words.split())
    return Cell(cut(words), language=one.version.language, citation=told_citation(one))


def cut(words: str) -> str:
    """Return the beginning of long words, not cut within a word where the language sets spaces."""
    if len(words) <= LONGEST_WORDS:
        return words
    end = words.rfind(" ", LONGEST_WORDS - LONGEST_WORD, LONGEST_WORDS + 1)
    return f"{words[: end if end > 0 else LONGEST_WORDS]}…"


def _shown(found: Sequence[object], count: int) -> str:
    """Return the words which say that a table holds only some of all."""
    if count <= len(found):
        return ""
    numbers = {"shown": number(len(found)), "count": number(count)}
    return _("%(shown)s of %(count)s are shown; the files below hold all.") % numbers


def number_of(one: Figure) -> str:
    """Return the number as it was reported: with "at least" and its unit, nothing rounded."""
    said = one.get_qualifier_display() if one.qualifier else ""
    return " ".join(part for part in (said, one.value, one.unit) if part)


def documents_table(found: Sequence[DocumentTelling], count: int) -> Table:
    """Return the documents that tell most."""
    columns = (Column(_("Document")), Column(_("Date")), Column(_("Activities"), numeric=True))
    rows = [
        (
            Cell(
                title_of(one.document, language()) or one.document.symbol or one.document.slug,
                reverse("document", args=[one.document.slug]),
                detail=one.document.symbol,
            ),
            Cell(iso_date(one.document.document_date) if one.document.document_date else ""),
            Cell(number(one.count)),
        )
        for one in found
    ]
    return Table(_("Documents that tell of it"), columns, rows, note=_shown(found, count))


def rows_of(actor: Actor, wanted: Narrowing, *, site: str) -> Iterator[dict[str, Any]]:
    """Return all that is narrowed to as rows of a file; their addresses lead to ``site``, from wherever the file is."""
    acts = with_names(narrowed_activities(actor, wanted))
    rows = chain(
        map(activity_as_row, acts),
        map(figure_as_row, narrowed_figures(actor, wanted)),
        map(practice_as_row, narrowed_practices(actor, wanted)),
        map(recommendation_as_row, narrowed_recommendations(actor, wanted)),
    )
    return ({**row, "address": urljoin(site, row["address"])} for row in rows)


def activity_as_row(one: Activity) -> dict[str, Any]:
    """Return an activity as a row."""
    begin, end = span_in_iso(one.from_date, one.to_date) if one.from_date and one.to_date else ("", "")
    return {
        "kind": "ACTIVITY",
        "what": one.type,
        "from": begin,
        "to": end,
        "precision": one.precision,
        "states": sorted(state.iso3 for state in one.states.all()),
        "participants": sorted(state.iso3 for state in one.participants.all()),
        "town": one.town,
        "organisations": sorted(each.code for each in one.organisations.all()),
        "provisions": one.provisions,
        "resolution": one.resolution,
        "programme": one.programme,
        "themes": sorted(theme.code for theme in one.themes.all()),
        **_evidence(one),
    }


def figure_as_row(one: Figure) -> dict[str, Any]:
    """Return a figure as a row."""
    return {
        "kind": "FIGURE",
        "what": one.counted,
        "value": one.value,
        "unit": one.unit,
        "qualifier": one.qualifier,
        "as_of": one.as_of,
        "reported_by": one.reported_by,
        "themes": sorted(theme.code for theme in one.themes.all()),
        **_evidence(one),
    }


def practice_as_row(one: GoodPractice) -> dict[str, Any]:
    """Return a good practice as a row: what it is stands in ``words``."""
    return {
        "kind": "GOOD_PRACTICE",
        "states": sorted(state.iso3 for state in one.states.all()),
        "organisations": sorted(each.code for each in one.organisations.all()),
        "provisions": one.provisions,
        "themes": sorted(theme.code for theme in one.themes.all()),
        **_evidence(one),
    }


def recommendation_as_row(one: Recommendation) -> dict[str, Any]:
    """Return what was asked or concluded as a row."""
    return {
        "kind": "RECOMMENDATION",
        "what": one.kind,
        "addressee": one.addressee,
        "condition": one.condition,
        "themes": sorted(theme.code for theme in one.themes.all()),
        **_evidence(one),
    }


def _evidence(one: Told) -> dict[str, Any]:
    cited = told_citation(one)
    return {
        "record": str(one.uuid),
        "document": cited.symbol,
        "language": cited.language,
        "place": one.place,
        "words": one.words,
        "address": cited.url,
    }
