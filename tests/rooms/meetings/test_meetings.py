"""A report taken in fills the meeting: agenda, attendance, officers, conclusions, topics; each with its place."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.loaded_registry import loaded_registry  # noqa: F401
from tests.rooms.meetings.reports import CHINESE, EARLIER

from merida.cooperation.meetings import queries
from merida.cooperation.meetings.actions import confirm_meeting, open_meeting_again
from merida.cooperation.meetings.models import Meeting
from merida.exchange.ingest.actions import ingest_file, sample_workspace
from merida.exchange.ingest.again import read_again
from merida.foundation.access.models import Audience
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.models import Change

pytestmark = [pytest.mark.usefixtures("loaded_registry"), pytest.mark.django_db]


def taken_in(text: str = CHINESE, name: str = "report.txt") -> Meeting:
    outcome = ingest_file(SYSTEM, text.encode(), name)
    found = queries.meeting_by_slug(ANYBODY, outcome.slug)
    assert found is not None
    return found


def test_a_report_tells_days_session_and_who_chaired():
    meeting = taken_in()
    assert (meeting.from_date.isoformat(), meeting.to_date.isoformat(), meeting.session) == (
        "2031-03-04",
        "2031-03-06",
        "7",
    )
    (chair,) = meeting.officers.all()
    assert (chair.name, chair.state.iso3, chair.office, chair.place) == ("Ana Sample", "FJI", "CHAIR", "6")
    assert chair.paragraph.text.endswith("Ana Sample（斐济）主持。")


def test_states_are_listed_by_capacity_and_organisations_as_printed():
    meeting = taken_in()
    assert [(one.state.iso3, one.capacity, one.place) for one in queries.attendances_of(meeting)] == [
        ("FJI", "PARTY", "8"),
        ("GHA", "PARTY", "8"),
        ("JPN", "SIGNATORY", "9"),
        ("PLW", "PARTY", "8"),
    ]
    assert [(one.name, one.organisation and one.organisation.code) for one in meeting.observers.all()] == [
        ("欧洲委员会", "COE"),
        ("样本渔业组织", None),
    ]


def test_the_agenda_is_a_tree_with_the_documents_of_each_item():
    assert [(one.number, one.depth, one.symbols) for one in taken_in().items.all()] == [
        ("1", 1, []),
        ("1(a)", 2, []),
        ("1(b)", 2, []),
        ("2", 1, ["CAC/COSP/WG.4/2031/2"]),
        ("3", 1, []),
    ]


def test_conclusions_keep_their_words_addressee_and_condition():
    told = [(one.kind, one.addressee, one.condition, one.place) for one in taken_in().conclusions.all()]
    assert ("RECOMMENDATION", "缔约国", "", "2") in told
    assert ("RECOMMENDATION", "秘书处", "在有预算外资源的情况下", "3") in told
    assert ("CONCLUSION", "", "", "5") in told


def test_topics_of_later_years_are_kept_as_printed():
    (topic,) = taken_in().topics.all()
    assert (topic.year, topic.words, topic.place) == (2032, "采购", "4")


def test_attendance_over_meetings_counts_who_came_and_shows_who_is_not_listed():
    taken_in()
    taken_in(EARLIER, "earlier.txt")
    states = {one.iso3: one for one in queries.states_with_attendance(ANYBODY)}
    assert [states[code].attended for code in ("FJI", "PLW", "KEN")] == [2, 1, 0]
    assert states["FJI"].first_attended.year == 2030
    assert states["KEN"].last_attended is None


def test_a_document_that_lists_nobody_and_no_agenda_is_no_report():
    ingest_file(SYSTEM, CHINESE.split("B. 通过议程", maxsplit=1)[0].encode(), "note.txt")
    assert not Meeting.objects.exists()


def test_what_was_confirmed_stays_when_the_text_is_read_again():
    meeting = taken_in()
    confirm_meeting(SYSTEM, meeting)
    meeting.officers.update(name="As corrected")
    read_again(SYSTEM, meeting.version_id)
    (chair,) = meeting.officers.all()
    assert (chair.name, chair.paragraph.place) == ("As corrected", "6")
    open_meeting_again(SYSTEM, meeting)
    read_again(SYSTEM, meeting.version_id)
    assert meeting.officers.get().name == "Ana Sample"


def test_confirming_is_recorded_once_and_not_for_everybody():
    meeting = taken_in()
    with pytest.raises(PermissionDenied):
        confirm_meeting(Actor(role="READER"), meeting)
    before = Change.objects.count()
    confirm_meeting(SYSTEM, meeting)
    confirm_meeting(SYSTEM, meeting)
    assert Change.objects.count() == before + 1


def test_a_meeting_is_seen_by_those_who_see_its_report():
    room = sample_workspace(SYSTEM)
    ingest_file(SYSTEM, CHINESE.encode(), "closed.txt", audience=Audience.RESTRICTED, workspace=room)
    assert Meeting.objects.count() == 1
    assert not queries.meetings(ANYBODY).exists()
    assert not queries.attendances(ANYBODY).exists()
    assert {one.attended for one in queries.states_with_attendance(ANYBODY)} == {0}
    assert queries.meetings(SYSTEM).count() == 1
