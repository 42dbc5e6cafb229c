"""A distribution strip: how a whole divides into a few parts, as one bar with its numbers written out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the whole; ``step`` is its shade, 0 to 4."""

    label: str
    count: int
    step: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part where it is drawn, as percentages of the width."""

    part: Part
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture: parts in reading order, with the whole."""

    caption: str
    stretches: tuple[Stretch, ...]
    total: int


def draw_strip(parts: Sequence[Part], *, caption: str, right_to_left: bool = False) -> Strip:
    """Return the picture of ``parts``; widths add up to the whole."""
    total = sum(part.count for part in parts)
    stretches, before = [], 0
    for part in parts:
        share = part.count / total if total else 0.0
        begin = before / total if total else 0.0
        left = 1 - begin - share if right_to_left else begin
        stretches.append(Stretch(part, f"{abs(left):.2%}", f"{share:.2%}"))
        before += part.count
    return Strip(caption, tuple(stretches), total)
