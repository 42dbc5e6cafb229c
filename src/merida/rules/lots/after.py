"""What follows a draw: a reviewer drawn anew, a later part of the cycle, a review moved by one year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from merida.rules.lots.rule_set import LotsError, RuleSet, rule_set
from merida.rules.lots.urn import Conflict, Exclusion, Pair, Participant, Urn


def rules_of_record(record: Mapping[str, Any]) -> RuleSet:
    """Return the rule set of a record."""
    return rule_set(record["announcement"]["rules"])


def urn_of_record(record: Mapping[str, Any]) -> Urn:
    """Return the urn of a record."""
    said = record["announcement"]
    return Urn(
        participants=tuple(Participant(**one) for one in said["urn"]),
        subjects=tuple(said["subjects"]),
        excluded=tuple(Exclusion(**one) for one in said["excluded"]),
        conflicts=tuple(Conflict(**one) for one in said["conflicts"]),
        kept=tuple(Pair(**one) for one in said["kept"]),
        earlier=tuple(Pair(**one) for one in said["earlier"]),
        minimum_due=said["minimum_due"],
    )


def redraw(
    record: Mapping[str, Any], replaced: Pair, *, reason: str, redraws_so_far: int = 0, exceptional: bool = False
) -> Urn:
    """Return the urn for drawing one reviewer anew, all other pairs kept; who is replaced cannot come back.

    ``redraws_so_far`` counts those of the State under review. Raises LotsError where the pair is not in the record, no
    reason is given, or the rules allow no further redraw (unless it is ``exceptional``).
    """
    rules, urn = rules_of_record(record), urn_of_record(record)
    pairs = [Pair(subject, reviewer) for subject, reviewer in record["pairs"]]
    named = {"reviewer": replaced.reviewer, "subject": replaced.subject}
    if replaced not in pairs:
        raise LotsError("redraw of {reviewer} for {subject}: this pair is not in the record", **named)
    if not reason.strip():
        raise LotsError("redraw of {reviewer} for {subject}: a reason is needed", **named)
    if redraws_so_far >= rules.redraws_at_most and not exceptional:
        raise LotsError(
            "redraw of {reviewer} for {subject}: {count} redraws before (redraws_at_most)",
            count=redraws_so_far,
            **named,
        )
    kept = tuple(one for one in pairs if one != replaced)
    gone = Conflict(replaced.subject, replaced.reviewer, reason)
    conflicts = [one for one in urn.conflicts if (one.subject, one.reviewer) != (gone.subject, gone.reviewer)]
    return replace(urn, kept=kept, conflicts=(*conflicts, gone))


def later_part(
    records: Sequence[Mapping[str, Any]],
    participants: Sequence[Participant],
    subjects: Sequence[str],
    *,
    minimum_due: bool,
) -> Urn:
    """Return the urn for a further draw of the same cycle (one year, latecomers).

    Pairs of the records count as duties done, on top of those the participants bring, and against mutual pairs.
    Raises LotsError where a State has its reviewers already.
    """
    pairs = [Pair(subject, reviewer) for record in records for subject, reviewer in record["pairs"]]
    again = sorted({one.subject for one in pairs} & set(subjects))
    if again:
        raise LotsError("{subject} has its reviewers already; draw one of them anew instead", subject=again[0])
    known = {one.code for one in participants}
    duties = Counter(one.reviewer for one in pairs)
    return Urn(
        participants=tuple(replace(one, duties_done=one.duties_done + duties[one.code]) for one in participants),
        subjects=tuple(subjects),
        earlier=tuple(one for one in pairs if {one.subject, one.reviewer} <= known),
        minimum_due=minimum_due,
    )


def postponed(years: Mapping[str, int], code: str, *, reason: str, rules: RuleSet, so_far: int = 0) -> dict[str, int]:
    """Return the years of review with one State's moved to the next. Raises LotsError where that is not allowed."""
    if code not in years:
        raise LotsError("postponement: {code} has no year of review", code=code)
    if not reason.strip():
        raise LotsError("postponement of {code}: a reason is needed", code=code)
    if so_far >= rules.postponements_at_most:
        raise LotsError(
            "postponement of {code}: postponed {count} times before (postponements_at_most)", code=code, count=so_far
        )
    if years[code] >= rules.years:
        raise LotsError(
            "postponement of {code}: year {year} is the last of the cycle (years)", code=code, year=years[code]
        )
    return {**years, code: years[code] + 1}
