"""Accepted activities on a State's page, each with its paragraph; nobody sees what the document's readers do not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.inboxes import make_proposals
from tests.worlds import SEEN

from merida.exchange.curation.actions import accept, undo
from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.observatory.models import Activity

PAGE = "/en/states/gha/"


def accepted(count=1, **where):
    for one in make_proposals(count, **where):
        accept(SYSTEM, one.uuid, revision=0)
    return one


def test_an_accepted_activity_stands_on_the_page_with_its_paragraph_until_it_is_undone(visitor, site):
    before = visitor.get(PAGE).text
    one = accepted()
    shown, data = visitor.get(PAGE).text, visitor.get(f"{PAGE}?format=csv").content.decode("utf-8-sig")

    assert 'id="activities"' not in before
    assert "Workshop" in shown
    assert ("2019-11" in shown, "Accra" in shown) == (True, True)
    assert f"/en/documents/told/en/?at={one.place}#p{one.place}" in shown
    assert [row.split(",")[:5] for row in data.splitlines() if row.startswith("ACTIVITY")] == [
        ["ACTIVITY", "WORKSHOP", "Accra", "2019-11", ""]
    ]
    undo(SYSTEM, one.uuid, revision=1)
    assert 'id="activities"' not in visitor.get(PAGE).text


@pytest.mark.parametrize("code", ["ar", "zh", "fr", "ru", "es"])
def test_the_page_answers_in_every_language(visitor, site, code):
    accepted()
    page = visitor.get(f"/{code}/states/gha/")
    assert (page.status_code, 'id="activities"' in page.text, " style=" in page.text) == (200, True, False)


@pytest.mark.parametrize("name", ["anybody", "reader", "member", "curator", "secretariat"])
@pytest.mark.parametrize("slug", ["draft", "restricted"])
def test_an_activity_is_as_visible_as_its_document(sign_in, site, name, slug):
    accepted(document=getattr(site.world, slug))
    visitor = sign_in(name)
    seen = [
        'id="activities"' in visitor.get(PAGE).text,
        "ACTIVITY" in visitor.get(f"{PAGE}?format=csv").content.decode(),
    ]
    assert seen == [slug in SEEN[name]] * 2
    assert Activity.objects.count() == 1


def test_three_activities_cost_no_more_queries_than_one(visitor, site):
    def counted():
        with CaptureQueriesContext(connection) as captured:
            visitor.get(PAGE)
        return len(captured)

    accepted()
    visitor.get(PAGE)
    accepted(slug="warm")
    one = counted()
    accepted(3, slug="more")
    # 21 for the State, what it takes part in, where it is spoken of and its activities; 8 for what came to stand there
    # since: practices, figures, submissions, and the documents that tell of them. Remembered ones count here too.
    assert counted() == one <= 29
