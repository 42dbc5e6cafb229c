"""Sentences in the shapes of reports in Arabic, French, Russian and Spanish: when, where, what, how many, which provision."""

import pytest
from tests.rules.extraction.telling import rows, told

CONVENTION = {
    "fr": "Convention des Nations Unies contre la corruption",
    "es": "Convención de las Naciones Unidas contra la Corrupción",
    "ru": "Конвенция Организации Объединенных Наций против коррупции",
    "ar": "اتفاقية الأمم المتحدة لمكافحة الفساد",
}
Row = tuple[str, str, str]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "En Tunisie, deux ateliers ont été organisés en avril et en septembre 2022.",
            [("2022-04", "TUN", "workshop"), ("2022-09", "TUN", "workshop")],
        ),
        (
            "fr",
            "Un cours en ligne a été proposé à des juges du Maroc le 1er février 2023.",
            [("2023-02-01", "MAR", "training")],
        ),
        ("fr", "Au cours de la réunion tenue en mai 2022 à Paris, le guide a été lu.", [("2022-05", "FRA", "meeting")]),
        (
            "fr",
            "Des experts du Cameroun se sont réunis à Yaoundé les 3 et 4 mars 2022.",
            [("2022-03-03/2022-03-04", "CMR", "meeting")],
        ),
        ("fr", "Une visite de pays a été effectuée au Liban en octobre 2022.", [("2022-10", "LBN", "peer_review")]),
        (
            "es",
            "En mayo de 2023 se organizó una visita de estudio a España para jueces de Chile.",
            [("2023-05", "ESP", "study_visit")],
        ),
        (
            "es",
            "Se impartieron cursos en Santiago (junio de 2022), Asunción (agosto de 2022) y Montevideo (mayo de 2023).",
            [("2022-06", "CHL", "training"), ("2022-08", "PRY", "training"), ("2023-05", "URY", "training")],
        ),
        ("es", "Expertos de Cuba se reunieron en La Habana el 3 de marzo de 2022.", [("2022-03-03", "CUB", "meeting")]),
        ("es", "La Oficina prevé celebrar un seminario en 2025.", []),
        (
            "ru",
            "УНП ООН предоставило консультации Грузии (ноябрь 2022 года) и Армении (май 2023 года).",
            [("2022-11", "GEO", "technical_assistance"), ("2023-05", "ARM", "technical_assistance")],
        ),
        (
            "ru",
            "Учебные курсы были проведены в Душанбе (июнь 2022 года), Ашхабаде (август 2022 года) и Баку (май 2023 года).",
            [("2022-06", "TJK", "training"), ("2022-08", "TKM", "training"), ("2023-05", "AZE", "training")],
        ),
        ("ru", "В октябре 2022 года состоялось посещение страны — Ливана.", [("2022-10", "LBN", "peer_review")]),
        (
            "ar",
            "ومن 4 إلى 6 أيار/مايو 2022، عُقدت في عمَّان دورة تدريبية.",
            [("2022-05-04/2022-05-06", "JOR", "training")],
        ),
        ("ar", "وصدَّقت العراق على الاتفاقية في 17 آذار/مارس 2008.", [("2008-03-17", "IRQ", "treaty_action")]),
        (
            "ar",
            "وقدَّم المكتب المشورة إلى السودان (تشرين الثاني/نوفمبر 2022) وإلى جيبوتي (شباط/فبراير 2023).",
            [("2022-11", "SDN", "technical_assistance"), ("2023-02", "DJI", "technical_assistance")],
        ),
        (
            "ar",
            "وفي الجزائر، نُظِّمت حلقتا عمل في نيسان/أبريل وأيلول/سبتمبر 2022.",
            [("2022-04", "DZA", "workshop"), ("2022-09", "DZA", "workshop")],
        ),
        ("ar", "وحتى 31 آذار/مارس 2023، كانت الدول قد أعلنت ذلك.", []),
    ],
)
def test_when_where_and_what(language: str, text: str, expected: list[Row]) -> None:
    assert rows(text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "first", "text"),
    [
        ("fr", "Un atelier a été organisé au Togo en mai 2022.", "Le même mois, un séminaire a été organisé au Bénin."),
        ("es", "Se celebró un taller en el Perú en mayo de 2022.", "Ese mismo mes se organizó un seminario en Chile."),
    ],
)
def test_the_same_month_at_the_head_of_a_sentence(language: str, first: str, text: str) -> None:
    assert [row[0] for row in rows(first, text, language=language)] == ["2022-05", "2022-05"]


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("fr", "Les dépenses ont atteint 2,5 millions de dollars.", [("2.5", "millions de dollars")]),
        (
            "es",
            "Los gastos ascendieron a 2,5 millones de dólares, un aumento del 12,5 por ciento.",
            [("2.5", "millones de dólares"), ("12.5", "%")],
        ),
        ("es", "De ellos, el 38 % eran mujeres.", [("38", "%")]),
        ("ru", "Расходы составили 2,5 млн долл. США.", [("2.5", "млн долл")]),
        ("ar", "وبلغت النفقات 2,5 مليون دولار.", [("2.5", "مليون دولار")]),
        ("fr", "Le portail a reçu 1,5 millions de visites.", [("1500000", "")]),
        ("es", "El portal recibió 3 millones de visitas.", [("3000000", "")]),
        ("ru", "Портал посетили 3 млн человек.", [("3000000", "")]),
        ("ar", "وزار البوابة 3 ملايين شخص.", [("3000000", "")]),
    ],
)
def test_millions_and_parts_of_a_hundred(language: str, text: str, figures: list[tuple[str, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in told(text, language=language).figures] == figures


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Une conférence visée à l'alinéa b) du paragraphe 2 de l'article 46 de la {} s'est tenue en mai 2023."),
        ("es", "En mayo de 2023 hubo una conferencia sobre el artículo 46, párrafo 2, apartado b), de la {}."),
        ("ru", "В мае 2023 года состоялась конференция о подпункте (b) пункта 2 статьи 46 {}."),
        ("ar", "وعُقد في أيار/مايو 2023 مؤتمر بشأن الفقرة 2 (ب) من المادة 46 من {}."),
    ],
)
def test_the_provision_that_an_activity_was_about(language: str, text: str) -> None:
    name = CONVENTION[language].replace("Конвенция", "Конвенции")
    (activity,) = told(text.format(name), language=language).activities
    assert (activity.date_from, activity.citations) == ("2023-05", ("UNCAC 46(2)(b)",))
