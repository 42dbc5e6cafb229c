"""Days of rest of States: known days, the moon's estimates told apart, and what is not known said to be so."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from merida.foundation.registry.reference import DATA
from merida.review.synergies.clashes import Holiday
from merida.review.synergies.holidays import days_of_rest, holidays_of
from merida.review.synergies.plan_rules import MOST_DAYS

YEARS = (2026, 2027)
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def names(iso2: str, day: date, language: str = "en") -> list[tuple[str, bool]]:
    found = days_of_rest(iso2, YEARS, language).between(day, day)
    return [(one.name, one.estimated) for one in found]


@pytest.mark.parametrize(
    ("iso2", "day", "name"),
    [
        ("GH", date(2027, 3, 6), "Independence Day"),
        ("FR", date(2027, 7, 14), "National Day"),
        ("NA", date(2027, 3, 21), "Independence Day"),
        ("MA", date(2027, 7, 30), "Throne Day"),
    ],
)
def test_days_that_a_law_sets_are_known(iso2: str, day: date, name: str) -> None:
    assert (name, False) in names(iso2, day)


def test_a_feast_that_the_moon_sets_is_an_estimate_without_saying_so_twice() -> None:
    feast = [one for one in days_of_rest("GH", (2027,)).holidays if one.estimated]
    assert [one.name for one in feast] == ["Eid-ul-Fitr", "Shaqq Day", "Eid-ul-Adha"]


@pytest.mark.parametrize(
    ("language", "spoken", "name"),
    [("ar", "ar", "عيد الفطر المبارك"), ("fr", "fr", "Aïd-Al-Fitr"), ("zh", "en", "Eid al-Fitr")],
)
def test_names_are_in_the_readers_language_where_there_are_any(language: str, spoken: str, name: str) -> None:
    found = days_of_rest("EG", (2027,), language)
    assert found.language == spoken
    assert {one.name for one in found.holidays if one.estimated} >= {name}


@pytest.mark.parametrize(
    ("iso2", "weekend"), [("EG", {FRIDAY, SATURDAY}), ("IR", {FRIDAY}), ("FR", {SATURDAY, SUNDAY}), ("BN", {4, 6})]
)
def test_the_weekend_is_the_one_of_the_state(iso2: str, weekend: set[int]) -> None:
    assert days_of_rest(iso2, YEARS).weekend == weekend


def test_what_is_not_known_is_said_and_not_empty() -> None:
    union, island = days_of_rest("EU", YEARS), days_of_rest("LK", YEARS)
    assert (union.holidays, union.unknown_years, union.weekend_known) == ((), YEARS, False)
    assert 2027 in island.unknown_years
    assert island.weekend_known


def test_several_states_are_asked_at_once() -> None:
    found = holidays_of({"GHA": "GH", "EUE": "EU"}, [2027])
    assert Holiday(date(2027, 3, 6), "Independence Day") in found["GHA"].holidays
    assert found["EUE"].unknown_years == (2027,)


def iso2_codes() -> list[str]:
    lines = (DATA / "states.csv").read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("iso2")
    return [line.split(",")[place] for line in lines[1:]]


@given(
    some.sampled_from(iso2_codes()), some.integers(2020, 2040), some.sampled_from(["ar", "zh", "en", "fr", "ru", "es"])
)
def test_every_state_of_the_registry_has_days_or_says_that_they_are_unknown(iso2: str, year: int, code: str) -> None:
    found = days_of_rest(iso2, (year,), code)
    assert bool(found.holidays) != (found.unknown_years == (year,))
    assert {one.day.year for one in found.holidays} <= {year}
    assert list(found.holidays) == sorted(found.holidays, key=lambda one: (one.day, one.name))
    assert all(one.name and "%s" not in one.name for one in found.holidays)


def test_the_package_is_loaded_only_when_a_state_is_asked_for() -> None:
    code = (
        "import sys, merida.review.synergies.holidays as rest\n"
        "before = 'holidays' in sys.modules\n"
        "rest.days_of_rest('GH', (2027,))\n"
        "print(before, 'holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("iso2", "weekend"),
    [
        ("EG", {FRIDAY, SATURDAY}),
        ("BD", {FRIDAY, SATURDAY}),
        ("IR", {FRIDAY}),
        ("BN", {FRIDAY, SUNDAY}),
        ("NE", {SUNDAY}),
        ("GH", {SATURDAY, SUNDAY}),
    ],
)
def test_the_days_that_a_planned_visit_may_take_are_a_weekend_nowhere(iso2, weekend):
    found = days_of_rest(iso2, YEARS)
    assert (found.weekend, found.weekend_known) == (weekend, True)
    assert not found.weekend & set(range(MOST_DAYS))
