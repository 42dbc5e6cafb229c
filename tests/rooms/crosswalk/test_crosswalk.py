"""The crosswalk in the database: the files, what people do with mappings, and SSSOM files out and in."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from tests.loaded_registry import loaded_crosswalk  # noqa: F401
from tests.worlds import make_person

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.foundation.people.models import Role
from merida.foundation.registry.models import Provision
from merida.foundation.registry.places import ReferenceDataError
from merida.knowledge.crosswalk import actions, queries
from merida.knowledge.crosswalk.checking import MappingError, MappingValues, values_of
from merida.knowledge.crosswalk.exchanging import as_sssom, import_sssom
from merida.knowledge.crosswalk.loading import FOLDER, Loaded, load_crosswalk
from merida.knowledge.crosswalk.models import Dispute, Mapping

NEW = MappingValues(left=("UNCAC 13(2)",), relation="INTERSECTS", right=("OECD_IAP PA9",))


@pytest.fixture(scope="module")
def crosswalk(loaded_crosswalk: Loaded) -> Loaded:  # noqa: F811
    return loaded_crosswalk


@pytest.fixture
def curators(crosswalk: Loaded, db: None) -> tuple[Actor, Actor, Actor]:
    return tuple(actor_of(make_person(f"curator_{n}", Role.CURATOR)) for n in range(3))  # type: ignore[return-value]


def changed_folder(tmp_path: Path, file: str, old: str, new: str) -> Path:
    folder = tmp_path / "crosswalk"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_every_row_of_the_files_is_there_as_a_draft_and_nothing_contradicts(crosswalk: Loaded, db: None) -> None:
    assert crosswalk.made == Mapping.objects.count() == 936
    assert queries.status_counts() == {"DRAFT": 936}
    assert queries.all_contradictions() == []
    assert not Mapping.objects.filter(confidence="RECALLED").exclude(source__kind="RECOLLECTION").exists()


def test_loading_again_changes_nothing(crosswalk: Loaded, db: None) -> None:
    assert load_crosswalk(SYSTEM).is_current


def test_a_contradiction_in_the_file_is_named_and_nothing_loaded(crosswalk: Loaded, db: None, tmp_path: Path) -> None:
    line = next(one for one in (FOLDER / "mappings.csv").read_text().splitlines() if ",EQUAL," in one)
    folder = changed_folder(
        tmp_path, "mappings.csv", line, f"{line}\n{line.replace(',EQUAL,', ',SUBSET,').replace('X', 'Y', 1)}"
    )
    with pytest.raises(ReferenceDataError) as caught:
        load_crosswalk(SYSTEM, folder=folder)
    assert f"contradicts {line.split(',')[0]}, which says EQUAL" in str(caught.value)
    assert Mapping.objects.count() == 936


def test_an_unknown_provision_in_the_file_is_named(crosswalk: Loaded, db: None, tmp_path: Path) -> None:
    folder = changed_folder(tmp_path, "mappings.csv", "X0001,UNCAC 5(1)", "X0001,UNCAC 555(1)")
    with pytest.raises(ReferenceDataError, match=r"mappings\.csv:2: from: 'UNCAC 555\(1\)'"):
        load_crosswalk(SYSTEM, folder=folder)


def test_a_new_file_changes_what_nobody_edited_and_keeps_the_rest(curators: tuple[Actor, ...], tmp_path: Path) -> None:
    one = queries.mapping_by_code("X0002")
    actions.correct_mapping(curators[0], "X0002", replace(values_of(one), strength="HIGH"), seen=0)
    folder = changed_folder(tmp_path, "mappings.csv", "integrity of officials only", "integrity alone")
    shutil.copytree(
        changed_folder(
            tmp_path / "b",
            "mappings.csv",
            "X0001,UNCAC 5(1),INTERSECTS,UNTOC 31,MEDIUM",
            "X0001,UNCAC 5(1),INTERSECTS,UNTOC 31,LOW",
        ),
        folder,
        dirs_exist_ok=True,
    )
    done = load_crosswalk(SYSTEM, folder=folder)
    assert (done.made, done.changed, done.kept) == (0, 1, 1)
    assert queries.mapping_by_code("X0001").strength == "LOW"
    assert queries.mapping_by_code("X0002").strength == "HIGH"


def test_a_mapping_reads_both_ways_and_the_way_back_is_derived(crosswalk: Loaded, db: None) -> None:
    one = Mapping.objects.filter(relation="SUBSET").order_by("code").first()
    there, back = (view(queries.mapping_by_code(one.code)) for view in (queries.forward, queries.backward))
    assert (there.relation, back.relation) == ("SUBSET", "SUPERSET")
    assert (there.here, there.there) == (back.there, back.here)


def test_ranges_are_kept_as_sets(crosswalk: Loaded, db: None) -> None:
    sets = [one for one in queries.mappings() if len(queries.sides(one)[0]) > 1]
    assert sets
    assert {clause.key for clause in queries.sides(sets[0])[0]} <= {f"UNCAC 46({n})" for n in range(1, 31)}


def test_what_is_mapped_to_an_article_includes_what_lies_in_it(crosswalk: Loaded, db: None) -> None:
    article = Provision.objects.get(key="UNCAC 15")
    found = {clause.key for seen in queries.mappings_of_provision(article) for clause in seen.here}
    assert {"UNCAC 15(a)", "UNCAC 15(b)"} <= found
    assert queries.mappings_of_provision(Provision.objects.get(key="IACAC III"))  # its parts are not in the registry


def test_a_curator_records_and_two_others_make_it_complete(curators: tuple[Actor, ...]) -> None:
    author, second, third = curators
    one = actions.record_mapping(author, NEW)
    assert (one.code, one.status) == ("M0001", "DRAFT")
    with pytest.raises(MappingError, match="whoever wrote"):
        actions.review_mapping(author, one.code, verdict="AGREES", seen=0)
    assert actions.review_mapping(second, one.code, verdict="AGREES", seen=0).status == "REVIEWED"
    assert actions.review_mapping(second, one.code, verdict="AGREES", seen=0).status == "REVIEWED"
    assert actions.review_mapping(third, one.code, verdict="AGREES", seen=0).status == "COMPLETE"
    again = actions.correct_mapping(author, one.code, replace(NEW, strength="HIGH"), seen=0, reason="read again")
    assert (again.status, again.revision, queries.agreeing_reviewers(again)) == ("DRAFT", 1, 0)
    assert [entry.verb for entry in history(reference_to(one))] == [
        "RECORD_MAPPING", "REVIEW_MAPPING", "REVIEW_MAPPING", "REVIEW_MAPPING", "CORRECT_MAPPING",
    ]  # fmt: skip


def test_a_machine_only_suggests(curators: tuple[Actor, ...]) -> None:
    assert actions.record_mapping(curators[0], NEW, method="AUTOMATION").status == "SUGGESTED"


def test_who_was_overtaken_is_told(curators: tuple[Actor, ...]) -> None:
    one = actions.record_mapping(curators[0], NEW)
    actions.correct_mapping(curators[1], one.code, replace(NEW, strength="LOW"), seen=0)
    with pytest.raises(actions.MappingChangedError):
        actions.correct_mapping(curators[0], one.code, replace(NEW, strength="HIGH"), seen=0)
    assert queries.mapping_by_code(one.code).strength == "LOW"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        (replace(NEW, right=("FATF R.99",)), "right", "FATF R.99"),
        (replace(NEW, right=()), "right", "at least one"),
        (replace(NEW, relation="LIKE"), "relation", "LIKE"),
        (replace(NEW, relation="NONE"), "reuse_forward", "only look alike"),
        (replace(NEW, right=("UNCAC 13(2)",)), "relation", "both sides"),
        (replace(NEW, left=("UNCAC 15",), relation="EQUAL", right=("UNTOC 8(1)",)), "relation", "other levels"),
        (replace(NEW, left=("UNCAC 5(1)",), relation="SUBSET", right=("UNTOC 31",)), "relation", "X0001"),
        (replace(NEW, kinds=("GOSSIP",)), "kinds", "GOSSIP"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_saved(
    curators: tuple[Actor, ...], values: MappingValues, field: str, words: str
) -> None:
    with pytest.raises(MappingError, match=words.replace("(", r"\(").replace(")", r"\)")) as caught:
        actions.record_mapping(curators[0], values)
    assert caught.value.field == field
    assert Mapping.objects.count() == 936


@pytest.mark.parametrize("actor", [ANYBODY, Actor(role="READER", user_id=1)])
def test_only_curators_write(crosswalk: Loaded, db: None, actor: Actor) -> None:
    deeds = (
        lambda: actions.record_mapping(actor, NEW),
        lambda: actions.correct_mapping(actor, "X0001", NEW, seen=0),
        lambda: actions.review_mapping(actor, "X0001", verdict="AGREES", seen=0),
        lambda: actions.retire_mapping(actor, "X0001", reason="no", seen=0),
        lambda: import_sssom(actor, b"", dry_run=True),
    )
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()


def test_a_dispute_is_shown_only_once_a_curator_upheld_it(curators: tuple[Actor, ...]) -> None:
    made = actions.dispute_mapping("X0001", reason=" The text says more. ", language="en")
    assert actions.dispute_mapping("X0001", reason="The text says more.", language="fr") == made
    one = queries.mapping_by_code("X0001")
    assert one.status == "DRAFT"
    assert (list(queries.disputes_of(ANYBODY, one)), list(queries.open_disputes(ANYBODY))) == ([], [])
    assert list(queries.open_disputes(curators[0])) == [made]
    actions.decide_dispute(curators[0], made, upheld=True, decision="Right.")
    assert queries.mapping_by_code("X0001").status == "DISPUTED"
    assert [each.reason for each in queries.disputes_of(ANYBODY, one)] == ["The text says more."]
    assert actions.review_mapping(curators[1], "X0001", verdict="AGREES", seen=0).status == "DISPUTED"
    with pytest.raises(MappingError, match="decided already"):
        actions.decide_dispute(curators[1], made, upheld=False, decision="No.")


def test_disputes_cannot_flood(crosswalk: Loaded, db: None) -> None:
    for number in range(actions.MOST_OPEN_A_MAPPING):
        actions.dispute_mapping("X0001", reason=f"reason {number}", language="en")
    for code, reason, expected in (
        ("X0001", "one more", "FULL"), ("X0002", "", "EMPTY"), ("X0002", "a" * 5000, "TOO_LONG"), ("X9", "a", "RETIRED"),
    ):  # fmt: skip
        with pytest.raises(actions.DisputeRefusedError) as caught:
            actions.dispute_mapping(code, reason=reason, language="en")
        assert caught.value.code == expected
    assert Dispute.objects.count() == actions.MOST_OPEN_A_MAPPING


def test_the_whole_crosswalk_goes_out_and_comes_in_unchanged(curators: tuple[Actor, ...]) -> None:
    content = "".join(as_sssom(queries.mappings(), version="2026-11-27")).encode()
    report = import_sssom(curators[0], content, dry_run=False)
    assert [row for row in report.rows if row.outcome != "UNCHANGED"] == []
    assert len(report.rows) == 936


HEAD = "subject_id\tpredicate_id\tobject_id\tmapping_justification\text_code\text_relation\n"
BY_HAND = "semapv:ManualMappingCuration"


def test_a_file_is_tried_then_taken(curators: tuple[Actor, ...]) -> None:
    file = (HEAD + f"m:UNCAC/13(2)\tskos:relatedMatch\tm:OECD_IAP/PA9\t{BY_HAND}\t\t\n").encode()
    tried = import_sssom(curators[0], file, dry_run=True)
    assert ([row.outcome for row in tried.rows], tried.saved, Mapping.objects.count()) == (["NEW"], False, 936)
    assert import_sssom(curators[0], file, dry_run=False).saved
    assert queries.mapping_by_code("M0001").edited_by_id == curators[0].user_id


def test_one_bad_row_keeps_the_whole_file_out_and_each_is_named(curators: tuple[Actor, ...]) -> None:
    lines = (
        f"m:UNCAC/13(2)\tskos:relatedMatch\tm:OECD_IAP/PA9\t{BY_HAND}\tA1\t",
        f"m:UNCAC/999\tskos:relatedMatch\tm:OECD_IAP/PA9\t{BY_HAND}\tA2\t",
        f"m:UNCAC/5(1)\tskos:broadMatch\tm:UNTOC/31\t{BY_HAND}\tA3\t",
        f"m:UNCAC/15\tskos:exactMatch\tm:UNTOC/8(1)\t{BY_HAND}\tA4\t",
    )
    report = import_sssom(curators[0], (HEAD + "\n".join(lines)).encode(), dry_run=False)
    assert [(row.line, row.outcome) for row in report.rows] == [
        (2, "NEW"), (3, "REFUSED"), (4, "REFUSED"), (5, "REFUSED"),
    ]  # fmt: skip
    said = " ".join(row.what for row in report.rows)
    assert "unknown provision: UNCAC 999" in said
    assert "contradicts X0001" in said
    assert "other levels" in said
    assert (report.saved, Mapping.objects.count()) == (False, 936)


def test_bridges_lead_to_the_question_from_either_side(crosswalk: Loaded, db: None) -> None:
    found = queries.bridges_to({"COE_ETS173 2"}, "en")
    assert any("UNCAC 15(a)" in one.sources for one in found)
    assert all("COE_ETS173 2" in one.targets for one in found)
