"""Paragraphs of two languages are laid level, and what they tell differently is found. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.alignment.comparing import Difference, Passages, differences, rows_of
from merida.exchange.alignment.pairing import Passage, level

PLACES = st.lists(
    st.builds(
        Passage,
        place=st.sampled_from(["1", "2", "3", "4", "u1", "u2", "u3"]),
        named=st.frozensets(st.sampled_from(["GHA", "FJI", "COSP 8/8"]), max_size=2),
        share=st.floats(0, 1),
    ),
    max_size=7,
    unique_by=lambda passage: passage.place,
)


def passage(place: str, *named: str, share: float = 0.1) -> Passage:
    return Passage(place, frozenset(named), share)


def version(language: str, **told: dict[str, list[str]]) -> Passages:
    """Make a version of paragraphs p1, p2 …, each with what it tells by kind."""
    by_place = {
        name.removeprefix("p"): {kind: frozenset(keys) for kind, keys in kinds.items()} for name, kinds in told.items()
    }
    return Passages(language, dict.fromkeys(by_place, 100), by_place)


@given(PLACES, PLACES)
def test_every_paragraph_stands_in_exactly_one_pair_and_in_its_order(one, other):
    pairs = level(one, other)

    assert [place for place, _ in pairs if place] == [each.place for each in one]
    assert [place for _, place in pairs if place] == [each.place for each in other]
    assert ("", "") not in pairs


@given(PLACES)
def test_a_text_is_level_with_itself(one):
    assert level(one, one) == [(each.place, each.place) for each in one]


def test_the_same_numbers_decide_whatever_is_named():
    assert level([passage("1", "GHA"), passage("2")], [passage("1"), passage("2", "GHA")]) == [("1", "1"), ("2", "2")]


def test_a_paragraph_that_one_language_lacks_stands_alone():
    ours = [passage("1", "GHA"), passage("2", "FJI"), passage("3", "PLW")]
    theirs = [passage("1", "GHA"), passage("3", "PLW")]

    assert level(ours, theirs) == [("1", "1"), ("2", ""), ("3", "3")]


def test_paragraphs_without_numbers_are_laid_level_by_what_they_name():
    ours = [passage("u1", "GHA"), passage("u2", share=0.05), passage("u3", "FJI", "PLW")]
    theirs = [passage("u1", "GHA"), passage("u2", "FJI", "PLW")]

    assert level(ours, theirs) == [("u1", "u1"), ("u2", ""), ("u3", "u2")]


def test_a_state_that_one_language_does_not_name_is_found_with_its_paragraph():
    found = differences([
        version("en", p1={"STATE": ["GHA", "FJI"]}, p2={"STATE": ["PLW"]}),
        version("zh", p1={"STATE": ["GHA"]}, p2={"STATE": ["PLW"]}),
    ])  # fmt: skip

    assert found == [Difference("1", {"en": "1", "zh": "1"}, "STATE", {"en": ("FJI",), "zh": ()})]


def test_three_languages_are_compared_at_once_and_only_what_not_all_tell_is_named():
    found = differences([
        version("en", p1={"DATE": ["2020-01-01", "2020-02-02"]}),
        version("fr", p1={"DATE": ["2020-01-01", "2020-02-03"]}),
        version("ru", p1={"DATE": ["2020-01-01"]}),
    ])  # fmt: skip

    assert [one.keys for one in found] == [{"en": ("2020-02-02",), "fr": ("2020-02-03",), "ru": ()}]


def test_activities_are_compared_between_the_languages_in_which_they_are_read():
    english = version("en", p1={"ACTIVITY": ["WORKSHOP 2019-11"]})

    assert differences([english, version("fr", p1={})]) == []
    assert [one.kind for one in differences([english, version("zh", p1={})])] == ["ACTIVITY"]


def test_a_missing_paragraph_is_a_difference_of_its_own():
    found = differences([version("en", p1={}, p2={}), version("es", p1={})])

    assert [(one.place, one.kind, one.places) for one in found] == [("2", "PARAGRAPH", {"en": "2", "es": ""})]


@given(PLACES, PLACES)
def test_each_paragraph_of_each_version_stands_in_one_row(one, other):
    versions = [
        Passages(code, {each.place: 10 for each in passages}, {}) for code, passages in (("en", one), ("zh", other))
    ]
    rows = rows_of(versions)

    for version_ in versions:
        assert sorted(filter(None, (row[version_.language] for row in rows))) == sorted(version_.lengths)


def test_one_language_alone_differs_from_nothing():
    assert differences([version("en", p1={"STATE": ["GHA"]})]) == []
    assert differences([]) == []
