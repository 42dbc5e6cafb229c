"""A pattern that is not tried could not have matched: the words it needs are read off the pattern itself."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.rules.extraction.triggers import Triggers, needed
from merida.rules.extraction.word_lists import LANGUAGES, rows_of

_ROWS = {
    f"{name}:{line} {language}": row[language]
    for name in ("grammar.csv", "activity_types.csv")
    for line, row in enumerate(rows_of(name), start=2)
    for language in LANGUAGES
    if row[language]
}
_COMPILED = {
    name: re.compile(pattern, 0 if name.endswith("zh") else re.IGNORECASE) for name, pattern in _ROWS.items()
}  # more than ``re`` would remember
_TRIGGERS = Triggers(_ROWS)
_PIECES = sorted({piece for pattern in _ROWS.values() for piece in re.findall(r"[^\W\d_]+", pattern)})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("work(?:shop|book)s?", [{"work"}, {"shop", "book"}]),
        ("seminars?|symposium", [{"seminar", "symposium"}]),
        ("colou?r", [{"colo"}]),
        ("(?:held )?meeting", [{"meeting"}]),
        ("a[bc]+de", [{"de"}]),
        (r"held\b(?! again)", [{"held"}]),
        (r"\d+|day", []),
        ("(?:x|one)", []),
        ("x{0,3}yes{2}", [{"yes"}]),
    ],
)
def test_the_words_a_pattern_needs(pattern: str, expected: list[set[str]]) -> None:
    assert [set(words) for words in needed(pattern)] == expected


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=12), st.sampled_from([" ", "", "-"]))
def test_no_row_of_the_word_lists_matches_where_its_words_are_not_heard(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    for name in _ROWS.keys() - set(_TRIGGERS.names(text)):
        assert not _COMPILED[name].search(text), name


def test_a_stretch_hears_only_its_own_words() -> None:
    triggers = Triggers({"meeting": "meetings?", "course": "courses?"})
    text = "A meeting came first, a course second."
    assert triggers.names(text) == ["meeting", "course"]
    assert triggers.names(text, 0, 15) == ["meeting"]
    assert triggers.names(text, 12) == ["course"]


def test_words_that_stand_everywhere_are_not_listened_for_beside_better_ones() -> None:
    triggers = Triggers({"summoned": "(?:is|are) (?:summoned|called together)", "alone": "is"})
    assert triggers.names("She is here.") == ["alone"]
    assert triggers.names("They were summoned.") == ["summoned"]  # to be tried, though it will not match


def test_a_word_of_several_patterns_is_heard_for_each() -> None:
    triggers = Triggers({"first": "meetings?|courses?", "second": "meetings? (?:closed|opened)"})
    text = "The course ended. The meeting opened."
    assert triggers.names(text) == ["first", "second"]
    assert triggers.names(text, 0, 17) == ["first"]
    assert triggers.may("second", text, 17)
    assert not triggers.may("second", text, 0, 17)
