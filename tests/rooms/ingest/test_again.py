"""Files held are read again by a better reader: the same version, what people confirmed, and nothing half done."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from merida.exchange.ingest import again, release
from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.outcome import Result
from merida.exchange.search.models import Entry
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.foundation.files.models import StoredFile
from merida.foundation.files.places import path_of
from merida.knowledge.documents.models import Document, Mention, Paragraph, Version

pytestmark = pytest.mark.django_db
TEXT = """United Nations
CAC/COSP/SAMPLE/2021/9
Distr.: General
1 March 2021
Original: English

Conference of Samples

Report of the Secretariat

I. Introduction

1. Tonga and Fiji told the sample meeting about their archives.

2. Namibia asked for {asked}.
"""


@pytest.fixture
def version() -> Version:
    """A document read by an earlier reader."""
    ingest_file(SYSTEM, TEXT.format(asked="further work").encode(), "sample.txt")
    Version.objects.update(reader="merida 0.0.1 before")
    return Version.objects.get()


def confirmed(key: str) -> Mention:
    """The mention of a State, confirmed by a person."""
    mention = Mention.objects.get(kind="STATE", key=key)
    mention.confirmed_at = timezone.now()
    mention.save()
    return mention


def reader_that(monkeypatch: pytest.MonkeyPatch, *, changes: tuple[str, str]) -> None:
    """Let the present reader read other words than those of the file."""
    read = again.read
    old, new = (words.encode() for words in changes)
    monkeypatch.setattr(again, "read", lambda content, name: read(content.replace(old, new), name))


def test_the_same_version_shows_what_the_better_reader_reads(version: Version, monkeypatch) -> None:
    reader_that(monkeypatch, changes=("further work", "a visit to Fiji"))
    outcome = again.read_again(SYSTEM, version.pk)
    held = Version.objects.get()
    assert outcome.result is Result.READ_AGAIN
    same = ("pk", "uuid", "number", "language", "is_current", "text_digest", "file_id", "document_id")
    assert [getattr(held, name) for name in same] == [getattr(version, name) for name in same]
    assert held.reader == release.reader_release()
    assert Paragraph.objects.get(place="2").text == "Namibia asked for a visit to Fiji."
    assert Mention.objects.filter(kind="STATE", key="FJI").count() == 2


def test_reading_again_without_a_better_reader_changes_no_row(version: Version) -> None:
    def shown() -> list[object]:
        texts = list(Paragraph.objects.order_by("position").values_list("place", "kind", "text", "items", "calls"))
        mentions = list(Mention.objects.order_by("pk").values_list("place", "kind", "key", "start", "end", "rule"))
        entries = list(Entry.objects.order_by("ref", "language").values_list("ref", "language", "title"))
        fields = [f for f in Document.objects.values()[0].items() if f[0] != "id"]
        return [texts, mentions, entries, fields, Version.objects.get().notices, Version.objects.get().masthead]

    before = shown()
    again.read_again(SYSTEM, version.pk)
    assert shown() == before


def test_one_change_is_recorded_for_each_file(version: Version) -> None:
    again.read_again(SYSTEM, version.pk)
    assert list(Change.objects.order_by("pk").values_list("verb", flat=True)) == ["INGEST_DOCUMENT", "READ_AGAIN"]


def test_the_search_follows(version: Version, monkeypatch) -> None:
    reader_that(monkeypatch, changes=("2. Namibia asked for further work.", ""))
    again.read_again(SYSTEM, version.pk)
    found = Entry.objects.filter(kind="PARAGRAPH").values_list("title", flat=True)
    assert [title for title in found if title.endswith(", 2")] == []
    assert [title for title in found if title.endswith(", 1")] == ["CAC/COSP/SAMPLE/2021/9, 1"]


def test_a_confirmed_mention_recognised_again_stays_confirmed(version: Version) -> None:
    was = confirmed("TON")
    again.read_again(SYSTEM, version.pk)
    assert Mention.objects.get(confirmed_at__isnull=False).key == "TON"
    assert Mention.objects.get(key="TON").confirmed_at == was.confirmed_at
    assert Version.objects.get().notices == version.notices


def test_a_confirmed_mention_follows_its_words_to_another_paragraph(version: Version, monkeypatch) -> None:
    was = confirmed("NAM")
    reader_that(monkeypatch, changes=("2. Namibia", "2. Nobody left.\n\n3. Namibia"))
    again.read_again(SYSTEM, version.pk)
    now = Mention.objects.get(key="NAM")
    assert (now.place, now.confirmed_at) == ("3", was.confirmed_at)


def test_a_confirmed_mention_not_recognised_any_more_is_kept_and_said(version: Version, monkeypatch) -> None:
    confirmed("TON")
    read = again.read

    def without_tonga(content: bytes, name: str) -> object:
        record = read(content, name)
        return type(record)(
            record.name,
            record.encoding,
            record.structure,
            tuple(mention for mention in record.mentions if mention.key != "TON"),
            record.notices,
        )

    monkeypatch.setattr(again, "read", without_tonga)
    for _ in range(2):  # however often it is read
        outcome = again.read_again(SYSTEM, version.pk)
        kept = Mention.objects.get(key="TON")
        assert kept.paragraph.text[kept.start : kept.end] == kept.surface == "Tonga"
        assert kept.confirmed_at is not None
        said = "STATE TON ('Tonga') at 1 was confirmed and is not recognised any more; it is kept."
        assert [notice for notice in outcome.notices if "confirmed" in notice] == [said]


def test_a_confirmed_mention_outlives_its_words(version: Version, monkeypatch) -> None:
    confirmed("TON")
    reader_that(monkeypatch, changes=("Tonga and Fiji", "Fiji"))
    for _ in range(2):
        outcome = again.read_again(SYSTEM, version.pk)
        kept = Mention.objects.get(key="TON")
        assert (kept.paragraph, kept.heading, kept.place, kept.surface) == (None, None, "1", "Tonga")
        said = "STATE TON ('Tonga') at 1 was confirmed; no text holds its words any more; it is kept."
        assert [notice for notice in outcome.notices if "confirmed" in notice] == [said]
    monkeypatch.undo()
    again.read_again(SYSTEM, version.pk)
    assert Mention.objects.get(key="TON").paragraph.place == "1"


def test_what_the_better_reader_reads_of_the_masthead_corrects_the_document(version: Version, monkeypatch) -> None:
    slug = version.document.slug
    reader_that(monkeypatch, changes=("1 March 2021", "3 March 2021"))
    again.read_again(SYSTEM, version.pk)
    document = Document.objects.get()
    assert (str(document.document_date), document.slug) == ("2021-03-03", slug)


def test_a_symbol_that_another_document_has_joins_nothing(version: Version, monkeypatch) -> None:
    ingest_file(SYSTEM, TEXT.format(asked="more").replace("2021/9", "2021/10").encode(), "other.txt")
    reader_that(monkeypatch, changes=("SAMPLE/2021/9", "SAMPLE/2021/10"))
    outcome = again.read_again(SYSTEM, version.pk)
    assert Document.objects.get(pk=version.document_id).symbol == "CAC/COSP/SAMPLE/2021/9"
    assert "The text prints CAC/COSP/SAMPLE/2021/10, which is cac-cosp-sample-2021-10; not joined." in outcome.notices


def test_nothing_changes_when_it_fails_half_way(version: Version, monkeypatch) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Version, Paragraph, Mention, Document, Entry)]

    def broken(*_: object) -> None:
        raise RuntimeError("the index is away")

    monkeypatch.setattr(again.entries, "reindex_document", broken)
    with pytest.raises(RuntimeError):
        again.read_again(SYSTEM, version.pk)
    after = [list(model.objects.order_by("pk").values()) for model in (Version, Paragraph, Mention, Document, Entry)]
    assert after == before


@pytest.mark.parametrize("damage", [None, b"other bytes"])
def test_a_missing_or_damaged_original_leaves_what_was_read(version: Version, damage: bytes | None) -> None:
    path = path_of(StoredFile.objects.get().digest)
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    outcome = again.read_again(SYSTEM, version.pk)
    assert outcome.result is Result.REFUSED
    assert outcome.reason.endswith("; what was read before stays")
    assert Version.objects.get().reader == version.reader


def test_a_curator_does_not_read_what_others_keep_closed() -> None:
    room = Workspace.objects.create(code="room", title="Room")
    text = TEXT.format(asked="a visit").encode()
    ingest_file(SYSTEM, text, "closed.txt", audience=Audience.RESTRICTED, workspace=room)
    with pytest.raises(PermissionDenied):
        again.read_again(Actor(name="A curator", role="CURATOR"), Version.objects.get().pk)


def test_versions_are_found_by_file_name_symbol_and_address(version: Version, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(TEXT.format(asked="further work").encode())
    names = (str(copy), "sample.txt", "CAC/COSP/SAMPLE/2021/9", version.document.slug)
    assert [again.versions_called(name) for name in names] == [[version.pk]] * 4
    assert again.versions_called("nothing held") == []


def test_only_what_another_reader_read_is_outdated(version: Version) -> None:
    assert again.held_versions(outdated=True) == [version.pk]
    again.read_again(SYSTEM, version.pk)
    assert (again.held_versions(outdated=True), again.held_versions(outdated=False)) == ([], [version.pk])


def test_the_release_changes_with_any_rule_or_name(tmp_path: Path) -> None:
    (tmp_path / "rules/citations").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    rule, names = tmp_path / "rules/citations/dates.py", tmp_path / "data/state_names.csv"
    seen = []
    for rule_text, names_text in (("a", "b"), ("c", "b"), ("c", "d"), ("c\r\n", "d"), ("c\n", "d")):
        rule.write_bytes(rule_text.encode())
        names.write_bytes(names_text.encode())
        seen.append(release.reader_release.__wrapped__(tmp_path))
    assert len(set(seen)) == 4  # the ends of lines of another system are no other reader
    assert seen[3] == seen[4]


def test_every_module_that_the_reader_imports_counts_for_its_release() -> None:
    asked = (
        "import sys; from merida.exchange.ingest import reading, gazetteer; gazetteer.name_index();"
        "print(*[m.__file__ for n, m in sys.modules.items() if n.startswith('merida') and m.__file__], sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    packages = {"__init__.py"}
    imported = {Path(line) for line in done.stdout.splitlines()}
    assert {path for path in imported - set(release.files_of_reader()) if path.name not in packages} == set()


def test_the_release_is_cheap_to_tell() -> None:
    begin = time.process_time()
    name = release.reader_release.__wrapped__()
    assert time.process_time() - begin < 0.1  # seconds; some 5 ms on a machine with nothing else to do
    assert len(name) <= Version._meta.get_field("reader").max_length
