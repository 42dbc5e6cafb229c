"""Lists of those who attended, told from other lists of States."""

import pytest
from tests.rooms.ingest.sample_reading import sample

from merida.exchange.ingest.attendance import mark_attendance
from merida.exchange.ingest.reading import read, structure_of
from merida.exchange.ingest.record import Attendance
from merida.rules.citations.mention import Mention


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("zh_report", [("6", "PARTIES"), ("8", "SIGNATORIES")]), ("zh_wrapped", [("6", "PARTIES")]), ("en_report", [("5", "PARTIES"), ("7", "SIGNATORIES")]),
        ("fr_note", [("3", "PARTIES")]), ("es_note", [("3", "PARTIES")]), ("ru_note", [("3", "PARTIES")]), ("ar_note", [("3", "PARTIES")]), ("zh_background", []),
    ],
)  # fmt: skip
def test_attendance_in_six_languages(name: str, lists: list[tuple[str, str]]) -> None:
    assert [(a.at, a.kind) for a in sample(name).attendance] == lists


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("下列观察员国派代表出席了会议：图瓦卢。", ["OBSERVERS"]),
        ("会议由下列国家提供资金：挪威、瑞典。", []),
        ("以下诸国为此提供了实物捐款：安哥拉、阿根廷。", []),
        ("下列政府间组织派观察员出席了会议：世界海关组织。", []),
        ("The following observer States attended the session: Tuvalu.", ["OBSERVERS"]),
        ("The session was attended by representatives of the following States parties: Fiji, Palau.", ["PARTIES"]),
        ("The following States made contributions: Norway, Sweden.", []),
        ("发言的有下列缔约国的代表：不丹、海地。", []),
        ("Statements were made by representatives of the following States attending as observers: Fiji, Palau.", []),
        ("A statement was made. The following States parties were represented: Fiji, Palau.", ["PARTIES"]),
        ("The following States were elected to the bureau: Fiji.", []),
    ],
)  # fmt: skip
def test_only_lists_of_attending_states_count(text: str, kinds: list[str]) -> None:
    assert [a.kind for a in structure_of(f"1. {text}\n\n2. 会议结束。\n").attendance] == kinds


def test_only_states_behind_the_colon_get_the_role() -> None:
    def mention(kind: str, key: str, start: int, at: str = "6") -> Mention:
        return Mention(kind, key, at, start, start + 2, "xx", "names")

    mentions = [
        mention("STATE", "AUT", 4),
        mention("STATE", "FJI", 30),
        mention("ORGANISATION", "EU", 34),
        mention("STATE", "PLW", 30, "7"),
    ]
    marked = mark_attendance(mentions, [Attendance("6", "PARTIES", 20), Attendance("8", "SIGNATORIES", 0)])

    assert [m.role for m in marked] == ["", "ATTENDANCE", "", ""]


OPENING = {
    "en": "Report on the meeting of the group",
    "fr": "Rapport de la réunion du groupe sur les travaux",
    "zh": "工作组会议报告",
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", ("1. The following States were represented at the session: Albania, Atlantis, Bolivia (Plurinational State of), "
               "Bosnia and Herzegovina, Ruritania and Zambia."), "Atlantis; Ruritania"),
        ("fr", "1. Les États ci-après étaient représentés à la session: Albanie, Atlantide et Zambie.", "Atlantide"),
        ("zh", "1. 下列国家派代表出席了会议：阿尔巴尼亚、亚特兰蒂斯、波斯尼亚和黑塞哥维那及赞比亚。", "亚特兰蒂斯"),
    ],
)  # fmt: skip
def test_a_name_in_a_list_of_those_attending_that_no_state_has_is_told(language: str, text: str, expected: str) -> None:
    record = read(f"{OPENING[language]}\n\n{text}\n".encode(), "a.txt")

    told = [notice.message for notice in record.notices if notice.code == "UNKNOWN_STATE"]
    assert told == [f"1: listed as attending, not known here: {expected}."]
