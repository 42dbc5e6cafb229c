"""Recording what a report tells of its meeting, and confirming it.

Reads: the paragraphs of the text, the registry. Writes: the meeting and its parts, with one change of the log.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.cooperation.meetings.models import (
    AgendaItem,
    Attendance,
    Conclusion,
    Meeting,
    Observer,
    Officer,
    Part,
    PlannedTopic,
)
from merida.cooperation.meetings.referring import Said, records_of
from merida.cooperation.meetings.values import MeetingRead
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_bulk, record_change, reference_to
from merida.foundation.registry.models import Organisation, State
from merida.knowledge.documents.models import Document, Paragraph, Version
from merida.knowledge.documents.places import paragraph_of
from merida.knowledge.observatory.models import Recommendation

PARTS: tuple[type[Part], ...] = (Attendance, Observer, Officer, AgendaItem, Conclusion, PlannedTopic)
LONGEST_NAME = 300


def record_meeting(actor: Actor, version: Version, read: MeetingRead | None) -> Meeting | None:
    """Make the meeting of a document what its text tells now; return it, None where the text tells of none.

    A confirmed meeting keeps its parts and only finds its paragraphs again. Another language version of the report
    replaces what is held only when it lists more States. Raises PermissionDenied.
    """
    if not may(actor, Deed.HAND_IN_DOCUMENT):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
    with transaction.atomic():
        held = Meeting.objects.select_for_update().filter(document=version.document_id).first()
        if held is not None and (held.confirmed_at or not _better(version, read, held)):
            if held.version_id == version.pk:
                _find_paragraphs(held)
                refer_to_records(version)
            return held
        if read is None:
            if held is not None:
                record_bulk(actor, "REMOVE_MEETING", reference_to(held), digest=version.text_digest, counts={})
                held.delete()
            return None
        return _written(actor, version, read, held)


def _better(version: Version, read: MeetingRead | None, held: Meeting) -> bool:
    """Whether a text says what holds: the one that was read before, or another that lists more States."""
    same = held.version_id == version.pk or held.version.language == version.language
    return same or (read is not None and len(read.attended) > held.attendances.count())


def _written(actor: Actor, version: Version, read: MeetingRead, held: Meeting | None) -> Meeting:
    meeting = held or Meeting(document_id=version.document_id, slug=version.document.slug)
    meeting.version, meeting.recorded_at = version, timezone.now()
    meeting.session, meeting.town = read.session[:80], read.town[:LONGEST_NAME]
    meeting.from_date, meeting.to_date = read.first, read.last
    meeting.save()
    counts = {}
    for model, rows in _rows(meeting, read).items():
        model._default_manager.filter(meeting=meeting).delete()  # type: ignore[misc]  # noqa: SLF001
        model._default_manager.bulk_create(rows, batch_size=400)  # noqa: SLF001
        counts[model._meta.model_name or ""] = len(rows)  # noqa: SLF001
    refer_to_records(version)
    record_bulk(actor, "READ_MEETING", reference_to(meeting), digest=version.text_digest, counts=counts)
    return meeting


def refer_to_records(version: Version) -> None:
    """Let the conclusions read in a text refer to the records that persons confirmed of the same words.

    To be called in the transaction that reads the meeting or makes a record; what it sets follows from both and is
    no change of its own in the log.
    """
    conclusions = list(Conclusion.objects.filter(meeting__version=version).order_by("position"))
    if not conclusions:
        return
    records = Recommendation.objects.filter(version=version).order_by("pk")
    wanted = records_of(map(_said, conclusions), map(_said, records))
    changed = [one for one in conclusions if one.recommendation_id != wanted.get(one.pk)]
    Conclusion.objects.filter(pk__in=[one.pk for one in changed]).update(recommendation=None)
    for one in changed:
        one.recommendation_id = wanted.get(one.pk)
    Conclusion.objects.bulk_update([one for one in changed if one.recommendation_id], ["recommendation"])


def _said(one: Conclusion | Recommendation) -> Said:
    return Said(one.pk, one.place, one.words, one.rule, one.addressee)


def _rows(meeting: Meeting, read: MeetingRead) -> dict[type[Part], list[Any]]:
    """The parts as unsaved rows; a State or organisation that the registry lacks is kept by name where it has one."""
    paragraphs = _paragraphs(meeting.version_id)
    wanted = {one.state for one in read.attended} | {one.state for one in read.offices}
    states = {one.iso3: one for one in State.objects.filter(iso3__in=wanted)}
    codes = {one.organisation for one in read.observed}
    organisations = {one.code: one for one in Organisation.objects.filter(code__in=codes)}

    def part(one: Any) -> dict[str, Any]:
        where = {"paragraph": paragraphs.get(paragraph_of(one.place)), "place": one.place, "rule": one.rule}
        return {"meeting": meeting, **where}

    attended = {one.state: one for one in reversed(read.attended) if one.state in states}
    return {
        Attendance: [
            Attendance(**part(one), state=states[one.state], capacity=one.capacity) for one in attended.values()
        ],
        Observer: [
            Observer(
                **part(one),
                position=at,
                name=one.name[:LONGEST_NAME],
                organisation=organisations.get(one.organisation),
            )
            for at, one in enumerate(read.observed)
        ],
        Officer: [
            Officer(
                **part(one), position=at, name=one.name[:LONGEST_NAME], state=states.get(one.state), office=one.office
            )
            for at, one in enumerate(read.offices)
        ],
        AgendaItem: [
            AgendaItem(
                **part(one),
                position=at,
                number=one.number[:60],
                depth=one.depth,
                title=one.title,
                symbols=list(one.symbols),
            )
            for at, one in enumerate(read.items)
        ],
        Conclusion: [
            Conclusion(
                **part(one),
                position=at,
                kind=one.kind,
                addressee=one.addressee[:LONGEST_NAME],
                condition=one.condition[:LONGEST_NAME],
                words=one.words,
            )
            for at, one in enumerate(read.concluded)
        ],
        PlannedTopic: [
            PlannedTopic(**part(one), position=at, year=one.year, words=one.words, provisions=list(one.provisions))
            for at, one in enumerate(read.topics)
        ],
    }


def _paragraphs(version: int) -> Mapping[str, Paragraph]:
    return {one.place: one for one in Paragraph.objects.filter(version=version).only("pk", "place")}


def _find_paragraphs(meeting: Meeting) -> None:
    """Point the parts to the paragraphs of the present reading."""
    paragraphs = _paragraphs(meeting.version_id)
    for model in PARTS:
        rows = list(model._default_manager.filter(meeting=meeting))  # type: ignore[misc]  # noqa: SLF001
        for row in rows:
            row.paragraph = paragraphs.get(paragraph_of(row.place))
        model._default_manager.bulk_update(rows, ["paragraph"], batch_size=400)  # noqa: SLF001


def confirm_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Note that a person compared the meeting with its report; again, it changes nothing. Raises PermissionDenied."""
    return _confirmed(actor, meeting, confirmed=True)


def open_meeting_again(actor: Actor, meeting: Meeting) -> Meeting:
    """Take a confirmation back, so that the next reading counts again. Raises PermissionDenied."""
    return _confirmed(actor, meeting, confirmed=False)


def _confirmed(actor: Actor, meeting: Meeting, *, confirmed: bool) -> Meeting:
    if not may(actor, Deed.CONFIRM) or not Document.objects.visible_to(actor).filter(pk=meeting.document_id).exists():
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
    with transaction.atomic():
        locked: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if bool(locked.confirmed_at) != confirmed:
            before = {"confirmed_at": locked.confirmed_at}
            locked.confirmed_at = timezone.now() if confirmed else None
            locked.save(update_fields=["confirmed_at"])
            after = {"confirmed_at": locked.confirmed_at}
            verb = "CONFIRM_MEETING" if confirmed else "REOPEN_MEETING"
            record_change(actor, verb, reference_to(locked), before=before, after=after)
    return locked
