"""Submissions of States: entered by curators, shown where people look, exported; hostile input is refused in words."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.inboxes import make_states
from tests.worlds import make_document, make_person

from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.changes.models import Change
from merida.foundation.people.queries import account_by_email
from merida.foundation.registry.models import Resolution
from merida.foundation.sources.models import Source
from merida.knowledge.observatory.handed_in import submission_values
from merida.knowledge.observatory.models import Submission
from merida.knowledge.observatory.submissions import record_submission, submissions
from merida.knowledge.observatory.theme_rows import load_themes
from merida.knowledge.observatory.values import ValuesError
from merida.rules.extraction import themes as scheme

LIST, NEW = "/en/observatory/submissions/", "/en/observatory/submissions/new/"
SAID = {
    "state": "GHA",
    "title": "Reply to the questionnaire",
    "languages": ["en", "fr"],
    "submitted": "2021-03-29",
    "called_in": "report",
    "link": "https://example.org/reply.pdf",
    "source": "Made up",
    "themes": ["YOUTH"],
}


@pytest.fixture
def report(db):
    """Return a document that called for submissions."""
    for code in {theme.source for theme in scheme.themes().values()}:
        Source.objects.get_or_create(code=code, defaults={"kind": "DATASET", "citation": "Made up"})
    load_themes(SYSTEM)
    make_states("GHA", "TON")
    return make_document("report", text="Beginning")


@pytest.fixture
def curator(client, db):
    person = account_by_email("curator@example.org") or make_person("curator", "CURATOR")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def posted(**changed):
    return {**SAID, "theme": "YOUTH"} | changed


def test_a_curator_enters_one_and_it_stands_on_the_pages_of_its_state_and_theme(curator, report):
    assert curator.post(NEW, posted())["Location"].endswith("/submissions/?state=GHA")
    curator.logout()
    for address in (
        LIST,
        "/en/states/gha/",
        "/en/observatory/themes/youth/",
        "/ar/states/gha/",
        "/zh/observatory/submissions/",
    ):
        page = curator.get(address).text
        assert ("Reply to the questionnaire" in page, 'href="https://example.org/reply.pdf"' in page) == (True, True)
    assert "Reply to the questionnaire" not in curator.get("/en/states/ton/").text
    assert Change.objects.filter(verb="RECORD_SUBMISSION").count() == 1


def test_it_is_exported_whole_and_runs_nothing(curator, report):
    curator.post(NEW, posted(title="=HYPERLINK(1)"))
    (row,) = csv.DictReader(io.StringIO(curator.get(f"{LIST}?format=csv").content.decode("utf-8-sig")))
    assert (row["state"], row["title"], row["called_in"]) == ("GHA", "'=HYPERLINK(1)", "report")
    lines = b"".join(curator.get("/api/bulk/submissions.jsonl").streaming_content).decode()
    (line,) = map(json.loads, lines.splitlines())
    assert (line["languages"], line["themes"], line["link"]) == (["en", "fr"], ["YOUTH"], SAID["link"])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"link": "javascript:alert(1)"}, "This is no address of the web"),
        ({"link": "https://name:word@example.org/"}, "This is no address of the web"),
        ({"link": "http://[::1"}, "This is no address of the web"),
        ({"link": ""}, "Give a link, or a document"),
        ({"called_in": ""}, "Name the resolution or the document"),
        ({"called_in": "<script>"}, "No document here has this symbol"),
        ({"resolution": "COSP 99/99"}, "Nothing here has this name"),
        ({"submitted": "2021-02-30"}, "This is not a day that exists"),
        ({"state": "XQX"}, "XQX is not one of the available choices"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_refused_with_a_message_and_nothing_is_kept(curator, report, changed, said):
    answered = curator.post(NEW, posted(**changed))
    assert (answered.status_code, said in answered.text, Submission.objects.count()) == (422, True, 0)
    assert "<script>" not in answered.text.replace("<script src", "")


def test_the_same_twice_is_one(curator, report):
    curator.post(NEW, posted())
    again = curator.post(NEW, posted())
    assert (again.status_code, "This is recorded already." in again.text, Submission.objects.count()) == (422, True, 1)


def test_a_reader_enters_and_removes_nothing(client, curator, report):
    made = record_submission(SYSTEM, submission_values(SAID))
    client.force_login(make_person("reader"), backend="allauth.account.auth_backends.AuthenticationBackend")
    deeds = [
        client.get(NEW),
        client.post(NEW, posted()),
        client.post("/en/observatory/submissions/take-back/", {"submission": made.uuid}),
    ]
    assert ([one.status_code for one in deeds], Submission.objects.count()) == ([403] * 3, 1)


def test_one_entered_by_mistake_is_removed_and_the_log_keeps_it(curator, report):
    made = record_submission(SYSTEM, submission_values(SAID))
    for identifier in ("x'", made.uuid, made.uuid):
        assert curator.post("/en/observatory/submissions/take-back/", {"submission": identifier}).status_code == 302
    assert (Submission.objects.count(), Change.objects.filter(verb="TAKE_BACK_SUBMISSION").count()) == (0, 1)


def test_it_is_as_visible_as_its_documents(report):
    make_document("kept-back", text="Beginning", published=False)
    record_submission(SYSTEM, submission_values({**SAID, "document": "kept-back"}))
    record_submission(SYSTEM, submission_values(SAID))
    assert [one.document for one in submissions(ANYBODY)] == [None]
    assert submissions(SYSTEM).count() == 2


def test_a_resolution_can_have_called_for_it(report):
    given = {"slug": "cosp-7-6", "number": "7/6", "kind": "RESOLUTION", "confidence": "SOURCED"}
    Resolution.objects.create(key="COSP 7/6", source=Source.objects.first(), **given)
    called = {"called_in": "", "resolution": "COSP 7/6", "paragraph": "4"}
    made = record_submission(SYSTEM, submission_values({**SAID, **called}))
    assert (made.resolution, made.paragraph) == ("COSP 7/6", "4")


@given(st.dictionaries(st.sampled_from([*SAID, "resolution", "document"]), st.text() | st.none() | st.lists(st.text())))
def test_anything_else_is_refused_in_words_or_passes_whole(changed):
    try:
        values = submission_values({**SAID, **changed})
    except ValuesError as error:
        refused = error.field
    else:
        refused = "" if values.link == "" or values.link.startswith(("http://", "https://")) else "link, not refused"
    assert refused in {"", *SAID, "resolution", "document"}
