"""The questionnaires that come with merida: read when they have changed, and never over what people wrote."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.answering_world import FILE

from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.foundation.registry.models import LoadedFile
from merida.review.questionnaires import building, shipped
from merida.review.questionnaires.editing import DATA, SHARED
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Questionnaire, Version
from merida.review.questionnaires.shipped import load_questionnaires

pytestmark = pytest.mark.django_db
SECRETARIAT = Actor(name="Officer", role="SECRETARIAT")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two small questionnaires of ours, and what recipes share."""
    made = tmp_path / "shipped"
    made.mkdir()
    shutil.copy(DATA / SHARED, made)
    (made / "one.yaml").write_text(FILE.replace("sample-survey", "one"), encoding="utf-8")
    (made / "two.yaml").write_text(FILE.replace("sample-survey", "two"), encoding="utf-8")
    return made


def reword(folder: Path, name: str = "one", words: str = "Sample survey reworded") -> None:
    path = folder / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Sample survey", words, 1), encoding="utf-8")


def held() -> list[tuple[str, int, bool, str]]:
    """Return code, number, whether it is frozen, and English title of every version."""
    versions = Version.objects.order_by("questionnaire__code", "number").select_related("questionnaire")
    return [(one.questionnaire.code, one.number, bool(one.frozen_at), form_of(one).title["en"]) for one in versions]


FIRST = [("one", 1, True, "Sample survey"), ("two", 1, True, "Sample survey")]


def test_the_second_start_reads_none_and_changes_nothing(folder, monkeypatch, django_assert_max_num_queries):
    assert [one.questionnaire.code for one in load_questionnaires(SYSTEM, folder=folder).published] == ["one", "two"]
    changes = Change.objects.count()

    def read(*_given: object) -> None:
        raise AssertionError("it is read")

    monkeypatch.setattr(shipped, "read_form", read)
    with django_assert_max_num_queries(5):
        again = load_questionnaires(SYSTEM, folder=folder)
    assert (again.published, again.kept) == ((), ())
    assert (held(), Change.objects.count()) == (FIRST, changes)


def test_a_file_that_changed_is_published_as_the_next_version(folder):
    load_questionnaires(SYSTEM, folder=folder)
    reword(folder)
    done = load_questionnaires(SYSTEM, folder=folder)
    assert [one.questionnaire.code for one in done.published] == ["one"]
    assert held() == [FIRST[0], ("one", 2, True, "Sample survey reworded"), FIRST[1]]
    assert load_questionnaires(SYSTEM, folder=folder).published == ()


@pytest.mark.parametrize("part", ["registry", "code", "shared"])
def test_what_decides_how_a_file_is_read_counts_as_much_as_the_file(folder, part, monkeypatch, tmp_path):
    load_questionnaires(SYSTEM, folder=folder)
    before = shipped.release_of(folder)
    if part == "registry":
        LoadedFile.objects.update_or_create(file="x.csv", defaults={"digest": "0", "loaded_at": "2026-01-01T00:00Z"})
    elif part == "shared":
        (folder / SHARED).write_text("blocks: {}\n", encoding="utf-8")
    else:
        (tmp_path / "form_file.py").write_text("# improved", encoding="utf-8")
        monkeypatch.setattr(shipped, "__file__", str(tmp_path / "shipped.py"))
    assert shipped.release_of(folder) != before
    assert load_questionnaires(SYSTEM, folder=folder).published == ()  # it is read, and says the same
    assert held() == FIRST


def test_a_questionnaire_that_is_missing_is_published_again(folder):
    load_questionnaires(SYSTEM, folder=folder)
    Version.objects.filter(questionnaire__code="two").delete()
    Questionnaire.objects.filter(code="two").delete()
    assert held() == FIRST[:1]
    load_questionnaires(SYSTEM, folder=folder)
    assert held() == FIRST


def test_a_draft_that_somebody_began_is_not_published_under_their_hands(folder):
    load_questionnaires(SYSTEM, folder=folder)
    mine = building.start_next_version(SECRETARIAT, Questionnaire.objects.get(code="one"))
    reword(folder)
    assert load_questionnaires(SYSTEM, folder=folder).kept == ("one",)
    assert held() == [FIRST[0], ("one", mine.number, False, "Sample survey"), FIRST[1]]


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "first start that notes"])
def test_what_somebody_wrote_here_is_neither_replaced_nor_published(folder, noted):
    load_questionnaires(SYSTEM, folder=folder)
    if not noted:
        Change.objects.filter(object_ref=shipped.LOG).delete()
    mine = building.start_next_version(SECRETARIAT, Questionnaire.objects.get(code="one"))
    building.move_section(SECRETARIAT, mine, "money", -1)
    written = form_of(Version.objects.get(pk=mine.pk))
    reword(folder)
    done = load_questionnaires(SYSTEM, folder=folder)
    assert (done.published, done.kept) == ((), ("one",))
    again = load_questionnaires(SYSTEM, folder=folder)
    assert (again.published, again.kept) == ((), ())
    reword(folder, "two", "Second")
    third = load_questionnaires(SYSTEM, folder=folder)
    assert ([one.questionnaire.code for one in third.published], third.kept) == (["two"], ("one",))
    newest = Version.objects.filter(questionnaire__code="one").latest("number")
    assert (newest.pk, newest.frozen_at, form_of(newest)) == (mine.pk, None, written)


def test_a_draft_that_a_killed_start_left_is_published(folder):
    load_questionnaires(SYSTEM, folder=folder)
    reword(folder)
    [made] = load_questionnaires(SYSTEM, folder=folder).published
    made.asked.all().delete()
    Version.objects.filter(pk=made.pk).update(frozen_at=None)
    Change.objects.filter(pk=Change.objects.filter(object_ref=shipped.LOG).latest("pk").pk).delete()
    assert load_questionnaires(SYSTEM, folder=folder).published == (made,)
    assert held()[1] == ("one", 2, True, "Sample survey reworded")


START = """
import os, signal, sys
from pathlib import Path
from merida.interfaces.commands import set_up_django
set_up_django()
from merida.interfaces.commands.preparing import migrate
from merida.foundation.access.visibility import SYSTEM
from merida.review.questionnaires import shipped
migrate()
publish, left = shipped.publish_version, int(sys.argv[2])
def publish_or_die(*given):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return publish(*given)
shipped.publish_version = publish_or_die
shipped.load_questionnaires(SYSTEM, folder=Path(sys.argv[1]))
"""


def test_a_start_that_is_killed_in_the_midst_leaves_nothing_and_the_next_does_all(folder, tmp_path, clone):
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"MERIDA_DATA": str(tmp_path / "data"), "PYTHONPATH": str(clone / "src")}
    ended, found = [], []
    for publishing in (1, 9, 9):
        command = [sys.executable, "-c", START, str(folder), str(publishing)]
        ended.append(subprocess.run(command, env=environment, check=False).returncode)
        with closing(sqlite3.connect(tmp_path / "data" / "merida.sqlite3")) as database:
            counted = "SELECT COUNT(*), COUNT(frozen_at), (SELECT COUNT(*) FROM changes_change) FROM "
            found.append(database.execute(counted + "questionnaires_version").fetchone())
    assert ended == [-signal.SIGKILL, 0, 0]
    assert [one[:2] for one in found] == [(0, 0), (2, 2), (2, 2)]
    assert found[1] == found[2], "the last start writes nothing into the log"
