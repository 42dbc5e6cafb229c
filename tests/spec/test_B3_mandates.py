"""B3 Implementation of resolutions: what each operative paragraph asks of whom, what was done, the drafted report."""

import io
import zipfile
from datetime import date

import pytest
from tests.rooms.mandates.made_up import TEXT, make_activity, make_resolution
from tests.worlds import make_document

from merida.cooperation.mandates import actions, queries, report_actions, report_queries
from merida.exchange.outputs.report_sheet import report_file, shown_report
from merida.foundation.access.visibility import ANYBODY, SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolution():
    found = make_resolution()
    actions.read_mandates(SYSTEM, resolution=found.key, text=TEXT, language="en")
    actions.confirm_all(SYSTEM, found)
    return found


def test_each_operative_paragraph_says_who_is_asked_by_when_under_which_condition_and_what_was_done(resolution):
    activity = make_activity(make_document("told", text="Beginning"), "They met", states=["GHA"])
    asked = queries.mandates_of(ANYBODY, resolution)
    actions.link_evidence(SYSTEM, asked[2], record=str(activity.uuid))

    found = queries.mandates_of(ANYBODY, resolution)
    assert [(one.number, one.addressee, one.condition, one.due_date) for one in found[2:]] == [
        ("2", "SECRETARIAT", "EXTRABUDGETARY", None),
        ("3(a)", "SECRETARIAT", "", None),
        ("3(b)", "SECRETARIAT", "EXISTING_RESOURCES", date(2021, 6, 1)),
    ]
    assert [link.activity for link in found[2].shown_evidence] == [activity]
    assert [(one.number, one.addressee) for one in queries.not_reported(found)] == [
        ("2", "STATES"),
        ("3(a)", "SECRETARIAT"),
        ("3(b)", "SECRETARIAT"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "note"),
    [
        ("en", "In November 2019, a workshop was held in State GHA.", "SAMPLE/TOLD, para. 2."),
        ("zh", "2019年11月，在State GHA举办了一次讲习班。", "SAMPLE/TOLD，第2段。"),
    ],
)
def test_the_report_is_drafted_from_the_records_with_a_note_for_each_sentence(resolution, language, sentence, note):
    make_activity(make_document("told", text="Beginning"), "They met about sport", states=["GHA"])
    report = report_actions.draft_report(
        SYSTEM,
        title="What was done",
        language=language,
        resolutions=[resolution.key],
        first_date=date(2019, 11, 1),
        last_date=date(2020, 2, 29),
    )

    parts = report_queries.parts_of(report)
    said = [one for part in shown_report(SYSTEM, report, parts).parts for one in part.said]
    assert (sentence, note) in [(one.text, one.note.text if one.note else "") for one in said]
    archive = zipfile.ZipFile(io.BytesIO(report_file(SYSTEM, report, parts)))
    assert sentence in archive.read("word/document.xml").decode()
    assert note in archive.read("word/footnotes.xml").decode()
