"""The urn and the rules."""

from collections.abc import Collection
from typing import Any


class State:
    """A participant. Holds: its reviewers. Duties: whom it reviews. Settled, given: those that stay."""

    code: str
    group: str
    legal_system: str
    weight: int
    duties_done: int
    need: int
    inside: int
    least: int
    most: int
    close: set["State"]
    may: set["State"]
    apart: set["State"]
    holds: set["State"]
    duties: set["State"]
    settled: set["State"]
    given: set["State"]
    why: dict[str, str]

    def __init__(self, entry: Any) -> None:
        vars(self).update(entry, holds=set(), duties=set(), settled=set(), given=set(), why={})


Urn = dict[str, State]
Pairs = Collection[Any]  # codes of subject and reviewer


def prepared(said: Any) -> Urn:
    """Everyone by code, with what the rules ask of each."""
    rules, urn = said["rules"], {one["code"]: State(one) for one in said["urn"]}
    # why a pair may never be drawn; the last reason counts
    for pair in said["conflicts"]:
        urn[pair["subject"]].why[pair["reviewer"]] = "CONFLICT"
    for pair in said["kept"]:
        settle(urn[pair["subject"]], urn[pair["reviewer"]])
    for pair in said["earlier"] + said["kept"]:
        if rules["no_mutual"]:
            urn[pair["reviewer"]].why[pair["subject"]] = "MUTUAL"
    out = {one["code"]: "EXCLUDED" for one in said["excluded"]}
    out |= {one["code"]: "DECLINES" for one in said["urn"] if one["declines"]}
    for code, state in urn.items():
        state.why |= out
        if rules["no_self"]:
            state.why[code] = "SELF"
        if "SIMILAR_LEGAL_SYSTEM" not in rules["preferences"]:
            state.legal_system = ""
        reviewed = code in said["subjects"]
        vars(state).update(
            may={one for one in urn.values() if one.code not in state.why} | state.settled,
            # who has no group counts all as its own
            close={one for one in urn.values() if state.group in ("", one.group)},
            # no mutual pair with these
            apart=set(urn.values()) - {state} if rules["no_mutual"] else set(),
            need=rules["reviewers_per_review"] * reviewed,
            inside=rules["same_group_at_least"] * reviewed,
            least=max(0, rules["duties_min"] - state.duties_done) * (said["minimum_due"] and code not in out),
            most=max(len(state.given), rules["duties_max"] - state.duties_done),
        )
    return urn


def settle(subject: State, reviewer: State) -> None:
    """This pair stays; called again, no more."""
    subject.settled ^= {reviewer}
    reviewer.given ^= {subject}


def change(urn: Urn, pairs: Pairs) -> None:
    """Pairs in the draw go out, others come in."""
    for s, r in pairs:
        urn[s].holds ^= {urn[r]}
        urn[r].duties ^= {urn[s]}
