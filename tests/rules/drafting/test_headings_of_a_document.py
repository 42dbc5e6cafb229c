"""The measurement of ``benchmarks/report_headings.py`` on a document of our own wording, with labels of our own."""

from pathlib import Path

import pytest
from benchmarks.report_headings import measure, right

TEXT = """\u8054合国反腐败公约 缔约国会议

Distr.: General
23 March 2021
Chinese
Original: English

样本决议的执行情况

秘书处编写的背景文件

一. 引言

1. 本文件说明样本决议的执行情况。

二. 样本决议的最新情况

A. 工作组框架

1. 报告缔约国的情况

2. 各国分享了信息。

C. 各国的法律和政策框架

1. 支持各国起草法律

3. 2019 年 11 月在加纳举办了讲习班。

H. 其他工作

3. 体育

4. 2019 年 12 月在肯尼亚举办了讲习班。
"""
LABELS = {
    "headings": [
        {"level": 1, "number": "一", "first_paragraph": 1},
        {"level": 1, "number": "二", "first_paragraph": 2},
        {"level": 2, "number": "A", "first_paragraph": 2},
        {"level": 3, "number": "1", "first_paragraph": 2},
        {"level": 2, "number": "C", "first_paragraph": 3},
        {"level": 3, "number": "1", "first_paragraph": 3},
        {"level": 2, "number": "H", "first_paragraph": 4},
        {"level": 3, "number": "3", "first_paragraph": 4},
    ],
    "paragraph_ends": {"1": [], "2": [], "3": [], "4": []},
    "activities": [
        {"id": "a", "at": "3", "date_from": "2019-11", "date_precision": "month", "country": "GHA", "type": "workshop"},
        {"id": "b", "at": "4", "date_from": "2019-12", "date_precision": "month", "country": "KEN", "type": "workshop"},
        {"id": "c", "at": "4", "date_from": None, "date_precision": "none", "country": "KEN", "type": "meeting"},
    ],
}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "sample.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_the_right_heading_follows_from_the_labels_alone():
    assert right(LABELS) == {"1": "INTRODUCTION", "2": "STATE_REPORTS", "3": "LEGISLATION", "4": "SPORT"}


def test_confirmed_and_read_activities_are_compared_with_the_labels(document, capsys):
    shares = measure(document, LABELS, wrong=True)

    assert {name: round(share) for name, share in shares.items()} == {
        "confirmed": 100,
        "uncurated": 67,
        "dated": 100,
        "words": 0,
    }
    assert "para. 4: not read instead of SPORT (1)" in capsys.readouterr().out
