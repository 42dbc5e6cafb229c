"""How far the parts of a response are that people and authorities are entrusted with. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

Standing = tuple[bool, bool]  # answered, cleared


class Counted(Protocol):
    """Numbers of questions that are asked, answered and cleared."""

    @property
    def asked(self) -> int:
        """Questions that are asked."""

    @property
    def answered(self) -> int:
        """Those of them with an answer."""

    @property
    def cleared(self) -> int:
        """Those of them whose answer is cleared."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is."""

    asked: int
    answered: int
    cleared: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the parts of a response are: ``sections`` by their counts, single ``questions`` by where they stand.

    ``section_of`` names the section of each question, so that one within an entrusted section counts once.
    """

    sections: Mapping[str, Counted]
    questions: Mapping[str, Standing]
    section_of: Mapping[str, str]

    def of(self, scopes: Collection[str]) -> Progress | None:
        """Return how far some sections and questions are together; None where none of them is asked."""
        whole = {scope for scope in scopes if scope in self.sections}
        single = {each for each in scopes if each in self.questions and self.section_of[each] not in whole}
        if not whole and not single:
            return None
        told = summed(self.sections[each] for each in whole)
        standing = [self.questions[each] for each in single]
        return Progress(
            told.asked + len(standing),
            told.answered + sum(answered for answered, _cleared in standing),
            told.cleared + sum(cleared for _answered, cleared in standing),
        )

    def of_each(self, held: Iterable[tuple[str, Collection[str]]]) -> dict[str, Progress]:
        """Return how far each holder is with all that is entrusted to it, in the order they come first.

        Two people of one ministry who share a question count it once. Who holds nothing that is asked is left out.
        """
        scopes: dict[str, set[str]] = defaultdict(set)
        for key, entrusted in held:
            scopes[key].update(entrusted)
        told = ((key, self.of(entrusted)) for key, entrusted in scopes.items())
        return {key: progress for key, progress in told if progress is not None}


def summed(rows: Iterable[Counted]) -> Progress:
    """Return several counts as one."""
    held = list(rows)
    return Progress(sum(row.asked for row in held), sum(row.answered for row in held), sum(row.cleared for row in held))
