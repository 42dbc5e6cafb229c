"""``merida timetable plan``: a file in, a plan or what must give out, and clear words for a broken file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)

from merida.interfaces.commands import timetable
from merida.rules.timetable.instance import Mode
from merida.rules.timetable.model import BREACH

GOOD = {
    "first_monday": "2027-01-04",
    "weeks": 20,
    "capacity": 4,
    "stage_lengths": [{"desk": 2, "report": 3}],
    "reviews": [
        {
            "code": "S1-2027",
            "state": "S1",
            "reviewers": ["S2"],
            "language": "en",
            "earliest": "2027-01-20",
            "latest": "2027-04-01",
        }
    ],
    "other_visits": [{"mechanism": "GRECO", "state": "S1", "day": "2027-01-18"}],
    "distance_weeks": 2,
}


def planned(tmp_path: Path, data: object, *more: str) -> int:
    import argparse

    file = tmp_path / "instance.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    parser = argparse.ArgumentParser()
    timetable.add_arguments(parser)
    return timetable.run(parser.parse_args(["plan", str(file), *more]))


def test_a_plan_is_printed_with_its_proof(tmp_path, capfd):
    assert planned(tmp_path, GOOD) == 0
    assert capfd.readouterr().out.splitlines() == [
        "2027-02-01  S1-2027              desk 2, report 3",
        "clashes 0 · cost 2 · bound 2 · gap to the proven bound 0.00%",
    ]


def test_json_holds_nothing_but_facts(tmp_path, capfd):
    assert planned(tmp_path, GOOD, "--json") == 0
    facts = json.loads(capfd.readouterr().out)
    assert facts["plan"] == [
        {
            "code": "S1-2027",
            "visit_week_of": "2027-02-01",
            "desk_weeks": 2,
            "report_weeks": 3,
            "form": "VISIT",
            "later_sessions_week_of": [],
            "moves": [],
        }
    ]
    assert (facts["clashes"], facts["cost"], facts["gap"], facts["obstacles"]) == (0, 2, 0.0, [])


def test_what_must_give_is_said_in_words(tmp_path, capfd):
    crowded = GOOD | {"distance_weeks": 30}
    assert planned(tmp_path, crowded) == 1
    said = capfd.readouterr().out
    assert "week of 2027-01-18  TOO_CLOSE      too close to a visit of another mechanism (GRECO S1)" in said
    assert str(BREACH) not in said


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "is not JSON"),
        ([], "the instance: an object with fields is wanted, not []"),
        (
            GOOD | {"first_monday": "2027-02-31"},
            "the instance: first_monday: '2027-02-31' is not a day of the calendar",
        ),
        (GOOD | {"weeks": 0}, "weeks must be from 1 to 1000, not 0"),
        (GOOD | {"capacity": [1, 2]}, "capacity has 2 numbers for 20 weeks"),
        (GOOD | {"capacity": 0}, "capacity: zero in every week"),
        (
            GOOD | {"locks": {"S1-2027": "2031-01-01"}},
            "locks S1-2027: 2031-01-01 lies outside the timetable, 2027-01-04 to",
        ),
        (GOOD | {"reviews": [{"code": "A"}]}, "reviews A: state is missing"),
        (GOOD | {"bloked": []}, "the instance: 'bloked' is no field of it"),
        (
            GOOD | {"reviews": [GOOD["reviews"][0] | {"reviewers": [["S2"]]}]},
            "reviewers holds ['S2'], which is no code",
        ),
        (GOOD | {"closed": {"S1": "2027-01-01"}}, "closed S1: a list of days is wanted"),
        (
            GOOD | {"other_visits": [{"state": "S1", "mechanism": "X", "day": "2026-01-01"}]},
            "other_visits 1: day: 2026-01-01 lies outside",
        ),
    ],
)
def test_a_broken_file_is_refused_by_field(tmp_path, capfd, data, message):
    assert planned(tmp_path, data) == 1
    printed = capfd.readouterr()
    assert message in printed.err
    assert printed.out == ""


REVIEW = GOOD["reviews"][0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (GOOD | {"capacity": {"2027-01": 4}}, "capacity: the month 2027-02 is missing"),
        (GOOD | {"officers": {"en": {"2031-01": 1}}}, "officers en: '2031-01' is no month of the 20 weeks planned"),
        (GOOD | {"interpreters": {"en": 0}}, "interpreters: none for en in any week, but S1-2027 is held in it"),
        (GOOD | {"interpreters": {"en": -1}}, "interpreters en is a number, or one number for each week or month"),
        (GOOD | {"distances": {"GRECO": "far"}}, "distances GRECO: a number of weeks is wanted, not 'far'"),
        (GOOD | {"distances": {"GRECO": -1}}, "distances: -1 weeks to GRECO; from 0 on"),
        (GOOD | {"capacity": 10**30}, "capacity is a number, or one number for each week or month, from 0 to 100000"),
        (GOOD | {"visits_at_once": 10**30}, "the instance: visits_at_once cannot be 1000000"),
        (GOOD | {"busy": {"S2": "2027-01-20"}}, "busy S2: a list of days is wanted"),
        (
            GOOD | {"stages": {"desk": [3, 2, 1], "report": [1, 2, 3]}},
            "the instance: stages: desk: least 3, usual 2, most 1 do not rise",
        ),
        (GOOD | {"stages": {"desk": [3, 2], "report": [1, 2, 3]}}, "stages: desk: three numbers of weeks are wanted"),
        (GOOD | {"zones": {"S1": "Europe/Atlantis"}}, "S1: time zone 'Europe/Atlantis' does not exist"),
        (GOOD | {"zones": {"S1": 1}}, "zones S1: the name of a time zone is wanted, not 1"),
        (GOOD | {"stages": []}, "the instance: stages: an object with fields is wanted"),
        (GOOD | {"reviews": [REVIEW | {"joint": "yes"}]}, "reviews S1-2027: joint is true or false, not 'yes'"),
        (
            GOOD | {"stage_lengths": [{"desk": 1, "report": 1, "form": "PHONE"}]},
            "stage_lengths 1: form 'PHONE' is none of VISIT, JOINT_MEETING, VIRTUAL",
        ),
        (
            GOOD | {"stage_lengths": [{"desk": 1, "report": 1, "form": "VIRTUAL", "later_sessions": [2]}]},
            "S1-2027: later sessions lie in different weeks of reporting, 1 to 1",
        ),
        (
            GOOD | {"stage_lengths": [{"desk": 1, "report": 1, "later_sessions": [1]}]},
            "S1-2027: a visit is held in one week",
        ),
        (
            GOOD | {"other_visits": [GOOD["other_visits"][0] | {"earliest": "2027-02-01", "latest": "2027-03-01"}]},
            "others: GRECO visit to S1 in the week of 2027-01-18 is not between its own earliest and latest week",
        ),
        (
            GOOD | {"other_visits": [GOOD["other_visits"][0] | {"latest": "2027-12-01"}]},
            "other_visits 1: latest: 2027-12-01 lies outside the timetable, 2027-01-04 to 2027-05-23",
        ),
        (
            GOOD | {"locks": {"S1-2027": "2027-01-20"}, "weeks": 2},
            "2027-01-20 lies outside the timetable, 2027-01-04 to 2027-01-17",
        ),
        (
            GOOD
            | {
                "reviews": [REVIEW, REVIEW | {"code": "S2-2027"}],
                "locks": {"S1-2027": "2027-03-01", "S2-2027": "2027-03-03"},
            },
            "locks: S1-2027 and S2-2027 both take S1 in the week of 2027-03-01",
        ),
    ],
)
def test_fields_of_the_wider_model_are_refused_by_name(tmp_path, capfd, data, message):
    assert planned(tmp_path, data) == 1
    printed = capfd.readouterr()
    assert message in printed.err
    assert printed.out == ""


def test_months_stages_forms_and_movable_visits_are_read_and_told(tmp_path, capfd):
    months = dict.fromkeys(["2027-01", "2027-02", "2027-03", "2027-04", "2027-05"], 3)
    stages = {"desk": [1, 2, 3], "report": [2, 3, 4], "forms": [{"form": "VIRTUAL", "later_sessions": [1], "cost": 3}]}
    told = GOOD | {"capacity": months, "officers": {"en": months}, "interpreters": {"en": [1] * 20}, "stages": stages}
    del told["stage_lengths"]
    assert planned(tmp_path, told | {"busy": {"S2": ["2027-02-01"]}}, "--json") == 0
    facts = json.loads(capfd.readouterr().out)
    # the week of 18 January is the other mechanism's, and 1 February the reviewer's: the later session avoids both
    assert [(one["visit_week_of"], one["form"], one["later_sessions_week_of"]) for one in facts["plan"]] == [
        ("2027-02-08", "VIRTUAL", ["2027-02-15"])
    ]
    assert (facts["cost"], facts["clashes"]) == (3 + 3, 0)
    visit = GOOD["other_visits"][0] | {"day": "2027-02-01", "earliest": "2027-02-01", "latest": "2027-03-29"}
    movable = GOOD | {"other_visits": [visit | {"move_cost": 0}], "distance_weeks": 15, "distances": {"GRECO": 3}}
    assert planned(tmp_path, movable) == 0
    moved = "2027-01-18  S1-2027              desk 2, report 3, moves GRECO to 2027-02-08\nclashes 0 · cost 1 "
    assert moved in capfd.readouterr().out


def test_an_instance_without_a_plan_takes_no_more_than_its_seconds(tmp_path, capfd):
    crowded = [REVIEW | {"code": f"R{place}", "state": f"T{place}", "latest": "2027-03-01"} for place in range(12)]
    assert planned(tmp_path, GOOD | {"reviews": crowded}, "--seconds", "20", "--json") == 1
    facts = json.loads(capfd.readouterr().out)
    assert {one["rule"] for one in facts["obstacles"]} >= {"LANGUAGE"}
    assert (facts["plan"], facts["stopped"]) == ([], False)


def test_a_state_that_no_review_concerns_is_said_and_the_plan_made(tmp_path, capfd):
    assert planned(tmp_path, GOOD | {"closed": {"S9": ["2027-01-20"]}}) == 0
    assert "closed S9: no review of this file concerns this State; not used" in capfd.readouterr().err


def test_a_missing_file_is_said(tmp_path, capfd):
    import argparse

    parser = argparse.ArgumentParser()
    timetable.add_arguments(parser)
    assert timetable.run(parser.parse_args(["plan", str(tmp_path / "nothing.json")])) == 1
    assert "cannot be read: No such file or directory" in capfd.readouterr().err


def test_a_name_that_is_nothing_is_said(capfd, db):
    assert timetable.run(arguments("plan", "no-such-cycle")) == 1
    said = capfd.readouterr().err
    assert "merida timetable: no-such-cycle: no file, no timetable and no draw has this name" in said


def test_a_draw_and_its_timetable_are_planned_by_name_and_nothing_is_stored(capfd, loaded_registry, db):  # noqa: F811
    from tests.rooms.draws.test_draws import held

    from merida.foundation.access.visibility import SYSTEM
    from merida.review.synergies.models import CyclePlan
    from merida.review.synergies.plan_actions import prepare_plan
    from merida.review.synergies.plan_rules import Rules

    draw = held()
    assert timetable.run(arguments("plan", draw.slug, "--json")) == 0
    facts = json.loads(capfd.readouterr().out)
    assert (facts["clashes"], len(facts["plan"]), CyclePlan.objects.count()) == (0, 6, 0)
    rules = Rules(capacity=8, window_weeks=20, stage_lengths=(Mode(4, 3),))
    made = prepare_plan(SYSTEM, draw, rules=rules, rest_days={})
    assert timetable.run(arguments("plan", str(made.uuid))) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("clashes 0 · cost ")
    assert not made.reviews.filter(visit_first_date__isnull=False).exists()


def arguments(*words: str):
    import argparse

    parser = argparse.ArgumentParser()
    timetable.add_arguments(parser)
    return parser.parse_args(words)


def test_a_file_is_planned_by_the_command_where_nothing_is_set_up(tmp_path, clone):
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(clone / "src"), "MERIDA_DATA": str(tmp_path / "none")}
    command = [sys.executable, "-m", "merida", "timetable", "plan", str(file)]
    done = subprocess.run(command, env=bare, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("clashes 0 · cost 2 · bound 2 · gap to the proven bound 0.00%\n")
    assert not (tmp_path / "none").exists()
