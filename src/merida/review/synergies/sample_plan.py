"""The sample timetable: the reviews of the sample draw, solved and published, marked as a sample."""

from datetime import date

from merida.foundation.access.visibility import Actor
from merida.review.draws.models import Draw
from merida.review.draws.urns import SAMPLE
from merida.review.synergies.plan_actions import prepare_plan, queue_plan
from merida.review.synergies.plan_models import CyclePlan, PlanState
from merida.review.synergies.plan_publishing import publish_plan
from merida.review.synergies.plan_rules import BlockedSpan, Rules
from merida.review.synergies.plan_solving import solve_one
from merida.rules.timetable.instance import Mode

TITLES = {
    "ar": "عيّنة: جدول زمني لاستعراضات عام 2027",
    "zh": "示例：2027年审议时间表",
    "en": "Sample: timetable of the reviews of 2027",
    "fr": "Exemple : calendrier des examens de 2027",
    "ru": "Образец: расписание обзоров 2027 года",
    "es": "Muestra: calendario de los exámenes de 2027",
}
# Loose enough to be solved to the proven best in a second, so that the sample is the same everywhere.
RULES = Rules(
    capacity=36,
    window_weeks=46,
    stage_lengths=(Mode(12, 10),),
    blocked=(
        BlockedSpan(date(2027, 6, 14), date(2027, 6, 18), "Sample session"),
        BlockedSpan(date(2027, 8, 2), date(2027, 8, 13), "Sample recess"),
    ),
    seconds=60,
)
REASON = "Sample: first timetable of the draw."


def make_sample_plan(actor: Actor) -> CyclePlan | None:
    """Prepare, solve and publish the sample timetable; None where it is there already or there is no sample draw.

    Where no plan was found in time it stays unpublished. Raises PermissionDenied.
    """
    draw = Draw.objects.filter(slug=SAMPLE, is_sample=True).first()
    if draw is None or CyclePlan.objects.filter(draw=draw).exists():
        return None
    made = queue_plan(actor, prepare_plan(actor, draw, rules=RULES, titles=TITLES))
    solved = solve_one(actor, made)
    if solved is None or solved.state != PlanState.SOLVED:
        return made
    return publish_plan(actor, solved, reason=REASON)
