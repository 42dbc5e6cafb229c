"""``merida check``: says "consistent" only when all is, and names what is not."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry

from merida.exchange.ingest.indexing import index_registry
from merida.exchange.search.models import Entry
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.actions import record_change
from merida.foundation.changes.models import Change
from merida.foundation.changes.offline_verifier import main as verify_offline
from merida.foundation.changes.sealing import seal_all
from merida.foundation.files.actions import store
from merida.foundation.files.places import path_of
from merida.foundation.registry.models import LoadedFile, State
from merida.interfaces.commands import check

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def consistent_world(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIRECTORY = tmp_path / "files"
    begin_with("registry", load_registry)
    store(SYSTEM, b"sample", "sample.txt")


def checked(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, list[str]], list[str]]:
    """Run the command; return its exit code, the problems by check, and all remarks."""
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    code = check.run(parser.parse_args(["--json", *options]))
    found = json.loads(capsys.readouterr().out)
    assert found["consistent"] == (code == 0)
    problems = {each["name"]: each["problems"] for each in found["checks"] if each["problems"]}
    return code, problems, [remark for each in found["checks"] for remark in each["remarks"]]


def test_a_consistent_installation_passes(capsys: pytest.CaptureFixture[str]) -> None:
    code, problems, _ = checked(capsys)
    assert (code, problems) == (0, {})


def test_a_touched_change_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE changes_change SET verb = 'FORGED' WHERE position = 2")
    code, problems, _ = checked(capsys)
    assert (code, list(problems)) == (1, ["change log"])
    assert "position 2" in problems["change log"][0]


def test_an_unsealed_change_is_named_as_waiting_and_seal_seals_it(
    capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.SEAL_AFTER_COMMIT = False
    with transaction.atomic():
        waiting = record_change(SYSTEM, "RENAME", "sample:waiting", before=None, after=None)
    code, problems, remarks = checked(capsys)
    assert (code, problems, str(waiting) in remarks) == (0, {}, True)
    code, _, remarks = checked(capsys, "--seal")
    assert (code, str(waiting) in remarks, Change.objects.filter(position=None).count()) == (0, False, 0)


def test_a_lost_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    stored = store(SYSTEM, b"lost", "lost.txt")
    path_of(stored.digest).unlink()
    code, problems, _ = checked(capsys)
    assert (code, problems) == (1, {"stored files": [f"{stored}: its bytes are missing"]})


def test_an_entry_of_the_search_that_says_something_else_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    index_registry()
    before, _, _ = checked(capsys)
    Entry.objects.filter(ref="state:GHA", language="en").update(title="Elsewhere")
    code, problems, _ = checked(capsys)
    assert (before, code, list(problems)) == (0, 1, ["search index"])
    named = "search index: 1 texts differ from what they were made from (state:GHA (en) …); "
    assert [problem.startswith(named) for problem in problems["search index"]] == [True]


def test_reference_rows_touched_in_the_database_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    State.objects.filter(iso3="GHA").update(m49="999")
    code, problems, _ = checked(capsys)
    assert (code, list(problems)) == (1, ["reference data"])
    assert problems["reference data"] == ["State: GHA is not what the file says: m49"]


def test_a_reference_file_that_is_not_the_one_loaded_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    LoadedFile.objects.filter(file="states.csv").update(digest="0" * 64)
    code, problems, _ = checked(capsys)
    assert (code, problems) == (
        1,
        {"reference data": ["states.csv: is not what was loaded; `merida demo` loads it again"]},
    )


def test_the_exported_log_is_accepted_by_the_offline_verifier_and_a_touched_one_is_not(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    seal_all()
    log = tmp_path / "changes.jsonl"
    checked(capsys, "--export-changes", str(log))
    assert verify_offline([str(log)]) == 0
    log.write_text(log.read_text(encoding="utf-8").replace("LOAD", "LOAF", 1), encoding="utf-8")
    assert verify_offline([str(log)]) == 1


def test_the_table_for_people_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Change.objects.filter(position=1).update(verb="FORGED")
    assert check.run(argparse.Namespace(json=False, seal=False, export_changes=None)) == 1
    shown = capsys.readouterr().out
    assert (shown.count("WRONG"), shown.count("consistent")) == (1, 4)
