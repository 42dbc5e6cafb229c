"""``merida timetable plan``: plan the reviews of a file, or those of a timetable or a draw of the database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from merida.review.synergies.plan_words import in_the_way
from merida.rules.timetable.checker import clashes, cost
from merida.rules.timetable.instance import VISIT, Instance, Planned, TimetableError, unused
from merida.rules.timetable.instance_file import read_instance
from merida.rules.timetable.model import Obstacle
from merida.rules.timetable.solving import SECONDS, Progress, Result, plan

WRONG = 1
MOST_SECONDS = 3600
COUNTED = frozenset({"VISITS_AT_ONCE", "LANGUAGE", "CAPACITY", "OFFICERS"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    planning = verbs.add_parser("plan", help="plan the reviews of a file; see docs/reference/timetable-instance.md")
    planning.add_argument("instance", metavar="CYCLE", help="a file, a timetable's identifier or a draw's address")
    planning.add_argument("--seconds", type=_seconds, default=SECONDS, help=f"time for the solver (default {SECONDS})")
    planning.add_argument("--json", action="store_true", help="print the plan as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Plan and print; 1 when the file cannot be used or no plan exists."""
    try:
        name = arguments.instance
        instance = read_instance(_content(name)) if _is_file(name) else _of_database(name)
        for one in unused(instance):
            print(f"merida timetable: {one}: no review of this file concerns this State; not used", file=sys.stderr)
        result = plan(instance, seconds=arguments.seconds, told=_tell)
    except TimetableError as error:
        print(f"merida timetable: {arguments.instance}: {error}", file=sys.stderr)
        return WRONG
    finally:
        _end_of_progress()
    if arguments.json:
        print(json.dumps(_facts(instance, result), ensure_ascii=False, indent=1))
    else:
        _print(instance, result)
    return 0 if result.plan else WRONG


def _is_file(name: str) -> bool:
    return Path(name).suffix == ".json" or Path(name).exists()


def _of_database(name: str) -> Instance:
    """Return what is to be planned for a cycle that the database holds; nothing is stored."""
    from merida.interfaces.commands import set_up_django  # noqa: PLC0415 (a file is planned without a database)

    set_up_django()
    from merida.interfaces.commands.timetable_cycles import instance_named  # noqa: PLC0415

    return instance_named(name)


def _seconds(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 1 to {MOST_SECONDS}")
    return int(text)


def _content(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise TimetableError(f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise TimetableError(f"is not JSON: {error}") from error


def _tell(progress: Progress) -> None:
    if sys.stderr.isatty():
        said = f"\r{progress.seconds:5.0f} s  cost {progress.cost:.0f}  bound {max(progress.bound, 0):.0f}   "
        print(said, end="", file=sys.stderr, flush=True)


def _end_of_progress() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _facts(instance: Instance, result: Result) -> dict[str, Any]:
    rows = [
        {
            "code": one.code,
            "visit_week_of": instance.monday(one.week).isoformat(),
            "desk_weeks": one.mode.desk,
            "report_weeks": one.mode.report,
            "form": one.mode.form,
            "later_sessions_week_of": [instance.monday(one.week + later).isoformat() for later in one.mode.later],
            "moves": [
                {"mechanism": other.mechanism, "state": other.state, "visit_week_of": instance.monday(week).isoformat()}
                for other, week in one.moved
            ],
        }
        for one in sorted(result.plan, key=lambda one: (one.week, one.code))
    ]
    return {
        "plan": rows,
        "clashes": len(clashes(instance, result.plan)) if result.plan else None,
        "cost": cost(instance, result.plan) if result.plan else None,
        "bound": result.bound if result.plan else None,
        "gap": result.gap if result.plan else None,
        "stopped": result.stopped,
        "obstacles": [
            {"rule": one.rule, "week_of": instance.monday(one.week).isoformat(), "item": one.item, "amount": one.amount}
            for one in result.obstacles
        ],
    }


def _print(instance: Instance, result: Result) -> None:
    if not result.plan:
        least = "Found when the time was over" if result.stopped else "The fewest"
        print(f"There is no plan that keeps every rule. {least} that would have to give:")
        for one in result.obstacles:
            print(f"  week of {instance.monday(one.week).isoformat()}  {one.rule:<15}{in_words(one)}")
        return
    for planned in sorted(result.plan, key=lambda planned: (planned.week, planned.code)):
        lengths = f"desk {planned.mode.desk}, report {planned.mode.report}{_beside(instance, planned)}"
        print(f"{instance.monday(planned.week).isoformat()}  {planned.code:<20} {lengths}")
    found = len(clashes(instance, result.plan))
    print(f"clashes {found} · cost {result.cost} · bound {result.bound:.0f} · gap to the proven bound {result.gap:.2%}")


def _beside(instance: Instance, planned: Planned) -> str:
    """Return what is out of the ordinary: another form than a visit, visits of other mechanisms that move."""
    form = "" if planned.mode.form == VISIT else f", {planned.mode.form}"
    held = "".join(f", session {instance.monday(planned.week + later).isoformat()}" for later in planned.mode.later)
    moved = (f", moves {other.mechanism} to {instance.monday(week).isoformat()}" for other, week in planned.moved)
    return form + held + "".join(moved)


def in_words(obstacle: Obstacle) -> str:
    """Return what would have to give and, where it is more than one, by how much."""
    words = in_the_way(obstacle.rule, obstacle.item)
    return f"{words}, by {obstacle.amount}" if obstacle.rule in COUNTED else words
