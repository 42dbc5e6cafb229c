"""Real life after a draw: redraws, later parts of a cycle, years and postponement."""

from collections import Counter

import pytest
from tests.rules.lots.urns import BEFORE, LOTTERY, MOMENT, SIZES, broken, drawn, rules, urn

from merida.rules.lots import (
    Conflict,
    LotsError,
    Pair,
    Participant,
    Source,
    announce,
    later_part,
    postponed,
    redraw,
    verify,
)


def test_a_redraw_changes_one_reviewer_and_nothing_else() -> None:
    first = drawn(urn({"A": 5, "B": 5}), rules())
    replaced = Pair(*first["pairs"][0])
    again = redraw(first, replaced, reason="no expert available")
    second = drawn(again, rules(), seed=7)
    gone = [one for one in first["pairs"] if one not in second["pairs"]]
    assert (gone, len(second["pairs"]), len(second["picks"])) == ([first["pairs"][0]], 20, 1)
    assert broken(second["pairs"], again, rules()) == []
    assert (verify(first), verify(second)) == ([], [])
    assert again.conflicts == (Conflict(replaced.subject, replaced.reviewer, "no expert available"),)


def test_a_redraw_needs_its_pair_a_reason_and_one_left() -> None:
    first = drawn(urn({"A": 5, "B": 5}), rules())
    pair = Pair(*first["pairs"][0])
    for wrong, words in (
        ({"replaced": Pair("A000", "A000"), "reason": "x"}, "not in the record"),
        ({"replaced": pair, "reason": " "}, "a reason is needed"),
        ({"replaced": pair, "reason": "x", "redraws_so_far": 2}, "2 redraws before"),
    ):
        with pytest.raises(LotsError, match=words):
            redraw(first, **wrong)
    assert redraw(first, pair, reason="x", redraws_so_far=2, exceptional=True).kept


def test_parts_of_a_cycle_keep_the_rules_of_the_whole() -> None:
    whole = urn({"A": 6, "B": 6})
    codes, records = whole.subjects, []
    for part, subjects in enumerate((codes[:4], codes[4:8], codes[8:])):
        piece = later_part(records, whole.participants, subjects, minimum_due=part == 2)
        records.append(drawn(piece, rules(), seed=part))
    assert broken([pair for one in records for pair in one["pairs"]], whole, rules()) == []
    with pytest.raises(LotsError, match="A000 has its reviewers already"):
        later_part(records, whole.participants, ["A000"], minimum_due=False)


def test_seats_a_year_are_even_by_group_and_altogether() -> None:
    record = drawn(urn(SIZES), rules(), method="YEARS")
    assert verify(record) == []
    assert record["seats"] == {
        "": [1, 0, 0, 0, 0],
        "AFRICA": [10, 11, 11, 11, 11],
        "ASIA": [12, 11, 11, 11, 11],
        "EAST": [4, 5, 5, 5, 4],
        "LATIN": [7, 7, 6, 6, 7],
        "WEST": [5, 5, 5, 5, 5],
    }
    assert sorted(Counter(year for _, year in record["pairs"]).values()) == [38, 38, 38, 39, 39]


def test_latecomers_come_in_the_last_year() -> None:
    people = urn({"A": 6})
    some = type(people)(participants=people.participants, subjects=people.subjects[:5])
    years = {state: int(year) for state, year in drawn(some, rules(), method="YEARS")["pairs"]}
    assert (years["A005"], sorted(years.values())) == (5, [1, 2, 3, 4, 5, 5])


def test_a_postponement_is_by_one_year_once_and_with_a_reason() -> None:
    assert postponed({"A": 2}, "A", reason="elections", rules=rules()) == {"A": 3}
    for years, code, fields, words in (
        ({"A": 2}, "B", {"reason": "x"}, "B has no year"),
        ({"A": 2}, "A", {"reason": ""}, "a reason is needed"),
        ({"A": 2}, "A", {"reason": "x", "so_far": 1}, "postponed 1 times before"),
        ({"A": 5}, "A", {"reason": "x"}, "the last of the cycle"),
    ):
        with pytest.raises(LotsError, match=words):
            postponed(years, code, rules=rules(), **fields)


def test_a_judge_with_more_balls_is_drawn_more_often_and_never_in_conflict() -> None:
    """E6: the same engine assigns judges to an entry."""
    judges = tuple(Participant(code, weight=weight) for code, weight in (("J1", 1), ("J2", 1), ("J3", 6), ("J4", 1)))
    plain = rules(
        reviewers_per_review=1, same_group_at_least=0, duties_min=0, duties_max=9, no_mutual=False, seats="NONE"
    )
    entry = type(urn({"A": 2}))(
        participants=(*judges, Participant("ENTRY")),
        subjects=("ENTRY",),
        conflicts=(Conflict("ENTRY", "J4", "employer"),),
    )
    counts = Counter(drawn(entry, plain, seed=seed)["pairs"][0][1] for seed in range(200))
    assert (set(counts), counts["J3"] > 120) == ({"J1", "J2", "J3"}, True)


def test_a_seed_known_too_early_or_too_late_is_refused() -> None:
    people, made = urn({"A": 4, "B": 4}), rules()
    for published_at, words in (
        (BEFORE, "could have known the seed"),
        (MOMENT.replace(hour=11), "after the draw's moment"),
    ):
        source = Source("Numbers of a public lottery", published_at)
        with pytest.raises(LotsError, match=words):
            announce(title="", rules=made, urn=people, sources=[source], announced_at=BEFORE, draw_at=MOMENT)
    with pytest.raises(LotsError, match="is not after its announcement"):
        announce(title="", rules=made, urn=people, sources=[LOTTERY], announced_at=MOMENT, draw_at=BEFORE)
