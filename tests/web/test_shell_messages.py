"""Every text of the site is translated into the five other languages, with its places filled and its forms counted."""

import re

import pytest
from babel.messages.catalog import Catalog
from tools.messages import PLURALS, catalogue, gather, missing, updated

from merida.interfaces.web.catalogues import LOCALE, compile_catalogues

PLACE = re.compile(r"%\(\w+\)[sd]")
SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "zh_Hans": r"[\u4e00-\u9fff]"}
# Names, codes and signs that are the same in every script.
UNCHANGED = {"merida", "M49", ", ", "%(document)s (%(language)s)"}


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return gather()


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_texts_are_gathered_from_python_and_from_templates(texts):
    assert texts.get("Skip to the text") is not None
    assert texts.get("not a party to the Convention") is not None
    assert texts.get(("%(counter)s State", "%(counter)s States")) is not None
    assert len(texts) > 300


@pytest.mark.parametrize("language", PLURALS)
def test_every_text_is_translated(language, texts):
    assert missing(language, texts) == []


@pytest.mark.parametrize("language", PLURALS)
def test_a_text_without_translation_would_be_named(language):
    wanted = Catalog()
    wanted.add("A text that nobody translated")
    wanted.add(("%(count)s text", "%(count)s texts that nobody translated"))

    assert missing(language, wanted) == ["A text that nobody translated", "%(count)s text"]


@pytest.mark.parametrize("language", PLURALS)
def test_translations_fill_the_same_places(language):
    wrong = []
    for message in catalogue(language):
        if message.id and all(forms(message.string)):  # what is empty is named above
            wanted = {frozenset(PLACE.findall(form)) for form in forms(message.id)}
            used = [frozenset(PLACE.findall(form)) for form in forms(message.string)]
            wrong += [message.id for places in used if not places <= max(wanted, key=len)]
            wrong += [message.id for places in used[-1:] if places not in wanted]

    assert wrong == []


@pytest.mark.parametrize("language", SCRIPTS)
def test_translations_are_written_in_their_script(language):
    strange = [
        message.id
        for message in catalogue(language)
        if message.id
        and message.id not in UNCHANGED
        and all(forms(message.string))
        and not all(re.search(SCRIPTS[language], form) for form in forms(message.string))
    ]

    assert [each for each in strange if re.search(r"[a-z]{3}", PLACE.sub("", forms(each)[0]))] == []


@pytest.mark.parametrize("language", PLURALS)
def test_catalogues_hold_nothing_that_the_site_no_longer_says(language, texts):
    known = {(message.context, forms(message.id)[0]) for message in texts if message.id}
    kept = {(message.context, forms(message.id)[0]) for message in catalogue(language) if message.id}

    assert sorted(text for _, text in kept - known) == []


@pytest.mark.parametrize(("language", "count"), [("ar", 6), ("es", 2), ("fr", 2), ("ru", 3), ("zh_Hans", 1)])
def test_plural_forms_are_counted_as_the_language_does(language, count):
    assert catalogue(language).num_plurals == count


def test_an_update_keeps_translations_and_drops_what_is_gone():
    template, before = Catalog(), Catalog(locale="fr")
    template.add("kept")
    template.add("new")
    before.add("kept", "gardé")
    before.add("gone", "parti")

    made = updated("fr", template, before)

    assert {message.id: message.string for message in made if message.id} == {"kept": "gardé", "new": ""}


def test_catalogues_are_compiled_once_and_again_when_they_change(tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
    (folder / "django.po").write_bytes(source.read_bytes())

    first = compile_catalogues(tmp_path)
    second = compile_catalogues(tmp_path)

    assert (first, second) == ([folder / "django.mo"], [])
    assert (folder / "django.mo").stat().st_size > 10_000
