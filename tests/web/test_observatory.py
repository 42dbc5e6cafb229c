"""The observatory: records by theme, State, provision, type and years; choices combine; nothing leaks or costs more."""

import io
import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.inboxes import WORKSHOP, make_states, read_in, tell
from tests.worlds import SEEN, make_document

from merida.exchange.curation.actions import accept
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.registry.models import State
from merida.knowledge.observatory.queries import activities_of_state
from merida.knowledge.observatory.theme_rows import load_themes

HOME, THEME = "/en/observatory/", "/en/observatory/themes/{}/"
ATOM = "{http://www.w3.org/2005/Atom}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TRAINED = "more than 118 officials were trained"


@pytest.fixture
def themes(site, db):
    """Load the scheme; return a broad theme's slug, a narrower one's code and slug, and the code of a third."""
    from merida.knowledge.observatory.narrowing import branch_of, themes_known

    load_themes(SYSTEM)
    scheme = themes_known()
    narrow = next(one for one in scheme if one.broader_id)
    broad = next(one for one in scheme if one.pk == narrow.broader_id)
    other = next(one for one in scheme if one.code not in branch_of(broad, scheme))
    return broad, narrow, other


def record(document=None, *, slug="told", words=WORKSHOP, **values):
    """Make a document that tells an activity (or what ``kind`` says), and accept it."""
    make_states("GHA", "TON")
    found = document or make_document(slug, text="Beginning")
    paragraph = tell(found, f"{words}, it is told.")[0]
    version = found.versions.get()
    read = read_in(paragraph, words=words, **values)
    if read.kind == "RECOMMENDATION":
        read = replace(read, values={"kind": "RECOMMENDATION", **read.values})
    propose(SYSTEM, version, [read])
    one = Proposal.objects.filter(version=version, state="PROPOSED").latest("pk")
    return accept(SYSTEM, one.uuid, revision=0), paragraph


def kinds(client, address):
    rows = json.loads(client.get(f"{address}{'&' if '?' in address else '?'}format=json").content)["rows"]
    return [(one["kind"], one["what"], one["place"]) for one in rows]


def test_a_theme_shows_what_carries_it_or_a_narrower_one_with_its_paragraph(visitor, themes):
    broad, narrow, other = themes
    _, paragraph = record(themes=[narrow.code])
    record(slug="elsewhere", themes=[other.code], type="MISSION")
    record(slug="counted", kind="FIGURE", words=WORKSHOP, value="118", counted=TRAINED, themes=[narrow.code])
    page = visitor.get(THEME.format(broad.slug)).text

    assert kinds(visitor, THEME.format(broad.slug)) == [("ACTIVITY", "WORKSHOP", "2"), ("FIGURE", TRAINED, "2")]
    assert f"/en/documents/told/en/?at={paragraph.place}#p{paragraph.place}" in page
    assert (TRAINED in page, "Title of elsewhere" in page, "Title of told" in page) == (True, False, True)
    assert kinds(visitor, THEME.format(other.slug)) == [("ACTIVITY", "MISSION", "2")]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("", ["MISSION", "WORKSHOP"]),
        ("state=GHA", ["WORKSHOP"]),
        ("type=MISSION", ["MISSION"]),
        ("provision=UNCAC+13", ["MISSION"]),
        ("provision=UNCAC+1", []),
        ("since=2020", ["MISSION"]),
        ("until=2019", ["WORKSHOP"]),
        ("since=2019&until=2021", ["MISSION", "WORKSHOP"]),
        ("state=GHA&since=2020", []),
        ("state=TON&type=MISSION&provision=UNCAC+13(1)&since=2020&until=2022", ["MISSION"]),
        ("state=XXX&type=<b>&since=20180&until=soon&theme=NONE&provision=%00", ["MISSION", "WORKSHOP"]),
        ("provision=%22%5D+OR+1", ["MISSION", "WORKSHOP"]),
    ],
)
def test_choices_combine_and_stay_in_the_address(visitor, themes, choice, found):
    record()
    record(slug="later", type="MISSION", date_from="2021-03", states=["TON"], provisions=["UNCAC 13(1)(c)"])
    assert sorted(what for _, what, _ in kinds(visitor, f"{HOME}?{choice}")) == found
    assert visitor.get(f"{HOME}?{choice}").status_code == 200


def test_what_is_chosen_is_shown_as_chosen(visitor, themes):
    record()
    page = visitor.get(f"{HOME}?state=GHA&type=WORKSHOP&provision=UNCAC+13&since=2019").text
    assert '<option value="GHA" selected>' in page
    assert '<option value="WORKSHOP" selected>' in page
    assert 'value="UNCAC 13"' in page
    assert 'name="since" value="2019"' in page


def test_tiles_and_counts_lead_to_the_narrowed_page(visitor, themes):
    record()
    page = visitor.get(f"{HOME}?type=WORKSHOP").text
    assert 'class="tile level-1" href="?type=WORKSHOP&amp;state=GHA"' in page
    assert 'href="?type=WORKSHOP&amp;since=2019&amp;until=2019"' in page


