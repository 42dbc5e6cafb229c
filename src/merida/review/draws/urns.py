"""The urn of a day from the registry, and the sample draw."""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.figures import mechanisms_list, members_at, parties_at
from merida.foundation.registry.models import Instrument, Mechanism
from merida.foundation.registry.queries import groups_on
from merida.review.draws.actions import Plan, announce_draw, hold_draw
from merida.review.draws.events import DrawError
from merida.review.draws.models import Draw
from merida.review.draws.parts import named_rules
from merida.review.draws.queries import pairs_held, parts_of
from merida.rules.lots import Exclusion, LotsError, Participant, RuleSet, Source, Urn, later_part

SAMPLE = "sample-2027"
SAMPLE_MECHANISM = "UNCAC_IRM"
UNION = "EUE"
ANNOUNCED = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
HELD = dt.datetime(2026, 6, 16, 13, tzinfo=dt.UTC)
# Numbers of the sample only: nobody published them.
SAMPLE_NUMBERS = ([3, 14, 15, 92, 65, 35], [2, 71, 82, 81, 82])
SAMPLE_TITLES = {
    "ar": "عيّنة: سحب القرعة لاستعراضات عام 2027",
    "zh": "示例：2027年审议抽签",
    "en": "Sample: drawing of lots for the reviews of 2027",
    "fr": "Exemple : tirage au sort pour les examens de 2027",
    "ru": "Образец: жеребьевка обзоров 2027 года",
    "es": "Muestra: sorteo de los exámenes de 2027",
}
YEARS = 5
SAMPLE_ANSWER_DAYS = 28  # of the sample only


def usual_rules() -> RuleSet:
    """Return the rules of the review of the Convention against Corruption, as its file in ``data/draws`` says them."""
    return named_rules("uncac")


@dataclass(frozen=True, slots=True)
class UrnAsked:
    """What is asked of an urn.

    ``participants`` by hand stand in place of those whom the registry lists; without ``under_review`` everyone is who
    was not yet. ``systems`` are legal systems by code, as the States themselves name them.
    """

    under_review: Collection[str] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)
    declining: Collection[str] = ()
    participants: Collection[str] = ()
    systems: Mapping[str, str] = field(default_factory=dict)
    minimum_due: bool = True


def urn_on(
    mechanism: Mechanism,
    at: dt.date,
    asked: UrnAsked,
    *,
    instrument: Instrument | None = None,
    continues: Draw | None = None,
) -> Urn:
    """Return the urn of all who take part in a mechanism, or are party to the instrument drawn for, on a day.

    Pairs that hold in the draw continued, and in those before it, count as reviews done and against mutual pairs.
    Legal systems are not in the registry: those not asked for are unknown, and the preference for a similar one does
    not apply to them. Raises DrawError where nobody is listed or a State has its reviewers already. 4 queries and one
    for each draw before.
    """
    groups = groups_on(at)
    listed = asked.participants or (parties_at(instrument.code, at) if instrument else members_at(mechanism, at))
    codes = sorted(listed)
    if not codes:
        raise DrawError(
            "the parties to {instrument} are not listed in the registry: enter them with their source",
            instrument=instrument.code if instrument else mechanism.short_name,
        )
    for name, given in (("declining", asked.declining), ("legal systems", asked.systems)):
        strange = sorted(set(given) - set(codes))
        if strange:
            raise DrawError("{where}: {code} is not in the urn", where=name, code=strange[0])
    participants = tuple(
        Participant(code, groups.get(code, ""), asked.systems.get(code, ""), declines=code in asked.declining)
        for code in codes
    )
    pairs = pairs_held([*parts_of(continues), continues]) if continues else []
    done = {state for state, _reviewer in pairs}
    subjects = tuple(asked.under_review) or tuple(code for code in codes if code not in done)
    try:
        urn = later_part([{"pairs": pairs}], participants, subjects, minimum_due=asked.minimum_due)
    except LotsError as error:
        raise DrawError(error.template, **error.values) from error
    return replace(urn, excluded=tuple(Exclusion(code, reason) for code, reason in sorted(asked.excluded.items())))


def make_sample_draw(actor: Actor) -> Draw | None:
    """Announce and hold the sample draw; None where it is there already or the registry lacks what it takes."""
    mechanism = mechanisms_list().filter(code=SAMPLE_MECHANISM).first()
    if mechanism is None or Draw.objects.filter(slug=SAMPLE).exists():
        return None
    everyone = urn_on(mechanism, HELD.date(), UrnAsked())
    asked = UrnAsked(
        under_review=_a_year_of(everyone),
        excluded={UNION: "a regional organization, in no regional group"},
        minimum_due=False,
    )
    plan = Plan(
        slug=SAMPLE,
        titles=SAMPLE_TITLES,
        mechanism=mechanism,
        rules=replace(usual_rules(), answer_days=SAMPLE_ANSWER_DAYS),
        urn=urn_on(mechanism, HELD.date(), asked),
        sources=[
            Source("Sample source A: six numbers", dt.datetime(2026, 6, 15, 18, tzinfo=dt.UTC)),
            Source("Sample source B: five numbers", dt.datetime(2026, 6, 16, 11, tzinfo=dt.UTC)),
        ],
        moment=HELD,
        year=2027,
        is_sample=True,
    )
    made = announce_draw(actor, plan, announced_at=ANNOUNCED)
    hold_draw(actor, made, SAMPLE_NUMBERS, drawn_at=HELD)
    return made


def _a_year_of(urn: Urn) -> list[str]:
    """Return a fifth of each regional group, picked by digest, so that the sample is the same everywhere."""
    groups: dict[str, list[str]] = {}
    for one in urn.participants:
        if one.group:
            groups.setdefault(one.group, []).append(one.code)
    mixed = {
        group: sorted(codes, key=lambda code: hashlib.sha256(f"{SAMPLE} {code}".encode()).hexdigest())
        for group, codes in groups.items()
    }
    return sorted(code for codes in mixed.values() for code in codes[: -(-len(codes) // YEARS)])
