"""Bytes handed in are kept once, whole and unchanged; what is no document is refused with the reason."""

import hashlib
import io
import stat
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.files import actions
from merida.foundation.files.actions import TooLargeError, store
from merida.foundation.files.models import StoredFile
from merida.foundation.files.places import path_of
from merida.foundation.files.queries import StoredFileMissingError, damaged_files, open_stored
from merida.foundation.files.sniffing import PDF, TEXT, WORD, NotAcceptedError, clean_name, media_type


def word_file(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names or ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "<x/>" * 500)
    return target.getvalue()


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_DIRECTORY = tmp_path / "files"
    yield
    left = [path.name for path in (tmp_path / "files").glob("incoming-*")]
    assert left == [], "a half-written file was left behind"


@pytest.mark.django_db
class TestStore:
    def test_the_bytes_come_back_as_they_were_handed_in(self) -> None:
        content = "1. Sample State\r\n二".encode("gb18030")
        stored = store(SYSTEM, content, "sample.txt")
        with open_stored(stored) as again:
            assert again.read() == content
        assert (stored.digest, stored.size, stored.media_type, stored.name) == (
            hashlib.sha256(content).hexdigest(),
            len(content),
            TEXT,
            "sample.txt",
        )

    def test_the_same_content_is_kept_once_under_its_first_name(self) -> None:
        first = store(SYSTEM, b"same", "first.txt")
        again = store(SYSTEM, io.BytesIO(b"same"), "second.txt")
        assert (again.pk, again.name, StoredFile.objects.count()) == (first.pk, "first.txt", 1)

    def test_a_stored_file_cannot_be_written_over(self) -> None:
        stored = store(SYSTEM, b"same", "first.txt")
        assert stat.S_IMODE(path_of(stored.digest).stat().st_mode) == 0o440

    def test_a_file_over_the_limit_is_refused_and_nothing_of_it_kept(self, settings: Any) -> None:
        settings.UPLOAD_LIMIT = 2 * 1024 * 1024
        with pytest.raises(TooLargeError, match="larger than 2 MB"):
            store(SYSTEM, io.BytesIO(b"a" * (2 * 1024 * 1024 + 1)), "big.txt")
        assert (StoredFile.objects.count(), list(Path(settings.FILES_DIRECTORY).iterdir())) == (0, [])

    def test_an_endless_stream_is_not_read_beyond_the_limit(self, settings: Any) -> None:
        settings.UPLOAD_LIMIT = 1024 * 1024
        taken: list[int] = []

        class Endless(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                taken.append(size)
                return b"a" * size

        with pytest.raises(TooLargeError):
            store(SYSTEM, Endless(), "endless.txt")  # type: ignore[arg-type]
        assert sum(taken) <= settings.UPLOAD_LIMIT + actions.CHUNK

    def test_somebody_not_signed_in_may_not_hand_in_a_file(self) -> None:
        with pytest.raises(PermissionDenied):
            store(ANYBODY, b"text", "a.txt")
        assert StoredFile.objects.count() == 0

    def test_bytes_lost_from_the_disk_come_back_when_handed_in_again(self) -> None:
        stored = store(SYSTEM, b"text", "a.txt")
        path_of(stored.digest).unlink()
        with pytest.raises(StoredFileMissingError):
            open_stored(stored)
        store(SYSTEM, b"text", "a.txt")
        with open_stored(stored) as again:
            assert again.read() == b"text"

    def test_a_lost_and_an_altered_file_are_both_named(self) -> None:
        store(SYSTEM, b"whole", "whole.txt")
        lost, altered = store(SYSTEM, b"lost", "lost.txt"), store(SYSTEM, b"altered", "altered.txt")
        path_of(lost.digest).unlink()
        path_of(altered.digest).chmod(0o600)
        path_of(altered.digest).write_bytes(b"forged!")
        found = [(file.name, problem.split(":")[0]) for file, problem in damaged_files()]
        assert found == [("lost.txt", "its bytes are missing"), ("altered.txt", "its bytes have changed")]


def test_eight_at_once_with_the_same_content_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "ab" / "cd" / "abcd"

    def keep(number: int) -> None:
        incoming = tmp_path / f"mine-{number}"
        incoming.write_bytes(b"same" * 1000)
        actions._keep(incoming, path, 4000)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(8)))
    assert path.read_bytes() == b"same" * 1000


class TestMediaType:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"%PDF-1.7\n...", PDF),
            (word_file(), WORD),
            ("مثال".encode("windows-1256"), TEXT),
            ("样本".encode("gb18030"), TEXT),
            ("Пример".encode("utf-16"), TEXT),
            (b"\xef\xbb\xbfwith a mark", TEXT),
        ],
    )
    def test_is_read_from_the_bytes(self, content: bytes, expected: str) -> None:
        assert media_type(io.BytesIO(content)) == expected

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "empty"),
            (b"\x7fELF\x02\x01\x00\x00", r"byte 4 \(0x02\)"),
            (b"text and then\x00NUL", r"byte 13 \(0x00\)"),
            (word_file()[:200], "cut short or damaged"),
            (word_file("a.txt"), "not a .docx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"),
        ],
    )
    def test_what_is_no_document_is_refused_with_the_reason(self, content: bytes, message: str) -> None:
        with pytest.raises(NotAcceptedError, match=message):
            media_type(io.BytesIO(content))

    @given(st.binary(max_size=300))
    def test_any_bytes_are_either_a_known_kind_or_refused_in_words(self, content: bytes) -> None:
        try:
            assert media_type(io.BytesIO(content)) in {TEXT, PDF, WORD}
        except NotAcceptedError as refusal:
            assert str(refusal) != ""  # noqa: PT017


class TestName:
    @pytest.mark.parametrize(
        ("given_name", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\papers\\a.docx", "a.docx"),
            ("report\u202etxt.exe", "reporttxt.exe"),
            ("a\x00b\nc.txt", "ab c.txt"),
            ("报告.docx", "报告.docx"),
            ("  . ", "unnamed"),
            ("", "unnamed"),
            ("x" * 300 + ".docx", "x" * 250 + ".docx"),
        ],
    )
    def test_keeps_the_last_part_without_tricks(self, given_name: str, kept: str) -> None:
        assert clean_name(given_name) == kept

    @given(st.text())
    def test_any_name_becomes_one_that_is_safe_and_stays_the_same(self, name: str) -> None:
        cleaned = clean_name(name)
        assert (0 < len(cleaned) <= 255, set(cleaned) & set("/\\\x00\u202e\n")) == (True, set())
        assert clean_name(cleaned) == cleaned
