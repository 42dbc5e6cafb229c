"""What stands in the way of a timetable, in the reader's language: of the solver, and of the independent checker."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.naming import isolated
from merida.review.synergies.plan_words import template_of


def in_the_way(rule: str, item: str) -> str:
    """Return what stands in the way of a plan, in the reader's language; without a rule, why a visit moved freely."""
    if not rule:
        return _("made room for another visit, or is cheaper")
    return _(template_of(rule, item)) % {"item": isolated(item)}


def clashes_told(found: Iterable[tuple[str, date | None, Sequence[str]]]) -> str:
    """Return rules that a timetable breaks, each with its week."""
    told = []
    for rule, monday, items in found:
        words = in_the_way(rule, ", ".join(items))
        told.append(_("week of %(day)s: %(what)s") % {"day": long_date(monday), "what": words} if monday else words)
    return "; ".join(told)
