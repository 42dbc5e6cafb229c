"""Which rules a mechanism draws by, for which instruments, and which draws belong to one cycle."""

from collections import Counter
from pathlib import Path
from typing import Final

import yaml

from merida.foundation.registry.models import Instrument, Mechanism
from merida.foundation.registry.queries import instruments_list
from merida.review.draws.events import DrawError
from merida.review.draws.models import Draw
from merida.review.draws.queries import postponed_states
from merida.review.draws.reading import read_record
from merida.rules.lots import RuleSet, rule_set

FOLDER = Path(__file__).resolve().parents[2] / "data" / "draws"
RULES: Final = {"UNCAC_IRM": "uncac", "UNTOC_REVIEW": "untoc"}  # mechanism to the file of its rules


def named_rules(name: str) -> RuleSet:
    """Return a rule set of ``data/draws`` by the name of its file."""
    return rule_set(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def rules_of(mechanism: Mechanism) -> RuleSet:
    """Return the rules that a mechanism draws by. Raises DrawError where none are kept."""
    if mechanism.code not in RULES:
        raise DrawError("no rules of a draw are kept for {mechanism}", mechanism=mechanism.short_name)
    return named_rules(RULES[mechanism.code])


def instruments_of(mechanism: Mechanism, rules: RuleSet) -> list[Instrument]:
    """Return the instruments that a mechanism draws for, each of several; none where it draws once for all. 1 query."""
    own = mechanism.instrument
    if own is None or not rules.staggered:
        return []
    family = [one for one in instruments_list() if own.pk in (one.pk, one.parent_id)]
    return sorted(family, key=lambda one: (one.parent_id is not None, one.code))


def check_part(mechanism: Mechanism, instrument: Instrument | None, rules: RuleSet, *, continues: Draw | None) -> None:
    """Raise DrawError where the instrument is none of the mechanism's, or the draw cannot follow the one named."""
    offered = [one.code for one in instruments_of(mechanism, rules)]
    if offered and instrument is None:
        raise DrawError("{mechanism} draws for each instrument: name one of {known}", **_named(mechanism, offered))
    if instrument is not None and instrument.code not in offered:
        raise DrawError(
            "{mechanism} does not draw for {instrument} by itself",
            mechanism=mechanism.short_name,
            instrument=instrument.code,
        )
    if continues is None:
        return
    if continues.mechanism_id != mechanism.pk or continues.instrument_id != (instrument.pk if instrument else None):
        raise DrawError("{draw} is of another mechanism or instrument: nothing of it counts here", draw=continues)
    if not continues.pairings.exists():
        raise DrawError("{draw} has drawn no reviewers yet", draw=continues)
    later = Draw.objects.filter(continues=continues).first()
    if later is not None:
        raise DrawError("{draw} is continued by {later} already: name that one", draw=continues, later=later)


def reviews_of(draw: Draw, year: int) -> list[str]:
    """Return who is reviewed in a calendar year as drawn in a draw of years and moved since; 2 queries.

    Raises DrawError where no review falls in that year.
    """
    record = draw.records.order_by("number").first()
    drawn = read_record(record.text).years if record and draw.year else {}
    moved = Counter(postponed_states(draw))
    found = sorted(code for code, place in drawn.items() if (draw.year or 0) + place - 1 + moved[code] == year)
    if not found:
        raise DrawError("{draw}: no review falls in {year}", draw=draw, year=year)
    return found


def _named(mechanism: Mechanism, offered: list[str]) -> dict[str, object]:
    return {"mechanism": mechanism.short_name, "known": ", ".join(offered)}
