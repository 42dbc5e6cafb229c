"""Arabic, French, Russian and Spanish: date, place, State, type and figure, in sentences of our own wording."""

import pytest
from tests.rules.extraction.telling import rows, told, when


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "En mars 2021, l’Office a organisé un atelier au Ghana.", [("2021-03", "GHA", "workshop")]),
        (
            "fr",
            "L’Office a organisé des formations au Ghana en mars 2021 et au Pérou en avril 2021.",
            [("2021-03", "GHA", "training"), ("2021-04", "PER", "training")],
        ),
        (
            "fr",
            "En juin 2021, l’Office a aidé le Chili à élaborer une stratégie.",
            [("2021-06", "CHL", "policy_assistance")],
        ),
        ("es", "El 3 de mayo de 2021 se celebró un seminario en Kenya.", [("2021-05-03", "KEN", "seminar")]),
        (
            "es",
            "La Oficina organizó cursos en Ghana en marzo de 2021 y en el Perú en abril de 2021.",
            [("2021-03", "GHA", "training"), ("2021-04", "PER", "training")],
        ),
        (
            "fr",
            "Un atelier s’est tenu à Saint-Pétersbourg (Fédération de Russie) du 3 au 5 mai 2021.",
            [("2021-05-03/2021-05-05", "RUS", "workshop")],
        ),
        (
            "fr",
            "En mai 2021, un atelier a eu lieu à Mexico ; en juin, un séminaire s’est tenu à Bamako.",
            [("2021-05", "MEX", "workshop"), ("2021-06", "MLI", "seminar")],
        ),
        ("fr", "Le Chili a adhéré au Protocole en 2021.", [("2021", "CHL", "treaty_action")]),
        (
            "fr",
            "À sa session tenue à Doha en mars 2021, la Conférence a prié l’Office.",
            [("2021-03", "QAT", "meeting")],
        ),
        (
            "es",
            "El taller tuvo lugar en Dakar del 3 al 5 de mayo de 2021.",
            [("2021-05-03/2021-05-05", "SEN", "workshop")],
        ),
        (
            "es",
            "En mayo de 2021 se celebró un taller en Ciudad de México y en junio un seminario en Bamako.",
            [("2021-05", "MEX", "workshop"), ("2021-06", "MLI", "seminar")],
        ),
        ("es", "Reúne lo celebrado entre mayo de 2021, fecha de la nota anterior, y junio de 2022.", []),
        ("ru", "Практикум состоялся в Дакаре 3–5 мая 2021 года.", [("2021-05-03/2021-05-05", "SEN", "workshop")]),
        ("ru", "Итоги сессии (Вена, ноябрь 2021 года) опубликованы.", [("2021-11", "AUT", "meeting")]),
        ("ar", "عُقدت حلقة عمل في داكار في أيار/مايو 2021.", [("2021-05", "SEN", "workshop")]),
        ("ar", "عُقدت الدورة الثانية للفريق بفيينا في أيار/مايو 2021.", [("2021-05", "AUT", "meeting")]),
        (
            "ru",
            "Семинары состоялись в марте и мае 2021 года.",
            [("2021-03", "", "seminar"), ("2021-05", "", "seminar")],
        ),
        ("es", "Hubo talleres en marzo y mayo de 2021.", [("2021-03", "", "workshop"), ("2021-05", "", "workshop")]),
        ("fr", "Ateliers tenus en mars et mai 2021.", [("2021-03", "", "workshop"), ("2021-05", "", "workshop")]),
        (
            "fr",
            "La loi n° 12 du 3 mai 2021 a été lue au séminaire tenu à Quito en juin 2021.",
            [("2021-06", "ECU", "seminar")],
        ),
        ("ru", "Закон № 12 от 3 мая 2021 года обсуждался на семинаре в Кито.", []),
        ("es", "Hasta marzo de 2021 figuraban 70 autoridades.", []),
        ("ru", "В марте 2021 года Управление провело семинар-практикум в Гане.", [("2021-03", "GHA", "workshop")]),
        (
            "ru",
            "Управление организовало курсы в Гане в марте 2021 года и в Перу в апреле 2021 года.",
            [("2021-03", "GHA", "training"), ("2021-04", "PER", "training")],
        ),
        ("ru", "До марта 2021 года работа продолжалась.", []),
        ("ar", "في آذار/مارس 2021، نظم المكتب حلقة عمل في غانا.", [("2021-03", "GHA", "workshop")]),
        (
            "ar",
            "نظم المكتب دورات في غانا في آذار/مارس 2021 وفي بيرو في نيسان/أبريل 2021.",
            [("2021-03", "GHA", "training"), ("2021-04", "PER", "training")],
        ),
    ],
)
def test_when_where_and_what(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Plus de 1 250 enseignants ont suivi 3 formations ; les coûts ont augmenté de 12,5 %.",
            ["1250", "3", "12.5"],
        ),
        ("es", "Más de 1.250 docentes asistieron a 3 cursos; los costos aumentaron un 12,5 %.", ["1250", "3", "12.5"]),
        ("ru", "Более 1 250 преподавателей прослушали 3 курса; расходы выросли на 12,5 %.", ["1250", "3", "12.5"]),
        ("ar", "شارك أكثر من 250 مدرسا في الدورات.", ["250"]),
        ("fr", "L’article 5 et la résolution 8/2 ont été examinés le 5 mars 2021, pendant 3 ans.", []),
        ("es", "El artículo 5 y la resolución 8/2 se examinaron el 5 de marzo de 2021 durante 3 años.", []),
        ("ru", "Статья 5 и резолюция 8/2 рассматривались 5 марта 2021 года в течение 3 лет.", []),
    ],
)
def test_figures(language: str, text: str, expected: list[str]) -> None:
    facts = told(text, language=language).figures
    assert [figure.value for figure in facts] == expected
    assert all(figure.qualifier == "MORE_THAN" for figure in facts[:1])


def test_figures_and_days_in_arabic_indic_digits() -> None:
    facts = told("نظمت الأمانة حلقة عمل في تونس في ٩ كانون الأول/ديسمبر ٢٠٣١ وحضرها ١٢٠ مشاركا.", language="ar")

    assert [(when(a), a.country) for a in facts.activities] == [("2031-12-09", "TUN")]
    assert [figure.value for figure in facts.figures] == ["120"]


def test_the_state_of_an_office_that_paid_is_not_the_place() -> None:
    text = "A workshop supported by the Foreign and Model Office (United Kingdom) was held in Nairobi in May 2031."

    assert rows(text, language="en") == [("2031-05", "KEN", "workshop")]
