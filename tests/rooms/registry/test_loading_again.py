"""Loading the reference data again, and checking it: what changed since they were loaded, and only that."""

import shutil
from pathlib import Path

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401
from tests.rooms.registry.test_loading import replace

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import load_reference_data
from merida.foundation.registry.consistency import reference_problems
from merida.foundation.registry.models import Body, Membership, Provision, Resolution, State, StateName, TreatyAction
from merida.foundation.registry.reference import DATA, ReferenceDataError
from merida.foundation.sources.models import Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_a_corrected_date_replaces_the_old_one_and_touches_one_row(folder: Path) -> None:
    replace(folder, "treaty_actions.csv", "UNCAC,TON,ACCESSION,2020-02-06", "UNCAC,TON,ACCESSION,2020-02-07")
    summary = load_reference_data(SYSTEM, directory=folder)
    assert list(summary.loaded) == ["treaty_actions.csv"]
    counts = summary.loaded["treaty_actions.csv"]
    assert (counts.created, counts.updated, counts.removed) == (1, 0, 1)
    dates = TreatyAction.objects.filter(state__iso3="TON", instrument__code="UNCAC").values_list(
        "action_date", flat=True
    )
    assert [str(day) for day in dates] == ["2020-02-07"]


def test_a_changed_value_keeps_the_identity_of_the_row(folder: Path) -> None:
    before = Membership.objects.get(mechanism__code="GRECO", state__iso3="ITA").uuid
    replace(folder, "memberships.csv", "GRECO,ITA,2007-06-30,ACCESSION", "GRECO,ITA,2007-06-30,SEAT")
    counts = load_reference_data(SYSTEM, directory=folder).loaded["memberships.csv"]
    assert (counts.created, counts.updated, counts.removed) == (0, 1, 0)
    row = Membership.objects.get(mechanism__code="GRECO", state__iso3="ITA")
    assert (row.uuid, row.since_kind) == (before, "SEAT")


def test_a_new_short_name_reaches_the_state_and_keeps_the_old_one_with_its_date(folder: Path) -> None:
    replace(
        folder,
        "state_names.csv",
        "FJI,en,SHORT,Fiji,,,,,UNTERM_NAMES,SOURCED",
        "FJI,en,SHORT,Fiji,,2025-01-01,,,UNTERM_NAMES,SOURCED\nFJI,en,SHORT,Viti,2025-01-01,,,,MEMORY,RECALLED",
    )
    load_reference_data(SYSTEM, directory=folder)
    assert State.objects.get(iso3="FJI").names["en"] == "Viti"
    assert (
        str(StateName.objects.get(state__iso3="FJI", language="en", name="Fiji", kind="SHORT").until_date)
        == "2025-01-01"
    )


def test_a_state_no_longer_listed_leaves_with_all_its_facts(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "ALB" not in line.split(",")[:2]), encoding="utf-8")
    summary = load_reference_data(SYSTEM, directory=folder)
    assert not State.objects.filter(iso3="ALB").exists()
    assert summary.loaded["states.csv"].removed == 1


def test_a_body_whose_resolutions_are_cited_cannot_leave_the_list(folder: Path) -> None:
    source, body = Source.objects.get(code="READ_IN_DOCUMENTS"), Body.objects.get(code="CND")
    Resolution.objects.create(
        key="CND 60/1", slug="cnd-60-1", number="60/1", body=body, source=source, confidence="UNVERIFIED"
    )
    path = folder / "bodies.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("CND,")), encoding="utf-8")
    with pytest.raises(
        ReferenceDataError, match=r"bodies.csv:0: file: Commission on Narcotic Drugs cannot leave the list"
    ):
        load_reference_data(SYSTEM, directory=folder)
    assert Body.objects.filter(code="CND").exists()


def test_what_documents_brought_survives_a_load(folder: Path) -> None:
    source = Source.objects.create(code="ELSEWHERE", kind="UN_DOCUMENT", citation="Brought by a document")
    Resolution.objects.create(key="COSP 9/9", slug="cosp-9-9", number="9/9", source=source, confidence="UNVERIFIED")
    for file in ("sources.csv", "resolutions.csv"):
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write("\n")
    assert sorted(load_reference_data(SYSTEM, directory=folder).loaded) == ["resolutions.csv", "sources.csv"]
    assert Resolution.objects.get(key="COSP 9/9").source == source


def test_check_finds_a_provision_in_the_wrong_place() -> None:
    Provision.objects.filter(key="UNCAC 13").update(parent=Provision.objects.get(key="UNCAC chapter III"))
    assert reference_problems() == ["Provision: UNCAC 13 is part of UNCAC chapter III, the file says UNCAC chapter II"]


def test_check_finds_a_file_that_is_not_what_was_loaded(folder: Path) -> None:
    replace(folder, "printed_figures.csv", "2020-02-29,187,", "2020-02-29,188,")
    assert reference_problems(folder) == ["printed_figures.csv: is not what was loaded; `merida demo` loads it again"]
