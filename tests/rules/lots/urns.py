"""Urns for the tests, and a validator that shares no code with the procedure."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from merida.rules.lots import Participant, RuleSet, Source, Urn, announce, draw, rule_set

BEFORE, MOMENT = datetime(2027, 5, 1, 9, tzinfo=UTC), datetime(2027, 6, 1, 10, tzinfo=UTC)
LOTTERY = Source("Numbers of a public lottery", datetime(2027, 5, 31, 20, tzinfo=UTC))
SIZES = {"AFRICA": 54, "ASIA": 56, "EAST": 23, "LATIN": 33, "WEST": 25, "": 1}


def rules(**fields: Any) -> RuleSet:
    return rule_set({"code": "sample", **fields})


def urn(sizes: dict[str, int], **fields: Any) -> Urn:
    """Sample States by group, named by group and number."""
    people = tuple(
        Participant(code=f"{group or 'NONE'}{number:03d}", group=group)
        for group, size in sizes.items()
        for number in range(size)
    )
    return Urn(participants=people, subjects=tuple(one.code for one in people), **fields)


def announced(urn_: Urn, rules_: RuleSet, **fields: Any) -> dict[str, Any]:
    return announce(
        title="Sample draw", rules=rules_, urn=urn_, sources=[LOTTERY], announced_at=BEFORE, draw_at=MOMENT, **fields
    )


def drawn(urn_: Urn, rules_: RuleSet, *, seed: int = 1, **fields: Any) -> dict[str, Any]:
    return draw(announced(urn_, rules_, **fields), [[seed]])


def broken(pairs: Iterable[list[str]], urn_: Urn, rules_: RuleSet) -> list[str]:
    """Every rule that a finished table breaks, found by counting."""
    table = [(subject, reviewer) for subject, reviewer in pairs]
    group = {one.code: one.group for one in urn_.participants}
    out = {one.code for one in urn_.excluded} | {one.code for one in urn_.participants if one.declines}
    kept = {(one.subject, one.reviewer) for one in urn_.kept}
    wrong = []
    if len(set(table)) != len(table):
        wrong.append("a pair stands twice")
    for subject in urn_.subjects:
        mine = [reviewer for other, reviewer in table if other == subject]
        same = [one for one in mine if group[one] == group[subject] or not group[subject]]
        if len(mine) != rules_.reviewers_per_review:
            wrong.append(f"{subject} has {len(mine)} reviewers")
        if len(same) < rules_.same_group_at_least:
            wrong.append(f"{subject} has no reviewer of its group")
        if rules_.no_self and subject in mine:
            wrong.append(f"{subject} reviews itself")
    earlier = {(one.subject, one.reviewer) for one in urn_.earlier}
    for subject, reviewer in table:
        if rules_.no_mutual and subject != reviewer and (reviewer, subject) in {*table, *earlier}:
            wrong.append(f"{subject} and {reviewer} review each other")
        if (subject, reviewer) not in kept and reviewer in out:
            wrong.append(f"{reviewer} may not be drawn")
        if (subject, reviewer) in {(one.subject, one.reviewer) for one in urn_.conflicts}:
            wrong.append(f"{reviewer} may not review {subject}")
    return wrong + broken_counts(table, urn_, rules_, out)


def broken_counts(table: list[tuple[str, str]], urn_: Urn, rules_: RuleSet, out: set[str]) -> list[str]:
    """The rules on how many duties each has."""
    wrong, kept = [], [(one.subject, one.reviewer) for one in urn_.kept]
    duties = Counter(reviewer for _, reviewer in table)
    for one in urn_.participants:
        total = duties[one.code] + one.duties_done
        if duties[one.code] > sum(reviewer == one.code for _, reviewer in kept) and total > rules_.duties_max:
            wrong.append(f"{one.code} has {total} duties")
        if urn_.minimum_due and one.code not in out and total < rules_.duties_min:
            wrong.append(f"{one.code} has {total} duties only")
    return wrong
