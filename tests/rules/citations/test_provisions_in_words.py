"""Articles and chapters in French, Spanish, Russian and Arabic: the same keys as in Chinese and English."""

import pytest
from tests.rules.citations.reading_aids import keys

BOTH = "PROVISION CHAPTER"
OPENING = {
    "fr": "La Convention des Nations Unies contre la corruption est en vigueur.",
    "es": "La Convención de las Naciones Unidas contra la Corrupción está en vigor.",
    "ru": "Конвенция Организации Объединенных Наций против коррупции действует.",
    "ar": "اتفاقية الأمم المتحدة لمكافحة الفساد نافذة.",
}


def found(language: str, text: str) -> list[str]:
    return keys(BOTH, OPENING[language], text, language=language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "alinéa c) du paragraphe 1 de l’article 13 de la Convention"),
        ("fr", "article 13, paragraphe 1 c)"),
        ("fr", "(art. 13 (1) c))"),
        ("es", "apartado c) del párrafo 1 del artículo 13"),
        ("es", "artículo 13, párrafo 1 c), de la Convención"),
        ("ru", "подпункт c) пункта 1 статьи 13 Конвенции"),
        ("ru", "пунктом 1 c) статьи 13"),
        ("ru", "статья 13 (1) (c)"),
        ("ar", "الفقرة 1 (ج) من المادة 13 من الاتفاقية"),
        ("ar", "الفقرة الفرعية (ج) من الفقرة ١ من المادة ١٣"),
    ],
)
def test_an_item_of_a_paragraph_however_it_is_cited(language, text):
    assert found(language, text) == ["UNCAC 13(1)(c)"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "les articles 5 et 9, ainsi que le paragraphe 3 de l’article 57", ["UNCAC 5", "UNCAC 9", "UNCAC 57(3)"]),
        ("fr", "(art. 9, par. 2 et 3)", ["UNCAC 9(2)", "UNCAC 9(3)"]),
        ("fr", "les alinéas a) et b) du paragraphe 1 de l’article 7", ["UNCAC 7(1)(a)", "UNCAC 7(1)(b)"]),
        ("fr", "articles 15 à 17", ["UNCAC 15", "UNCAC 16", "UNCAC 17"]),
        ("fr", "les chapitres II et V", ["UNCAC chapter II", "UNCAC chapter V"]),
        ("es", "artículos 15 a 17", ["UNCAC 15", "UNCAC 16", "UNCAC 17"]),
        ("es", "capítulos III y IV de la Convención", ["UNCAC chapter III", "UNCAC chapter IV"]),
        ("ru", "статьями 7, 8 и 11", ["UNCAC 7", "UNCAC 8", "UNCAC 11"]),
        ("ru", "пункты 1 и 2 статьи 14", ["UNCAC 14(1)", "UNCAC 14(2)"]),
        ("ru", "главами III и IV", ["UNCAC chapter III", "UNCAC chapter IV"]),
        ("ar", "المواد ٥ و٦ و١٣", ["UNCAC 5", "UNCAC 6", "UNCAC 13"]),
        ("ar", "المواد من 15 إلى 17", ["UNCAC 15", "UNCAC 16", "UNCAC 17"]),
        ("ar", "الفصلين الثاني والخامس من الاتفاقية", ["UNCAC chapter II", "UNCAC chapter V"]),
    ],
)
def test_lists_and_ranges_are_spread(language, text, expected):
    assert found(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "l’article 14 de la Convention des Nations Unies contre la criminalité transnationale organisée"),
        ("es", "el artículo 14 de la Convención contra la Delincuencia Organizada"),
        ("ru", "статью 14 Конвенции против организованной преступности"),
        ("ar", "المادة 14 من اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية"),
    ],
)
def test_an_article_of_the_other_convention_is_its_own(language, text):
    assert found(language, text) == ["UNTOC 14"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "l’article 18 de son propre code de procédure"),
        ("fr", "l’article 5 du Protocole"),
        ("fr", "l’article 2 de la Convention de Vienne"),
        ("fr", "le chapitre II du présent rapport"),
        ("fr", "l’article 125"),
        ("es", "el artículo 12 del Código Penal"),
        ("es", "el capítulo II del presente informe"),
        ("ru", "статьей 12 Уголовного кодекса"),
        ("ru", "в главе II настоящего доклада"),
        ("ru", "глава VII Устава Организации Объединенных Наций"),
        ("ar", "المادة 12 من قانون العقوبات"),
        ("ar", "الفصل السابع من ميثاق الأمم المتحدة"),
    ],
)
def test_articles_of_laws_charters_and_reports_are_not_taken(language, text):
    assert found(language, text) == []
