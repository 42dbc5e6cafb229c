"""A complete draw, and the exchanges that lead from it to others."""

from merida.rules.lots.procedure.chance import Json, bits
from merida.rules.lots.procedure.table import Table

SEARCH_LIMIT = 400  # branches tried per candidate before it counts as undecided; part of the procedure


class Completion:
    """One complete draw that keeps what is settled.

    Nodes of its exchange graph, in this order: reviewers, subjects, their places for other groups, and one end that
    lends and takes duties. A way through the graph takes pairs out and puts pairs in.
    """

    def __init__(self, table: Table) -> None:
        self.table, self.size, self.end = table, table.size, 3 * table.size
        self.may, self.least = list(table.may), [0] * table.size
        self.reviewers, self.settled = list(table.kept), list(table.kept)  # per subject
        self.duties = [sum(1 << s for s, m in enumerate(table.kept) if m >> r & 1) for r in range(table.size)]
        self.drawn = [mask.bit_count() for mask in self.duties]  # settled duties per reviewer
        self.tries = 0
        self.proof: Json = {}  # where the last search found nothing, why there is nothing
        self.others: int = table.rules["reviewers_per_review"] - table.rules["same_group_at_least"]
        self.free = sum(1 << r for r in range(table.size) if self.duties[r].bit_count() < table.most[r])

    def ways_to(self, target: int, *, strict: bool, wanted: int | None = None) -> dict[int, int]:
        """Return, for each node that can reach the target, the next node on a shortest way (lowest first).

        A strict way makes no pair whose mirror is in the draw. It ends when all ``wanted`` reviewers are reached.
        """
        new = (1 << self.end + 1) - 1 & ~(1 << target)  # nodes not reached yet
        sought = new if wanted is None else wanted
        toward, queue = {target: target}, [target]
        for node in queue:
            if not sought & new:
                break
            fresh = self.before(node, strict=strict) & new
            new ^= fresh
            while fresh:
                lowest = fresh & -fresh
                fresh ^= lowest
                one = lowest.bit_length() - 1
                toward[one] = node
                queue.append(one)
        return toward

    def before(self, node: int, *, strict: bool) -> int:
        """Return the nodes one step before this one, one bit a node."""
        size, end = self.size, self.end
        if node == end:
            return self.free
        if node < size:  # a reviewer: whoever may take it in comes before
            duties, near = self.duties[node], self.table.near[node]
            takers = self.may[node] & ~duties & ~(self.reviewers[node] if strict else 0)
            lends = duties.bit_count() > self.least[node]
            return (takers & near) << size | (takers & ~near) << 2 * size | lends << end
        place = node % size
        mine, close, settled = self.reviewers[place], self.table.close[place], self.settled[place]
        far = mine & ~close
        if node < 2 * size:  # a subject: whoever it can let go of, and its own places for other groups
            return mine & close & ~settled | (far != 0) << 2 * size + place
        return far & ~settled | (far.bit_count() < self.others) << size + place

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
                if start < size:
                    changes.append((after % size, start))
                elif after < size:
                    changes.append((start % size, after))
            start = after
        return changes

    def change(self, changes: list[tuple[int, int]]) -> None:
        """Make an exchange; made twice, it undoes itself."""
        for subject, reviewer in changes:
            self.flip(subject, reviewer)

    def gate(self, subject: int, reviewer: int) -> int:
        """Return the node from which the subject takes this reviewer."""
        return (self.size if self.table.close[subject] >> reviewer & 1 else 2 * self.size) + subject

    def complete(self) -> bool:
        """Fill every place, then give every participant its least number of duties; False where that cannot be."""
        for subject in self.table.subjects:
            while self.reviewers[subject].bit_count() < self.table.need[subject]:
                toward = self.ways_to(self.end, strict=False)
                if self.size + subject not in toward:
                    return False
                self.change(self.exchange(self.size + subject, toward))
        self.least = list(self.table.least)
        for reviewer in range(self.size):
            while self.duties[reviewer].bit_count() < self.least[reviewer]:
                toward = self.ways_to(reviewer, strict=False)
                if self.end not in toward:
                    return False
                self.change(self.exchange(self.end, toward))
        self.tries = 0
        return not self.table.rules["no_mutual"] or self.mend()

    def mirrored(self) -> tuple[int, int] | None:
        """Return the first pair whose mirror is in the draw too."""
        for place in self.table.subjects:
            both = self.reviewers[place] & self.duties[place] & ~(1 << place)
            if both:
                return place, next(bits(both))
        return None

    def mend(self) -> bool:
        """Exchange until no pair has its mirror: of two mirrored pairs one must go, each is tried. True when done."""
        pair = self.mirrored()
        if pair is None:
            return True
        self.tries += 1
        proofs = list[Json]()
        for subject, reviewer in (pair, pair[::-1]):
            if self.settled[subject] >> reviewer & 1 or self.tries > SEARCH_LIMIT:
                continue
            kept, self.may[reviewer] = self.may[reviewer], self.may[reviewer] & ~(1 << subject)
            done, gate = False, self.gate(subject, reviewer)
            toward = self.ways_to(reviewer, strict=True)
            if gate not in toward:
                toward = self.ways_to(reviewer, strict=False)
            if gate in toward:
                changes = [(subject, reviewer), *self.exchange(gate, toward)]
                self.change(changes)
                done = self.mend()
                if not done:
                    self.change(changes)
            else:
                self.proof = self.crowd(toward)
            self.may[reviewer] = kept
            if done:
                return True
            proofs.append(self.proof)
        if proofs:  # one alone: the other pair is settled, and so bars this one
            named = [self.table.codes[place] for place in pair]
            both = {"pair": named, "without": proofs[0], "without_mirror": proofs[-1]}
            self.proof = both if len(proofs) > 1 else proofs[0]
        return False

    def crowd(self, toward: dict[int, int]) -> Json:
        """Name the reviewers from whom the target can be reached: they must take more duties than they have room for.

        No way leads to them from the node asked for, so those outside have all the duties they may have, or those
        inside no more than they must.
        """
        return {"crowd": [code for place, code in enumerate(self.table.codes) if place in toward]}
