"""The ceremony: every candidate is shown to be in or out, then a ball is drawn."""

from collections.abc import Iterable
from typing import Any

from merida.rules.lots.aloud.rules import State, Urn, change, prepared, settle
from merida.rules.lots.aloud.start import Stream, WrongError, at, below, same, shuffled


def ceremony(record: Any, stream: Stream) -> Any:
    """What the record must say."""
    urn = prepared(record["announcement"])
    number = 0
    with at("completion"):
        change(urn, record["completion"])
        valid("completion", urn, urn)
    order = shuffled(record["announcement"]["subjects"], stream)
    for code in order:
        while len(urn[code].settled) < urn[code].need:
            number += 1
            with at(f"picks.{number}"):
                draw(f"picks.{number}", record["picks"][number - 1], urn, urn[code], stream)
    return {
        "completion": sorted(record["completion"]),
        "order": order,
        "picks": record["picks"][:number],
        "pairs": sorted([code, one.code] for code in urn for one in urn[code].settled),
    }


def draw(where: str, pick: Any, urn: Urn, subject: State, stream: Stream) -> None:
    """One pick, exchanges and proofs."""
    inside = len(subject.settled & subject.close) < subject.inside
    admitted: dict[str, Any] = {}
    refused: dict[str, list[str]] = {}
    for code, one in urn.items():
        reasons = {
            "ALREADY": one in subject.settled,
            "OTHER_GROUP": inside and one not in subject.close,
            "MUTUAL": one in subject.given & subject.apart,
            "FULL": len(one.given) >= one.most,
            "DEAD_END": code not in pick["admitted"],
        }
        reason = subject.why.get(code) or next((name for name in reasons if reasons[name]), "")
        # suppose this pair: is a complete draw left?
        settle(subject, one)
        if reason:
            refused.setdefault(reason, []).append(code)
        else:
            admitted[code] = exchange = pick["admitted"][code]
            change(urn, exchange)
            valid(f"{where}.admitted.{code}", urn, {subject.code, code}.union(*exchange))
            change(urn, exchange)
        proofs = [proof for proof in pick["proofs"] if code in proof["codes"]]
        if reason == "DEAD_END" and not any(impossible(proof, urn) for proof in proofs):
            raise WrongError(f"{where}: {code} could be drawn too")
        settle(subject, one)
    alike = [code for code in admitted if inside and urn[code].legal_system == subject.legal_system != ""]
    balls = [code for code in alike or admitted for _ in range(urn[code].weight)]
    ball = below(len(balls), stream)
    chosen = balls[ball]
    change(urn, admitted[chosen])
    settle(subject, urn[chosen])
    right = {
        "subject": subject.code,
        "place": len(subject.settled),
        "from": "SAME_GROUP" if inside else "ALL",
        "admitted": admitted,
        "refused": refused,
        "proofs": pick["proofs"],
        "preference": "SIMILAR_LEGAL_SYSTEM" if alike else "",
        "balls": len(balls),
        "ball": ball + 1,
        "reviewer": chosen,
    }
    same(where, pick, right)


def valid(where: str, urn: Urn, codes: Iterable[str]) -> None:
    """Every rule must be kept."""
    for code in codes:
        one = urn[code]
        good = one.settled <= one.holds <= one.may and len(one.holds) == one.need
        good &= len(one.holds & one.close) >= one.inside and one.least <= len(one.duties) <= one.most
        if not good or one.holds & one.duties & one.apart:
            raise WrongError(f"{where}: {code} breaks a rule")


def impossible(proof: Any, urn: Urn) -> bool:
    """Whether no complete draw is left."""
    if "pair" in proof:
        # a pair or its mirror must go: each is tried
        one, other = (urn[code] for code in proof["pair"])
        shown = other in one.apart
        for rest in ("without", "without_mirror"):
            one.may ^= {other}
            shown &= impossible(proof[rest], urn)
            one.may ^= {other}
            one, other = other, one
        return shown
    # the crowd must take more than there is room for
    crowd = {urn[code] for code in proof["crowd"]}
    needed = sum(one.need - one.most * (one not in crowd) for one in urn.values())
    return sum(room(one, crowd) for one in urn.values()) < max(needed, sum(one.least for one in crowd))


def room(subject: State, crowd: set[State]) -> int:
    """The most reviewers from the crowd."""
    outside, may = subject.settled - crowd, subject.may & crowd - (subject.given & subject.apart)
    far = min(len(may - subject.close), subject.need - subject.inside - len(outside - subject.close))
    return min(subject.need - len(outside), len(may & subject.close) + far)
