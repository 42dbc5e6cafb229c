"""Check the record of a draw by ceremony: ``python3 verify_draw.py RECORD.json``. One file, standard library only.

It draws nothing anew. It follows the record and believes none of it: numbers come from the seed, every candidate that
was admitted is shown to leave a complete draw, and for every candidate that was refused the reason is found again.
Exit code 0: all of it holds. 1: it does not, and the first place that is wrong is named.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FORMAT, MOST, LONGEST_SEARCH, PAIR = "merida-draw/1", 1000, 400, 2
WORD = 1 << 64
Pairs = list[tuple[int, int]]  # subject, reviewer


class WrongError(Exception):
    """Something in the record does not hold; the text names the place."""


# 1. Spelling, digests and numbers from the seed


def digest(value: object) -> str:
    """SHA-256 of the one spelling: keys sorted, no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


class Stream:
    """Numbers from the seed: SHA-256 of seed, label and a counter, cut into four words, the first word first."""

    def __init__(self, seed: str, label: str) -> None:
        self.prefix, self.counter, self.words = f"{seed} {label} ", 0, list[int]()

    def below(self, bound: int) -> int:
        """A number from 0 to bound less 1: words past the last full round are thrown away."""
        while True:
            if not self.words:
                block = hashlib.sha256(f"{self.prefix}{self.counter}".encode()).digest()
                self.words = [int.from_bytes(block[start : start + 8], "big") for start in (24, 16, 8, 0)]
                self.counter += 1
            word = self.words.pop()
            if word < WORD - WORD % bound:
                return word % bound

    def shuffled(self, items: list[Any]) -> list[Any]:
        """From the last place down, swap with one at or below."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def bits(mask: int) -> Iterator[int]:
    """Sets of participants are numbers: this gives the members, lowest first."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1


def same(where: str, found: object, right: object) -> None:
    """Name the first place where the record differs from what is right."""
    if isinstance(found, dict) and isinstance(right, dict):
        for key in sorted({*found, *right}):
            if key not in found or key not in right:
                raise WrongError(f"{where}.{key}: {'is missing' if key in right else 'is no field of it'}")
            same(f"{where}.{key}", found[key], right[key])
    elif isinstance(found, list) and isinstance(right, list) and len(found) == len(right):
        for place, both in enumerate(zip(found, right, strict=True), 1):
            same(f"{where}.{place}", *both)
    elif type(found) is not type(right) or found != right:
        raise WrongError(f"{where}: the record says {found!r}, the procedure gives {right!r}")


# 2. Urn and rules: who may review whom, and one complete draw that changes pick by pick


