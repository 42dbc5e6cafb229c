"""What stands in the way of a plan, in words: of the solver, and of the independent checker. Pure.

The English templates are translated where a page shows them.
"""

from collections.abc import Sequence

from merida.rules.timetable.checker import Clash
from merida.rules.timetable.instance import Instance


def gettext_noop(template: str) -> str:
    """Mark a text for translation. Django's own wants settings, and ``merida timetable`` runs without any."""
    return template


IN_THE_WAY = {
    "LOCK": gettext_noop("%(item)s is agreed for a week"),
    "BLOCKED": gettext_noop("no visits take place in that week (%(item)s)"),
    "CLOSED": gettext_noop("public holiday (%(item)s)"),
    "TOO_CLOSE": gettext_noop("too close to a visit of another mechanism (%(item)s)"),
    "STATE_TWICE": gettext_noop("%(item)s would be needed twice in one week"),
    "VISITS_AT_ONCE": gettext_noop("too many visits at once (%(item)s)"),
    "LANGUAGE": gettext_noop("too many visits in one language (%(item)s)"),
    "CAPACITY": gettext_noop("too few officers (%(item)s)"),
    "BUSY": gettext_noop("a State cannot send its experts then (%(item)s)"),
    "HOURS": gettext_noop("no hour of the day is decent for everybody (%(item)s)"),
    "NOT_MOVABLE": gettext_noop("a visit of another mechanism would be moved further than it may be (%(item)s)"),
    "OTHERS_AT_ONCE": gettext_noop("visits of two other mechanisms would come too close (%(item)s)"),
    "OFFICERS": gettext_noop("too few officers who work in the language (%(item)s)"),
    "OUTSIDE_WINDOW": gettext_noop("outside the weeks that the rules leave (%(item)s)"),
    "WRONG_LENGTHS": gettext_noop("lengths of stages that the rules do not know (%(item)s)"),
    "MISSING": gettext_noop("%(item)s has no place"),
    "UNKNOWN": gettext_noop("%(item)s is not in the timetable"),
    "TWICE": gettext_noop("%(item)s stands twice"),
    "BEFORE_START": gettext_noop("the desk review of %(item)s would begin before the timetable"),
    "AFTER_END": gettext_noop("the report of %(item)s would end after the timetable"),
}
# Rules of which nothing more is to be said than by how much they are broken.
WITHOUT_ITEM = {
    "VISITS_AT_ONCE": gettext_noop("too many visits at once"),
    "CAPACITY": gettext_noop("too few officers"),
}


def template_of(rule: str, item: str) -> str:
    """Return the English template of a rule that is broken; the rule's code where nobody knows it."""
    return IN_THE_WAY.get(rule, rule) if item else WITHOUT_ITEM.get(rule, IN_THE_WAY.get(rule, rule))


def in_the_way(rule: str, item: str) -> str:
    """Return in English what stands in the way."""
    return template_of(rule, item) % {"item": item}


def clashes_in_words(instance: Instance, found: Sequence[Clash]) -> str:
    """Return clashes in English, each with the Monday of its week."""
    told = []
    for clash in found:
        words = in_the_way(clash.rule, ", ".join(clash.items))
        told.append(words if clash.week is None else f"week of {instance.monday(clash.week)}: {words}")
    return "; ".join(told)
