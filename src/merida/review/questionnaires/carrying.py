"""From one version of a questionnaire to the next: which answers stay, and a report of what changed. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from merida.review.questionnaires.form import Form, Question


@dataclass(frozen=True, slots=True)
class Report:
    """Identifiers of questions by what became of them.

    ``same`` answers stay as they are, ``reworded`` ones become drafts to be looked at, ``changed`` ones cannot be
    carried over (another kind, or other choices or columns), ``gone`` questions are asked no more.
    """

    same: tuple[str, ...]
    reworded: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    def carried(self) -> frozenset[str]:
        """Return the questions whose answers are kept."""
        return frozenset(self.same) | frozenset(self.reworded)


def compare(old: Form, new: Form) -> Report:
    """Return what became of every question, in the order of the questionnaires."""
    before, after = old.by_identifier, new.by_identifier
    both = [each for each in after if each in before]
    return Report(
        same=tuple(each for each in both if before[each] == after[each]),
        reworded=tuple(e for e in both if before[e] != after[e] and _fits(before[e], after[e])),
        changed=tuple(e for e in both if not _fits(before[e], after[e])),
        gone=tuple(each for each in before if each not in after),
        new=tuple(each for each in after if each not in before),
    )


def _fits(old: Question, new: Question) -> bool:
    """Whether every answer to the old question is an answer to the new one."""
    return old.kind == new.kind and all(
        _identifiers(before) <= _identifiers(after)
        for before, after in ((old.choices, new.choices), (old.columns, new.columns), (old.rows, new.rows))
    )


def _identifiers(parts: Collection[object]) -> set[object]:
    return {
        (getattr(part, "code", None) or getattr(part, "identifier", None), getattr(part, "kind", "")) for part in parts
    }
