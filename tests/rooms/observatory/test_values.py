"""What an activity or figure may say: what cannot be is refused with the field named."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merida.knowledge.observatory.models import ActivityType, DatePrecision, Qualifier
from merida.knowledge.observatory.values import (
    ACTIVITY_TYPES,
    PRECISIONS,
    QUALIFIERS,
    ValuesError,
    activity_values,
    checked,
    figure_values,
    span_in_iso,
)

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
WORKSHOP = {"type": "WORKSHOP", "date_from": "2019-11", "precision": "MONTH", "states": ["FJI"]}


def test_the_codes_of_the_rules_are_those_of_the_tables():
    assert set(ACTIVITY_TYPES) == set(ActivityType.values)
    assert set(PRECISIONS) == set(DatePrecision.values)
    assert set(QUALIFIERS) == {"", *Qualifier.values}


@pytest.mark.parametrize(
    ("begins", "ends", "days"),
    [
        ("2019-11", "", (date(2019, 11, 1), date(2019, 11, 30))),
        ("2020-02", "", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2019", "", (date(2019, 1, 1), date(2019, 12, 31))),
        ("2019-12-16", "2019-12-20", (date(2019, 12, 16), date(2019, 12, 20))),
        ("2019-11", "2020-02", (date(2019, 11, 1), date(2020, 2, 29))),
    ],
)
def test_a_date_stands_for_the_days_it_can_mean(begins, ends, days):
    values = activity_values({**WORKSHOP, "date_from": begins, "date_to": ends})
    assert values.days == days


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"date_from": "2019-02-31"}, "date_from", "NO_DATE"),
        ({"date_from": "20180"}, "date_from", "NO_DATE"),
        ({"date_from": "0001"}, "date_from", "NO_DATE"),
        ({"date_from": "٢٠١٩"}, "date_from", "NO_DATE"),
        ({"date_from": "2019-11", "date_to": "2019-10"}, "date_to", "ENDS_BEFORE"),
        ({"date_from": "", "date_to": "2019"}, "date_from", "MISSING"),
        ({"date_from": ""}, "precision", "PRECISION"),
        ({"precision": "NONE"}, "precision", "PRECISION"),
        ({"type": "PARTY"}, "type", "UNKNOWN_CODE"),
        ({"type": ""}, "type", "UNKNOWN_CODE"),
        ({"type": None}, "type", "NOT_A_TEXT"),
        ({"states": "FJI"}, "states", "NOT_A_LIST"),
        ({"states": ["fiji"]}, "states", "UNKNOWN_CODE"),
        ({"states": [1]}, "states", "NOT_A_TEXT"),
        ({"states": ["FJI"] * 201}, "states", "NOT_A_LIST"),
        ({"place": "x" * 301}, "place", "TOO_LONG"),
        ({"place": "Suva\x00"}, "place", "NOT_A_TEXT"),
        ({"colour": "red"}, "colour", "UNKNOWN_FIELD"),
    ],
)
def test_what_an_activity_cannot_say_names_the_field(changed, field, code):
    with pytest.raises(ValuesError) as refused:
        activity_values({**WORKSHOP, **changed})
    assert (refused.value.field, refused.value.code) == (field, code)
    assert str(refused.value).startswith(f"{field}: ")


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"value": "1,180"}, "value", "NOT_A_NUMBER"),
        ({"value": "many"}, "value", "NOT_A_NUMBER"),
        ({"value": 118}, "value", "NOT_A_TEXT"),
        ({"value": "1e9"}, "value", "NOT_A_NUMBER"),
        ({"counted": "  "}, "counted", "MISSING"),
        ({"as_of": "2015-13"}, "as_of", "NO_DATE"),
        ({"qualifier": "ALMOST"}, "qualifier", "UNKNOWN_CODE"),
    ],
)
def test_what_a_figure_cannot_say_names_the_field(changed, field, code):
    with pytest.raises(ValuesError) as refused:
        figure_values({"value": "118", "counted": "States parties that notified", **changed})
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(ValuesError):
        checked("RUMOUR", {})


plain = st.none() | st.integers() | st.text(max_size=8) | st.sampled_from(["WORKSHOP", "2019-11", "MONTH", "118"])
json_values = plain | st.lists(plain, max_size=2)
names = st.sampled_from(["type", "date_from", "date_to", "precision", "states", "value", "counted", "as_of", "x"])


@calm
@given(st.sampled_from(["ACTIVITY", "FIGURE"]), st.dictionaries(names, json_values))
def test_anything_else_is_refused_in_words_and_what_passes_passes_again(kind, said):
    try:
        kept = checked(kind, said)
    except ValuesError:
        return
    assert checked(kind, kept) == kept


@calm
@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_date_lies_within_the_days_it_means(day, signs):
    first, last = activity_values({**WORKSHOP, "date_from": day.isoformat()[:signs]}).days or (None, None)
    assert first <= day <= last


@calm
@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_days_as_dates_mean_the_same_days_again(one, other):
    days = min(one, other), max(one, other)
    begin, end = span_in_iso(*days)
    assert activity_values({**WORKSHOP, "date_from": begin, "date_to": end}).days == days


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2019", ""), ("2020-02", ""), ("2019-11", "2020-02"), ("2019-12-16", "2019-12-20"), ("2019-12-16", "")],
)
def test_dates_come_back_as_short_as_they_were(begins, ends):
    assert span_in_iso(*activity_values({**WORKSHOP, "date_from": begins, "date_to": ends}).days) == (begins, ends)
