"""Texts in six languages as one value."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from merida.foundation.registry.models import Territory
from merida.foundation.sources.languages import FALLBACK, LANGUAGES, problem_with_texts, text_in
from merida.foundation.sources.models import Confidence, Source

TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), st.text())


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_a_text_is_found_wherever_there_is_one_and_its_language_is_told(texts: dict[str, str], language: str) -> None:
    found = text_in(texts, language)
    assert bool(found.text) == any(texts.values())
    assert found.text == texts.get(found.language, "")
    assert found.language == language or not texts.get(language)


def test_every_language_is_tried_in_the_stated_order() -> None:
    assert sorted(FALLBACK) == sorted(LANGUAGES)
    texts = {language: language.upper() for language in LANGUAGES}
    order = []
    for _ in LANGUAGES:
        order.append(text_in(texts, "en").language)
        del texts[order[-1]]
    assert order == list(FALLBACK)


@given(TEXTS)
def test_texts_in_known_languages_have_no_problem(texts: dict[str, str]) -> None:
    assert problem_with_texts(texts) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"de": "Grönland"}, {"en": 5}])
def test_a_text_in_another_language_or_no_text_is_never_stored(wrong: dict[str, object]) -> None:
    source = Source.objects.create(code="SAMPLE", kind="DATASET", citation="Sample")
    row = Territory(code="GRL", slug="grl", names=wrong, source=source, confidence=Confidence.SOURCED)
    with pytest.raises(ValidationError), transaction.atomic():
        row.save()
    assert Territory.objects.count() == 0


@pytest.mark.parametrize(("confidence", "unverified"), [("SOURCED", False), ("UNVERIFIED", True), ("RECALLED", True)])
def test_everything_but_sourced_is_unverified(confidence: str, unverified: bool) -> None:
    assert Territory(confidence=confidence).is_unverified == unverified
