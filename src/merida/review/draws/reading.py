"""What stands in an announcement and in a record, as pages and files show it. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

KEPT = 8  # texts read and kept: a ceremony asks for the same record again and again


@dataclass(frozen=True, slots=True)
class Lot:
    """A State of the urn: ``excluded`` holds the reason where it may not be drawn, ``group`` is ``""`` for none."""

    code: str
    group: str
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class SeedSource:
    """A public source of the seed, and from when on (UTC) its numbers are public; they are empty until the draw."""

    name: str
    public_at: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """One pick: whose reviewer, at which place, from whom, who could not be drawn and why (reason to codes)."""

    number: int
    state: str
    place: int
    same_group: bool
    reviewer: str
    admitted: tuple[str, ...]
    refused: Mapping[str, Sequence[str]]
    preference: str
    ball: int
    balls: int


@dataclass(frozen=True, slots=True)
class Walks:
    """How a table was drawn at once: ``steps`` of each walk, and how many rules each broke at its end; the last none.

    ``rarity``: how many times rarer on a walk a table is for each rule that it breaks.
    """

    steps: int
    rarity: int
    broken: tuple[int, ...]

    @property
    def read(self) -> int:
        """Return the number of the walk whose table is the result, from 1."""
        return len(self.broken)


@dataclass(frozen=True)
class Announcement:
    """What was published before the draw."""

    content: Mapping[str, Any]

    @property
    def rules(self) -> Mapping[str, Any]:
        """Return the numbers of the rule set."""
        found: Mapping[str, Any] = self.content["rules"]
        return found

    @property
    def method(self) -> str:
        """Return how it is drawn: ``CEREMONY`` or ``UNIFORM`` for reviewers, ``YEARS`` for years."""
        return str(self.content["method"])

    @cached_property
    def lots(self) -> tuple[Lot, ...]:
        """Return everyone in the order of the codes, those excluded with the reason."""
        out = {one["code"]: str(one["reason"]) for one in self.content["excluded"]}
        rows = {one["code"]: one for one in self.content["urn"]}
        return tuple(Lot(code, rows[code]["group"], out.get(code, "")) for code in sorted(rows))

    @property
    def answer_days(self) -> int:
        """Return within how many days of being drawn a reviewer answers; 0 where no period is set."""
        return int(self.rules.get("answer_days", 0))

    @property
    def wants_similar_system(self) -> bool:
        """Whether reviewers of a similar legal system are preferred and the method applies it."""
        return self.method == "CEREMONY" and "SIMILAR_LEGAL_SYSTEM" in self.rules["preferences"]

    @cached_property
    def systems(self) -> Mapping[str, str]:
        """Return the legal systems that the announcement names, by code; those unknown are left out."""
        return {one["code"]: one["legal_system"] for one in self.content["urn"] if one["legal_system"]}

    @property
    def urn_source(self) -> str:
        """Return where a list of participants entered by hand comes from; empty where the registry gave it."""
        return str(self.content.get("urn_source", ""))

    @property
    def earlier(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs drawn earlier in the cycle that count here, State and reviewer."""
        return tuple((one["subject"], one["reviewer"]) for one in self.content["earlier"])

    @property
    def under_review(self) -> tuple[str, ...]:
        """Return the codes of the States whose reviewers are drawn."""
        return tuple(self.content["subjects"])

    @property
    def sources(self) -> tuple[SeedSource, ...]:
        """Return the sources of the seed in their order, without numbers."""
        return tuple(_source(one) for one in self.content["sources"])


@dataclass(frozen=True)
class Drawn:
    """What was drawn."""

    content: Mapping[str, Any]
    announcement: Announcement = field(repr=False)

    @property
    def format(self) -> str:
        """Return the format of the record, which says what file checks it."""
        return str(self.content["format"])

    @cached_property
    def sources(self) -> tuple[SeedSource, ...]:
        """Return the sources of the seed with the numbers they gave."""
        pairs = zip(self.announcement.sources, self.content["values"], strict=True)
        return tuple(SeedSource(one.name, one.public_at, tuple(numbers)) for one, numbers in pairs)

    @cached_property
    def picks(self) -> tuple[Pick, ...]:
        """Return the picks in their order; none where all were drawn at once."""
        return tuple(_pick(number, one) for number, one in enumerate(self.content.get("picks", ()), start=1))

    @property
    def walks(self) -> Walks | None:
        """Return the walks of a draw made at once, None where picks were made."""
        if self.announcement.method != "UNIFORM":
            return None
        said = self.content
        return Walks(said["steps"], said["base"], tuple(said["walks"]))

    @cached_property
    def drawn(self) -> tuple[tuple[str, int, str], ...]:
        """Return what was drawn: State under review, place, reviewer.

        Drawn at once, the places of a State go to the reviewers of its own regional group first, by code. Nothing
        where years were drawn.
        """
        if self.announcement.method == "YEARS":
            return ()
        if self.walks is None:
            return tuple((one.state, one.place, one.reviewer) for one in self.picks)
        groups = {one.code: one.group for one in self.announcement.lots}
        kept = {(one["subject"], one["reviewer"]) for one in self.announcement.content["kept"]}
        reviewers: dict[str, list[str]] = {}
        for state, reviewer in sorted(map(tuple, self.content["pairs"])):
            if (state, reviewer) not in kept:
                reviewers.setdefault(state, []).append(reviewer)
        placed = {
            state: sorted((groups[code] != groups[state], code) for code in codes) for state, codes in reviewers.items()
        }
        return tuple(
            (state, place, code) for state in placed for place, (_other, code) in enumerate(placed[state], start=1)
        )

    @cached_property
    def years(self) -> Mapping[str, int]:
        """Return the year of each review from 1, by code, as drawn; of staggered groups the first comes first."""
        if self.announcement.method == "YEARS":
            return {code: int(year) for code, year in self.content["pairs"]}
        return {code: int(group) for code, group in self.content.get("staggered", {}).get("groups", ())}

    @property
    def seats(self) -> Mapping[str, Sequence[int]]:
        """Return the seats of each year by regional group (``""`` for none); empty where no years were drawn."""
        found: Mapping[str, Sequence[int]] = self.content.get("staggered", self.content).get("seats", {})
        return found

    @property
    def order(self) -> tuple[str, ...]:
        """Return the States under review in the order drawn."""
        return tuple(self.content["order"])


@lru_cache(KEPT)
def read_announcement(text: str) -> Announcement:
    """Return what an announcement says. Raises ValueError where the text is none."""
    return Announcement(json.loads(text))


@lru_cache(KEPT)
def read_record(text: str) -> Drawn:
    """Return what a record says. Raises ValueError where the text is none."""
    content = json.loads(text)
    return Drawn(content, Announcement(content["announcement"]))


def _source(one: Mapping[str, str]) -> SeedSource:
    return SeedSource(one["name"], one["published_at"])


def _pick(number: int, one: Mapping[str, Any]) -> Pick:
    return Pick(
        number=number,
        state=one["subject"],
        place=one["place"],
        same_group=one["from"] == "SAME_GROUP",
        reviewer=one["reviewer"],
        admitted=tuple(sorted(_admitted(one["admitted"]))),
        refused=one["refused"],
        preference=one["preference"],
        ball=one["ball"],
        balls=one["balls"],
    )


def _admitted(said: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the codes of those admitted: names of a table, or in records of the first format lists of codes."""
    return list(said) if isinstance(said, Mapping) else [code for group in said for code in group["codes"]]
