"""``merida questionnaire``: answers as documents and workbooks."""

import io

import docx
import pytest
from tests.answering_world import Answering, make_answering
from tests.web.test_pages_workbooks import edited

from merida.interfaces.commands import main, questionnaire
from merida.review.questionnaires.answering import save_answer
from merida.review.questionnaires.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch) -> Answering:
    monkeypatch.setattr(questionnaire, "pending_migrations", lambda: False)
    made = make_answering()
    save_answer(made.actor("focal_point"), made.response, "money.practice", {"text": "Checks"}, seen=0)
    return made


def command(*given):
    return main(["questionnaire", *map(str, given)])


def test_answers_go_out_as_an_account_sees_them_and_come_back(world, tmp_path, capsys):
    person, book = world.delegate.email, tmp_path / "answers.xlsx"
    assert command("export", "sample-survey", "--state", "gha", "--to", book, "--person", person) == 0
    paper = tmp_path / "answers.docx"
    assert command("export", "sample-survey", "--state", "GHA", "--to", paper, "--person", person) == 0
    assert "Checks" in [one.text for one in docx.Document(io.BytesIO(paper.read_bytes())).paragraphs]
    book.write_bytes(edited(book.read_bytes(), ("answers", "money.practice", "I", "Other checks")))
    capsys.readouterr()
    assert command("import", book, "--person", person, "--dry-run") == 0
    assert capsys.readouterr().out == "Answers 3: money.practice: changed\n1 changed, 1 unchanged; nothing is stored.\n"
    assert Answer.objects.get().value == {"text": "Checks"}
    assert command("import", book, "--person", person) == 0
    assert Answer.objects.get().value == {"text": "Other checks"}
    capsys.readouterr()
    assert command("import", book, "--person", person) == 0
    assert capsys.readouterr().out == "2 unchanged.\n"


def test_what_may_not_be_seen_or_read_is_refused_with_the_reason(world, tmp_path, capsys):
    book = tmp_path / "answers.xlsx"
    book.write_bytes(b"no workbook")
    outside = world.other_focal_point.email
    for given, words in (
        (("export", "sample-survey", "--state", "GHA", "--to", tmp_path / "a.docx"), "has published no answers"),
        (
            ("export", "sample-survey", "--state", "GHA", "--to", tmp_path / "a.docx", "--person", outside),
            "not entrusted",
        ),
        (("export", "sample-survey", "--state", "GHA", "--to", tmp_path / "a.odt"), "ends in .docx, .pdf or .xlsx"),
        (("import", book), "--person"),
        (("import", book, "--person", world.delegate.email), "this is no .xlsx file"),
        (("import", book, "--person", "nobody@example.org"), "no account with this address"),
    ):
        assert command(*given) == 1, given
        assert words in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()
