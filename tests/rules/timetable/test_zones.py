"""Sessions at a distance fall into everybody's day, on both sides of summer time, or say who is the problem."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.rules.timetable.instance import TimetableError
from merida.rules.timetable.zones import Hours, decent_hours, in_words, zone

WINTER, SUMMER = date(2027, 1, 20), date(2027, 7, 20)
PARTED = {"S1": "Pacific/Auckland", "S2": "America/Sao_Paulo", "S3": "Europe/Vienna"}


def hours(day: date, *zones: str, length: int = 1) -> list[int]:
    taking_part = {f"S{place}": name for place, name in enumerate(zones)}
    return sorted(one.at.hour for one in decent_hours(day, taking_part, length=length).starts)


def test_hours_follow_summer_time():
    assert hours(WINTER, "Europe/Vienna") == list(range(6, 21))
    assert hours(SUMMER, "Europe/Vienna") == list(range(5, 20))


def test_two_zones_share_the_hours_in_which_both_are_awake():
    assert hours(WINTER, "Europe/Vienna", "Asia/Tokyo") == list(range(6, 13))
    assert hours(WINTER, "Europe/Vienna", "Asia/Tokyo", length=3) == list(range(6, 11))


def test_a_zone_half_an_hour_off_needs_the_whole_session_in_its_day():
    assert hours(WINTER, "Asia/Kolkata") == [*range(2, 16)]  # 07:30 to 21:30 begins; 22:00 would be passed at 16 UTC


def test_the_weeks_between_two_changes_of_summer_time_differ():
    between = date(2027, 3, 20)  # New York has changed, Vienna has not
    assert hours(between, "America/New_York", "Europe/Vienna") == list(range(11, 21))
    assert hours(date(2027, 3, 10), "America/New_York", "Europe/Vienna") == list(range(12, 21))


def test_the_most_convenient_start_stands_first():
    best = decent_hours(WINTER, {"S1": "Europe/Vienna", "S2": "America/New_York"}).starts[0]
    assert (best.at, best.unpreferred) == (datetime(2027, 1, 20, 14, tzinfo=UTC), 0)


def test_without_a_common_slot_the_pair_and_the_least_bad_start_are_named():
    found = decent_hours(WINTER, {"S1": "Pacific/Auckland", "S2": "Europe/Vienna"}, decent=Hours(9, 18), length=2)
    assert found.starts == ()
    assert found.apart == (("S1", "S2"),)
    assert found.compromise is not None
    assert found.compromise.indecent > 0
    assert "S1 and S2 have no hour in common" in in_words(found)


def test_three_may_have_no_slot_though_any_two_have():
    found = decent_hours(WINTER, {"S1": "Etc/GMT+8", "S2": "UTC", "S3": "Etc/GMT-8"}, decent=Hours(7, 19))
    assert (found.starts, found.apart) == ((), ())
    assert "any two have an hour in common, all together have none" in in_words(found)


def test_there_is_a_common_hour_in_winter_and_in_summer():
    days = [WINTER, SUMMER]
    zones = {"S1": "America/New_York", "S2": "Europe/Vienna"}
    apart = {"S1": "Pacific/Kiritimati", "S2": "Pacific/Pago_Pago"}
    assert all(decent_hours(day, zones).starts for day in days)
    assert all(decent_hours(day, apart, decent=Hours(0, 24)).starts for day in days)


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd", "Europe", "Europe/Vienna\0"])
def test_a_zone_that_does_not_exist_is_named(name: str):
    with pytest.raises(TimetableError, match="does not exist"):
        zone(name)
    with pytest.raises(TimetableError) as refused:
        decent_hours(WINTER, {"S1": "UTC", "S2": name})
    assert str(refused.value).startswith(f"S2: time zone {name!r} does not exist")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"zones": {}}, "session: nobody takes part"),
        ({"decent": Hours(22, 7)}, "decent hours: 22 to 7 is no part of a day"),
        ({"length": 0}, "length: a session of 0 hours; from 1 to 24"),
    ],
)
def test_sessions_that_cannot_be_are_refused(wrong: dict[str, object], message: str):
    with pytest.raises(TimetableError) as refused:
        decent_hours(WINTER, **({"zones": {"S1": "UTC"}} | wrong))
    assert str(refused.value) == message


ZONES = ("UTC", "Europe/Vienna", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland", "Pacific/Honolulu")


@settings(deadline=None, max_examples=60)
@given(
    st.dates(date(2026, 1, 1), date(2032, 1, 1)),
    st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True),
    st.integers(1, 3),
)
def test_starts_are_exactly_those_with_every_minute_inside(day: date, names: list[str], length: int):
    def inside(hour: int) -> bool:
        begins = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        minutes = [begins + timedelta(minutes=one) for one in range(0, 60 * length, 5)]
        return all(7 <= one.astimezone(ZoneInfo(name)).hour < 22 for one in minutes for name in names)

    found = decent_hours(day, {name: name for name in names}, length=length)
    assert sorted(one.at.hour for one in found.starts) == [hour for hour in range(24) if inside(hour)]
    assert (found.compromise is None) == bool(found.starts)
