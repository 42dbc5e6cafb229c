"""Keys of the thesaurus kept between starts: the same thesaurus comes of them, and none that is out of date."""

import json
import shutil

import pytest

from merida.interfaces.commands import kept_keys
from merida.interfaces.commands.kept_keys import NAME, PACKAGE, load_thesaurus, origin_of_keys
from merida.rules.languages.thesaurus import known_keys, thesaurus


@pytest.fixture
def loaded(tmp_path):
    """Load the thesaurus as a new process would; return how many forms were stemmed, and the thesaurus."""

    def loading():
        thesaurus.cache_clear()
        known_keys.cache_clear()
        return load_thesaurus(tmp_path), thesaurus()

    yield loading
    thesaurus.cache_clear()
    known_keys.cache_clear()


def test_the_second_start_stems_nothing_and_has_the_same_thesaurus(loaded):
    first, found = loaded()
    second, again = loaded()

    assert first > 10_000
    assert (second, again) == (0, found)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"origin": 1}', b"\xff\xfe", b'{"keys": {"en": 1}}'])
def test_a_file_that_cannot_be_read_is_made_anew(loaded, tmp_path, damage):
    first, found = loaded()
    (tmp_path / NAME).write_bytes(damage)

    assert loaded() == (first, found)
    assert loaded() == (0, found)


def test_keys_of_another_origin_are_not_taken(loaded, tmp_path, monkeypatch):
    first, found = loaded()
    kept = json.loads((tmp_path / NAME).read_bytes())
    kept["keys"]["en"] = {form: [["en_wrong"]] for form in kept["keys"]["en"]}
    (tmp_path / NAME).write_text(json.dumps(kept))
    monkeypatch.setattr(kept_keys, "origin_of_keys", lambda: "changed")

    assert loaded() == (first, found)


@pytest.mark.parametrize(
    "changed",
    ["data/thesaurus.csv", "data/search/families.txt", "data/search/small_words.txt", "rules/languages/stemming.py"],
)
def test_whatever_keys_come_from_changes_their_origin(tmp_path, changed):
    for folder in ("data", "rules/languages"):
        shutil.copytree(PACKAGE / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    assert origin_of_keys(tmp_path) == origin_of_keys()

    with (tmp_path / changed).open("a") as file:
        file.write("\n")
    assert origin_of_keys(tmp_path) != origin_of_keys()


def test_where_nothing_can_be_kept_the_thesaurus_is_there_all_the_same(tmp_path):
    thesaurus.cache_clear()
    known_keys.cache_clear()
    assert load_thesaurus(tmp_path / "nowhere") > 10_000
