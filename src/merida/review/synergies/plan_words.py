"""What stands in the way of a plan, in words: of the solver, and of the independent checker. Pure."""

from datetime import date

from merida.rules.timetable.checker import Clash
from merida.rules.timetable.instance import Instance

CLASHES = {
    "MISSING": "{items} has no place",
    "UNKNOWN": "{items} is not in the timetable",
    "TWICE": "{items} stands twice",
    "OUTSIDE_WINDOW": "{items} lies outside its weeks",
    "WRONG_LENGTHS": "the stages of {items} have lengths that the rules do not know",
    "BEFORE_START": "the desk review of {items} would begin before the timetable",
    "AFTER_END": "the report of {items} would end after the timetable",
    "LOCK": "{items} is agreed for another week",
    "BLOCKED": "no visit takes place then ({items})",
    "CLOSED": "public holiday ({items})",
    "TOO_CLOSE": "too close to another mechanism's visit ({items})",
    "STATE_TWICE": "{items} would be needed twice",
    "VISITS_AT_ONCE": "more visits than may take place at once ({items})",
    "LANGUAGE": "more visits in one language than there are interpreters for ({items})",
    "BUSY": "a State cannot send its experts then ({items})",
    "HOURS": "no hour of the day is decent for everybody ({items})",
    "NOT_MOVABLE": "another mechanism's visit would be moved further than it may be ({items})",
    "OTHERS_AT_ONCE": "two other mechanisms would visit too close to each other ({items})",
    "OFFICERS": "more officers needed who work in one language than there are ({items})",
    "CAPACITY": "more officers needed than there are ({items})",
}


def clash_in_words(instance: Instance, clash: Clash) -> str:
    """Return a clash as a sentence with its week."""
    words = CLASHES.get(clash.rule, clash.rule).format(items=", ".join(clash.items))
    return words if clash.week is None else f"week of {week_of(instance, clash.week)}: {words}"


def week_of(instance: Instance, week: int) -> date:
    """Return the Monday of a week."""
    return instance.monday(week)
