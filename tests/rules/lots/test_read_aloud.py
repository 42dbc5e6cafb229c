"""The file that is read to the room: the verdict of the procedure on any ceremony, and short, and nothing but Python."""

import ast
import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.lots.test_any_urn import cases
from tests.rules.lots.test_changed_records import REMOVED, changed, changes, leaves, record_of
from tests.rules.lots.urns import BEFORE, LOTTERY, MOMENT, announced, drawn, rules, urn

from merida.rules.lots import LotsError, RuleSet, Urn, announce, digest, draw, read_aloud, verifier_text, verify

LINES, WORDS = 380, 2300  # what docs/reference/draw-record.md tells the reader of the file


def sealed(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its digest made anew, as a forger would."""
    return {**record, "digest": digest({key: one for key, one in record.items() if key != "digest"})}


def places(said: list[str]) -> str:
    return said[0].split(":")[0]


def test_every_changed_leaf_gets_the_verdict_and_the_place_of_the_procedure() -> None:
    record = record_of("CEREMONY")
    assert read_aloud.verify(record) == verify(record) == []
    for at, value in leaves(record):
        for new in changes(value):
            made = changed(record, at, new)
            said, expected = read_aloud.verify(made), verify(made)
            assert said, (at, new)
            if at[0] not in ("announcement", "values") and new is not REMOVED:
                assert places(said).startswith(places(expected)), (at, new, said, expected)
            elif new is REMOVED and at[0] not in ("announcement", "values"):
                assert str(at[0]) in said[0] or said[0].startswith("fields"), (at, said)


def test_a_result_changed_and_sealed_anew_is_found_out_at_its_place() -> None:
    record = record_of("CEREMONY")
    for at, value in leaves(record):
        if at[0] not in ("announcement", "values", "digest"):
            made = sealed(changed(record, at, changes(value)[0]))
            assert places(read_aloud.verify(made)).startswith(places(verify(made))), at


@given(case=cases(), seed=st.integers(0, 10**9))
@settings(max_examples=200, deadline=None)
def test_any_ceremony_is_found_right(case: tuple[Urn, RuleSet], seed: int) -> None:
    people, made = case
    try:
        announcement = announce(
            title="", rules=made, urn=people, sources=[LOTTERY], announced_at=BEFORE, draw_at=MOMENT
        )
    except LotsError:
        return
    assert read_aloud.verify(draw(announcement, [[seed]])) == []


@given(seed=st.integers(0, 10**6), sizes=st.sampled_from([{"A": 4, "B": 3}, {"A": 5, "B": 4, "": 1}]), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_candidate_kept_out_or_let_in_is_found_out_though_all_else_fits(
    seed: int, sizes: dict[str, int], data: Any
) -> None:
    record = drawn(urn(sizes), rules(), seed=seed)
    number = data.draw(st.integers(0, len(record["picks"]) - 1))
    forged = copy.deepcopy(record)
    pick = forged["picks"][number]
    group = data.draw(st.sampled_from(pick["admitted"]))
    code = group["codes"].pop()
    pick["admitted"] = [one for one in pick["admitted"] if one["codes"]]
    pick["refused"].setdefault("DEAD_END", []).append(code)
    assert read_aloud.verify(sealed(forged))[0].startswith(f"picks.{number + 1}.")

    forged = copy.deepcopy(record)
    pick = forged["picks"][number]
    reason = data.draw(st.sampled_from(sorted(pick["refused"])))
    pick["admitted"][0]["codes"].append(pick["refused"][reason].pop())
    assert read_aloud.verify(sealed(forged))[0].startswith(f"picks.{number + 1}.")


def test_numbers_past_any_use_and_what_is_no_record_are_refused() -> None:
    record = record_of("CEREMONY")
    for at, new in (
        (("announcement", "urn", 2, "weight"), 0),
        (("announcement", "urn", 2, "weight"), 10**30),
        (("announcement", "rules", "years"), 0),
        (("values", 0, 0), True),
        (("values", 0, 0), 10**4000),
        (("values", 0), [1] * 5000),
    ):
        made = changed(record, at, new)
        made["announcement_digest"] = digest(made["announcement"])
        assert read_aloud.verify(made)[0].startswith(("announcement", "values")), at
    for nonsense in (7, [], {}, None, "x", {"format": "merida-draw/1"}):
        assert read_aloud.verify(nonsense)


def test_the_file_runs_alone_and_says_the_verdict(tmp_path: Path) -> None:
    record = drawn(urn({"A": 4, "B": 4, "": 1}), rules())
    (tmp_path / "verify_draw.py").write_text(verifier_text(record["announcement"]), encoding="utf-8")

    def said(content: str) -> tuple[int, str]:
        (tmp_path / "record.json").write_text(content, encoding="utf-8")
        command = [sys.executable, "-I", "verify_draw.py", "record.json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        return done.returncode, done.stdout + done.stderr

    assert said(json.dumps(record)) == (0, f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n")
    record["pairs"][0][1] = record["pairs"][0][0]
    code, words = said(json.dumps(record))
    assert (code, words.startswith("WRONG pairs.1.2: the record says")) == (1, True)
    assert said("[" * 200_000)[0] == 1


@pytest.mark.parametrize(
    ("method", "staggered", "short"),
    [("CEREMONY", False, True), ("CEREMONY", True, False), ("UNIFORM", False, False), ("YEARS", False, False)],
)
def test_a_draw_gets_the_shortest_file_that_checks_it(method: str, staggered: bool, short: bool) -> None:
    text = verifier_text(announced(urn({"A": 6}), rules(staggered=staggered), method=method))
    assert (len(text.splitlines()) <= LINES) is short


def test_the_file_is_short_and_needs_nothing_but_the_standard_library() -> None:
    text = Path(read_aloud.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES
    assert len(text.split()) <= WORDS
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            assert {str(name).split(".")[0] for name in names} <= sys.stdlib_module_names
    assert "float" not in text
    assert "random" not in text
