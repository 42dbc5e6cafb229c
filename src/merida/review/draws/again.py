"""The urn of a redraw: everything as it stands, one place open. Pure."""

from collections import Counter
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
    parts: Collection[tuple[str, str]] | None = None,
) -> Urn:
    """Return the urn for one more pick for ``state``.

    ``first`` is the announcement of the draw, ``kept`` the reviewers of the State that stay, ``barred`` those drawn for
    it before, ``pairs`` (State, reviewer) all that hold: those of other States count as duties done. ``parts`` are the
    pairs that hold today in the other draws of the cycle, in place of those announced as drawn earlier; None: there are
    no other draws.
    """
    known = {one["code"] for one in first["urn"]}
    others = [(one, reviewer) for one, reviewer in pairs if one != state]
    announced = [(one["subject"], one["reviewer"]) for one in first["earlier"]]
    if parts is None:
        before, done = announced, Counter(reviewer for _one, reviewer in others)
    else:
        before = [pair for pair in parts if set(pair) <= known]
        done = Counter(reviewer for _one, reviewer in (*others, *before))
        done.subtract(reviewer for _one, reviewer in announced)
    participants = tuple(
        Participant(**{**one, "duties_done": max(0, one["duties_done"] + done[one["code"]]), "declines": False})
        for one in first["urn"]
    )
    declining = {one["code"]: "declines in the year of its own review" for one in first["urn"] if one["declines"]}
    excluded = {one["code"]: one["reason"] for one in first["excluded"]} | declining
    conflicts = [Conflict(**one) for one in first["conflicts"]]
    conflicts += [Conflict(state, one, "drawn for this State before") for one in sorted(barred)]
    earlier = [Pair(*one) for one in (*before, *others)]
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
