"""Set relations hold for sets: what is derived of provisions would hold of any sets that relate so."""

from hypothesis import given, settings
from hypothesis import strategies as st

from merida.rules.crosswalk.relations import SAME, Relation, agree, compose, inverse

RELATIONS = st.sampled_from(Relation)
SETS = st.frozensets(st.integers(0, 4), min_size=1)


def between(one: frozenset[int], other: frozenset[int]) -> Relation:
    """Return how two sets relate."""
    if one == other:
        return Relation.EQUAL
    if one < other:
        return Relation.SUBSET
    if one > other:
        return Relation.SUPERSET
    return Relation.INTERSECTS if one & other else Relation.NONE


@settings(deadline=None)  # a slow machine is no error
@given(SETS, SETS)
def test_the_inverse_is_the_relation_read_the_other_way(one: frozenset[int], other: frozenset[int]) -> None:
    assert inverse(between(one, other)) == between(other, one)


@settings(deadline=None)  # a slow machine is no error
@given(SETS, SETS, SETS)
def test_what_follows_from_two_relations_is_true(
    one: frozenset[int], two: frozenset[int], three: frozenset[int]
) -> None:
    expected = compose(between(one, two), between(two, three))
    assert expected is None or agree(expected, between(one, three))


@settings(deadline=None)  # a slow machine is no error
@given(RELATIONS, RELATIONS)
def test_composition_read_backwards_is_the_inverse(first: Relation, second: Relation) -> None:
    there = compose(first, second)
    assert compose(inverse(second), inverse(first)) == (None if there is None else inverse(there))


@settings(deadline=None)  # a slow machine is no error
@given(RELATIONS)
def test_nothing_follows_through_an_intersection(other: Relation) -> None:
    assert compose(Relation.INTERSECTS, other) is None
    assert compose(other, Relation.INTERSECTS) is None


@settings(deadline=None)  # a slow machine is no error
@given(RELATIONS)
def test_the_inverse_of_the_inverse_is_the_relation(one: Relation) -> None:
    assert inverse(inverse(one)) == one


@settings(deadline=None)  # a slow machine is no error
@given(st.sampled_from(sorted(SAME)), RELATIONS.filter(lambda one: one not in SAME | {Relation.INTERSECTS}))
def test_the_same_passes_on_what_it_is_the_same_as(same: Relation, other: Relation) -> None:
    assert compose(same, other) == other == compose(other, same)
