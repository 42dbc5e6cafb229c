"""Extraction takes time in proportion to the text, also where one sentence has no end."""

import time

import pytest
from tests.rules.extraction.telling import told


def spent(text: str, language: str) -> float:
    begin = time.process_time()
    told(text, language=language)
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("zh", "2021年3月在加纳、"),
        ("zh", "：2021年3月在加纳；"),
        ("zh", "缔约国会议请缔约国，并鼓励的"),
        ("zh", "“《（2021年3月，"),
        ("zh", "1,250 名教师应当，"),
        ("en", "in Ghana in March 2021, "),
        ("en", "the Conference requested the Secretariat, "),
        ("en", "1,250 big red teachers, "),
    ],
)
def test_four_times_the_text_takes_no_sixteen_times_as_long(language: str, piece: str) -> None:
    spent(piece, language)  # the word lists are read once
    short, long = spent(piece * 400, language), spent(piece * 1600, language)
    assert long < 10 * short + 0.5
