"""The page of the statistics: who sees it, what it says, its files."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils import timezone

from merida.exchange.usage.growth import YEAR
from merida.exchange.usage.models import DayCount, SoughtWords
from merida.exchange.usage.tally import quarter_of

SEES = {
    "anybody": 403,
    "reader": 403,
    "member": 403,
    "unenrolled_curator": 403,
    "curator": 403,
    "secretariat": 200,
    "administrator": 200,
}


@pytest.fixture
def used(site, db) -> None:
    today = timezone.now().date()
    for kind, page, country, now, before in (
        ("PAGE", "state", "", 1250, 1000),
        ("PAGE", "=unknown", "", 3, 1),
        ("VISIT", "", "GHA", 30, 60),
        ("VISIT", "", "XX", 2, 0),
        ("SEARCH", "", "", 40, 0),
    ):
        DayCount.objects.create(day_date=today, kind=kind, page=page, country=country, count=now)
        if before:
            day = today - timedelta(YEAR)
            DayCount.objects.create(day_date=day, kind=kind, page=page, country=country, count=before)
    DayCount.objects.create(day_date=today - timedelta(2 * YEAR), kind="PAGE", page="home", count=1)
    quarter = quarter_of(today)
    SoughtWords.objects.create(quarter_date=quarter, digest="a" * 64, days=6, last_date=today, words="asset return")
    SoughtWords.objects.create(quarter_date=quarter, digest="b" * 64, days=4, last_date=today)


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(("name", "status"), SEES.items())
@pytest.mark.parametrize("ending", ["", "?format=csv", "?format=xlsx", "?format=json"])
def test_only_the_staff_sees_the_page_and_its_files(sign_in, name, status, ending):
    answer = sign_in(name).get(f"/en/usage/{ending}")
    assert answer.status_code == status
    assert ("no-store" in answer.get("Cache-Control", "")) is (status == 200)


@pytest.mark.parametrize(("name", "status"), SEES.items())
def test_only_the_staff_is_led_there(sign_in, name, status):
    assert ('href="/en/usage/"' in sign_in(name).get("/en/states/").text) is (status == 200)


@pytest.mark.usefixtures("used")
def test_the_page_says_numbers_growth_countries_and_words(sign_in):
    page = sign_in("secretariat").get("/en/usage/").text
    for said in ("1,250", "+25%", "-50%", "Ghana", "asset return", "fewer than five visits: 2", "until today"):
        assert said in page


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_the_page_stands_in_six_languages(sign_in, language):
    assert sign_in("secretariat").get(f"/{language}/usage/").status_code == 200


@pytest.mark.usefixtures("site", "db")
def test_nothing_counted_is_said(sign_in):
    assert "Nothing is counted yet" in sign_in("secretariat").get("/en/usage/").text


@pytest.mark.usefixtures("used")
def test_files_hold_the_same_and_no_formula(sign_in):
    lines = sign_in("secretariat").get("/en/usage/?format=csv").text.splitlines()
    assert lines[0].endswith("what,month,name,count,year_before,growth")
    assert "PAGE_OF_YEAR,,state,1250,1000,0.25" in lines
    assert "PAGE_OF_YEAR,,'=unknown,3,1,2.0" in lines
    assert "COUNTRY_OF_YEAR,,GHA,30,60,-0.5" in lines
    book = ZipFile(io.BytesIO(sign_in("secretariat").get("/en/usage/?format=xlsx").content))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.usefixtures("used")
def test_more_counts_cost_no_more_queries(sign_in, django_assert_max_num_queries):
    client = sign_in("secretariat")
    client.get("/en/usage/")
    today = timezone.now().date()
    for number in range(12):
        DayCount.objects.create(day_date=today, kind="PAGE", page=f"page-{number}", count=1)
    with django_assert_max_num_queries(14):
        client.get("/en/usage/")
