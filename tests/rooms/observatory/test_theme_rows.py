"""The stored themes are those of the scheme; loading them again changes nothing."""

import pytest

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.knowledge.observatory.models import Theme
from merida.knowledge.observatory.theme_rows import load_themes
from merida.rules.extraction.themes import themes
from tests.loaded_registry import loaded_registry  # noqa: F401

pytestmark = [pytest.mark.usefixtures("loaded_registry"), pytest.mark.django_db]


def test_themes_are_loaded_once_with_what_stands_above_them():
    assert load_themes(SYSTEM).created == len(themes())
    theme = Theme.objects.get(code="E_PROCUREMENT")
    assert theme.broader is not None
    assert (theme.broader.code, theme.names["fr"]) == ("PROCUREMENT", themes()["E_PROCUREMENT"].labels["fr"])
    before = Change.objects.count()
    assert load_themes(SYSTEM).changed == 0
    assert Change.objects.count() == before


def test_a_theme_that_left_the_scheme_leaves_the_database():
    load_themes(SYSTEM)
    mine = Theme.objects.get(code="SPORT")
    Theme.objects.filter(pk=mine.pk).update(code="GONE", slug="gone")
    assert load_themes(SYSTEM).removed == 1
    assert not Theme.objects.filter(code="GONE").exists()
