"""Mappings that contradict each other are found, and nothing else is."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.crosswalk.test_relations import SETS, between

from merida.rules.crosswalk.consistency import Claim, Fault, Item, contradictions, implied
from merida.rules.crosswalk.relations import Relation


def claim(code: str, left: str, relation: str, right: str, kinds: str = "") -> Claim:
    sides = (frozenset(side.split(" + ")) for side in (left, right))
    one, other = sides
    return Claim(code, one, Relation(relation), other, kinds=frozenset(kinds.split()))


def faults(*claims: Claim, items: dict[str, Item] | None = None) -> list[tuple[str, Fault]]:
    return [(one.code, one.fault) for one in contradictions(claims, items or {})]


def test_a_triangle_that_does_not_close_is_found_with_what_follows() -> None:
    first, second = claim("X1", "A", "SUBSET", "B"), claim("X2", "B", "SUBSET", "C")
    (found,) = [
        one for one in contradictions([first, second, claim("X3", "A", "SUPERSET", "C")], {}) if one.code == "X3"
    ]
    assert (found.fault, set(found.others), found.expected) == (
        Fault.FOLLOWS_OTHERWISE, {"X1", "X2"}, Relation.SUBSET,
    )  # fmt: skip
    assert faults(first, second, claim("X3", "A", "SUBSET", "C")) == []


def test_the_other_direction_is_the_same_statement() -> None:
    assert faults(claim("X1", "A", "SUBSET", "B"), claim("X2", "B", "SUPERSET", "A")) == [
        ("X1", Fault.TWICE), ("X2", Fault.TWICE),
    ]  # fmt: skip
    assert faults(claim("X1", "A", "SUBSET", "B"), claim("X2", "B", "SUBSET", "A")) == [
        ("X1", Fault.OTHERWISE), ("X2", Fault.OTHERWISE),
    ]  # fmt: skip


def test_mappings_for_other_kinds_of_question_do_not_meet() -> None:
    law, figures = claim("X1", "A", "EQUAL", "B", "LAW"), claim("X2", "A", "INTERSECTS", "B", "STATISTICS")
    assert faults(law, figures) == []
    assert faults(law, claim("X2", "A", "INTERSECTS", "B")) == [("X1", Fault.OTHERWISE), ("X2", Fault.OTHERWISE)]


def test_a_paragraph_is_never_equal_to_a_whole_article_nor_a_duty_to_an_option() -> None:
    levels = {"A": Item("ARTICLE"), "B": Item("PARAGRAPH")}
    duties = {"A": Item("", "MANDATORY"), "B": Item("", "OPTIONAL")}
    for relation in ("EQUAL", "EQUIVALENT"):
        assert faults(claim("X1", "A", relation, "B"), items=levels) == [("X1", Fault.LEVELS)]
        assert faults(claim("X1", "A", relation, "B"), items=duties) == [("X1", Fault.OBLIGATIONS)]
        assert faults(claim("X1", "A", relation, "B"), items={"A": Item("ARTICLE", "MANDATORY")}) == []
    assert faults(claim("X1", "A", "SUBSET", "B"), items=levels | duties) == []


def test_a_set_is_another_thing_than_its_parts() -> None:
    whole, part = claim("X1", "A", "EQUAL", "B + C"), claim("X2", "A", "SUPERSET", "B")
    assert faults(whole, part) == []
    assert faults(claim("X1", "A + B", "SUBSET", "B")) == [("X1", Fault.SELF)]


def test_nothing_is_implied_through_an_intersection() -> None:
    overlapping = [claim("X1", "A", "INTERSECTS", "B"), claim("X2", "B", "EQUAL", "C")]
    assert implied(overlapping) == []
    ((left, relation, right, through),) = implied([claim("X1", "A", "SUBSET", "B"), claim("X2", "B", "EQUAL", "C")])
    assert {left, right} == {frozenset("A"), frozenset("C")}
    assert relation in {Relation.SUBSET, Relation.SUPERSET}
    assert set(through) == {"X1", "X2"}


@settings(deadline=None)  # a slow machine is no error
@given(st.lists(SETS, min_size=2, max_size=5, unique=True))
def test_statements_about_real_sets_never_contradict_each_other(sets: list[frozenset[int]]) -> None:
    claims = [
        Claim(f"X{i}-{j}", frozenset({f"S{i}"}), between(sets[i], sets[j]), frozenset({f"S{j}"}))
        for i in range(len(sets))
        for j in range(i)
    ]
    assert contradictions(claims, {}) == []


def test_a_contradiction_is_found_from_whichever_side_has_fewer_claims() -> None:
    crowd = [claim(f"C{n}", "A", "INTERSECTS", f"Z{n}") for n in range(20)]
    triangle = [claim("X1", "A", "SUBSET", "B"), claim("X2", "B", "SUBSET", "C"), claim("X3", "A", "NONE", "C")]
    turned = [claim("X1", "B", "SUPERSET", "A"), claim("X2", "C", "SUPERSET", "B"), claim("X3", "C", "NONE", "A")]
    for three in (triangle, turned):
        assert ("X3", Fault.FOLLOWS_OTHERWISE) in faults(*three)
        assert ("X3", Fault.FOLLOWS_OTHERWISE) in faults(*crowd, *three)
