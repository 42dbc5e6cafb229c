"""Figures over time and practices side by side: nothing joined that was not counted alike, nothing ranked, nothing leaked."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.inboxes import WORKSHOP, make_states, read_in, tell
from tests.worlds import make_document

from merida.exchange.curation.actions import accept
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.observatory.series import series_of

COMPARE = "/en/observatory/compare/"
COUNTED = "officials trained"


def told(slug, *, words=WORKSHOP, published=True, **values):
    """Record what a document of its own tells; return its paragraph."""
    document = make_document(slug, text="Beginning", published=published)
    (paragraph,) = tell(document, f"{words}, it is told.")
    propose(SYSTEM, document.versions.get(), [read_in(paragraph, words=words, **values)])
    accept(SYSTEM, Proposal.objects.get(version__document=document).uuid, revision=0)
    return paragraph


def figure(slug, as_of, value, counted=COUNTED, **values):
    return told(slug, kind="FIGURE", value=value, counted=counted, as_of=as_of, reported_by="Secretariat", **values)


def rows(client, address):
    sheet = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(sheet)))


def page_of(client, language="en"):
    return client.get(f"/{language}/observatory/figures/{series_of(COUNTED, 'Secretariat')}/")


def test_a_series_shows_each_value_with_its_paragraph_and_breaks_where_the_definition_does(client, themes):
    figure("one", "2015", "40")
    figure("two", "2016-06", "75", "Officials trained")
    figure("three", "2018", "118", "officials trained (judges too)", qualifier="MORE_THAN")
    figure("four", "", "12")
    page = page_of(client).text
    assert [page.count(part) for part in ('class="series-line"', 'class="series-break"', "mark-hollow")] == [1, 1, 1]
    assert [words in page for words in ("more than 118", "officials trained (judges too)", "not dated")] == [True] * 3
    assert page.count("no: the definition changes") == 1
    assert all(f"/en/documents/{slug}/en/" in page for slug in ("one", "two", "three", "four"))
    found = rows(client, f"{page_of(client).request['PATH_INFO']}?format=csv")
    assert [(row["value"], row["run"]) for row in found] == [("40", "1"), ("75", "1"), ("118", "2"), ("12", "")]


def test_a_figure_leads_to_its_series_from_the_observatory_and_the_sitemap(client, themes):
    figure("one", "2015", "40")
    address = f"/en/observatory/figures/{series_of(COUNTED, 'Secretariat')}/"
    assert address in client.get("/en/observatory/").text
    assert address in client.get("/sitemap-figures.xml").text


def test_a_series_is_as_visible_as_the_documents_that_report_it(client, sign_in_as, themes):
    figure("kept-back", "2015", "40", published=False)
    assert page_of(client).status_code == 404
    assert "40" in page_of(sign_in_as("curator")).text
    figure("public", "2016", "41")
    assert "/documents/kept-back/" not in page_of(Client()).text


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_the_pages_answer_in_every_language(client, themes, language):
    figure("one", "2015", "40")
    figure("two", "2016", "75")
    told("practice", kind="GOOD_PRACTICE", states=["GHA"], themes=["YOUTH"])
    compared = client.get(f"/{language}/observatory/compare/?state=GHA&state=TON")
    assert [(one.status_code, " style=" in one.text) for one in (page_of(client, language), compared)] == [
        (200, False)
    ] * 2


def test_practices_stand_side_by_side_in_the_order_of_names_whatever_was_asked_first(client, themes):
    told("one", words="In Ghana a register is open", kind="GOOD_PRACTICE", states=["GHA"], themes=["YOUTH"])
    page = client.get(f"{COMPARE}?state=TON&state=GHA").text
    heads = page[page.index("<thead>") : page.index("</thead>")]
    assert heads.index("State GHA") < heads.index("State TON")
    assert [page.count("a register is open"), page.count("nothing read yet")] == [2, 1]  # the words, and their citation
    assert "/en/documents/one/en/" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by=theme", [("GHA", "YOUTH", "GOOD_PRACTICE"), ("TON", "YOUTH", "NOTHING_READ_YET")]),
        ("by=provision", [("GHA", "UNCAC 13", "GOOD_PRACTICE"), ("TON", "UNCAC 13", "NOTHING_READ_YET")]),
        ("provision=UNCAC+5", [("GHA", "UNCAC 5", "NOTHING_READ_YET"), ("TON", "UNCAC 5", "NOTHING_READ_YET")]),
        ("theme=MEDIA", [("GHA", "MEDIA", "NOTHING_READ_YET"), ("TON", "MEDIA", "NOTHING_READ_YET")]),
    ],
)
def test_rows_are_themes_or_articles_and_what_was_chosen_stands_even_empty(client, themes, query, found):
    told("one", kind="GOOD_PRACTICE", states=["GHA"], themes=["YOUTH"], provisions=["UNCAC 13(1)"])
    listed = rows(client, f"{COMPARE}?state=GHA&state=TON&{query}&format=csv")
    assert [(row["state"], row["row"], row["kind"]) for row in listed] == found


def test_linked_data_of_a_comparison_holds_practices_alone(client, themes):
    told("one", kind="GOOD_PRACTICE", states=["GHA"], themes=["YOUTH"])
    data = json.loads(client.get(f"{COMPARE}?state=GHA&state=TON&format=jsonld").content)
    assert [one["additionalType"] for one in data["hasPart"]] == ["GOOD_PRACTICE"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Choose two to four States"),
        ("state=GHA", "Choose two to four States"),
        ("state=GHA&state=GHA", "Choose two to four States"),
        ("state=GHA&state=XQX", "no State with the code XQX"),
        ("state=GHA&state=TON&state=KEN&state=PER&state=FJI", "At most 4 States"),
        ("state=GHA&state=TON&provision=%3Cscript%3E", "&lt;script&gt; is not written as an article is"),
    ],
)
def test_what_cannot_be_compared_is_said(client, themes, query, said):
    make_states("GHA", "TON", "KEN", "PER", "FJI")
    page = client.get(f"{COMPARE}?{query}")
    assert (page.status_code, said in page.text) == (200, True)


def test_a_practice_of_a_draft_is_for_curators(client, sign_in_as, themes):
    told("kept-back", kind="GOOD_PRACTICE", states=["GHA"], themes=["YOUTH"], published=False)
    address = f"{COMPARE}?state=GHA&state=TON"
    assert "/documents/kept-back/" not in client.get(address).text
    assert "/documents/kept-back/" in sign_in_as("curator").get(address).text


def test_more_practices_cost_no_more_queries(client, themes):
    def counted(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    address = f"{COMPARE}?state=GHA&state=TON"
    told("one", kind="GOOD_PRACTICE", states=["GHA"], themes=["YOUTH"])
    figure("first", "2015", "1")
    series = page_of(client).request["PATH_INFO"]
    before = counted(address), counted(series)
    for number in range(3):
        told(f"more-{number}", kind="GOOD_PRACTICE", states=["TON"], themes=["YOUTH"])
        figure(f"figure-{number}", f"201{number}", "2")
    assert (counted(address), counted(series)) == before


def test_a_state_and_a_provision_show_figures_practices_and_where_activities_were(client, themes):
    told("act", provisions=["UNCAC 13(1)"], states=["TON"])
    told(
        "practice",
        words="In Ghana a register is open",
        kind="GOOD_PRACTICE",
        states=["GHA"],
        provisions=["UNCAC 13(1)"],
    )
    state = client.get("/en/states/gha/").text
    assert ("a register is open" in state, "/observatory/compare/?state=GHA" in state) == (True, True)
    assert "/en/states/ton/" in client.get("/en/observatory/").text


def test_a_state_shows_the_figures_of_paragraphs_that_name_it(client, themes):
    paragraph = figure("one", "2015", "40")
    where = {"paragraph": paragraph, "place": paragraph.place, "start": 0, "end": 5, "surface": "named", "rule": "test"}
    paragraph.version.mentions.create(kind="STATE", key="GHA", **where)
    series = f"/en/observatory/figures/{series_of(COUNTED, 'Secretariat')}/"
    pages = [client.get(f"/en/states/{slug}/").text for slug in ("gha", "ton")]
    assert [(series in page, 'id="figures"' in page) for page in pages] == [(True, True), (False, False)]
    assert [row["value"] for row in rows(client, "/en/states/gha/?format=csv") if row["section"] == "FIGURE"] == ["40"]
