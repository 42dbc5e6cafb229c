"""Footnotes are tied to their calls however these are printed."""

import pytest
from tests.rooms.ingest.sample_reading import sample, texts

from merida.exchange.ingest.reading import structure_of
from merida.exchange.ingest.record import Structure


def notes(structure: Structure) -> list[tuple[str, str, str]]:
    return [(f.number, f.called_in, f.text) for f in structure.footnotes]


def test_raised_calls_after_a_full_stop_a_comma_and_a_word() -> None:
    assert notes(sample("zh_report")) == [
        ("1", "10", "www.example.org/records/working-group.html。"),
        ("2", "11", "www.example.org/catalogue.aspx。"),
    ]


def test_plain_digits_glued_to_a_noun_are_calls_and_leave_the_text() -> None:
    paragraph = sample("zh_wrapped").paragraphs[3]

    assert notes(sample("zh_wrapped")) == [
        ("1", "4", "www.example.org/meetings/session3.html。"),
        ("2", "4", "www.example.org/archives/by-topic.html。"),
    ]
    assert "工作组的会议网站和专题网站上。" in paragraph.text
    assert [(call.note, paragraph.text[call.start - 2 : call.start]) for call in paragraph.calls] == [
        ("1", "网站"),
        ("2", "网站"),
    ]


def test_star_notes_belong_to_the_masthead() -> None:
    assert notes(sample("en_report"))[:2] == [
        ("*", "masthead", "CAC/COSP/WG.4/2034/1."), ("**", "masthead", "The present document was not formally edited."),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru"])
def test_calls_in_the_other_languages(language: str) -> None:
    assert [(f.number, f.called_in) for f in sample(f"{language}_note").footnotes] == [("*", "masthead"), ("1", "1")]


def test_a_square_kilometre_is_no_call() -> None:
    paragraph = sample("en_report").paragraphs[-2]

    assert (paragraph.text, [c.note for c in paragraph.calls]) == (
        "One speaker described an online catalogue with 1,200 entries covering 30 km² of shelves.", ["2"],
    )  # fmt: skip


@pytest.mark.parametrize("words", ["发布了1份报告", "于1月举行", "第1号决议", "自1990年起", "1.5倍", "A/1"])
def test_digits_that_count_or_date_are_no_calls(words: str) -> None:
    structure = structure_of(
        f"1. 秘书处{words}，并在网站1上公布。\n\n__________\n\n1 www.example.org/a。\n\n2. 会议结束。\n"
    )

    assert texts(structure)["1"] == f"秘书处{words}，并在网站上公布。"


def test_a_note_in_the_middle_of_a_sentence_leaves_the_sentence_whole() -> None:
    structure = structure_of("1. 会议在网站¹上公\n\n¹ 见 www.example.org/a。\n\n布了报告。\n\n2. 会议结束。\n")

    assert (texts(structure)["1"], notes(structure)) == (
        "会议在网站上公布了报告。",
        [("1", "1", "见 www.example.org/a。")],
    )


def test_a_note_that_nothing_calls_is_kept_with_a_notice() -> None:
    structure = structure_of("1. 会议公布了报告。\n\n¹ 见 www.example.org/a。\n\n2. 会议结束。\n")

    assert notes(structure) == [("1", "", "见 www.example.org/a。")]
    assert [(n.code, n.line) for n in structure.notices] == [("FOOTNOTE_NOT_CALLED", 3)]


def test_a_note_over_two_wrapped_lines() -> None:
    text = "1. The report is on the web page.¹\n\n¹ See the catalogue at www.example.org, which\nlists all records.\n\n2. The meeting closed.\n"

    assert notes(structure_of(text)) == [("1", "1", "See the catalogue at www.example.org, which lists all records.")]
