"""What language versions of one document tell differently, paragraph by paragraph. Pure."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from merida.exchange.alignment.pairing import Passage, level

MISSING = "PARAGRAPH"
# What the rules read in some languages only, and is compared between these only.
READ_IN = {"ACTIVITY": frozenset({"en", "zh"})}
Told = Mapping[str, frozenset[str]]  # keys by kind


@dataclass(frozen=True, slots=True)
class Passages:
    """One version: its language, its paragraphs in order (place, length) and what each of them tells."""

    language: str
    lengths: Mapping[str, int]  # by place, in the order of the text
    told: Mapping[str, Told]  # by place

    def passages(self) -> list[Passage]:
        """Return the paragraphs for laying level."""
        whole = sum(self.lengths.values()) or 1
        return [Passage(place, frozenset(self._named(place)), length / whole) for place, length in self.lengths.items()]

    def _named(self, place: str) -> Iterator[tuple[str, str]]:
        for kind, keys in self.told.get(place, {}).items():
            if kind not in READ_IN:
                yield from ((kind, key) for key in keys)


@dataclass(frozen=True, slots=True)
class Difference:
    """What one paragraph tells differently: ``keys`` that not all languages tell, by language that tells them.

    ``places`` is where the paragraph stands in each language, ``""`` where it is missing. Of the kind ``PARAGRAPH``
    there are no keys: a language has no such paragraph.
    """

    place: str
    places: Mapping[str, str]
    kind: str
    keys: Mapping[str, tuple[str, ...]]

    @property
    def digest(self) -> str:
        """Known again after another reading that says the same."""
        parts = [self.kind, *(f"{code}={place}" for code, place in sorted(self.places.items()))]
        parts += [f"{code}:{key}" for code, keys in sorted(self.keys.items()) for key in keys]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def rows_of(versions: Sequence[Passages]) -> list[dict[str, str]]:
    """Return the paragraphs laid level: for each row the place in each language. The first version leads."""
    first, *others = versions
    rows = [{first.language: place} for place in first.lengths]
    at = {place: number for number, place in enumerate(first.lengths)}
    for other in others:
        extra: list[dict[str, str]] = []
        for ours, theirs in level(first.passages(), other.passages()):
            if ours:
                rows[at[ours]][other.language] = theirs
            else:
                extra.append({other.language: theirs})
        rows += extra
    languages = [version.language for version in versions]
    return [{code: row.get(code, "") for code in languages} for row in rows]


def differences(versions: Sequence[Passages]) -> list[Difference]:
    """Return what versions of one document tell differently; none for fewer than two."""
    if len(versions) < 2:  # noqa: PLR2004 (two of them can differ)
        return []
    by_language = {version.language: version for version in versions}
    found: list[Difference] = []
    for row in rows_of(versions):
        place = next(filter(None, row.values()))
        here = {code: by_language[code].told.get(at, {}) for code, at in row.items() if at}
        if len(here) < len(row):
            found.append(Difference(place, row, MISSING, {}))
        found += _told_differently(place, row, here)
    return found


def _told_differently(place: str, row: Mapping[str, str], here: Mapping[str, Told]) -> Iterator[Difference]:
    for kind in sorted({kind for told in here.values() for kind in told}):
        codes = [code for code in here if code in READ_IN.get(kind, here)]
        told = {code: here[code].get(kind, frozenset()) for code in codes}
        if len(told) > 1 and len(set(told.values())) > 1:
            shared = frozenset.intersection(*told.values())
            keys = {code: tuple(sorted(keys - shared)) for code, keys in told.items()}
            yield Difference(place, row, kind, keys)


def keys_by_kind(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return what one paragraph tells, by kind."""
    found: dict[str, set[str]] = {}
    for kind, key in pairs:
        found.setdefault(kind, set()).add(key)
    return {kind: frozenset(keys) for kind, keys in found.items()}
