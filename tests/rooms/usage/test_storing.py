"""Counts are held in memory, stored together, and lost neither by a busy database nor by two workers."""

import time
from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.usage import storing
from merida.exchange.usage.models import DayCount, SoughtWords
from merida.exchange.usage.queries import statistics
from merida.exchange.usage.tally import STORED_AFTER, STORED_AT, Tally, plain_words, quarter_of
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.queries import latest_position

DAY = date(2026, 4, 7)
PAGE = ("PAGE", "state", "")


def asked(tally: Tally, words: str, days: int, first: date = DAY) -> None:
    for number in range(days):
        tally.add(first + timedelta(number), [("EMPTY_SEARCH", "", "")], now=0.0, sought=words)


def test_it_is_time_to_store_after_some_seconds_or_many_pages():
    tally = Tally()
    assert not tally.due(1000.0)
    tally.add(DAY, [PAGE], now=5.0)
    assert [tally.due(5.0 + STORED_AFTER - 1), tally.due(5.0 + STORED_AFTER)] == [False, True]
    for _ in range(STORED_AT - 1):
        tally.add(DAY, [PAGE], now=5.0)
    assert tally.due(5.0)


@pytest.mark.django_db
def test_two_workers_add_to_one_count(django_assert_max_num_queries):
    for tally in (Tally(), Tally()):
        for _ in range(3):
            tally.add(DAY, [PAGE, ("VISIT", "", "GHA")], now=0.0)
        with django_assert_max_num_queries(4):  # a savepoint, one statement for all counts, its release
            assert storing.store(tally)
        assert storing.store(tally)  # nothing is stored twice
    stored = DayCount.objects.values_list("day_date", "kind", "page", "country", "count")
    assert set(stored) == {(DAY, "PAGE", "state", "", 6), (DAY, "VISIT", "", "GHA", 6)}


@pytest.mark.django_db
def test_counting_makes_no_kept_page_old():
    before = latest_position()
    tally = Tally()
    tally.add(DAY, [PAGE], now=0.0)
    storing.store(tally)
    assert latest_position() == before


@pytest.mark.django_db
def test_what_a_busy_database_refused_is_stored_later(monkeypatch):
    tally = Tally()
    tally.add(DAY, [PAGE], now=0.0, sought="lost words")
    with monkeypatch.context() as broken:

        def refuse(_taken: object) -> None:
            raise DatabaseError("database is locked")

        broken.setattr(storing, "_add", refuse)
        assert not storing.store(tally)
    assert not tally.due(time.monotonic())  # not at once again, while it is busy
    tally.add(DAY, [PAGE], now=0.0)
    assert storing.store(tally)
    assert (DayCount.objects.get().count, SoughtWords.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_words_are_kept_only_when_asked_on_five_days_of_a_quarter():
    tally = Tally()
    asked(tally, "asset return", 5)
    asked(tally, "a private name", 4)
    for _ in range(90):  # often on one day is still one day
        asked(tally, "seldom", 1)
    storing.store(tally)
    assert [(one.words, one.days) for one in statistics(SYSTEM, DAY).sought] == [("asset return", 5)]
    assert set(SoughtWords.objects.values_list("words", flat=True)) == {"", "asset return"}
    assert SoughtWords.objects.count() == 3


@pytest.mark.django_db
def test_days_in_two_workers_are_counted_once_or_not_at_all():
    for start in (0, 2, 2, 1):
        tally = Tally()
        asked(tally, "asset return", 1, DAY + timedelta(start))
        storing.store(tally)
    assert SoughtWords.objects.get().days == 2  # a day stored after a later one is not counted: rather too few
    assert SoughtWords.objects.get().words == ""


@pytest.mark.django_db
def test_rare_words_are_forgotten_with_their_quarter_and_cannot_be_followed_into_the_next():
    tally = Tally()
    asked(tally, "rare", 2)
    storing.store(tally)
    first = SoughtWords.objects.get().digest
    asked(tally, "rare", 1, date(2026, 7, 1))
    storing.store(tally)
    assert SoughtWords.objects.get().digest != first


@pytest.mark.parametrize("text", ["", "  ", "x" * 81, "someone@example.org", "passport 123456789", "+43 1 260 60 1234"])
def test_words_that_look_like_a_person_are_never_kept(text):
    assert plain_words(text) == ""


def test_words_that_differ_in_writing_only_are_the_same():
    assert plain_words("  Asset\tRETURN ") == plain_words("asset return")
    assert plain_words("CAC/COSP/2019/3") == "cac/cosp/2019/3"


@given(st.dates())
def test_a_day_lies_in_its_quarter(day):
    begun = quarter_of(day)
    assert begun <= day
    assert (begun.month % 3, begun.day) == (1, 1)
    assert (day - begun).days < 92


@pytest.mark.django_db
def test_countries_with_few_visits_are_not_named():
    DayCount.objects.create(day_date=DAY, kind="VISIT", country="GHA", count=5)
    DayCount.objects.create(day_date=DAY, kind="VISIT", country="NRU", count=4)
    found = statistics(SYSTEM, DAY)
    assert ([one.name for one in found.countries], found.few_visits) == (["GHA"], 4)


@pytest.mark.django_db
def test_the_last_year_is_compared_with_the_one_before():
    for day, count in ((date(2024, 4, 1), 7), (date(2025, 4, 7), 10), (date(2025, 4, 8), 15)):
        DayCount.objects.create(day_date=day, kind="PAGE", page="state", count=count)
    (one,) = statistics(SYSTEM, DAY).pages
    assert (one.name, one.count, one.before, one.growth) == ("state", 15, 10, 0.5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "sees"),
    [("", False), ("READER", False), ("CURATOR", False), ("SECRETARIAT", True), ("ADMINISTRATOR", True)],
)
def test_only_the_staff_sees_the_statistics(role, sees):
    DayCount.objects.create(day_date=DAY, kind="PAGE", page="state", count=5)
    actor = Actor(name="x", role=role, user_id=1) if role else ANYBODY
    assert bool(statistics(actor, DAY).months) is sees
