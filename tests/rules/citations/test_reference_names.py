"""The names that come with merida, in the index as documents meet it."""

import pytest
from tests.rules.citations.test_names import FALSE_FRIENDS

from merida.exchange.ingest.gazetteer import name_index
from merida.foundation.registry.reference import name_entries
from merida.rules.citations.names import find_names

FRAMES = {"zh": ("会议在", "举行"), "ar": ("اجتماع في ", " (2019)"), "ru": ("совещание в ", " (2019)")}


def test_every_name_of_the_reference_data_is_found_in_its_language():
    missed = []
    for name in name_entries():
        if name.kind == "INSTRUMENT":
            continue
        before, after = FRAMES.get(name.language, ("a meeting in ", " (2019)"))
        found = find_names(f"{before}{name.surface}{after}", index=name_index(), language=name.language)
        if name.code not in {match.code for match in found}:
            missed.append((name.language, name.code, name.surface))
    assert missed == []


@pytest.mark.parametrize(("language", "text", "expected"), FALSE_FRIENDS)
def test_false_friends_are_refused_with_the_full_reference_data_too(language, text, expected):
    found = find_names(text, index=name_index(), language=language)
    assert [match.code for match in found if match.kind == "STATE"] == expected
