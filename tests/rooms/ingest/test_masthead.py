"""The masthead says what is printed, in six languages, and nothing that is not."""

import pytest
from tests.rooms.ingest.sample_reading import sample

from merida.exchange.ingest.ordinals import session_in, session_of
from merida.exchange.ingest.printed_dates import date_range, full_date
from merida.exchange.ingest.reading import structure_of
from merida.exchange.ingest.record import Masthead

SAME_EVERYWHERE = {
    "symbol": "CAC/COSP/IRG/2033/5",
    "date": "2033-03-23",
    "distribution": "General",
    "original_language": "en",
    "session": "12",
    "meeting_dates": ("2033-06-14", "2033-06-18"),
    "agenda_item": "2",
}


def fields(head: Masthead, *names: str) -> dict[str, object]:
    return {name: getattr(head, name) for name in names}


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru"])
def test_one_note_in_four_languages_has_one_masthead(language: str) -> None:
    head = sample(f"{language}_note").masthead

    assert fields(head, "language", *SAME_EVERYWHERE) == {"language": language, **SAME_EVERYWHERE}


@pytest.mark.parametrize(
    ("language", "body", "place", "agenda_title", "title", "author"),
    [
        ("fr", "Groupe d’examen type", "Vienne", "Examen de l’application", "Échange de données entre les secrétariats", "Note du Secrétariat"),
        ("es", "Grupo de Examen Modelo", "Viena", "Examen de la aplicación", "Intercambio de datos entre las secretarías", "Nota de la Secretaría"),
        ("ru", "Группа по типовому обзору", "Вена", "Обзор осуществления", "Обмен данными между секретариатами", "Записка Секретариата"),
        ("ar", "فريق الاستعراض النموذجي", "فيينا", "استعراض التنفيذ", "تبادل البيانات بين الأمانات", "مذكرة من الأمانة"),
    ],
)  # fmt: skip
def test_bodies_titles_and_authors_are_told_apart(
    *, language: str, body: str, place: str, agenda_title: str, title: str, author: str
) -> None:
    head = sample(f"{language}_note").masthead

    assert (head.body, head.place, head.agenda_title, head.title, head.author) == (
        body,
        place,
        agenda_title,
        title,
        author,
    )


def test_a_chinese_masthead_with_english_lines() -> None:
    head = sample("zh_background").masthead

    assert fields(
        head, "symbol", "date", "distribution", "language", "original_language", "session", "meeting_dates", "place",
        "parent_body", "body", "agenda_item", "agenda_title", "title", "author",
    ) == {
        "symbol": "",
        "date": "2032-05-04",
        "distribution": "General",
        "language": "zh",
        "original_language": "en",
        "session": "",
        "meeting_dates": ("2032-07-12", "2032-07-13"),
        "place": "维也纳",
        "parent_body": "样本公约缔约国会议",
        "body": "样本档案问题不限成员名额工作组",
        "agenda_item": "3",
        "agenda_title": "有关决定的后续行动",
        "title": "有关决定的后续行动概览",
        "author": "秘书处编写的背景文件",
    }  # fmt: skip


def test_the_symbol_beside_united_nations_and_a_wrapped_title() -> None:
    head = sample("en_report").masthead

    assert (head.symbol, head.parent_body, head.title) == (
        "CAC/COSP/WG.4/2034/4",
        "Conference of the States Parties to the Sample Convention",
        "Report on the meeting of the Open-ended Working Group on Sample Records",
    )


def test_a_masthead_in_two_columns_with_the_days_in_a_title_of_three_lines() -> None:
    head = sample("fr_report").masthead

    assert fields(
        head, "symbol", "date", "distribution", "language", "original_language", "meeting_dates", "place", "body",
        "title",
    ) == {
        "symbol": "CAC/COSP/WG.2/2036/5",
        "date": "2036-09-03",
        "distribution": "General",
        "language": "fr",
        "original_language": "en",
        "meeting_dates": ("2036-08-25", "2036-08-27"),
        "place": "Vienne",
        "body": "Conférence des États parties à la Convention type contre la perte d’archives",
        "title": "Rapport de la réunion du Groupe de travail à composition non limitée sur le retour des archives "
        "tenue à Vienne du 25 au 27 août 2036",
    }  # fmt: skip


