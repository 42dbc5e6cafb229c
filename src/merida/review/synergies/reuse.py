"""What the own State answered elsewhere that may help at a question (A8).

Only answers that this very person is entrusted with are looked at, in responses of the same State. The staff, people
of other States and reviewers get nothing from here, not even a number.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from merida.foundation.access.visibility import Entrusted, Sight
from merida.foundation.registry.models import Instrument, TreatyAction
from merida.foundation.registry.queries import amended_provisions
from merida.knowledge.crosswalk.queries import bridges_to
from merida.knowledge.library.models import Law
from merida.review.questionnaires.conditions import not_asked
from merida.review.questionnaires.form import REGISTERED, Part, Question
from merida.review.questionnaires.form import Kind as Asks
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Delegation, Response, Version
from merida.review.questionnaires.queries import Desk
from merida.review.synergies.reuse_models import Reuse, ReuseOutcome
from merida.rules.crosswalk.reuse import Asked, Bridge, Candidate, Earlier, candidates, is_anything_offered
from merida.rules.crosswalk.scope import NEVER_CARRIED, Kind
from merida.rules.crosswalk.staleness import Circumstances

# A choice is a judgement as a level of compliance is: it is never offered, and neither are files.
KINDS: Final[dict[Asks, Kind]] = {
    Asks.COMPLIANCE: Kind.COMPLIANCE,
    Asks.CHOICE: Kind.RATING,
    Asks.ATTACHMENTS: Kind.CONSENT,
    Asks.LAW: Kind.LAW,
    Asks.AUTHORITIES: Kind.AUTHORITIES,
    Asks.MEASURES: Kind.MEASURES,
    Asks.PRACTICE: Kind.PRACTICE,
    Asks.CASES: Kind.CASES,
    Asks.STATISTICS: Kind.STATISTICS,
    Asks.NUMBER: Kind.STATISTICS,
    Asks.MATRIX: Kind.STATISTICS,
    Asks.CHALLENGES: Kind.CHALLENGES,
    Asks.ASSISTANCE: Kind.ASSISTANCE,
    Asks.NARRATIVE: Kind.OTHER,
    Asks.DAY: Kind.OTHER,
    Asks.SET: Kind.OTHER,
}
CARRIED: Final = (Part.TEXT, *REGISTERED)  # levels, codes, numbers and tables stay where they are
CONSENTS: Final = ("RATIFICATION", "ACCESSION", "ACCEPTANCE", "APPROVAL", "SUCCESSION", "CONSENT")


@dataclass(frozen=True, slots=True)
class Offered:
    """An earlier answer offered at a question. ``value`` is what would be taken: text, laws, authorities."""

    candidate: Candidate
    source: Answer
    question: Question
    value: dict[str, Any]

    @property
    def is_draft(self) -> bool:
        """Whether it stands in the field as a draft; it counts as no answer until a named person accepts it."""
        return self.candidate.is_draft


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A response of the own State, and what of it this person is entrusted with."""

    response: Response
    entrusted: Entrusted


def offered_at(desk: Desk, identifier: str, language: str, *, at: dt.date, limit: int = 10) -> list[Offered]:
    """Return the earlier answers offered at a question, the best first; at most nine queries."""
    question = desk.form.by_identifier.get(identifier)
    keys = provisions_of(desk, identifier)
    kind = KINDS.get(question.kind) if question is not None else None
    if question is None or kind is None or not keys or not _is_own(desk, identifier):
        return []
    others = elsewhere(desk)
    if not others:
        return []
    bridges = bridges_to(keys, language)
    wanted = keys.union(*(one.sources for one in bridges))
    sources = _answers(others, wanted, kind)
    settled = _rejected(desk, identifier, language)
    open_ = [one for one in sources if (one.answer.pk, one.answer.revision) not in settled]
    facts = _facts_about(desk, open_) if open_ else _Facts({}, {}, (), {})
    earlier = [_earlier(one, _circumstances(one, facts, kind, language)) for one in open_]
    found = candidates(_asked(desk, question), earlier, bridges, at=at, limit=limit)
    by_identifier = {str(one.answer.uuid): one for one in open_}
    return [_offered(one, by_identifier[one.answer.identifier], question) for one in found]


def offered_anywhere(desk: Desk) -> list[str]:
    """Return the questions still open at this desk, in its language, at which an earlier answer is offered.

    In the order of the questionnaire; as many queries for a thousand questions as for one.
    """
    others = elsewhere(desk)
    waiting = [_asked(desk, one) for one in _open_questions(desk)] if others else []
    if not waiting:
        return []
    keys = frozenset[str]().union(*(one.provisions for one in waiting))
    bridges = bridges_to(keys, desk.response.language)
    wanted = keys.union(*(one.sources for one in bridges))
    near = _Near(_earlier_anywhere(others, wanted, {one.kind for one in waiting}), bridges)
    settled = _rejected_anywhere(desk, desk.response.language) if near.told else set()
    return [one.identifier for one in waiting if near.offers(one, settled)]


