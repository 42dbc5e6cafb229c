"""B1: what documents tell of a subject, counted truly, each record with its paragraph, as files and in six languages."""

import csv
import io

import pytest
from tests.inboxes import WORKSHOP, make_states, read_in, tell
from tests.worlds import make_document

from merida.exchange.curation.actions import accept
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.sources.models import Source
from merida.knowledge.observatory.counting import counts_of
from merida.knowledge.observatory.lines import Lines
from merida.knowledge.observatory.models import GoodPractice
from merida.knowledge.observatory.narrowing import Narrowing
from merida.knowledge.observatory.passages import passages_of
from merida.knowledge.observatory.theme_rows import load_themes
from merida.rules.extraction import themes as scheme

pytestmark = pytest.mark.django_db
HOME = "/en/observatory/"


@pytest.fixture
def themes(db):
    """Load the scheme of themes with the sources that it names."""
    for code in {theme.source for theme in scheme.themes().values()}:
        Source.objects.get_or_create(code=code, defaults={"kind": "DATASET", "citation": "Made up"})
    load_themes(SYSTEM)


def told(slug, *, published=True, kind="ACTIVITY", **values):
    """Record what a document of its own tells; return its paragraph."""
    make_states("GHA", "TON")
    document = make_document(slug, text="Beginning", published=published)
    (paragraph,) = tell(document, f"{WORKSHOP}, it is told.")
    propose(SYSTEM, document.versions.get(), [read_in(paragraph, words=WORKSHOP, kind=kind, **values)])
    accept(SYSTEM, Proposal.objects.get(version__document=document).uuid, revision=0)
    return paragraph


def test_each_activity_counts_once_by_type_year_state_theme_and_document(themes):
    told("one", states=["GHA", "TON"], themes=["PREVENTION", "YOUTH"])
    told("two", type="MISSION", date_from="2021-03", states=["TON"], themes=["YOUTH"])
    told("three", date_from="", precision="NONE", states=[])
    told("draft", published=False, themes=["YOUTH"])
    counts = counts_of(ANYBODY, Narrowing())
    assert (counts.total, counts.document_count) == (3, 3)
    assert counts.by_type_and_year == {("WORKSHOP", 2019): 1, ("MISSION", 2021): 1}
    assert (counts.by_state, counts.by_theme) == ({"GHA": 1, "TON": 2}, {"PREVENTION": 1, "YOUTH": 2})
    assert counts_of(SYSTEM, Narrowing()).total == 4


def test_state_and_theme_narrow_together_and_to_the_same_records_as_the_list(themes):
    told("one", states=["GHA", "TON"], themes=["PREVENTION", "YOUTH"])
    told("two", states=["TON"], themes=["PREVENTION"])
    told("three", states=["TON"], themes=["YOUTH"], date_from="2021-03")
    wanted = Narrowing(themes=("YOUTH",), state="TON")
    found = Lines(counts_of(ANYBODY, wanted).latest_first)
    assert [one.version.document.slug for one in found[0:50]] == ["three", "one"]
    assert ([one.version.document.slug for one in found[1:2]], len(found)) == (["one"], 2)


def test_a_list_that_shows_only_some_says_how_many_there_are(client):
    paragraph = told("practices", kind="GOOD_PRACTICE", states=["GHA"])
    evidence = {"version": paragraph.version, "paragraph": paragraph, "place": paragraph.place, "words": WORKSHOP}
    GoodPractice.objects.bulk_create(GoodPractice(**evidence) for _ in range(30))
    assert "30 of 31 are shown" in client.get(HOME).text
    rows = list(csv.DictReader(io.StringIO(client.get(f"{HOME}?format=csv").content.decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == ["GOOD_PRACTICE"] * 31


@pytest.mark.django_db(transaction=True)
def test_what_the_public_is_shown_once_is_read_again_when_anything_changed():
    told("practices", kind="GOOD_PRACTICE", states=["GHA"])
    told("draft", published=False, kind="GOOD_PRACTICE", states=["TON"])
    seen = passages_of(ANYBODY, Narrowing(), 30)
    (names,) = seen.tellers.values()
    assert (seen.practice_count, [one["en"] for one in names]) == (1, ["State GHA"])
    assert passages_of(ANYBODY, Narrowing(), 30) is seen
    assert passages_of(SYSTEM, Narrowing(), 30).practice_count == 2
    told("more", kind="GOOD_PRACTICE", states=["TON"])
    assert passages_of(ANYBODY, Narrowing(), 30).practice_count == 2


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_every_record_leads_to_its_paragraph_in_every_language(client, language):
    paragraph = told("one")
    page = client.get(f"/{language}/observatory/").text
    assert f"/{language}/documents/one/en/?at={paragraph.place}#p{paragraph.place}" in page
