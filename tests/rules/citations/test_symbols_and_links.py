"""Document symbols, put right where misspelt or cut, and addresses of web pages."""

import pytest
from tests.rules.citations.reading_aids import keys, read

from merida.rules.citations.symbols import normalise_symbol


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("载于CAC/COSP/2019/2号文件。", ["CAC/COSP/2019/2"]),
        ("（CAC/CSOP/2015/8）", ["CAC/COSP/2015/8"]),
        ("（CAC/COSP/WG.4/ \n2017/2/Rev.1）", ["CAC/COSP/WG.4/2017/2/Rev.1"]),
        ("[E/CN.15/2019/1](#)。", ["E/CN.15/2019/1"]),
        ("CAC／COSP／2019／2", ["CAC/COSP/2019/2"]),
        ("CTOC/COP/2018/13和Add.1", ["CTOC/COP/2018/13", "CTOC/COP/2018/13/Add.1"]),
        ("A/73/133、S/2019/5", ["A/73/133", "S/2019/5"]),
        ("2018/2019年度，和/或，HIV/AIDS，A/B", []),
        ("见www.example.org/CAC/COSP/2019/2", []),
    ],
)
def test_symbols_are_found_and_put_right(text, expected):
    assert keys("SYMBOL", text) == expected


def test_the_symbol_as_printed_is_kept():
    assert [(m.key, m.surface, m.rule) for m in read("（CAC/CSOP/2015/8）")] == [
        ("CAC/COSP/2015/8", "CAC/CSOP/2015/8", "symbol.mended")
    ]


def test_cyrillic_look_alikes_are_read_as_the_symbol():
    assert keys("SYMBOL", "документ САС/COSP/2019/2", language="ru") == ["CAC/COSP/2019/2"]


def test_a_normalised_symbol_stays_as_it_is():
    assert normalise_symbol(normalise_symbol("CAC/CSOP/WG4/ 2015/2/Rev1.")) == "CAC/COSP/WG.4/2015/2/Rev.1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见 www.example.org/en/page.html。", ["www.example.org/en/page.html"]),
        ("在<http://example.org>网站", ["example.org"]),
        ("在 http://example.org 网站", ["example.org"]),
        ("(see https://www.example.org/a_(b).)", ["www.example.org/a_(b)"]),
        ("www.example.org，其他", ["www.example.org"]),
        ("[条目](https://example.int/x?y=1&z=2#top)", ["example.int/x?y=1&z=2#top"]),
        ("undocs.example.org/en/A/73/1", ["undocs.example.org/en/A/73/1"]),
        ("write to focal.point@example.org", []),
        ("e.g. the end.of it", []),
    ],
)
def test_links_lose_scheme_and_closing_punctuation(text, expected):
    assert keys("LINK", text) == expected
