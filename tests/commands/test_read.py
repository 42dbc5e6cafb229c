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


def names_in(path: Path) -> list[str]:
    return [json.loads(line)["file"] for line in path.read_text(encoding="utf-8").splitlines()]


def folder_of(tmp_path: Path, count: int = 6) -> Path:
    folder = tmp_path / "texts"
    (folder / "below").mkdir(parents=True)
    for number in range(count):
        written.write(folder / "below" if number % 2 else folder, f"{number}.txt", written.text("Tonga joined."))
    written.write(folder, "picture.png", b"no document")
    return folder


def test_a_folder_is_read_whole_and_a_list_names_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path, 2)
    assert main(["read", str(folder), "--json"]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == ["0.txt", "1.txt"]
    written.write(tmp_path, "list.lst", b"texts/below/1.txt\n\n")
    assert main(["read", "--list", str(tmp_path / "list.lst"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "1.txt"


def test_shares_are_all_of_it_and_nothing_twice(tmp_path: Path) -> None:
    folder, outs = folder_of(tmp_path), [tmp_path / f"{part}.jsonl" for part in (1, 2, 3)]
    for part, out in enumerate(outs, start=1):
        assert main(["read", str(folder), "--lines", str(out), "--shard", f"{part}/3"]) == 0
    together = [name for out in outs for name in names_in(out)]
    assert sorted(together) == ["0.txt", "2.txt", "4.txt", "below/1.txt", "below/3.txt", "below/5.txt"]


def test_reading_goes_on_where_it_stopped_and_a_line_cut_short_is_written_again(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path), tmp_path / "out.jsonl"
    assert main(["read", str(folder), "--lines", str(out)]) == 0
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    out.write_bytes(b"".join(lines[:3]) + lines[3][:40])
    assert main(["read", str(folder), "--lines", str(out)]) == 0
    assert out.read_bytes() == whole


@pytest.mark.parametrize("shard", ["0/3", "4/3", "x/3", "3", "1/0", "-1/2"])
def test_a_share_that_makes_no_sense_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], shard: str) -> None:
    assert main(["read", str(folder_of(tmp_path)), f"--shard={shard}"]) == 2
    assert "2/8 is the second of eight" in capsys.readouterr().err


def test_a_file_that_is_no_file_of_lines_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = written.write(tmp_path, "precious.txt", b"my notes\n")
    assert main(["read", str(folder_of(tmp_path)), "--lines", str(other)]) == 2
    assert "name another file" in capsys.readouterr().err
    assert other.read_bytes() == b"my notes\n"


def test_nothing_named_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read"]) == 2
    assert "name documents, folders or a --list" in capsys.readouterr().err
