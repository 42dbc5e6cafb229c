"""Announcing a draw, drawing, and checking the record; the procedure itself stands in ``procedure/``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from merida.rules.lots.procedure.chance import DrawError
from merida.rules.lots.procedure.completion import Completion
from merida.rules.lots.procedure.record import METHODS, format_of, run
from merida.rules.lots.procedure.table import Table
from merida.rules.lots.rule_set import LotsError, RuleSet, agree
from merida.rules.lots.urn import Urn, check_urn

MOST_NUMBERS = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """A public source of the seed: what it is and when its numbers become known (moment, UTC)."""

    name: str
    published_at: datetime


def moment_text(moment: datetime) -> str:
    """Return a moment as announcements spell it: UTC, whole seconds. Raises LotsError for one without a zone."""
    if moment.tzinfo is None:
        raise LotsError("the moment {moment} has no time zone", moment=moment.isoformat())
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def announce(
    *,
    title: str,
    rules: RuleSet,
    urn: Urn,
    sources: Sequence[Source],
    announced_at: datetime,
    draw_at: datetime,
    method: str = "CEREMONY",
    instrument: str = "",
) -> dict[str, Any]:
    """Return what is published before the draw. Raises LotsError naming what cannot be drawn from or fairly seeded.

    ``instrument`` names the one that this draw is for, where a mechanism draws for each of several; it gives the draw a
    stream of numbers of its own.
    """
    if method not in METHODS:
        raise LotsError(
            "there is no method {method}; known are {methods}", method=method, methods=", ".join(sorted(METHODS))
        )
    agree(rules)
    check_urn(urn, rules)
    check_times(sources, announced_at=announced_at, draw_at=draw_at)
    announcement = {
        "title": title,
        "rules": rules.as_data(),
        **urn.as_data(),
        "method": method,
        **({"instrument": instrument} if instrument else {}),
        "sources": [{"name": one.name, "published_at": moment_text(one.published_at)} for one in sources],
        "announced_at": moment_text(announced_at),
        "draw_at": moment_text(draw_at),
    }
    conflict = "" if method == "YEARS" else conflicting_rules(urn, rules)
    if conflict:
        raise LotsError("these rules cannot be met together by this urn: {rules}", rules=conflict)
    announcement["format"] = format_of(announcement)
    if method == "UNIFORM":
        start = Completion(Table(announcement))
        start.complete()
        announcement["start"] = start.table.pairs(start.reviewers)
    return announcement


def check_times(sources: Sequence[Source], *, announced_at: datetime, draw_at: datetime) -> None:
    """Raise LotsError unless every source is published after the announcement and not after the draw's moment."""
    if not sources:
        raise LotsError("a draw needs at least one public source for its seed")
    announced, due = moment_text(announced_at), moment_text(draw_at)
    if announced >= due:
        raise LotsError("the draw at {due} is not after its announcement at {announced}", due=due, announced=announced)
    for source in sources:
        known = moment_text(source.published_at)
        if not source.name.strip():
            raise LotsError("a source of the seed has no name")
        if known > due:
            raise LotsError(
                "the source {name} is published at {known}, after the draw's moment {due}: refused",
                name=source.name,
                known=known,
                due=due,
            )
        if known <= announced:
            raise LotsError(
                "the source {name} was published at {known}, not after the announcement at {announced}: "
                "who announced could have known the seed",
                name=source.name,
                known=known,
                announced=announced,
            )


def draw(announcement: dict[str, Any], values: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Return the record of the draw, from the numbers that each announced source gave, in order. Raises LotsError."""
    numbers = [list(one) for one in values]
    if len(numbers) != len(announcement["sources"]):
        raise LotsError(
            "{announced} sources are announced, {count} were given numbers",
            announced=len(announcement["sources"]),
            count=len(numbers),
        )
    for source, given in zip(announcement["sources"], numbers, strict=True):
        if not given:
            raise LotsError("the source {name} gave no numbers", name=source["name"])
    for number in (number for given in numbers for number in given):
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise LotsError("the seed is made of whole numbers from 0, not {value}", value=number)
    try:
        return run(announcement, numbers)
    except DrawError as error:
        raise LotsError(str(error)) from error


def numbers_of(text: str) -> list[list[int]]:
    """Return the numbers of each source from what a person types: sources between slashes, numbers apart."""
    sources = [[int(number) for number in re.findall(r"[0-9]+", part)] for part in text.strip().strip("/").split("/")]
    if not all(sources) or sum(map(len, sources)) > MOST_NUMBERS:
        raise LotsError(
            "seed {text}: write whole numbers, one source from the next by a slash: 9319/2 5 12 29", text=text
        )
    return sources


RELAXED: dict[str, dict[str, Any]] = {
    "duties_min": {"duties_min": 0},
    "no_mutual": {"no_mutual": False},
    "same_group_at_least": {"same_group_at_least": 0},
    "duties_max": {"duties_max": MOST_NUMBERS},
    "no_self": {"no_self": False},
}


def possible(urn: Urn, rules: RuleSet) -> bool:
    """Whether a complete draw exists (found by the procedure's own search)."""
    return Completion(Table({**urn.as_data(), "rules": rules.as_data()})).complete()


def conflicting_rules(urn: Urn, rules: RuleSet) -> str:
    """Return which rules cannot be met together by this urn, none of them superfluous; empty where a draw exists."""
    if possible(urn, rules):
        return ""
    loose_urn, loose, needed = urn, rules, list[str]()
    for name, change in RELAXED.items():
        tried = replace(loose, **change)
        if possible(loose_urn, tried):
            needed.append(f"{name} = {getattr(rules, name)}")
        else:
            loose = tried
    emptied: dict[str, Any]
    for name in ("conflicts", "excluded", "earlier"):
        if getattr(urn, name):
            emptied = {name: ()}
            freer = replace(loose_urn, **emptied)
            if possible(freer, loose):
                needed.append(name)
            else:
                loose_urn = freer
    willing = tuple(replace(one, declines=False) for one in urn.participants)
    if any(one.declines for one in urn.participants) and possible(replace(loose_urn, participants=willing), loose):
        needed.append("declines")
    needed.append(f"reviewers_per_review = {rules.reviewers_per_review}")
    return ", ".join(needed)


__all__ = ["DrawError", "Source", "announce", "conflicting_rules", "draw", "numbers_of", "possible"]
