"""A questionnaire sent to two States, with people of every kind around one response."""

from dataclasses import dataclass, field
from datetime import date

from tests.worlds import make_person

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.people.models import User
from merida.foundation.registry.models import State
from merida.foundation.sources.models import Source
from merida.review.questionnaires.asking import ask_states, delegate, name_focal_point
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.models import Response, Version
from merida.review.questionnaires.queries import Desk, desk_of

FILE = """format: merida-questionnaire/1
code: sample-survey
title: {en: Sample survey, fr: Enquête modèle}
choices:
  level: [{code: YES, text: {en: "Yes"}}, {code: NO, text: {en: "No"}}]
sections:
- id: bribery
  title: {en: Bribery}
  questions:
  - {id: bribery.level, kind: COMPLIANCE, text: {en: Is it an offence?}, choices: level}
  - {id: bribery.law, kind: LAW, text: {en: Under which law?}, when: [{question: bribery.level, is: ["YES"]}]}
  - {id: bribery.plan, kind: MEASURES, text: {en: What is planned?}, when: [{question: bribery.level, is: ["NO"]}]}
- id: money
  title: {en: Money}
  questions:
  - {id: money.practice, kind: PRACTICE, text: {en: What is done?}}
  - id: money.cases
    kind: STATISTICS
    required: no
    text: {en: How many cases?}
    columns: [{id: y2024, text: {en: "2024"}, kind: NUMBER, unit: cases, year: 2024}]
    rows: [{id: opened, text: {en: Opened}}]
"""
DUE = date(2030, 5, 31)


@dataclass
class Answering:
    """One questionnaire, one response of a State, another State's people, and who is on the response."""

    version: Version
    response: Response
    other_response: Response
    focal_point: User
    delegate: User  # entrusted with the section on money
    other_focal_point: User  # of the other State
    curator: User
    secretariat: User
    administrator: User
    reader: User
    people: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        user = None if name == "anybody" else User.objects.get(pk=getattr(self, name).pk)
        return actor_of(user)

    def desk(self, name: str) -> Desk:
        return desk_of(self.actor(name), self.response.uuid)


def make_state(iso3: str, iso2: str, name: str) -> State:
    source, _ = Source.objects.get_or_create(code="made-up", defaults={"kind": "DATASET", "citation": "Made up"})
    held, _ = State.objects.get_or_create(
        iso3=iso3,
        defaults={
            "iso2": iso2, "slug": iso3.lower(), "kind": "MEMBER_STATE", "names": {"en": name},
            "source": source, "confidence": "SOURCED",
        },
    )  # fmt: skip
    return held


def make_answering(*, due: date | None = DUE, takes_late: bool = True, file: str = FILE) -> Answering:
    version = publish_version(
        SYSTEM, take_in(SYSTEM, file), due_date=due, note_verbale="NV 1/2029", takes_late=takes_late
    )
    states = [make_state("GHA", "GH", "Ghana"), make_state("NRU", "NR", "Nauru")]
    response, other = ask_states(SYSTEM, version, states, is_sample=True)
    people = {
        name: make_person(name)
        for name in ("answering_focal_point", "answering_delegate", "answering_other", "answering_reader")
    }
    people |= {
        f"answering_{role.lower()}": make_person(f"answering_{role.lower()}", role)
        for role in ("CURATOR", "SECRETARIAT", "ADMINISTRATOR")
    }
    made = Answering(
        version,
        response,
        other,
        people["answering_focal_point"],
        people["answering_delegate"],
        people["answering_other"],
        people["answering_curator"],
        people["answering_secretariat"],
        people["answering_administrator"],
        people["answering_reader"],
    )
    name_focal_point(SYSTEM, response, made.focal_point)
    name_focal_point(SYSTEM, other, made.other_focal_point)
    delegate(made.actor("focal_point"), response, made.delegate, scopes=["money"])
    return made
