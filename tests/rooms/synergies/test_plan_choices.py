"""What planners may choose beyond the plain rules: spans of lengths, forms of dialogue, languages, busy days, zones."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.rooms.draws.test_draws import held as held_draw

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.models import Cycle, State
from merida.knowledge.crosswalk.loading import load_crosswalk
from merida.review.draws.models import Draw
from merida.review.synergies.actions import record_visit
from merida.review.synergies.models import Firmness, Visit
from merida.review.synergies.plan_actions import instance_of, lock_review, prepare_plan, queue_plan, what_if
from merida.review.synergies.plan_hours import best_hours
from merida.review.synergies.plan_instance import planned_of
from merida.review.synergies.plan_publishing import publish_plan
from merida.review.synergies.plan_queries import plan_view
from merida.review.synergies.plan_records import rules_of, to_plan
from merida.review.synergies.plan_rules import BusySpan, PlanError, Rules
from merida.review.synergies.plan_solving import solve_next
from merida.review.synergies.plan_subjects import subjects_met
from merida.review.synergies.plan_zones import zones_known
from merida.review.synergies.queries import clashes_among, sessions_with
from merida.rules.timetable.checker import clashes
from merida.rules.timetable.instance import Mode
from merida.rules.timetable.lengths import Form
from merida.rules.timetable.model import joins

WEEK = timedelta(weeks=1)
RULES = Rules(capacity=8, visits_at_once=2, window_weeks=26, stage_lengths=(Mode(4, 3),), seconds=20)

in_database = pytest.mark.usefixtures("loaded_registry", "db")


def prepared(rules):
    """Prepare a timetable from the one draw of the test."""
    draw = Draw.objects.filter(slug="autumn").first() or held_draw()
    return prepare_plan(SYSTEM, draw, rules=rules, rest_days={})


def solved(rules):
    made = queue_plan(SYSTEM, prepared(rules))
    solve_next(SYSTEM)
    made.refresh_from_db()
    instance = instance_of(made)
    assert (made.state, made.fault_text) == ("SOLVED", "")
    moved = [one for one in made.reviews.all() if one.asked_moves]
    assert moved or clashes(instance, planned_of(to_plan(made), made.first_monday, rules_of(made))) == []
    return made


def weeks_of(plan):
    found = plan.reviews.select_related("state")
    return {one.state.iso3: one.visit_first_date for one in found}


@given(
    st.builds(
        Rules,
        capacity=st.integers(2, 9),
        forms=st.sampled_from([(Form(),), (Form(), Form("VIRTUAL", (1, 2), 3)), (Form("JOINT_MEETING"),)]),
        desk_lengths=st.just((2, 4, 6)),
        report_lengths=st.just((3, 4, 5)),
        officers_of_language=st.dictionaries(st.sampled_from(["es", "2027-08 es"]), st.integers(0, 9)),
        interpreters=st.dictionaries(st.sampled_from(["zh", "2027-08 zh"]), st.integers(0, 9)),
        distances=st.dictionaries(st.sampled_from(["GRECO", "MESICIC"]), st.integers(0, 20)),
        busy=st.just((BusySpan("GHA", date(2027, 2, 1), date(2027, 2, 5), "elections"),)),
        zones=st.just({"GHA": "Africa/Accra"}),
        movable_weeks=st.integers(0, 6),
    )
)
def test_rules_that_are_kept_are_read_again_as_they_were(rules):
    assert Rules.read(rules.kept()) == rules


def test_rules_kept_before_these_could_be_chosen_are_read_with_their_usual_values():
    old = {
        name: value
        for name, value in RULES.kept().items()
        if name not in {"forms", "desk_lengths", "report_lengths", "busy", "zones", "interpreters", "distances"}
    }
    assert Rules.read(old) == RULES


def test_between_least_and_most_every_length_can_be_chosen_and_haste_costs():
    modes = replace(RULES, desk_lengths=(2, 4, 5), report_lengths=(3, 3, 3)).modes

    assert [(one.desk, one.report, one.cost) for one in modes] == [(2, 3, 4), (3, 3, 2), (4, 3, 0), (5, 3, 1)]


def test_each_form_is_held_with_each_length_that_leaves_room_for_its_sessions():
    rules = replace(
        RULES, stage_lengths=(Mode(4, 3), Mode(4, 1, 5)), forms=(Form(), Form("VIRTUAL", later=(1, 2), cost=3))
    )

    assert [(one.report, one.form, one.later, one.cost) for one in rules.modes] == [
        (3, "VISIT", (), 0),
        (1, "VISIT", (), 5),
        (3, "VIRTUAL", (1, 2), 3),
    ]


@in_database
def test_a_dialogue_at_a_distance_is_planned_with_its_sessions_and_published_so():
    made = solved(replace(RULES, forms=(Form("VIRTUAL", later=(1, 2)),)))
    review = made.reviews.order_by("code").first()
    lock_review(SYSTEM, made, review.code)
    publish_plan(SYSTEM, made, reason="Sample: agreed in the meeting")
    review.refresh_from_db()
    visit = Visit.objects.get(uuid=review.visit_uuid)
    sessions = sessions_with(SYSTEM, visit)

    assert (review.form, review.later_weeks) == ("VIRTUAL", [1, 2])
    assert [one.first_date for one in sessions] == [review.visit_first_date + week * WEEK for week in range(3)]
    assert {(one.kind, one.firmness) for one in sessions} == {("VIRTUAL", Firmness.FIXED)}
    assert {one.languages[0] for one in sessions} == {review.language}
    assert {one.first_session for one in sessions[1:]} == {visit}
    assert Visit.objects.exclude(state=review.state).first().firmness == Firmness.TENTATIVE
    assert clashes_among(sessions) == []  # sessions of one dialogue may follow each other closely
    shown = plan_view(SYSTEM, made.uuid)
    assert sum(month.visits for month in shown.months) == 3 * len(shown.bars)
    assert sum(month.load for month in shown.months) == sum(work_of(bar) for bar in shown.bars)


def work_of(bar) -> int:
    """Every week of a review binds one officer, a week with a session two."""
    return ((bar.report_last - bar.desk_first).days + 1) // 7 + len(bar.sessions)


@in_database
def test_sessions_move_come_and_go_with_the_timetable_in_force():
    made = solved(replace(RULES, forms=(Form("VIRTUAL", later=(1, 2)),)))
    publish_plan(SYSTEM, made, reason="Sample: agreed in the meeting")
    review = made.reviews.order_by("-visit_first_date").first()
    first = Visit.objects.get(uuid=review.visit_uuid)
    newer = what_if(SYSTEM, made, rules=replace(RULES, forms=(Form("VIRTUAL", later=(2,)),)))
    queue_plan(SYSTEM, newer)
    solve_next(SYSTEM)
    publish_plan(SYSTEM, newer, reason="Sample: two sessions are enough")
    placed = newer.reviews.get(code=review.code)
    first.refresh_from_db()

    assert [one.first_date for one in sessions_with(SYSTEM, first)] == [
        placed.visit_first_date,
        placed.visit_first_date + 2 * WEEK,
    ]
    gone = first.further_sessions.get(cancelled_at__isnull=False)
    assert (gone.session_number, gone.change_reason) == (3, "Sample: two sessions are enough")
    visited = what_if(SYSTEM, newer, rules=RULES)
    queue_plan(SYSTEM, visited)
    solve_next(SYSTEM)
    publish_plan(SYSTEM, visited, reason="Sample: all travel after all")
    standing = Visit.objects.filter(cancelled_at__isnull=True)
    assert {one.kind for one in standing} == {"VISIT"}
    assert standing.count() == visited.reviews.count()
    assert not standing.filter(uuid=first.uuid).exists()  # another event, not the same one moved


@in_database
def test_a_state_that_is_busy_is_neither_reviewed_nor_sends_experts_then():
    busy = BusySpan("GHA", date(2027, 1, 1), date(2027, 3, 12), "elections")
    made = solved(replace(RULES, busy=(busy,)))
    by_ghana = made.reviews.filter(reviewers__iso3="GHA").values_list("visit_first_date", flat=True)

    assert all(day >= date(2027, 3, 8) for day in by_ghana)
    with pytest.raises(PlanError, match="TUV neither reviews nor is reviewed"):
        instance_of(prepared(replace(RULES, busy=(replace(busy, state="TUV"),))))


@in_database
def test_a_visit_that_may_move_makes_room_and_the_plan_says_which_move_it_counts_on():
    record_visit(
        SYSTEM,
        state="GHA",
        mechanism="MESICIC",
        first_date=date(2027, 2, 1),
        last_date=date(2027, 2, 3),
        firmness=Firmness.MOVABLE,
    )
    fixed = solved(RULES)
    freed = solved(replace(RULES, movable_weeks=20))
    review = freed.reviews.get(state__iso3="GHA")

    assert abs(weeks_of(fixed)["GHA"] - date(2027, 2, 1)) >= 8 * WEEK
    assert fixed.reviews.get(state__iso3="GHA").asked_moves == []
    for mechanism, before, after in review.asked_moves:
        assert (mechanism, before) == ("MESICIC", "2027-02-01")
        assert abs(review.visit_first_date - date.fromisoformat(after)) >= 8 * WEEK
        with pytest.raises(PlanError, match="too close to a visit of another mechanism"):
            publish_plan(SYSTEM, freed, reason="Sample: too early")


@in_database
def test_the_distance_to_one_mechanism_can_be_another_one():
    record_visit(SYSTEM, state="GHA", mechanism="MESICIC", first_date=date(2027, 2, 1), last_date=date(2027, 2, 3))
    made = solved(replace(RULES, distances={"MESICIC": 14}))

    assert abs(weeks_of(made)["GHA"] - date(2027, 2, 1)) >= 14 * WEEK


@in_database
def test_officers_and_interpreters_of_a_language_are_counted_by_month():
    rules = replace(
        RULES,
        language="fr",
        interpreters={"fr": 1, "2027-02 fr": 0, "zh": 3},
        officers_of_language={"fr": 6, "2027-03 fr": 4},
    )
    instance = instance_of(prepared(rules))
    february = [number for number in range(instance.weeks) if instance.monday(number).month == 2]

    assert set(instance.interpreters) == {"fr"}
    assert {instance.interpreters["fr"][week] for week in february} == {0}
    assert instance.officers["fr"][instance.weeks - 1] == 6


@in_database
def test_a_state_with_one_time_zone_need_not_be_asked_and_no_other_is_guessed():
    made = prepared(replace(RULES, forms=(Form("VIRTUAL"),)))
    known = zones_known(made)
    review = made.reviews.select_related("state").get(state__iso3="GHA")
    review.form, review.later_weeks = "VIRTUAL", [1]
    review.visit_first_date = date(2027, 7, 5)
    review.reviewers.set(State.objects.filter(iso3="JPN"))
    # nine hours apart: from 7:00 UTC, and over by 13:00, when it is 22:00 in Tokyo
    begins = best_hours(made, [review])[review.code]
    assert [one.date() for one in begins] == [date(2027, 7, 7), date(2027, 7, 14)]
    assert {7 <= one.hour <= 11 for one in begins} == {True}

    assert known["GHA"] == "Africa/Accra"
    assert instance_of(made).zones["GHA"] == "Africa/Accra"
    assert "BRA" not in known
    assert dict(instance_of(prepared(RULES)).zones) == {}


@in_database
def test_a_joint_visit_is_sought_only_where_subjects_meet_and_this_side_allows_it():
    made = prepared(RULES)
    first = made.reviews.get(state__iso3="GHA").earliest_date + 9 * WEEK
    days = {"state": "GHA", "first_date": first, "last_date": first + timedelta(days=2), "joint_allowed": True}
    record_visit(SYSTEM, mechanism="MESICIC", provisions=["UNCAC 13"], **days)
    cycles = {number: Cycle.objects.get(version__mechanism__code="UNCAC_IRM", number=number) for number in (1, 2)}

    def welcome(number, **changed):
        made.draw.cycle = cycles[number]
        made.settings = replace(RULES, **changed).kept()
        instance = instance_of(made)
        review = next(one for one in instance.reviews if one.state == "GHA")
        return joins(review, instance.others[0])

    assert welcome(2)  # the second cycle covers the chapter that the article lies in
    assert not welcome(1)
    assert not welcome(2, with_joint=False)


@in_database
def test_what_a_visit_is_about_reaches_across_treaties():
    load_crosswalk(SYSTEM)
    first = date(2027, 2, 1)
    visit = record_visit(
        SYSTEM, state="GHA", mechanism="MESICIC", first_date=first, last_date=first, provisions=["IACAC III"]
    )
    bare = record_visit(SYSTEM, state="GHA", mechanism="GRECO", first_date=first, last_date=first)
    found = subjects_met([visit, bare])

    assert {"IACAC III", "UNCAC chapter II"} <= found[visit.pk]
    assert found[bare.pk] == frozenset()
