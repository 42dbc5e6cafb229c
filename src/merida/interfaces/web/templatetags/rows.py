"""The parts of components that stand hundreds of times on a page, drawn by one tag: ``{% load rows %}``.

A template asks again for every variable of every row; here a row is one pattern. Every text from outside passes
``escape``.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString

from merida.interfaces.web.escaping import as_text
from merida.interfaces.web.languages import content_language, direction
from merida.interfaces.web.pictures.heat import Shade
from merida.interfaces.web.pictures.tiles import Tile, TileGroup
from merida.interfaces.web.pieces import Cell, Column, FacetOption, Fact, Link, Table
from merida.interfaces.web.templatetags.kept import citation_mark
from merida.interfaces.web.templatetags.words import number, number_in

register = template.Library()

NUMERIC = ' class="numeric"'
LANGUAGE = ' lang="{}" dir="{}"'
LINKED = '<a href="{}">{}</a>'
DATED = re.compile(r"\d{4}-\d\d(-\d\d)?")
DETAIL = ' <span class="quiet">{}</span>'
PLAIN_OPTION = '<option value="{}"{}>{}</option>'
OPTION = '<option value="{}"{}>{} ({})</option>'
FACT = "<div><dt>{}</dt><dd>{}{}{}</dd></div>\n"
COLUMN = '<th scope="col"{}{}>{}</th>\n'
SORTED = ' aria-sort="{}"'
SORT_LINK = '<a href="{}">{}<span class="sort-mark" aria-hidden="true"></span></a>'

TILE = (
    '<li><a class="tile level-{level}" href="{url}" title="{words}">'
    '<span aria-hidden="true">{code}</span><span class="unseen">{words}</span></a></li>'
)

KEPT_TILES = 1200  # of about 500 bytes: a map in six languages and what little changes from year to year

KEPT_OPTIONS = 4096  # of about 300 bytes: documents name the same things about as often

SHADE = '<td class="numeric step-{}">{}</td>'


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """Return the rows of a table; the first cell of each is its heading."""
    numeric = [NUMERIC if column.numeric else "" for column in table.columns]
    return SafeString("".join([_row(row, numeric) for row in table.rows]))


def _row(row: Sequence[Cell], numeric: Sequence[str]) -> str:
    heading, *values = [
        f"{kind if not cell.language else kind + _language(cell.language)}>{_content(cell)}"
        for kind, cell in zip(numeric, row, strict=True)
    ]
    cells = "".join([f"<td{value}</td>\n" for value in values])
    return f'<tr>\n<th scope="row"{heading}</th>\n{cells}</tr>\n'


def _language(code: str) -> str:
    return LANGUAGE.format(escape(code), direction(code))


def _content(cell: Cell) -> str:
    given, url, detail, _language, citation, gone = cell
    text = as_text(str(given))
    dated = text[:1].isdecimal() and DATED.fullmatch(text)  # a date does not break at its hyphens
    shown = f'<bdi class="date">{text}</bdi>' if dated else f"<bdi>{text}</bdi>"
    if gone:
        shown = f"<del>{shown}</del>"
    if url:
        shown = LINKED.format(escape(url), shown)
    if detail:
        shown += DETAIL.format(as_text(detail))
    return f"{shown} {citation_mark(citation)}" if citation else shown


@register.simple_tag
def column_heads(columns: Sequence[Column]) -> SafeString:
    """Return the heads of the columns of a table; those it can be sorted by are links."""
    return SafeString("".join(map(_head, columns)))


def _head(column: Column) -> str:
    label = as_text(str(column.label))
    shown = SORT_LINK.format(escape(column.sort_url), label) if column.sort_url else label
    kind = NUMERIC if column.numeric else ""
    return COLUMN.format(kind, SORTED.format(escape(column.sorted)) if column.sorted else "", shown)


@register.simple_tag
def fact_lines(facts: Sequence[Fact]) -> SafeString:
    """Return the lines of a list of facts: each with its value or its links, and where it stands."""
    return SafeString("".join(map(_fact, facts)))


def _fact(fact: Fact) -> str:
    shown = " · ".join(map(_linked, fact.links)) if fact.links else _linked(Link(str(fact.value), fact.url))
    detail = DETAIL.format(as_text(fact.detail)) if fact.detail else ""
    mark = f" {citation_mark(fact.citation)}" if fact.citation else ""
    return FACT.format(as_text(str(fact.label)), shown, detail, mark)


def _linked(link: Link) -> str:
    text = f"<bdi>{as_text(link.text)}</bdi>"
    shown = LINKED.format(escape(link.url), text) if link.url else text
    return shown + DETAIL.format(as_text(link.detail)) if link.detail else shown


@register.simple_tag
def counted_options(options: Sequence[FacetOption]) -> SafeString:
    """Return the values of a select, each with its count; the ``url`` of an option is its value."""
    code = content_language()  # asked once: a page offers a hundred values
    return SafeString("".join([_option(one.url, one.text, one.count, one.selected, code) for one in options]))


@lru_cache(KEPT_OPTIONS)
def _option(value: str, text: str, count: int, selected: bool, code: str) -> str:
    chosen = " selected" if selected else ""
    return OPTION.format(escape(value), chosen, escape(text), number_in(count, code))


@register.simple_tag
def plain_options(options: Sequence[Link]) -> SafeString:
    """Return the values of a select; the ``url`` of an option is its value."""
    return SafeString(
        "".join(
            PLAIN_OPTION.format(escape(one.url), " selected" if one.current else "", escape(one.text))
            for one in options
        )
    )


@register.simple_tag
def heat_shades(shades: Sequence[Shade]) -> SafeString:
    """Return the counts of one row of a heat table."""
    return SafeString("".join(map(_shade, shades)))


def _shade(one: Shade) -> str:
    shown = number(one.count.number)
    linked = one.count.url and one.count.number
    return SHADE.format(one.step, LINKED.format(escape(one.count.url), shown) if linked else shown)


@register.simple_tag
def tiles(group: TileGroup) -> SafeString:
    """Return the tiles of one group of the map."""
    return SafeString("".join(map(_tile, group.tiles)))


@lru_cache(KEPT_TILES)
def _tile(tile: Tile) -> str:
    words = escape(f"{tile.name}: {tile.words}" if tile.words else tile.name)
    return TILE.format(level=escape(tile.level), url=escape(tile.url), words=words, code=escape(tile.code))
