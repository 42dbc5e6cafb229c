"""The first page: one sentence, search, the map of States, the latest documents, three doors."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.interfaces.web import exports
from merida.interfaces.web.pictures.tiles import TileMap
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.home_map import FIRST_YEAR, MECHANISMS, PARTIES, Layer, asked_layer, layer_map
from merida.interfaces.web.views.visit_lines import visit_lines
from merida.knowledge.documents.queries.documents import latest_documents
from merida.review.synergies.queries import coming_visits

LATEST = 6
COMING = 5
COLUMNS = ("iso3", "name", "regional_group", "on_the_map", "confidence")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page, or its map as a file."""
    today = timezone.now().date()
    layer = asked_layer(request.GET.dict(), today)
    picture = layer_map(layer)
    actor = actor_of(request.user)
    context = {
        "map": picture,
        "layers": _layers(layer),
        "years": _years(layer, today.year),
        "documents": latest_documents(actor, count=LATEST),
        "coming": visit_lines(coming_visits(actor, today, count=COMING)),
    }
    name = f"states-{layer.name}-{layer.at.isoformat()}"
    about = {"title": picture.caption, "at": layer.at.isoformat()}
    data = exports.Table(name=name, columns=COLUMNS, rows=lambda: _rows(picture, layer), about=about)
    return answer(request, "home.html", context, data=data)


def _layers(chosen: Layer) -> list[Link]:
    names = {PARTIES: _("Parties to the Convention"), MECHANISMS: _("Number of review mechanisms")}
    return [Link(text, name, current=name == chosen.name) for name, text in names.items()]


def _years(chosen: Layer, current: int) -> list[Link]:
    earlier = [
        Link(str(year), str(year), current=year == chosen.year) for year in range(current - 1, FIRST_YEAR - 1, -1)
    ]
    return [Link(f"{current} · {_('today')}", str(current), current=current == chosen.year), *earlier]


def _rows(picture: TileMap, layer: Layer) -> Iterator[dict[str, Any]]:
    for group in picture.groups:
        for tile in group.tiles:
            yield {
                "iso3": tile.code,
                "name": tile.name,
                "regional_group": group.title,
                "on_the_map": tile.words,
                "confidence": _confidence(tile.level, layer),
            }


def _confidence(level: str, layer: Layer) -> str:
    """Say how a row is known: a number of mechanisms is computed, that somebody is no party is a lack of records."""
    if layer.name == MECHANISMS or level == "0":
        return "COMPUTED"
    return "UNVERIFIED" if level == "unverified" else "SOURCED"
