"""In how many review mechanisms States take part, on any day: figure I of the note on synergies, recomputed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.foundation.registry.figures import mechanisms_list, participation_at
from merida.foundation.registry.models import Mechanism, State
from merida.foundation.registry.participation import FIRST, OTHERS, Participation, Reading
from merida.foundation.registry.queries import states_list
from merida.interfaces.web import exports
from merida.interfaces.web.pictures.strip import Part, draw_strip
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import number, percent
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language, reading_order
from merida.interfaces.web.views.moments import moment_of
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism

COLUMNS = ("iso3", "name", "party_to_convention", "number_of_mechanisms", "mechanisms", "source", "confidence")


@public_page
def participation(request: HttpRequest) -> HttpResponse:
    """Show the figure with its States and definitions."""
    moment = moment_of(request)
    found = participation_at(moment.day)
    states = {one.iso3: one for one in states_list()}
    mechanisms = {one.code: one for one in mechanisms_list() if one.code in {FIRST, *OTHERS}}
    context = {
        "moment": moment,
        "parties": len(found.parties),
        "strip": _strip(found),
        "readings": [_reading(found.by_wording, wide=False), _reading(found.wide, wide=True)],
        "numbers": [_number(found, n, states, mechanisms) for n in range(4, 0, -1)],
        "not_parties": [_state_link(states[code]) for code in found.members_not_parties if code in states],
        "members": _members_table(found, mechanisms),
        "breadcrumbs": [Link(_("Mechanisms"), reverse("mechanisms")), Link(_("Participation"))],
    }
    data = exports.Table(
        name=f"participation-{moment.day.isoformat()}",
        columns=COLUMNS,
        rows=lambda: _rows(found, states),
        about=_about(found),
    )
    return answer(request, "pages/participation.html", context, data=data)


def _strip(found: Participation) -> Any:
    parts = [Part(_label(n), len(found.by_number[n]), n, url=f"#in-{n}") for n in range(1, 5)]
    return draw_strip(
        parts, caption=_("Parties to the Convention by number of mechanisms"), right_to_left=language() == "ar"
    )


def _label(n: int) -> str:
    return ngettext("in %(number)s mechanism", "in %(number)s mechanisms", n) % {"number": number(n)}


def _short(one: Mechanism) -> str:
    return short_mechanism(one.code, one.short_name)


def _state_link(state: State) -> Link:
    return Link(in_reader_language(state.names, state.iso3), reverse("state", args=[state.slug]))


def _reading(reading: Reading, *, wide: bool) -> dict[str, Any]:
    """Return a reading of the share with the definition it follows."""
    if wide:
        words = _(
            "All members of the three other mechanisms, parties to the Convention or not, over the number of parties."
        )
    else:
        words = _(
            "Parties to the Convention that take part in at least one of the three other mechanisms, over all parties."
        )
    share = percent_of(reading)
    return {"share": share, "count": reading.count, "parties": reading.parties, "words": words, "wide": wide}


def percent_of(reading: Reading) -> str:
    """Return the share to one decimal, ``–`` where there are no parties."""
    return percent(reading.per_cent / 100) if reading.parties else "–"


def _number(found: Participation, n: int, states: dict[str, State], mechanisms: dict[str, Any]) -> dict[str, Any]:
    """Return the States in ``n`` mechanisms, each with which ones (but for those in the first alone)."""

    def line(code: str) -> Link:
        others = [_short(mechanisms[one]) for one in found.mechanisms_of[code] if one != FIRST and one in mechanisms]
        state = _state_link(states[code])
        return Link(state.text, state.url, detail=" · ".join(others))

    lines = [line(code) for code in found.by_number[n] if code in states]
    lines.sort(key=lambda link: reading_order(link.text))
    return {"number": n, "label": _label(n), "count": len(found.by_number[n]), "states": lines}


def _members_table(found: Participation, mechanisms: dict[str, Any]) -> Table:
    columns = (Column(_("Mechanism")), Column(_("Who takes part")), Column(_("States on this day"), numeric=True))

    def row(code: str) -> tuple[Cell, ...]:
        one = mechanisms.get(code)
        count = len(found.parties) if code == FIRST else len(found.members[code])
        name = Cell(
            in_reader_language(one.names, one.short_name) if one else code,
            reverse("mechanism", args=[one.slug]) if one else "",
            detail=_short(one) if one else "",
        )
        return name, Cell(one.get_rule_display() if one else ""), Cell(number(count))

    return Table(_("The four mechanisms"), columns, [row(code) for code in (FIRST, *OTHERS)])


def _about(found: Participation) -> dict[str, Any]:
    readings = {"by_wording": found.by_wording, "wide": found.wide}
    return {
        "at": found.at,
        "parties": len(found.parties),
        "by_number": {str(n): len(states) for n, states in found.by_number.items()},
        "readings": {
            name: {"count": one.count, "of": one.parties, "per_cent": one.per_cent} for name, one in readings.items()
        },
    }


def _rows(found: Participation, states: dict[str, State]) -> Iterator[dict[str, Any]]:
    for code in sorted({*found.parties, *found.members_not_parties}):
        taken = found.mechanisms_of.get(code) or tuple(m for m in OTHERS if code in found.members[m])
        yield {
            "iso3": code,
            "name": in_reader_language(states[code].names, code) if code in states else code,
            "party_to_convention": code in found.mechanisms_of,
            "number_of_mechanisms": len(taken),
            "mechanisms": list(taken),
            "source": _("counted from treaty actions and memberships; see each State"),
            "confidence": "COMPUTED",
        }
