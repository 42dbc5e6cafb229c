"""Bad files through ``merida ingest``: each gets a clear message, and the good file beside it still goes in."""

import json
from pathlib import Path

import pytest
from tests.commands import written
from tests.rooms.ingest.pdf_files import pdf_file

from merida.interfaces.commands import main
from merida.knowledge.documents.models import Document, Mention, Version

pytestmark = pytest.mark.django_db

GOOD = written.text("Tonga joined.", symbol="CAC/COSP/SAMPLE/2021/1")
HALF_WORD = written.word_document(written.text("Tonga joined."))
HALF_WORD = HALF_WORD[: len(HALF_WORD) // 2]
MIXED = "1. Décision prise à l'unanimité.\n".encode() + "2. Décision notée.\n".encode("latin-1")

REFUSED = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\r\n\t", "the file is empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary.txt"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(400), "a picture"),
    "cut.docx": (HALF_WORD, "cut.docx"),
    "bomb.docx": (written.zip_bomb, "bomb.docx"),
    "mixed.txt": (MIXED, "mixed.txt"),
    "archive.docx": (b"PK\x03\x04 no archive at all", "archive.docx"),
    "locked.pdf": (pdf_file([("1. Tonga joined.", 72, 700, 11)], locked=True), "password"),
    "cut.pdf": (pdf_file([("1. Tonga joined.", 72, 700, 11)])[:400], "cut.pdf"),
    "scan.pdf": (pdf_file([], scans=(0,)), "this is a scan"),
    "deep.html": (b"<html><body>" + b"<div>" * 300 + b"Tonga" + b"</div>" * 300, "nested"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_refused_by_name_and_the_good_file_goes_in(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    content, words = REFUSED[name]
    written.write(folder, name, content() if callable(content) else content)  # the bomb only where it is thrown
    written.write(folder, "zz-good.txt", GOOD)
    assert main(["ingest", str(folder)]) == 1
    said = capsys.readouterr().out
    assert f"refused  {name}" in said
    assert words in said
    assert "Traceback" not in said
    assert list(Document.objects.values_list("symbol", flat=True)) == ["CAC/COSP/SAMPLE/2021/1"]


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read into memory"))
    assert main(["ingest", str(huge)]) == 1
    assert "huge.txt: the file has 200 MB, a document may have 100 MB; it was not read" in capsys.readouterr().out


def test_right_to_left_overrides_are_taken_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written.write(tmp_path, "turned.txt", written.text("Tonga \u202ejoined\u202c again."))
    assert main(["ingest", str(path), "--json"]) == 0
    (outcome,) = json.loads(capsys.readouterr().out)
    assert outcome["result"] == "READ"
    assert any("direction" in notice or "U+202E" in notice for notice in outcome["notices"]), outcome["notices"]
    assert "\u202e" not in Version.objects.get().paragraphs.get(place="1").text


def test_a_document_without_numbered_paragraphs_is_kept_whole_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written.write(tmp_path, "plain.txt", "A letter about Tonga.\n\nIt has no numbers at all.\n")
    assert main(["ingest", str(path)]) == 0
    assert "notice: No numbered paragraphs; places are u1, u2 … in reading order." in capsys.readouterr().out
    kept = " ".join(Version.objects.get().paragraphs.order_by("position").values_list("text", flat=True))
    assert ("A letter about Tonga." in kept, "It has no numbers at all." in kept) == (True, True)


def test_the_same_symbol_with_another_text_is_a_further_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = written.write(tmp_path, "a.txt", written.text("Tonga joined."))
    second = written.write(tmp_path, "b.txt", written.text("Fiji joined."))
    assert main(["ingest", str(first), str(second)]) == 0
    assert "1  read as a further version" in capsys.readouterr().out
    assert list(Version.objects.order_by("number").values_list("number", "is_current")) == [(1, False), (2, True)]


def test_an_unknown_state_name_is_text_and_nothing_else(tmp_path: Path) -> None:
    path = written.write(tmp_path, "unknown.txt", written.text("The delegations of Sampleland and Tonga spoke."))
    assert main(["ingest", str(path)]) == 0
    assert list(Mention.objects.filter(kind="STATE").values_list("key", flat=True)) == ["TON"]


def test_a_word_document_says_the_same_as_its_text(tmp_path: Path) -> None:
    path = written.write(tmp_path, "good.docx", written.word_document(GOOD))
    assert main(["ingest", str(path)]) == 0
    assert list(Mention.objects.filter(kind="STATE").values_list("key", "place")) == [("TON", "1")]
    assert Document.objects.get().symbol == "CAC/COSP/SAMPLE/2021/1"


def test_what_no_reader_is_for_in_a_folder_is_named_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written.write(folder, "good.txt", GOOD)
    written.write(folder, "figures.xlsx", b"PK")
    assert main(["ingest", str(folder)]) == 0
    assert "left out, none of .docx, .htm, .html, .pdf, .txt: figures.xlsx" in capsys.readouterr().out


IMPOSSIBLE = {
    "1. On 31 February 2019 the Office held a workshop in Fiji.": "31 February",
    "1. In March 20180 the Office held a workshop in Fiji.": "March 20180",
    "1. From 20 to 10 May 2019 the Office held a workshop in Fiji.": "20 to 10 May",
    "1. In May 2005 the Office held a workshop in South Sudan.": "SSD",
}


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_what_cannot_be_is_told_and_nothing_of_it_is_lost(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written.write(tmp_path, "odd.txt", f"{words}\n\n2. The Office thanked all who had taken part in it.\n")
    assert main(["ingest", str(path), "--json"]) == 0
    (outcome,) = json.loads(capsys.readouterr().out)
    assert any(IMPOSSIBLE[words] in notice for notice in outcome["notices"]), outcome["notices"]
    assert Version.objects.get().paragraphs.get(place="1").text == words.removeprefix("1. ")


def test_hostile_markup_is_text_or_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (
        "<html><body><p onclick='x()'>1. Tonga &lt;script&gt; joined.<script>alert('Fiji')</script></p>"
        "<p style='display:none'>2. Fiji</p><iframe src='http://example.org'>Niue</iframe></body></html>"
    )
    path = written.write(tmp_path, "page.html", page)
    assert main(["read", str(path), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [paragraph["text"] for paragraph in record["paragraphs"]] == ["Tonga <script> joined."]
    assert [row["iso3"] for row in record["states"]] == ["TON"]
    assert {"reason": "HIDDEN", "text": "2. Fiji"}.items() <= record["left_out"][0].items()
