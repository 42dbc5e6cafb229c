"""Two people in one answer: what each changed since the text both began with, line by line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one text. Where they touch the same lines both stand, one after the other, and are counted."""

    text: str
    clashes: int


class Piece(NamedTuple):
    """A run of lines that stayed, went or came."""

    sign: Literal["same", "gone", "new"]
    text: str


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Join what ``mine`` and ``theirs`` changed in ``base``. No line that either of them added is lost."""
    if theirs in {mine, base}:
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    lines, left, right = base.split("\n"), mine.split("\n"), theirs.split("\n")
    ours, others = _edits(lines, left), _edits(lines, right)
    out: list[str] = []
    clashes, at = 0, 0
    while ours or others:
        first = min(each[0][0] for each in (ours, others) if each)
        out += lines[at:first]
        end, mine_part, their_part = _together(first, ours, others)
        from_mine, from_theirs = _applied(lines, first, end, mine_part), _applied(lines, first, end, their_part)
        if not their_part or from_mine == from_theirs:
            out += from_mine
        elif not mine_part:
            out += from_theirs
        else:
            out += [*from_mine, *(line for line in from_theirs if line not in from_mine)]
            clashes += 1
        at = end
    return Merged("\n".join(out + lines[at:]), clashes)


def differences(before: str, after: str) -> list[Piece]:
    """Return ``after`` against ``before`` as runs of lines."""
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "\n".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("gone", "\n".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("new", "\n".join(new[j1:j2])))
    return found


_Edit = tuple[int, int, Sequence[str]]  # lines first to last of the base become these


def _edits(base: list[str], text: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, base, text, autojunk=False)
    return [(i1, i2, text[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _together(first: int, ours: list[_Edit], others: list[_Edit]) -> tuple[int, list[_Edit], list[_Edit]]:
    """Take from the front of both lists the edits that touch one another."""
    end, taken = first, ([], [])  # type: tuple[int, tuple[list[_Edit], list[_Edit]]]
    moved = True
    while moved:
        moved = False
        for edits, kept in zip((ours, others), taken, strict=True):
            while edits and edits[0][0] <= end:
                edit = edits.pop(0)
                kept.append(edit)
                end, moved = max(end, edit[1]), True
    return end, *taken


def _applied(base: list[str], first: int, end: int, edits: list[_Edit]) -> list[str]:
    out: list[str] = []
    at = first
    for begin, stop, new in edits:
        out += [*base[at:begin], *new]
        at = stop
    return out + base[at:end]
