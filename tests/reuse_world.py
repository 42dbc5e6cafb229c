"""Two questionnaires of two treaties that ask the same, answered by one State; another State beside it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from tests.worlds import make_person

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.people.models import User
from merida.foundation.registry.models import State
from merida.review.questionnaires.answering import save_answer
from merida.review.questionnaires.asking import ask_states, delegate, name_focal_point
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.models import Answer, Response
from merida.review.questionnaires.queries import Desk, desk_of
from merida.review.synergies.reuse import offered_at

TEXT = "Section 9 of the Sample Act."
FIRST = """format: merida-questionnaire/1
code: sample-first
title: {en: First sample}
choices:
  level: [{code: YES, text: {en: "Yes"}}, {code: NO, text: {en: "No"}}]
sections:
- id: laundering
  title: {en: Liability of legal persons}
  provision: UNCAC 26(1)
  questions:
  - {id: first.level, kind: COMPLIANCE, text: {en: Is it so?}, choices: level}
  - {id: first.law, kind: LAW, text: {en: Which law?}}
  - {id: first.practice, kind: PRACTICE, text: {en: In practice?}}
- id: bribery
  title: {en: Bribery}
  provision: UNCAC 15(b)
  questions:
  - {id: first.bribery, kind: LAW, text: {en: Which law?}}
"""
SECOND = (
    FIRST.replace("sample-first", "sample-second")
    .replace("First sample", "Second sample")
    .replace("UNCAC 26(1)", "UNTOC 10(1)")
    .replace("UNCAC 15(b)", "OECD_ABC 1(1)")
    .replace("first.", "second.")
)


@dataclass
class World:
    """Two responses of Ghana with one focal point, one of Nauru with another."""

    first: Response
    second: Response
    other: Response
    focal_point: User
    delegate: User
    other_focal_point: User
    today: date

    def actor(self, user: User | None) -> Actor:
        return actor_of(user)

    def desk(self, response: Response, user: User | None = None) -> Desk:
        return desk_of(actor_of(user or self.focal_point), response.uuid)

    def answer(self, response: Response, question: str, **value: object) -> Answer:
        user = self.other_focal_point if response.state.iso3 == "NRU" else self.focal_point
        held = Answer.objects.filter(response=response, question=question).first()
        saved = save_answer(actor_of(user), response, question, value, seen=held.revision if held else 0)
        assert not saved.aside
        return saved.answer

    def offered(self, question: str = "second.law", language: str = "en", user: User | None = None):
        return offered_at(self.desk(self.second, user), question, language, at=self.today)


def make_reuse_world() -> World:
    """Make it; the registry and the crosswalk are loaded."""
    ghana, nauru = State.objects.get(iso3="GHA"), State.objects.get(iso3="NRU")
    versions = [publish_version(SYSTEM, take_in(SYSTEM, file)) for file in (FIRST, SECOND)]
    first, other = ask_states(SYSTEM, versions[0], [ghana, nauru], is_sample=True)
    (second,) = ask_states(SYSTEM, versions[1], [ghana], is_sample=True)
    people = [make_person(f"reuse_{name}") for name in ("focal_point", "delegate", "other")]
    for response, user in ((first, people[0]), (second, people[0]), (other, people[2])):
        name_focal_point(SYSTEM, response, user)
    delegate(actor_of(people[0]), second, people[1], scopes=["laundering"])
    # An answer's age is counted from the day of the answer.
    return World(first, second, other, *people, today=timezone.now().date())
