"""Mastheads that a converter ran together in one line, and forms of mastheads of other bodies."""

import pytest

from merida.exchange.ingest.ordinals import session_of
from merida.exchange.ingest.reading import structure_of
from merida.exchange.ingest.record import Masthead

ONE_LINE = {
    "en": "United Nations CAC/COSP/IRG/2033/9/Add.1 Conference of the States Parties to the United Nations Convention against "
    "Corruption Distr.: General 28 November 2033 Original: English V.33-10140 (E) 191233 201233 *3310140* Report of the Model "
    "Group on its resumed seventh session, held in Vienna from 14 to 16 November 2033 I. Introduction 1. The group met twice.",
    "fr": "Nations Unies CAC/COSP/2033/10* Conférence des États parties à la Convention des Nations Unies contre la corruption "
    "Distr. générale 28 novembre 2033 Français Original: anglais V.33-08647 (F) 150133 180133 *3308647* Rapport de la Conférence "
    "sur les travaux de sa septième session, tenue à Vienne du 14 au 16 novembre 2033",
    "es": "Naciones Unidas CAC/COSP/2033/3 * Conferencia de los Estados Partes en la Convención de las Naciones Unidas contra la "
    "Corrupción Distr. general 28 de noviembre de 2033 Español Original: inglés V.33-05971 (S) 180933 180933 *3305971* Séptimo "
    "período de sesiones Viena, 14 a 16 de noviembre de 2033 * Nota de la Secretaría I. Introducción 1. El grupo se reunió.",
    "ru": "Организация Объединенных Наций CTOC/COP/2033/13 Конференция участников Конвенции против организованной преступности "
    "Distr.: General 28 November 2033 Russian Original: English V.33-07401 (R) 181233 191233 *3307401* Доклад Конференции "
    "участников о работе ее седьмой сессии, проведенной в Вене 14–16 ноября 2033 года",
}
SYMBOLS = {
    "en": "CAC/COSP/IRG/2033/9/Add.1",
    "fr": "CAC/COSP/2033/10",
    "es": "CAC/COSP/2033/3",
    "ru": "CTOC/COP/2033/13",
}


def said(head: Masthead) -> tuple[object, ...]:
    return head.symbol, head.date, head.distribution, head.original_language, head.session, head.meeting_dates


@pytest.mark.parametrize("language", sorted(ONE_LINE))
def test_a_masthead_in_one_line(language: str) -> None:
    head = structure_of(ONE_LINE[language]).masthead

    days = ("2033-11-14", "2033-11-16")
    assert said(head) == (SYMBOLS[language], "2033-11-28", "General", "en", "7", days)


def test_the_text_behind_a_masthead_in_one_line_is_read() -> None:
    paragraphs = structure_of(ONE_LINE["en"]).paragraphs

    assert [(p.number, p.text) for p in paragraphs] == [("1", "The group met twice.")]


def test_distribution_date_and_languages_in_one_short_line() -> None:
    text = "联合国 CTOC/COP/2036/7/Rev.1\n\n缔约方会议\n\nDistr.: General 18 August 2038 Chinese Original: English\n\n一. 导言\n\n1. 会议开始。\n"

    head = structure_of(text).masthead

    assert said(head) == ("CTOC/COP/2036/7/Rev.1", "2038-08-18", "General", "en", "", ())


def test_a_masthead_of_a_treaty_body_with_the_distribution_below_its_word() -> None:
    text = (
        "NACIONES\n\nUNIDAS\n\nDistr.\n\nRESERVADA*\n\nCERD/C/87/D/93/2032\n\n8 de agosto de 2036\n\nOriginal: ESPAÑOL\n\n"
        "Comité Modelo\n\n87º período de sesiones\n\n10 a 28 de julio de 2036\n\nDECISIÓN\n\n1. El Comité se reunió.\n"
    )

    head = structure_of(text).masthead

    assert said(head) == ("CERD/C/87/D/93/2032", "2036-08-08", "Restricted", "es", "87", ("2036-07-10", "2036-07-28"))


