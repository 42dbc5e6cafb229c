"""The first page: one sentence, search, the map of States, the latest documents, three doors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.interfaces.web.files import downloads, table_file, wanted_format
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.home_map import FIRST_YEAR, MECHANISMS, PARTIES, Layer, asked_layer, layer_map
from merida.knowledge.documents.queries.documents import latest_documents

LATEST = 6


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page, or its map as a file."""
    today = timezone.now().date()
    layer = asked_layer(request.GET.dict(), today)
    picture = layer_map(layer, downloads(request))
    form = wanted_format(request)
    if form:
        return table_file(picture.table, form, name=f"states-{layer.name}-{layer.at.isoformat()}")
    choices = {
        "map": picture,
        "layers": _layers(layer),
        "years": [(year, year == layer.year) for year in range(today.year, FIRST_YEAR - 1, -1)],
        "documents": latest_documents(actor_of(request.user), count=LATEST),
    }
    return render(request, "home.html", choices)


def _layers(chosen: Layer) -> list[Link]:
    names = {PARTIES: _("Parties to the Convention"), MECHANISMS: _("Number of review mechanisms")}
    return [Link(text, name, current=name == chosen.name) for name, text in names.items()]
