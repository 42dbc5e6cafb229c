"""The time zones of States, for sessions at a distance: where a State has one zone only, it need not be asked for."""

from collections import defaultdict
from functools import cache
from importlib.resources import files

from merida.foundation.registry.models import State
from merida.review.synergies.plan_models import CyclePlan

_CODE, _NAME = 0, 2  # columns of zone.tab: code of the country, coordinates, zone, comment


@cache
def zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country or territory by its code of two letters, from the time zone database."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            found[cells[_CODE]].append(cells[_NAME])
    return {code: tuple(names) for code, names in found.items()}


def zones_known(plan: CyclePlan) -> dict[str, str]:
    """Return the zone of each State that a timetable concerns and that has one zone only; no others are guessed."""
    concerned = {*plan.reviews.values_list("state", flat=True), *plan.reviews.values_list("reviewers", flat=True)}
    codes = State.objects.filter(pk__in=concerned - {None}).exclude(iso2="").values_list("iso3", "iso2")
    zones = {iso3: zones_by_country().get(iso2, ()) for iso3, iso2 in codes.order_by("iso3")}
    return {iso3: names[0] for iso3, names in zones.items() if len(names) == 1}
