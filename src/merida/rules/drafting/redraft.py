"""Drafting again over what people wrote: three texts, of the draft before, of the person, of the draft now.

A paragraph nobody touched becomes what is drafted now. One that somebody edited, or struck out, stays as it is; when
what is drafted beneath it has changed, it says so and keeps both. A paragraph of a person's own always stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from merida.rules.drafting.headings import above, scheme
from merida.rules.drafting.records import Part, Sentence

OWN = "own"


@dataclass(frozen=True, slots=True)
class Kept:
    """A part as it stands in a report.

    ``drafted`` is what was drafted last, ``shown`` what the report says. ``edited`` holds once a person changed it or
    struck it out (``shown`` empty). ``beneath`` is what is drafted now where that differs from what the person had
    before them; empty and ``gone`` where nothing is drafted any more.
    """

    key: str
    heading: str
    level: int
    drafted: tuple[Sentence, ...]
    shown: tuple[Sentence, ...]
    edited: bool = False
    beneath: tuple[Sentence, ...] = ()
    gone: bool = False

    @property
    def changed_beneath(self) -> bool:
        """Whether a person must look: the records say something else than when they wrote."""
        return self.gone or bool(self.beneath)


def first(parts: Iterable[Part]) -> tuple[Kept, ...]:
    """A new draft."""
    return tuple(Kept(one.key, one.heading, one.level, one.sentences, one.sentences) for one in parts)


def again(kept: Sequence[Kept], parts: Sequence[Part]) -> tuple[Kept, ...]:
    """The report after drafting again, in order; see the module."""
    before = {one.key: one for one in kept}
    now = {one.key: one for one in parts}
    fresh = [_merged(before.get(one.key), one) for one in parts]
    stays = [_left(one) for one in kept if one.key not in now and one.edited]
    needed = {code for one in stays for code in above(one.heading)} - now.keys()
    headings = [one for one in kept if one.key in needed and not one.edited]
    left = {one.key: one for one in (*headings, *stays)}
    return in_order(fresh, [left[one.key] for one in kept if one.key in left], kept)


def _merged(old: Kept | None, new: Part) -> Kept:
    if old is None or not old.edited:
        return Kept(new.key, new.heading, new.level, new.sentences, new.sentences)
    unchanged = old.drafted == new.sentences
    if unchanged:
        return replace(old, beneath=(), gone=False)
    return replace(old, beneath=new.sentences, gone=False)


def _left(old: Kept) -> Kept:
    return replace(old, beneath=(), gone=bool(old.drafted))  # nothing was drafted of a person's own


def seen(one: Kept) -> Kept:
    """The part after a person has read what changed beneath it and keeps their own words."""
    return replace(one, drafted=one.beneath, beneath=(), gone=False) if one.changed_beneath else one


def taken(one: Kept) -> Kept | None:
    """The part with what is drafted now in place of the person's words; None where nothing is drafted any more."""
    drafted = one.beneath if one.changed_beneath else one.drafted
    return Kept(one.key, one.heading, one.level, drafted, drafted) if drafted else None


def in_order(fresh: Iterable[Kept], stays: Iterable[Kept], before: Sequence[Kept]) -> tuple[Kept, ...]:
    """Parts by heading: those drafted now in their order, each that stays behind the one it followed."""
    found: dict[str, list[Kept]] = {code: [] for code in scheme()}
    for one in fresh:
        found.setdefault(one.heading, []).append(one)
    for one in stays:
        _insert(found.setdefault(one.heading, []), one, [other.key for other in before if other.heading == one.heading])
    return tuple(one for parts in found.values() for one in parts)


def _insert(parts: list[Kept], one: Kept, before: Sequence[str]) -> None:
    """Put a part behind the last of those that stood before it; a heading first."""
    earlier = set(before[: before.index(one.key)])
    places = [at for at, other in enumerate(parts) if other.key in earlier]
    parts.insert(places[-1] + 1 if places else 0, one)


def edited(before: Sequence[Sentence], lines: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences of a paragraph that a person changed, one a line.

    A line that stands as before keeps its records, one put in the place of another takes over those of the other, and
    one that is new rests on none.
    """
    old = [one.text for one in before]
    found: list[Sentence] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=list(lines), autojunk=False).get_opcodes():
        if kind == "equal":
            found.extend(before[a:b])
        elif kind == "replace":
            found.extend(_replacing(before[a:b], lines[c:d]))
        elif kind == "insert":
            found.extend(Sentence(text) for text in lines[c:d])
    return tuple(found)


def _replacing(old: Sequence[Sentence], lines: Sequence[str]) -> list[Sentence]:
    if len(old) == len(lines):
        return [Sentence(text, one.traces) for one, text in zip(old, lines, strict=True)]
    everything = tuple(dict.fromkeys(key for one in old for key in one.traces))
    return [Sentence(text, everything) for text in lines]
