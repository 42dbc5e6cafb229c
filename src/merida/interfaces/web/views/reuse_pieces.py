"""Earlier answers as pages show them: where from, how old, how it relates, what differs, what speaks against it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from merida.foundation.access.visibility import Actor
from merida.foundation.sources.languages import text_in
from merida.interfaces.web.templatetags.words import long_date, number
from merida.interfaces.web.views.answer_told import registered_names
from merida.interfaces.web.views.crosswalk_words import derived_in_words
from merida.interfaces.web.views.naming import in_reader_language
from merida.knowledge.crosswalk.models import RelationKind
from merida.knowledge.crosswalk.queries import mappings
from merida.review.questionnaires.form import REGISTERED
from merida.review.questionnaires.merging import Piece
from merida.review.questionnaires.merging import differences as differences_of
from merida.review.questionnaires.models import Response
from merida.review.questionnaires.queries import Desk
from merida.review.synergies.models import Reuse
from merida.review.synergies.reuse import Offered, offered_at, reuses_of
from merida.review.synergies.reuse_changes import changed_since, newer_texts
from merida.rules.crosswalk.differing import derived_differences
from merida.rules.crosswalk.reuse import Bridge

SIGNS: Final = {
    "OLD": gettext_lazy("old"),
    "LAW_AMENDED": gettext_lazy("a law named in it was amended since"),
    "ANSWER_SUPERSEDED": gettext_lazy("answered again since, in a later version"),
    "PROVISION_CHANGED": gettext_lazy("the provision changed since"),
    "QUESTION_CHANGED": gettext_lazy("the question changed since"),
    "NOT_PARTY": gettext_lazy("the State is not party to that instrument"),
    "RESERVATION": gettext_lazy("the State made a reservation there"),
    "OPEN_RECOMMENDATION": gettext_lazy("a recommendation there is open"),
    "OTHER_LANGUAGE": gettext_lazy("in another language: a translation needs a second pair of eyes"),
    "MAPPING_ENDED": gettext_lazy("the mapping is of an earlier edition"),
    "MAPPING_DISPUTED": gettext_lazy("the mapping is disputed"),
}
IDENTIFIER: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of a law or an authority
SAME_PROVISION: Final = gettext_lazy("asked about the same provision")


@dataclass(frozen=True, slots=True)
class Shown:
    """An earlier answer beside a question. ``revision`` is that of the text shown."""

    source: str
    revision: int
    title: str
    text: str
    text_language: str
    chosen: tuple[str, ...]  # laws and authorities that would be taken with the text
    relation: str
    differs: str
    derived: str  # what recorded facts say differs, where nobody wrote it
    mapping: str
    age: str
    signs: tuple[str, ...]
    is_draft: bool
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """Where an answer here was taken from. ``changed``: the source says something else by now, as ``pieces`` show.

    ``source``, ``revision`` and ``version`` say what is decided about; ``url`` leads to the question, ``read_url`` to
    the earlier answers beside it.
    """

    title: str
    who: str
    day: str
    outcome: str
    relation: str
    differs: str  # as it was read then
    mapping: str
    changed: bool
    url: str
    read_url: str
    source: str
    revision: int
    version: str
    pieces: tuple[Piece, ...]


def shown_at(desk: Desk, identifier: str, version: str, *, at: date) -> list[Shown]:
    """Return what is offered at a question in a language version, the best first."""
    offered = offered_at(desk, identifier, version, at=at)
    names = registered_names(desk.actor, [one.value for one in offered])
    return [shown(one, names) for one in offered]


def shown(one: Offered, names: Mapping[str, str]) -> Shown:
    """Return an offer in words; ``names`` are those of the laws and authorities in it."""
    bridge, source = one.candidate.bridge, one.source
    return Shown(
        source=str(source.uuid),
        revision=source.revision,
        title=f"{title_of(source.response)}, {in_reader_language(dict(one.question.text), one.question.identifier)}",
        text=str(one.value.get("text", "")),
        text_language=source.language,
        chosen=tuple(names.get(each, each) for part in REGISTERED for each in one.value.get(part, ())),
        relation=str(RelationKind(one.candidate.relation).label) if bridge else str(SAME_PROVISION),
        differs=bridge.differs if bridge else "",
        derived=_derived(bridge) if bridge and not bridge.differs else "",
        mapping=bridge.code if bridge else "",
        age=_age(one.candidate.age_months),
        signs=tuple(str(SIGNS[sign]) for sign in one.candidate.signs),
        is_draft=one.is_draft,
        is_reviewed=bridge is None or bridge.reviewed,
    )


def taken_at(desk: Desk, identifier: str) -> list[TakenFrom]:
    """Return where the answer to a question was taken from."""
    found = reuses_of(desk, identifier)
    changed = changed_at(desk, identifier) if found else {}
    return [changed.get(one.pk) or taken(one) for one in found]


def changed_at(desk: Desk, identifier: str | None = None) -> dict[int, TakenFrom]:
    """Return what changed at its source since it was taken, at a question or anywhere, by the key of its record."""
    found = [one for one in changed_since(desk) if identifier in (None, one.question)]
    if not found:
        return {}
    now = newer_texts(found)
    named = naming_lines(desk.actor, [*now.values(), *(one.source_text for one in found)])
    return {
        one.pk: taken(one, pieces=differences_of(named(one.source_text), named(now.get(one.source_id, ""))))
        for one in found
    }


def naming_lines(actor: Actor, texts: Iterable[str]) -> Callable[[str], str]:
    """Return what turns the laws and authorities in texts, a line each, into their names; two queries at most."""
    lines = {line for text in texts for line in text.split("\n") if IDENTIFIER.fullmatch(line)}
    names = registered_names(actor, [dict.fromkeys(REGISTERED, lines)] if lines else [])
    return lambda text: "\n".join(names.get(line, line) for line in text.split("\n"))


def taken(one: Reuse, *, pieces: Iterable[Piece] | None = None) -> TakenFrom:
    """Return a decision in words; ``pieces`` show how the source was changed since, None where it was not."""
    return TakenFrom(
        title=title_of(one.source.response),
        who=str(one.decided_by or _("somebody whose account is closed")),
        day=long_date(one.decided_at.date()),
        outcome=one.get_outcome_display(),
        relation=str(RelationKind(one.relation).label) if one.mapping_code else str(SAME_PROVISION),
        differs=one.differs_text,
        mapping=one.mapping_code,
        changed=pieces is not None,
        url=reverse("answer_question", args=(one.response.uuid, one.question)),
        read_url=reverse("reuse_question", args=(one.response.uuid, one.question)),
        source=str(one.source.uuid),
        revision=one.source.revision,
        version=one.language,
        pieces=tuple(pieces or ()),
    )


def taken_words(one: Reuse, differs: str) -> str:
    """Return where an answer was taken from as one line: questionnaire, who, when, how it relates, what differs."""
    held = taken(one)
    words = _("Taken from %(title)s by %(who)s on %(day)s: %(outcome)s; %(relation)s") % {
        "title": held.title,
        "who": held.who,
        "day": held.day,
        "outcome": held.outcome,
        "relation": held.relation,
    }
    return f"{words}. {_('What differs:')} {differs}" if differs else words


def differs_of(taken_here: Iterable[Reuse], language: str) -> dict[str, str]:
    """Return what differs, by the code of the mapping over which an answer was taken. One query."""
    codes = {one.mapping_code for one in taken_here if one.mapping_code}
    found = mappings().filter(code__in=codes) if codes else ()
    return {one.code: text_in(one.differs, language).text for one in found}


def title_of(response: Response) -> str:
    """Return the name of the questionnaire that was answered."""
    held = response.version.questionnaire
    return in_reader_language(held.titles, held.code)


def _derived(bridge: Bridge) -> str:
    found = derived_differences(bridge.source_items, bridge.relation, bridge.target_items)
    return derived_in_words(found, beside_answer=True)


def _age(months: int) -> str:
    if months == 0:
        return _("answered this month")
    return ngettext("answered %(months)s month ago", "answered %(months)s months ago", months) % {
        "months": number(months)
    }
