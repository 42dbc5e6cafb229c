"""What other questionnaires ask about a provision or, over the crosswalk, about those it is mapped to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.queries import provisions_around
from merida.interfaces.web.views.answer_words import KINDS, question_words
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism
from merida.knowledge.crosswalk.models import RelationKind
from merida.knowledge.crosswalk.queries import bridges_to
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import AskedQuestion
from merida.review.questionnaires.queries import asked_about

MOST_SHOWN: Final = 40
_ORDER: Final = ("EQUAL", "EQUIVALENT", "SUPERSET", "SUBSET", "INTERSECTS")


@dataclass(frozen=True, slots=True)
class Relating:
    """How a provision there stands to the one here."""

    order: int
    words: str
    mapping: str = ""  # code
    differs: str = ""
    is_reviewed: bool = True


@dataclass(frozen=True, slots=True)
class AskedBeside:
    """A question that another questionnaire asks already."""

    mechanism: str
    title: str
    url: str
    words: str
    kind: str
    provision: str
    relating: Relating


def asked_beside(actor: Actor, keys: Sequence[str], *, but: str) -> list[AskedBeside]:
    """Return what others ask about provisions, the nearest first; nothing without a provision."""
    if not keys:
        return []
    relating: dict[str, Relating] = {}
    for key in keys:
        for other, made in _related(key).items():
            if other not in relating or made.order < relating[other].order:
                relating[other] = made
    pairs = [(one, _nearest(one, relating)) for one in asked_about(actor, list(relating), but=but)]
    pairs.sort(key=lambda pair: pair[1].order)
    return [_beside(*pair) for pair in pairs[:MOST_SHOWN]]


def _nearest(one: AskedQuestion, relating: Mapping[str, Relating]) -> Relating:
    return min((relating[key] for key in _keys(one) if key in relating), key=lambda each: each.order)


def _related(key: str) -> Mapping[str, Relating]:
    above, below = provisions_around(key)
    found = {key: Relating(0, _("the same provision"))}
    for each in below:
        found[each] = Relating(1, _("a part of this provision"))
    for each in above:
        found[each] = Relating(2, _("the provision that this is a part of"))
    for bridge in bridges_to([key], language()):
        if bridge.relation not in _ORDER or bridge.disputed:
            continue
        made = Relating(
            3 + _ORDER.index(bridge.relation),
            str(RelationKind(bridge.relation).label),
            bridge.code,
            bridge.differs,
            bridge.reviewed,
        )
        for source in bridge.sources:
            if source not in found or made.order < found[source].order:
                found[source] = made
    return found


def _keys(one: AskedQuestion) -> tuple[str, ...]:
    question = form_of(one.version).by_identifier.get(one.identifier)
    return question.provisions if question else ((one.provision.key,) if one.provision else ())


def _beside(one: AskedQuestion, relating: Relating) -> AskedBeside:
    asked = one.version.questionnaire
    question = form_of(one.version).by_identifier.get(one.identifier)
    mechanism = asked.mechanism
    return AskedBeside(
        mechanism=short_mechanism(mechanism.code, mechanism.short_name) if mechanism else "",
        title=in_reader_language(asked.titles, asked.code),
        url=reverse("questionnaire_answers", args=(asked.code, one.identifier)),
        words=question_words(question) if question else one.identifier,
        kind=str(KINDS[one.kind]),
        provision=", ".join(_keys(one)),
        relating=relating,
    )
