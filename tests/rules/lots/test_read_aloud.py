"""The files that are read to a room: right on any draw, finding out any change, short, and nothing but Python."""

import ast
import copy
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.lots.test_any_urn import cases
from tests.rules.lots.test_changed_records import METHODS, REMOVED, changed, changes, leaves, record_of
from tests.rules.lots.urns import BEFORE, LOTTERY, MOMENT, announced, drawn, rules, urn

from merida.rules.lots import LotsError, RuleSet, Urn, aloud, announce, digest, draw, verifier_text, verify
from merida.rules.lots.procedure import record as procedure

LONG = 600  # lines of the file that makes the whole draw again
TEN_MINUTES = 1500  # words read aloud
# what a reader of a file says, as docs/reference/draw-record.md tells
WORDS = {"CEREMONY": 1367, "UNIFORM": 1183, "YEARS": 664, "CEREMONY STAGGERED": 1498, "UNIFORM STAGGERED": 1314}


def words(text: str) -> int:
    """What a reader says: every name, its parts counted one by one, and every number."""
    return len(re.findall(r"[A-Za-z]+|\d+", text))


def sealed(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its digest made anew, as a forger would."""
    return {**record, "digest": digest({key: one for key, one in record.items() if key != "digest"})}


def place(said: list[str]) -> list[str]:
    return said[0].split(":")[0].split(".")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("staggered", [False, True])
def test_every_changed_leaf_is_found_out_and_its_place_named(method: str, staggered: bool) -> None:
    record = record_of(method, staggered=staggered)
    assert verify(record) == procedure.verify(record) == []
    for at, value in leaves(record):
        for new in changes(value)[: 1 if method == "UNIFORM" and at[0] == "announcement" else None]:
            said = verify(changed(record, at, new))
            assert said, (at, new)
            spelled = [str(key + 1) if isinstance(key, int) else key for key in at]
            if new is REMOVED and said[0].startswith("record: something is missing"):
                assert any(f"'{key}'" in said[0] for key in at), (at, said)
            elif at[0] not in ("announcement", "values"):
                inside = len(spelled) - (new is REMOVED)
                common = min(inside, len(place(said)))
                assert place(said)[:common] == spelled[:common] or at[0] == "format", (at, new, said)


@pytest.mark.parametrize("method", METHODS)
def test_a_result_changed_and_sealed_anew_is_found_out_at_its_place(method: str) -> None:
    record = record_of(method)
    for at, value in leaves(record):
        if at[0] not in ("announcement", "values", "digest", "format"):
            said = verify(sealed(changed(record, at, changes(value)[0])))
            assert place(said)[0] == at[0], (at, said)


@given(case=cases(), seed=st.integers(0, 10**9), method=st.sampled_from(["CEREMONY", "CEREMONY", "YEARS"]))
@settings(max_examples=200, deadline=None)
def test_any_draw_is_found_right(case: tuple[Urn, RuleSet], seed: int, method: str) -> None:
    people, made = case
    try:
        announcement = announce(
            title="", rules=made, urn=people, sources=[LOTTERY], announced_at=BEFORE, draw_at=MOMENT, method=method
        )
    except LotsError:
        return
    record = draw(announcement, [[seed]])
    assert aloud.verify(record) == procedure.verify(record) == []


@given(seed=st.integers(0, 10**6), sizes=st.sampled_from([{"A": 4, "B": 3}, {"A": 5, "B": 4, "": 1}]), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_candidate_kept_out_or_let_in_is_found_out_though_all_else_fits(
    seed: int, sizes: dict[str, int], data: Any
) -> None:
    record = drawn(urn(sizes), rules(), seed=seed)
    number = data.draw(st.integers(0, len(record["picks"]) - 1))
    everyone = [one["code"] for one in record["announcement"]["urn"]]
    forged = copy.deepcopy(record)
    pick = forged["picks"][number]
    code = data.draw(st.sampled_from(sorted(pick["admitted"])))
    del pick["admitted"][code]
    pick["refused"]["DEAD_END"] = sorted([*pick["refused"].get("DEAD_END", []), code])
    crowd = data.draw(st.lists(st.sampled_from(everyone), unique=True))
    pick["proofs"].append({"codes": [code], "crowd": crowd})
    assert verify(sealed(forged))[0].startswith(f"picks.{number + 1}")

    forged = copy.deepcopy(record)
    pick = forged["picks"][number]
    reason = data.draw(st.sampled_from(sorted(pick["refused"])))
    code = pick["refused"][reason].pop()
    pick["admitted"][code] = data.draw(st.sampled_from([*pick["admitted"].values(), [[pick["subject"], code]]]))
    assert verify(sealed(forged))[0].startswith(f"picks.{number + 1}")


def test_a_case_split_over_two_that_may_review_each_other_proves_nothing() -> None:
    record = drawn(urn({"A": 5}), rules(no_mutual=False, same_group_at_least=0, duties_min=0), seed=5)
    pick = record["picks"][-1]
    code = min(pick["admitted"])
    del pick["admitted"][code]
    pick["refused"].setdefault("DEAD_END", []).append(code)
    full = {"crowd": [one["code"] for one in record["announcement"]["urn"]]}
    proof = {"codes": [code], "pair": ["A000", "A001"], "without": full, "without_mirror": full}
    pick["proofs"].append(proof)
    number = len(record["picks"])
    assert verify(sealed(record))[0].startswith(f"picks.{number}")


def test_a_start_that_breaks_a_rule_is_refused() -> None:
    announcement = announced(urn({"A": 6}), rules(), method="UNIFORM")
    announcement["start"][0][1] = announcement["start"][0][0]
    assert verify(draw(announcement, [[1]]))[0].startswith("announcement.start")


def test_numbers_past_any_use_and_what_is_no_record_are_refused() -> None:
    record = record_of("CEREMONY")
    for at, new in (
        (("announcement", "urn", 2, "weight"), 0),
        (("announcement", "urn", 2, "weight"), 10**30),
        (("values", 0, 0), True),
        (("values",), []),
    ):
        made = changed(record, at, new)
        made["announcement_digest"] = digest(made["announcement"])
        assert verify(made)[0].startswith(("announcement", "values", "record")), at
    years = changed(record_of("YEARS"), ("announcement", "rules", "years"), 10**30)
    years["announcement_digest"] = digest(years["announcement"])
    assert verify(years)[0].startswith("announcement.rules.years")
    for nonsense in (7, [], {}, None, "x", {"format": "merida-draw/2 CEREMONY"}, {"format": {}}, {"format": []}):
        assert verify(nonsense)


def test_records_of_the_first_format_stay_verifiable_and_get_the_long_file() -> None:
    announcement = announced(urn({"A": 4, "B": 4, "": 1}), rules())
    del announcement["format"]
    record = draw(announcement, [[1]])
    assert record["format"] == "merida-draw/1"
    assert verify(record) == []
    assert len(verifier_text(announcement, [record]).splitlines()) > LONG
    record["picks"][3]["ball"] += 1
    assert verify(record)[0].startswith("picks.4.ball")


def test_a_candidate_left_undecided_is_no_matter_for_the_short_file() -> None:
    record = drawn(urn({"A": 4, "B": 3}), rules())
    record["picks"][0]["refused"]["UNDECIDED"] = ["B000"]
    assert verify(sealed(record))[0].startswith("picks.1")
    assert len(verifier_text(record["announcement"], [record]).splitlines()) > LONG


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("staggered", [False, True])
def test_the_file_runs_alone_and_says_the_verdict_of_the_command(method: str, staggered: bool, tmp_path: Path) -> None:
    record = drawn(urn({"A": 4, "B": 4, "": 1}), rules(staggered=staggered), method=method)
    (tmp_path / "verify_draw.py").write_text(verifier_text(record["announcement"], [record]), encoding="utf-8")

    def said(content: str) -> tuple[int, str]:
        (tmp_path / "record.json").write_text(content, encoding="utf-8")
        command = [sys.executable, "-I", "verify_draw.py", "record.json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    assert said(json.dumps(record)) == (0, f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n")
    doubled = json.dumps(record).replace('{"', '{"pairs": [], "', 1)
    assert said(doubled) == (1, f"WRONG names: the record says {len(record) + 1}, right is {len(record)}\n")
    record["pairs"][0][1] = record["pairs"][0][0]
    assert said(json.dumps(record)) == (1, f"WRONG {verify(record)[0]}\n")
    assert verify(record)[0].startswith("pairs.1.2: the record says")
    code, words_ = said("[" * 200_000)
    assert (code, "Traceback" in words_) == (1, False)


@pytest.mark.parametrize("kind", sorted(aloud.KINDS))
def test_each_file_is_short_and_needs_nothing_but_the_standard_library(kind: str) -> None:
    text = aloud.file_text(kind)
    assert words(text) == WORDS[kind.removeprefix("merida-draw/2 ")]
    assert words(text) < TEN_MINUTES
    imported = Counter[str]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported.update(
                [str(node.module)] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            )
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
    assert "float" not in text
    assert "random" not in text


def test_every_removed_field_of_a_pick_is_named() -> None:
    record = record_of("CEREMONY")
    for name in record["picks"][0]:
        assert verify(changed(record, ("picks", 0, name), REMOVED))[0].startswith("picks.1"), name
