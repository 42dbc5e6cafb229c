"""Reading questionnaires, responses and answers: whoever sees nothing learns nothing, not even that it is there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from merida.foundation.access.visibility import (
    EDITORS,
    SYSTEM,
    Actor,
    Entrusted,
    Sight,
    entrusted_condition,
    sight_of_answer,
)
from merida.review.questionnaires.form import Form, Question, Section
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import (
    Answer,
    AskedQuestion,
    Attachment,
    Consent,
    Delegation,
    Questionnaire,
    Remark,
    RemarkAudience,
    Response,
    Revision,
    SectionCount,
    Version,
)
from merida.review.questionnaires.refusing import NothingHereError

# Pages show names of people and little else: what is not read need not be fetched and made into objects.
_OF_FILE = ("uuid", "response_id", "question", "name", "added_at", "file__digest", "file__size", "file__media_type")
_OF_DESK = (
    *("user_id", "is_focal_point", "scopes", "due_date"),
    *(f"response__{name}" for name in ("uuid", "language", "stage", "due_date", "asked_at", "is_sample")),
    *(f"response__{name}" for name in ("workspace_id", "submitted_at", "first_submitted_at", "reminded_at")),
    *("response__state__iso3", "response__state__slug", "response__state__names"),
    *(f"response__version__{name}" for name in ("uuid", "number", "digest", "takes_late", "due_date", "frozen_at")),
    "response__version__note_verbale_text",
    *(f"response__version__questionnaire__{name}" for name in ("code", "titles", "mechanism_id")),
)
_NOT_READ = ("password", "last_login", "role", "joined_at")
_NOT_OF_PEOPLE = tuple(f"changed_by__{name}" for name in (*_NOT_READ, "uuid", "language"))
_NOT_OF_DELEGATES = tuple(f"user__{name}" for name in _NOT_READ)


@dataclass(frozen=True, slots=True)
class Desk:
    """One response as one person may see it."""

    actor: Actor
    response: Response
    form: Form
    entrusted: Entrusted | None
    due_dates: tuple[Any, ...] = ()

    @property
    def is_focal_point(self) -> bool:
        """Whether this person clears and submits."""
        return self.actor == SYSTEM or (self.entrusted is not None and self.entrusted.everything)

    def sight(self, question: str) -> Sight:
        """Return how much of an answer is seen."""
        section = self.form.section_of.get(question, "")
        return sight_of_answer(self.actor, self.entrusted, question=question, section=section)

    def order(self) -> tuple[str, ...]:
        """Return the identifiers of the questions that this person may know of, in their order."""
        if self.is_focal_point:
            return self.form.order
        return tuple(each for each in self.form.order if self.sight(each) is not Sight.NOTHING)

    def sections(self) -> list[tuple[Section, tuple[Question, ...]]]:
        """Return the sections with the questions of them that this person may know of."""
        if self.is_focal_point:
            return [(each, each.questions) for each in self.form.sections if each.questions]
        seen = [
            (each, tuple(one for one in each.questions if self.sight(one.identifier) is not Sight.NOTHING))
            for each in self.form.sections
        ]
        return [(section, questions) for section, questions in seen if questions]


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """An answer as one person may see it: the draft, or the text that was submitted."""

    question: str
    language: str
    value: dict[str, Any]
    revision: int
    stage: str
    answer: Answer


def questionnaires(actor: Actor) -> QuerySet[Questionnaire]:
    """Return the questionnaires that ``actor`` may see, with their versions (newest first)."""
    versions = Version.objects.defer("content").order_by("-number")
    if actor.role not in EDITORS and actor != SYSTEM:
        versions = versions.filter(frozen_at__isnull=False)
    found = Questionnaire.objects.visible_to(actor).select_related("mechanism")
    return found.prefetch_related(Prefetch("versions", versions, to_attr="seen_versions")).order_by("code")


def version_seen(actor: Actor, code: str, number: int | None = None) -> Version | None:
    """Return a version by its questionnaire's code, the newest without a number; drafts for editors only."""
    found = Version.objects.filter(questionnaire__in=Questionnaire.objects.visible_to(actor), questionnaire__code=code)
    if actor.role not in EDITORS and actor != SYSTEM:
        found = found.filter(frozen_at__isnull=False)
    if number is not None:
        found = found.filter(number=number)
    return found.select_related("questionnaire__mechanism").defer("content").order_by("-number").first()


