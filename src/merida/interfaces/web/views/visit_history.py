"""What became of a visit since it was published, each change with its reason; no person is named."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import HistoryEntry, history
from merida.interfaces.web.pieces import Cell, Column, Table
from merida.interfaces.web.templatetags.words import long_dates, moment
from merida.review.synergies.models import Firmness, Visit

SHOWN = frozenset({"PUBLISH", "MOVE_VISIT", "CANCEL_VISIT"})


def history_table(visit: Visit, *, whole: bool) -> Table:
    """Return the changes, the latest first; without ``whole`` those since the visit was published. 1 query."""
    since = visit.published_at
    entries = [
        one
        for one in history(reference_to(visit))
        if one.verb in SHOWN and (whole or (since is not None and one.at >= since))
    ]
    columns = (Column(_("Moment")), Column(_("What")), Column(_("Reason")))
    return Table(_("Changes"), columns, list(_rows(reversed(entries))), empty=_("Nothing has changed since."))


def _rows(entries: Iterable[HistoryEntry]) -> Iterable[tuple[Cell, ...]]:
    for one in entries:
        after = one.after or {}
        yield Cell(moment(one.at)), Cell(_what(one)), Cell(str(after.get("reason", "")))


def _what(one: HistoryEntry) -> str:
    before, after = one.before or {}, one.after or {}
    if one.verb == "PUBLISH":
        return _("published")
    if one.verb == "CANCEL_VISIT":
        return _("cancelled")
    if _days(before) != _days(after):
        return _("moved from %(before)s to %(after)s") % {"before": _days(before), "after": _days(after)}
    return _("days are now %(firmness)s") % {"firmness": Firmness(after["firmness"]).label}


def _days(fields: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(fields[name]) for name in ("first_date", "last_date"))
    return long_dates(first, last)
