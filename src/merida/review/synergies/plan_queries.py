"""Reading timetables as far as a reader may see them."""

from uuid import UUID

from merida.foundation.access.visibility import Actor
from merida.review.synergies.plan_view import PlanView


def plan_view(actor: Actor, uuid: UUID) -> PlanView | None:  # noqa: ARG001 (no plan is stored yet)
    """Return one timetable as its page shows it; None where there is none that ``actor`` may see."""
    return None
