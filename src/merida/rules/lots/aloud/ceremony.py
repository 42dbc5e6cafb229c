"""The ceremony: every candidate is shown to be in or out, then a ball is drawn."""

from collections.abc import Iterable
from typing import Any

from merida.rules.lots.aloud.rules import State, Urn, change, settle, urn_of
from merida.rules.lots.aloud.start import Stream, WrongError, at, below, same, shuffled


def ceremony(record: Any, stream: Stream) -> Any:
    """What the record must say."""
    urn = urn_of(record["announcement"])
    picks: list[Any] = []
    with at("completion"):
        change(urn, record["completion"])
        valid("completion", urn, urn)
    order = shuffled(record["announcement"]["subjects"], stream)
    for subject in (urn[code] for code in order):
        while len(subject.settled) < subject.need:
            where = f"picks.{len(picks) + 1}"
            with at(where):
                pick = record["picks"][len(picks)]
                picks.append(drawn(where, pick, urn, subject, stream))
                same(where, pick, picks[-1])
    pairs = sorted([code, one.code] for code in urn for one in urn[code].settled)
    return {"completion": sorted(record["completion"]), "order": order, "picks": picks, "pairs": pairs}


def drawn(where: str, pick: Any, urn: Urn, subject: State, stream: Stream) -> Any:
    """What one pick must say: exchanges and proofs are followed, not believed."""
    inside = len(subject.settled & subject.close) < subject.inside
    proofs = {code: proof for proof in pick["proofs"] for code in proof["codes"]}
    admitted: dict[str, Any] = {}
    refused: dict[str, list[str]] = {}
    for code, one in urn.items():
        reasons = {
            "ALREADY": one in subject.settled,
            "OTHER_GROUP": inside and one not in subject.close,
            "MUTUAL": one in subject.given and one.no_mutual,
            "FULL": len(one.given) >= one.most,
            "DEAD_END": code not in pick["admitted"],
        }
        reason = subject.why.get(code) or next((name for name in reasons if reasons[name]), "")
        # the pair stays for a moment: is there a complete draw?
        settle(subject, one)
        if not reason:
            admitted[code] = exchange = pick["admitted"][code]
            change(urn, exchange)
            valid(f"{where}.admitted.{code}", urn, {subject.code, code}.union(*exchange))
            change(urn, exchange)
        else:
            refused.setdefault(reason, []).append(code)
        if reason == "DEAD_END":
            impossible(f"{where}: {code}", proofs[code], urn)
        settle(subject, one)
    alike = [code for code in admitted if inside and urn[code].legal_system == subject.legal_system != ""]
    balls = [code for code in alike or admitted for _ in range(urn[code].weight)]
    ball = below(len(balls), stream)
    chosen = balls[ball]
    change(urn, admitted[chosen])
    settle(subject, urn[chosen])
    return {
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


def valid(where: str, urn: Urn, codes: Iterable[str]) -> None:
    """Every rule must be kept."""
    for one in (urn[code] for code in codes):
        good = one.settled <= one.holds <= one.may and len(one.holds) == one.need
        good = good and len(one.holds & one.close) >= one.inside and one.least <= len(one.duties) <= one.most
        if not good or (one.no_mutual and one.holds & one.duties - {one}):
            raise WrongError(f"{where}: {one.code} breaks a rule")


def impossible(where: str, proof: Any, urn: Urn) -> None:
    """The proof must show that no complete draw is left."""
    if "pair" in proof:
        # of a pair and its mirror one must go: each is tried
        one, other = (urn[code] for code in proof["pair"])
        same(f"{where}: one must go", one.no_mutual and one is not other, right=True)
        for s, r, rest in ((one, other, "without"), (other, one, "without_mirror")):
            s.may ^= {r}
            impossible(where, proof[rest], urn)
            s.may ^= {r}
        return
    # the crowd must take more duties than there is room for
    crowd, everyone = {urn[code] for code in proof["crowd"]}, set(urn.values())
    needed = sum(one.need for one in everyone) - sum(one.most for one in everyone - crowd)
    if sum(room(one, crowd) for one in everyone) >= max(needed, sum(one.least for one in crowd)):
        raise WrongError(f"{where} could be drawn too")


def room(subject: State, crowd: set[State]) -> int:
    """How many reviewers can come from the crowd at most."""
    outside, may = subject.settled - crowd, subject.may & crowd
    if subject.no_mutual:
        may -= subject.given - {subject}
    far = min(len(may - subject.close), subject.need - subject.inside - len(outside - subject.close))
    return min(subject.need - len(outside), len(may & subject.close) + far)
