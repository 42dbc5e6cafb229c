"""What was answered elsewhere, beside a question: the place where the crosswalk comes in."""

from collections.abc import Sequence

from django.utils import timezone

from merida.interfaces.web.views.reuse_pieces import Shown, TakenFrom, shown_at, taken_at
from merida.review.questionnaires.queries import Desk


def suggestions_for(desk: Desk, identifier: str, language: str) -> Sequence[Shown]:
    """Return what the own State answered elsewhere that may be taken here; nothing for anybody but its people."""
    return shown_at(desk, identifier, language, at=timezone.now().date())


def origins_of(desk: Desk, identifier: str) -> Sequence[TakenFrom]:
    """Return where the answer here was taken from."""
    return taken_at(desk, identifier)