class Table:
    """The complete draw in hand. Participants are numbered in the order of their codes."""

    def __init__(self, said: Any) -> None:
        self.urn, self.rules = sorted(said["urn"], key=lambda one: one["code"]), said["rules"]
        self.codes = [one["code"] for one in self.urn]
        self.at = {code: place for place, code in enumerate(self.codes)}
        self.size = len(self.urn)
        everyone, self.subjects = range(self.size), [self.at[code] for code in said["subjects"]]
        self.need: list[int] = [self.rules["reviewers_per_review"] * (place in self.subjects) for place in everyone]
        self.inside: int = self.rules["same_group_at_least"]
        kept, earlier, conflicts = (
            [(self.at[pair["subject"]], self.at[pair["reviewer"]]) for pair in said[name]]
            for name in ("kept", "earlier", "conflicts")
        )
        self.why = dict.fromkeys(conflicts, "CONFLICT")
        if self.rules["no_mutual"]:
            self.why |= {(reviewer, subject): "MUTUAL" for subject, reviewer in earlier + kept}
        out = {self.at[one["code"]]: "EXCLUDED" for one in said["excluded"]}
        out |= {place: "DECLINES" for place in everyone if self.urn[place]["declines"]}
        self.why |= {(subject, place): reason for place, reason in out.items() for subject in self.subjects}
        if self.rules["no_self"]:
            self.why |= {(subject, subject): "SELF" for subject in self.subjects}
        self.may = [sum(1 << s for s in self.subjects if (s, r) not in self.why) for r in everyone]
        group = [one["group"] for one in self.urn]
        self.close = [sum(1 << r for r in everyone if group[s] in ("", group[r])) for s in everyone]
        done, of_kept = [one["duties_done"] for one in self.urn], [[r for _, r in kept].count(r) for r in everyone]
        self.most: list[int] = [max(of_kept[r], self.rules["duties_max"] - done[r]) for r in everyone]
        due = [said["minimum_due"] and r not in out for r in everyone]
        self.least: list[int] = [max(0, self.rules["duties_min"] - done[r]) if due[r] else 0 for r in everyone]
        self.reviewers, self.duties, self.settled = ([0] * self.size for _ in range(3))
        for subject, reviewer in kept:
            self.settled[subject] |= 1 << reviewer
        self.drawn, self.tries = of_kept, 0

    def known(self, where: str, code: object) -> int:
        """The number of a participant."""
        if not isinstance(code, str) or code not in self.at:
            raise WrongError(f"{where}: {code!r} is not in the urn")
        return self.at[code]

    def flip(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Put in the pairs that are not in the draw and take out those that are."""
        for subject, reviewer in pairs:
            self.reviewers[subject] ^= 1 << reviewer
            self.duties[reviewer] ^= 1 << subject

    def missing(self, subject: int, reviewer: int) -> Pairs:
        """The pair, unless it is in the draw already."""
        return [] if self.reviewers[subject] >> reviewer & 1 else [(subject, reviewer)]

    def pairs(self, table: list[int]) -> list[list[str]]:
        """A table in codes."""
        return [[self.codes[s], self.codes[r]] for s in range(self.size) for r in bits(table[s])]

    def hard_rules(self, where: str, subjects: Iterable[int], reviewers: Iterable[int]) -> None:
        """Every hard rule, for these subjects and these reviewers."""
        for s in subjects:
            mine, mutual = self.reviewers[s], self.reviewers[s] & self.duties[s] & ~(1 << s)
            few = mine.bit_count() != self.need[s] or (mine and (mine & self.close[s]).bit_count() < self.inside)
            if few or self.settled[s] & ~mine or (mutual and self.rules["no_mutual"]):
                raise WrongError(f"{where}: a rule would be broken for the reviewers of {self.codes[s]}")
        for r in reviewers:
            barred = any(not self.settled[s] >> r & 1 for s in bits(self.duties[r] & ~self.may[r]))
            if barred or not self.least[r] <= self.duties[r].bit_count() <= self.most[r]:
                raise WrongError(f"{where}: a rule would be broken for the duties of {self.codes[r]}")

    # 3. One pick

    def pick(self, where: str, subject: int, said: Any, stream: Stream) -> Any:
        """Return what the record of this pick must say. What it says is used for one thing: exchanges, each proven."""
        settled, close = self.settled[subject], self.close[subject]
        inside = (settled & close).bit_count() < self.inside
        place, proofs = settled.bit_count() + 1, self.proven(where, subject, said["admitted"])
        groups, refused, admitted = dict[str, Any](), dict[str, list[str]](), list[int]()
        for one, code in enumerate(self.codes):
            reason = self.why.get((subject, one)) or self.reason(subject, one, inside=inside)
            if not reason and one not in proofs:
                reason = self.dead_end(subject, one)
                if not reason:
                    raise WrongError(f"{where}.admitted: {code} could be drawn too and is not admitted")
            if reason:
                refused.setdefault(reason, []).append(code)
            else:
                admitted.append(one)
                exchange = proofs[one][1]
                groups.setdefault(" ".join(exchange), {"codes": [], "exchange": exchange})["codes"].append(code)
        system, preferred = self.urn[subject]["legal_system"], list[int]()
        if inside and system and "SIMILAR_LEGAL_SYSTEM" in self.rules["preferences"]:
            preferred = [one for one in admitted if self.urn[one]["legal_system"] == system]
        balls = [one for one in preferred or admitted for _ in range(self.urn[one]["weight"])]
        if not balls:
            raise WrongError(f"{where}.admitted: nobody is admitted")
        ball = stream.below(len(balls))
        chosen = balls[ball]
        self.flip(proofs[chosen][0])
        self.settle(subject, chosen)
        self.drawn[chosen] += 1
        names = {
            "subject": self.codes[subject],
            "reviewer": self.codes[chosen],
            "from": "SAME_GROUP" if inside else "ALL",
        }
        numbers = {"place": place, "balls": len(balls), "ball": ball + 1}
        preference = "SIMILAR_LEGAL_SYSTEM" if preferred else ""
        return {**names, **numbers, "admitted": list(groups.values()), "refused": refused, "preference": preference}

    def settle(self, subject: int, reviewer: int) -> None:
        """From now on this pair stays."""
        self.settled[subject] |= 1 << reviewer
        if self.rules["no_mutual"]:
            self.may[subject] &= ~(1 << reviewer)

    def reason(self, subject: int, one: int, *, inside: bool) -> str:
        """Why what was drawn before refuses a candidate."""
        if self.settled[subject] >> one & 1:
            return "ALREADY"
        if inside and not self.close[subject] >> one & 1:
            return "OTHER_GROUP"
        if self.rules["no_mutual"] and self.settled[one] >> subject & 1:
            return "MUTUAL"
        return "FULL" if self.drawn[one] >= self.most[one] else ""

    def proven(self, where: str, subject: int, said: Any) -> dict[int, tuple[Pairs, list[str]]]:
        """Make the exchange of every admitted candidate: a complete draw with this pick must come out."""
        proofs = dict[int, tuple[Pairs, list[str]]]()
        for number, group in enumerate(said, 1):
            there, way = f"{where}.admitted.{number}", Pairs()
            for step, text in enumerate(group["exchange"], 1):
                first, _, second = str(text)[1:].partition(":")
                s, r = (self.known(f"{there}.exchange.{step}", code) for code in (first, second))
                if text[:1] != ("-" if self.reviewers[s] >> r & 1 else "+"):
                    raise WrongError(f"{there}.exchange.{step}: {text!r} cannot be done")
                way.append((s, r))
            for step, code in enumerate(group["codes"], 1):
                one = self.known(f"{there}.codes.{step}", code)
                changes = [*way, *self.missing(subject, one)]
                self.flip(changes)
                self.hard_rules(f"{there}.codes.{step}", {subject, *(s for s, _ in changes)}, {r for _, r in changes})
                if not self.reviewers[subject] >> one & 1:
                    raise WrongError(f"{there}.codes.{step}: the exchange takes {code} out")
                self.flip(changes)
                proofs[one] = changes, group["exchange"]
        return proofs

    # 4. Proof that a candidate refused as a dead end leaves no complete draw: every way to one is tried

    def dead_end(self, subject: int, one: int) -> str:
        """Put the pair in and look for a complete draw around it; return the reason where there is none."""
        before = [list(each) for each in (self.reviewers, self.duties, self.settled, self.may)]
        self.tries, way = 0, Pairs() if self.reviewers[subject] >> one & 1 else self.way(one, self.gate(subject, one))
        if way is not None:
            self.flip([*way, *self.missing(subject, one)])
            self.settle(subject, one)
            way = way if self.mended() else None
        self.reviewers, self.duties, self.settled, self.may = before
        return "" if way is not None else "DEAD_END" if self.tries <= LONGEST_SEARCH else "UNDECIDED"

    def mended(self) -> bool:
        """Of two that review each other one must go: each is tried. True when nobody is left."""
        both = ((s, r) for s in self.subjects for r in bits(self.reviewers[s] & self.duties[s] & ~(1 << s)))
        pair = next(both, None) if self.rules["no_mutual"] else None
        if pair is None:
            return True
        self.tries += 1
        for s, r in (pair, pair[::-1]):
            if self.settled[s] >> r & 1 or self.tries > LONGEST_SEARCH:
                continue
            may, self.may[r] = self.may[r], self.may[r] & ~(1 << s)
            way = self.way(self.gate(s, r), r)
            if way is not None:
                self.flip([(s, r), *way])
                if self.mended():
                    return True
                self.flip([(s, r), *way])
            self.may[r] = may
        return False

    def gate(self, subject: int, reviewer: int) -> int:
        """The place at which the subject takes this reviewer, inside or outside its group."""
        return subject + self.size * (1 if self.close[subject] >> reviewer & 1 else 2)

    def way(self, start: int, goal: int) -> Pairs | None:
        """The pairs that change when a duty passes from start to goal, hand to hand on a shortest way; or none."""
        toward, queue, reached = {goal: goal}, [goal], 1 << goal
        for node in queue:
            fresh = self.before(node) & ~reached
            reached |= fresh
            queue += bits(fresh)
            toward |= dict.fromkeys(bits(fresh), node)
        changes = Pairs()
        while start != goal and start in toward:
            low, high = sorted((start, toward[start]))
            if low < self.size <= high < 3 * self.size:
                changes.append((high % self.size, low))
            start = toward[start]
        return changes if start == goal else None

    def before(self, node: int) -> int:
        """Who can hand on to a reviewer, to a subject's places inside or outside its group, or to the spare end."""
        size, end = self.size, 3 * self.size
        if node == end:
            return sum(1 << r for r in range(size) if self.duties[r].bit_count() < self.most[r])
        if node < size:
            near = sum(1 << s for s in self.subjects if self.close[s] >> node & 1)
            takers, spare = self.may[node] & ~self.duties[node], self.duties[node].bit_count() > self.least[node]
            return (takers & near) << size | (takers & ~near) << 2 * size | spare << end
        s = node % size
        far, close = self.reviewers[s] & ~self.close[s], self.reviewers[s] & self.close[s]
        if node < 2 * size:
            return close & ~self.settled[s] | (far != 0) << 2 * size + s
        return far & ~self.settled[s] | (far.bit_count() < self.need[s] - self.inside) << size + s


# 5. The whole record


def check(record: Any) -> None:
    """Raise WrongError naming the first place that does not hold."""
    fields = "announcement announcement_digest completion digest format order pairs picks seed seed_key values"
    same("fields", sorted(record), fields.split())
    said, published = record["announcement"], digest(record["announcement"])
    same("format", record["format"], FORMAT)
    same("announcement.method", said["method"], "CEREMONY")
    same("announcement_digest", record["announcement_digest"], published)
    sizes(said, record["values"])
    key = "".join("".join(f"{number}." for number in sorted(numbers)) + "/" for numbers in record["values"])
    seed = hashlib.sha256(f"{key}{published}".encode()).hexdigest()
    same("seed_key", record["seed_key"], key)
    same("seed", record["seed"], seed)
    table, stream = Table(said), Stream(seed, " ".join(filter(None, ["CEREMONY", said.get("instrument")])))
    order, number = stream.shuffled(table.subjects), 0
    same("order", record["order"], [table.codes[subject] for subject in order])
    for place, pair in enumerate(record["completion"], 1):
        same(f"completion.{place}", len(pair), PAIR)
        s, r = (table.known(f"completion.{place}.{side}", code) for side, code in enumerate(pair, 1))
        table.flip([(s, r)])
    same("completion", record["completion"], table.pairs(table.reviewers))
    table.hard_rules("completion", range(table.size), range(table.size))
    for subject in order:
        while table.settled[subject].bit_count() < table.need[subject]:
            number += 1
            if number > len(record["picks"]):
                raise WrongError(f"picks: {len(record['picks'])} entries, more are due")
            pick = record["picks"][number - 1]
            try:
                same(f"picks.{number}", pick, table.pick(f"picks.{number}", subject, pick, stream))
            except (LookupError, TypeError, AttributeError, ValueError) as error:
                raise WrongError(f"picks.{number}: something is missing or of the wrong kind ({error!r})") from error
    same("picks", len(record["picks"]), number)
    same("pairs", record["pairs"], sorted(table.pairs(table.settled)))
    same("digest", record["digest"], digest({name: record[name] for name in record if name != "digest"}))


def sizes(said: Any, values: Any) -> None:
    """Refuse nonsense at once."""
    same("values", len(values), len(said["sources"]))
    numbers = [number for number in said["rules"].values() if isinstance(number, int)]
    numbers += [number for one in said["urn"] for number in (one["weight"] - 1, one["duties_done"])]
    numbers += [len(said["urn"]), len(said["subjects"]), sum(map(len, values)), said["rules"]["years"] - 1]
    if not all(0 <= number <= MOST for number in numbers):
        raise WrongError(f"announcement: a number is not between 0 (a weight: 1) and {MOST}")
    if any(type(number) is not int or not 0 <= number < 10**400 for numbers in values for number in numbers):
        raise WrongError("values: must be whole numbers from 0 of at most 400 digits")


def verify(record: Any) -> list[str]:
    """Return what is wrong first, or an empty list."""
    try:
        check(record)
    except WrongError as error:
        return [str(error)]
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        return [f"announcement: something is missing or of the wrong kind ({error!r})"]
    return []


def main(file: str) -> int:
    """Say the verdict on a file."""
    try:
        record = json.loads(Path(file).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        sys.exit(f"{file}: cannot be read as JSON: {error}")
    wrong = verify(record)
    right = "" if wrong else f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n"
    sys.stdout.write(right or f"WRONG {wrong[0]}\n")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[-1]))