@pytest.mark.parametrize("name", ["anybody", "reader", "curator"])
@pytest.mark.parametrize("slug", ["draft", "restricted"])
def test_a_record_is_as_visible_as_its_document(sign_in, site, themes, name, slug):
    document = getattr(site.world, slug)
    record(document, themes=[themes[1].code])
    visitor = sign_in(name)
    shown = [len(kinds(visitor, HOME)), len(kinds(visitor, THEME.format(themes[0].slug)))]
    page = visitor.get(HOME).text
    seen = slug in SEEN[name]
    assert shown == [int(seen)] * 2
    assert (f"/documents/{document.slug}/" in page, 'class="tile level-1"' in page) == (seen, seen)


def test_hostile_text_is_shown_as_text(visitor, themes):
    hostile = "<script>alert(1)</script>"
    record(place=hostile, words=WORKSHOP)
    record(slug="f", kind="FIGURE", value="3", counted=f"=HYPERLINK({hostile})", reported_by="+cmd")
    page, csv = visitor.get(HOME).text, visitor.get(f"{HOME}?format=csv").content.decode()
    assert (hostile in page, "&lt;script&gt;" in page) == (False, True)
    assert ("'=HYPERLINK" in csv, "'+cmd" in csv) == (True, True)


@pytest.mark.parametrize("address", [HOME, THEME])
def test_three_records_cost_no_more_queries_than_one(visitor, themes, address):
    def counted():
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(address.format(themes[0].slug)).status_code == 200
        return len(captured)

    record(themes=[themes[1].code])
    counted()
    record(slug="warm", themes=[themes[1].code])
    one = counted()
    for number in range(3):
        record(slug=f"more-{number}", themes=[themes[1].code], date_from=f"201{number}")
        record(slug=f"number-{number}", kind="FIGURE", value="3", counted="trained", themes=[themes[1].code])
    assert counted() <= one + 1  # themes of figures: one more for any number of them
    assert one <= 24


@pytest.mark.parametrize("code", ["ar", "zh", "fr", "ru", "es"])
def test_the_pages_answer_in_every_language(visitor, themes, code):
    record(themes=[themes[1].code])
    for address in (HOME, THEME.format(themes[0].slug)):
        page = visitor.get(address.replace("/en/", f"/{code}/"))
        assert (page.status_code, " style=" in page.text) == (200, False)


def test_an_unknown_theme_is_said_to_be_none(visitor, themes):
    assert visitor.get(THEME.format("nothing-such")).status_code == 404


def test_a_provision_shows_activities_about_its_parts(visitor, themes):
    record(provisions=["UNCAC 13(1)(c)"])
    shown = [visitor.get(f"/en/provisions/uncac/{number}/").text for number in ("13", "13-1", "14")]
    assert ['id="activities"' in page for page in shown] == [True, True, False]
    assert "/en/observatory/?provision=UNCAC+13" in shown[0]


PRACTICE = "Speakers from Ghana reported that a register of interests was open to everybody"


def test_a_practice_and_a_recommendation_stand_in_the_words_of_their_paragraph(visitor, themes):
    broad, narrow, _ = themes
    code = narrow.code
    record(kind="GOOD_PRACTICE", words=PRACTICE, states=["GHA"], provisions=["UNCAC 8(5)"], themes=[code])
    asked = {"addressee": "States parties", "condition": "subject to resources", "themes": [code]}
    record(slug="asked", kind="RECOMMENDATION", words="It was asked to share", **asked)
    page = visitor.get(THEME.format(broad.slug)).text
    assert (PRACTICE in page, "States parties" in page, "subject to resources" in page) == (True, True, True)
    assert kinds(visitor, f"{HOME}?state=GHA&provision=UNCAC+8") == [("GOOD_PRACTICE", None, "2")]


@pytest.mark.parametrize("table", ["good-practices", "recommendations"])
def test_what_was_accepted_is_a_public_table(visitor, themes, table):
    record(kind="GOOD_PRACTICE", words=PRACTICE, states=["GHA"])
    record(slug="asked", kind="RECOMMENDATION", words="It was asked to share", addressee="States parties")
    lines = visitor.get(f"/api/bulk/{table}.jsonl").getvalue().decode().splitlines()
    assert [json.loads(line)["words"] for line in lines] == [
        PRACTICE if table == "good-practices" else "It was asked to share"
    ]


def parsed(content):
    return ET.fromstring(content)  # noqa: S314 (made by ourselves)


