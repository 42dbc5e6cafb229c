"""``merida read``: a document on stdout, no database, no Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.commands import written

from merida.interfaces.commands import main


def test_one_file_is_one_record_and_several_are_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(written.write(tmp_path, name, written.text("Tonga joined."))) for name in ("a.txt", "b.txt")]
    assert main(["read", paths[0], "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["metadata"]["symbol"] == "CAC/COSP/SAMPLE/2021/3"
    assert [(each["number"], each["text"]) for each in record["paragraphs"]] == [("1", "Tonga joined.")]
    assert [(each["iso3"], each["at"]) for each in record["states"]] == [("TON", "1")]
    assert main(["read", *paths, "--json"]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == ["a.txt", "b.txt"]


def test_people_get_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(written.write(tmp_path, "a.txt", written.text("Tonga joined.")))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "a.txt"
    assert "  symbol    CAC/COSP/SAMPLE/2021/3" in lines
    assert "  text      1 heading, 1 paragraph, 0 footnotes" in lines


def test_a_missing_file_is_said_and_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "nowhere.txt", "--json"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "merida read: nowhere.txt: there is no such file.\n")


def test_a_refused_file_does_not_keep_the_others_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written.write(tmp_path, "a.txt", written.text("Tonga joined."))
    bad = written.write(tmp_path, "b.txt", b"")
    assert main(["read", str(bad), str(good), "--json"]) == 1
    said = capsys.readouterr()
    assert [each["name"] for each in json.loads(said.out)] == ["a.txt"]
    assert said.err == "merida read: b.txt: the file is empty\n"


def test_reading_starts_without_django_or_a_data_directory(tmp_path: Path, clone: Path) -> None:
    path = written.write(tmp_path, "a.txt", written.text("Tonga joined."))
    script = (
        "import sys; from merida.interfaces.commands import main; code = main(['read', sys.argv[1], '--json']);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    environment = {"PYTHONPATH": str(clone / "src"), "MERIDA_DATA": str(tmp_path / "data")}
    done = subprocess.run([sys.executable, "-c", script, str(path)], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not (tmp_path / "data").exists()


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, clone: Path) -> None:
    path = written.write(tmp_path, "a.txt", written.text(*("Tonga joined." for _ in range(3000))))
    command = f"{sys.executable} -m merida read {path} --json | head -c 100"
    environment = {"PYTHONPATH": str(clone / "src"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr, len(done.stdout)) == (0, b"", 100)
