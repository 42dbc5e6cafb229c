"""The urn and the rules."""

from collections.abc import Collection
from typing import Any


class State:
    """A participant. Holds: its reviewers in the draw at hand. Duties: whom it reviews. Settled: who stays."""

    code: str
    need: int
    inside: int
    least: int
    most: int
    drawn: int
    weight: int
    system: str
    no_mutual: bool
    holds: set["State"]
    duties: set["State"]
    settled: set["State"]
    close: set["State"]
    may: set["State"]
    why: dict["State", str]


Urn = dict[str, State]
Pairs = Collection[Any]  # codes of subject and reviewer


def urn_of(said: Any) -> Urn:
    """Everyone by code, with what the rules ask of each."""
    rules, urn = said["rules"], {one["code"]: State() for one in said["urn"]}
    kept, earlier, conflicts = (
        [(urn[pair["subject"]], urn[pair["reviewer"]]) for pair in said[name]]
        for name in ("kept", "earlier", "conflicts")
    )
    out = {urn[one["code"]]: "EXCLUDED" for one in said["excluded"]}
    out |= {urn[one["code"]]: "DECLINES" for one in said["urn"] if one["declines"]}
    for one in said["urn"]:
        state = urn[one["code"]]
        state.code, state.weight = one["code"], one["weight"]
        state.system = one["legal_system"] if "SIMILAR_LEGAL_SYSTEM" in rules["preferences"] else ""
        reviewed, state.no_mutual = one["code"] in said["subjects"], rules["no_mutual"]
        state.need, state.inside = rules["reviewers_per_review"] * reviewed, rules["same_group_at_least"] * reviewed
        # who has no group counts all as its own
        state.close = {urn[other["code"]] for other in said["urn"] if one["group"] in ("", other["group"])}
        # why a pair may never be drawn; the last reason counts
        state.why = {r: "CONFLICT" for s, r in conflicts if s is state}
        state.why |= {s: "MUTUAL" for s, r in earlier + kept if r is state and state.no_mutual}
        state.why |= out
        if rules["no_self"]:
            state.why[state] = "SELF"
        state.holds, state.duties, state.settled = set(), set(), {r for s, r in kept if s is state}
        state.may = set(urn.values()) - set(state.why) | state.settled
        state.drawn = [r for _, r in kept].count(state)
        state.most = max(state.drawn, rules["duties_max"] - one["duties_done"])
        due = said["minimum_due"] and state not in out
        state.least = max(0, rules["duties_min"] - one["duties_done"]) * due
    return urn


def change(urn: Urn, pairs: Pairs) -> None:
    """Take out the pairs that are in the draw, put in the others."""
    for s, r in pairs:
        urn[s].holds ^= {urn[r]}
        urn[r].duties ^= {urn[s]}
