"""The ceremony: pick by pick among the candidates that still allow a complete draw."""

from merida.rules.lots.procedure.chance import DrawError, Json, Stream, bits, canonical
from merida.rules.lots.procedure.completion import SEARCH_LIMIT, Completion
from merida.rules.lots.procedure.table import Table


def ceremony(table: Table, stream: Stream) -> Json:
    """Draw every open place; return the order, the complete draw at the start and the picks."""
    draw = Completion(table)
    if not draw.complete():
        raise DrawError("no complete draw exists under these rules for this urn")
    order = stream.shuffled(table.subjects)
    started, picks = table.pairs(draw.reviewers), list[Json]()
    for subject in order:
        while draw.settled[subject].bit_count() < table.need[subject]:
            picks.append(pick(draw, subject, stream))
    drawn = [[one["subject"], one["reviewer"]] for one in picks]
    return {"order": [table.codes[subject] for subject in order], "completion": started, "picks": picks, "drawn": drawn}


def pick(draw: Completion, subject: int, stream: Stream) -> Json:
    """Draw one reviewer and settle the pair; return the pick with every candidate admitted or refused."""
    table, settled = draw.table, draw.settled[subject]
    inside = (settled & table.close[subject]).bit_count() < table.rules["same_group_at_least"]
    exchanges, refused, proofs = candidates(draw, subject, table.close[subject] if inside else -1)
    admitted = sorted(exchanges)
    preferred, applied = admitted, ""
    system = table.urn[subject]["legal_system"]
    if inside and "SIMILAR_LEGAL_SYSTEM" in table.rules["preferences"] and system:
        alike = [one for one in admitted if table.urn[one]["legal_system"] == system]
        preferred, applied = (alike, "SIMILAR_LEGAL_SYSTEM") if alike else (admitted, "")
    balls = [one for one in preferred for _ in range(table.weight[one])]
    ball = stream.below(len(balls))
    chosen = balls[ball]
    shown = first_format(draw, exchanges) if table.first_format else second_format(draw, subject, exchanges, proofs)
    draw.change(exchanges[chosen])
    if not draw.reviewers[subject] >> chosen & 1:
        draw.flip(subject, chosen)
    draw.settled[subject] |= 1 << chosen
    draw.drawn[chosen] += 1
    if table.rules["no_mutual"]:
        draw.may[subject] &= ~(1 << chosen)
    names = {reason: [table.codes[one] for one in ones] for reason, ones in refused.items()}
    return {
        "subject": table.codes[subject],
        "place": settled.bit_count() + 1,
        "from": "SAME_GROUP" if inside else "ALL",
        **shown,
        "refused": names,
        "preference": applied,
        "balls": len(balls),
        "ball": ball + 1,
        "reviewer": table.codes[chosen],
    }


Exchange = list[tuple[int, int]]


def first_format(draw: Completion, exchanges: dict[int, Exchange]) -> Json:
    """Return the candidates admitted with their exchanges, signs for in and out, as records of the first format do."""
    codes, groups = draw.table.codes, dict[str, Json]()
    for one in sorted(exchanges):
        after = [f"{'-' if draw.reviewers[s] >> r & 1 else '+'}{codes[s]}:{codes[r]}" for s, r in exchanges[one]]
        groups.setdefault(" ".join(after), {"codes": [], "exchange": after})["codes"].append(codes[one])
    return {"admitted": list(groups.values())}


def second_format(draw: Completion, subject: int, exchanges: dict[int, Exchange], proofs: dict[int, Json]) -> Json:
    """Return what changes in the complete draw with each candidate admitted, and why each dead end is one."""
    codes, admitted, groups = draw.table.codes, dict[str, list[list[str]]](), dict[bytes, Json]()
    for one in sorted(exchanges):
        missing = [] if draw.reviewers[subject] >> one & 1 else [(subject, one)]
        admitted[codes[one]] = [[codes[s], codes[r]] for s, r in [*exchanges[one], *missing]]
    for one, proof in proofs.items():
        groups.setdefault(canonical(proof), {"codes": [], **proof})["codes"].append(codes[one])
    return {"admitted": admitted, "proofs": list(groups.values())}


