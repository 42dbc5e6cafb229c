"""Forms that documents of six languages print and that sentences of one language alone do not show."""

import pytest
from tests.rules.citations.reading_aids import keys

from merida.exchange.ingest.gazetteer import name_index
from merida.rules.citations.mention import Passage
from merida.rules.citations.recognise import recognise


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "عقدت الحلقة في ٩ كانون الأول/ديسمبر ٢٠٣١.", ["2031-12-09"]),
        ("ar", "عقدت الحلقة يومي 4 و5 نوفمبر/تشرين الثاني 2032.", ["2032-11-04/2032-11-05"]),
        ("en", "The course was held on March 26-27, 2034.", ["2034-03-26/2034-03-27"]),
        ("en", "It met on May 30 to 31, 2034.", ["2034-05-30/2034-05-31"]),
        (
            "es",
            "El curso se celebró en 2029 y el grupo se reunió del 2 de febrero al 4 de marzo y del 7 al 9 de agosto de 2031.",
            ["2029", "2031-02-02/2031-03-04", "2031-08-07/2031-08-09"],
        ),
    ],
)
def test_dates(language, text, expected):
    assert keys("DATE", text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Закон принят в 2008 году. Семинар пройдет с 17 по 21 ноября текущего года."),
        ("en", "The law is of 2008. The course begins on 3 June this year."),
        ("fr", "La loi date de 2008. Le cours commence le 3 juin de cette année."),
        ("es", "La ley es de 2008. El curso empieza el 3 de junio del próximo año."),
    ],
)
def test_a_year_told_from_the_day_of_writing_is_not_the_year_read_before(language, text):
    assert keys("DATE", text, language=language) == ["2008"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The General Assembly recalled its resolutions 70/1 of 22 October 2015, 70/5 of 24 October 2015 and 71/2.",
            ["A/RES/70/1", "A/RES/70/5", "A/RES/71/2"],
        ),
        ("en", "The General Assembly, in its resolution 2205 A (XXI), decided", ["A/RES/2205A(XXI)"]),
        ("en", "Economic and Social Council resolution 155 C (VII)", ["ECOSOC 155C(VII)"]),
        ("ar", "تشير الجمعية العامة إلى قرارها 3514 (د - 30)", ["A/RES/3514(XXX)"]),
        (
            "zh",
            "大会第53/111号决议和1998年12月9日第54/114及1999年12月17日第54/126号决议",
            ["A/RES/53/111", "A/RES/54/114", "A/RES/54/126"],
        ),
    ],
)
def test_resolutions(language, text, expected):
    assert keys("RESOLUTION", text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "(voir CERD/C/SR.9327 et 9328)", ["CERD/C/SR.9327", "CERD/C/SR.9328"]),
        ("ar", "(انظر CEDAW/C/SR.931 و 932)", ["CEDAW/C/SR.931", "CEDAW/C/SR.932"]),
        ("en", "E/C.12/2035/SR.41-43", ["E/C.12/2035/SR.41", "E/C.12/2035/SR.42", "E/C.12/2035/SR.43"]),
        ("en", "CERD/C/XYZ/CO/20-21", ["CERD/C/XYZ/CO/20-21"]),
        ("en", "see CAC/COSP/2035/2 and 3 further notes", ["CAC/COSP/2035/2"]),
        ("en", "(see CAC/COSP/2035/2 and 900)", ["CAC/COSP/2035/2"]),
    ],
)
def test_symbols_of_records_of_several_meetings(language, text, expected):
    assert keys("SYMBOL", text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The Convention against Corruption is reviewed under article 42 of the terms of reference of the group.",
        ),
        ("fr", "La Convention contre la corruption est examinée selon l’article 42 des termes de référence du groupe."),
        ("es", "La Convención contra la Corrupción se examina según el artículo 42 de los términos de referencia."),
    ],
)
def test_an_article_of_terms_of_reference_is_none_of_the_convention(language, text):
    assert keys("PROVISION", text, language=language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "chapters II (Preventive measures) and V (Asset recovery) of the Convention against Corruption"),
        ("ru", "положения глав II («Предупреждение») и V («Возврат активов») Конвенции против коррупции"),
        ("fr", "les chapitres II (Mesures préventives) et V (Recouvrement) de la Convention contre la corruption"),
    ],
)
def test_chapters_with_their_titles(language, text):
    assert keys("CHAPTER", text, language=language) == ["UNCAC chapter II", "UNCAC chapter V"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L'Egypte, les Etats-Unis et l'Ethiopie ont pris la parole.", ["EGY", "USA", "ETH"]),
        ("fr", "L’Égypte et les Émirats Arabes Unis", ["EGY", "ARE"]),
        ("es", "EE.UU. y Suazilandia", ["USA", "SWZ"]),
        ("ru", "представитель Верхней Вольты", ["BFA"]),
        ("en", "Dahomey and Upper Volta; the Congo basin and the Niger delta", ["BEN", "BFA"]),
    ],
)
def test_names_of_states_as_printed(language, text, expected):
    found = recognise([Passage("1", text, "PARAGRAPH")], language=language, names=name_index())

    assert [mention.key for mention in found if mention.kind == "STATE"] == expected
