"""Files of one shape repeated ten thousand times take time in proportion: no pattern looks back over all of it."""

import time

import pytest

from merida.exchange.ingest.reading import read

COUNT = 10_000
SLOWEST = 400e-6  # seconds each; 1 to 40 µs on a machine with nothing else to do, thousands where time grows squared
SHAPES = {
    "lines of one character": "a\n" * COUNT,
    "lines of one Chinese character": "的\n" * COUNT,
    "star notes": "1. 正文*。\n" + "* x\n" * COUNT,
    "raised notes": "1. Text.¹\n" + "¹ See x.\n" * COUNT,
    "plain notes": "1. Text 3\n" + "3 See x.\n" * COUNT,
    "captions": "Figure 1: a\n" * COUNT,
    "links": "https://example.org/x\n" * COUNT,
    "links on one line": "https://example.org/x " * COUNT,
    "link marks": "[a](#b) " * COUNT,
    "open brackets": "[" * COUNT + "\n" + "(" * COUNT + "\n" + "《" * COUNT,
    "open quotes": "“" * COUNT + "\n" + '"a ' * COUNT,
    "spaces": "a" + " " * COUNT + "b",
    "dots": "1. A " + ". " * COUNT + "x",
    "rules": "_ " * COUNT + "x",
    "items": "1. a:\n" + "(a) x;\n" * COUNT,
    "headings": "I. A\n\n" * COUNT,
    "paragraphs that cite": "".join(f"{n}. In resolution 8/8, it.\n\n" for n in range(1, COUNT)),
    "a list of resolutions": "第8/8号、" * COUNT + "决议",
    "a list of resolutions that ends in none": "决议。" + "第8/8号和" * COUNT,
    "a list of articles": "articles " + "5, " * COUNT,
    "parts of a symbol": "A/1" + "/1" * COUNT,
    "the Commission": "the Commission " * COUNT,
    "treaties": "《公约》" * COUNT,
    "months": "May " * COUNT + "月" * COUNT,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length_only(shape: str) -> None:
    content = SHAPES[shape].encode()
    begin = time.process_time()
    read(content, "long.txt")
    assert time.process_time() - begin < SLOWEST * COUNT
