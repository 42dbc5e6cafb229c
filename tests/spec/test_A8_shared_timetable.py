"""A8, shared timetable: all mechanisms of a State on one page, their clashes in words, with what to do."""

from datetime import date

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.foundation.access.visibility import SYSTEM
from merida.review.synergies.actions import publish_visit, record_visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]


def visit(mechanism: str, first: date, last: date, *, joint: bool = False) -> None:
    made = record_visit(SYSTEM, state="FRA", mechanism=mechanism, first_date=first, last_date=last, joint_allowed=joint)
    publish_visit(SYSTEM, made)


@pytest.fixture(autouse=True)
def in_november_2026(monkeypatch) -> None:
    monkeypatch.setattr("merida.interfaces.web.views.calendars.today", lambda: date(2026, 11, 27))


def page(client, code: str = "en") -> str:
    return client.get(f"/{code}/states/fra/calendar/").text


def test_visits_of_all_mechanisms_stand_beside_each_other_with_their_clashes(client) -> None:
    visit("GRECO", date(2027, 7, 12), date(2027, 7, 15))
    visit("OECD_WGB", date(2027, 7, 15), date(2027, 7, 16), joint=True)
    visit("UNCAC_IRM", date(2027, 8, 2), date(2027, 8, 4))
    text = page(client)

    assert "GRECO (12 July 2027) and WGB (15 July 2027) share 1 day." in text
    assert "a joint visit needs the agreement of both mechanisms" in text
    assert "Only 16 days lie between WGB (15 July 2027) and IRM (2 August 2027)." in text
    assert "could begin from 11 September 2027 on" in text
    assert "14 July 2027, during GRECO (12 July 2027), is a public holiday" in text
    assert text.count("takes in") == 0


def test_two_that_may_both_be_joint_are_advised_to_be(client) -> None:
    visit("GRECO", date(2027, 7, 5), date(2027, 7, 8), joint=True)
    visit("OECD_WGB", date(2027, 7, 8), date(2027, 7, 9), joint=True)

    assert "Both may be joint" in page(client)


def test_eight_weeks_apart_nothing_stands_in_the_way(client) -> None:
    visit("GRECO", date(2027, 6, 1), date(2027, 6, 3))
    visit("OECD_WGB", date(2027, 9, 7), date(2027, 9, 9))

    assert "Nothing: no two visits meet or come too close" in page(client)


@pytest.mark.parametrize(
    ("code", "days", "words"),
    [
        ("ru", 1, "1 день"),
        ("ru", 2, "2 дня"),
        ("ru", 5, "5 дней"),
        ("ar", 1, "يوم واحد فقط"),
        ("ar", 2, "يومان فقط"),
        ("ar", 3, "3 أيام فقط"),
        ("ar", 11, "11 يوما فقط"),
        ("zh", 3, "只隔3天"),
        ("fr", 1, "1 jour seulement sépare"),
        ("es", 2, "2 días separan"),
    ],
)
def test_days_are_counted_in_the_plural_forms_of_each_language(client, code: str, days: int, words: str) -> None:
    visit("GRECO", date(2027, 6, 1), date(2027, 6, 1))
    visit("OECD_WGB", date(2027, 6, 2 + days), date(2027, 6, 2 + days))

    assert words in page(client, code)
