"""The desk of planners: who may enter, the whole walk from a draw to a published timetable, what is refused and how."""

import io
import json
from html import unescape
from uuid import uuid4
from zipfile import ZipFile

import pytest
from tests.rooms.draws.test_draws import held as held_draw

from merida.foundation.access.visibility import SYSTEM
from merida.review.synergies import plan_solving
from merida.review.synergies.models import CyclePlan
from merida.review.synergies.plan_actions import cancel_plan, lock_review, prepare_plan, queue_plan, replan
from merida.review.synergies.plan_models import PlanState
from merida.review.synergies.plan_officers import OfficerLoad, name_officer, officer_loads
from merida.review.synergies.plan_publishing import open_timeline, publish_plan
from merida.review.synergies.plan_rules import PlanError, Rules
from merida.review.synergies.plan_solving import solve_next
from merida.rules.timetable.instance import Mode
from merida.rules.timetable.solving import plan

CODES = ("ar", "zh", "en", "fr", "ru", "es")
RULES = Rules(capacity=8, visits_at_once=2, window_weeks=26, stage_lengths=(Mode(4, 3),), seconds=20)
TYPED = {
    "title": "Timetable of spring",
    "draw": "autumn",
    "capacity": "8",
    "capacity_of_month": "2027-08 4",
    "visits_at_once": "2",
    "visits_a_language": "2",
    "distance_weeks": "8",
    "window_weeks": "26",
    "visit_days": "3",
    "stage_lengths": "4 3 0",
    "blocked": "2027-03-01 2027-03-05 Sample session",
    "language": "en",
    "languages": "BEN fr",
    "seconds": "20",
    "forms": "VISIT 0\nVIRTUAL 3 1,2",
    "movable_weeks": "0",
    "session_hours": "2",
}


@pytest.fixture(scope="module")
def prepared_once(site, django_db_blocker):
    """Hold a draw and prepare its timetable once, for all tests here."""
    with django_db_blocker.unblock():
        return prepare_plan(SYSTEM, held_draw(), rules=RULES, rest_days={})


@pytest.fixture
def prepared(prepared_once, db):
    return CyclePlan.objects.get(pk=prepared_once.pk)


@pytest.fixture(scope="module")
def plan_once():
    """Return the solver, which plans one instance once for all tests here."""
    known = {}

    def planned(instance, **told):
        if repr(instance) not in known:
            known[repr(instance)] = plan(instance, **told)
        return known[repr(instance)]

    return planned


@pytest.fixture
def solved(prepared, plan_once, monkeypatch):
    queue_plan(SYSTEM, prepared)
    with monkeypatch.context() as patched:
        patched.setattr(plan_solving, "plan", plan_once)
        solve_next(SYSTEM)
    prepared.refresh_from_db()
    return prepared


def desk(plan, deed=""):
    return f"/en/timetables/{plan.uuid}/desk/{deed}"


def post(visitor, plan, deed, /, **typed):
    plan.refresh_from_db()
    prefix = f"{deed}-" if deed in {"replan", "publish", "open", "officer"} else ""
    values = {"seen": str(plan.sequence), **typed}
    return visitor.post(desk(plan, f"{deed}/"), {f"{prefix}{name}": value for name, value in values.items()})


@pytest.mark.parametrize("name", ["anybody", "reader", "member", "curator"])
def test_the_desk_is_for_planners_only(sign_in, prepared, name):
    visitor = sign_in(name)
    tried = [
        visitor.get("/en/timetables/new/"),
        visitor.post("/en/timetables/new/", TYPED),
        visitor.get(desk(prepared)),
    ]
    deeds = ("rules", "run", "cancel", "review", "officer", "whatif", "replan", "publish", "open")
    tried += [post(visitor, prepared, deed, reason="x") for deed in deeds]

    assert {answer.status_code for answer in tried} == {403}
    assert "timetables/new/" not in visitor.get("/en/timetables/").text
    prepared.refresh_from_db()
    assert (prepared.state, prepared.sequence, CyclePlan.objects.count()) == (PlanState.DRAFT, 0, 1)


@pytest.mark.parametrize("name", ["anybody", "reader", "curator", "secretariat", "administrator"])
def test_a_timetable_that_is_not_published_is_listed_for_those_who_see_drafts(sign_in, prepared, name):
    listed = str(prepared.uuid) in sign_in(name).get("/en/timetables/").text
    assert listed == (name in {"curator", "secretariat", "administrator"})


