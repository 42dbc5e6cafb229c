"""A2: a mechanism with several instruments draws for each: urn, stream, record and staggered groups of its own."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from merida.interfaces.commands import main
from merida.rules.lots import verifier_text

CODES = ("UNTOC", "UNTOC_TIP", "UNTOC_SOM", "UNTOC_FIREARMS")


def drawn(folder: Path, sizes: dict[str, int], *more: str) -> dict[str, dict[str, object]]:
    """Draw from an urn of so many Sample States for each instrument; return the records."""
    given = []
    for code, size in sizes.items():
        urn = folder / f"{code}.json"
        states = [{"code": f"S{place:02}", "group": "EAST" if place % 2 else "WEST"} for place in range(size)]
        urn.write_text(json.dumps({"urn": states}), encoding="utf-8")
        given += ["--urn", f"{code}={urn}"]
    named = [word for code in sizes for word in ("--instrument", code)]
    assert main(["draw", "run", "untoc", *named, *given, "--seed", "7 8/9", "--to", str(folder / "out"), *more]) == 0
    return {code: json.loads((folder / "out" / f"draw-{code.lower()}.json").read_text("utf-8")) for code in sizes}


def test_one_call_draws_for_all_four_and_each_record_is_verified_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = drawn(tmp_path, dict(zip(CODES, (12, 10, 9, 8), strict=True)))

    for code, size in zip(CODES, (12, 10, 9, 8), strict=True):
        record = records[code]
        assert record["announcement"]["instrument"] == code  # type: ignore[index]
        groups = dict(record["staggered"]["groups"])  # type: ignore[index]
        counted = Counter(groups.values())
        assert len(groups) == size
        assert set(counted) == {"1", "2", "3"}
        assert max(counted.values()) - min(counted.values()) <= 1
        assert Counter(subject for subject, _ in record["pairs"]) == dict.fromkeys(groups, 2)  # type: ignore[attr-defined]
        region = {one["code"]: one["group"] for one in record["announcement"]["urn"]}  # type: ignore[index]
        kept = {subject for subject, reviewer in record["pairs"] if region[subject] == region[reviewer]}  # type: ignore[attr-defined]
        assert kept == set(groups)
    said = capsys.readouterr().out
    assert [line.split()[1] for line in said.splitlines() if line.startswith("instrument")] == list(CODES)
    assert "\tgroup 1\t" in said

    files = [str(tmp_path / "out" / f"draw-{code.lower()}.json") for code in CODES]
    assert main(["draw", "verify", *files]) == 0
    assert capsys.readouterr().out.count("RIGHT") == len(CODES)
    for file in files:
        text = verifier_text(json.loads(Path(file).read_bytes())["announcement"])
        (tmp_path / "verify_draw.py").write_text(text, encoding="utf-8")
        alone = subprocess.run(
            [sys.executable, "-I", str(tmp_path / "verify_draw.py"), file], capture_output=True, text=True, check=False
        )
        assert (alone.returncode, alone.stdout[:5]) == (0, "RIGHT")


def test_the_same_urn_and_seed_give_each_instrument_other_reviewers_and_groups(tmp_path: Path) -> None:
    one, other = drawn(tmp_path, {"UNTOC": 20, "UNTOC_TIP": 20}).values()

    assert one["values"] == other["values"]
    assert one["pairs"] != other["pairs"]
    assert one["staggered"] != other["staggered"]


def test_a_changed_group_and_a_record_passed_off_for_another_instrument_are_found_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = drawn(tmp_path, {"UNTOC": 9})["UNTOC"]
    moved, renamed = json.loads(json.dumps(record)), json.loads(json.dumps(record))
    place = moved["staggered"]["groups"][0]
    place[1] = "3" if place[1] == "1" else "1"
    renamed["announcement"]["instrument"] = "UNTOC_SOM"
    capsys.readouterr()

    for changed, words in ((moved, "WRONG staggered.groups.1.2"), (renamed, "WRONG announcement_digest")):
        path = tmp_path / "changed.json"
        path.write_text(json.dumps(changed), encoding="utf-8")
        assert main(["draw", "verify", str(path)]) == 1
        assert words in capsys.readouterr().out


def test_records_of_several_instruments_in_one_file_are_verified_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn(tmp_path, {"UNTOC": 9, "UNTOC_SOM": 6}, "--json")
    both = tmp_path / "both.jsonl"
    both.write_text(capsys.readouterr().out, encoding="utf-8")

    assert main(["draw", "verify", str(both)]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["RIGHT UNTOC", "RIGHT UNTOC_SOM"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--instrument", "UNCAC"], "untoc does not draw for the instrument 'UNCAC'; it does for UNTOC, UNTOC_TIP"),
        (["--instrument", "UNTOC_SOM=x"], "does not draw for the instrument 'UNTOC_SOM=x'"),
        (["--urn", "UNTOC_SOM=/no/such/file"], "/no/such/file cannot be read"),
        (["--urn", "one.json", "--urn", "two.json"], "--urn INSTRUMENT=FILE for several"),
    ],
)
def test_what_cannot_be_drawn_for_is_named(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["draw", "run", "untoc", *arguments, "--at", "2025-01-01", "--seed", "1"]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


def test_the_urn_of_an_instrument_is_its_parties_on_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "run", "untoc", "--at", "2004-06-30", "--seed", "5", "--json"]) == 0
    said = capsys.readouterr()
    record = json.loads(said.out.splitlines()[0])
    codes = {one["code"] for one in record["announcement"]["urn"]}

    assert record["announcement"]["instrument"] == "UNTOC"
    assert {"AFG", "ALB"} <= codes
    assert len(codes) < 100
