"""Asking States, reminding them, moving a response to a new version; who a response is entrusted to."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from merida.foundation.access.actors import person_reference
from merida.foundation.access.models import Workspace, WorkspaceMembership
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.people.models import User
from merida.foundation.registry.models import State, StateKind
from merida.knowledge.directory.models import Authority
from merida.review.questionnaires.carrying import Report, compare
from merida.review.questionnaires.editing import allow_writing
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Delegation, Response, ResponseStage, Revision, Stage, Version
from merida.review.questionnaires.progress import count_anew, count_first
from merida.review.questionnaires.queries import desk_for
from merida.review.questionnaires.refusing import NothingHereError, RefusedError


def ask_states(
    actor: Actor, version: Version, states: Iterable[State], *, due_date: dt.date | None = None, is_sample: bool = False
) -> list[Response]:
    """Ask States to answer a published version; those asked already are left as they are.

    Raises RefusedError where the version is a draft, PermissionDenied.
    """
    allow_writing(actor)
    if version.frozen_at is None:
        raise RefusedError("{version} is a draft: publish it first", version=version)
    made = []
    with transaction.atomic():
        for state in states:
            room, _ = Workspace.objects.get_or_create(
                code=f"state-{state.slug}", defaults={"title": f"Desk of {state.names.get('en', state.iso3)}"}
            )
            response, new = Response.objects.get_or_create(
                version=version,
                state=state,
                defaults={"workspace": room, "due_date": due_date or version.due_date, "is_sample": is_sample},
            )
            if not new:
                continue
            after = {"state": state.iso3, "version": str(version.uuid), "due_date": response.due_date}
            record_change(actor, "ASK_STATE", reference_to(response), before=None, after=after)
            made.append(response)
        count_first(made, form_of(version))
    return made


def ask_all_states(actor: Actor, version: Version, *, due_date: dt.date | None = None) -> list[Response]:
    """Ask every State of the registry, members of the United Nations or not. Raises as ``ask_states`` does."""
    everybody = State.objects.exclude(kind=StateKind.REGIONAL_ORGANIZATION).order_by("iso3")
    return ask_states(actor, version, everybody, due_date=due_date)


def remind(actor: Actor, version: Version, *, today: dt.date) -> list[Response]:
    """Note a reminder for every State that has not submitted and was not reminded today; return those."""
    allow_writing(actor)
    midnight = dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
    with transaction.atomic():
        waiting = Response.objects.filter(version=version, stage=ResponseStage.OPEN, first_submitted_at__isnull=True)
        reminded = list(waiting.exclude(reminded_at__gte=midnight).select_related("state"))
        for response in reminded:
            response.reminded_at = timezone.now()
            response.save(update_fields=["reminded_at"])
            record_change(actor, "REMIND_STATE", reference_to(response), before=None, after={"due": response.due_date})
    return reminded


def name_focal_point(actor: Actor, response: Response, user: User) -> Delegation:
    """Entrust a whole response to a person. Raises RefusedError (there already), PermissionDenied."""
    allow_writing(actor)
    return _entrust(actor, response, user, is_focal_point=True)


def delegate(
    actor: Actor,
    response: Response,
    user: User,
    *,
    scopes: Collection[str],
    authority: Authority | None = None,
    due_date: dt.date | None = None,
) -> Delegation:
    """Entrust sections or questions to a person, who then sees only these. The focal point does this.

    Raises RefusedError (unknown section, nothing chosen), NothingHereError for anybody else.
    """
    desk = desk_for(actor, response)
    if not desk.is_focal_point:
        raise NothingHereError
    known = set(desk.form.by_identifier) | {section.identifier for section in desk.form.sections}
    strange = sorted(set(scopes) - known)
    if strange or not scopes:
        raise RefusedError("choose sections or questions of this questionnaire: {what}", what=", ".join(strange[:3]))
    if authority is not None and authority.state_id != response.state_id:
        raise RefusedError("{authority} is not of this State", authority=authority)
    if due_date and response.due_date and due_date > response.due_date:
        raise RefusedError("the day lies after the deadline of the whole, {day}", day=response.due_date)
    return _entrust(actor, response, user, scopes=sorted(scopes), authority=authority, due_date=due_date)


def end_delegation(actor: Actor, delegation: Delegation) -> None:
    """Take a part back. What the person wrote stays. Raises NothingHereError for anybody but the focal point."""
    response = delegation.response
    if not (desk_for(actor, response).is_focal_point or may(actor, Deed.ASK_STATES)):
        raise NothingHereError
    with transaction.atomic():
        held = Delegation.objects.select_for_update().get(pk=delegation.pk)
        if held.ended_at is not None:
            return
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        left = Delegation.objects.filter(response__workspace=response.workspace_id, user=held.user_id)
        if not left.filter(ended_at__isnull=True).exists():
            WorkspaceMembership.objects.filter(workspace=response.workspace_id, user=held.user_id).delete()
        before = {"person": person_reference(held.user), "scopes": held.scopes}
        record_change(actor, "END_DELEGATION", reference_to(held), before=before, after=None)


def move_to_version(actor: Actor, response: Response, version: Version) -> Report:
    """Carry a response over to a newer version of its questionnaire and tell what became of its questions.

    Answers to reworded questions become drafts; those to questions that are gone or of another kind stay in the
    history. Raises RefusedError (submitted, another questionnaire, a draft), PermissionDenied.
    """
    allow_writing(actor)
    with transaction.atomic():
        held = Response.objects.select_for_update().select_related("version").get(pk=response.pk)
        if version.questionnaire_id != held.version.questionnaire_id or version.frozen_at is None:
            raise RefusedError("{version} is no published version of this questionnaire", version=version)
        if held.stage == ResponseStage.SUBMITTED:
            raise RefusedError("the answers were submitted: recall them first")
        report = compare(form_of(held.version), form_of(version))
        lost = Answer.objects.filter(response=held, question__in=[*report.changed, *report.gone])
        for answer in lost.exclude(value={}):
            answer.revision += 1
            answer.value, answer.is_answered, answer.stage = {}, False, Stage.DRAFT
            answer.submitted_revision = None
            answer.save()
            Revision.objects.create(
                answer=answer,
                number=answer.revision,
                based_on=answer.revision - 1,
                verb="CARRY",
                made_by_id=actor.user_id,
            )
        Answer.objects.filter(response=held, question__in=report.reworded).update(stage=Stage.DRAFT)
        before = {"version": str(held.version.uuid)}
        held.version = version
        held.save(update_fields=["version"])
        count_anew(held, form_of(version))
        after = {"version": str(version.uuid), "carried": len(report.carried()), "lost": lost.count()}
        record_change(actor, "MOVE_RESPONSE", reference_to(held), before=before, after=after)
    response.version = version
    return report


def move_all(actor: Actor, chosen: Collection[Response], version: Version) -> int:
    """Carry several responses over, all of them or none; return how many. Raises as ``move_to_version`` does."""
    if not chosen:
        raise RefusedError("choose at least one State")
    with transaction.atomic():
        for response in chosen:
            move_to_version(actor, response, version)
    return len(chosen)


def _entrust(
    actor: Actor,
    response: Response,
    user: User,
    *,
    is_focal_point: bool = False,
    scopes: Collection[str] = (),
    authority: Authority | None = None,
    due_date: dt.date | None = None,
) -> Delegation:
    with transaction.atomic():
        held = Delegation.objects.filter(response=response, user=user, ended_at__isnull=True)
        if held.filter(is_focal_point=True).exists():
            raise RefusedError("{person} is entrusted with all of it already", person=user)
        made = Delegation.objects.create(
            response=response,
            user=user,
            authority=authority,
            is_focal_point=is_focal_point,
            scopes=list(scopes),
            due_date=due_date,
        )
        WorkspaceMembership.objects.get_or_create(workspace=response.workspace, user=user)
        after = {"person": person_reference(user), "focal_point": is_focal_point, "scopes": list(scopes)}
        record_change(actor, "DELEGATE", reference_to(made), before=None, after=after)
    return made