def candidates(
    draw: Completion, subject: int, pool: int
) -> tuple[dict[int, Exchange], dict[str, list[int]], dict[int, Json]]:
    """Return the exchange for each admitted candidate, the others by reason, and the proof of each dead end."""
    exchanges, refused, proofs = dict[int, Exchange](), dict[str, list[int]](), dict[int, Json]()
    reasons = [
        draw.table.why.get((subject, one), "") or settled_reason(draw, subject, one, pool) for one in range(draw.size)
    ]
    wanted = sum(1 << one for one, reason in enumerate(reasons) if not reason) & ~draw.reviewers[subject]
    ways = dict[tuple[int, bool], dict[int, int]]()
    for one, known in enumerate(reasons):
        exchange, reason = ([], known) if known else judged(draw, subject, one, wanted=wanted, ways=ways)
        if reason:
            refused.setdefault(reason, []).append(one)
        else:
            exchanges[one] = exchange
        if reason == "DEAD_END":
            proofs[one] = draw.proof
    return exchanges, {reason: refused[reason] for reason in sorted(refused)}, proofs


def judged(
    draw: Completion, subject: int, one: int, *, wanted: int, ways: dict[tuple[int, bool], dict[int, int]]
) -> tuple[Exchange, str]:
    """Return the exchange that brings a candidate in, or the reason why it is refused."""
    if draw.reviewers[subject] >> one & 1:
        return [], ""
    gate, mirrors = draw.gate(subject, one), draw.table.rules["no_mutual"]
    close = draw.table.close[subject]
    through = wanted & (close if close >> one & 1 else ~close)
    if (gate, True) not in ways:
        ways[gate, True] = draw.ways_to(gate, strict=mirrors, wanted=through)
    if one in ways[gate, True]:
        exchange = draw.exchange(one, ways[gate, True])
        if not mirrors or not makes_mirror(draw, subject, one, exchange):
            return exchange, ""
    if (gate, False) not in ways:
        ways[gate, False] = draw.ways_to(gate, strict=False, wanted=through)
    if one in ways[gate, False]:
        return searched(draw, subject, one, ways[gate, False])
    draw.proof = draw.crowd(ways[gate, False])
    return [], "DEAD_END"


def settled_reason(draw: Completion, subject: int, one: int, pool: int) -> str:
    """Return why what was drawn before refuses the candidate, or an empty string."""
    table = draw.table
    if draw.settled[subject] >> one & 1:
        return "ALREADY"
    if not pool >> one & 1:
        return "OTHER_GROUP"
    if table.rules["no_mutual"] and draw.settled[one] >> subject & 1:
        return "MUTUAL"
    return "FULL" if draw.drawn[one] >= table.most[one] else ""


def makes_mirror(draw: Completion, subject: int, one: int, exchange: Exchange) -> bool:
    """Whether the exchange would leave a pair and its mirror in the draw."""
    changed, drawn = {*exchange, (subject, one)}, draw.reviewers
    added = [(s, r) for s, r in changed if not drawn[s] >> r & 1]
    return any(s != r and (drawn[r] >> s & 1) != ((r, s) in changed) for s, r in added)


def searched(draw: Completion, subject: int, one: int, ways: dict[int, int]) -> tuple[list[tuple[int, int]], str]:
    """Search further for a complete draw with this pair; return the exchange, or the reason why there is none."""
    before = list(draw.reviewers)
    duties, settled, may, free = list(draw.duties), draw.settled[subject], draw.may[subject], draw.free
    draw.change(draw.exchange(one, ways))
    draw.flip(subject, one)
    draw.settled[subject] |= 1 << one
    draw.may[subject] &= ~(1 << one)
    draw.tries = 0
    found = draw.mend()
    exchange = [
        (s, r) for s in draw.table.subjects for r in bits(before[s] ^ draw.reviewers[s]) if (s, r) != (subject, one)
    ]
    draw.reviewers, draw.duties, draw.settled[subject], draw.may[subject], draw.free = (
        before,
        duties,
        settled,
        may,
        free,
    )
    if found:
        return exchange, ""
    return [], "UNDECIDED" if draw.tries > SEARCH_LIMIT else "DEAD_END"
