"""The urn of a day from the registry, and the sample draw."""

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

import yaml

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.figures import mechanisms_list, members_at
from merida.foundation.registry.models import Mechanism
from merida.foundation.registry.queries import groups_on
from merida.review.draws.actions import Plan, announce_draw, hold_draw
from merida.review.draws.models import Draw
from merida.rules.lots import Exclusion, Participant, RuleSet, Source, Urn, rule_set

RULES = Path(__file__).resolve().parents[2] / "data" / "draws" / "uncac.yaml"
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


def usual_rules() -> RuleSet:
    """Return the rules of the review of the Convention against Corruption, as its file in ``data/draws`` says them."""
    return rule_set(yaml.safe_load(RULES.read_text(encoding="utf-8")))


def urn_on(
    mechanism: Mechanism,
    at: dt.date,
    *,
    under_review: Collection[str] = (),
    excluded: Mapping[str, str] | None = None,
    minimum_due: bool = True,
) -> Urn:
    """Return the urn of all who take part in a mechanism on a day; without ``under_review`` everyone is reviewed.

    Legal systems are not in the registry: they are unknown, and the preference for a similar one does not apply. Codes
    are not checked here. 2 queries.
    """
    groups = groups_on(at)
    codes = sorted(members_at(mechanism, at))
    return Urn(
        participants=tuple(Participant(code, groups.get(code, "")) for code in codes),
        subjects=tuple(under_review) or tuple(codes),
        excluded=tuple(Exclusion(code, reason) for code, reason in sorted((excluded or {}).items())),
        minimum_due=minimum_due,
    )


def make_sample_draw(actor: Actor) -> Draw | None:
    """Announce and hold the sample draw; None where it is there already or the registry lacks what it takes."""
    mechanism = mechanisms_list().filter(code=SAMPLE_MECHANISM).first()
    if mechanism is None or Draw.objects.filter(slug=SAMPLE).exists():
        return None
    everyone = urn_on(mechanism, HELD.date())
    urn = urn_on(
        mechanism,
        HELD.date(),
        under_review=_a_year_of(everyone),
        excluded={UNION: "a regional organization, in no regional group"},
        minimum_due=False,
    )
    plan = Plan(
        slug=SAMPLE,
        titles=SAMPLE_TITLES,
        mechanism=mechanism,
        rules=usual_rules(),
        urn=urn,
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