def test_a_country_summary_whose_title_is_executive_summary() -> None:
    head = sample("en_country_summary").masthead

    assert fields(
        head, "symbol", "date", "session", "meeting_dates", "place", "parent_body", "body", "agenda_title", "title",
        "author",
    ) == {
        "symbol": "CAC/COSP/IRG/II/9/2/Add.41",
        "date": "2037-05-04",
        "session": "28",
        "meeting_dates": ("2037-06-01", "2037-06-05"),
        "place": "Vienna",
        "parent_body": "Conference of the States Parties to the Sample Convention against Lost Records",
        "body": "Sample Review Group",
        "agenda_title": "How the Convention is applied",
        "title": "Executive summary",
        "author": "Note by the Secretariat",
    }  # fmt: skip


def test_without_a_masthead_the_title_gives_the_days_and_the_text_the_session() -> None:
    head = sample("zh_wrapped").masthead

    assert fields(head, "date", "distribution", "session", "meeting_dates", "language") == {
        "date": "", "distribution": "", "session": "3", "meeting_dates": ("2033-05-03", "2033-05-05"), "language": "zh",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "town"),
    [
        ("2034年9月6日至8日在维也纳举行的工作组会议报告", "维也纳"),
        ("2034年9月6日至8日在维也纳和线上举行的工作组会议报告", ""),
        ("Report on the meeting of the Group held in Addis Ababa from 6 to 8 September 2034", "Addis Ababa"),
        ("Report on the meeting of the Group held online from 6 to 8 September 2034", ""),
        ("Informe de la reunión del Grupo celebrada en Viena del 6 al 8 de septiembre de 2034", "Viena"),
        ("Доклад о работе совещания, состоявшегося в Вене 6–8 сентября 2034 года", ""),  # another case than the name's
        ("تقرير اجتماع الفريق المعقود في فيينا من 6 إلى 8 أيلول/سبتمبر 2034", "فيينا"),
    ],
)
def test_the_title_of_a_report_gives_the_town_beside_the_days(title: str, town: str) -> None:
    head = structure_of(f"{title}\n\n1. Sample.\n").masthead

    assert (head.meeting_dates, head.place) == (("2034-09-06", "2034-09-08"), town)


def test_the_session_of_another_meeting_is_not_taken() -> None:
    text = (
        "2034年9月6日至8日在维也纳举行的工作组会议报告\n\n一. 引言\n\n1. 工作组于2033年9月6日至8日举行了第三次会议。\n"
    )

    assert structure_of(text).masthead.session == ""


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("The Group held its fourteenth meeting in Lima from 7 to 11 December 2037.", "14"),
        ("Le Groupe a tenu sa douzième session à Lima du 7 au 11 décembre 2037.", "12"),
        ("La Conferencia celebró su 12º período de sesiones en Lima del 7 al 11 de diciembre de 2037.", "12"),
        ("Группа провела свою двенадцатую сессию в Лиме 7–11 декабря 2037 года.", "12"),
        ("عقد الفريق اجتماعه السابع عشر في ليما من 7 إلى 11 كانون الأول/ديسمبر 2037.", "17"),
        ("Группа провела свое семнадцатое совещание в Лиме 7–11 декабря 2037 года.", "17"),
        ("The Group held its fourteenth meeting in Lima from 7 to 11 December 2036.", ""),
    ],
)
def test_a_sentence_with_the_days_of_the_meeting_gives_its_session(sentence: str, number: str) -> None:
    assert session_in(sentence, ("2037-12-07", "2037-12-11")) == number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第十二届会议", "12"), ("第二十八届会议", "28"), ("第十届会议第二次续会", "10"), ("Twenty-eighth session", "28"), ("Seventieth session", "70"),
        ("Resumed twelfth session", "12"), ("Vingt-huitième session", "28"), ("Soixante et onzième session", "71"),
        ("Septuagésimo cuarto período de sesiones", "74"), ("14º período de sesiones", "14"), ("Двадцать восьмая сессия", "28"), ("Сороковая сессия", "40"),
        ("الدورة الثامنة والعشرون", "28"), ("الدورة الثانية عشرة", "12"), ("12º período de sesiones", "12"), ("Reanudación del 14º período de sesiones", "14"),
        ("Двенадцатая возобновленная сессия", "12"), ("第十四届会议续会第二期", "14"), ("الاجتماع السابع عشر", "17"), ("Primera parte de la continuación del 27º período de sesiones", "27"), ("Open session", ""), ("The second session was long", ""),
    ],
)  # fmt: skip
def test_sessions_written_as_words(line: str, number: str) -> None:
    assert session_of(line) == number


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("23 March 2020", "2020-03-23"), ("2020年3月23日", "2020-03-23"), ("1er avril 2021", "2021-04-01"), ("23 de marzo de 2020", "2020-03-23"),
        ("23 марта 2020 года", "2020-03-23"), ("٢٣ آذار/مارس ٢٠٢٠", "2020-03-23"), ("32 March 2020", ""), ("2020年13月1日", ""), ("March 2020", ""),
    ],
)  # fmt: skip
def test_dates_of_mastheads(line: str, date: str) -> None:
    assert full_date(line) == date


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("2020年6月9日和10日，维也纳", ("2020-06-09", "2020-06-10")), ("2015年8月31日至9月2日", ("2015-08-31", "2015-09-02")),
        ("Vienna, 31 August–2 September 2015", ("2015-08-31", "2015-09-02")), ("Vienna, 9 and 10 June 2020", ("2020-06-09", "2020-06-10")),
        ("Vienne, 30 mai-1er juin 2022", ("2022-05-30", "2022-06-01")), ("Viena, 9 y 10 de junio de 2020", ("2020-06-09", "2020-06-10")),
        ("Вена, 30 мая – 1 июня 2022 года", ("2022-05-30", "2022-06-01")), ("فيينا، ٩ و١٠ حزيران/يونيه ٢٠٢٠", ("2020-06-09", "2020-06-10")),
    ],
)  # fmt: skip
def test_days_of_meetings(line: str, days: tuple[str, str]) -> None:
    found = date_range(line)

    assert found is not None
    assert (found.first, found.last) == days


