"""No text of a document vanishes in reading: it is in a passage or in the list of what was left out."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.rooms.ingest.conserved import invented, lost

from merida.exchange.ingest.decoding import decode
from merida.exchange.ingest.reading import structure_of

DOCUMENTS = sorted((Path(__file__).parents[2] / "documents").glob("*.txt"))

MARKS = [
    "", "", "", "1. ", "2. ", "3. ", "4. ", "12. ", "一. ", "二、 ", "三、", "A. ", "B. ", "I. ", "II. ", "(a) ", "(b) ", "（一）",
    "㈠ ", "① ", "- ", "- (a) ", "• ", "¹ ", "² ", "* ", "** ", "1 www.", "أولاً- ", "1- ", "a) ", "IV. ", " ",
]  # fmt: skip
TEXTS = [
    "工作组注意到这些资料。", "引言", "各国提供了资料", "下列缔约国派代表出席了会议：中国、法国。", "国家", "家庭。", "包括：", "见 www.example.org/a。",
    "The meeting was opened by the Chair.", "Introduction", "the Secretariat of the Confer-", "ence noted that:", "records;", "网站1和",
    "规定。¹", "²目前", "CAC/COSP/WG.4/2034/2", "http://undocs.org/ch/CAC/COSP/2", "摘要", "Annex", "附件一", "图一", "____________", "2/14",
    "V.34-01234", "- 3 -", "第 3 页", "[CAC/COSP/1](#)", "<http://example.org>", "Distr.: General", "23 March 2034", "临时议程*项目2", "قرر المؤتمر ما يلي:",
    "第十二届会议", "Original: English", "## Title", "*", "**", "7.", "(c)", "30 km²", "12",
]  # fmt: skip
LINES = st.tuples(st.sampled_from(MARKS), st.sampled_from(TEXTS), st.sampled_from(["\n", "\n\n", "\n\n\n", " \n"]))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_character_of_the_sample_documents_is_in_the_record(path: Path) -> None:
    text = decode(path.read_bytes(), path.name).text
    structure = structure_of(text)

    assert (lost(text, structure), invented(text, structure)) == (Counter(), Counter())


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=24))
@example([("", "网站1和", "\n"), ("1 www.", "见 www.example.org/a。", "\n")])
def test_every_character_of_any_lines_is_in_the_record(lines: list[tuple[str, str, str]]) -> None:
    text = "".join(mark + words + end for mark, words, end in lines)
    structure = structure_of(text)

    assert (lost(text, structure), invented(text, structure)) == (Counter(), Counter())


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=24))
@example([("2. ", "工作组注意到这些资料。", "\n"), ("一. ", "工作组注意到这些资料。", "\n")] * 2)
def test_places_are_named_once(lines: list[tuple[str, str, str]]) -> None:
    structure = structure_of("".join(mark + words + end for mark, words, end in lines))
    places = (
        [h.at for h in structure.headings] + [f.at for f in structure.footnotes] + [c.at for c in structure.captions]
    )
    places += [at for p in structure.paragraphs for at in (p.at, *(item.at for item in p.items))]

    assert [at for at, count in Counter(places).items() if count > 1] == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_and_every_paragraph_has_a_place(text: str) -> None:
    assert all(paragraph.at for paragraph in structure_of(text).paragraphs)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12))
def test_reading_twice_gives_the_same(lines: list[tuple[str, str, str]]) -> None:
    text = "".join(mark + words + end for mark, words, end in lines)

    assert structure_of(text) == structure_of(text)
