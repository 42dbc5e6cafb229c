"""Draw lots by the published procedure, and check a record of a draw: ``python3 verify_draw.py RECORD.json``.

One file, standard library only, whole numbers only. Exit code 0: the record is what the procedure gives for its urn,
rules and seed. 1: it is not, and what differs first is named. ``docs/reference/draw-record.md`` describes the record.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMAT = "merida-draw/1"
WORD = 1 << 64
SEARCH_LIMIT = 400  # branches tried per candidate before it counts as undecided; part of the procedure
Json = dict[str, Any]


class DrawError(ValueError):
    """The draw cannot be made, or the record cannot be read; the message says why."""


# 1. Canonical text, digest, seed -------------------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """Return the one spelling of a value: keys sorted, no spaces, UTF-8; whole numbers, no fractions."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def seed_key(values: list[list[int]]) -> str:
    """Join the numbers of each public source as RFC 3797, section 4.1: sorted, a dot after each, then a slash."""
    return "".join("".join(f"{number}." for number in sorted(numbers)) + "/" for numbers in values)


class Stream:
    """Whole numbers from a seed: SHA-256 of ``seed label counter``, cut into words of 64 bits, first word first."""

    def __init__(self, seed: str, label: str) -> None:
        self.prefix, self.counter, self.words = f"{seed} {label} ", 0, list[int]()

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound - 1``, each equally likely: words past the last full round are dropped."""
        limit = WORD - WORD % bound
        while True:
            if not self.words:
                block = hashlib.sha256(f"{self.prefix}{self.counter}".encode()).digest()
                self.words = [int.from_bytes(block[start : start + 8], "big") for start in (24, 16, 8, 0)]
                self.counter += 1
            word = self.words.pop()
            if word < limit:
                return word % bound

    def shuffled(self, items: list[Any]) -> list[Any]:
        """Return the items in a random order: from the last place down, swap with one at or below (Fisher-Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the ones, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


# 2. The urn and the rules as a table of who may review whom ----------------------------------------------------------


class Table:
    """Participants by place in the order of their codes; sets of participants are numbers, one bit a participant."""

    def __init__(self, announcement: Json) -> None:
        rules, urn = announcement["rules"], sorted(announcement["urn"], key=lambda one: one["code"])
        self.rules, self.urn, self.size = rules, urn, len(urn)
        self.codes: list[str] = [one["code"] for one in urn]
        self.place = {code: place for place, code in enumerate(self.codes)}
        self.subjects = [self.place[code] for code in announcement["subjects"]]
        self.weight: list[int] = [one["weight"] for one in urn]
        self.need = [0] * self.size
        for subject in self.subjects:
            self.need[subject] = rules["reviewers_per_review"]
        self.kept = [0] * self.size  # per subject: reviewers that this draw leaves in place
        for pair in announcement["kept"]:
            self.kept[self.place[pair["subject"]]] |= 1 << self.place[pair["reviewer"]]
        self.why = self.reasons(announcement)
        under_review = sum(1 << subject for subject in self.subjects)
        self.may = [under_review & ~self.barred(reviewer) for reviewer in range(self.size)]
        self.close = [
            self.same_group(place) for place in range(self.size)
        ]  # reviewers that count as of the subject's group
        self.near = [sum(1 << s for s in self.subjects if self.close[s] >> r & 1) for r in range(self.size)]
        self.least, self.most = self.bounds(announcement)

    def reasons(self, announcement: Json) -> dict[tuple[int, int], str]:
        """Return, for pairs that no draw may make, subject first, the reason."""
        rules, place, why = self.rules, self.place, dict[tuple[int, int], str]()
        for pair in announcement["conflicts"]:
            why[place[pair["subject"]], place[pair["reviewer"]]] = "CONFLICT"
        if rules["no_mutual"]:
            for pair in [*announcement["earlier"], *announcement["kept"]]:
                why[place[pair["reviewer"]], place[pair["subject"]]] = "MUTUAL"
        out = {place[one["code"]]: "EXCLUDED" for one in announcement["excluded"]}
        out |= {spot: "DECLINES" for spot, one in enumerate(self.urn) if one["declines"]}
        why |= {(subject, spot): reason for spot, reason in out.items() for subject in self.subjects}
        if rules["no_self"]:
            why |= {(subject, subject): "SELF" for subject in self.subjects}
        return why

    def barred(self, reviewer: int) -> int:
        """Return the subjects that this participant may never review."""
        return sum(1 << subject for subject in self.subjects if (subject, reviewer) in self.why)

    def same_group(self, subject: int) -> int:
        """Return who counts as of the subject's regional group; everyone where the subject has none."""
        group = self.urn[subject]["group"]
        return sum(1 << place for place, one in enumerate(self.urn) if not group or one["group"] == group)

    def bounds(self, announcement: Json) -> tuple[list[int], list[int]]:
        """Return how many duties each participant must and may get in this draw, those kept included."""
        least, most = [0] * self.size, [0] * self.size
        for place, one in enumerate(self.urn):
            kept = sum(mask >> place & 1 for mask in self.kept)
            most[place] = max(kept, self.rules["duties_max"] - one["duties_done"])
            if announcement["minimum_due"] and self.may[place]:
                least[place] = max(0, self.rules["duties_min"] - one["duties_done"])
        return least, most

    def pairs(self, masks: list[int]) -> list[list[str]]:
        """Return pairs [subject, reviewer] of a table given as masks."""
        return [[self.codes[s], self.codes[r]] for s, mask in enumerate(masks) for r in bits(mask)]


# 3. A complete draw, and the exchanges that lead to others -----------------------------------------------------------


class Completion:
    """One complete draw that keeps what is settled.

    Nodes of its exchange graph, in this order: subjects, their places for other groups, reviewers, and one end that
    lends and takes duties. A way through the graph takes pairs out and puts pairs in.
    """

    def __init__(self, table: Table) -> None:
        self.table, self.size, self.end = table, table.size, 3 * table.size
        self.may, self.least = list(table.may), [0] * table.size
        self.reviewers, self.settled = list(table.kept), list(table.kept)  # per subject
        self.duties = [sum(1 << s for s, m in enumerate(table.kept) if m >> r & 1) for r in range(table.size)]
        self.tries = 0
        self.others = table.rules["reviewers_per_review"] - table.rules["same_group_at_least"]
        self.free = sum(1 << r for r in range(table.size) if self.duties[r].bit_count() < table.most[r])

    def ways_to(self, target: int, *, strict: bool) -> dict[int, int]:
        """Return, for each node that can reach the target, the next node on a shortest way (lowest first).

        A strict way makes no pair whose mirror is in the draw.
        """
        size, end = self.size, self.end
        new = [(1 << size) - 1] * 3  # subjects, places for other groups, reviewers not reached yet
        toward, queue = {target: target}, [target]
        if target < end:
            new[target // size] ^= 1 << target % size
        for node in queue:
            layers, lends = self.before(node, strict=strict)
            for layer, mask in layers:
                fresh = mask & new[layer]
                new[layer] ^= fresh
                for spot in bits(fresh):
                    toward[layer * size + spot] = node
                    queue.append(layer * size + spot)
            if lends and end not in toward:
                toward[end] = node
                queue.append(end)
        return toward

    def before(self, node: int, *, strict: bool) -> tuple[tuple[tuple[int, int], ...], bool]:
        """Return the nodes one step before this one, as masks by layer, and whether the end is one of them."""
        kind, place = divmod(node, self.size)
        if node == self.end:
            return ((2, self.free),), False
        if kind == 2:  # noqa: PLR2004 (a reviewer: whoever may take it in comes before)
            takers = self.may[place] & ~self.duties[place] & ~(self.reviewers[place] if strict else 0)
            near = self.table.near[place]
            return ((0, takers & near), (1, takers & ~near)), self.duties[place].bit_count() > self.least[place]
        mine, close, here = self.reviewers[place], self.table.close[place], 1 << place
        movable = mine & ~self.settled[place]
        if kind == 0:  # a subject: whoever it can let go of, and its own places for other groups
            return ((2, movable & close), (1, here if mine & ~close else 0)), False
        return ((2, movable & ~close), (0, here if (mine & ~close).bit_count() < self.others else 0)), False

    def flip(self, subject: int, reviewer: int) -> None:
        """Put a pair in, or take it out."""
        self.reviewers[subject] ^= 1 << reviewer
        self.duties[reviewer] ^= 1 << subject
        free = self.duties[reviewer].bit_count() < self.table.most[reviewer]
        self.free = self.free | 1 << reviewer if free else self.free & ~(1 << reviewer)

    def exchange(self, start: int, toward: dict[int, int]) -> list[tuple[int, int]]:
        """Return the pairs (subject, reviewer) that change on the way from ``start`` to the target."""
        size, changes = self.size, list[tuple[int, int]]()
        while toward[start] != start:
            after = toward[start]
            if self.end not in (start, after):
                if start >= 2 * size:
                    changes.append((after % size, start - 2 * size))
                elif after >= 2 * size:
                    changes.append((start % size, after - 2 * size))
            start = after
        return changes

    def change(self, changes: list[tuple[int, int]]) -> None:
        """Make an exchange; made twice, it undoes itself."""
        for subject, reviewer in changes:
            self.flip(subject, reviewer)

    def gate(self, subject: int, reviewer: int) -> int:
        """Return the node from which the subject takes this reviewer."""
        return subject if self.table.close[subject] >> reviewer & 1 else self.size + subject

    def complete(self) -> bool:
        """Fill every place, then give every participant its least number of duties; False where that cannot be."""
        for subject in self.table.subjects:
            while self.reviewers[subject].bit_count() < self.table.need[subject]:
                toward = self.ways_to(self.end, strict=False)
                if subject not in toward:
                    return False
                self.change(self.exchange(subject, toward))
        self.least = list(self.table.least)
        for reviewer in range(self.size):
            while self.duties[reviewer].bit_count() < self.least[reviewer]:
                toward = self.ways_to(2 * self.size + reviewer, strict=False)
                if self.end not in toward:
                    return False
                self.change(self.exchange(self.end, toward))
        self.tries = 0
        return not self.table.rules["no_mutual"] or self.mend()

    def mirrored(self) -> tuple[int, int] | None:
        """Return the first pair whose mirror is in the draw too."""
        for place in self.table.subjects:
            both = self.reviewers[place] & self.duties[place]
            if both:
                return place, next(bits(both))
        return None

    def mend(self) -> bool:
        """Exchange until no pair has its mirror: of two mirrored pairs one must go, each is tried. True when done."""
        pair = self.mirrored()
        if pair is None:
            return True
        self.tries += 1
        for subject, reviewer in (pair, pair[::-1]):
            if self.settled[subject] >> reviewer & 1 or self.tries > SEARCH_LIMIT:
                continue
            kept, self.may[reviewer] = self.may[reviewer], self.may[reviewer] & ~(1 << subject)
            done, gate = False, self.gate(subject, reviewer)
            toward = self.ways_to(2 * self.size + reviewer, strict=True)
            if gate not in toward:
                toward = self.ways_to(2 * self.size + reviewer, strict=False)
            if gate in toward:
                changes = [(subject, reviewer), *self.exchange(gate, toward)]
                self.change(changes)
                done = self.mend()
                if not done:
                    self.change(changes)
            self.may[reviewer] = kept
            if done:
                return True
        return False


# 4. The ceremony: pick by pick among the candidates that still allow a complete draw ---------------------------------


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
    return {"order": [table.codes[subject] for subject in order], "completion": started, "picks": picks}


def pick(draw: Completion, subject: int, stream: Stream) -> Json:
    """Draw one reviewer and settle the pair; return the pick with every candidate admitted or refused."""
    table, settled = draw.table, draw.settled[subject]
    inside = (settled & table.close[subject]).bit_count() < table.rules["same_group_at_least"]
    exchanges, refused = candidates(draw, subject, table.close[subject] if inside else -1)
    admitted = sorted(exchanges)
    preferred, applied = admitted, ""
    system = table.urn[subject]["legal_system"]
    if inside and "SIMILAR_LEGAL_SYSTEM" in table.rules["preferences"] and system:
        alike = [one for one in admitted if table.urn[one]["legal_system"] == system]
        preferred, applied = (alike, "SIMILAR_LEGAL_SYSTEM") if alike else (admitted, "")
    balls = [one for one in preferred for _ in range(table.weight[one])]
    ball = stream.below(len(balls))
    chosen = balls[ball]
    groups = dict[str, Json]()
    for one in admitted:
        after = [
            f"{'-' if draw.reviewers[s] >> r & 1 else '+'}{table.codes[s]}:{table.codes[r]}" for s, r in exchanges[one]
        ]
        groups.setdefault(" ".join(after), {"codes": [], "exchange": after})["codes"].append(table.codes[one])
    draw.change(exchanges[chosen])
    if not draw.reviewers[subject] >> chosen & 1:
        draw.flip(subject, chosen)
    draw.settled[subject] |= 1 << chosen
    if table.rules["no_mutual"]:
        draw.may[subject] &= ~(1 << chosen)
    names = {reason: [table.codes[one] for one in ones] for reason, ones in refused.items()}
    return {
        "subject": table.codes[subject],
        "place": settled.bit_count() + 1,
        "from": "SAME_GROUP" if inside else "ALL",
        "admitted": list(groups.values()),
        "refused": names,
        "preference": applied,
        "balls": len(balls),
        "ball": ball + 1,
        "reviewer": table.codes[chosen],
    }


Exchange = list[tuple[int, int]]


def candidates(draw: Completion, subject: int, pool: int) -> tuple[dict[int, Exchange], dict[str, list[int]]]:
    """Return the exchange for each admitted candidate, and the others by reason."""
    exchanges, refused = dict[int, Exchange](), dict[str, list[int]]()
    ways = dict[tuple[int, bool], dict[int, int]]()
    for one in range(draw.size):
        exchange, reason = judged(draw, subject, one, pool=pool, ways=ways)
        if reason:
            refused.setdefault(reason, []).append(one)
        else:
            exchanges[one] = exchange
    return exchanges, {reason: refused[reason] for reason in sorted(refused)}


def judged(
    draw: Completion, subject: int, one: int, *, pool: int, ways: dict[tuple[int, bool], dict[int, int]]
) -> tuple[Exchange, str]:
    """Return the exchange that brings a candidate in, or the reason why it is refused."""
    reason = draw.table.why.get((subject, one), "") or settled_reason(draw, subject, one, pool)
    if reason or draw.reviewers[subject] >> one & 1:
        return [], reason
    gate, node = draw.gate(subject, one), 2 * draw.size + one
    if (gate, True) not in ways:
        ways[gate, True] = draw.ways_to(gate, strict=draw.table.rules["no_mutual"])
    if node in ways[gate, True]:
        exchange = draw.exchange(node, ways[gate, True])
        if not draw.table.rules["no_mutual"] or not makes_mirror(draw, subject, one, exchange):
            return exchange, ""
    if (gate, False) not in ways:
        ways[gate, False] = draw.ways_to(gate, strict=False)
    return searched(draw, subject, one, ways[gate, False]) if node in ways[gate, False] else ([], "DEAD_END")


def settled_reason(draw: Completion, subject: int, one: int, pool: int) -> str:
    """Return why what was drawn before refuses the candidate, or an empty string."""
    table = draw.table
    if draw.settled[subject] >> one & 1:
        return "ALREADY"
    if not pool >> one & 1:
        return "OTHER_GROUP"
    if table.rules["no_mutual"] and draw.settled[one] >> subject & 1:
        return "MUTUAL"
    return "FULL" if sum(mask >> one & 1 for mask in draw.settled) >= table.most[one] else ""


def makes_mirror(draw: Completion, subject: int, one: int, exchange: Exchange) -> bool:
    """Whether the exchange would leave a pair and its mirror in the draw."""
    changed, drawn = {*exchange, (subject, one)}, draw.reviewers
    added = [(s, r) for s, r in changed if not drawn[s] >> r & 1]
    return any((drawn[r] >> s & 1) != ((r, s) in changed) for s, r in added)


def searched(draw: Completion, subject: int, one: int, ways: dict[int, int]) -> tuple[list[tuple[int, int]], str]:
    """Search further for a complete draw with this pair; return the exchange, or the reason why there is none."""
    before = list(draw.reviewers)
    duties, settled, may, free = list(draw.duties), draw.settled[subject], draw.may[subject], draw.free
    draw.change(draw.exchange(2 * draw.size + one, ways))
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


# 5. The record -------------------------------------------------------------------------------------------------------


def run(announcement: Json, values: list[list[int]]) -> Json:
    """Draw by the announcement with the numbers of its public sources; return the record with its digest."""
    if len(values) != len(announcement["sources"]):
        raise DrawError(f"{len(announcement['sources'])} sources are announced, {len(values)} were given numbers")
    published = digest(announcement)
    key = seed_key(values)
    seed = hashlib.sha256(f"{key}{published}".encode()).hexdigest()
    table = Table(announcement)
    steps = METHODS[announcement["method"]](table, Stream(seed, announcement["method"]))
    drawn = [[one["subject"], one["reviewer"]] for one in steps["picks"]]
    record: Json = {
        "format": FORMAT,
        "announcement": announcement,
        "announcement_digest": published,
        "values": values,
        "seed_key": key,
        "seed": seed,
        **steps,
        "pairs": sorted([*table.pairs(table.kept), *drawn]),
    }
    return {**record, "digest": digest(record)}


METHODS = {"CEREMONY": ceremony}


def first_difference(found: object, expected: object, where: str = "") -> str:
    """Return where two values first differ, keys in their order, and what stands there; empty when they are alike."""
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = sorted({*found, *expected}, key=lambda key: (key == "digest", key))
        odd = next((key for key in keys if key not in found or key not in expected), None)
        if odd is not None:
            return f"{where}{odd}: {'is missing' if odd not in found else 'is no field of it'}"
        parts = [(f"{where}{key}", found[key], expected[key]) for key in keys]
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            return f"{where[:-1]}: {len(found)} entries, not {len(expected)}"
        parts = [(f"{where}{place + 1}", *both) for place, both in enumerate(zip(found, expected, strict=True))]
    else:
        same = type(found) is type(expected) and found == expected
        return "" if same else f"{where[:-1]}: the record says {found!r}, the procedure gives {expected!r}"
    return next((said for name, one, other in parts if (said := first_difference(one, other, f"{name}."))), "")


def verify(record: Json) -> list[str]:
    """Return what is wrong with a record, the first difference of each part; an empty list when it holds."""
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        return [f"format: this is no record of a draw of the format {FORMAT}"]
    wrong = []
    body = {key: value for key, value in record.items() if key != "digest"}
    for name, value in (("announcement_digest", record.get("announcement")), ("digest", body)):
        if record.get(name) != digest(value):
            wrong.append(f"{name}: the record says {record.get(name)!r}, its content gives {digest(value)!r}")
    try:
        difference = first_difference(record, run(record["announcement"], record["values"]))
    except DrawError as error:
        return [f"announcement: {error}"]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError) as error:
        return [*wrong, f"announcement: something is missing or of the wrong kind ({type(error).__name__}: {error})"]
    return [difference, *wrong] if difference else wrong


def main(argv: list[str]) -> int:
    """Check the file named on the command line, say the verdict, return the exit code."""
    if len(argv) != 2:  # noqa: PLR2004 (the program and the file)
        sys.stderr.write("usage: verify_draw.py RECORD.json\n")
        return 2
    try:
        record = json.loads(Path(argv[1]).read_bytes())
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{argv[1]}: cannot be read as JSON: {error}\n")
        return 1
    wrong = verify(record)
    right = "" if wrong else f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n"
    sys.stdout.write(right or "".join(f"WRONG {line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
