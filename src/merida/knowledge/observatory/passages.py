"""Figures, practices and recommendations of a subject, as far as a page shows them in their words.

What everybody sees is read once and remembered until anything changes: the pages of a list and the six languages
share it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.changes.remembering import remembered
from merida.knowledge.observatory.lines import first_of, tellers_of, with_texts
from merida.knowledge.observatory.models import Figure, GoodPractice, Recommendation
from merida.knowledge.observatory.narrowing import (
    Narrowing,
    narrowed_figures,
    narrowed_practices,
    narrowed_recommendations,
)


@dataclass(frozen=True, slots=True)
class Passages:
    """The first of each kind and how many there are. ``tellers`` names who told each practice, by its key."""

    figures: Sequence[Figure]
    figure_count: int
    practices: Sequence[GoodPractice]
    practice_count: int
    tellers: Mapping[int, list[dict[str, str]]]
    recommendations: Sequence[Recommendation]
    recommendation_count: int


def passages_of(actor: Actor, wanted: Narrowing, most: int) -> Passages:
    """Return at most ``most`` of each kind that ``actor`` may see; 6 queries, for the public only the first time."""
    return _passages_for_everybody(wanted, most) if actor == ANYBODY else _passages(actor, wanted, most)


@remembered
def _passages_for_everybody(wanted: Narrowing, most: int) -> Passages:
    return _passages(ANYBODY, wanted, most)


def _passages(actor: Actor, wanted: Narrowing, most: int) -> Passages:
    figures, figure_count = first_of(narrowed_figures(actor, wanted), most)
    practices, practice_count = first_of(narrowed_practices(actor, wanted), most)
    asked, asked_count = first_of(narrowed_recommendations(actor, wanted), most)
    with_texts(figures, practices, asked)
    tellers = tellers_of(practices) if practices else {}
    return Passages(figures, figure_count, practices, practice_count, tellers, asked, asked_count)
