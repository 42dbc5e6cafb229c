"""Published answers in the search: found with consent, by language version, and gone with it, counts and all."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.answering_world import FILE, Answering, make_answering
from tests.loaded_registry import loaded_registry  # noqa: F401
from tests.web.test_answers_leak_nothing import EVERY_ROLE, browser

from merida.exchange.ingest import indexing
from merida.exchange.ingest.indexing import index_registry, index_what_is_missing, reindex
from merida.exchange.search.index import data, delete_entries, put_entries
from merida.exchange.search.models import Entry, IndexState
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import LoadSummary
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.asking import move_to_version
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.submitting import consent, recall, revoke, submit

pytestmark = pytest.mark.django_db
ENGLISH, FRENCH, DRAFT = "zarabandatrece", "murallasiete", "corredorinterno"


@pytest.fixture
def world(loaded_registry: LoadSummary) -> Answering:  # noqa: F811
    return filled()


def filled() -> Answering:
    made = make_answering(file=FILE.replace("id: money.practice,", "id: money.practice, provision: UNCAC 15,"))
    focal = made.actor("focal_point")

    def put(question: str, language: str = "en", **value: object) -> None:
        save_answer(focal, made.response, question, value, language=language, seen=0)

    put("bribery.level", choice="NO", text=DRAFT)
    put("bribery.plan", text="in between")
    put("money.practice", text=f"{ENGLISH} stays")
    put("money.cases", rows=[{"row": "opened", "y2024": "12"}])
    put("money.practice", "fr", text=f"{FRENCH} reste")
    for question in ("bribery.level", "bribery.plan", "money.practice", "money.cases"):
        clear(focal, made.desk("focal_point"), question)
    submit(focal, made.desk("focal_point"))
    return made


def given(world: Answering, language: str, question: str = "money.practice") -> None:
    consent(world.actor("focal_point"), world.desk("focal_point"), question, language)


def taken_back(world: Answering, language: str) -> None:
    revoke(world.actor("focal_point"), world.desk("focal_point"), "money.practice", language)


def found(word: str, client: Client | None = None, **more: str) -> int:
    """Return how many things the search counts, and see that page, API and data say the same."""
    client = client or Client()
    told = client.get("/api/search", {"q": word, **more}).json()
    assert len(told["items"]) == told["count"]
    rows = client.get("/en/search/", {"q": word, "format": "json", **more}).json()["rows"]
    assert len(rows) == told["count"]
    return told["count"]


def seen_in(word: str, client: Client) -> str:
    """Return all that the search says when it is asked for a word, without the word's own repetition in the box."""
    pages = [client.get("/en/search/", {"q": asked, **more}).text for asked in (word, word[:-1], f"{word[:6]}*", "x", "")
             for more in ({}, {"state": "GHA"}, {"language": "fr"})]  # fmt: skip
    pages += [client.get("/api/search", {"q": asked}).content.decode() for asked in (word[:-1], f"{word[:6]}*")]
    return "\n".join(pages)


def test_it_is_found_in_the_language_version_consented_to_and_leads_to_the_question(world):
    given(world, "en")
    assert found(ENGLISH) == 1
    assert found(FRENCH) == 0
    (hit,) = Client().get("/api/search", {"q": ENGLISH}).json()["items"]
    assert (hit["kind"], hit["states"], hit["provisions"]) == ("ANSWER", ["GHA"], ["UNCAC 15"])
    page = Client().get("/en/search/", {"q": ENGLISH}).text
    address = "/en/questionnaires/sample-survey/answers/money.practice/?number=1"
    assert address in page
    assert "Answer of a State" in page
    assert ENGLISH in Client().get(address).text
    assert found(ENGLISH, state="GHA") == found(ENGLISH, provision="UNCAC 15") == found(ENGLISH, kind="ANSWER") == 1
    assert found(ENGLISH, state="NRU") == 0


def test_a_choice_is_found_by_its_words(world):
    given(world, "en", "bribery.level")
    entry = Entry.objects.get(kind="ANSWER")
    assert entry.text == f"No\n{DRAFT}"
    assert entry.title == "Ghana: Is it an offence?"


def test_a_table_is_told_in_words(world):
    given(world, "en", "money.cases")
    assert Entry.objects.get(kind="ANSWER").text == "Opened | 2024 (cases): 12"


@pytest.mark.parametrize("name", EVERY_ROLE)
def test_without_consent_nobody_finds_it_nor_a_count_a_facet_or_a_suggestion_of_it(world, name):
    client = browser(world, name)
    before = seen_in(ENGLISH, client)
    assert Entry.objects.filter(kind="ANSWER").count() == 0
    given(world, "fr")
    taken_back(world, "fr")
    after = seen_in(ENGLISH, client)
    for word in (ENGLISH, FRENCH, DRAFT):
        assert found(word, client) == found(word, client, kind="ANSWER") == 0
    assert "Answer of a State" not in before + after
    assert f"{FRENCH} reste" not in after


def test_revoked_it_is_gone_at_once_and_the_other_language_stays(world):
    given(world, "en")
    given(world, "fr")
    assert (found(ENGLISH), found(FRENCH)) == (1, 1)
    taken_back(world, "en")
    assert (found(ENGLISH), found(FRENCH)) == (0, 1)
    assert found("stays") == 0
    facets = Client().get("/en/search/", {"q": FRENCH}).text
    assert "English" not in facets[facets.index("Language of the text") :].partition("</details>")[0]
    taken_back(world, "fr")
    assert Entry.objects.filter(kind="ANSWER").count() == 0
    given(world, "fr")
    assert found(FRENCH) == 1


