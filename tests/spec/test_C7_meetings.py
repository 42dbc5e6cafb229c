"""C7, first part: sessions, agenda tree, attendance over the years, documents per item, conclusions, plan of work."""

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401
from tests.rooms.meetings.reports import CHINESE, EARLIER

from merida.cooperation.meetings import queries
from merida.exchange.ingest.actions import ingest_file
from merida.foundation.access.visibility import ANYBODY, SYSTEM


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_registry")
def test_two_reports_read_give_two_sessions_and_attendance_over_the_years():
    for name, text in {"seventh.txt": CHINESE, "sixth.txt": EARLIER}.items():
        ingest_file(SYSTEM, text.encode(), name)
    assert [one.session for one in queries.meetings(ANYBODY)] == ["7", "6"]
    came = {one.iso3: (one.attended, one.last_attended) for one in queries.states_with_attendance(ANYBODY)}
    assert (came["PLW"][0], came["GHA"][0], came["KEN"]) == (1, 2, (0, None))
    latest = queries.meeting_by_slug(ANYBODY, queries.meetings(ANYBODY)[0].slug)
    assert [(item.number, item.symbols) for item in latest.items.all()][-2:] == [
        ("2", ["CAC/COSP/WG.4/2031/2"]),
        ("3", []),
    ]
    assert [topic.year for topic in latest.topics.all()] == [2032]
    assert {said.place for said in latest.conclusions.all()} >= {"2", "3", "5"}
