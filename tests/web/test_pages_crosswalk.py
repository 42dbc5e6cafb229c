"""The crosswalk as people use it: found from a provision, read in both directions, disputed, corrected, taken away."""

import csv
import io
import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.crosswalk import queries
from merida.knowledge.crosswalk.loading import load_crosswalk
from merida.knowledge.crosswalk.models import Clause, Dispute, Mapping
from merida.knowledge.crosswalk.queries import clauses_of_own, pairs_joined

PAGES = (
    "crosswalk/",
    "crosswalk/uncac/untoc/",
    "crosswalk/fatf/uncac/",
    "crosswalk/provisions/fatf-r-10/",
    "crosswalk/implied/",
    "crosswalk/mappings/X0001/",
    "crosswalk/mappings/X0001/dispute/",
)
DISPUTE = "/en/crosswalk/mappings/X0001/dispute/"
DESK = "/en/crosswalk/desk/"


@pytest.fixture(scope="module")
def crosswalk(site, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        load_crosswalk(SYSTEM)


@pytest.fixture
def mapped(crosswalk: None, visitor: Client) -> Client:
    cache.clear()
    return visitor


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr", "ru", "es"])
def test_every_page_answers_in_every_language(mapped: Client, language: str) -> None:
    assert {page: mapped.get(f"/{language}/{page}").status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_provision_shows_what_other_instruments_ask_and_that_it_is_a_draft(mapped: Client) -> None:
    page = text_of(mapped.get("/en/provisions/uncac/5-1/"))
    section = page[page.index('id="see-also"') :]
    assert "UNTOC 31" in section
    assert "UNTOC prevention policies concern organized crime" in section
    assert section.count(">draft<") + section.count("draft</") >= len(
        queries.mappings_of_provision(Clause.objects.get(key="UNCAC 5(1)").provision)
    )


def test_false_friends_are_said_to_be_none(mapped: Client) -> None:
    one = Mapping.objects.filter(relation="NONE").order_by("code").first()
    page = text_of(mapped.get(f"/en/crosswalk/mappings/{one.code}/"))
    assert "looks alike, is not the same" in page


def test_the_matrix_turned_says_the_inverse(mapped: Client) -> None:
    def rows(address: str) -> dict[str, str]:
        text = text_of(mapped.get(f"{address}?format=csv")).lstrip("\ufeff")
        return {row["code"]: row["relation"] for row in csv.DictReader(io.StringIO(text))}

    there, back = rows("/en/crosswalk/uncac/untoc/"), rows("/en/crosswalk/untoc/uncac/")
    turned = {"SUBSET": "SUPERSET", "SUPERSET": "SUBSET"}
    assert there
    assert back == {code: turned.get(relation, relation) for code, relation in there.items()}


def test_every_cell_of_the_matrix_leads_somewhere_on_the_page(mapped: Client) -> None:
    page = text_of(mapped.get("/en/crosswalk/uncac/untoc/"))
    anchors = {part.partition('"')[0] for part in page.split('href="#at-')[1:]}
    assert anchors
    assert all(f'id="at-{anchor}"' in page for anchor in anchors)


@pytest.mark.parametrize("page", ["crosswalk/uncac/untoc/", "provisions/uncac/15/", "crosswalk/provisions/fatf-r-10/"])
def test_no_page_asks_once_a_row(mapped: Client, page: str, django_assert_max_num_queries) -> None:
    mapped.get(f"/fr/{page}")
    Mapping.objects.filter(code="X0001").update(revision=1)
    with django_assert_max_num_queries(24) as asked:
        mapped.get(f"/en/{page}")
    assert isinstance(asked, CaptureQueriesContext)


@pytest.mark.parametrize(
    "address",
    [
        "crosswalk/nowhere/untoc/",
        "crosswalk/uncac/nowhere/",
        "crosswalk/mappings/X9999/",
        "crosswalk/mappings/X9999/dispute/",
        "crosswalk/provisions/nowhere/",
    ],
)
def test_what_is_not_there_is_said_so(mapped: Client, address: str) -> None:
    assert mapped.get(f"/en/{address}").status_code == 404


def test_anybody_disputes_and_nobody_else_reads_it_before_a_curator(mapped: Client, sign_in) -> None:
    sent = mapped.post(DISPUTE, {"reason": "zarzuela: the text says more", "website": ""}, follow=True)
    assert "Thank you" in text_of(sent)
    assert "zarzuela" not in text_of(mapped.get("/en/crosswalk/mappings/X0001/"))
    fields = {field.name for field in Dispute._meta.get_fields()}
    assert not fields & {"ip", "address", "email", "name", "user"}
    curator = sign_in("curator")
    assert "zarzuela" in text_of(curator.get(DESK))
    identifier = Dispute.objects.get().uuid
    curator.post(f"{DESK}disputes/{identifier}/", {"decision": "It does.", "upheld": "yes"})
    curator.logout()
    page = text_of(mapped.get("/en/crosswalk/mappings/X0001/"))
    assert "zarzuela" in page
    assert "It does." in page
    assert "disputed" in page


def test_the_trap_and_the_flood_are_stopped(mapped: Client) -> None:
    mapped.post(DISPUTE, {"reason": "buy now", "website": "http://example.org"})
    assert Dispute.objects.count() == 0
    statuses = [mapped.post(DISPUTE, {"reason": f"reason {n}"}).status_code for n in range(11)]
    assert statuses == [302] * 10 + [429]
    assert mapped.post(DISPUTE, {"reason": " "}).status_code == 422


@pytest.mark.parametrize("name", ["anybody", "reader", "member", "unenrolled_curator"])
def test_the_desk_is_for_curators(mapped: Client, sign_in, name: str) -> None:
    client = sign_in(name)
    addresses = [DESK, "/en/crosswalk/mappings/new/", "/en/crosswalk/mappings/X0001/edit/"]
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    assert "mappings/X0001/edit/" not in text_of(client.get("/en/crosswalk/mappings/X0001/"))


def test_a_curator_corrects_and_the_history_shows_it_without_a_name(mapped: Client, sign_in) -> None:
    curator = sign_in("curator")
    address = "/en/crosswalk/mappings/X0001/edit/"
    form = curator.get(address).context["form"]
    said = {name: value for name, value in form.initial.items() if value not in (None, "")}
    said |= {"strength": "LOW", "reason": "read again"}
    assert curator.post(address, said).status_code == 302
    page = text_of(curator.get("/en/crosswalk/mappings/X0001/"))
    assert "corrected" in page
    assert "read again" in page
    assert "curator@example.org" not in page
    again = curator.post(address, said | {"strength": "HIGH"})
    assert again.status_code == 422
    assert "nothing was overwritten" in text_of(again)
    assert Mapping.objects.get(code="X0001").strength == "LOW"


def test_a_contradiction_typed_by_a_curator_is_named(mapped: Client, sign_in) -> None:
    said = {
        "left": "UNCAC 5(1)", "relation": "SUBSET", "right": "UNTOC 31", "strength": "HIGH", "rationale": "SEMANTIC",
        "reuse_forward": "SUGGEST", "reuse_backward": "SUGGEST",
    }  # fmt: skip
    answer = sign_in("curator").post("/en/crosswalk/mappings/new/", said)
    assert answer.status_code == 422
    assert "contradicts X0001" in text_of(answer)
    assert Mapping.objects.count() == 936


def test_a_file_is_tried_refused_by_line_and_taken(mapped: Client, sign_in) -> None:
    curator = sign_in("curator")
    head = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    good = "m:UNCAC/13(2)\tskos:relatedMatch\tm:OECD_IAP/PA9\tsemapv:ManualMappingCuration\n"
    bad = "m:UNCAC/999\tskos:relatedMatch\tm:OECD_IAP/PA9\tsemapv:ManualMappingCuration\n"

    def sent(text: str, **more: str):
        file = SimpleUploadedFile("sample.sssom.tsv", text.encode())
        return curator.post(DESK, {"file": file, **more})

    tried = sent(head + good)
    assert (tried.status_code, Mapping.objects.count()) == (200, 936)
    assert "only tried" in text_of(tried)
    refused = sent(head + good + bad, take="on")
    assert (refused.status_code, Mapping.objects.count()) == (422, 936)
    assert "unknown provision: UNCAC 999" in text_of(refused)
    assert "no table" in text_of(sent("#a: b\n"))
    assert sent(head + good, take="on").status_code == 200
    assert Mapping.objects.count() == 937


def test_the_file_and_the_tables_hold_everything(mapped: Client) -> None:
    lines = b"".join(mapped.get("/en/crosswalk/crosswalk.sssom.tsv")).decode().splitlines()
    assert len({line.split("\t")[9] for line in lines if line.startswith("mrd:")}) == 936
    rows = [json.loads(line) for line in b"".join(mapped.get("/api/bulk/mappings.jsonl")).splitlines()]
    assert (len(rows), {row["status"] for row in rows}) == (936, {"DRAFT"})
    found = mapped.get("/api/crosswalk/mappings", {"provision": "UNCAC 5(1)"}).json()
    assert all("UNCAC 5(1)" in row["left"] + row["right"] for row in found["items"])
    assert mapped.get("/api/crosswalk/mappings/X9999").status_code == 404


def test_search_engines_are_led_to_it(mapped: Client) -> None:
    page = text_of(mapped.get("/sitemap-crosswalk.xml"))
    assert "/en/crosswalk/provisions/fatf-r-10/" in page
    assert clauses_of_own().count() == 241
    assert "/en/crosswalk/uncac/untoc/" in text_of(mapped.get("/sitemap-crosswalk-pairs.xml"))
    assert len(pairs_joined()) == len(set(pairs_joined()))


def test_what_follows_from_two_mappings_is_shown_as_derived_and_leads_to_both(mapped: Client) -> None:
    page = text_of(mapped.get("/en/crosswalk/implied/"))
    first = queries.implied_mappings()[0]
    assert "Derived, and reviewed by nobody" in page
    assert all(f"/en/crosswalk/mappings/{code}/" in page for code in first.through)
    rows = list(csv.DictReader(io.StringIO(text_of(mapped.get("/en/crosswalk/implied/?format=csv")))))
    assert len(rows) == len(queries.implied_mappings())


def test_what_differs_is_derived_where_nobody_wrote_it_and_marked_so(mapped: Client) -> None:
    unwritten = Mapping.objects.filter(differs={}, status="DRAFT")
    page = text_of(mapped.get(f"/en/crosswalk/mappings/{unwritten.filter(relation='SUBSET')[0].code}/"))
    assert "The second asks for more than the first." in page
    assert "Derived by rule" in page
    Mapping.objects.filter(code="X0001").update(differs={})
    Clause.objects.filter(ends__mapping__code="X0001").update(level="", obligation="")
    Mapping.objects.filter(code="X0001").update(relation="EQUIVALENT")
    cache.clear()
    assert "Nobody has written yet what differs" in text_of(mapped.get("/en/crosswalk/mappings/X0001/"))


def test_readers_behind_one_proxy_do_not_share_a_limit_and_all_together_have_one(mapped: Client, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    said = {"reason": "The second paragraph is missing."}
    sent = [mapped.post(DISPUTE, said, headers={"X-Forwarded-For": "203.0.113.1"}).status_code for _ in range(11)]
    assert sent == [302] * 10 + [429]
    assert mapped.post(DISPUTE, said, headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 302
    cache.set("crosswalk-disputes", 200, 60)
    assert mapped.post(DISPUTE, said, headers={"X-Forwarded-For": "203.0.113.3"}).status_code == 429
