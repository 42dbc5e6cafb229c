"""A8: who takes part in one, two, three, four mechanisms (figure I), at any date, with definitions."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.foundation.registry.figures import participation_at
from merida.foundation.registry.reference import load_reference
from merida.foundation.registry.reference_figures import participation_in
from merida.interfaces.commands import main

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def _run(*words: str) -> str:
        assert main(["participation", *words]) == 0
        return capsys.readouterr().out

    return _run


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_registry")
def test_the_command_prints_the_bars_both_readings_and_the_definitions(run: Run) -> None:
    lines = [" ".join(line.split()) for line in run("--at", "2021-03-29").splitlines()]
    for expected in ("one 105", "two 44", "three 37", "four 1", "four: USA"):
        assert lines.count(expected) == 1, expected
    assert "by the wording: 82 of 187 = 43.9 %" in lines
    assert "wide: 88 of 187 = 47.1 %" in lines
    assert "UNCAC Implementation Review Mechanism 187 173" in lines
    assert "Definitions" in lines


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_registry")
def test_the_facts_name_every_state_behind_every_count(run: Run) -> None:
    facts = json.loads(run("--at", "2021-03-29", "--json"))
    counts = {name: (row["count"], len(row["states"])) for name, row in facts["takes_part_in"].items()}
    assert counts == {"one": (105, 105), "two": (44, 44), "three": (37, 37), "four": (1, 1)}
    assert len(facts["nearly_50_per_cent"]["wide"]["states"]) == 88
    assert facts["sourced"]["GRECO"] == {"facts": 50, "sourced": 3}
    assert facts["computed_from"] == "database"


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_registry")
@pytest.mark.parametrize("day", [date(2003, 12, 1), date(2010, 6, 30), date(2021, 3, 29), date(2026, 1, 31)])
def test_files_and_database_give_the_same_figure(day: date) -> None:
    assert participation_in(load_reference(), day) == participation_at(day)


def test_a_day_that_does_not_exist_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["participation", "--at", "2021-02-30"]) == 2
    assert "'2021-02-30' is not a date (write 2021-03-29)" in capsys.readouterr().err


def test_the_command_works_before_anything_is_set_up(tmp_path: Path) -> None:
    environment = {**os.environ, "MERIDA_DATA": str(tmp_path / "empty")}
    words = [sys.executable, "-m", "merida", "participation", "--at", "2021-03-29", "--json"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=240, check=True)
    facts = json.loads(done.stdout)
    assert (facts["computed_from"], facts["takes_part_in"]["four"]["states"]) == ("reference files", ["USA"])
