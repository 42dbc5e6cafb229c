"""What documents of our own wording tell, against their labels: no label that was met is lost, no more is made up."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from labelled import parted, pooled

#: The labels met and the rows that no label asks for, of each field, by the beginning of the documents' names.
REACHED = {
    "en_1": {
        "activity: month": (89, 2),
        "activity: date": (88, 3),
        "activity: State": (89, 2),
        "activity: type": (83, 8),
        "figure": (80, 1),
        "request: kind": (47, 1),
        "request: condition": (10, 0),
        "practice": (13, 0),
        "officer": (7, 0),
        "attendance": (16, 0),
        "observer": (4, 0),
        "request: addressee": (47, 1),
    },
    "en_2": {
        "activity: month": (37, 1),
        "activity: date": (37, 1),
        "activity: State": (37, 1),
        "activity: type": (37, 1),
        "figure": (23, 0),
        "request: kind": (22, 0),
        "request: condition": (3, 1),
        "practice": (8, 0),
        "officer": (3, 0),
        "attendance": (11, 0),
        "observer": (2, 0),
        "request: addressee": (22, 0),
    },
    "en_3": {
        "activity: month": (19, 1),
        "activity: date": (18, 2),
        "activity: State": (17, 3),
        "activity: type": (18, 2),
        "figure": (16, 0),
        "request: kind": (9, 0),
        "request: condition": (1, 0),
        "practice": (1, 0),
        "officer": (1, 0),
        "attendance": (13, 0),
        "observer": (4, 0),
        "request: addressee": (9, 0),
    },
    "en_4": {
        "activity: month": (20, 3),
        "activity: date": (20, 3),
        "activity: State": (20, 3),
        "activity: type": (13, 10),
        "figure": (7, 1),
        "request: kind": (3, 0),
        "request: condition": (1, 0),
        "request: addressee": (3, 0),
    },
    "en_5": {
        "activity: month": (15, 0),
        "activity: date": (15, 0),
        "activity: State": (15, 0),
        "activity: type": (14, 1),
        "figure": (9, 0),
        "request: kind": (10, 0),
        "request: condition": (1, 1),
        "practice": (3, 0),
        "officer": (1, 0),
        "attendance": (12, 0),
        "observer": (3, 0),
        "request: addressee": (10, 0),
    },
    "fr": {
        "activity: month": (25, 0),
        "activity: date": (25, 0),
        "activity: State": (25, 0),
        "activity: type": (25, 0),
        "figure": (14, 0),
        "provision": (11, 0),
    },
    "es": {
        "activity: month": (25, 0),
        "activity: date": (25, 0),
        "activity: State": (25, 0),
        "activity: type": (25, 0),
        "figure": (14, 0),
        "provision": (11, 0),
    },
    "ru": {
        "activity: month": (25, 0),
        "activity: date": (25, 0),
        "activity: State": (25, 0),
        "activity: type": (25, 0),
        "figure": (14, 0),
        "provision": (11, 0),
    },
    "ar": {
        "activity: month": (25, 0),
        "activity: date": (25, 0),
        "activity: State": (25, 0),
        "activity: type": (25, 0),
        "figure": (14, 0),
        "provision": (11, 0),
    },
}


@pytest.mark.parametrize("prefix", REACHED)
def test_nothing_that_was_read_right_is_read_wrong(prefix: str) -> None:
    told = pooled(prefix)
    lost = {name: told[name].missed for name, (hits, _) in REACHED[prefix].items() if told[name].hits < hits}
    made_up = {
        name: told[name].wrong
        for name, (_, wrong) in REACHED[prefix].items()
        if told[name].found - told[name].hits > wrong
    }
    assert (lost, made_up) == ({}, {})


def test_labels_stand_with_the_paragraph_or_item_above_them_and_are_not_read() -> None:
    text, labels = parted("1. One.\n@F 4\n(a) Item;\n@R recommendation States | on request\n2. Two.\n@F 5")
    assert text == "1. One.\n\n(a) Item;\n\n2. Two.\n"
    assert labels == [("1", "F", "4"), ("1(a)", "R", "recommendation States | on request"), ("2", "F", "5")]