def test_recalled_it_is_gone_at_once(world):
    given(world, "en")
    recall(world.actor("focal_point"), world.desk("focal_point"), ["money.practice"], reason="wrong")
    assert found(ENGLISH) == 0
    assert Entry.objects.filter(kind="ANSWER").count() == 0


def test_revoked_after_the_move_to_a_new_version_it_is_gone_too(world):
    given(world, "en")
    version = publish_version(SYSTEM, take_in(SYSTEM, FILE.replace("What is done?", "What is being done?")))
    recall(world.actor("focal_point"), world.desk("focal_point"), ["bribery.level"], reason="wrong")
    move_to_version(SYSTEM, world.response, version)
    assert found(ENGLISH) == 1
    taken_back(world, "en")
    assert found(ENGLISH) == 0


def test_the_index_made_anew_holds_the_published_answers_and_no_other(world):
    given(world, "en")
    held = list(Entry.objects.filter(kind="ANSWER").values("ref", "title", "text", "states", "provisions"))
    reindex()
    assert list(Entry.objects.filter(kind="ANSWER").values("ref", "title", "text", "states", "provisions")) == held
    Entry.objects.filter(kind="ANSWER").update(ref="answer:left/over")
    reindex()
    assert Entry.objects.filter(ref="answer:left/over").count() == 0
    assert found(ENGLISH) == 1


def test_answers_published_before_an_upgrade_come_into_the_search_by_themselves_and_once(
    world, django_assert_num_queries
):
    given(world, "en")
    held = list(Entry.objects.filter(kind="ANSWER").values("ref", "text"))
    delete_entries([one["ref"] for one in held])
    IndexState.objects.update(contents="")  # as an older version left it
    assert found(ENGLISH) == 0
    assert index_what_is_missing() == 1
    assert list(Entry.objects.filter(kind="ANSWER").values("ref", "text")) == held
    assert found(ENGLISH) == 1
    with django_assert_num_queries(1):
        assert index_what_is_missing() == 0


@pytest.mark.usefixtures("loaded_registry")
def test_names_that_an_older_version_told_otherwise_are_told_anew_by_themselves():
    index_registry()
    Entry.objects.filter(ref="provision:UNCAC chapter II", language="zh").update(text="UNCAC chapter II")
    IndexState.objects.update(contents="answers-3")
    assert index_what_is_missing() == 1
    assert Entry.objects.get(ref="provision:UNCAC chapter II", language="zh").text == "UNCAC chapter II · 第二章"
    assert index_what_is_missing() == 0


@pytest.mark.usefixtures("loaded_registry")
def test_a_name_that_is_no_more_in_one_language_goes_and_the_others_stay():
    index_registry()
    held = Entry.objects.filter(ref="provision:AUCPCC 15")
    languages = {one.language for one in held}
    put_entries([replace(data(held[0]), language="ar", title="Extradition")])
    assert "ar" not in languages
    assert index_registry() == len(languages)
    assert {one.language for one in held.all()} == languages
    assert index_registry() == 0


def left_by_an_older_version(world: Answering) -> None:
    for language in ("en", "fr"):
        given(world, language)
    delete_entries(Entry.objects.filter(kind="ANSWER").values_list("ref", flat=True))
    IndexState.objects.update(contents="")


def test_made_anew_what_was_withdrawn_after_it_was_listed_stays_out(world, monkeypatch):
    given(world, "en")
    given(world, "fr")
    listed = indexing.published_numbers

    def then_withdrawn() -> list[int]:
        numbers = listed()
        taken_back(world, "fr")
        return numbers

    monkeypatch.setattr(indexing, "published_numbers", then_withdrawn)
    reindex()
    assert (found(ENGLISH), found(FRENCH)) == (1, 0)


def test_stopped_in_between_the_rest_comes_in_next_time(world, monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    left_by_an_older_version(world)
    assert index_what_is_missing(lambda: True) == 1
    assert (found(ENGLISH), found(FRENCH)) == (1, 0)
    assert index_what_is_missing() == 1
    assert (found(ENGLISH), found(FRENCH)) == (1, 1)
    assert index_what_is_missing() == 0


def test_an_answer_is_found_by_each_provision_of_its_question_or_that_of_its_section(loaded_registry):  # noqa: F811
    several = FILE.replace("id: money.practice,", "id: money.practice, provisions: [UNCAC 15, UNCAC 16],")
    made = make_answering(file=several.replace("- id: bribery\n", "- id: bribery\n  provision: UNCAC 17\n"))
    focal = made.actor("focal_point")
    for question, value in {
        "bribery.level": {"choice": "YES"},
        "bribery.law": {"text": ENGLISH},
        "money.practice": {"text": ENGLISH},
    }.items():
        save_answer(focal, made.response, question, value, language="en", seen=0)
        clear(focal, made.desk("focal_point"), question)
    submit(focal, made.desk("focal_point"))
    for question in ("bribery.law", "money.practice"):
        given(made, "en", question)
    counts = {key: found(ENGLISH, provision=key) for key in ("UNCAC 15", "UNCAC 16", "UNCAC 17", "UNCAC 18")}
    assert counts == {"UNCAC 15": 1, "UNCAC 16": 1, "UNCAC 17": 1, "UNCAC 18": 0}
