"""The lists of choices that come with merida, and which of them a kind of question begins with."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from merida.review.questionnaires.form import Choice, Kind
from merida.review.questionnaires.lined import read_lined

SHARED: Final = Path(__file__).resolve().parents[2] / "data" / "questionnaires" / "shared.yaml"
FIRST_LISTS: Final = {Kind.COMPLIANCE: "level", Kind.CHALLENGES: "challenges", Kind.ASSISTANCE: "assistance-1"}


@lru_cache(maxsize=1)
def choice_lists() -> dict[str, tuple[Choice, ...]]:
    """Return the lists by name, as ``data/questionnaires/shared.yaml`` has them."""
    given = read_lined(SHARED.read_text(encoding="utf-8"))["choices"]
    return {name: tuple(Choice(one["code"], dict(one["text"])) for one in rows) for name, rows in given.items()}


def list_of(choices: tuple[Choice, ...]) -> str:
    """Return the name of the list that these choices are, empty where they are none of them."""
    return next((name for name, rows in choice_lists().items() if rows == choices), "")