def asked_elsewhere(actor: Actor, provision: str, *, but: str = "") -> QuerySet[AskedQuestion]:
    """Return what published questionnaires ask about a provision (its key), for whoever writes another one."""
    visible = Questionnaire.objects.visible_to(actor)
    found = AskedQuestion.objects.filter(_asks_about({provision}), version__questionnaire__in=visible)
    return found.exclude(version__questionnaire__code=but).select_related("version__questionnaire").order_by("pk")


def asked_about(actor: Actor, keys: Collection[str], *, but: str) -> list[AskedQuestion]:
    """Return what the newest published version of each other questionnaire asks about provisions (keys). 1 query."""
    published = Version.objects.filter(questionnaire=OuterRef("version__questionnaire"), frozen_at__isnull=False)
    found = AskedQuestion.objects.filter(
        _asks_about(keys),
        version__questionnaire__in=Questionnaire.objects.visible_to(actor),
        version=Subquery(published.order_by("-number").values("pk")[:1]),
    ).exclude(version__questionnaire__code=but)
    found = found.select_related("version__questionnaire__mechanism", "provision").defer("version__content")
    return list(found.order_by("version__questionnaire__code", "position"))


def _asks_about(keys: Collection[str]) -> Q:
    """Return the condition that a question names one of some provisions, alone or among several."""
    further = AskedQuestion.further.through.objects.filter(provision__key__in=keys).values("askedquestion_id")
    return Q(provision__key__in=keys) | Q(pk__in=further)


