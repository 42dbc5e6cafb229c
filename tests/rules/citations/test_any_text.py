"""Whatever the text, recognition does not raise and every mention points at what it says."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.citations.reading_aids import INDEX

from merida.rules.citations.mention import Passage
from merida.rules.citations.names import LANGUAGES
from merida.rules.citations.recognise import recognise
from merida.rules.citations.symbols import normalise_symbol

PIECES = st.sampled_from(
    [
        "《联合国反腐败公约》",
        "《公约》",
        "该《公约》",
        "第",
        "号",
        "决议",
        "决定",
        "第8/8号决议",
        "5/4",
        "、",
        "和",
        "至",
        "第十四条",
        "第五款",
        "㈢",
        "第二章",
        "(c)项",
        "缔约国会议",
        "大会",
        "2019年",
        "12月",
        "16日",
        "至20日",
        "同月",
        "中国",
        "发展中国家",
        "毒罪办",
        "（毒罪办）",
        "resolution ",
        "8/8",
        "articles 7, 8 and 11",
        "chapter II",
        "of the Convention",
        "16 to 20 December 2019",
        "CAC/CSOP/",
        "WG.4/2015/2",
        "www.example.org/a_(b).",
        "https://",
        "\n",
        "\u200f",
        "\xa0",
        "قرار 8/8",
        "резолюции 5/4",
        "في مصر",
        "9999999/1",
        "1244 (1999)",
        ". ",
        "；",
        "\x00",
        "“",
        "”",
        "第99999999条",
        "第0章",
        "0年0月0日",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))
KINDS = st.sampled_from(["TITLE", "HEADING", "PARAGRAPH", "ITEM", "FOOTNOTE", "STAR_NOTE"])
PASSAGES = st.lists(
    st.builds(Passage, at=st.sampled_from(["1", "h:一", "h:一.A", "fn1", "2(a)", ""]), text=TEXTS, kind=KINDS),
    max_size=5,
)
LANGUAGE = st.sampled_from([*LANGUAGES, "", "de"])


@settings(max_examples=400, deadline=None)
@given(passages=PASSAGES, language=LANGUAGE)
def test_every_mention_lies_in_its_passage_and_prints_what_it_covers(passages, language):
    texts = {(passage.at, passage.text) for passage in passages}
    for mention in recognise(passages, language=language, names=INDEX):
        assert 0 <= mention.start < mention.end
        assert mention.rule
        assert mention.key
        assert any(at == mention.at and text[mention.start : mention.end] == mention.surface for at, text in texts)


@settings(max_examples=150, deadline=None)
@given(passages=PASSAGES, language=LANGUAGE)
def test_reading_twice_finds_the_same(passages, language):
    first = recognise(passages, language=language, names=INDEX)
    assert recognise(passages, language=language, names=INDEX) == first


@given(st.text(alphabet="CASOPWG./0123456789 Rev()АСЕ／", max_size=40))
def test_a_normalised_symbol_is_stable(printed):
    once = normalise_symbol(printed)
    assert normalise_symbol(once) == once


@given(low=st.integers(1, 30), count=st.integers(1, 8))
def test_a_range_of_resolutions_names_each_once(low, count):
    text = f"联合国反腐败公约缔约国会议第8/{low}号至第8/{low + count}号决议"
    found = [m.key for m in recognise([Passage("1", text, "PARAGRAPH")], language="zh", names=INDEX)]
    assert found == [f"COSP 8/{value}" for value in range(low, low + count + 1)]


@given(numbers=st.lists(st.integers(1, 71), min_size=2, max_size=6, unique=True))
def test_a_list_of_articles_names_each_once(numbers):
    text = "《联合国反腐败公约》" + "、".join(f"第{value}条" for value in numbers)
    found = [m.key for m in recognise([Passage("1", text, "PARAGRAPH")], language="zh", names=INDEX)]
    assert found == [f"UNCAC {value}" for value in numbers]
