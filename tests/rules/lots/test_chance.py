"""Numbers from a seed: published vectors, RFC 3797's worked example, evenness."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.rules.lots import LotsError, canonical, digest, numbers_of
from merida.rules.lots.procedure.chance import Stream, seed_key
from merida.rules.lots.procedure.record import run
from merida.rules.lots.rfc3797 import selected

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
EXAMPLE = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]


def test_the_worked_example_of_rfc_3797() -> None:
    assert seed_key(EXAMPLE) == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert selected(EXAMPLE, pool=25, count=10, original=True) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert selected(EXAMPLE, pool=25, count=10) != selected(EXAMPLE, pool=25, count=10, original=True)


def test_the_published_vectors_of_the_stream() -> None:
    for one in VECTORS["streams"]:
        stream = Stream(one["seed"], one["label"])
        assert [stream.below(bound) for bound in one["bounds"]] == one["numbers"]


def test_the_published_draws() -> None:
    for one in VECTORS["draws"]:
        record = run(one["announcement"], one["values"])
        assert (record["seed"], record["pairs"], record["digest"]) == (one["seed"], one["pairs"], one["digest"])


def test_canonical_text_is_one_spelling() -> None:
    assert canonical({"b": ["é", 1], "a": True}) == '{"a":true,"b":["é",1]}'.encode()
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(bound=st.integers(1, 2**64), seed=st.text(max_size=5))
def test_numbers_stay_below_the_bound(bound: int, seed: str) -> None:
    stream = Stream(seed, "test")
    assert all(0 <= stream.below(bound) < bound for _ in range(5))


def test_numbers_are_even() -> None:
    stream = Stream("00", "even")
    counts = Counter(stream.below(6) for _ in range(12_000))
    chi_square = sum((counts[face] - 2000) ** 2 / 2000 for face in range(6))
    assert chi_square < 20.5  # 5 degrees of freedom, 0.001


@given(st.lists(st.integers()))
def test_shuffling_loses_nothing(items: list[int]) -> None:
    assert sorted(Stream("00", "shuffle").shuffled(items)) == sorted(items)


def test_a_seed_is_typed_with_slashes() -> None:
    assert numbers_of("9319/ 2, 5 12 /7") == [[9319], [2, 5, 12], [7]]
    for text in ("", "none", "1//2"):
        with pytest.raises(LotsError, match="write whole numbers"):
            numbers_of(text)
