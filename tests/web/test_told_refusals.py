"""A refused draw says what and why in the language of the page, and every template has its values in every language."""

import datetime as dt
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from merida.interfaces.web import catalogues
from merida.interfaces.web.views.refusals import told
from merida.review.draws.events import DrawError
from merida.review.draws.models import EventKind
from merida.rules.lots import LotsError, Participant, Urn, check_urn, rule_set

CODES = ("ar", "es", "fr", "ru", "zh-hans")


@pytest.mark.parametrize("code", CODES)
def test_an_error_of_the_rules_is_told_in_the_language_of_the_page_and_names_the_item(code):
    with pytest.raises(LotsError) as refused:
        check_urn(Urn((Participant("GHA"), Participant("GHA")), ("GHA",)), rule_set({"code": "plain"}))

    with translation.override(code):
        said = told(refused.value)
    assert "GHA" in said
    assert said != str(refused.value) == "urn: GHA stands twice"


def test_days_and_kinds_are_told_in_words():
    error = DrawError(
        "{reviewer} has answered already: {kind}, {day}",
        reviewer="GHA",
        kind=EventKind.ACCEPTED,
        day=dt.date(2027, 3, 1),
    )

    with translation.override("fr"):
        assert told(error) == "GHA a déjà répondu : accepté, 1er mars 2027"


@pytest.mark.parametrize("code", CODES)
def test_no_translation_of_a_template_asks_for_a_value_that_is_not_given(code):
    def fields(text):
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}

    name = {"zh-hans": "zh_Hans"}.get(code, code)
    texts = Path(catalogues.__file__).parent / "locale" / name / "LC_MESSAGES" / "django.po"
    with texts.open("rb") as file:
        catalogue = read_po(file)
    for one in catalogue:
        if isinstance(one.id, str) and "{" in one.id:
            assert fields(one.string) == fields(one.id), one.id
