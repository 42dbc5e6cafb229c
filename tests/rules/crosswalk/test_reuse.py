"""What is offered of earlier answers: never too much, never another State's, never through a false friend."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.rules.crosswalk.relations import Relation
from merida.rules.crosswalk.reuse import (
    Asked,
    Bridge,
    Candidate,
    Earlier,
    Reuse,
    Strength,
    backward,
    candidates,
    differ,
    is_anything_offered,
    typing_saved,
)
from merida.rules.crosswalk.scope import NEVER_CARRIED, Carry, Kind
from merida.rules.crosswalk.staleness import Circumstances, Sign, age_in_months

TODAY = dt.date(2026, 11, 27)
BRIDGE = Bridge(
    code="X1",
    revision=0,
    sources=frozenset({"UNCAC 15(a)"}),
    relation=Relation.SUPERSET,
    targets=frozenset({"COE_ETS173 2"}),
    reuse=Reuse.FACTS,
    strength=Strength.HIGH,
    differs="members of parliament and the passive side are asked separately",
)
KNOWN = Circumstances(kind=Kind.LAW, answered_date=dt.date(2026, 5, 1))
ANSWER = Earlier(
    identifier="answer:1",
    version=3,
    state="XAA",
    mechanism="UNCAC_IRM",
    provisions=frozenset({"UNCAC 15(a)"}),
    text="Section 9 of the Sample Act.",
    known=KNOWN,
)
ASKED = Asked(state="XAA", mechanism="GRECO", provisions=frozenset({"COE_ETS173 2"}), kind=Kind.LAW)


def offered(asked: Asked = ASKED, answer: Earlier = ANSWER, bridge: Bridge = BRIDGE) -> list[Candidate]:
    return candidates(asked, [answer], [bridge], at=TODAY)


def test_facts_that_cover_what_is_asked_are_put_in_as_a_draft_with_what_differs() -> None:
    (found,) = offered()
    assert (found.carry, found.age_months, found.signs) == (Carry.DRAFT, 6, ())
    assert found.bridge is not None
    assert found.bridge.differs == BRIDGE.differs
    assert (found.answer.identifier, found.answer.version) == ("answer:1", 3)


def test_the_way_back_only_suggests() -> None:
    back = backward(BRIDGE, reuse=Reuse.FACTS)
    asked = replace(ASKED, mechanism="UNCAC_IRM", provisions=BRIDGE.sources)
    answer = replace(ANSWER, mechanism="GRECO", provisions=BRIDGE.targets)
    (found,) = offered(asked, answer, back)
    assert (found.relation, found.carry) == (Relation.SUBSET, Carry.SUGGEST)


@settings(deadline=None)  # a slow machine is no error
@given(
    kind=st.sampled_from(sorted(NEVER_CARRIED)),
    relation=st.sampled_from(Relation),
    reuse=st.sampled_from(Reuse),
    strength=st.sampled_from(Strength),
)
def test_levels_ratings_and_consent_are_never_offered(
    kind: Kind, relation: Relation, reuse: Reuse, strength: Strength
) -> None:
    bridge = replace(BRIDGE, relation=relation, reuse=reuse, strength=strength)
    answer = replace(ANSWER, known=replace(KNOWN, kind=kind))
    same_provision = replace(answer, provisions=ASKED.provisions)
    assert candidates(replace(ASKED, kind=kind), [answer, same_provision], [bridge], at=TODAY) == []
    assert candidates(replace(ASKED, kind=Kind.LAW), [answer], [bridge], at=TODAY) == []
    assert not is_anything_offered(replace(ASKED, kind=kind), [answer, same_provision], [bridge])


@settings(deadline=None)  # a slow machine is no error
@given(
    relation=st.sampled_from(Relation),
    reuse=st.sampled_from(Reuse),
    strength=st.sampled_from(Strength),
    days=st.integers(0, 5000),
)
def test_a_draft_needs_cover_trust_and_freshness_at_once(
    relation: Relation, reuse: Reuse, strength: Strength, days: int
) -> None:
    bridge = replace(BRIDGE, relation=relation, reuse=reuse, strength=strength)
    answer = replace(ANSWER, known=replace(KNOWN, answered_date=TODAY - dt.timedelta(days)))
    found = offered(answer=answer, bridge=bridge)
    assert is_anything_offered(ASKED, [answer], [bridge]) == bool(found)
    assert all(one.carry == Carry.SUGGEST or strength == Strength.HIGH for one in found)
    drafts = [one for one in found if one.is_draft]
    covers = relation in {Relation.EQUAL, Relation.EQUIVALENT, Relation.SUPERSET}
    old = age_in_months(answer.known.answered_date, TODAY) > 24
    assert bool(drafts) == (covers and reuse == Reuse.FACTS and strength == Strength.HIGH and not old)
    assert relation != Relation.NONE or not found


@pytest.mark.parametrize(
    ("known", "sign"),
    [
        (replace(KNOWN, law_amended_dates=(dt.date(2026, 6, 1),)), Sign.LAW_AMENDED),
        (replace(KNOWN, superseded=True), Sign.ANSWER_SUPERSEDED),
        (replace(KNOWN, provision_changed_date=dt.date(2026, 7, 1)), Sign.PROVISION_CHANGED),
        (replace(KNOWN, is_party=False), Sign.NOT_PARTY),
        (replace(KNOWN, has_reservation=True), Sign.RESERVATION),
        (replace(KNOWN, open_recommendation=True), Sign.OPEN_RECOMMENDATION),
        (replace(KNOWN, question_changed=True), Sign.QUESTION_CHANGED),
        (replace(KNOWN, same_language=False), Sign.OTHER_LANGUAGE),
        (replace(KNOWN, answered_date=dt.date(2024, 11, 26)), None),
        (replace(KNOWN, answered_date=dt.date(2024, 10, 1)), Sign.OLD),
        (replace(KNOWN, law_amended_dates=(dt.date(2020, 6, 1), dt.date(2027, 1, 1))), None),
    ],
)
def test_any_sign_of_age_turns_a_draft_into_a_suggestion(known: Circumstances, sign: Sign | None) -> None:
    (found,) = offered(answer=replace(ANSWER, known=known))
    assert found.signs == (() if sign is None else (sign,))
    assert found.carry == (Carry.DRAFT if sign is None else Carry.SUGGEST)


def test_a_disputed_or_ended_mapping_only_suggests() -> None:
    assert offered(bridge=replace(BRIDGE, disputed=True))[0].signs == (Sign.MAPPING_DISPUTED,)
    assert offered(bridge=replace(BRIDGE, until_date=dt.date(2021, 11, 26)))[0].signs == (Sign.MAPPING_ENDED,)


def test_answers_of_other_states_are_never_offered() -> None:
    assert offered(answer=replace(ANSWER, state="XBB")) == []
    assert offered(answer=replace(ANSWER, state="XBB", provisions=ASKED.provisions)) == []


def test_a_false_friend_is_not_offered_even_where_the_kind_and_the_state_fit() -> None:
    assert offered(bridge=replace(BRIDGE, relation=Relation.NONE, reuse=Reuse.SUGGEST)) == []


def test_a_mapping_for_law_says_nothing_of_statistics() -> None:
    bridge = replace(BRIDGE, kinds=frozenset({"LAW"}))
    answer = replace(ANSWER, known=replace(KNOWN, kind=Kind.STATISTICS))
    assert len(offered(bridge=bridge)) == 1
    assert offered(replace(ASKED, kind=Kind.STATISTICS), answer, bridge) == []


def test_one_part_of_a_set_never_becomes_a_draft() -> None:
    wide = replace(BRIDGE, sources=frozenset({"UNCAC 15(a)", "UNCAC 15(b)"}))
    assert offered(bridge=wide)[0].carry == Carry.SUGGEST
    whole = replace(ANSWER, provisions=wide.sources)
    assert offered(answer=whole, bridge=wide)[0].carry == Carry.DRAFT
    two = replace(ASKED, provisions=frozenset({"COE_ETS173 2", "COE_ETS173 3"}))
    assert offered(two)[0].carry == Carry.SUGGEST


def test_each_answer_is_offered_once_the_best_first() -> None:
    weak = replace(BRIDGE, code="X2", relation=Relation.INTERSECTS)
    other = replace(ANSWER, identifier="answer:2", provisions=frozenset({"UNCAC 15(b)"}))
    second = replace(weak, code="X3", sources=frozenset({"UNCAC 15(b)"}))
    found = candidates(ASKED, [other, ANSWER], [weak, second, BRIDGE], at=TODAY)
    assert [(one.answer.identifier, one.bridge and one.bridge.code) for one in found] == [
        ("answer:1", "X1"), ("answer:2", "X3"),
    ]  # fmt: skip


def test_saved_typing_counts_what_stayed_of_the_earlier_text() -> None:
    earlier = "Section 9 of the Sample Act. It covers judges."
    assert typing_saved([(earlier, earlier)]).share == 1.0
    assert typing_saved([(earlier, "Written anew.")]).share == 0.0
    half = typing_saved([(earlier, "Section 9 of the Sample Act. It now covers all officials.")])
    assert 0 < half.share < 1
    assert typing_saved([]).share == 0.0


def test_spaces_are_no_difference() -> None:
    assert not differ("a  b\n", "a b")
    assert differ("a b", "a c")
