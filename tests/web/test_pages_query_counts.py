"""The number of queries of a page does not grow with what it lists: pinned at one and three items."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.worlds import make_document

WORD = "brightness"
PLACES = {
    "documents/": 8,
    "states/": 8,
    "states/gha/": 22,  # one for the meetings that it came to, five for what is told of it and what it handed in
    "organisations/": 3,
    "resolutions/": 5,
    "instruments/uncac/": 18,
    "mechanisms/": 6,
    "mechanisms/uncac-irm/": 12,
    "participation/": 10,
    "provisions/uncac/13/": 12,
}


def queries(client, place: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(f"/en/{place}").status_code == 200
    return len(captured)


def documents(count: int, first: int = 1) -> None:
    for number in range(first, first + count):
        make_document(f"sample-{number}", text=f"{WORD} of Ghana", state="GHA")


@pytest.mark.usefixtures("loaded_registry", "db")
@pytest.mark.parametrize("place", PLACES)
def test_three_documents_cost_no_more_queries_than_one(client, place):
    documents(1)
    client.get(f"/en/{place}")
    one = queries(client, place)
    documents(2, first=2)

    assert (one, queries(client, place)) == (one, one)
    assert one <= PLACES[place]


@pytest.mark.usefixtures("loaded_registry", "db")
def test_the_reader_asks_the_same_number_of_queries_for_any_number_of_paragraphs(client):
    one = make_document("one", text="Ghana speaks", state="GHA")
    three = make_document("three", text="Ghana speaks", state="GHA")
    version = three.versions.get()
    for number in (2, 3):
        paragraph = version.paragraphs.create(position=number + 1, place=str(number), text="Ghana again")
        version.mentions.create(
            paragraph=paragraph,
            place=str(number),
            kind="STATE",
            key="GHA",
            start=0,
            end=5,
            surface="Ghana",
            rule="test",
        )

    counted = [queries(client, f"documents/{each.slug}/en/") for each in (one, three)]
    assert counted == [counted[0]] * 2
    assert counted[0] <= 12
