"""When a digest is due: once a period, also where the scheduler is some minutes early, whatever the hour."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.digests.rhythm import PERIODS, due

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "passed", "is_due"),
    [
        ("DAILY", timedelta(hours=22), False),
        ("DAILY", timedelta(hours=23, minutes=50), True),
        ("WEEKLY", timedelta(days=6), False),
        ("WEEKLY", timedelta(days=7, minutes=-5), True),
        ("DAILY", timedelta(days=40), True),
        ("DAILY", timedelta(hours=-3), False),
    ],
)
def test_a_digest_is_due_when_its_period_is_over(rhythm, passed, is_due):
    assert due(rhythm, told_until=NOON, at=NOON + passed) == is_due


@given(st.sampled_from(sorted(PERIODS)), st.datetimes(timezones=st.just(UTC)))
def test_what_was_told_this_moment_is_not_due(rhythm, moment):
    assert not due(rhythm, told_until=moment, at=moment)
