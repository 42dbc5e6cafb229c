"""A2: reviewers are drawn by lot from the command line; anyone checks the record; a table made elsewhere is checked too."""

import json
from pathlib import Path

import pytest

from merida.interfaces.commands import main

STATES = [{"code": f"{group}{number}", "group": group} for group in ("EAST", "WEST") for number in range(4)]


@pytest.fixture
def urn(tmp_path: Path) -> str:
    path = tmp_path / "urn.json"
    path.write_text(json.dumps({"urn": STATES}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["uncac", "untoc", "plain"])
@pytest.mark.parametrize("method", ["ceremony", "uniform", "years"])
def test_a_record_is_drawn_and_verified(
    urn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, method: str
) -> None:
    assert main(["draw", "run", name, "--urn", urn, "--seed", "9319/2 5 12", "--method", method, "--json"]) == 0
    record = tmp_path / "record.json"
    record.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["draw", "verify", str(record)]) == 0
    assert capsys.readouterr().out.startswith("RIGHT ")


def test_a_changed_pick_is_named_and_the_exit_code_says_so(
    urn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["draw", "run", "uncac", "--urn", urn, "--seed", "1", "--json"])
    record = json.loads(capsys.readouterr().out)
    record["picks"][0]["reviewer"] = "NOBODY"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(record), encoding="utf-8")
    assert main(["draw", "verify", str(changed)]) == 1
    assert "WRONG picks.1.reviewer: the record says 'NOBODY'" in capsys.readouterr().out


def test_a_file_that_says_two_things_by_one_name_is_refused(
    urn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["draw", "run", "uncac", "--urn", urn, "--seed", "1", "--json"])
    double = tmp_path / "double.json"
    double.write_text('{"pairs":[["A","B"]],' + capsys.readouterr().out.lstrip()[1:], encoding="utf-8")
    assert main(["draw", "verify", str(double)]) == 1
    assert "'pairs' stands twice in one object of the file" in capsys.readouterr().err


def test_a_table_typed_from_an_annex_is_checked_by_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        "State under review,Reviewer 1,Reviewer 2\nTurkey,Albania,Angola\nAlbania,Türkiye,Bulgaria\n", encoding="utf-8"
    )
    assert main(["draw", "check", str(table)]) == 1
    assert "BROKEN        no_mutual (rows 2, 3): ALB and TUR review each other" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"urn": ["A"]}', "the urn holds 1; a draw needs at least 2"),
        ('{"urn": ["A", "B", "A"]}', "urn: A stands twice"),
        ('{"urn": ["A", "B"], "subjects": ["C"]}', "subjects: C is not in the urn"),
        ('{"urn": ["A", {"name": "B"}]}', "urn: the entry {'name': 'B'} does not fit"),
        ('{"urn": [', "is neither JSON nor YAML"),
        ("[]", "the urn holds 0"),
        ("7", "the list 'urn' is missing"),
        ('{"urn": [1, 2]}', "does not fit"),
        ('{"urn": ["A", "B"], "subjects": 7}', "the list 'subjects'"),
        ('{"urn": ["A", "B"], "kept": 7}', "the list 'kept'"),
        ('{"urn": ["A", {"code": "B", "group": 7}]}', "group must be text"),
        ('{"urn": ["A", "B"]}', "these rules cannot be met together by this urn"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str) -> None:
    path = tmp_path / "urn.json"
    path.write_text(content, encoding="utf-8")
    assert main(["draw", "run", "uncac", "--urn", str(path), "--seed", "1"]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("code: x\nduties_max: many\n", "duties_max must be a whole number from 1 to 1000, not 'many'"),
        ("code: x\nduties_min: 4\n", "duties_min (4) is more than duties_max (3)"),
        ("code: x\nreviewers: 2\n", "unknown field 'reviewers'"),
        ("- code\n", "a rule set is a list of fields"),
        ("title: x\n", "the field 'code' is missing"),
    ],
)
def test_bad_rules_are_named(
    urn: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    assert main(["draw", "run", str(path), "--urn", urn, "--seed", "1"]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"format": "merida-draw/1"}', '{"format": "merida-draw/1", "announcement": 7}']
)
def test_what_is_no_record_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    path = tmp_path / "record.json"
    path.write_text(content, encoding="utf-8")
    assert main(["draw", "verify", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out + said.err != ""
