"""Who takes part in a draw: participants, exclusions with reasons, conflicts of interest, pairs drawn before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from merida.rules.lots.rule_set import LotsError, RuleSet

FEWEST = 2
HEAVIEST = 1000


@dataclass(frozen=True, slots=True)
class Participant:
    """A State (or a judge) in the urn. ``group`` is empty for one without a regional group, as the European Union.

    ``duties_done`` counts reviews performed earlier in the cycle; ``declines``: does not review in the year of its own
    review; ``weight``: balls in the urn.
    """

    code: str
    group: str = ""
    legal_system: str = ""
    duties_done: int = 0
    declines: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A participant that cannot be drawn as reviewer, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A reviewer that may not review this subject, and why."""

    subject: str
    reviewer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A reviewer of a State under review."""

    subject: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Urn:
    """All that one draw is made from.

    ``subjects`` are under review in this draw; ``kept`` pairs stay as they are (a redraw keeps all but one);
    ``earlier`` pairs were drawn before in the same cycle and count for the rule against mutual pairs;
    ``minimum_due`` is false for a draw that does not end the cycle: the least number of duties is not due yet.
    """

    participants: tuple[Participant, ...]
    subjects: tuple[str, ...]
    excluded: tuple[Exclusion, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    kept: tuple[Pair, ...] = ()
    earlier: tuple[Pair, ...] = ()
    minimum_due: bool = field(default=True)

    def as_data(self) -> dict[str, Any]:
        """Return the urn as it stands in an announcement, in the order of codes."""
        return {
            "urn": [plain(one) for one in sorted(self.participants, key=lambda one: one.code)],
            "subjects": sorted(self.subjects),
            "excluded": [plain(one) for one in sorted(self.excluded, key=lambda one: one.code)],
            "conflicts": in_order(self.conflicts),
            "kept": in_order(self.kept),
            "earlier": in_order(self.earlier),
            "minimum_due": self.minimum_due,
        }


def plain(one: Participant | Exclusion | Conflict | Pair) -> dict[str, Any]:
    """Return a value's fields."""
    return {name: getattr(one, name) for name in one.__slots__}


def in_order(pairs: Iterable[Conflict | Pair]) -> list[dict[str, Any]]:
    """Return pairs as data, by subject, then reviewer."""
    return [plain(one) for one in sorted(pairs, key=lambda one: (one.subject, one.reviewer))]


def check_urn(urn: Urn, rules: RuleSet) -> None:
    """Raise LotsError naming the first item of the urn that cannot be used under the rules."""
    codes = [one.code for one in urn.participants]
    if len(codes) < FEWEST:
        raise LotsError(
            "the urn holds {count}; a draw needs at least {fewest} participants", count=len(codes), fewest=FEWEST
        )
    once(codes, "urn")
    known = set(codes)
    once(urn.subjects, "subjects")
    once([one.code for one in urn.excluded], "excluded")
    if not urn.subjects:
        raise LotsError("no State is under review in this draw")
    for where, code in mentioned(urn):
        if code not in known:
            raise LotsError("{where}: {code} is not in the urn", where=where, code=code)
    for one in urn.participants:
        check_participant(one, urn, rules)
    for exclusion in urn.excluded:
        if not exclusion.reason:
            raise LotsError("excluded: {code} is excluded without a reason", code=exclusion.code)
    check_kept(urn, rules)


def once(codes: Sequence[str], where: str) -> None:
    """Raise LotsError where a code is empty or stands twice."""
    seen = set[str]()
    for code in codes:
        if not isinstance(code, str) or not code.strip():
            raise LotsError("{where}: '{code}' is no code", where=where, code=code)
        if code in seen:
            raise LotsError("{where}: {code} stands twice", where=where, code=code)
        seen.add(code)


def mentioned(urn: Urn) -> Iterable[tuple[str, str]]:
    """Yield every code outside the list of participants, with the place where it stands."""
    yield from (("subjects", code) for code in urn.subjects)
    yield from (("excluded", one.code) for one in urn.excluded)
    for name in ("conflicts", "kept", "earlier"):
        for pair in getattr(urn, name):
            yield name, pair.subject
            yield name, pair.reviewer


def check_participant(one: Participant, urn: Urn, rules: RuleSet) -> None:
    """Raise LotsError where a participant's fields are out of range or against the rules."""
    if isinstance(one.duties_done, bool) or not isinstance(one.duties_done, int) or one.duties_done < 0:
        raise LotsError(
            "{code}: {name} must be a whole number from {least} on, not {value}",
            code=one.code,
            name="duties_done",
            least=0,
            value=one.duties_done,
        )
    if isinstance(one.weight, bool) or not isinstance(one.weight, int) or not 1 <= one.weight <= HEAVIEST:
        raise LotsError(
            "{code}: {name} must be a whole number from {least} to {most}, not {value}",
            code=one.code,
            name="weight",
            least=1,
            most=HEAVIEST,
            value=one.weight,
        )
    for name in ("group", "legal_system"):
        if not isinstance(getattr(one, name), str):
            raise LotsError(
                "{code}: {name} must be text, not {value}", code=one.code, name=name, value=getattr(one, name)
            )
    if one.declines and not rules.may_decline_in_own_year:
        raise LotsError("{code} declines, but the rules do not allow it (may_decline_in_own_year)", code=one.code)
    if one.declines and one.code not in urn.subjects:
        raise LotsError(
            "{code} declines, but its own review is not in this draw (may_decline_in_own_year)", code=one.code
        )


def check_kept(urn: Urn, rules: RuleSet) -> None:
    """Raise LotsError where the pairs to keep are not possible at all."""
    pairs = [(one.subject, one.reviewer) for one in urn.kept]
    for subject, reviewer in pairs:
        both = {"reviewer": reviewer, "subject": subject}
        if pairs.count((subject, reviewer)) > 1:
            raise LotsError("kept: {reviewer} for {subject} stands twice", **both)
        if subject not in urn.subjects:
            raise LotsError("kept: {reviewer} for {subject}: {subject} is not under review in this draw", **both)
        if subject == reviewer and rules.no_self:
            raise LotsError("kept: {reviewer} for {subject}: no State reviews itself (no_self)", **both)
        if rules.no_mutual and (reviewer, subject) in pairs:
            raise LotsError("kept: {reviewer} for {subject}: the two would review each other (no_mutual)", **both)
    groups = {one.code: one.group for one in urn.participants}
    for subject in urn.subjects:
        mine = [reviewer for other, reviewer in pairs if other == subject]
        if len(mine) > rules.reviewers_per_review:
            raise LotsError(
                "kept: {subject} keeps {count} reviewers, the rules give {most}",
                subject=subject,
                count=len(mine),
                most=rules.reviewers_per_review,
            )
        outside = sum(1 for code in mine if groups[subject] and groups[code] != groups[subject])
        if outside > rules.reviewers_per_review - rules.same_group_at_least:
            raise LotsError(
                "kept: {subject} keeps {count} reviewers of other groups (same_group_at_least)",
                subject=subject,
                count=outside,
            )