def offered_one(desk: Desk, identifier: str, language: str, source: UUID, *, at: dt.date) -> Offered | None:
    """Return one of the answers offered at a question; None where this person is not offered it."""
    found = offered_at(desk, identifier, language, at=at, limit=1000)
    return next((one for one in found if one.source.uuid == source), None)


def provisions_of(desk: Desk, identifier: str) -> frozenset[str]:
    """Return the provisions a question is about: its own, else that of its section."""
    return provisions_of_question(desk.response.version, identifier)


def provisions_of_question(version: Version, identifier: str) -> frozenset[str]:
    """Return the provisions that a question of a version is about."""
    return _by_question(version).get(identifier, frozenset())


_NEEDED: Final = (
    "is_focal_point",
    "scopes",
    "response__uuid",
    "response__state",
    "response__language",
    "response__version__digest",
    "response__version__number",
    "response__version__questionnaire__code",
    "response__version__questionnaire__titles",
)


# What an earlier answer is judged by; a State has thousands of them.
OF_ANSWER: Final = ("uuid", "response_id", "question", "language", "value", "revision", "submitted_at", "changed_at")


_OF_REUSE: Final = (
    *("uuid", "response_id", "question", "language", "source_revision", "outcome", "mapping_code", "relation"),
    "differs_text",
    *("source_text", "decided_at", "decided_by__full_name", "decided_by__email"),
    *("source__question", "source__revision", "source__uuid", "source__language"),
    *("source__response__uuid", "source__response__version__digest", "source__response__version__number"),
    *("source__response__version__questionnaire__code", "source__response__version__questionnaire__titles"),
)


def elsewhere(desk: Desk) -> list[Elsewhere]:
    """Return the other responses of the same State that this person is entrusted with. 1 query."""
    if desk.actor.user_id is None:
        return []
    held = Delegation.objects.filter(
        user_id=desk.actor.user_id, ended_at__isnull=True, response__state_id=desk.response.state_id
    ).exclude(response_id=desk.response.pk)
    grouped: dict[int, list[Delegation]] = defaultdict(list)
    for row in held.select_related("response__version__questionnaire").only(*_NEEDED):
        grouped[row.response_id].append(row)
    return [
        Elsewhere(
            rows[0].response,
            Entrusted(
                any(row.is_focal_point for row in rows), frozenset(scope for row in rows for scope in row.scopes)
            ),
        )
        for rows in grouped.values()
    ]


def reuses_of(desk: Desk, identifier: str | None = None) -> list[Reuse]:
    """Return what was taken at a question or in a whole response, for people entrusted with it. 1 query."""
    found = Reuse.objects.filter(response=desk.response).exclude(outcome=ReuseOutcome.REJECTED)
    if identifier is not None:
        found = found.filter(question=identifier)
    rows = found.select_related("source__response__version__questionnaire", "decided_by").only(*_OF_REUSE)
    mine = [row for row in rows.order_by("pk") if _is_own(desk, row.question)]
    for row in mine:
        row.response = desk.response
    return mine


def covers(other: Elsewhere, identifier: str) -> bool:
    """Whether this person is entrusted with a question of another response."""
    return entrusted_with(other.entrusted, other.response.version, identifier)


def entrusted_with(held: Entrusted, version: Version, identifier: str) -> bool:
    """Whether what a person is entrusted with holds a question of a version; of a whole response nothing is read."""
    return held.everything or held.covers(identifier, form_of(version).section_of.get(identifier, ""))


# ---------------------------------------------------------------- the parts


@dataclass(frozen=True, slots=True)
class _Source:
    """An answer with the question it answers."""

    answer: Answer
    question: Question
    provisions: frozenset[str]
    other: Elsewhere


class _Near:
    """Answers and mappings by provision, so that a question meets those that may help there and not all of them."""

    def __init__(self, answers: Iterable[tuple[int, Earlier]], bridges: Iterable[Bridge]) -> None:
        self.told: dict[tuple[Kind, str], list[tuple[int, Earlier]]] = defaultdict(list)
        self.leading: dict[str, list[Bridge]] = defaultdict(list)
        for pk, read in answers:
            for key in read.provisions:
                self.told[read.known.kind, key].append((pk, read))
        for bridge in bridges:
            for key in bridge.targets:
                self.leading[key].append(bridge)

    def offers(self, asked: Asked, settled: Collection[tuple[str, int, int]]) -> bool:
        """Whether an answer that nobody decided about is offered."""
        reaching = [bridge for key in asked.provisions for bridge in self.leading.get(key, ())]
        near = asked.provisions.union(*(one.sources for one in reaching))
        earlier = (
            read
            for key in near
            for pk, read in self.told.get((asked.kind, key), ())
            if (asked.identifier, pk, read.version) not in settled
        )
        return is_anything_offered(asked, earlier, reaching)