def sheet(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            parsed(package.read(name))
        root = parsed(package.read("xl/worksheets/sheet1.xml"))
    return root, [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{SHEET}row")]


def test_a_sheet_holds_what_the_page_is_narrowed_to_and_runs_nothing(visitor, themes):
    record(place="=1+1", themes=[themes[1].code])
    record(slug="other", type="MISSION", words=f"{WORKSHOP}\x0b")
    root, rows = sheet(visitor.get(f"{HOME}?type=WORKSHOP&format=xlsx").content)
    head, row = rows
    assert dict(zip(head, row, strict=True))["town"] == "=1+1"
    assert list(root.iter(f"{SHEET}f")) == []
    assert {cell.get("t") for cell in root.iter(f"{SHEET}c")} <= {"inlineStr", None}  # texts and numbers
    assert len(sheet(visitor.get(f"{HOME}?format=xlsx").content)[1]) == 3


def test_linked_data_names_the_event_its_theme_and_its_paragraph(visitor, themes):
    _, paragraph = record(themes=[themes[1].code])
    answer = visitor.get(f"{HOME}?format=jsonld")
    (event,) = json.loads(answer.content)["hasPart"]
    assert answer["Content-Type"] == "application/ld+json"
    assert (event["@type"], event["startDate"], event["location"]["name"]) == ("Event", "2019-11", "Accra")
    assert "endDate" not in event
    assert event["about"][0]["@id"] == f"http://testserver/en/observatory/themes/{themes[1].slug}/"
    assert event["citation"]["url"].endswith(f"#p{paragraph.place}")


def entries(client, choice=""):
    root = parsed(client.get(f"{HOME}feed.atom{choice}").content)
    for needed in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{needed}") is not None
    found = root.findall(f"{ATOM}entry")
    for entry in found:
        assert all(entry.find(f"{ATOM}{needed}") is not None for needed in ("id", "title", "updated", "link"))
    assert len({entry.find(f"{ATOM}id").text for entry in found}) == len(found)
    return [entry.find(f"{ATOM}title").text for entry in found]


def test_a_feed_takes_the_choices_of_the_page_and_tells_each_record_once(visitor, themes):
    record(themes=[themes[1].code], place="<b>Accra\u0007"[:8])
    record(slug="practice", kind="GOOD_PRACTICE", words=PRACTICE, states=["GHA"])
    assert [title.split(",")[0].split(" (")[0] for title in entries(visitor)] == ["Good practice", "Workshop"]
    assert len(entries(visitor, f"?theme={themes[0].code}")) == 1
    assert entries(visitor, "?type=MISSION&state=TON") == []
    assert "/en/observatory/feed.atom?state=GHA" in visitor.get(f"{HOME}?state=GHA").text


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("type=NOPE", "type=NOPE: there is no such choice."),
        ("state=XXX&type=WORKSHOP", "state=XXX: there is no such choice."),
        ("since=20180", "since=20180: there is no such choice."),
        ("theme=none&provision=13", "theme=none: there is no such choice.\nprovision=13: there is no such choice."),
        ("since=2020&until=2019", "since=2020 is after until=2019."),
    ],
)
def test_a_feed_refuses_what_cannot_be_chosen_and_says_so(visitor, themes, choice, told):
    answer = visitor.get(f"{HOME}feed.atom?{choice}")
    assert (answer.status_code, answer.content.decode()) == (400, told)
    assert answer["Content-Type"].startswith("text/plain")
    assert visitor.get(f"{HOME}feed.atom?state=&type=&since=").status_code == 200


def test_the_page_offers_the_feed_of_what_it_understood(visitor, themes):
    record()
    text = visitor.get(f"{HOME}?state=GHA&type=NOPE").text
    assert "/en/observatory/feed.atom?state=GHA" in text
    assert "feed.atom?state=GHA&amp;type" not in text


def test_what_was_done_with_several_states_together_stands_with_each_of_them(visitor, themes):
    record(states=[], participants=["GHA", "TON"])
    assert len(kinds(visitor, f"{HOME}?state=GHA")) == len(kinds(visitor, f"{HOME}?state=TON")) == 1
    told = activities_of_state(ANYBODY, State.objects.get(iso3="TON"))
    assert [sorted(each.iso3 for each in one.participants.all()) for one in told] == [["GHA", "TON"]]


def test_what_was_done_in_one_state_is_not_that_of_those_who_came(visitor, themes):
    record(states=["GHA"], participants=["TON"])
    assert (len(kinds(visitor, f"{HOME}?state=GHA")), kinds(visitor, f"{HOME}?state=TON")) == (1, [])


def test_a_feed_is_the_publics_also_for_a_curator_and_is_not_sent_twice(sign_in, site, themes):
    record(site.world.draft)
    curator = sign_in("curator")
    assert entries(curator) == []
    tag = curator.get(f"{HOME}feed.atom")["ETag"]
    assert curator.get(f"{HOME}feed.atom", headers={"if-none-match": tag}).status_code == 304


def test_a_row_of_a_file_leads_to_its_paragraph_from_wherever_the_file_is(visitor, themes):
    record(words=WORKSHOP)
    lines = visitor.get(f"{HOME}?format=csv").content.decode().splitlines()
    assert lines[1].rsplit(",", 1)[1].startswith("http://testserver/en/documents/")
