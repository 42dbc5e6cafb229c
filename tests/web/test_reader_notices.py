"""What the reading could not settle is said in the reader's language, with the English detail beneath."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

import merida
from merida.exchange.ingest import characters, left_out, rows
from merida.interfaces.web.views.notices import SENTENCES, ShownNotice, shown_notices
from merida.rules.extraction import oddities

INGEST = Path(merida.__file__).parent / "exchange" / "ingest"
GAP = {"code": "PARAGRAPH_MISSING", "message": "No paragraph 7, 8 was found.", "line": 41}


def emitted() -> set[str]:
    """The first argument of every ``Notice(…)`` of the reader; kinds of characters and of what is left out stand in tables."""
    found = {kind for _, kind, _ in characters._KINDS} | {characters.kind_of("\x07")}
    for path in INGEST.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(call, "func", None)
            if isinstance(call, ast.Call) and "Notice" in (getattr(name, "id", ""), getattr(name, "attr", "")):
                first = call.args[0] if call.args else None
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
                else:
                    assert (path.name, ast.unparse(first)) in {
                        ("characters.py", "kind"),
                        ("left_out.py", "reason"),
                        ("reading.py", "oddity.code"),
                        ("rows.py", "UNPLACED"),
                    }
    return (
        found
        | set(left_out.WRITTEN)
        | {rows.UNPLACED, oddities.IMPOSSIBLE_DATE, oddities.ENDS_BEFORE, oddities.STATE_NOT_YET}
    )


def test_every_code_that_the_reader_can_give_has_a_sentence_and_no_other_has():
    assert emitted() == set(SENTENCES)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "في ترقيم الفقرات فجوة؛ ولم يُعثر على الناقص منها."),
        ("zh-hans", "段落编号不连续；未找到缺失的段落。"),
    ],
)
def test_a_notice_is_said_in_the_readers_language_with_its_english_detail(language, sentence):
    with translation.override(language):
        assert shown_notices([GAP]) == [ShownNotice(sentence, language[:2], "No paragraph 7, 8 was found.", 41)]


def test_an_english_reader_reads_the_message_once():
    with translation.override("en"):
        assert shown_notices([GAP]) == [ShownNotice("No paragraph 7, 8 was found.", "en", "", 41)]


def test_a_message_that_adds_nothing_is_left_out():
    stored = {"code": "NO_SYMBOL", "message": "The text prints no symbol; it is filed …", "line": 0}
    with translation.override("fr"):
        assert shown_notices([stored])[0].detail == ""


@pytest.mark.parametrize("stored", [{"code": "FROM_ANOTHER_READER", "message": "Something odd."}, "Something odd."])
def test_an_unknown_code_keeps_its_english_message(stored):
    with translation.override("ar"):
        assert shown_notices([stored]) == [ShownNotice("Something odd.", "en")]