def published_identifiers(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the identifiers of the questions that a published version of this questionnaire has. 1 query."""
    found = AskedQuestion.objects.filter(version__questionnaire=questionnaire)
    return frozenset(found.values_list("identifier", flat=True))


def questions_asked(actor: Actor) -> QuerySet[AskedQuestion]:
    """Return the questions of all published versions."""
    found = AskedQuestion.objects.filter(version__questionnaire__in=Questionnaire.objects.visible_to(actor))
    found = found.filter(version__frozen_at__isnull=False).select_related("version__questionnaire", "provision")
    return found.defer("version__content").order_by("version", "position")


def responses(actor: Actor) -> QuerySet[Response]:
    """Return the responses that ``actor`` knows of: those entrusted to this person, all of them for the staff."""
    found = Response.objects.filter(entrusted_condition(actor)).distinct()
    return found.select_related("version__questionnaire__mechanism", "state", "workspace").defer("version__content")


def desk_of(actor: Actor, uuid: UUID) -> Desk:
    """Return a response as ``actor`` may see it. Raises NothingHereError."""
    needed = ("response__version__questionnaire", "response__state")
    rows = list(_held_by(actor).filter(response__uuid=uuid).select_related(*needed).only(*_OF_DESK))
    response = rows[0].response if rows else responses(actor).filter(uuid=uuid).first()
    if response is None:
        raise NothingHereError
    return _desk(actor, response, rows)


def desk_for(actor: Actor, response: Response) -> Desk:
    """Return a response, already found for ``actor``, with what is entrusted to this person."""
    return _desk(actor, response, list(_held_by(actor).filter(response=response)))


def _held_by(actor: Actor) -> QuerySet[Delegation]:
    if actor.user_id is None:
        return Delegation.objects.none()
    return Delegation.objects.filter(user_id=actor.user_id, ended_at__isnull=True)


def _desk(actor: Actor, response: Response, rows: Sequence[Delegation]) -> Desk:
    scopes = frozenset(scope for row in rows for scope in row.scopes)
    entrusted = Entrusted(any(row.is_focal_point for row in rows), scopes) if rows else None
    due = tuple(sorted(row.due_date for row in rows if row.due_date))
    return Desk(actor, response, form_of(response.version), entrusted, due)


def seen_question(desk: Desk, identifier: str) -> tuple[Question, Sight]:
    """Return a question of the response. Raises NothingHereError where this person sees nothing of it."""
    question = desk.form.by_identifier.get(identifier)
    sight = desk.sight(identifier)
    if question is None or sight is Sight.NOTHING:
        raise NothingHereError
    return question, sight


def answers_seen(desk: Desk, identifiers: Collection[str] | None = None) -> list[AnswerSeen]:
    """Return the answers of a response that this person sees, each as far as it is seen.

    Who changed them is read along only where ``identifiers`` name a few: files with all of them name nobody.
    """
    found = Answer.objects.filter(response=desk.response)
    if identifiers is not None:
        found = found.filter(question__in=identifiers).select_related("changed_by").defer(*_NOT_OF_PEOPLE)
    # Sorted here: asked for an order, SQLite walks all answers of the response instead of the few that are wanted.
    rows = [(row, desk.sight(row.question)) for row in sorted(found, key=lambda one: one.pk)]
    handed_in = _submitted(row for row, sight in rows if sight is Sight.SUBMITTED)
    shown: list[AnswerSeen] = []
    for row, sight in rows:
        if sight is Sight.ALL:
            shown.append(AnswerSeen(row.question, row.language, row.value, row.revision, row.stage, row))
        elif sight is Sight.SUBMITTED and row.pk in handed_in:
            number = row.submitted_revision or 0
            shown.append(AnswerSeen(row.question, row.language, handed_in[row.pk], number, "SUBMITTED", row))
    return shown


def _submitted(rows: Iterable[Answer]) -> dict[int, dict[str, Any]]:
    numbers = {row.pk: row.submitted_revision for row in rows if row.submitted_revision is not None}
    if not numbers:
        return {}
    found = Revision.objects.filter(answer_id__in=numbers).filter(number__isnull=False)
    values = found.values_list("answer_id", "number", "value")
    return {answer: value for answer, number, value in values if numbers[answer] == number}


def history(desk: Desk, identifier: str, language: str, *, start: int = 0, count: int | None = None) -> list[Revision]:
    """Return the texts of an answer, the newest first, ``count`` of them after ``start``; the staff sees none.

    Texts that were kept aside stand among them, settled or not.
    """
    rows = _texts(desk, identifier, language).select_related("made_by").order_by("-pk")
    return list(rows[start:] if count is None else rows[start : start + count])


def texts_numbered(desk: Desk, identifier: str, language: str, numbers: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the texts that were the answer once, by number. No query without numbers; the staff sees none."""
    rows = _texts(desk, identifier, language)
    found = rows.filter(number__in=numbers).values_list("number", "value") if numbers else ()
    return {number: value for number, value in found if number is not None}


def kept_aside(desk: Desk, identifier: str, language: str) -> list[Revision]:
    """Return the texts beside an answer that nobody has settled yet, the newest first. However long the history."""
    waiting = _texts(desk, identifier, language).filter(number__isnull=True, settled_at__isnull=True)
    return list(waiting.select_related("made_by").order_by("-pk"))


def _texts(desk: Desk, identifier: str, language: str) -> QuerySet[Revision]:
    if seen_question(desk, identifier)[1] is not Sight.ALL:
        raise NothingHereError
    return Revision.objects.filter(
        answer__response=desk.response, answer__question=identifier, answer__language=language
    )


def remarks(desk: Desk, identifier: str) -> list[Remark]:
    """Return the discussion of a question: the staff reads what is shared with it."""
    _, sight = seen_question(desk, identifier)
    found = Remark.objects.filter(response=desk.response, question=identifier).select_related("made_by")
    if sight is not Sight.ALL:
        found = found.filter(audience=RemarkAudience.REVIEWERS)
    return list(found.order_by("pk"))


def attachments(desk: Desk, identifier: str) -> list[Attachment]:
    """Return the files of an answer; the staff sees those of an answer that was submitted, up to that moment."""
    _, sight = seen_question(desk, identifier)
    found = Attachment.objects.filter(response=desk.response, question=identifier, removed_at__isnull=True)
    if sight is not Sight.ALL:
        handed_in = Answer.objects.filter(
            response=desk.response, question=identifier, submitted_revision__isnull=False
        ).values_list("submitted_at", flat=True)
        moments = [at for at in handed_in if at is not None]
        found = found.filter(added_at__lte=max(moments)) if moments else found.none()
    return list(found.select_related("file").only(*_OF_FILE).order_by("pk"))


def files_seen(desk: Desk) -> dict[str, list[Attachment]]:
    """Return the files of all answers by question, each as far as ``attachments`` shows it. 2 queries."""
    rows = Attachment.objects.filter(response=desk.response, removed_at__isnull=True).select_related("file")
    moments = Answer.objects.filter(response=desk.response, submitted_at__isnull=False).order_by("submitted_at")
    handed_in = dict(
        moments.filter(submitted_revision__isnull=False).values_list("question", "submitted_at")
    )  # the last of each question stays
    found: dict[str, list[Attachment]] = {}
    for row in rows.order_by("pk"):
        sight, until = desk.sight(row.question), handed_in.get(row.question)
        shared = sight is Sight.SUBMITTED and until is not None and row.added_at <= until
        if sight is Sight.ALL or shared:
            found.setdefault(row.question, []).append(row)
    return found


def attachment_seen(desk: Desk, uuid: UUID) -> Attachment:
    """Return one file. Raises NothingHereError."""
    row = Attachment.objects.filter(response=desk.response, uuid=uuid, removed_at__isnull=True).first()
    found = next((each for each in attachments(desk, row.question) if each.pk == row.pk), None) if row else None
    if found is None:
        raise NothingHereError
    return found


def consents(desk: Desk, identifiers: Collection[str] | None = None) -> list[Consent]:
    """Return every consent given and revoked, for the State's own people."""
    found = Consent.objects.filter(response=desk.response).select_related("given_by", "revoked_by").order_by("pk")
    if identifiers is not None:
        found = found.filter(question__in=identifiers)
    return [row for row in found if desk.sight(row.question) is Sight.ALL]


def counts(desk: Desk) -> dict[str, SectionCount]:
    """Return how far each section is, for whoever sees the whole of it: counts tell that answers are there."""
    rows = SectionCount.objects.filter(response=desk.response)
    return {row.section: row for row in rows if _sees_section(desk, row.section)}


@dataclass(frozen=True, slots=True)
class ResponseStanding:
    """How far a whole response is, and who is on it beside the focal point."""

    asked: int
    answered: int
    people: tuple[str, ...]


def standings(actor: Actor) -> dict[int, ResponseStanding]:
    """Return where each response stands of which ``actor`` is the focal point, by its key. 3 queries.

    Nobody else learns from here that answers are there.
    """
    if actor.user_id is None:
        return {}
    mine = list(_held_by(actor).filter(is_focal_point=True).values_list("response_id", flat=True))
    sums = SectionCount.objects.filter(response__in=mine).values_list("response")
    counted = {key: (asked, answered) for key, asked, answered in sums.annotate(Sum("asked"), Sum("answered"))}
    people: dict[int, dict[str, None]] = {key: {} for key in mine}
    others = Delegation.objects.filter(response__in=mine, ended_at__isnull=True, is_focal_point=False)
    for row in others.select_related("user").defer(*_NOT_OF_DELEGATES).order_by("pk"):
        people[row.response_id][str(row.user)] = None
    return {key: ResponseStanding(*counted.get(key, (0, 0)), tuple(names)) for key, names in people.items()}


def _sees_section(desk: Desk, section: str) -> bool:
    held = desk.entrusted
    return desk.actor == SYSTEM or (held is not None and (held.everything or section in held.scopes))


def delegations(desk: Desk) -> list[Delegation]:
    """Return who is on a response: all of it for the focal point, the own part for the others."""
    found = Delegation.objects.filter(response=desk.response, ended_at__isnull=True)
    if not desk.is_focal_point:
        found = found.filter(Q(user_id=desk.actor.user_id)) if desk.entrusted else found.filter(is_focal_point=True)
    return list(found.select_related("user", "authority").defer(*_NOT_OF_DELEGATES).order_by("pk"))


def response_written_to(actor: Actor, uuid: UUID) -> Response | None:
    """Return a response somebody sends a text to: also one that was entrusted to this person before.

    For ``answering.save_answer`` only, which keeps such a text aside.
    """
    if actor.user_id is None:
        return None
    mine = Response.objects.filter(delegations__user_id=actor.user_id, uuid=uuid)
    return mine.select_related("version").only("uuid", "version__digest").first()
