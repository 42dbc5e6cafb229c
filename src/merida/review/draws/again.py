"""The urn of a redraw: everything as it stands, one place open. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from merida.rules.lots import Conflict, Exclusion, Pair, Participant, RuleSet, Urn, rule_set


def urn_again(
    first: Mapping[str, Any],
    *,
    state: str,
    kept: Collection[str],
    barred: Collection[str],
    pairs: Collection[tuple[str, str]],
) -> Urn:
    """Return the urn for one more pick for ``state``.

    ``first`` is the announcement of the draw, ``kept`` the reviewers of the State that stay, ``barred`` those drawn for
    it before, ``pairs`` (State, reviewer) all that hold: those of other States count as duties done.
    """
    others = [(one, reviewer) for one, reviewer in pairs if one != state]
    done: dict[str, int] = {}
    for _one, reviewer in others:
        done[reviewer] = done.get(reviewer, 0) + 1
    participants = tuple(
        Participant(**{**one, "duties_done": one["duties_done"] + done.get(one["code"], 0), "declines": False})
        for one in first["urn"]
    )
    declining = {one["code"]: "declines in the year of its own review" for one in first["urn"] if one["declines"]}
    excluded = {one["code"]: one["reason"] for one in first["excluded"]} | declining
    conflicts = [Conflict(**one) for one in first["conflicts"]]
    conflicts += [Conflict(state, one, "drawn for this State before") for one in sorted(barred)]
    earlier = [Pair(**one) for one in first["earlier"]] + [Pair(*one) for one in others]
    return Urn(
        participants=participants,
        subjects=(state,),
        excluded=tuple(Exclusion(code, reason) for code, reason in sorted(excluded.items())),
        conflicts=tuple(conflicts),
        kept=tuple(Pair(state, one) for one in sorted(kept)),
        earlier=tuple(sorted(set(earlier), key=lambda one: (one.subject, one.reviewer))),
        minimum_due=False,
    )


def rules_again(data: Mapping[str, Any]) -> RuleSet:
    """Return the rule set that an announcement holds, without staggered groups: those drawn first stay.

    Raises LotsError.
    """
    known = {one.name for one in fields(RuleSet)} - {"staggered"}
    return rule_set({name: value for name, value in data.items() if name in known})
