"""A complete draw, and the exchanges that lead from it to others."""

from merida.rules.lots.procedure.chance import bits
from merida.rules.lots.procedure.table import Table

SEARCH_LIMIT = 400  # branches tried per candidate before it counts as undecided; part of the procedure


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
        self.drawn = [mask.bit_count() for mask in self.duties]  # settled duties per reviewer
        self.tries = 0
        self.others = table.rules["reviewers_per_review"] - table.rules["same_group_at_least"]
        self.free = sum(1 << r for r in range(table.size) if self.duties[r].bit_count() < table.most[r])

    def ways_to(self, target: int, *, strict: bool, wanted: int | None = None) -> dict[int, int]:
        """Return, for each node that can reach the target, the next node on a shortest way (lowest first).

        A strict way makes no pair whose mirror is in the draw. It ends when all ``wanted`` reviewers are reached.
        """
        size, end = self.size, self.end
        new = [(1 << size) - 1 for _ in range(3)]  # subjects, places for other groups, reviewers not reached yet
        toward, queue = {target: target}, [target]
        if target < end:
            new[target // size] ^= 1 << target % size
        for node in queue:
            if wanted is not None and not wanted & new[2]:
                break
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
