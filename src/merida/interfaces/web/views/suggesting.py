"""What was answered elsewhere, beside a question: the place where the crosswalk comes in."""

from collections.abc import Sequence
from dataclasses import dataclass

from merida.foundation.access.visibility import Actor
from merida.review.questionnaires.form import Question
from merida.review.questionnaires.models import Response


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer of the own State to another question; ``relation`` and ``differs`` are words for the reader."""

    title: str
    text: str
    relation: str = ""
    differs: str = ""
    url: str = ""


def suggestions_for(_actor: Actor, _response: Response, _question: Question) -> Sequence[Suggestion]:
    """Return what may be taken as a draft here. Nothing until mappings between provisions are known."""
    return ()
