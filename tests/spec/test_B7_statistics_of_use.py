"""B7: pages, searches, those without results, visits by country from the operator's table only, without anything personal."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.worlds import make_document, make_person

from merida.exchange.ingest.indexing import reindex
from merida.exchange.usage.models import DayCount
from merida.exchange.usage.queries import statistics
from merida.exchange.usage.storing import TALLY, store
from merida.foundation.access.visibility import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]
WANDERER = {
    "REMOTE_ADDR": "192.0.2.77",
    "HTTP_USER_AGENT": "Wandering Browser 7",
    "HTTP_REFERER": "https://elsewhere.example/private",
}


@pytest.fixture(autouse=True)
def counted(settings):
    settings.USAGE_COUNTED = True
    TALLY.take()
    yield
    TALLY.take()


def read_on(monkeypatch: pytest.MonkeyPatch, day: datetime, *places: str) -> None:
    with monkeypatch.context() as then:
        then.setattr(timezone, "now", lambda: day)
        for place in places:
            assert Client().get(place, **WANDERER).status_code == 200
    assert store()


def counts() -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, count in DayCount.objects.values_list("kind", "count"):
        found[kind] = found.get(kind, 0) + count
    return found


def test_pages_searches_and_downloads_are_counted_with_growth_against_the_year_before(monkeypatch):
    make_document("sample", text="brightness of Ghana", state="GHA")
    reindex()
    read_on(monkeypatch, datetime(2025, 3, 1, tzinfo=UTC), "/en/states/")
    read_on(monkeypatch, datetime(2025, 4, 3, tzinfo=UTC), "/en/states/", "/fr/states/gha/")
    some = ("/en/search/?q=brightness", "/en/search/?q=zzqqxx", "/en/search/?q=", "/en/states/?format=csv")
    read_on(monkeypatch, datetime(2026, 4, 4, tzinfo=UTC), *some)

    newest = statistics(SYSTEM, datetime(2026, 4, 4, tzinfo=UTC).date()).months[0]
    assert newest.counts == {"PAGE": 3, "VISIT": 3, "SEARCH": 2, "EMPTY_SEARCH": 1, "DOWNLOAD": 1}
    assert (newest.growth("PAGE"), newest.growth("SEARCH")) == (0.5, None)


def test_visits_have_a_country_only_from_the_table_of_the_operator(settings, tmp_path, monkeypatch):
    day = datetime(2026, 4, 4, tzinfo=UTC)
    read_on(monkeypatch, day, "/en/states/")
    assert set(DayCount.objects.values_list("country", flat=True)) == {""}
    table = tmp_path / "networks.csv"
    table.write_text("network,country\n192.0.2.0/24,GHA\n")
    settings.COUNTRIES_TABLE = str(table)
    read_on(monkeypatch, day, *["/en/states/"] * 5)
    (one,) = statistics(SYSTEM, day.date()).countries
    assert (one.name, one.count) == ("GHA", 5)


def test_nothing_about_who_asked_is_in_the_database_and_no_cookie_is_set():
    make_document("sample", text="brightness of Ghana", state="GHA")
    reindex()
    visitor = Client(**WANDERER)
    for place in (
        "/en/states/gha/",
        "/en/search/?q=zzsecretname",
        "/en/search/?q=brightness",
        "/en/states/?format=csv",
    ):
        assert not visitor.get(place).cookies
    person = make_person("staff", "SECRETARIAT")
    visitor.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    visitor.get("/en/search/?q=zzhiddenroom")
    assert store()

    rows = [row for model in apps.get_app_config("usage").get_models() for row in model.objects.values()]
    stored = "\n".join(str(value).casefold() for row in rows for value in row.values())
    assert len(rows) > 4
    session = visitor.session.session_key
    for personal in (
        "192.0.2",
        "wandering",
        "elsewhere",
        "gha",
        "zz",
        "brightness",
        str(person.uuid),
        "staff",
        session,
    ):
        assert personal not in stored
    columns = {field.name for model in apps.get_app_config("usage").get_models() for field in model._meta.fields}
    assert columns == {"id", "day_date", "kind", "page", "country", "count"} | {
        "quarter_date",
        "digest",
        "days",
        "last_date",
        "words",
    }
    assert not any(
        field.is_relation for model in apps.get_app_config("usage").get_models() for field in model._meta.fields
    )


def test_pages_that_are_kept_or_unchanged_and_searches_in_vain_are_counted_each_time():
    visitor = Client()
    first = visitor.get("/en/states/")
    visitor.get("/en/states/")
    again = visitor.get("/en/states/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    for _ in range(3):
        assert "no-store" in visitor.get("/en/search/?q=zzqqxx")["Cache-Control"]
    store()
    assert counts() == {"PAGE": 6, "VISIT": 6, "SEARCH": 3, "EMPTY_SEARCH": 3}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Somebot/2.1 (+https://bot.example)"},
        {"User-Agent": "python-requests/2.32"},
        {"HX-Request": "true"},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_programs_parts_of_pages_and_fetching_ahead_are_not_counted(headers):
    Client().get("/en/states/", headers=headers)
    assert not TALLY.take().counts


def test_a_search_within_the_page_counts_as_a_search_and_not_as_another_page():
    Client().get("/en/search/?q=zzqqxx", headers={"HX-Request": "true"})
    assert {kind for _day, kind, _page, _country in TALLY.take().counts} == {"SEARCH", "EMPTY_SEARCH"}


@pytest.mark.parametrize("place", ["/en/no-such-page/", "/en/account/login/", "/api/openapi.json", "/en/usage/"])
def test_what_is_refused_or_no_page_of_the_site_is_not_counted(place):
    Client().get(place)
    assert not TALLY.take().counts


def test_a_page_reached_from_another_page_of_the_site_is_no_new_visit():
    Client().get("/en/states/", headers={"Referer": "http://testserver/en/"})
    assert {kind for _day, kind, _page, _country in TALLY.take().counts} == {"PAGE"}


def test_counting_can_be_turned_off(settings):
    settings.USAGE_COUNTED = False
    Client().get("/en/states/")
    assert not TALLY.take().counts


def test_a_table_that_is_wrong_costs_countries_and_nothing_else(settings, tmp_path, caplog):
    table = tmp_path / "wrong.csv"
    table.write_text("network,country\nhere,GHA\n")
    settings.COUNTRIES_TABLE = str(table)
    assert Client().get("/en/states/").status_code == 200
    assert "line 2" in caplog.text
    assert TALLY.take().counts.total() == 2
