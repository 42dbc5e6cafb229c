"""What differs, as far as recorded facts tell it: never from what is unknown, and never turned round."""

from hypothesis import given
from hypothesis import strategies as st

from merida.rules.crosswalk.consistency import Item
from merida.rules.crosswalk.differing import Derived, Way, derived_differences
from merida.rules.crosswalk.relations import Relation, inverse

ITEMS = st.builds(Item, st.sampled_from(["", "ARTICLE", "PARAGRAPH"]), st.sampled_from(["", "MANDATORY", "OPTIONAL"]))
SIDES = st.lists(ITEMS, min_size=1, max_size=3)
RELATIONS = st.sampled_from(Relation)
TURNED = {Way.NARROWER: Way.WIDER, Way.WIDER: Way.NARROWER}


@given(SIDES, RELATIONS, SIDES)
def test_read_the_other_way_the_same_differs(here: list[Item], relation: Relation, there: list[Item]) -> None:
    read = derived_differences(here, relation, there)
    turned = [Derived(TURNED.get(one.way, one.way), one.there, one.here) for one in read]
    assert derived_differences(there, inverse(relation), here) == turned


@given(SIDES, RELATIONS, SIDES)
def test_a_fact_that_is_unknown_somewhere_says_nothing(here: list[Item], relation: Relation, there: list[Item]) -> None:
    unknown = [Item(one.level, "") for one in here]
    assert Way.OBLIGATION not in {one.way for one in derived_differences(unknown, relation, there)}


@given(SIDES, SIDES)
def test_of_false_friends_nothing_is_said(here: list[Item], there: list[Item]) -> None:
    assert derived_differences(here, Relation.NONE, there) == []


def test_a_duty_beside_a_wish_comes_after_the_scope() -> None:
    read = derived_differences([Item("ARTICLE", "MANDATORY")], Relation.SUBSET, [Item("ARTICLE", "OPTIONAL")])
    assert read == [Derived(Way.NARROWER), Derived(Way.OBLIGATION, "MANDATORY", "OPTIONAL")]


def test_nothing_is_said_of_two_alike() -> None:
    assert (
        derived_differences([Item("ARTICLE", "MANDATORY")], Relation.EQUIVALENT, [Item("ARTICLE", "MANDATORY")]) == []
    )
