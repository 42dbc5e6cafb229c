"""``merida questionnaire package`` and ``bring-back``: a file out, tried first, then taken in."""

import json
from pathlib import Path

import pytest
from tests.answering_world import make_answering
from tests.offline_copy import PASSPHRASE, Copy

from merida.interfaces.commands import main
from merida.review.questionnaires.models import Answer

pytestmark = pytest.mark.django_db


def test_answers_are_taken_along_and_brought_back_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merida.interfaces.commands.set_up_django", lambda: None)
    monkeypatch.setattr("merida.exchange.offline.packing.ITERATIONS", 1000)
    world, page, file, secret = make_answering(), tmp_path / "p.html", tmp_path / "a.json", tmp_path / "secret"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    account = ["--person", world.delegate.email, "--passphrase-file", str(secret)]
    assert main(["questionnaire", "package", "sample-survey", "GHA", "--to", str(page), *account]) == 0
    assert "2 questions, 0 answers" in capsys.readouterr().out
    copy = Copy(page.read_text(encoding="utf-8"))
    copy.type("money.practice", text="typed far away")
    copy.type("bribery.level", choice="YES")
    file.write_text(copy.export(), encoding="utf-8")
    assert main(["questionnaire", "bring-back", str(file), "--dry-run", "--json", *account]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(one["question"], one["outcome"]) for one in report["rows"]] == [
        ("bribery.level", "REFUSED"),
        ("money.practice", "NEW"),
    ]
    assert Answer.objects.count() == 0
    assert main(["questionnaire", "bring-back", str(file), *account]) == 1
    assert "1 NEW, 0 CHANGED, 0 EMPTIED, 0 UNCHANGED, 0 ASIDE, 1 REFUSED. Saved." in capsys.readouterr().out
    assert Answer.objects.get().value == {"text": "typed far away"}


def test_whoever_is_not_entrusted_gets_no_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merida.interfaces.commands.set_up_django", lambda: None)
    world, secret = make_answering(), tmp_path / "secret"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    for user in (world.other_focal_point, world.secretariat):
        given = ["--to", str(tmp_path / "p.html"), "--person", user.email, "--passphrase-file", str(secret)]
        assert main(["questionnaire", "package", "sample-survey", "GHA", *given]) == 1
        assert "nothing of this questionnaire is entrusted to this account" in capsys.readouterr().err
    assert not (tmp_path / "p.html").exists()
