"""A walk from table to table, made again step by step."""

from typing import Any

from merida.rules.lots.aloud.rules import Pairs, Urn, change, prepared
from merida.rules.lots.aloud.start import Stream, at, below, same

Places = list[Any]  # codes of subject and reviewer


def walks(record: Any, stream: Stream) -> Any:
    """What the record must say."""
    said, steps, size = record["announcement"], 0, len(record["announcement"]["urn"])
    ends: list[int] = []
    pairs: Places = []
    base = 8 if size <= 12 else 50 if size <= 60 else 1500  # noqa: PLR2004 (what one broken rule costs, by size)
    while not ends or ends[-1]:
        urn = prepared(said)
        everyone = [(code, code) for code in urn]
        with at("announcement.start"):
            change(urn, said["start"])
            good = all(len(one.holds) == one.need and one.settled <= one.holds <= one.may for one in urn.values())
            same("announcement.start: every rule kept", good and not broken(urn, everyone), right=True)
        places = [(s, r) for s, r in said["start"] if urn[r] not in urn[s].settled]
        steps = 120 * len(places)
        for _ in range(steps):
            step(urn, places, stream, base)
        ends.append(broken(urn, everyone))
        same("walks", record["walks"][: len(ends)], ends)
        pairs = sorted([code, one.code] for code in urn for one in urn[code].holds)
    return {"base": base, "steps": steps, "walks": ends, "pairs": pairs}


def broken(urn: Urn, pairs: Pairs) -> int:
    """How many rules are broken by these subjects and reviewers."""
    subjects, reviewers = {urn[s] for s, _ in pairs}, {urn[r] for _, r in pairs}
    groups = sum(max(0, s.inside - len(s.holds & s.close)) for s in subjects)
    duties = sum(max(0, r.least - len(r.duties), len(r.duties) - r.most) for r in reviewers)
    mutual = {frozenset((s, r)) for s in subjects for r in s.holds & s.duties & s.apart}
    return groups + duties + len(mutual)


def step(urn: Urn, places: Places, stream: Stream, base: int) -> None:
    """A reviewer is replaced, or two subjects swap reviewers; taken back where it breaks too much."""
    codes = list(urn)
    place, other = below(len(places), stream), below(len(urn) + len(places), stream)
    subject, old = places[place]
    if other < len(codes):
        after = {place: (subject, codes[other])}
    else:
        second, new = places[other - len(codes)]
        after = {place: (subject, new), other - len(codes): (second, old)}
    if any(urn[r] in urn[s].holds or urn[r] not in urn[s].may for s, r in after.values()):
        return
    changes = [*(places[number] for number in after), *after.values()]
    before = broken(urn, changes)
    change(urn, changes)
    # each rule broken more passes once in so many times
    if any(below(base, stream) for _ in range(broken(urn, changes) - before)):
        change(urn, changes)
        return
    for number, pair in after.items():
        places[number] = pair
