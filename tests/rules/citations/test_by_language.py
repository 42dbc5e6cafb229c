"""Things made by language when the first text of it comes."""

import pytest

from merida.rules.citations.by_language import ByLanguage


def test_each_is_made_once_and_only_when_it_is_asked_for():
    asked = []
    made = ByLanguage(("en", "fr"), lambda language: asked.append(language) or language.upper())

    assert asked == []
    assert (made["fr"], made["fr"], asked) == ("FR", "FR", ["fr"])
    with pytest.raises(KeyError):
        made["de"]
