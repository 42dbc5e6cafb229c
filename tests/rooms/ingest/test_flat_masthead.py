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
