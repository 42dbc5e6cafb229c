"""The inbox over HTTP: who may do what, every decision by plain forms, two at once, bad input, a fixed number of queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.inboxes import VALUES, make_proposals, read_in, tell
from tests.worlds import SEEN

from merida.exchange.curation.actions import accept, reject
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.observatory.models import Activity, Figure

CODES = ("ar", "zh", "en", "fr", "ru", "es")
CURATING = ("curator", "secretariat", "administrator")
NOT_CURATING = ("anybody", "reader", "member", "unenrolled_curator")
SCRIPT = {"HTTP_X_DESK": "next"}
AHEAD = {"HTTP_X_DESK": "ahead"}


@pytest.fixture(autouse=True)
def nothing_waits_yet(site, db):
    """Take the proposals of the sample texts away: each test makes its own."""
    Proposal.objects.all().delete()


@pytest.fixture
def inbox(nothing_waits_yet):
    return make_proposals(3)


def typed(one: Proposal, **changed: str) -> dict[str, str]:
    """Return the fields of the form as a browser sends them."""
    values = {name: ", ".join(value) if isinstance(value, list) else value for name, value in one.values.items()}
    return {"revision": str(one.revision), **values, **changed}


def fresh(one: Proposal) -> Proposal:
    return Proposal.objects.get(pk=one.pk)


def page_of(one: Proposal, language: str = "en") -> str:
    return f"/{language}/curation/{one.uuid}/"


@pytest.mark.parametrize("code", CODES)
def test_the_pages_answer_in_every_language_with_the_words_marked(sign_in, inbox, code):
    curator = sign_in("curator")
    reject(SYSTEM, inbox[1].uuid, revision=0)
    for address in (f"/{code}/curation/", page_of(inbox[0], code), page_of(inbox[1], code)):
        page = curator.get(address)
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        assert " style=" not in page.text
        assert "no-store" in page.headers["Cache-Control"]
    assert f"<mark>{inbox[0].words}</mark>" in curator.get(page_of(inbox[0], code)).text


@pytest.mark.parametrize("name", NOT_CURATING)
def test_who_may_not_confirm_sees_and_does_nothing(sign_in, inbox, name):
    visitor = sign_in(name)
    one = inbox[0]
    read = [visitor.get("/en/curation/"), visitor.get("/en/curation/next/"), visitor.get(page_of(one))]
    written = [
        visitor.post(page_of(one), typed(one, decision=decision))
        for decision in ("accept", "reject", "merge", "split", "undo")
    ] + [visitor.post("/en/curation/undo/"), visitor.post("/en/curation/rule/", {"kind": "ACTIVITY", "rule": one.rule})]

    assert {answer.status_code for answer in read} == {403}
    assert {answer.status_code for answer in written} == ({302} if name == "unenrolled_curator" else {403})
    assert not any(one.words in answer.text for answer in read)
    assert (fresh(one).state, Activity.objects.count()) == ("PROPOSED", 0)
    assert "/en/curation/" not in visitor.get("/en/").text


@pytest.mark.parametrize("name", CURATING)
@pytest.mark.parametrize("slug", ["public", "draft", "restricted", "restricted_draft"])
def test_a_proposal_is_seen_and_decided_by_those_who_see_its_document(sign_in, site, name, slug):
    visitor = sign_in(name)
    (one,) = make_proposals(document=getattr(site.world, slug))
    seen = slug in SEEN[name]
    listed = visitor.get("/en/curation/").text
    shown, done = visitor.get(page_of(one)), visitor.post(page_of(one), typed(one, decision="accept"))

    assert (one.version.document.symbol in listed, one.rule in listed) == (seen, seen)
    assert (shown.status_code, done.status_code) == ((200, 302) if seen else (404, 404))
    assert fresh(one).state == ("ACCEPTED" if seen else "PROPOSED")


def test_accepting_leads_to_the_next_until_nothing_waits(sign_in, inbox, site):
    curator, at = sign_in("curator"), None
    answer = curator.get("/en/curation/next/")
    for one in inbox:
        assert answer.headers["Location"] == page_of(one)
        answer = curator.post(answer.headers["Location"], typed(one, decision="accept"))
        at = answer.headers["Location"]

    assert at == "/en/curation/"
    assert Activity.objects.count() == 3
    assert {fresh(one).state for one in inbox} == {"ACCEPTED"}
    assert {fresh(one).decided_by for one in inbox} == {site.world.curator}
    page = curator.get(page_of(inbox[0])).text
    assert "accepted by Curator" in page
    assert "Who did what" in page


def test_a_changed_field_is_a_correction_and_a_wrong_one_is_said_at_its_field(sign_in, inbox):
    curator, one = sign_in("curator"), inbox[0]
    wrong = curator.post(page_of(one), typed(one, decision="accept", date_from="2019-02-31", place="Tema"))
    unknown = curator.post(page_of(one), typed(one, decision="accept", states="GHA, QQQ"))

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "2019-02-31 is no date" in wrong.text
    assert 'value="Tema"' in wrong.text  # what was typed stays
    assert "QQQ is not known here" in unknown.text
    assert (fresh(one).state, Activity.objects.count()) == ("PROPOSED", 0)
    curator.post(page_of(one), typed(one, decision="accept", place="Tema", states="GHA"))
    assert (fresh(one).state, Activity.objects.get().town) == ("CORRECTED", "Tema")


def test_a_state_that_began_after_the_time_told_is_recorded_and_said(sign_in, inbox):
    curator, (one, two, *_rest) = sign_in("curator"), inbox
    early = curator.post(page_of(one), typed(one, decision="accept", states="SSD", date_from="2005", precision="YEAR"))
    late = curator.post(page_of(two), typed(two, decision="accept", states="SSD", date_from="2015", precision="YEAR"))

    assert fresh(one).state == fresh(two).state == "CORRECTED"
    said = "South Sudan became a State after the date told, as far as is known here; look whether both are right."
    assert [said in curator.get(each.headers["Location"]).text for each in (early, late)] == [True, False]


def test_reject_merge_divide_and_undo_by_plain_forms(sign_in, inbox):
    curator, (one, two, three) = sign_in("curator"), inbox
    Proposal.objects.filter(pk=three.pk).update(values={**three.values, "states": ["GHA", "KEN"]})
    curator.post(page_of(one), typed(one, decision="reject"))
    curator.post(page_of(two), typed(two, decision="merge", same_as=str(three.uuid)))
    divided = curator.post(page_of(three), typed(fresh(three), decision="split"))

    assert [fresh(each).state for each in inbox] == ["REJECTED", "MERGED", "SPLIT"]
    parts = list(Proposal.objects.filter(part_of=three).order_by("pk"))
    assert [part.values["states"] for part in parts] == [["GHA"], ["KEN"]]
    assert divided.headers["Location"] == page_of(parts[0])
    curator.post("/en/curation/undo/")
    assert (fresh(three).state, Proposal.objects.count()) == ("PROPOSED", 3)
    curator.post("/en/curation/undo/")
    assert fresh(two).state == "PROPOSED"
    back = curator.post(page_of(one), {"decision": "undo", "revision": str(fresh(one).revision)})
    assert (back.headers["Location"], fresh(one).state) == (page_of(one), "PROPOSED")
    assert "undone" in curator.get(page_of(one)).text
    nothing = curator.post("/en/curation/undo/", follow=True)
    assert "no decision of yours" in nothing.text


def test_two_at_once_the_second_sees_who_was_first_and_what_was_decided(sign_in, inbox, site):
    one = inbox[0]
    accept(site.world.actors["secretariat"], one.uuid, revision=0)
    answer = sign_in("curator").post(page_of(one), typed(one, decision="reject"))

    assert answer.status_code == 409
    assert "Secretariat decided about this meanwhile" in answer.text
    assert "accepted by Secretariat" in answer.text
    assert fresh(one).state == "ACCEPTED"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "burn"},
        {"decision": "accept", "revision": "x"},
        {"decision": "reject", "revision": "-1"},
        {"decision": "reject", "revision": "9" * 40},
        {"decision": "merge", "same_as": "nothing", "revision": "0"},
        {"decision": "merge", "revision": "0"},
        {"decision": "merge", "same_as": "00000000-0000-0000-0000-000000000000", "revision": "0"},
        {"decision": "accept", "revision": "0", "type": "PARTY"},
        {"decision": "accept", "revision": "0", "place": "x" * 5000},
        {"decision": "accept", "revision": "0", "states": "," * 1500},
        {"decision": "accept", "revision": "0", "organisations": "<script>alert(1)</script>"},
        {"decision": "split", "revision": "0", "date_to": "1066"},
        {"decision": "undo", "revision": "0"},
    ],
)
def test_bad_input_is_said_and_changes_nothing(sign_in, inbox, sent):
    one = inbox[0]
    whole = typed(one) if {"place", "states", "organisations", "date_to"} & set(sent) else {}
    answer = sign_in("curator").post(page_of(one), {**whole, **sent})
    if sent.get("states"):  # nothing but commas: no State, a correction
        assert (answer.status_code, fresh(one).state) == (302, "CORRECTED")
        return
    assert answer.status_code in {404, 409, 422}
    assert "<script>alert" not in answer.text
    assert (fresh(one).state, fresh(one).revision, Proposal.objects.count()) == ("PROPOSED", 0, 3)


@pytest.mark.parametrize("query", ["?text=x&kind=RUMOUR", "?text=00000000-0000-0000-0000-000000000000", "?page=x"])
def test_an_address_that_leads_nowhere_leads_back(sign_in, inbox, query):
    curator = sign_in("curator")
    assert curator.get(f"/en/curation/next/{query}").status_code == 302
    assert curator.get(f"/en/curation/{query}").status_code == (404 if "page" in query else 200)
    assert curator.get("/en/curation/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_the_script_gets_the_next_in_the_same_answer(sign_in, inbox):
    curator, (one, two, three) = sign_in("curator"), inbox
    answer = curator.post(page_of(one), typed(one, decision="accept"), **SCRIPT)
    assert answer.status_code == 200
    assert f'data-url="{page_of(two)}"' in answer.text
    assert "<html" not in answer.text
    curator.post(page_of(two), typed(two, decision="reject"), **SCRIPT)
    back = curator.post("/en/curation/undo/", **SCRIPT)
    assert f'data-url="{page_of(two)}"' in back.text
    curator.post(page_of(two), typed(fresh(two), decision="reject"), **SCRIPT)
    last = curator.post(page_of(three), typed(three, decision="reject"), **SCRIPT)
    assert (last.status_code, last.headers["X-Desk-Way"]) == (204, "/en/curation/")


def test_a_page_that_is_ahead_gets_a_line_and_why_where_it_failed(sign_in, inbox):
    curator, (one, two, _three) = sign_in("curator"), inbox
    done = curator.post(page_of(one), typed(one, decision="accept"), **AHEAD)
    again = curator.post(page_of(one), typed(one, decision="reject"), **AHEAD)
    wrong = curator.post(page_of(two), typed(two, decision="accept", date_from="x"), **AHEAD)

    assert (done.status_code, "accepted by Curator" in done.text, "2 wait in this text" in done.text) == (
        200,
        True,
        True,
    )
    assert 'id="desk"' not in done.text
    assert (again.status_code, f'data-url="{page_of(one)}"' in again.text) == (409, True)
    assert (wrong.status_code, f'data-url="{page_of(two)}"' in wrong.text) == (422, True)


def test_a_figure_has_its_own_form(sign_in, site):
    document = site.world.public
    (paragraph,) = tell(document, "More than 118 States parties had notified.")
    said = {"value": "118", "counted": "States parties", "qualifier": "MORE_THAN"}
    propose(SYSTEM, document.versions.get(), [read_in(paragraph, words="More than 118", kind="FIGURE", **said)])
    one = Proposal.objects.get()
    curator = sign_in("curator")
    wrong = curator.post(page_of(one), typed(one, decision="accept", value="many"))
    right = curator.post(page_of(one), typed(one, decision="accept"))

    assert (wrong.status_code, "many is no number" in wrong.text) == (422, True)
    assert (right.status_code, Figure.objects.get().value, fresh(one).state) == (302, "118", "ACCEPTED")


def test_a_sure_rule_is_offered_for_bulk_and_another_is_refused(sign_in, site):
    found = make_proposals(76)
    (other,) = make_proposals(slug="other", rule="activity.unsure")
    for one in found[:73]:
        accept(SYSTEM, one.uuid, revision=0)
    curator = sign_in("curator")
    page = curator.get("/en/curation/").text
    refused = curator.post("/en/curation/rule/", {"kind": "ACTIVITY", "rule": other.rule}, follow=True)
    nonsense = curator.post("/en/curation/rule/", {"kind": "x\x00", "rule": "y" * 5000}, follow=True)

    assert re.findall(r'name="rule" value="([^"]*)"', page) == [found[0].rule]
    assert "not sure enough" in refused.text
    assert "not sure enough" in nonsense.text
    assert fresh(other).state == "PROPOSED"
    done = curator.post("/en/curation/rule/", {"kind": "ACTIVITY", "rule": found[0].rule}, follow=True)
    assert "3 proposals were accepted" in done.text
    assert Activity.objects.count() == 76


def test_pages_cost_the_same_queries_for_any_number_of_proposals(sign_in, site):
    def counted(address):
        with CaptureQueriesContext(connection) as captured:
            assert curator.get(address).status_code == 200
        return len(captured)

    curator = sign_in("curator")
    one, _next = make_proposals(2)
    counts = [counted("/en/curation/"), counted(page_of(one))]
    make_proposals(3, document=one.version.document)
    make_proposals(3, slug="more", rule="activity.another")

    assert [counted("/en/curation/"), counted(page_of(one))] == counts
    assert counts[0] <= 12
    assert counts[1] <= 18


def test_the_list_and_the_head_lead_curators_to_the_inbox(sign_in, inbox):
    curator = sign_in("curator")
    page = curator.get("/en/curation/").text
    assert 'href="/en/curation/next/?text=' in page.replace("&amp;", "&")
    assert inbox[0].rule in page
    assert 'href="/en/curation/"' in curator.get("/en/states/").text
    assert VALUES["place"] in curator.get(page_of(inbox[0])).text
