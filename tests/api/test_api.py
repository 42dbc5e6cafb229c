"""The API as a program sees it."""

import csv
import io
import json

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.loaded_registry import loaded_registry  # noqa: F401 - a fixture

from merida.interfaces.api.bulk import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]

LISTS = (
    "states",
    "territories",
    "treaty-actions",
    "instruments",
    "provisions",
    "mechanisms",
    "memberships",
    "printed-figures",
    "resolutions",
    "organisations",
    "bodies",
    "sources",
    "documents",
    "mentions",
)


def test_a_state_comes_with_names_in_six_languages_groups_and_source(client: Client) -> None:
    answer = client.get("/api/states/nam").json()
    assert answer["code"] == "NAM"
    assert sorted(answer["names"]) == ["ar", "en", "es", "fr", "ru", "zh"]
    assert answer["names"]["zh"] == "纳米比亚"
    assert [stay["group"] for stay in answer["groups"]] == ["AFRICAN"]
    assert answer["confidence"] in {"SOURCED", "UNVERIFIED", "RECALLED"}
    assert answer["source"]


def test_the_european_union_is_listed_without_a_group(client: Client) -> None:
    answer = client.get("/api/states/eue").json()
    assert answer["kind"] == "REGIONAL_ORGANIZATION"
    assert answer["groups"] == []


def test_parties_on_a_day_are_as_many_as_the_background_paper_prints(client: Client) -> None:
    assert client.get("/api/instruments/uncac/parties", {"at": "2020-02-29"}).json()["count"] == 187


def test_participation_gives_both_readings(client: Client) -> None:
    answer = client.get("/api/participation", {"at": "2021-03-29"}).json()
    assert {number: len(states) for number, states in answer["by_number"].items()} == {
        "1": 105,
        "2": 44,
        "3": 37,
        "4": 1,
    }
    assert (answer["by_wording"]["count"], answer["by_wording"]["per_cent"]) == (82, 43.9)
    assert (answer["wide"]["count"], answer["wide"]["per_cent"]) == (88, 47.1)


def test_pages_lead_from_one_to_the_next_until_all_is_read(client: Client) -> None:
    address, seen, count = "/api/provisions?limit=500", [], None
    while address:
        answer = client.get(address).json()
        count = answer["count"]
        seen += [item["key"] for item in answer["items"]]
        address = answer["next"]
    assert len(seen) == count == len(set(seen))
    assert count > 71


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_number_of_queries_for_one_item_and_for_many(client: Client, name: str) -> None:
    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api/{name}", {"limit": limit}).status_code == 200
        counts.append(len(captured))
    assert counts[0] <= counts[1] <= 7
    assert counts[1] - counts[0] <= 1, "prefetches may need rows to start, no query per row"


def test_an_unchanged_answer_is_not_sent_twice(client: Client) -> None:
    first = client.get("/api/instruments/uncac")
    again = client.get("/api/instruments/uncac", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/api/states/zzz", 404, None),
        ("/api/documents/no-such-document", 404, None),
        ("/api/participation?at=2021-02-30", 422, "at"),
        ("/api/participation?at=yesterday", 422, "at"),
        ("/api/states?limit=0", 422, "limit"),
        ("/api/states?limit=100000", 422, "limit"),
        ("/api/states?offset=-1", 422, "offset"),
        ("/api/documents?symbol=%00", 422, "symbol"),
        ("/api/search?state=Ghana", 422, "state"),
        ("/api/bulk/secrets.csv", 422, "table"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_what(
    client: Client, address: str, status: int, field: str | None
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    problem = answer.json()
    assert problem["status"] == status
    if field:
        assert field in problem["fields"]


def test_a_query_with_nul_or_of_ten_thousand_characters_is_answered_with_a_notice(client: Client) -> None:
    assert client.get("/api/search", {"q": "corruption\0"}).status_code == 200
    long = client.get("/api/search", {"q": "corruption " * 900})
    assert long.status_code == 200
    assert "TOO_LONG" in [notice["code"] for notice in long.json()["notices"]]


def test_every_table_can_be_downloaded_whole_in_both_forms(client: Client) -> None:
    tables = client.get("/api/bulk/").json()
    assert [table["table"] for table in tables] == list(TABLES)
    for table in tables:
        text = b"".join(client.get(table["csv"]).streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        lines = b"".join(client.get(table["jsonl"]).streaming_content).decode().splitlines()
        assert len(rows) == len(lines)
        assert next(csv.reader(io.StringIO(text))) == table["columns"]
        if lines:
            assert set(json.loads(lines[0])) == set(table["columns"])
    states = b"".join(client.get("/api/bulk/states.jsonl").streaming_content).decode().splitlines()
    assert len(states) == client.get("/api/states").json()["count"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    assert getattr(client, method)("/api/states").status_code == 405


def test_the_description_is_openapi_3_1_and_explained_on_a_page(client: Client) -> None:
    description = client.get("/api/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    page = client.get("/en/data/api/")
    assert page.status_code == 200
    text = page.content.decode()
    assert [path for path in description["paths"] if path not in text] == []


def test_the_address_of_the_api_leads_to_its_explanation_in_the_readers_language(client: Client) -> None:
    answer = client.get("/api/", headers={"accept-language": "zh"})
    assert (answer.status_code, answer["Location"]) == (302, "/zh/data/api/")


# What stands inside another table, or is no fact but merida's own book-keeping.
INSIDE = {
    "StateGroup": "states",
    "MechanismVersion": "mechanisms",
    "Cycle": "mechanisms",
    "Version": "documents",
    "StoredFile": "documents",
    "LoadedFile": "",
    "LoadedCrosswalk": "",
    "AskedQuestion": "questions",
    "Evidence": "mandate-evidence",
    "Succession": "mandates",
    "Placement": "report-paragraphs",
    "Report": "report-paragraphs",
    "ReportPart": "report-paragraphs",
    "Entry": "",
    "IndexState": "",
    "Checkpoint": "",  # goes out with the change log: merida check --export-changes
}


def test_every_public_table_can_be_downloaded() -> None:
    public = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("merida.") and model.classified == "public" and not model._meta.auto_created
    }
    offered = {
        "".join(part.title() for part in name.split("-")).removesuffix("s").removesuffix("ie") for name in TABLES
    }
    missing = {name for name in public - set(INSIDE) if not any(name.startswith(one) for one in offered)}
    assert missing == set()
    assert {table for table in INSIDE.values() if table} <= set(TABLES)
