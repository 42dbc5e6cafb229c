"""The task worker solves timetables that wait, and one that it left behind when it was killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

SETUP = """
from merida.interfaces.commands import set_up_django
set_up_django()
from merida.interfaces.commands.preparing import migrate
migrate()
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import load_reference_data
load_reference_data(SYSTEM)
from merida.review.draws.urns import make_sample_draw
from merida.review.synergies.plan_actions import prepare_plan, queue_plan
from merida.review.synergies.sample_plan import RULES
queue_plan(SYSTEM, prepare_plan(SYSTEM, make_sample_draw(SYSTEM), rules=RULES, rest_days={}))
"""
PATIENCE = 120  # seconds; a second or two on a machine with nothing else to do


@pytest.fixture
def environment(tmp_path: Path, clone: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {"MERIDA_DATA": str(tmp_path / "data"), "PYTHONPATH": str(clone / "src")}


def asked(data: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "merida.sqlite3", timeout=20)) as held:
        answer = held.execute(question).fetchall()
        held.commit()
    return answer


def until(data: Path, question: str, wanted: list[tuple]) -> None:
    ends = time.monotonic() + PATIENCE
    while asked(data, question) != wanted:
        assert time.monotonic() < ends, asked(data, "SELECT state, fault_text FROM synergies_cycleplan")
        time.sleep(0.05)


def test_a_timetable_whose_worker_was_killed_is_solved_by_the_next(environment, tmp_path):
    data = tmp_path / "data"
    subprocess.run([sys.executable, "-c", SETUP], env=environment, check=True)
    worker = [sys.executable, "-m", "merida", "tasks"]
    state = "SELECT state FROM synergies_cycleplan"
    first = subprocess.Popen(worker, env=environment)
    try:
        until(data, f"{state} WHERE state <> 'QUEUED'", [("SOLVING",)])
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert asked(data, state) == [("SOLVING",)]

    second = subprocess.Popen(worker, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        until(data, state, [("SOLVED",)])
    finally:
        second.send_signal(signal.SIGTERM)
        said = second.communicate()[1]
    assert (second.returncode, said) == (0, "")
    assert asked(data, "SELECT COUNT(*) FROM synergies_plannedreview WHERE visit_first_date IS NULL") == [(0,)]
    verbs = asked(data, "SELECT verb FROM changes_change WHERE verb LIKE '%_PLAN' ORDER BY id")
    assert [verb for (verb,) in verbs] == ["PREPARE_PLAN", "QUEUE_PLAN", "REQUEUE_PLAN", "SOLVE_PLAN"]


def test_reminders_that_the_mail_server_does_not_take_leave_the_news_to_be_sent(monkeypatch, db):
    from merida.interfaces.commands import tasks

    sent = []

    def refuses(*_given: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks, "send", refuses)
    monkeypatch.setattr(tasks, "send_due", lambda _now, site: sent.append(site))
    tasks.send_letters()

    assert sent == ["http://localhost:8000"]


class Hours:
    """An event that is set after so many hours; shorter waits are over at once."""

    def __init__(self, left: int) -> None:
        self.left = left

    def wait(self, seconds: float) -> bool:
        self.left -= seconds >= 3600
        return self.left < 0


def test_the_search_is_tidied_when_the_worker_starts_and_every_hour(monkeypatch):
    from merida.interfaces.commands import tasks

    done: list[str] = []
    monkeypatch.setattr(tasks, "fill_the_search", lambda _stopping: done.append("fill"))
    monkeypatch.setattr(tasks, "tidy_the_search", lambda _stopping: done.append("tidy"))
    tasks._keep_the_search(Hours(2))

    assert done == ["fill", "tidy", "tidy", "tidy"]


def test_an_index_that_cannot_be_put_together_does_not_end_the_worker(monkeypatch, caplog):
    from django.db import DatabaseError

    from merida.interfaces.commands import tasks

    def fails(_stopping: object) -> int:
        raise DatabaseError("locked")

    monkeypatch.setattr(tasks, "put_together", fails)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks.connections, "close_all", lambda: None)
    tasks.tidy_the_search()

    assert "could not be put together" in caplog.text
