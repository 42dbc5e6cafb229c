"""Every leaf of a record of the first format, changed or taken out, one at a time: found out, and named; nonsense is refused at once."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from tests.rules.lots.urns import drawn, rules, urn

from merida.rules.lots import Conflict, Exclusion, canonical, digest, draw, standalone_text, verify
from merida.rules.lots.procedure import record as procedure

Place = tuple[str | int, ...]
METHODS = ["CEREMONY", "UNIFORM", "YEARS"]
REMOVED = object()


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same announcement and numbers give the same record: it is made once for all changes to its result."""
    kept, run = dict[str, dict[str, Any]](), procedure.run

    def known(announcement: dict[str, Any], values: list[list[int]]) -> dict[str, Any]:
        name = json.dumps([announcement, values])
        if name not in kept:
            kept[name] = run(announcement, values)
        return copy.deepcopy(kept[name])

    monkeypatch.setattr(procedure, "run", known)


def record_of(method: str, **fields: Any) -> dict[str, Any]:
    """A small record with something in every list that a first draw fills."""
    people = urn(
        {"A": 4, "B": 3},
        excluded=(Exclusion("A000", "left"),),
        conflicts=(Conflict("B000", "B001", "interest"),),
    )
    if method == "UNIFORM":
        people = urn({"A": 3})
    return drawn(
        people,
        rules(reviewers_per_review=1, duties_min=0, preferences=["SIMILAR_LEGAL_SYSTEM"], **fields),
        method=method,
    )


def first_record(method: str) -> dict[str, Any]:
    """The same of the first format: its announcement names no format, and no table to begin at."""
    announcement = record_of(method)["announcement"]
    return draw({key: one for key, one in announcement.items() if key not in ("format", "start")}, [[1]])


def leaves(value: object, at: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield every text, number and truth value with its place, and every empty list and object."""
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    if not inside:
        yield at, value
    for key, one in inside:
        yield from leaves(one, (*at, key))


def changes(value: object) -> list[object]:
    """What else may stand at a place: another value of its kind, and one of another kind, or nothing."""
    if isinstance(value, bool):
        return [not value, int(value), REMOVED]
    if isinstance(value, int):
        return [value + 1, str(value), REMOVED]
    if isinstance(value, str):
        return [f"{value}x", 7, None, REMOVED]
    return [["more"], REMOVED]


def changed(record: dict[str, Any], at: Place, new: object) -> dict[str, Any]:
    """The record with one place changed."""
    made = copy.deepcopy(record)
    box: Any = made
    for key in at[:-1]:
        box = box[key]
    if new is REMOVED:
        del box[at[-1]]
    else:
        box[at[-1]] = new
    return made


def spelled(at: Place) -> str:
    """A place as the verifier names it: entries of lists count from 1."""
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in at)


@pytest.mark.parametrize("method", METHODS)
def test_every_changed_leaf_is_found_out_and_those_drawn_are_named_exactly(method: str) -> None:
    record = first_record(method)
    found = list(leaves(record))
    assert len(found) > 40
    for at, value in found:
        one_is_enough = method == "UNIFORM" and at[0] == "announcement"  # each is a walk of its own
        for new in changes(value)[: 1 if one_is_enough else None]:
            said = verify(changed(record, at, new))
            assert said, (at, new)
            top = str(at[0])
            if top in ("announcement", "values"):
                names = ("announcement", "values", "seed", "digest", *record)
                assert said[0].split(":")[0].split(".")[0] in names, (at, new, said[0])
            elif new is REMOVED:
                assert said[0].startswith((top, spelled(at[:-1]))), (at, new, said[0])
            else:
                assert said[0].startswith(f"{spelled(at)}:"), (at, new, said[0])


@pytest.mark.parametrize("method", METHODS)
def test_a_changed_result_is_found_out_though_its_digest_was_made_anew(method: str) -> None:
    record = first_record(method)
    for at, value in leaves(record):
        if at[0] in ("announcement", "values", "digest"):
            continue  # another announcement or seed is another draw: its digests were published
        made = changed(record, at, changes(value)[0])
        made["digest"] = digest({key: one for key, one in made.items() if key != "digest"})
        assert verify(made)[0].startswith(f"{spelled(at)}:"), at


def test_the_single_file_gives_the_verdict_of_the_command_word_for_word(tmp_path: Path) -> None:
    (tmp_path / "verify_draw.py").write_text(standalone_text(), encoding="utf-8")
    many = (
        "import json, sys, verify_draw\n"
        "print(json.dumps([verify_draw.verify(one) for one in json.load(sys.stdin)], ensure_ascii=True))"
    )
    made = []
    for method in METHODS:
        record = first_record(method)
        made += [changed(record, at, changes(value)[0]) for at, value in list(leaves(record))[::5]]
    done = subprocess.run(
        [sys.executable, "-c", many], cwd=tmp_path, input=canonical(made), capture_output=True, check=True
    )
    assert json.loads(done.stdout) == [verify(one) for one in made]


@pytest.mark.parametrize(
    ("at", "new", "named"),
    [
        (("announcement", "urn", 2, "weight"), 10**30, "urn.3.weight"),
        (("announcement", "urn", 2, "weight"), 0, "urn.3.weight"),
        (("announcement", "urn", 0, "duties_done"), -1, "urn.1.duties_done"),
        (("announcement", "rules", "years"), 0, "rules.years"),
        (("announcement", "rules", "reviewers_per_review"), 10**9, "rules.reviewers_per_review"),
        (("announcement", "subjects"), ["A001"] * 5000, "subjects"),
        (("announcement", "urn"), [{}] * 5000, "urn"),
        (("values", 0), [1] * 5000, "values"),
        (("values", 0, 0), 10**4000, "values"),
        (("values", 0, 0), True, "values"),
    ],
)
def test_sizes_past_any_use_are_refused_at_once_and_named(at: Place, new: object, named: str) -> None:
    made, began = changed(first_record("CEREMONY"), at, new), process_time()

    assert f"{named}:" in verify(made)[0]
    assert process_time() - began < 1


@pytest.mark.parametrize("new", [float("nan"), "\ud800", 1e400, {"x": float("inf")}])
def test_what_has_no_canonical_text_is_refused_in_words(new: object) -> None:
    assert verify(changed(first_record("CEREMONY"), ("pairs",), new))[0].startswith("announcement: something")


def test_a_file_nested_without_end_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "verify_draw.py").write_text(standalone_text(), encoding="utf-8")
    (tmp_path / "record.json").write_text("[" * 200_000, encoding="utf-8")
    command = [sys.executable, "verify_draw.py", "record.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, "cannot be read as JSON" in done.stderr) == (1, True)
