"""Reports drafted from public records, edited, drafted again."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.rooms.mandates.made_up import make_activity, make_resolution
from tests.worlds import SECRET_WORD, make_document, make_world

from merida.cooperation.mandates import actions, report_actions, report_queries
from merida.cooperation.mandates.report_actions import PartChangedError, ReportError
from merida.cooperation.mandates.report_records import places_of
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    make_resolution()
    document = make_document("told", text="Beginning")
    make_activity(document, "They met about sport", states=["GHA"])
    make_activity(document, "They learned", states=["KEN"], title="Work with judges", date_from="2019-12")
    return document


def make_report(**changed):
    given = {
        "title": "What was done",
        "language": "en",
        "resolutions": ["COSP 8/8"],
        "first_date": date(2019, 11, 1),
        "last_date": date(2020, 2, 29),
    }
    return report_actions.draft_report(SYSTEM, **{**given, **changed})


def part(report, key):
    return next(one for one in report_queries.parts_of(report) if one.key == key)


def words(report, key):
    return [text for text, _traces in part(report, key).shown]


def test_activities_of_the_period_stand_under_the_headings_of_their_document(told):
    report = make_report()

    assert words(report, "SPORT/2019-11") == ["In November 2019, a workshop was held in State GHA."]
    assert words(report, "JUDICIAL_INTEGRITY/2019-12") == ["In December 2019, a workshop was held in State KEN."]


def test_every_sentence_about_an_activity_leads_to_its_paragraph(told):
    report = make_report()
    ((_text, traces),) = part(report, "SPORT/2019-11").shown

    (place,) = places_of(ANYBODY, traces, language="en").values()
    assert (place.name, place.place, place.words) == ("SAMPLE/TOLD", "2", "They met about sport")


def test_a_report_is_made_of_public_records_only_whoever_drafts_it():
    make_resolution()
    world = make_world()
    make_activity(world.restricted, f"They met for {SECRET_WORD}", states=["NRU"])
    make_activity(world.draft, "They met in the draft", states=["TUV"])
    report = make_report()

    assert [one.heading for one in report_queries.parts_of(report) if not one.level] == ["INTRODUCTION", "FRAMEWORK"]


def test_a_person_puts_an_activity_under_another_heading_and_every_draft_follows(told):
    first = make_report()
    ((_text, traces),) = part(first, "SPORT/2019-11").shown
    actions.place_activity(SYSTEM, traces[0].partition(":")[2], heading="GENDER")
    report_actions.redraft_report(SYSTEM, first)

    assert words(first, "GENDER/2019-11") == ["In November 2019, a workshop was held in State GHA."]
    assert "SPORT/2019-11" not in {one.key for one in report_queries.parts_of(first)}


def test_drafting_again_keeps_edits_and_says_what_changed_beneath(told):
    report = make_report()
    report_actions.edit_part(SYSTEM, part(report, "SPORT/2019-11"), text="In our words.", seen_revision=0)
    make_activity(told, "They met again", states=["ZMB"])
    make_activity(told, "They judged again", states=["ZMB"], title="Work with judges", date_from="2019-12")

    assert report_actions.redraft_report(SYSTEM, report) == 1
    edited = part(report, "SPORT/2019-11")
    assert words(report, "SPORT/2019-11") == ["In our words."]
    assert edited.beneath[0][0] == "In November 2019, workshops were held in State GHA and State ZMB."
    assert words(report, "JUDICIAL_INTEGRITY/2019-12") == [
        "In December 2019, workshops were held in State KEN and State ZMB."
    ]

    report_actions.take_draft(SYSTEM, edited, seen_revision=edited.revision)
    assert words(report, "SPORT/2019-11") == ["In November 2019, workshops were held in State GHA and State ZMB."]


def test_two_people_at_one_paragraph_lose_nothing(told):
    report = make_report()
    held = part(report, "SPORT/2019-11")
    report_actions.edit_part(SYSTEM, held, text="First.", seen_revision=0)

    with pytest.raises(PartChangedError) as refused:
        report_actions.edit_part(SYSTEM, held, text="Second.", seen_revision=0)
    assert refused.value.part.shown[0][0] == "First."
    assert words(report, "SPORT/2019-11") == ["First."]


def test_the_history_of_a_paragraph_outlives_drafting_again(told):
    report = make_report()
    report_actions.edit_part(SYSTEM, part(report, "SPORT/2019-11"), text="First.", seen_revision=0)
    report_actions.redraft_report(SYSTEM, report)
    held = part(report, "SPORT/2019-11")
    report_actions.edit_part(SYSTEM, held, text="Second.", seen_revision=held.revision)

    found = history(reference_to(part(report, "SPORT/2019-11")))
    assert [(one.before["text"], one.after["text"]) for one in found] == [
        ("In November 2019, a workshop was held in State GHA.", "First."),
        ("First.", "Second."),
    ]


def test_a_paragraph_of_a_persons_own_stays_where_it_was_put(told):
    report = make_report()
    made = report_actions.add_part(SYSTEM, report, after=part(report, "SPORT"), text="A person knows more.")
    report_actions.redraft_report(SYSTEM, report)

    keys = [one.key for one in report_queries.parts_of(report)]
    assert keys[keys.index("SPORT") : keys.index("SPORT") + 3] == ["SPORT", made.key, "SPORT/2019-11"]


def test_a_struck_paragraph_stays_struck(told):
    report = make_report()
    report_actions.edit_part(SYSTEM, part(report, "SPORT/2019-11"), text="", seen_revision=0)
    report_actions.redraft_report(SYSTEM, report)

    assert words(report, "SPORT/2019-11") == []


def test_a_draft_is_for_curators_until_it_is_published(told):
    world = make_world()
    report = make_report()
    assert report_queries.report_by_uuid(ANYBODY, report.uuid) is None
    assert report_queries.report_by_uuid(world.actors["curator"], report.uuid) == report

    report_actions.publish_report(SYSTEM, report)
    assert report_queries.report_by_uuid(ANYBODY, report.uuid) == report


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"title": " "}, "title", "MISSING"),
        ({"language": "fr"}, "language", "LANGUAGE"),
        ({"last_date": date(2019, 1, 1)}, "last_date", "ORDER"),
        ({"resolutions": ["COSP 99/9"]}, "resolutions", "UNKNOWN_RESOLUTION"),
        ({"symbol": "x" * 61}, "symbol", "TOO_LONG"),
        ({"first_date": date(1990, 1, 1)}, "last_date", "TOO_LONG"),
    ],
)
def test_what_cannot_be_is_refused_by_field(told, changed, field, code):
    with pytest.raises(ReportError) as refused:
        make_report(**changed)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_only_the_secretariat_drafts_and_edits(told):
    curator = make_world().actors["curator"]
    report = make_report()

    with pytest.raises(PermissionDenied):
        report_actions.redraft_report(curator, report)
    with pytest.raises(PermissionDenied):
        report_actions.edit_part(curator, part(report, "SPORT"), text="x", seen_revision=0)