def test_a_bare_distribution_and_the_ninety_fifth_session_in_arabic() -> None:
    text = (
        "GENERAL\n\nCCPR/C/XYZ/CO/6\n\n7 May 2039\n\nARABIC\n\nOriginal: ENGLISH\n\nاللجنة النموذجية\n\nالدورة الخامسة والتسعون\n\n"
        "16 آذار/مارس - 3 نيسان/أبريل 2039\n\n1- نظرت اللجنة في التقرير.\n"
    )

    head = structure_of(text).masthead

    assert said(head) == ("CCPR/C/XYZ/CO/6", "2039-05-07", "General", "en", "95", ("2039-03-16", "2039-04-03"))


def test_the_day_of_a_second_printing_is_no_day_of_a_meeting() -> None:
    text = "Distr.: Limited\n14 June 2031\nSixty-fifth session\nReissued for technical reasons on 16 June 2031.\n\n1. The group met.\n"

    assert structure_of(text).masthead.meeting_dates == ()


@pytest.mark.parametrize(
    ("line", "number"),
    [("الدورة الثمانون", "80"), ("Nonagésimo primer período de sesiones", "91"), ("Девяносто пятая сессия", "95")],
)
def test_sessions_past_the_eightieth(line: str, number: str) -> None:
    assert session_of(line) == number


def test_a_chinese_paragraph_whose_number_stands_directly_before_another() -> None:
    text = "4.会议开始。\n5.118个国家出席。\n6.2039年通过了报告。\n7.会议闭幕。\n"

    assert [p.number for p in structure_of("1.议程。\n2.选举。\n3.文件。\n" + text).paragraphs] == list("1234567")


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("Conference of the States Parties to the United Nations Convention against Corruption", "", ("Report of the Model Group on its "
                "resumed seventh session, held in Vienna from 14 to 16 November 2033"), "")),
        ("fr", ("Conférence des États parties à la Convention des Nations Unies contre la corruption", "", ("Rapport de la Conférence sur "
                "les travaux de sa septième session, tenue à Vienne du 14 au 16 novembre 2033"), "")),
        ("es", ("Conferencia de los Estados Partes en la Convención de las Naciones Unidas contra la Corrupción", "", "",
                "Nota de la Secretaría")),
        ("ru", ("Конференция участников Конвенции против организованной преступности", "", ("Доклад Конференции участников о работе ее "
                "седьмой сессии, проведенной в Вене 14–16 ноября 2033 года"), "")),
    ],
)  # fmt: skip
def test_no_job_number_and_no_page_number_in_the_texts_of_a_masthead(language: str, texts: tuple[str, ...]) -> None:
    head = structure_of(f"24\n{ONE_LINE[language]}").masthead

    if language == "es":  # who wrote it stands alone there: it is the title
        texts = (*texts[:2], texts[3], "")
    assert (head.body, head.parent_body, head.title, head.author) == texts


def test_a_page_number_before_the_organisation_an_agenda_item_and_its_author() -> None:
    text = (
        "1 Nations Unies CAC/COSP/2033/3 Conférence des États parties Distr. générale 1 er novembre 2033 Français Original: anglais "
        "Cinquième session Panama, novembre 2033 Point 2 de l ordre du jour provisoire * Assistance technique Note du Secrétariat "
        "Résumé Une phrase en tient lieu."
    )

    head = structure_of(text).masthead

    assert (head.date, head.agenda_item, head.body, head.parent_body) == (
        "2033-11-01",
        "2",
        "Conférence des États parties",
        "",
    )
    assert (head.title, head.author) == ("Assistance technique", "Note du Secrétariat")


