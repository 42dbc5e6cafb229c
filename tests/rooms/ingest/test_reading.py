"""A whole record, from bytes to what ``merida read --json`` prints."""

import json

import pytest
from tests.rooms.ingest.sample_reading import FOLDER, sample

from merida.exchange.ingest.reading import passages, read
from merida.exchange.ingest.record import Record
from merida.exchange.ingest.unreadable import UnreadableDocument


def record(name: str) -> Record:
    return read((FOLDER / f"{name}.txt").read_bytes(), f"{name}.txt")


def rows(name: str, kind: str, *keys: str) -> list[tuple[object, ...]]:
    found = record(name).as_json()[kind]
    assert isinstance(found, list)
    return [tuple(row[key] for key in keys) for row in found]


def test_states_that_attended_are_told_from_states_that_are_named() -> None:
    attended = [
        (iso3, at) for iso3, at, role in rows("zh_report", "states", "iso3", "at", "role") if role == "attendance"
    ]

    assert attended == [
        (iso3, "6") for iso3 in ("DZA", "AND", "BOL", "BRA", "FJI", "JOR", "NER", "NGA", "PLW", "KOR", "VUT", "VNM")
    ]  # fmt: skip
    assert [row for row in rows("zh_report", "states", "iso3", "at", "role") if row[2] == "signatory_attendance"] == [
        ("TUV", "8", "signatory_attendance")
    ]


def test_addresses_say_where_they_stand() -> None:
    assert rows("zh_wrapped", "urls", "url", "at") == [
        ("www.example.org/meetings/session3.html", "fn1"),
        ("www.example.org/archives/by-topic.html", "fn2"),
        ("undocs.org/ch/CAC/COSP/WG.4/2033/2", "page_foot"),
        ("undocs.org/ch/CAC/COSP/WG.4/2033/3", "page_foot"),
        ("undocs.org/ch/www.example.org/", "page_foot"),
    ]


@pytest.mark.parametrize(
    "name", ["zh_background", "zh_report", "zh_wrapped", "en_report", "fr_note", "es_note", "ru_note", "ar_note"]
)
def test_every_mention_is_the_text_at_its_place(name: str) -> None:
    found = record(name)
    texts = {passage.at: passage.text for passage in passages(found.structure)}

    assert [m for m in found.mentions if texts[m.at][m.start : m.end] != m.surface] == []


def test_what_is_not_printed_is_null() -> None:
    metadata = record("zh_wrapped").as_json()["metadata"]
    assert isinstance(metadata, dict)

    assert {key: metadata[key] for key in ("symbol", "date", "distr", "original_language")} == {
        "symbol": None, "date": None, "distr": None, "original_language": None,
    }  # fmt: skip


def test_a_paragraph_is_printed_with_its_items() -> None:
    paragraphs = dict(rows("zh_report", "paragraphs", "number", "text"))

    assert paragraphs["3"] == (
        "因此，工作组2034年9月6日至8日举行的第四届会议注意以下专题：\n(a) 档案的编目（第十四条）；\n(b) 档案的开放（第九条和第十条）。"
    )


def test_a_record_survives_json() -> None:
    plain = record("en_report").as_json()

    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain


def test_the_same_bytes_in_another_encoding_give_the_same_structure() -> None:
    text = (FOLDER / "zh_background.txt").read_text(encoding="utf-8").replace("¹", "").replace("²", "")
    legacy = read(text.encode("gb18030"), "a.txt")

    assert (legacy.encoding, legacy.structure) == ("gb18030", read(text.encode(), "a.txt").structure)


def test_the_limit_of_size_is_passed_on() -> None:
    with pytest.raises(UnreadableDocument, match="at most 0 MB"):
        read(b"1. text", "a.txt", largest=3)


def test_sample_documents_are_of_every_language() -> None:
    assert {sample(path.stem).masthead.language for path in FOLDER.glob("*.txt")} == {
        "ar",
        "en",
        "es",
        "fr",
        "ru",
        "zh",
    }


@pytest.mark.parametrize(
    ("language", "head", "text"),
    [
        ("en", "Conference of the States Parties\nto the United Nations Convention\nagainst Corruption", "Article 9 of the Convention was read with resolution 3/2."),
        ("ar", "مؤتمر الدول الأطراف في اتفاقية\nالأمم المتحدة لمكافحة الفساد", "نظر المؤتمر في المادة 9 من الاتفاقية وفي القرار ٣/٢."),
    ],
)  # fmt: skip
def test_the_masthead_says_which_convention_the_text_means(language: str, head: str, text: str) -> None:
    first = {"en": "I. Introduction", "ar": "أولاً- مقدمة"}[language]
    printed = f"{head}\n\nDistr.: General\n4 May 2037\nOriginal: English\n\n{first}\n\n1. {text}\n\n2. {text}\n"
    plain = read(printed.encode(), "a.txt").as_json()

    assert {(row["instrument"], row["article"]) for row in plain["provisions"]} == {("UNCAC", "9")}
    assert {row["resolution"] for row in plain["resolutions"]} == {"COSP 3/2"}
    assert {row["at"] for row in plain["mentions"]} <= {"1", "2", "title"}


@pytest.mark.parametrize(
    ("symbol", "sentence", "provisions"),
    [
        ("CAC/COSP/2036/7", "States applied article 13, paragraph 1 (c), of the Convention.", ["UNCAC 13(1)(c)"]),
        ("CTOC/COP/2036/7", "States applied article 18 of the Convention.", ["UNTOC 18"]),
        ("CTOC/COP/2036/7", "Under the United Nations Convention against Corruption, article 9 of the Convention applies.",
         ["UNCAC 9"]),
        ("A/91/7", "States applied article 18 of the Convention.", []),
    ],
)  # fmt: skip
def test_where_no_words_say_which_convention_is_meant_the_symbol_does(symbol, sentence, provisions) -> None:
    text = f"{symbol}\n\nSample report\n\n1. {sentence}\n"
    found = read(text.encode(), "sample.txt").mentions

    assert [mention.key for mention in found if mention.kind == "PROVISION"] == provisions
