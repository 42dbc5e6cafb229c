"""The uniform method: a random walk over tables that may break rules, read after a fixed number of steps.

Each step proposes to replace a reviewer or to let two States swap reviewers, both ways equally likely, and is taken
with the chance ``base ** -(rules broken more)``. So in the long run every table that breaks nothing is equally likely.
A walk is read once, at its end; if the table breaks a rule, a new walk starts with new numbers. Readings are
independent, so the first good one favours no table over another (stopping a walk at its first good table would).
"""

from merida.rules.lots.procedure.chance import DrawError, Json, Stream, bits
from merida.rules.lots.procedure.completion import Completion
from merida.rules.lots.procedure.table import Table

SWEEPS = 120  # steps of a walk per place to fill
WALKS = 200
BASES = ((12, 8), (60, 50), (1 << 30, 1500))  # up to so many participants: one broken rule makes a table so much rarer


def uniform(table: Table, stream: Stream) -> Json:
    """Draw every open place at once; return the walks with what each broke at its end, and the pairs drawn."""
    if table.first_format:
        completion = Completion(table)
        if not completion.complete():
            raise DrawError("no complete draw exists under these rules for this urn")
        start = completion.reviewers
    else:
        start = table.masks(table.start)
    base = next(base for most, base in BASES if table.size <= most)
    broken, walk = list[int](), Walk(table, start)
    steps = SWEEPS * len(walk.places)
    while not broken or broken[-1]:
        if len(broken) == WALKS:
            raise DrawError(f"none of {WALKS} walks ended in a table that keeps every rule; use the ceremony")
        walk = Walk(table, start)
        for _ in range(steps if walk.places else 0):
            walk.step(stream, base)
        broken.append(walk.broken())
    drawn = sorted([table.codes[s], table.codes[r]] for s, r in walk.places)
    began = {"completion": table.pairs(start)} if table.first_format else {}
    return {**began, "base": base, "steps": steps, "walks": broken, "drawn": drawn}


class Walk:
    """A table on the walk: places to fill, each with its subject and the reviewer that holds it now."""

    def __init__(self, table: Table, reviewers: list[int]) -> None:
        self.table, self.reviewers = table, list(reviewers)
        self.places = [(s, r) for s in table.subjects for r in bits(reviewers[s] & ~table.kept[s])]
        self.duties = [sum(mask >> r & 1 for mask in reviewers) for r in range(table.size)]
        self.mirrors: bool = table.rules["no_mutual"]
        self.group: int = table.rules["same_group_at_least"]

    def step(self, stream: Stream, base: int) -> None:
        """Propose one change and take it or not."""
        place, other = stream.below(len(self.places)), stream.below(self.table.size + len(self.places))
        subject, old = self.places[place]
        if other < self.table.size:
            changes = [(subject, old, other)]
        else:
            place_too = other - self.table.size
            subject_too, new = self.places[place_too]
            changes = [(subject, old, new), (subject_too, new, old)]
            if subject == subject_too:
                return
        if any(not self.open(subject, new) for subject, _, new in changes):
            return
        more = sum(self.replace(*change) for change in changes)
        if any(stream.below(base) for _ in range(more)):
            for subject, old, new in changes:
                self.replace(subject, new, old)
            return
        self.places[place] = (changes[0][0], changes[0][2])
        if len(changes) > 1:
            self.places[place_too] = (changes[1][0], changes[1][2])

    def open(self, subject: int, reviewer: int) -> bool:
        """Whether the reviewer may come to this subject and is not there."""
        return bool(self.table.may[reviewer] >> subject & 1) and not self.reviewers[subject] >> reviewer & 1

    def replace(self, subject: int, old: int, new: int) -> int:
        """Replace a reviewer; return how many rules more are broken."""
        close, before = self.table.close[subject], self.reviewers[subject]
        after = before ^ (1 << old) ^ (1 << new)
        self.reviewers[subject] = after
        more = max(0, self.group - (after & close).bit_count()) - max(0, self.group - (before & close).bit_count())
        if self.mirrors:
            more += (new != subject) * (self.reviewers[new] >> subject & 1)
            more -= (old != subject) * (self.reviewers[old] >> subject & 1)
        more += self.excess(old, -1) + self.excess(new, 1)
        self.duties[old] -= 1
        self.duties[new] += 1
        return more

    def excess(self, reviewer: int, change: int) -> int:
        """Return how many duties more are out of bounds after a change by one."""
        duties, least, most = self.duties[reviewer], self.table.least[reviewer], self.table.most[reviewer]
        if change > 0:
            return (duties >= most) - (duties < least)
        return (duties <= least) - (duties > most)

    def broken(self) -> int:
        """Count the rules that the table breaks now."""
        table = self.table
        count = sum(max(0, self.group - (self.reviewers[s] & table.close[s]).bit_count()) for s in table.subjects)
        count += sum(max(0, table.least[r] - d, d - table.most[r]) for r, d in enumerate(self.duties))
        if self.mirrors:
            count += sum(self.reviewers[r] >> s & 1 for s in table.subjects for r in bits(self.reviewers[s]) if r > s)
        return count