def test_a_meeting_printed_before_the_distribution() -> None:
    text = (
        "Организация Объединенных Наций A/CONF.922/INF/1 Модельный Конгресс по предупреждению преступности Доха, 12-19 апреля "
        "2035 года Distr.: General 12 January 2035 Russian Original: English V.35-00111 (R) 040235 050235 *3500111* "
        "Информация для участников * Содержание Стр. I. Введение ..... 3\n\nI. Введение\n\n1. Конгресс состоится.\n"
    )

    head = structure_of(text).masthead

    assert (head.meeting_dates, head.place) == (("2035-04-12", "2035-04-19"), "Доха")
    assert (head.body, head.title) == (
        "Модельный Конгресс по предупреждению преступности",
        "Информация для участников",
    )


def test_an_old_resolution_with_labels_above_their_values() -> None:
    text = (
        "United Nations\n\nA/RES/81/920\n\n\nGeneral Assembly\n\nDistr. GENERAL\n\n7 March 2037\n\nORIGINAL:\nENGLISH\n\n\n"
        "Fifty-first session\nAgenda item 158\n\n\nRESOLUTION ADOPTED BY THE GENERAL ASSEMBLY\n\n"
        "[on the report of the Third Committee (A/81/620)]\n\n\n81/920. A model convention\n\n\nThe General Assembly,\n\n"
        "Recalling its earlier work,\n\n1. Decides to go on.\n"
    )

    head = structure_of(text).masthead

    assert (head.original_language, head.body, head.agenda_item, head.agenda_title, head.title) == (
        "en",
        "General Assembly",
        "158",
        "",
        "81/920. A model convention",
    )


@pytest.mark.parametrize("opening", ["大会\n\n回顾", "大会, 回顾", "大会，\n\n回顾"])
def test_the_preamble_of_a_chinese_resolution_is_no_title(opening: str) -> None:
    text = f"第八十一届会议\n议程项目92(a)\n大会决议\n81/976.\n示范行动\n{opening}其1975年12月15日第3514(XXX)号决议，\n\n1. 欢迎有关倡议；\n"

    head = structure_of(text).masthead

    assert (head.title, head.agenda_title, head.meeting_dates) == ("81/976. 示范行动", "", ())


TOP = "United Nations CAC/COSP/IRG/2035/1\nConference of the States Parties\nDistr.: General\n20 March 2035\nOriginal: English\n\n"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Annotated provisional agenda", "Provisional agenda"),
        ("Ordre du jour provisoire annoté", "Ordre du jour provisoire"),
        ("Аннотированная предварительная повестка дня", "Предварительная повестка дня"),
    ],
)
def test_the_agenda_under_an_annotated_agenda_is_a_heading(title: str, heading: str) -> None:
    found = structure_of(f"{TOP}Sixth session\nVienna, 1-5 June 2035\n{title}\n{heading}\n1. Opening.\n2. Closing.\n")

    assert (found.masthead.title, [each.title for each in found.headings]) == (title, [heading])


def test_contents_that_came_apart_are_not_the_title() -> None:
    text = f"{TOP}Report of the Group on its third session\nContents\nParagraphs\nI.\nResolutions . . . . . .\nPage\n1-2\n\nI. Work\n\n1. It met.\n"

    assert structure_of(text).masthead.title == "Report of the Group on its third session"


def test_a_document_that_a_sentence_names_is_not_this_one() -> None:
    head = structure_of(
        "تعليق الفريق\nوقد ورد نص هذا التعليق في الوثيقة A/95/38\n\n1 - نظر الفريق في التقرير.\n"
    ).masthead

    assert head.symbol == ""


def test_the_word_of_a_distribution_that_stands_far_from_it_is_no_body() -> None:
    text = "Distr.\nЭКОНОМИЧЕСКИЙ СОВЕТ\nGENERAL\nE/CN.15/2038/3\n19 February 2038\nRUSSIAN\nOriginal: ENGLISH\n\n1. Совет собрался.\n"

    head = structure_of(text).masthead

    assert (head.distribution, head.body, head.parent_body) == ("General", "ЭКОНОМИЧЕСКИЙ СОВЕТ", "")
