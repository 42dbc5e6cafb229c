"""A8: provisions of all mechanisms held against each other, and earlier answers reused where that is right."""

import datetime as dt

import pytest
from tests.loaded_registry import loaded_crosswalk  # noqa: F401

from merida.knowledge.crosswalk import queries
from merida.knowledge.crosswalk.models import Mapping
from merida.rules.crosswalk.reuse import Asked, Earlier, Reuse, candidates
from merida.rules.crosswalk.scope import Carry, Kind
from merida.rules.crosswalk.staleness import Circumstances

TODAY = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def crosswalk(loaded_crosswalk) -> None:  # noqa: F811
    """The crosswalk is loaded."""


def offered(source: str, target: str, kind: Kind = Kind.LAW) -> list[tuple[Carry, str]]:
    """Return how an answer about ``source`` is offered at a question about ``target``, by the mappings as they are."""
    known = Circumstances(kind=kind, answered_date=TODAY)
    answer = Earlier(
        identifier="a", version=1, state="XAA", mechanism="ONE", provisions=frozenset({source}), text="x", known=known
    )
    asked = Asked(state="XAA", mechanism="OTHER", provisions=frozenset({target}), kind=kind)
    found = candidates(asked, [answer], queries.bridges_to({target}, "en"), at=TODAY)
    return [(one.carry, one.bridge.differs if one.bridge else "") for one in found]


def test_no_two_mappings_contradict_each_other(crosswalk: None, db: None) -> None:
    assert queries.all_contradictions() == []


def test_the_same_words_in_two_treaties_of_the_united_nations_become_a_draft_of_facts(
    crosswalk: None, db: None
) -> None:
    assert [carry for carry, _ in offered("UNCAC 26(1)", "UNTOC 10(1)")] == [Carry.DRAFT]
    assert offered("UNCAC 26(1)", "UNTOC 10(1)", Kind.STATISTICS) == []


def test_an_offence_with_other_elements_says_what_differs(crosswalk: None, db: None) -> None:
    ((carry, differs),) = offered("UNCAC 15(a)", "COE_ETS173 2")
    assert carry == Carry.DRAFT
    assert "passive side" in differs
    assert [carry for carry, _ in offered("COE_ETS173 2", "UNCAC 15(a)")] == [Carry.SUGGEST]


def test_every_false_friend_offers_nothing_in_either_direction(crosswalk: None, db: None) -> None:
    pairs = [
        (left.key, right.key)
        for one in queries.mappings().filter(relation="NONE")
        for left in queries.sides(one)[0]
        for right in queries.sides(one)[1]
    ]
    assert len(pairs) == 22
    assert [offered(*pair) + offered(*reversed(pair)) for pair in pairs] == [[]] * 22


@pytest.mark.parametrize("kind", [Kind.COMPLIANCE, Kind.RATING, Kind.CONSENT])
def test_no_mapping_carries_a_level_a_rating_or_a_consent(crosswalk: None, db: None, kind: Kind) -> None:
    equal = queries.mappings().filter(relation="EQUAL")
    pairs = [(queries.sides(one)[0][0].key, queries.sides(one)[1][0].key) for one in equal[:20]]
    assert [offered(*pair, kind) for pair in pairs] == [[]] * 20


def test_facts_are_drafted_only_where_the_source_covers_the_target(crosswalk: None, db: None) -> None:
    covering = {
        "reuse_forward": ("EQUAL", "EQUIVALENT", "SUPERSET"),
        "reuse_backward": ("EQUAL", "EQUIVALENT", "SUBSET"),
    }
    for direction, relations in covering.items():
        drafted = Mapping.objects.filter(**{direction: Reuse.FACTS}).exclude(relation__in=relations)
        keys = [[side[0].key for side in queries.sides(one)] for one in queries.mappings().filter(pk__in=drafted[:10])]
        for left, right in keys:
            pair = (left, right) if direction == "reuse_forward" else (right, left)
            assert all(carry < Carry.DRAFT for carry, _ in offered(*pair))
