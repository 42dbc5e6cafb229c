"""The tile map: one tile a State, grouped by regional group, with its legend and the same as a table.

Borders are politics and a shape is not a measure: every State has one tile of one size. Within a group tiles stand
in the order given; by code, a State keeps its place when the reader changes the language.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Cell, Column, Link, Table


@dataclass(frozen=True, slots=True)
class Tile:
    """One State: three-letter code, name and address, ``level`` (key of the legend), what that means in words."""

    code: str
    name: str
    url: str
    group: str
    level: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a shade means, and how many tiles have it."""

    level: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class TileGroup:
    """A regional group and its tiles."""

    title: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class TileMap:
    """The picture: groups of tiles, legend, table twin."""

    caption: str
    groups: tuple[TileGroup, ...]
    legend: tuple[LegendEntry, ...]
    table: Table


def draw_tile_map(
    tiles: Sequence[Tile],
    *,
    caption: str,
    groups: Mapping[str, str],
    legend: Mapping[str, str],
    downloads: Sequence[Link] = (),
) -> TileMap:
    """Return the picture. ``groups``: code -> title in the order to show; ``legend``: level -> text.

    A tile of a group that ``groups`` does not name raises KeyError: no State may vanish from the map.
    """
    members: dict[str, list[Tile]] = {code: [] for code in groups}
    for tile in tiles:
        members[tile.group].append(tile)
    counts = Counter(tile.level for tile in tiles)
    return TileMap(
        caption=caption,
        groups=tuple(TileGroup(groups[code], tuple(inside)) for code, inside in members.items() if inside),
        legend=tuple(LegendEntry(level, text, counts[level]) for level, text in legend.items()),
        table=_table(tiles, caption, groups, legend, downloads),
    )


def _table(
    tiles: Sequence[Tile],
    caption: str,
    groups: Mapping[str, str],
    legend: Mapping[str, str],
    downloads: Sequence[Link],
) -> Table:
    columns = (Column(_("State")), Column(_("Code")), Column(_("Regional group")), Column(_("On the map")))
    rows = [
        (Cell(tile.name, tile.url), Cell(tile.code), Cell(groups[tile.group]), Cell(tile.words or legend[tile.level]))
        for tile in tiles
    ]
    return Table(caption, columns, rows, downloads)
