"""The names that come with merida, in the index as documents meet it."""

import pytest
from tests.rules.citations.test_names import FALSE_FRIENDS

from merida.exchange.ingest.gazetteer import name_index
from merida.foundation.registry.reference import name_entries
from merida.rules.citations.names import find_names

# The reference data know adjectives too: no false friend of Niger, but what it says.
SAID_BY_ADJECTIVE = {"a Nigerian delegation": ["NGA"]}
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
    assert [match.code for match in found if match.kind == "STATE"] == SAID_BY_ADJECTIVE.get(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Office trained 45 Liberian prosecutors and South Sudanese judges.", ["LBR", "SSD"]),
        ("Nigerien and Nigerian authorities met Sri Lankan officials.", ["NER", "NGA", "LKA"]),
        ("The grant was worth 30 Swiss francs or 50 Canadian dollars.", []),
        ("The text is in French, Spanish, Russian and Chinese; African-American, Latin American.", []),
        ("The Syrian Arab Republic and the Argentine Republic took part.", ["SYR", "ARG"]),
    ],
)
def test_an_english_adjective_names_its_state_where_it_is_no_language_and_no_money(text, expected):
    found = find_names(text, index=name_index(), language="en")
    assert [match.code for match in found if match.kind == "STATE"] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Cote d'Ivoire, Guinea Bissau, the Democratic Republic of Congo and South-Sudan spoke.", "CIV GNB COD SSD"),
        ("fr", "la République Démocratique du Congo, la Guinée Équatoriale, la Guinée Bissau", "COD GNQ GNB"),
        ("fr", "le Soudan du sud, Saint-Vincent-et-Grenadines, Cote d’Ivoire, la République Centrafricaine", "SSD VCT CIV CAF"),
        ("fr", "Royaume-Uni de Grande-Bretagne et d’Irlande du nord", "GBR"),
        ("es", "Guinea Bissau, Guinea ecuatorial, Sudán del sur, República democrática del Congo", "GNB GNQ SSD COD"),
        ("es", "Reino Unido de Gran Bretaña e Irlanda del norte; República Unida de Tanzania, Kenia y Catar", "GBR TZA KEN QAT"),
        ("ar", "روسيا البيضاء، السودان الجنوبي، جمهورية الكونغو الديموقراطية", "BLR SSD COD"),
    ],
)  # fmt: skip
def test_a_name_in_another_spelling_is_never_that_of_a_neighbour(language, text, expected):
    found = find_names(text, index=name_index(), language=language)
    assert [match.code for match in found if match.kind == "STATE"] == expected.split()
