"""What stands in the way of a timetable, in the reader's language: of the solver, and of the independent checker."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.naming import isolated

IN_THE_WAY = {
    "LOCK": gettext_lazy("%(item)s is agreed for a week"),
    "BLOCKED": gettext_lazy("no visits take place in that week (%(item)s)"),
    "CLOSED": gettext_lazy("public holiday (%(item)s)"),
    "TOO_CLOSE": gettext_lazy("too close to a visit of another mechanism (%(item)s)"),
    "STATE_TWICE": gettext_lazy("%(item)s would be needed twice in one week"),
    "VISITS_AT_ONCE": gettext_lazy("too many visits at once (%(item)s)"),
    "LANGUAGE": gettext_lazy("too many visits in one language (%(item)s)"),
    "CAPACITY": gettext_lazy("too few officers (%(item)s)"),
    "BUSY": gettext_lazy("a State cannot send its experts then (%(item)s)"),
    "HOURS": gettext_lazy("no hour of the day is decent for everybody (%(item)s)"),
    "NOT_MOVABLE": gettext_lazy("a visit of another mechanism would be moved further than it may be (%(item)s)"),
    "OTHERS_AT_ONCE": gettext_lazy("visits of two other mechanisms would come too close (%(item)s)"),
    "OFFICERS": gettext_lazy("too few officers who work in the language (%(item)s)"),
    "OUTSIDE_WINDOW": gettext_lazy("outside the weeks that the rules leave (%(item)s)"),
    "WRONG_LENGTHS": gettext_lazy("lengths of stages that the rules do not know (%(item)s)"),
    "MISSING": gettext_lazy("%(item)s has no place"),
    "UNKNOWN": gettext_lazy("%(item)s is not in the timetable"),
    "TWICE": gettext_lazy("%(item)s stands twice"),
    "BEFORE_START": gettext_lazy("the desk review of %(item)s would begin before the timetable"),
    "AFTER_END": gettext_lazy("the report of %(item)s would end after the timetable"),
    "": gettext_lazy("made room for another visit, or is cheaper"),
}


def in_the_way(rule: str, item: str) -> str:
    """Return what stands in the way of a plan, in the reader's language."""
    return str(IN_THE_WAY.get(rule, rule)) % {"item": isolated(item)}


def clashes_told(found: Iterable[tuple[str, date | None, Sequence[str]]]) -> str:
    """Return rules that a timetable breaks, each with its week."""
    told = []
    for rule, monday, items in found:
        words = in_the_way(rule, ", ".join(items))
        told.append(_("week of %(day)s: %(what)s") % {"day": long_date(monday), "what": words} if monday else words)
    return "; ".join(told)