def _is_own(desk: Desk, identifier: str) -> bool:
    held = desk.entrusted
    return held is not None and desk.sight(identifier) is Sight.ALL


@lru_cache(maxsize=32)
def _index(digest: str, pk: int) -> tuple[dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    """Return the provisions of each question and the questions of each provision, once a version."""
    version = Version(digest=digest, pk=pk)
    by_question: dict[str, frozenset[str]] = {}
    by_provision: dict[str, list[str]] = defaultdict(list)
    for section in form_of(version).sections:
        for question in section.questions:
            keys = section.provisions_of(question)
            by_question[question.identifier] = frozenset(keys)
            for key in keys:
                by_provision[key].append(question.identifier)
    return by_question, {key: tuple(found) for key, found in by_provision.items()}


def _by_question(version: Version) -> dict[str, frozenset[str]]:
    return _index(version.digest, version.pk)[0]


def _answers(others: Iterable[Elsewhere], keys: Collection[str], kind: Kind) -> list[_Source]:
    wanted = _about(others, keys, {kind})
    by_response = {one.response.pk: one for one in others}
    found = []
    for row in _answered(wanted).only(*OF_ANSWER):
        if row.question in wanted[row.response_id]:
            other = by_response[row.response_id]
            row.response = other.response
            question = form_of(other.response.version).by_identifier[row.question]
            found.append(_Source(row, question, _by_question(other.response.version)[row.question], other))
    return found


def _earlier_anywhere(
    others: Iterable[Elsewhere], keys: Collection[str], kinds: Collection[Kind]
) -> Iterator[tuple[int, Earlier]]:
    """Yield answers with their primary key, without what tells how old they are: none is kept back for its age."""
    wanted, versions = _about(others, keys, kinds), {one.response.pk: one.response for one in others}
    columns = ("pk", "response_id", "question", "revision", "value")
    for pk, response, question, revision, value in _answered(wanted).values_list(*columns):
        if question in wanted[response]:
            version = versions[response].version
            yield (
                pk,
                Earlier(
                    identifier=str(pk),
                    version=revision,
                    state=str(versions[response].state_id),
                    mechanism=f"response:{response}",
                    provisions=_by_question(version)[question],
                    text=text_of(value),
                    known=Circumstances(
                        kind=KINDS[form_of(version).by_identifier[question].kind], answered_date=dt.date.min
                    ),
                ),
            )


def _about(others: Iterable[Elsewhere], keys: Collection[str], kinds: Collection[Kind]) -> dict[int, set[str]]:
    """Return the questions of each response that are about these provisions and of these kinds, as far as entrusted."""
    wanted: dict[int, set[str]] = {}
    for one in others:
        version = one.response.version
        form, asked = form_of(version), _index(version.digest, version.pk)[1]
        named = {identifier for key in keys for identifier in asked.get(key, ())}
        wanted[one.response.pk] = {
            each for each in named if KINDS[form.by_identifier[each].kind] in kinds and covers(one, each)
        }
    return wanted


def _answered(wanted: Mapping[int, Collection[str]]) -> QuerySet[Answer]:
    names = {identifier for found in wanted.values() for identifier in found}
    return Answer.objects.filter(response_id__in=wanted, question__in=names, is_answered=True).order_by("pk")


def _asked(desk: Desk, question: Question) -> Asked:
    return Asked(
        state=str(desk.response.state_id),
        mechanism=f"response:{desk.response.pk}",
        provisions=provisions_of(desk, question.identifier),
        kind=KINDS[question.kind],
        identifier=question.identifier,
    )


def _open_questions(desk: Desk) -> list[Question]:
    """Return the own questions that are asked and not answered, of kinds whose answers may be carried over. 1 query."""
    rows = Answer.objects.filter(response=desk.response, language=desk.response.language)
    held = list(rows.values_list("question", "value", "is_answered"))
    out = not_asked(desk.form, {question: value for question, value, _ in held})
    closed = out | {question for question, _, answered in held if answered}
    return [
        one
        for one in desk.form.questions()
        if one.identifier not in closed
        and KINDS[one.kind] not in NEVER_CARRIED
        and provisions_of(desk, one.identifier)
        and _is_own(desk, one.identifier)
    ]


def _rejected_anywhere(desk: Desk, language: str) -> set[tuple[str, int, int]]:
    """Return the texts that were decided about in this response already, by question, source and revision."""
    rows = Reuse.objects.filter(response=desk.response, language=language)
    return set(rows.values_list("question", "source_id", "source_revision"))


def _rejected(desk: Desk, identifier: str, language: str) -> set[tuple[int, int]]:
    """Return the texts that were decided about here already, by source and revision."""
    rows = Reuse.objects.filter(response=desk.response, question=identifier, language=language)
    return set(rows.values_list("source_id", "source_revision"))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known about all sources: laws and provisions amended, instruments not joined, newest answers."""

    amended: Mapping[str, dt.date]
    provisions: Mapping[str, dt.date]
    outside: Collection[str]
    latest: Mapping[tuple[int, str], int]


def _facts_about(desk: Desk, sources: list[_Source]) -> _Facts:
    laws = {law for one in sources for law in one.answer.value.get("laws", ())}
    instruments = {key.partition(" ")[0] for keys in {one.provisions for one in sources} for key in keys}
    return _Facts(
        _amended(laws), amended_provisions(), _not_party(desk.response.state_id, instruments), _latest(sources)
    )


def _earlier(one: _Source, known: Circumstances) -> Earlier:
    """Return an answer as the rules see it; each response counts as a mechanism of its own."""
    answer = one.answer
    return Earlier(
        identifier=str(answer.uuid),
        version=answer.revision,
        state=str(answer.response.state_id),
        mechanism=f"response:{answer.response_id}",
        provisions=one.provisions,
        text=text_of(answer.value),
        known=known,
    )


def _circumstances(one: _Source, facts: _Facts, kind: Kind, language: str) -> Circumstances:
    answer, version = one.answer, one.other.response.version
    laws = answer.value.get("laws", ())
    return Circumstances(
        kind=kind,
        answered_date=(answer.submitted_at or answer.changed_at).date(),
        law_amended_dates=tuple(facts.amended[law] for law in laws if law in facts.amended),
        provision_changed_date=_changed(one.provisions, facts.provisions),
        superseded=facts.latest[version.questionnaire_id, answer.question] > version.number,
        is_party=not any(key.partition(" ")[0] in facts.outside for key in one.provisions),
        same_language=answer.language == language,
    )


def _changed(keys: Iterable[str], amended: Mapping[str, dt.date]) -> dt.date | None:
    """Return the last day on which one of the provisions, or the article that it belongs to, was amended."""
    named = {name for key in keys for name in (key, key.partition("(")[0])}
    return max((amended[name] for name in named if name in amended), default=None)


def _latest(sources: Iterable[_Source]) -> dict[tuple[int, str], int]:
    """Return the newest version of its questionnaire in which each question was answered."""
    found: dict[tuple[int, str], int] = {}
    for one in sources:
        version = one.other.response.version
        name = (version.questionnaire_id, one.answer.question)
        found[name] = max(found.get(name, 0), version.number)
    return found


def _amended(laws: Collection[str]) -> dict[str, dt.date]:
    if not laws:
        return {}
    rows = Law.objects.filter(uuid__in=laws, amended_date__isnull=False).values_list("uuid", "amended_date")
    return {str(identifier): day for identifier, day in rows if day is not None}


def _not_party(state: int, instruments: Collection[str]) -> set[str]:
    """Return the instruments that the State left or never joined, of those whose parties are recorded."""
    own = TreatyAction.objects.filter(state_id=state, instrument__code__in=instruments)
    done: dict[str, set[str]] = defaultdict(set)
    for code, kind in own.values_list("instrument__code", "kind"):
        done[code].add(kind)
    outside = {code for code in instruments if "WITHDRAWAL" in done[code] or not done[code] & set(CONSENTS)}
    if not outside:
        return outside
    acts = TreatyAction.objects.filter(instrument=OuterRef("pk"))
    return set(Instrument.objects.filter(Exists(acts), code__in=outside).values_list("code", flat=True))


def text_of(value: Mapping[str, Any]) -> str:
    """Return what of an answer could be taken over, as one text."""
    return "\n".join(
        [str(value.get("text", "")), *(str(each) for part in REGISTERED for each in value.get(part, ()))]
    ).strip()


def _offered(candidate: Candidate, one: _Source, question: Question) -> Offered:
    parts = {part.value for part in CARRIED if part in question.parts}
    value = {name: held for name, held in one.answer.value.items() if name in parts}
    return Offered(candidate, one.answer, one.question, value)
