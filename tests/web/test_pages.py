"""The pages say what a reader came for, in every language, with sources and data beside them."""

import csv
import io

import pytest

CODES = ("ar", "zh", "en", "fr", "ru", "es")
PLACES = (
    "states/",
    "states/ton/",
    "states/eue/",
    "instruments/",
    "instruments/uncac/",
    "provisions/uncac/13-1-c/",
    "provisions/uncac/chapter-ii/",
    "mechanisms/",
    "mechanisms/uncac-irm/",
    "participation/",
    "resolutions/",
    "organisations/",
    "organisations/unodc/",
    "documents/",
    "search/",
    "search/?q=corruption",
    "data/",
)


def table_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("place", PLACES)
def test_every_page_answers_in_every_language(visitor, code, place):
    page = visitor.get(f"/{code}/{place}")

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert f'<html lang="{code}"' in page.text


@pytest.mark.parametrize("place", [place for place in PLACES if place != "search/"])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_page_names_and_gives_its_data(visitor, place, form):
    page = visitor.get(f"/en/{place}")
    offered = visitor.get(
        f"/en/{place}", {**dict(part.split("=") for part in place.partition("?")[2].split("&") if part), "format": form}
    )

    assert f'<link rel="alternate" type="{"text/csv" if form == "csv" else "application/json"}"' in page.text
    assert offered.status_code == 200
    assert offered.headers["Content-Disposition"].startswith("attachment")
    assert (offered.json()["count"] if form == "json" else len(table_of(offered))) > 0


def test_a_state_page_says_since_when_it_is_a_party_and_where_that_stands(visitor):
    page = visitor.get("/fr/states/nam/").text

    assert "Namibie" in page
    assert "3 août 2004" in page
    assert "la République de Namibie" in page
    assert page.count('class="cite') > 5


def test_a_chip_says_since_when_this_state_takes_part_not_when_the_mechanism_was_founded(visitor):
    page = visitor.get("/en/states/nam/").text

    assert 'UNTOC review</a> <bdi class="chip-detail">since 2020</bdi>' in page


def test_what_is_only_recalled_carries_the_word_not_only_a_colour(visitor):
    assert "unverified" in visitor.get("/en/states/nam/").text


def test_every_fact_of_a_state_file_has_a_source_and_a_confidence(visitor):
    rows = visitor.get("/en/states/ton/?format=json").json()["rows"]

    assert {row["section"] for row in rows} >= {"CODE", "GROUP", "NAME", "TREATY_ACTION", "MECHANISM"}
    assert [row for row in rows if not row["source"] or not row["confidence"]] == []


def test_parties_are_counted_on_the_day_asked_for(visitor):
    page = visitor.get("/en/instruments/uncac/?at=2020-02-29").text

    assert "<b>187</b>" in page
    assert "29 February 2020" in page


def test_a_printed_figure_that_differs_from_ours_says_so(visitor):
    rows = visitor.get("/en/instruments/uncac/?format=json").json()["rows"]
    printed = {row["from"]: (row["value"], row["text"]) for row in rows if row["section"] == "PRINTED_FIGURE"}

    assert printed["2020-02-29"] == (187, "187")
    assert printed["2025-12-15"] == (192, "191")
    assert "differs: −1" in visitor.get("/en/instruments/uncac/").text


def test_participation_gives_the_figure_with_both_readings(visitor):
    answer = visitor.get("/en/participation/?at=2021-03-29&format=json").json()

    assert answer["parties"] == 187
    assert sum(answer["by_number"].values()) == 187
    page = visitor.get("/en/participation/?at=2021-03-29").text
    assert page.count(" of 187") == 2
    assert "United States of America" in page


def test_a_provision_shows_its_parents_title_in_six_languages_and_its_neighbours(visitor):
    page = visitor.get("/en/provisions/uncac/13-1-c/").text

    assert "社会参与" in page
    assert 'href="/en/provisions/uncac/13-1-b/"' in page
    assert 'href="/en/provisions/uncac/13-1-d/"' in page


def test_lists_can_be_narrowed_sorted_and_turned_over(visitor):
    narrowed = visitor.get("/en/states/?words=guinea").text
    backwards = visitor.get("/en/states/?sort=-name").text
    second = visitor.get("/en/states/?page=2&sort=code").text

    assert [name in narrowed for name in ("Equatorial Guinea", "Guinea-Bissau", "Ghana")] == [True, True, False]
    assert "Zimbabwe" in backwards
    assert 'aria-sort="descending"' in backwards
    assert 'rel="prev"' in second


def test_chinese_lists_stand_in_the_order_of_pronunciation(visitor):
    page = visitor.get("/zh/states/").text

    assert page.index("阿尔巴尼亚") < page.index("奥地利") < page.index("巴西")


def test_an_unchanged_page_is_not_sent_again(visitor):
    first = visitor.get("/en/states/ton/")
    again = visitor.get("/en/states/ton/", headers={"if-none-match": first.headers["ETag"]})
    elsewhere = visitor.get("/fr/states/ton/", headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, elsewhere.status_code) == (304, 200)


def test_the_pages_of_somebody_signed_in_are_kept_by_nobody(sign_in):
    page = sign_in("curator").get("/en/states/ton/")

    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]
    assert "ETag" not in page.headers


def test_every_table_of_the_data_page_can_be_taken(visitor):
    rows = visitor.get("/en/data/?format=json").json()["rows"]

    assert [visitor.get(row["csv"]).status_code for row in rows] == [200] * len(rows)
    assert [visitor.get(row["jsonl"]).status_code for row in rows] == [200] * len(rows)


def test_the_number_of_a_provision_keeps_its_order_on_an_arabic_page(visitor):
    assert "<h1>المادة \u206613(1)(c)\u2069</h1>" in visitor.get("/ar/provisions/uncac/13-1-c/").text.replace(
        ' dir="auto"', ""
    )
