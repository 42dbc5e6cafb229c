"""The word lists of extraction: every row can be read, in every language."""

import pytest

from merida.foundation.registry.reference import name_entries
from merida.rules.citations.calendar_days import Day
from merida.rules.extraction.word_lists import (
    LANGUAGES,
    Grammar,
    any_city,
    any_named_day,
    cities,
    named_days,
    rows_of,
    type_rules,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_patterns_of_a_language_compile(language: str) -> None:
    Grammar(language)
    assert type_rules(language)
    assert any_named_day(language)
    assert any_city(language)


def test_named_days_are_days_of_the_year() -> None:
    assert all(Day(2021, day.month, day.day).key for day in named_days("zh"))


def test_every_city_lies_in_a_state_that_the_registry_knows() -> None:
    known = {entry.code for entry in name_entries() if entry.kind == "STATE"}
    for language in LANGUAGES:
        assert {state for _, state in cities(language).values()} - known == set()
        assert len(cities(language)) >= 130


def test_no_row_stands_twice() -> None:
    for name, columns in (("grammar.csv", ["code"]), ("cities.csv", ["state", "en"]), ("named_days.csv", ["code"])):
        keys = [tuple(row[column] for column in columns) for row in rows_of(name)]
        assert len(keys) == len(set(keys)), name