def test_a_document_of_two_bodies_has_its_first_symbol_and_no_second_for_a_body() -> None:
    text = (
        "联合国                                   E/2037/30/Add.1\n                                         E/CN.15/2037/20/Add.1\n\n"
        "经济及社会理事会                          Distr.: Limited\n                                         14 May 2037\n\n"
        "预防犯罪和刑事司法委员会\n第四十六届会议续会\n2037年12月5日和6日，维也纳\n\n打击与档案有关的犯罪\n\n"
        "预防犯罪和刑事司法委员会，\n\n回顾各项决议，\n\n1. 请会员国保存档案；\n\n2. 请秘书处提出报告。\n"
    )
    head = structure_of(text).masthead

    assert fields(head, "symbol", "date", "distribution", "session", "parent_body", "body", "title") == {
        "symbol": "E/2037/30/Add.1",
        "date": "2037-05-14",
        "distribution": "Limited",
        "session": "46",
        "parent_body": "经济及社会理事会",
        "body": "预防犯罪和刑事司法委员会",
        "title": "打击与档案有关的犯罪",
    }


def test_an_arabic_page_has_its_fields_in_the_left_column() -> None:
    text = (
        "CAC/COSP/2036/12                          الأمم المتحدة\n\nDistr.: General            مؤتمر الدول الأطراف في\n"
        "27 December 2036               الاتفاقية النموذجية\n\nالدورة الأولى\nفيينا، ١٠-١٤ كانون الأول/ديسمبر ٢٠٣٦\n\n"
        "أولا- مقدمة\n\n١- عقد المؤتمر دورته.\n\n٢- حضرت مصر.\n"
    )
    head = structure_of(text).masthead

    assert fields(head, "symbol", "date", "session", "meeting_dates", "place", "body") == {
        "symbol": "CAC/COSP/2036/12",
        "date": "2036-12-27",
        "session": "1",
        "meeting_dates": ("2036-12-10", "2036-12-14"),
        "place": "فيينا",
        "body": "مؤتمر الدول الأطراف في الاتفاقية النموذجية",
    }


def test_a_masthead_above_a_list_of_names_without_a_heading_or_a_sentence() -> None:
    text = (
        "Nations Unies                             CAC/COSP/2037/INF/2\n\nConférence des États parties              Distr. générale\n"
        "à la Convention type                      11 décembre 2037\n"
        "                                          Anglais/espagnol/français\n\n"
        "Douzième session\nLima, 7-11 décembre 2037\n\nListe des participants\n\nAfghanistan\n\nBolivie\n"
    )
    structure = structure_of(text)

    assert fields(structure.masthead, "symbol", "date", "language", "session", "place", "body") == {
        "symbol": "CAC/COSP/2037/INF/2",
        "date": "2037-12-11",
        "language": "fr",
        "session": "12",
        "place": "Lima",
        "body": "Conférence des États parties à la Convention type",
    }
