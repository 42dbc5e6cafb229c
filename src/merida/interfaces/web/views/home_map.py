"""The map of the home page: which layer is asked for, and each State's place in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.figures import consents_at, mechanisms_known, participation_at
from merida.foundation.registry.queries import groups_on, regional_groups_known, states_in_brief
from merida.interfaces.web.languages import content_language, in_language
from merida.interfaces.web.pictures.tiles import Tile, TileMap, draw_tile_map
from merida.interfaces.web.templatetags.words import long_date, long_date_in, number
from merida.interfaces.web.views.naming import short_mechanism
from merida.interfaces.web.views.ways import way_to

PARTIES, MECHANISMS = "parties", "mechanisms"
FIRST_YEAR = 2003  # the Convention was opened for signature
CONVENTION = "UNCAC"
UNION, OUTSIDE = "UNION", "OUTSIDE"


@dataclass(frozen=True, slots=True)
class Layer:
    """What the map shows, on which day."""

    name: str
    at: date

    @property
    def year(self) -> int:
        """Return the year chosen."""
        return self.at.year


def asked_layer(query: Mapping[str, str], today: date) -> Layer:
    """Return the layer of ``?layer=mechanisms&year=2019``: its last day, today in the running year.

    What cannot be read as one of the offered values is as if it had not been asked.
    """
    name = MECHANISMS if query.get("layer") == MECHANISMS else PARTIES
    asked = query.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == len("2003") else today.year
    return Layer(name, date(year, 12, 31) if FIRST_YEAR <= year < today.year else today)


def layer_map(layer: Layer) -> TileMap:
    """Return the map of a layer."""
    levels = _parties(layer.at) if layer.name == PARTIES else _mechanisms(layer.at)
    stays = groups_on(layer.at)
    tiles = [
        Tile(code, name, url, group or stays.get(code, OUTSIDE), *levels.of.get(code, levels.otherwise))
        for code, name, url, group in _places(content_language())
    ]
    caption = levels.caption % {"date": long_date(layer.at)}
    return draw_tile_map(tiles, caption=caption, groups=map_groups(), legend=levels.legend)


@dataclass(frozen=True, slots=True)
class Levels:
    """The level and the words of each State, and of all others."""

    of: Mapping[str, tuple[str, str]]
    otherwise: tuple[str, str]
    legend: Mapping[str, str]
    caption: str


@remembered
def _places(language: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return code, name and address of each State in the reader's language, and its group where that never changes."""
    return tuple(
        (
            state.iso3,
            in_language(state.names, language),
            way_to("STATE", state.iso3),
            UNION if state.kind == "REGIONAL_ORGANIZATION" else "",
        )
        for state in states_in_brief()
    )


def map_groups() -> dict[str, str]:
    """Return the groups of a map in order, with those States that are in none."""
    listed = {group.code: in_language(group.names) for group in regional_groups_known()}
    return listed | {OUTSIDE: _("In no regional group"), UNION: _("Regional economic integration organization")}


def _parties(at: date) -> Levels:
    of = {}
    since, unverified = _("party since %(date)s"), _("%(fact)s, unverified")
    code = content_language()
    for act in consents_at(CONVENTION, at):
        words = since % {"date": long_date_in(act.day, code)}
        verified = act.confidence == "SOURCED"
        of[act.state] = ("4", words) if verified else ("unverified", unverified % {"fact": words})
    legend = {"4": _("party"), "unverified": _("party; the date is unverified"), "0": _("not a party")}
    caption = _("Parties to the United Nations Convention against Corruption on %(date)s")
    return Levels(of, ("0", legend["0"]), legend, caption)


def _mechanisms(at: date) -> Levels:
    names = {mechanism.code: short_mechanism(mechanism.code, mechanism.short_name) for mechanism in mechanisms_known()}
    found = participation_at(at)
    of = {
        state: (str(len(codes)), ", ".join(names.get(code, code) for code in codes))
        for state, codes in found.mechanisms_of.items()
    }
    legend = {str(count): _in_mechanisms(count) for count in range(4, 0, -1)} | {
        "0": _("not a party to the Convention")
    }
    caption = _("Parties to the Convention by number of review mechanisms on %(date)s")
    return Levels(of, ("0", legend["0"]), legend, caption)


def _in_mechanisms(count: int) -> str:
    words = ngettext("in %(count)s mechanism", "in %(count)s mechanisms", count)
    return words % {"count": number(count)}
