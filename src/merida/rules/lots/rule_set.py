"""A rule set for drawing reviewers, from data. Every number is a field; a wrong one is named in the message."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

PREFERENCES = ("SIMILAR_LEGAL_SYSTEM",)
SEATS = ("PROPORTIONAL", "NONE")


class LotsError(ValueError):
    """Something about a draw cannot be used; the message names the item.

    ``template`` filled with ``values`` is the English message; a page tells the translated template.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values) if values else template)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How reviewers are paired (hard rules), what is preferred, and how reviews fall into years.

    ``answer_days``: within how many days of being drawn a reviewer answers; 0: no period is set.
    """

    code: str
    title: str = ""
    reviewers_per_review: int = 2
    same_group_at_least: int = 1
    duties_min: int = 1
    duties_max: int = 3
    no_self: bool = True
    no_mutual: bool = True
    may_decline_in_own_year: bool = True
    redraws_at_most: int = 2
    years: int = 5
    seats: str = "PROPORTIONAL"
    postponements_at_most: int = 1
    preferences: tuple[str, ...] = ()
    staggered: bool = False
    answer_days: int = 0

    def as_data(self) -> dict[str, Any]:
        """Return the rule set as it stands in an announcement: numbers, texts, truth values and lists only.

        Those of LATER stand in it only where they say something: an announcement made before them stays as it is.
        """
        said = {
            one.name: list(value) if isinstance(value := getattr(self, one.name), tuple) else value
            for one in fields(self)
        }
        return {name: value for name, value in said.items() if value or name not in LATER}


LATER = frozenset({"staggered", "answer_days"})
LEAST = {
    "reviewers_per_review": 1,
    "same_group_at_least": 0,
    "duties_min": 0,
    "duties_max": 1,
    "redraws_at_most": 0,
    "years": 1,
    "postponements_at_most": 0,
    "answer_days": 0,
}
MOST = 1000


def rule_set(data: Mapping[str, Any]) -> RuleSet:
    """Return the rule set that the data says. Raises LotsError naming the field."""
    if not isinstance(data, Mapping):
        raise LotsError("a rule set is a list of fields with values")
    known = {one.name for one in fields(RuleSet)}
    unknown = sorted(str(name) for name in set(data) - known)
    if unknown:
        raise LotsError(f"rule set: unknown field {unknown[0]!r}; known are {', '.join(sorted(known))}")
    if not data.get("code") or not isinstance(data["code"], str):
        raise LotsError("rule set: the field 'code' is missing")
    values: dict[str, Any] = {name: checked(name, value) for name, value in data.items()}
    made = RuleSet(**values)
    agree(made)
    return made


def checked(name: str, value: object) -> object:
    """Return the value of one field. Raises LotsError where it has the wrong kind or range."""
    if name in LEAST:
        if isinstance(value, bool) or not isinstance(value, int) or not LEAST[name] <= value <= MOST:
            raise LotsError(f"rule set: {name} must be a whole number from {LEAST[name]} to {MOST}, not {value!r}")
    elif name in ("no_self", "no_mutual", "may_decline_in_own_year", "staggered"):
        if not isinstance(value, bool):
            raise LotsError(f"rule set: {name} must be true or false, not {value!r}")
    elif name == "preferences":
        if not isinstance(value, list | tuple) or any(one not in PREFERENCES for one in value):
            raise LotsError(f"rule set: preferences must be a list of {', '.join(PREFERENCES)}, not {value!r}")
        return tuple(value)
    elif name == "seats":
        if value not in SEATS:
            raise LotsError(f"rule set: seats must be one of {', '.join(SEATS)}, not {value!r}")
    elif not isinstance(value, str):
        raise LotsError(f"rule set: {name} must be text, not {value!r}")
    return value


def agree(rules: RuleSet) -> None:
    """Raise LotsError where two fields of a rule set contradict each other."""
    if rules.same_group_at_least > rules.reviewers_per_review:
        raise LotsError(
            f"rule set: same_group_at_least ({rules.same_group_at_least}) is more than "
            f"reviewers_per_review ({rules.reviewers_per_review})"
        )
    if rules.duties_min > rules.duties_max:
        raise LotsError(f"rule set: duties_min ({rules.duties_min}) is more than duties_max ({rules.duties_max})")
