"""The ceremony: every candidate is shown to be in or out, then a ball is drawn."""

from typing import Any

from merida.rules.lots.aloud.rules import Pairs, State, Urn, change, urn_of
from merida.rules.lots.aloud.start import Stream, WrongError, at, below, same, shuffled


def ceremony(record: Any, stream: Stream) -> Any:
    """What the record must say."""
    urn = urn_of(record["announcement"])
    picks: list[Any] = []
    with at("completion"):
        change(urn, record["completion"])
        valid("completion", urn, [(code, code) for code in urn])
    order = shuffled(record["announcement"]["subjects"], stream)
    for code in order:
        while len(urn[code].settled) < urn[code].need:
            where = f"picks.{len(picks) + 1}"
            with at(where):
                pick = record["picks"][len(picks)]
                picks.append(drawn(where, pick, urn, urn[code], stream))
                same(where, pick, picks[-1])
    pairs = sorted([code, one.code] for code in urn for one in urn[code].settled)
    return {"completion": sorted(record["completion"]), "order": order, "picks": picks, "pairs": pairs}


def drawn(where: str, pick: Any, urn: Urn, subject: State, stream: Stream) -> Any:
    """What one pick must say: exchanges and proofs are followed, not believed."""
    place, inside = len(subject.settled) + 1, len(subject.settled & subject.close) < subject.inside
    proofs = {code: proof for proof in pick["proofs"] for code in proof["codes"]}
    admitted: dict[str, Any] = {}
    refused: dict[str, list[str]] = {}
    for code, one in urn.items():
        reasons = {
            "ALREADY": one in subject.settled,
            "OTHER_GROUP": inside and one not in subject.close,
            "MUTUAL": subject in one.settled and one.no_mutual,
            "FULL": one.drawn >= one.most,
        }
        reason = subject.why.get(one) or next((name for name in reasons if reasons[name]), "")
        if not reason:
            # the pair is put in for a moment: a complete draw is shown, or that there is none
            before = subject.settled, one.may
            settle(subject, one)
            if code in pick["admitted"]:
                admitted[code] = exchange = pick["admitted"][code]
                change(urn, exchange)
                valid(f"{where}.admitted.{code}", urn, [*exchange, (subject.code, code)])
                change(urn, exchange)
            else:
                impossible(f"{where}: {code}", proofs.get(code, {"crowd": []}), urn)
                reason = "DEAD_END"
            subject.settled, one.may = before
        if reason:
            refused.setdefault(reason, []).append(code)
    alike = [code for code in admitted if inside and urn[code].system == subject.system != ""]
    balls = [code for code in alike or admitted for _ in range(urn[code].weight)]
    ball = below(len(balls), stream)
    chosen = balls[ball]
    change(urn, admitted[chosen])
    settle(subject, urn[chosen])
    urn[chosen].drawn += 1
    said = {"admitted": admitted, "refused": refused, "proofs": pick["proofs"], "balls": len(balls), "ball": ball + 1}
    said |= {"subject": subject.code, "place": place, "from": "SAME_GROUP" if inside else "ALL", "reviewer": chosen}
    return said | {"preference": "SIMILAR_LEGAL_SYSTEM" if alike else ""}


def settle(subject: State, reviewer: State) -> None:
    """From now on this pair stays, and the subject may not review its reviewer."""
    subject.settled = subject.settled | {reviewer}
    if subject.no_mutual and subject is not reviewer:
        reviewer.may = reviewer.may - {subject}


def valid(where: str, urn: Urn, pairs: Pairs) -> None:
    """Every rule must be kept."""
    for s, r in ((urn[s], urn[r]) for s, r in pairs):
        good = s.settled <= s.holds <= s.may and len(s.holds) == s.need and len(s.holds & s.close) >= s.inside
        mutual = s.no_mutual and s.holds & s.duties - {s}
        if not good or mutual or not r.least <= len(r.duties) <= r.most:
            raise WrongError(f"{where}: {s.code} or {r.code} breaks a rule")


def impossible(where: str, proof: Any, urn: Urn) -> None:
    """The proof must show that there is no complete draw with what is settled."""
    if "pair" in proof:
        # of a pair and its mirror one must go: without either there is no complete draw
        one, other = (urn[code] for code in proof["pair"])
        same(f"{where}: one must go", one.no_mutual and one is not other, right=True)
        for s, r, rest in ((one, other, proof["without"]), (other, one, proof["without_mirror"])):
            before = s.may
            s.may = before - {r}
            impossible(where, rest, urn)
            s.may = before
        return
    # a crowd has to take so many duties, and there is room for fewer
    crowd = {urn[code] for code in proof["crowd"]}
    needed = sum(one.need for one in urn.values()) - sum(one.most for one in urn.values() if one not in crowd)
    if sum(room(one, crowd) for one in urn.values()) >= max(needed, sum(one.least for one in crowd)):
        raise WrongError(f"{where} could be drawn too")


def room(subject: State, crowd: set[State]) -> int:
    """How many reviewers of a subject can come from the crowd at most."""
    outside, may = subject.settled - crowd, subject.may & crowd
    far = min(len(may - subject.close), subject.need - subject.inside - len(outside - subject.close))
    return min(subject.need - len(outside), len(may & subject.close) + far)
