"""``merida report``: drafts, drafts again, writes the file."""

import zipfile

import pytest
from tests.rooms.mandates.made_up import make_activity, make_resolution
from tests.worlds import make_document

from merida.cooperation.mandates.models import Report
from merida.interfaces.commands import main

pytestmark = pytest.mark.django_db
DRAFT = ["report", "draft", "What was done", "--from", "2019-11-01", "--to", "2020-02-29", "--resolution", "COSP 8/8"]


@pytest.fixture(autouse=True)
def told():
    make_resolution()
    make_activity(make_document("told", text="Beginning"), "They met about sport", states=["GHA"])


def test_a_report_is_drafted_and_written(tmp_path, capsys):
    file = tmp_path / "report.docx"
    assert main([*DRAFT, "--language", "zh", "--docx", str(file)]) == 0

    assert "在State GHA举办了一次讲习班" in zipfile.ZipFile(file).read("word/document.xml").decode()
    assert f"{Report.objects.get().uuid}: " in capsys.readouterr().out


def test_it_is_drafted_again_written_and_listed(tmp_path, capsys):
    main(DRAFT)
    named = str(Report.objects.get().uuid)

    assert main(["report", "again", named]) == 0
    assert "0 edited paragraphs changed beneath" in capsys.readouterr().out
    assert main(["report", "docx", named, str(tmp_path / "again.docx")]) == 0
    assert zipfile.is_zipfile(tmp_path / "again.docx")
    assert main(["report", "list"]) == 0
    assert "2019-11-01 to 2020-02-29  en  draft      What was done" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([*DRAFT, "--language", "fr"], 1, "language: reports are drafted in English and Chinese"),
        ([*DRAFT, "--resolution", "COSP 99/9"], 1, "resolutions: 'COSP 99/9' is not here"),
        (["report", "again", "nothing"], 2, "'nothing' is no report here"),
        ([*DRAFT, "--docx", "/nowhere/at/all.docx"], 1, "/nowhere/at/all.docx"),
    ],
)
def test_what_cannot_be_is_said(words, code, said, capsys):
    assert main(words) == code
    assert said in capsys.readouterr().err


def test_a_day_that_does_not_exist_is_a_wrong_command_line(capsys):
    assert main(["report", "draft", "x", "--from", "2019-02-31", "--to", "2020-01-01"]) == 2
    assert "'2019-02-31' is not a date" in capsys.readouterr().err
