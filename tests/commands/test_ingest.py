"""``merida ingest``: idempotent, continued after a stop, honest about what it did."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.commands import written

from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.release import reader_release
from merida.foundation.access.models import Workspace
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.files.models import StoredFile
from merida.foundation.files.places import path_of
from merida.interfaces.commands import main
from merida.interfaces.commands.ingest import Stopping, ingest_files
from merida.knowledge.documents import queries
from merida.knowledge.documents.models import Document, Version


@pytest.mark.django_db
def test_the_second_run_changes_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written.write(tmp_path, "a.txt", written.text("Tonga joined."))
    assert main(["ingest", str(path)]) == 0
    before = list(Version.objects.values())
    capsys.readouterr()
    assert main(["ingest", str(path)]) == 0
    assert "1  unchanged, taken in before" in capsys.readouterr().out
    assert list(Version.objects.values()) == before


@pytest.mark.django_db
def test_the_same_bytes_under_another_name_are_one_document(tmp_path: Path) -> None:
    for name in ("a.txt", "copy of a.txt"):
        main(["ingest", str(written.write(tmp_path, name, written.text("Tonga joined.")))])
    assert (Document.objects.count(), Version.objects.count(), StoredFile.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
def test_the_original_bytes_are_kept(tmp_path: Path, settings) -> None:
    whole = written.text("Tonga joined.").encode("utf-16")
    main(["ingest", str(written.write(tmp_path, "a.txt", whole))])
    kept = [path.read_bytes() for path in Path(settings.FILES_DIRECTORY).rglob("*") if path.is_file()]
    assert kept == [whole]


@pytest.mark.django_db
def test_outcomes_as_json_are_one_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written.write(tmp_path, "a.txt", written.text("Tonga joined."))
    bad = written.write(tmp_path, "b.txt", b"")
    assert main(["ingest", str(good), str(bad), "--json"]) == 1
    outcomes = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["result"]) for each in outcomes] == [("a.txt", "READ"), ("b.txt", "REFUSED")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ingest", "nowhere.txt"], "nowhere.txt: there is no such file or folder."),
        (["ingest", ".", "--restricted", "no-room"], "there is no workspace 'no-room'."),
        (["ingest", ".", "--nonsense"], "unrecognized arguments: --nonsense"),
        (["sing"], "there is no command 'sing'"),
    ],
)
def test_a_wrong_command_line_is_explained(words: list[str], said: str, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.django_db
def test_a_restricted_file_is_for_its_workspace_and_is_never_opened_in_passing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Workspace.objects.create(code="room", title="Room")
    path = written.write(tmp_path, "a.txt", written.text("Fiji is to be visited."))
    assert main(["ingest", str(path), "--restricted", "room"]) == 0
    assert main(["ingest", str(path)]) == 1
    assert "already held, for other readers than now asked for; nothing was changed" in capsys.readouterr().out
    assert queries.mentions_of_state(SYSTEM, "FJI").document_count == 1
    assert queries.mentions_of_state(ANYBODY, "FJI").document_count == 0


@pytest.mark.django_db
def test_a_symbol_by_hand_needs_exactly_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(written.write(tmp_path, name, written.text(name))) for name in ("a.txt", "b.txt")]
    assert main(["ingest", *paths, "--symbol", "CAC/COSP/SAMPLE/2021/9"]) == 2
    assert "--symbol names one document; 2 files were given." in capsys.readouterr().err


@pytest.mark.django_db
def test_ctrl_c_stops_between_two_documents_and_the_next_run_goes_on(tmp_path: Path, monkeypatch) -> None:
    files = [
        written.write(tmp_path, f"{n}.txt", written.text(f"Tonga {n}.", symbol=f"CAC/COSP/SAMPLE/2021/{n}"))
        for n in range(1, 4)
    ]

    def read_then_interrupt(*given, **more):
        outcome = ingest_file(*given, **more)
        os.kill(os.getpid(), signal.SIGINT)
        return outcome

    with monkeypatch.context() as patched, Stopping() as stopping:
        patched.setattr("merida.interfaces.commands.ingest.ingest_file", read_then_interrupt)
        assert [str(outcome.result) for outcome in ingest_files(files, stopping)] == ["READ"]
    with Stopping() as stopping:
        assert [str(outcome.result) for outcome in ingest_files(files, stopping)] == ["UNCHANGED", "READ", "READ"]


def test_a_run_that_is_killed_leaves_whole_documents_and_can_be_continued(tmp_path: Path, clone: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    count = 60
    for number in range(count):
        texts = [f"Paragraph {n} of text {number} names Tonga and Fiji." for n in range(1, 80)]
        written.write(folder, f"{number:03}.txt", written.text(*texts, symbol=f"CAC/COSP/SAMPLE/2021/{number}"))
    data = tmp_path / "data"
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
        "MERIDA_DATA": str(data),
        "PYTHONPATH": str(clone / "src"),
    }

    def merida(*words: str) -> list[str]:
        return [sys.executable, "-m", "merida", *words]

    subprocess.run([sys.executable, "-c", SETUP], env=environment, check=True)
    running = subprocess.Popen(merida("ingest", str(folder)), env=environment, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(list((data / "files").rglob("*"))) < 20 and time.monotonic() < deadline:
        assert running.poll() is None, "it was through before it could be killed"
        time.sleep(0.005)
    running.kill()
    running.wait()
    held = counts(data)
    assert 0 < held["documents_document"] < count
    assert held["documents_paragraph"] == held["documents_document"] * 80  # the title and 79 paragraphs, or nothing
    again = subprocess.run(merida("ingest", str(folder), "--json"), env=environment, capture_output=True, check=True)
    results = [each["result"] for each in json.loads(again.stdout)]
    assert results.count("UNCHANGED") == held["documents_document"]
    assert results.count("READ") == count - held["documents_document"]
    assert counts(data) == {
        "documents_document": count,
        "documents_paragraph": count * 80,
        "documents_mention": count * 79 * 2,
        "changes_change": 2 * count,  # the document, and what it proposes
    }


SETUP = """
from merida.interfaces.commands import set_up_django
set_up_django()
from merida.interfaces.commands.preparing import migrate
migrate()
"""


def counts(data: Path) -> dict[str, int]:
    tables = ("documents_document", "documents_paragraph", "documents_mention", "changes_change")
    with closing(sqlite3.connect(data / "merida.sqlite3")) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


@pytest.mark.django_db
def test_an_error_of_merida_itself_is_said_and_keeps_no_other_file_back(tmp_path: Path, monkeypatch, capsys) -> None:
    def broken_for_a(actor, path, **given):
        if path.name == "a.txt":
            raise ZeroDivisionError("a fault of ours")
        return ingest_file(actor, path, **given)

    for name in ("a.txt", "b.txt"):
        written.write(tmp_path, name, written.text(name))
    monkeypatch.setattr("merida.interfaces.commands.ingest.ingest_file", broken_for_a)
    assert main(["ingest", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "refused  a.txt: an error of merida itself, not of the file (ZeroDivisionError: a fault of ours)" in said
    assert Version.objects.count() == 1


@pytest.mark.django_db
def test_held_files_are_read_again_where_an_earlier_reader_read_them(tmp_path: Path, capsys) -> None:
    for name in ("a", "b"):
        text = written.text("Tonga joined.", symbol=f"CAC/COSP/SAMPLE/2021/{name}1")
        main(["ingest", str(written.write(tmp_path, f"{name}.txt", text))])
    Version.objects.filter(file__name="a.txt").update(reader="merida 0.0.1")
    capsys.readouterr()
    assert main(["ingest", "--again"]) == 0
    said = capsys.readouterr().out
    assert "1  read again" in said
    assert "Read by this reader before: 1." in said
    assert set(Version.objects.values_list("reader", flat=True)) == {reader_release()}


@pytest.mark.django_db
def test_a_file_named_is_read_again_by_any_of_its_names(tmp_path: Path, capsys) -> None:
    path = written.write(tmp_path, "a.txt", written.text("Tonga joined."))
    main(["ingest", str(path)])
    capsys.readouterr()
    for name in (str(path), str(tmp_path), "a.txt", "CAC/COSP/SAMPLE/2021/3", "cac-cosp-sample-2021-3"):
        assert main(["ingest", "--again", name, "--json"]) == 0
        assert [each["result"] for each in json.loads(capsys.readouterr().out)] == ["READ_AGAIN"]
    assert (Document.objects.count(), Version.objects.get().number) == (1, 1)


@pytest.mark.django_db
def test_a_damaged_original_is_refused_by_name_and_keeps_no_other_back(tmp_path: Path, capsys) -> None:
    for name in ("a", "b"):
        text = written.text("Tonga joined.", symbol=f"CAC/COSP/SAMPLE/2021/{name}1")
        main(["ingest", str(written.write(tmp_path, f"{name}.txt", text))])
    path_of(StoredFile.objects.get(name="a.txt").digest).unlink()
    Version.objects.update(reader="merida 0.0.1")
    assert main(["ingest", "--again"]) == 1
    said = capsys.readouterr().out
    assert "refused  a.txt: the stored file is missing or cannot be opened; what was read before stays" in said
    assert "1  read again" in said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--again", "nothing.txt"], "nothing.txt: nothing that is held has this content, name, symbol or address."),
        (["--again", "--symbol", "A/1"], "--again changes neither who may see a document nor its symbol"),
        ([], "name documents or folders; --again reads those already held again."),
    ],
)
def test_a_wrong_use_of_again_is_explained(words: list[str], said: str, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["ingest", *words]) == 2
    assert said in capsys.readouterr().err
