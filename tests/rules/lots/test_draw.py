"""A draw is complete, keeps every rule, and a changed record is found out."""

import copy
import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.rules.lots.urns import SIZES, announced, broken, drawn, rules, urn

from merida.rules.lots import LotsError, canonical, verifier_text, verify


@pytest.mark.parametrize("method", ["CEREMONY", "UNIFORM"])
@pytest.mark.parametrize("sizes", [{"A": 3, "B": 3}, {"A": 4, "B": 3, "": 1}, {"A": 20, "B": 9}])
def test_a_draw_is_complete_and_keeps_every_rule(sizes: dict[str, int], method: str) -> None:
    record = drawn(urn(sizes), rules(), method=method)
    assert broken(record["pairs"], urn(sizes), rules()) == []


def test_the_record_verifies_and_the_same_seed_gives_the_same_record() -> None:
    record = drawn(urn({"A": 4, "B": 4}), rules())
    assert verify(record) == []
    assert drawn(urn({"A": 4, "B": 4}), rules()) == record
    assert drawn(urn({"A": 4, "B": 4}), rules(), seed=2)["pairs"] != record["pairs"]


def test_a_changed_pick_is_named() -> None:
    record = drawn(urn({"A": 4, "B": 4}), rules())
    changed = copy.deepcopy(record)
    changed["picks"][2]["reviewer"] = changed["picks"][2]["subject"]
    assert verify(changed)[0].startswith("picks.3.reviewer: the record says")


def test_impossible_rules_are_named_and_none_of_them_is_superfluous() -> None:
    people = urn({"A": 1, "B": 5})
    with pytest.raises(LotsError, match="cannot be met together by this urn: same_group_at_least = 1, no_self"):
        announced(people, rules())
    few = dataclasses.replace(urn({"A": 3}), minimum_due=True)
    with pytest.raises(LotsError, match="no_mutual"):
        announced(few, rules())


@pytest.mark.parametrize("method", ["CEREMONY", "UNIFORM"])
def test_the_single_file_gives_the_same_verdict_without_merida(tmp_path: Path, method: str) -> None:
    record = drawn(urn({"A": 4, "B": 4, "": 1}), rules(), method=method)
    (tmp_path / "verify_draw.py").write_text(verifier_text(record["announcement"]), encoding="utf-8")
    right, wrong = tmp_path / "right.json", tmp_path / "wrong.json"
    right.write_bytes(canonical(record))
    record["pairs"][0][1] = record["pairs"][0][0]
    wrong.write_text(json.dumps(record), encoding="utf-8")

    def said(path: Path) -> tuple[int, str]:
        command = [sys.executable, "-I", str(tmp_path / "verify_draw.py"), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        return done.returncode, done.stdout

    assert said(right) == (0, f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n")
    code, words = said(wrong)
    assert (code, words.startswith("WRONG pairs.1.2: the record says")) == (1, True)


def test_a_draw_of_192_states_keeps_every_rule() -> None:
    record = drawn(urn(SIZES), rules())
    assert (len(record["pairs"]), broken(record["pairs"], urn(SIZES), rules())) == (384, [])
