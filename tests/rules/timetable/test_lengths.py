"""Lengths between least and most become choices with stated costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.rules.timetable.instance import VIRTUAL, Mode, TimetableError
from merida.rules.timetable.lengths import Form, Length, modes_between


def test_a_week_less_than_usual_costs_two_and_a_week_more_one():
    made = modes_between(Length(3, 4, 5), Length(6, 6, 6))
    assert made == (Mode(3, 6, cost=2), Mode(4, 6), Mode(5, 6, cost=1))


def test_long_spans_are_thinned_and_keep_their_ends():
    made = modes_between(Length(4, 4, 4), Length(8, 18, 19), steps=2)
    assert [(mode.report, mode.cost) for mode in made] == [(8, 20), (13, 10), (18, 0), (19, 1)]


def test_each_form_of_dialogue_is_a_choice_of_its_own():
    made = modes_between(Length(2, 2, 2), Length(3, 3, 3), forms=(Form(), Form(VIRTUAL, (1, 2), cost=4)))
    assert made == (Mode(2, 3), Mode(2, 3, 4, VIRTUAL, (1, 2)))


def test_sessions_need_a_reporting_stage_long_enough():
    made = modes_between(Length(2, 2, 2), Length(1, 3, 3), forms=(Form(VIRTUAL, (3,)),))
    assert [mode.report for mode in made] == [3]


@pytest.mark.parametrize(
    ("desk", "forms", "message"),
    [
        (Length(5, 4, 6), (Form(),), "desk: least 5, usual 4, most 6 do not rise from 0 on"),
        (Length(-1, 4, 6), (Form(),), "desk: least -1, usual 4, most 6 do not rise from 0 on"),
        (Length(1, 2, 3), (Form("PARTY"),), "'PARTY' is no form of dialogue; VISIT, JOINT_MEETING, VIRTUAL are"),
        (Length(1, 2, 3), (Form(VIRTUAL, (9,)),), "VIRTUAL: a session 9 weeks later lies after every reporting stage"),
        (Length(1, 2, 3), (Form(cost=99_999),), "stage lengths: a cost of 100003, above 10000"),
    ],
)
def test_lengths_that_are_none_are_refused_by_name(desk: Length, forms: tuple[Form, ...], message: str):
    with pytest.raises(TimetableError) as refused:
        modes_between(desk, Length(2, 3, 4), forms=forms)
    assert str(refused.value) == message


lengths = st.tuples(*[st.integers(0, 30)] * 3).map(lambda three: Length(*sorted(three)))


@given(lengths, lengths, st.integers(1, 4))
def test_every_choice_lies_between_and_only_the_usual_one_is_free(desk: Length, report: Length, steps: int):
    made = modes_between(desk, report, steps=steps)
    assert all(desk.least <= mode.desk <= desk.most and report.least <= mode.report <= report.most for mode in made)
    assert [(mode.desk, mode.report) for mode in made if not mode.cost] == [(desk.usual, report.usual)]
    ends = {(one, other) for one in (desk.least, desk.most) for other in (report.least, report.most)}
    assert ends <= {(mode.desk, mode.report) for mode in made}
    assert len(made) <= (2 * steps + 1) ** 2
