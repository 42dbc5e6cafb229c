"""What a report concludes is kept once a person confirmed it: the meeting tells the record of the observatory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.loaded_registry import loaded_registry  # noqa: F401
from tests.rooms.meetings.reports import CHINESE

from merida.cooperation.meetings import queries
from merida.cooperation.meetings.referring import Said, records_of
from merida.exchange.curation.actions import accept, correct, undo
from merida.exchange.curation.queries import proposals
from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.again import read_again
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.interfaces.api.meetings import conclusion_out

WITH_DATABASE = [pytest.mark.usefixtures("loaded_registry"), pytest.mark.django_db]


def of_mark(function):
    for mark in WITH_DATABASE:
        function = mark(function)
    return function


def told(slug):
    meeting = queries.meeting_by_slug(ANYBODY, slug)
    return {one.place: (one.told.kind, one.told.addressee, one.told.condition) for one in meeting.conclusions.all()}


def proposed(place):
    return proposals(SYSTEM).get(kind="RECOMMENDATION", place=place)


@of_mark
def test_what_a_person_confirmed_is_told_by_the_meeting_too_until_it_is_undone():
    slug = ingest_file(SYSTEM, CHINESE.encode(), "report.txt").slug
    assert told(slug)["2"] == ("RECOMMENDATION", "缔约国", "")
    one = proposed("2")
    correct(SYSTEM, one.uuid, {**one.values, "addressee": "各缔约国"}, revision=one.revision)
    assert told(slug)["2"] == ("RECOMMENDATION", "各缔约国", "")
    (row,) = [conclusion_out(each) for each in queries.conclusions(ANYBODY) if each.place == "2"]
    assert (row["addressee"], row["words"]) == ("各缔约国", "工作组鼓励缔约国公布采购数据。")
    undo(SYSTEM, one.uuid, revision=one.revision + 1)
    assert told(slug)["2"] == ("RECOMMENDATION", "缔约国", "")


@of_mark
def test_reading_the_report_again_keeps_the_record_and_a_mere_outlook_leaves_the_meeting():
    outcome = ingest_file(SYSTEM, CHINESE.encode(), "report.txt")
    for place in ("2", "3"):
        one = proposed(place)
        kind = "OUTLOOK" if place == "3" else "CONCLUSION"
        correct(SYSTEM, one.uuid, {**one.values, "kind": kind}, revision=one.revision)
    meeting = queries.meeting_by_slug(ANYBODY, outcome.slug)
    read_again(SYSTEM, meeting.version_id)
    found = told(outcome.slug)
    assert found["2"][0] == "CONCLUSION"
    assert "3" not in found
    assert {each.place for each in queries.conclusions(ANYBODY)} == set(found)


@of_mark
def test_each_record_is_told_by_one_conclusion_of_the_same_words():
    slug = ingest_file(SYSTEM, CHINESE.encode(), "report.txt").slug
    for one in list(proposals(SYSTEM).filter(kind="RECOMMENDATION", state="PROPOSED")):
        accept(SYSTEM, one.uuid, revision=one.revision)
    conclusions = list(queries.meeting_by_slug(ANYBODY, slug).conclusions.all())
    records = [one.recommendation for one in conclusions if one.recommendation]
    assert [(one.place, one.words) for one in records] == [(one.place, one.words) for one in conclusions]
    assert len({one.pk for one in records}) == len(conclusions)


SAID = st.builds(
    Said,
    key=st.integers(1, 99),
    place=st.sampled_from("12"),
    words=st.just("w"),
    rule=st.sampled_from("rs"),
    addressee=st.sampled_from("ab"),
)
MANY = st.lists(SAID, max_size=6, unique_by=lambda one: one.key)


@given(MANY, MANY)
def test_a_record_belongs_to_one_conclusion_of_its_place_and_as_many_as_can_be_are_tied(conclusions, records):
    found = records_of(conclusions, records)
    assert len(set(found.values())) == len(found)
    places = {one.key: (one.place, one.rule) for one in records}
    assert all(places[record] == (one.place, one.rule) for one in conclusions if (record := found.get(one.key)))
    for where in {(one.place, one.rule) for one in conclusions}:
        asked = [one for one in conclusions if (one.place, one.rule) == where]
        held = [one for one in records if (one.place, one.rule) == where]
        assert sum(one.key in found for one in asked) == min(len(asked), len(held))
