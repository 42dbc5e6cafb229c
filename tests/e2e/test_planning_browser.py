"""A planner's November in a browser: solve, try with another rule, agree visits, publish, plan again after a change."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from tests.e2e.conftest import follow
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.rooms.draws.test_draws import held as held_draw
from tests.worlds import make_person

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.models import Role
from merida.review.draws.urns import make_sample_draw
from merida.review.synergies.actions import record_visit
from merida.review.synergies.models import CyclePlan
from merida.review.synergies.plan_actions import prepare_plan, queue_plan, refuse_clashes
from merida.review.synergies.plan_models import PlanState
from merida.review.synergies.plan_rules import Rules
from merida.review.synergies.plan_solving import solve_next
from merida.rules.timetable.instance import Mode

pytestmark = pytest.mark.django_db(transaction=True)
RULES = Rules(capacity=8, visits_at_once=2, window_weeks=26, stage_lengths=(Mode(4, 3),), seconds=20)


@pytest.fixture
def planner(transactional_db, tab, live_server):
    """Return a tab in which a member of the secretariat is signed in."""
    begin_with("registry", load_registry)
    client = Client()
    client.force_login(
        make_person("planner", Role.SECRETARIAT), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    tab.set_default_timeout(30_000)
    return tab


def send(tab, place, /, **typed):
    """Fill in a form of the desk and send it; the page that follows is loaded."""
    form = tab.locator(f"form[action$='/desk/{place}/']")
    for name, value in typed.items():
        field = form.locator(f"[name$='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    follow(form.locator("button"))


def events(tab, plan, code):
    found = tab.request.get(f"/{code}/calendar/mechanisms/{plan.mechanism.slug}.ics")
    return {str(one["uid"]): one for one in Calendar.from_ical(found.body()).walk("VEVENT")}


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_planner_tries_agrees_publishes_and_plans_again_and_the_telephone_follows(planner, axe, code):
    tab, broken = planner, {}
    plan = prepare_plan(SYSTEM, held_draw(), rules=RULES, rest_days={})
    tab.goto(f"/{code}/timetables/{plan.uuid}/desk/")
    send(tab, "run")
    solve_next(SYSTEM)
    tab.goto(f"/{code}/timetables/{plan.uuid}/desk/")
    broken["solved"] = axe(tab)

    send(tab, "whatif", rule="visits_at_once", value="1", reason="Sample: one visit at a time")
    tried = CyclePlan.objects.latest("pk")
    assert tried.based_on == plan
    solve_next(SYSTEM)
    tab.goto(f"/{code}/timetables/{tried.uuid}/desk/")
    assert tab.locator("#comparison table").count() == 3  # figures and rules, what moved, the load by month
    broken["beside"] = axe(tab)

    first, *rest = tried.reviews.order_by("visit_first_date").values_list("code", flat=True)
    for agreed in rest[:3]:
        send(tab, "review", review=agreed, deed="lock")
    send(tab, "officer", reviews=[first, rest[0]], officer="Sample officer")
    assert tried.reviews.filter(is_locked=True).count() == 3
    assert tab.locator("#officer table tbody tr").count() == 1
    send(tab, "publish", reason="Sample: first timetable")
    before = events(tab, plan, code)
    assert len(before) == len(rest) + 1

    review = tried.reviews.get(code=first)
    days = {"first_date": review.visit_first_date, "last_date": review.visit_first_date + timedelta(days=2)}
    record_visit(SYSTEM, state=review.state.iso3, mechanism="GRECO", **days)
    send(tab, "replan", reason="Sample: another mechanism comes then")
    again = CyclePlan.objects.latest("pk")
    solve_next(SYSTEM)
    tab.goto(f"/{code}/timetables/{again.uuid}/desk/")
    moved = tab.locator("#comparison table").nth(1)
    assert first in moved.inner_text()
    assert "GRECO" in moved.inner_text()
    broken["moved"] = axe(tab)
    send(tab, "publish", reason="Sample: made room for another mechanism")

    after = events(tab, plan, code)
    changed = [uid for uid, one in after.items() if one.decoded("dtstart") != before[uid].decoded("dtstart")]
    uid = next(uid for uid, one in before.items() if one.decoded("dtstart") == review.visit_first_date)
    assert uid in changed
    assert after[uid]["sequence"] > before[uid]["sequence"]
    assert {place: found for place, found in broken.items() if found} == {}


def test_a_planner_watches_the_solver_stops_it_and_is_offered_the_best_plan_so_far(planner):
    tab = planner
    slow = Rules(
        capacity=22,
        window_weeks=46,
        desk_lengths=(8, 12, 16),
        report_lengths=(6, 9, 12),
        seconds=600,
    )
    plan = queue_plan(SYSTEM, prepare_plan(SYSTEM, make_sample_draw(SYSTEM), rules=slow, rest_days={}))
    desk = f"/en/timetables/{plan.uuid}/desk/"
    watched = []

    def press_when_there_is_a_plan():
        """Stands where the worker asks whether it has to end: the planner looks at the page meanwhile."""
        plan.refresh_from_db()
        if plan.cost is not None and not watched:
            tab.goto(desk)
            watched.append(tab.locator("main").inner_text())
            send(tab, "cancel")
            watched.append(tab.locator("#run").inner_text())
        return False

    solve_next(SYSTEM, stopping=press_when_there_is_a_plan)

    while_solving, asked_to_stop = watched
    assert "being solved" in while_solving
    assert "gap to the proven bound" in while_solving
    assert "The solver is asked to stop" in asked_to_stop
    assert "Stop, and keep" not in asked_to_stop
    plan.refresh_from_db()
    assert (plan.state, plan.was_stopped) == (PlanState.SOLVED, True)
    refuse_clashes(plan)  # the independent checker finds nothing in what was kept
    tab.goto(desk)
    assert "this is the best plan that it had found" in tab.locator("main").inner_text()
    send(tab, "publish", reason="Sample: the best plan so far")
    plan.refresh_from_db()
    assert plan.state == PlanState.PUBLISHED
