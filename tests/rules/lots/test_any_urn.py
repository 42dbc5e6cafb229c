"""Random urns and rule sets: a valid complete draw, or named rules that cannot be met together; never anything else."""

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.lots.urns import BEFORE, LOTTERY, MOMENT, broken, rules

from merida.rules.lots import Conflict, Exclusion, LotsError, Participant, RuleSet, Urn, announce, draw, verify
from merida.rules.lots.record import possible

LEAST_PLACES = 1


@st.composite
def cases(draw_: Any) -> tuple[Urn, RuleSet]:
    size = draw_(st.integers(2, 9))
    people = tuple(
        Participant(
            code=f"S{number}",
            group=draw_(st.sampled_from(["", "A", "A", "B", "B"])),
            legal_system=draw_(st.sampled_from(["", "CIVIL", "COMMON"])),
            duties_done=draw_(st.integers(0, 2)),
            weight=draw_(st.integers(1, 3)),
        )
        for number in range(size)
    )
    codes = [one.code for one in people]
    subjects = tuple(draw_(st.lists(st.sampled_from(codes), min_size=1, unique=True)))
    out = draw_(st.lists(st.sampled_from(codes), max_size=2, unique=True))
    pairs = draw_(st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(codes)), max_size=3, unique=True))
    number = draw_(st.integers(1, 3))
    least = draw_(st.integers(0, 2))
    made = rules(
        reviewers_per_review=number,
        same_group_at_least=draw_(st.integers(0, number)),
        duties_min=least,
        duties_max=draw_(st.integers(max(least, 1), 4)),
        no_self=draw_(st.booleans()),
        no_mutual=draw_(st.booleans()),
        preferences=draw_(st.sampled_from([[], ["SIMILAR_LEGAL_SYSTEM"]])),
    )
    urn = Urn(
        participants=people,
        subjects=subjects,
        excluded=tuple(Exclusion(code, "no list of experts") for code in out),
        conflicts=tuple(Conflict(a, b, "kinship") for a, b in pairs),
        minimum_due=draw_(st.booleans()),
    )
    return urn, made


@given(case=cases(), method=st.sampled_from(["CEREMONY", "UNIFORM"]), seed=st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_a_valid_draw_or_named_rules(case: tuple[Urn, RuleSet], method: str, seed: int) -> None:
    urn, made = case
    try:
        announcement = announce(
            title="", rules=made, urn=urn, sources=[LOTTERY], announced_at=BEFORE, draw_at=MOMENT, method=method
        )
    except LotsError as error:
        assert str(error).startswith("these rules cannot be met together by this urn: ")  # noqa: PT017
        return
    try:
        record = draw(announcement, [[seed]])
    except LotsError as error:
        assert "use the ceremony" in str(error)  # noqa: PT017
        return
    assert broken(record["pairs"], urn, made) == []
    assert verify(record) == []


def exhaustively_possible(urn: Urn, made: RuleSet) -> bool:
    """Try every table of one reviewer a subject."""
    codes = [one.code for one in urn.participants]
    return any(
        not broken([[s, r] for s, r in zip(urn.subjects, table, strict=True)], urn, made)
        for table in product(codes, repeat=len(urn.subjects))
    )


@given(case=cases())
@settings(max_examples=100, deadline=None)
def test_what_is_called_impossible_is_impossible(case: tuple[Urn, RuleSet]) -> None:
    urn, made = case
    kept = {one.code for one in urn.participants[:5]}
    small = Urn(
        participants=urn.participants[:5],
        subjects=tuple(code for code in urn.subjects if code in kept) or (urn.participants[0].code,),
        excluded=tuple(one for one in urn.excluded if one.code in kept),
        conflicts=tuple(one for one in urn.conflicts if {one.subject, one.reviewer} <= kept),
        minimum_due=urn.minimum_due,
    )
    single = rules(
        reviewers_per_review=LEAST_PLACES,
        same_group_at_least=min(made.same_group_at_least, LEAST_PLACES),
        duties_min=made.duties_min,
        duties_max=made.duties_max,
        no_self=made.no_self,
        no_mutual=made.no_mutual,
    )
    assert possible(small, single) == exhaustively_possible(small, single)