@pytest.mark.parametrize("code", CODES)
def test_list_form_and_desk_answer_in_every_language(sign_in, solved, code):
    visitor = sign_in("secretariat")
    for place in ("timetables/", "timetables/new/", f"timetables/{solved.uuid}/desk/"):
        page = visitor.get(f"/{code}/{place}")
        assert page.status_code == 200
        assert page.text.count("<h1") == 1
        assert " style=" not in page.text
    assert f"/{code}/timetables/{solved.uuid}/desk/publish/" in page.text


def test_from_a_draw_to_a_published_timetable_that_a_what_if_replaces(sign_in, prepared):
    visitor = sign_in("secretariat")
    made = visitor.post("/en/timetables/new/", TYPED)
    assert made.status_code == 302
    plan = CyclePlan.objects.latest("pk")
    assert plan.settings["blocked"] == [["2027-03-01", "2027-03-05", "Sample session"]]
    assert plan.reviews.get(state__iso3="BEN").language == "fr"

    assert post(visitor, plan, "run").status_code == 302
    waiting = visitor.get(desk(plan)).text
    assert 'http-equiv="refresh"' in waiting
    assert "<progress" in waiting
    solve_next(SYSTEM)
    page = visitor.get(desk(plan)).text
    assert 'http-equiv="refresh"' not in page
    assert "0.0%" in page or "0%" in page

    first = plan.reviews.order_by("visit_first_date").first()
    agreed = post(visitor, plan, "review", review=first.code, deed="lock")
    assert agreed.status_code == 302
    assert plan.reviews.get(code=first.code).is_locked
    assert post(visitor, plan, "publish", reason="Sample: first timetable").status_code == 302
    visitor.logout()
    assert str(plan.uuid) in visitor.get("/en/timetables/").text

    visitor = sign_in("secretariat")
    tried = post(visitor, plan, "whatif", rule="visits_at_once", value="1", reason="Sample: fewer rooms")
    copy = CyclePlan.objects.latest("pk")
    assert (tried.status_code, tried.url) == (302, desk(copy))
    solve_next(SYSTEM)
    page = visitor.get(desk(copy)).text
    assert "Side by side" in page
    assert "What moved, and why" in page
    assert "Sample: fewer rooms" in page
    assert copy.reviews.get(code=first.code).visit_first_date == plan.reviews.get(code=first.code).visit_first_date
    assert post(visitor, copy, "publish", reason="Sample: fewer rooms").status_code == 302
    plan.refresh_from_db()
    assert plan.replaced_by == copy
    assert post(visitor, copy, "replan", reason="Sample: a visit moved").status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"capacity": "0", "capacity_of_month": ""}, "capacity: 0 does not lie between"),
        ({"capacity": "-3"}, "greater than or equal to 0"),
        ({"capacity": "x"}, "whole number"),
        ({"visits_at_once": "0"}, "visits_at_once: 0 does not lie"),
        ({"visit_days": "9"}, "visit_days: 9 does not lie"),
        ({"window_weeks": "9999"}, "window_weeks: 9999 does not lie"),
        ({"stage_lengths": "4 x 0"}, "4 x 0: this cannot be understood"),
        ({"stage_lengths": ""}, "required"),
        ({"blocked": "2027-03-01"}, "two days and a reason"),
        ({"blocked": "2027-03-05 2027-03-01 Sample"}, "before it begins"),
        ({"capacity_of_month": "2027-13 4"}, "is no month"),
        ({"languages": "QQQ fr"}, "QQQ"),
        ({"languages": "BEN fra"}, "is no code of two letters"),
        ({"language": "xx"}, "xx"),
        ({"forms": "PICNIC 0"}, "none of VISIT"),
        ({"forms": "VISIT 0 1"}, "a visit is held in one week"),
        ({"forms": "VIRTUAL 0 9"}, "lies after every reporting stage"),
        ({"forms": "VIRTUAL x"}, "cannot be understood"),
        ({"desk_lengths": "8 12 16"}, "given together"),
        ({"desk_lengths": "8 12", "report_lengths": "4 5 6"}, "not least, usual and most"),
        ({"desk_lengths": "8 x 12", "report_lengths": "4 5 6"}, "cannot be understood"),
        ({"desk_lengths": "16 12 8", "report_lengths": "4 5 6"}, "not least, usual and most"),
        ({"officers_of_language": "espanol 4"}, "is no language"),
        ({"interpreters": "2027-13 zh 4"}, "is no month"),
        ({"interpreters": "zh"}, "cannot be understood"),
        ({"distances": "GRECO 999"}, "GRECO: 999 does not lie between"),
        ({"movable_weeks": "99"}, "movable_weeks: 99 does not lie between"),
        ({"busy": "GHA 2027-06-18 2027-06-14 Sample"}, "before it begins"),
        ({"busy": "GHA 2027-06-18"}, "a State, two days and a reason"),
        ({"zones": "BRA Atlantis/Centre"}, "no time zone"),
        ({"session_hours": "13"}, "session_hours: 13 does not lie between"),
        ({"draw": "none"}, "none"),
        ({"title": ""}, "required"),
    ],
)
def test_rules_that_cannot_be_are_named_and_what_was_typed_stays(sign_in, prepared, typed, words):
    visitor = sign_in("secretariat")
    wrong = visitor.post("/en/timetables/new/", {**TYPED, **typed})

    assert (wrong.status_code, words in wrong.text) == (422, True)
    assert typed.get("title") == "" or "Timetable of spring" in wrong.text
    assert CyclePlan.objects.count() == 1


