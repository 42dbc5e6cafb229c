"""Loading the reference data: complete, repeatable, recorded, all or nothing."""

import shutil
from pathlib import Path

import pytest

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.foundation.registry import actions
from merida.foundation.registry.actions import load_reference_data
from merida.foundation.registry.consistency import reference_problems
from merida.foundation.registry.models import (
    LoadedFile,
    State,
    TreatyAction,
)
from merida.foundation.registry.reference import DATA, ReferenceDataError

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def replace(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_load_changes_nothing_and_says_so() -> None:
    first = load_reference_data(SYSTEM)
    uuids = dict(State.objects.values_list("iso3", "uuid"))
    changes = Change.objects.count()
    second = load_reference_data(SYSTEM)
    assert not first.is_empty
    assert first.changed_rows > 6000
    assert second.is_empty
    assert (second.changed_rows, len(second.unchanged)) == (0, len(first.loaded))
    assert Change.objects.count() == changes
    assert dict(State.objects.values_list("iso3", "uuid")) == uuids


def test_files_whose_bytes_were_loaded_are_not_even_read(monkeypatch, folder: Path) -> None:
    load_reference_data(SYSTEM, directory=folder)

    def read(_folder: object) -> None:
        raise AssertionError("they are read")

    monkeypatch.setattr(actions, "load_reference", read)
    assert load_reference_data(SYSTEM, directory=folder).is_empty
    (folder / "regional_groups.csv").unlink()
    with pytest.raises(AssertionError, match="they are read"):
        load_reference_data(SYSTEM, directory=folder)


def test_one_change_is_recorded_for_each_file_with_its_digest() -> None:
    summary = load_reference_data(SYSTEM)
    recorded = set(Change.objects.filter(verb="LOAD").values_list("object_ref", flat=True))
    assert recorded == {f"reference-file:{file.replace('/', '.')}" for file in summary.loaded}
    digest = LoadedFile.objects.get(file="states.csv").digest
    assert digest in Change.objects.get(object_ref="reference-file:states.csv").text


def test_with_one_error_nothing_is_loaded(folder: Path) -> None:
    replace(folder, "printed_figures.csv", "2020-02-29,187,", "2020-02-30,187,")
    with pytest.raises(ReferenceDataError, match=r"printed_figures.csv:\d+: at_date: there is no day 2020-02-30"):
        load_reference_data(SYSTEM, directory=folder)
    assert (State.objects.count(), LoadedFile.objects.count(), Change.objects.count()) == (0, 0, 0)


def test_check_finds_a_row_changed_behind_the_back_of_the_log() -> None:
    assert len(reference_problems()) == LoadedFile.objects.count() + 25
    load_reference_data(SYSTEM)
    assert reference_problems() == []
    TreatyAction.objects.filter(state__iso3="FRA", instrument__code="UNCAC", kind="RATIFICATION").update(
        action_date="2006-01-01"
    )
    assert [problem.split(":")[0] for problem in reference_problems()] == ["TreatyAction", "TreatyAction"]
