"""A draw is complete, keeps every rule, and a changed record is found out."""

import copy
import dataclasses

import pytest
from tests.rules.lots.urns import SIZES, announced, broken, drawn, rules, urn

from merida.rules.lots import LotsError, verify


@pytest.mark.parametrize("sizes", [{"A": 3, "B": 3}, {"A": 4, "B": 3, "": 1}, SIZES])
def test_a_draw_is_complete_and_keeps_every_rule(sizes: dict[str, int]) -> None:
    record = drawn(urn(sizes), rules())
    assert broken(record["pairs"], urn(sizes), rules()) == []


def test_the_record_verifies_and_the_same_seed_gives_the_same_record() -> None:
    record = drawn(urn({"A": 4, "B": 4}), rules())
    assert verify(record) == []
    assert drawn(urn({"A": 4, "B": 4}), rules()) == record
    assert drawn(urn({"A": 4, "B": 4}), rules(), seed=2)["pairs"] != record["pairs"]


def test_a_changed_pick_is_named() -> None:
    record = drawn(urn({"A": 4, "B": 4}), rules())
    changed = copy.deepcopy(record)
    changed["picks"][2]["reviewer"] = changed["picks"][2]["subject"]
    assert verify(changed)[0].startswith("picks.3.reviewer: the record says")


def test_impossible_rules_are_named_and_none_of_them_is_superfluous() -> None:
    people = urn({"A": 1, "B": 5})
    with pytest.raises(LotsError, match="cannot be met together by this urn: same_group_at_least = 1, no_self"):
        announced(people, rules())
    few = dataclasses.replace(urn({"A": 3}), minimum_due=True)
    with pytest.raises(LotsError, match="no_mutual"):
        announced(few, rules())