@pytest.mark.parametrize(
    ("deed", "typed", "words"),
    [
        ("review", {"review": "GHA-2027", "deed": "move", "day": "2031-01-06"}, "outside the weeks of its review"),
        ("review", {"review": "GHA-2027", "deed": "move", "day": "2027-02-30"}, "Enter a valid date"),
        ("review", {"review": "GHA-2027", "deed": "move"}, "Say which week"),
        ("review", {"review": "QQQ-2027", "deed": "lock"}, "Select a valid choice"),
        ("review", {"review": "GHA-2027", "deed": "burn"}, "Select a valid choice"),
        ("whatif", {}, "Choose a rule or a review"),
        ("whatif", {"rule": "capacity"}, "belong together"),
        ("whatif", {"rule": "capacity", "value": "0"}, "capacity: 0 does not lie"),
        ("whatif", {"review": "GHA-2027", "day": "2031-01-06"}, "locks: GHA-2027 in the week of 6 January 2031"),
        ("replan", {"reason": ""}, "required"),
        ("publish", {"reason": "   "}, "required"),
        ("cancel", {}, "nothing is being solved"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(sign_in, solved, deed, typed, words):
    visitor = sign_in("secretariat")
    before = list(solved.reviews.order_by("code").values())
    answer = post(visitor, solved, deed, **typed)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert list(solved.reviews.order_by("code").values()) == before
    assert CyclePlan.objects.count() == 1


def test_of_two_planners_the_second_is_told(sign_in, solved):
    visitor = sign_in("secretariat")
    seen = solved.sequence
    lock_review(SYSTEM, solved, "GHA-2027")
    answer = visitor.post(desk(solved, "review/"), {"seen": seen, "review": "GHA-2027", "deed": "unlock"})

    assert (answer.status_code, "somebody changed it since" in answer.text) == (422, True)
    assert solved.reviews.get(code="GHA-2027").is_locked


def test_a_timetable_without_plan_says_what_would_have_to_give_in_words(sign_in, prepared):
    CyclePlan.objects.filter(pk=prepared.pk).update(
        state=PlanState.NO_PLAN,
        obstacles=[
            {"rule": "LANGUAGE", "week_of": "2027-02-01", "item": "en", "amount": 2},
            {"rule": "LOCK", "week_of": "2027-02-01", "item": "GHA-2027", "amount": 1},
            {"rule": "TOO_CLOSE", "week_of": "2027-02-01", "item": "GRECO KEN", "amount": 1},
        ],
    )
    page = sign_in("secretariat").get(desk(prepared)).text

    assert "No plan keeps every rule" in page
    assert "too many visits in one language (English)" in page
    assert "Ghana is agreed for a week" in page
    assert "too close to a visit of another mechanism (GRECO Kenya)" in page


@pytest.mark.parametrize(
    ("obstacles", "told"),
    [
        ([("VISITS_AT_ONCE", "", 1), ("VISITS_AT_ONCE", "", 2)], "relax: Visits at once, at most: 5 instead of 3."),
        ([("VISITS_AT_ONCE", "", 1), ("LOCK", "GHA-2027", 1)], ""),
    ],
)
def test_where_a_higher_number_would_do_it_the_page_says_which(sign_in, prepared, obstacles, told):
    found = [{"rule": rule, "week_of": "2027-02-01", "item": item, "amount": more} for rule, item, more in obstacles]
    settings = {**prepared.settings, "visits_at_once": 3}
    CyclePlan.objects.filter(pk=prepared.pk).update(state=PlanState.NO_PLAN, obstacles=found, settings=settings)
    page = sign_in("secretariat").get(desk(prepared)).text

    assert ("It would be enough to " in page) == bool(told)
    assert told in page
    assert 'id="publish"' not in page


def test_stopping_is_a_button_while_it_waits(sign_in, prepared):
    queue_plan(SYSTEM, prepared)
    visitor = sign_in("secretariat")
    assert post(visitor, prepared, "cancel").status_code == 302
    prepared.refresh_from_db()
    assert prepared.state == PlanState.CANCELLED
    assert post(visitor, prepared, "run").status_code == 302
    assert post(visitor, prepared, "rules", **TYPED).status_code == 422
    cancel_plan(SYSTEM, prepared)
    assert post(visitor, prepared, "rules", **TYPED).status_code == 302


@pytest.mark.parametrize("place", ["desk/", "desk/none/"])
def test_what_is_not_there_is_said_so(sign_in, solved, place):
    visitor = sign_in("secretariat")
    assert visitor.get(f"/en/timetables/{uuid4()}/desk/").status_code == 404
    assert visitor.post(desk(solved, "none/")).status_code == 404
    assert visitor.get(desk(solved, "run/")).status_code == 405


def test_a_title_from_outside_stays_text(sign_in, prepared):
    visitor = sign_in("secretariat")
    visitor.post("/en/timetables/new/", {**TYPED, "title": "<script>alert(1)</script>"})
    plan = CyclePlan.objects.latest("pk")
    assert "<script>alert" not in visitor.get(desk(plan)).text


def test_a_published_timetable_is_everybodys(sign_in, solved):
    publish_plan(SYSTEM, solved, reason="Sample")
    visitor = sign_in("anybody")
    page = visitor.get("/en/timetables/")
    assert str(solved.uuid) in page.text
    rows = visitor.get("/en/timetables/?format=json").json()
    assert [row["timetable"] for row in rows["rows"]] == [str(solved.uuid)]


@pytest.mark.parametrize(
    ("code", "words"),
    [("fr", "il n'y a pas de calcul en cours"), ("ar", "لا يجري أي حساب"), ("zh", "没有正在进行的计算")],
)
def test_a_refusal_is_told_in_the_language_of_the_page(sign_in, prepared, code, words):
    address = desk(prepared, "cancel/").replace("/en/", f"/{code}/")
    answer = sign_in("secretariat").post(address, {"seen": str(prepared.sequence)})

    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert "nothing is being solved" not in answer.text


@pytest.mark.parametrize(("code", "words"), [("fr", "fixations : GHA-2027"), ("ru", "закрепления: GHA-2027")])
def test_an_agreed_week_outside_the_cycle_is_told_in_the_language_of_the_page(sign_in, solved, code, words):
    typed = {"seen": str(solved.sequence), "review": "GHA-2027", "day": "2031-01-06"}
    answer = sign_in("secretariat").post(desk(solved, "whatif/").replace("/en/", f"/{code}/"), typed)

    assert (answer.status_code, words in answer.text, CyclePlan.objects.count()) == (422, True, 1)


@pytest.fixture
def real(solved):
    """The timetable as if it were no sample: nobody has been asked yet whether its days may be seen."""
    solved.reviews.update(published_at=None, opened_by_text="")
    CyclePlan.objects.filter(pk=solved.pk).update(is_sample=False)
    solved.refresh_from_db()
    return solved


def days_seen(visitor, plan):
    """Codes of the reviews of a timetable in its table, in the bulk table and as visits in the calendar."""
    page = visitor.get(f"/en/timetables/{plan.uuid}/?format=json").json()["rows"]
    lines = b"".join(visitor.get("/api/bulk/planned-reviews.jsonl").streaming_content).decode().splitlines()
    bulk = [json.loads(line) for line in lines]
    visits = visitor.get("/en/calendar/?year=2027&format=json").json()["rows"]
    return [sorted({row[name] for row in rows}) for rows, name in ((page, "state"), (bulk, "state"), (visits, "state"))]


def test_each_state_decides_whether_everybody_sees_the_days_of_its_review(sign_in, real):
    publish_plan(SYSTEM, real, reason="Sample")
    review, others = real.reviews.order_by("code")[0], real.reviews.count() - 1
    everybody = sign_in("anybody")
    assert days_seen(everybody, real) == [[], [], []]
    assert f"{others + 1} reviews are not shown" in everybody.get(f"/en/timetables/{real.uuid}/").text
    planner = sign_in("secretariat")
    assert len(days_seen(planner, real)[0]) == others + 1

    typed = {"review": review.code, "note": "Note verbale of 3 May 2027"}
    assert post(planner, real, "open", **{**typed, "note": " "}).status_code == 422
    assert post(planner, real, "open", **typed).status_code == 302
    assert "Note verbale of 3 May 2027" in planner.get(desk(real)).text
    assert post(planner, real, "open", **typed).status_code == 422
    planner.logout()
    assert days_seen(planner, real) == [[review.state.iso3]] * 3


def test_what_a_state_opened_stays_open_in_the_timetable_that_follows(sign_in, real):
    review = real.reviews.order_by("code")[0]
    open_timeline(SYSTEM, real, review.code, source="Note verbale")
    publish_plan(SYSTEM, real, reason="Sample")
    newer = replan(SYSTEM, real, reason="Sample: planned again")
    solve_next(SYSTEM)
    publish_plan(SYSTEM, newer, reason="Sample: planned again")

    assert days_seen(sign_in("anybody"), newer)[0] == [review.state.iso3]


def test_a_timetable_is_a_workbook_too_and_holds_what_its_reader_may_see(sign_in, real):
    address = f"/en/timetables/{real.uuid}/?format=xlsx"
    states = [one.state.iso3 for one in real.reviews.select_related("state")]

    def seen(visitor):
        with ZipFile(io.BytesIO(visitor.get(address).content)) as archive:
            sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        return [code for code in states if f">{code}<" in sheet]

    planner = sign_in("secretariat")
    assert seen(planner) == states
    publish_plan(SYSTEM, real, reason="Sample")
    planner.logout()
    assert seen(planner) == []


def test_officers_are_named_for_several_reviews_and_seen_by_planners_only(sign_in, solved):
    visitor = sign_in("secretariat")
    codes = list(solved.reviews.order_by("code").values_list("code", flat=True))
    assert post(visitor, solved, "officer", reviews=codes[:2], officer=" Sample  officer ").status_code == 302
    publish_plan(SYSTEM, solved, reason="Sample")
    assert post(visitor, solved, "officer", reviews=codes[2:3], officer="Another sample").status_code == 302
    assert list(solved.reviews.order_by("code").values_list("officer", flat=True))[:4] == [
        *("Sample officer", "Sample officer", "Another sample", "")
    ]

    loads = {one.officer: one for one in officer_loads(solved.reviews.all())}
    assert loads["Another sample"] == OfficerLoad("Another sample", 1, 8, 1, loads["Another sample"].busiest)
    assert loads["Sample officer"].reviews == 2
    page = visitor.get(desk(solved)).text
    assert "Most reviews in one week" in page
    narrowed = visitor.get(f"/en/timetables/{solved.uuid}/?officer=Another+sample&format=json").json()["rows"]
    assert [row["officer"] for row in narrowed] == ["Another sample"]
    visitor.logout()
    everybody = visitor.get(f"/en/timetables/{solved.uuid}/?format=json")
    assert {row["officer"] for row in everybody.json()["rows"]} == {""}
    assert "Sample officer" not in visitor.get(f"/en/timetables/{solved.uuid}/").text


def test_an_officer_that_cannot_be_named_changes_nothing(sign_in, solved):
    visitor = sign_in("secretariat")
    for typed, words in (
        ({"reviews": ["QQQ-2027"], "officer": "Sample officer"}, "Select a valid choice"),
        ({"reviews": ["GHA-2027"], "officer": "x" * 201}, "at most 200"),
        ({"officer": "Sample officer"}, "required"),
        ({"reviews": ["GHA-2027"], "officer": "Sample officer", "seen": "99"}, "somebody changed it since"),
    ):
        answer = post(visitor, solved, "officer", **typed)
        assert (answer.status_code, words in answer.text) == (422, True), typed
    with pytest.raises(PlanError, match="officer: 300 signs"):
        name_officer(SYSTEM, solved, ["GHA-2027"], officer="x" * 300)
    assert not solved.reviews.exclude(officer="").exists()
