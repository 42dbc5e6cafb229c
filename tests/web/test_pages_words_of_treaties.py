"""Words of treaties as texts of the treaties print them."""

import pytest
from django.utils import translation

from merida.foundation.registry.models import Provision
from merida.foundation.registry.models.instruments import ProvisionKind
from merida.interfaces.web.views.provision_pieces import number_in_words
from merida.knowledge.documents.models import PassageKind


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "الفصل الثاني"),
        ("zh-hans", "第二章"),
        ("en", "Chapter II"),
        ("fr", "Chapitre II"),
        ("ru", "Глава II"),
        ("es", "Capítulo II"),
    ],
)
def test_a_chapter_is_counted_as_texts_of_the_treaty_do(language, words):
    with translation.override(language):
        assert number_in_words(Provision(kind="CHAPTER", number="chapter II")) == words


def test_a_paragraph_of_a_treaty_and_one_of_a_document_have_their_own_words_in_chinese():
    with translation.override("zh-hans"):
        assert (str(ProvisionKind.PARAGRAPH.label), str(PassageKind.PARAGRAPH.label)) == ("款", "段落")
