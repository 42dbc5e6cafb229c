"""From records to headings and sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.drafting.made_up import NAMES, PERIOD, ZH, asked, done, records

from merida.knowledge.observatory.values import ACTIVITY_TYPES
from merida.rules.drafting.chinese import EVENTS as EVENTS_ZH
from merida.rules.drafting.chinese import HELP as HELP_ZH
from merida.rules.drafting.english import EVENTS, HELP
from merida.rules.drafting.numbering import numbered
from merida.rules.drafting.outline import LanguageError, draft
from merida.rules.drafting.records import Counted, Done, Records


def said(found, *, heading):
    return [one.text for part in found if part.heading == heading and not part.level for one in part.sentences]


def english(*given_, **more):
    return draft(records(*given_, **more), period=PERIOD, language="en", names=NAMES)


def test_activities_alike_are_one_sentence_that_carries_all_of_them():
    found = english(
        done("a", states=("KEN",), titles=("Sport",)),
        done("b", states=("NER",), titles=("Sport",)),
        done("c", states=("GHA",), titles=("Sport",)),
    )

    (part,) = [one for one in found if one.key == "SPORT/2019-11"]
    assert part.text == "In November 2019, workshops were held in Ghana, Kenya and the Niger."
    assert part.sentences[0].traces == ("c", "a", "b")


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (done("1", "2019-12-09", type="AGREEMENT"), "On 9 December 2019, an agreement was concluded in Ghana."),
        (done("1", town="Accra"), "In November 2019, a workshop was held in Accra (Ghana)."),
        (
            done("1", type="TECHNICAL_ASSISTANCE", states=("BOL",)),
            "In November 2019, technical assistance was given to the Plurinational State of Bolivia.",
        ),
        (
            done("1", organisations=("INTERPOL",), participants=("KEN", "NER"), provisions=("UNCAC 9(1)",)),
            (
                "In November 2019, a workshop was held in Ghana, with the involvement of INTERPOL (UNCAC, article 9(1)); "
                "participants came from Kenya and the Niger."
            ),
        ),
        (
            Done("1", "MEETING", date(2019, 12, 16), date(2019, 12, 20), "DAY", states=("KEN",)),
            "From 16 to 20 December 2019, a meeting was held in Kenya.",
        ),
        (
            done("1", type="PRESENTATION", town="Vienna"),
            "In November 2019, a presentation was given in Vienna for Ghana.",
        ),
        (done("1", ""), "During the reporting period, a workshop was held in Ghana."),
        (done("1", states=()), "In November 2019, a workshop was held."),
        (done("1", type="LAUNCH"), "In November 2019, a launch took place in Ghana."),
        (
            done("1", type="TREATY_ACTION", states=("NER",)),
            "In November 2019, a treaty action was taken by the Niger.",
        ),
        (done("1", type="REPORTING", states=()), "In November 2019, a report or reply was submitted."),
    ],
)
def test_a_sentence_says_what_the_record_holds(one, sentence):
    found = english(one)

    assert sentence in [each.text for part in found for each in part.sentences]


def test_the_same_draft_in_chinese():
    given_ = records(
        done("a", town="Accra", titles=("Sport",)),
        done("b", "2019-12-09", type="LEGISLATIVE_ASSISTANCE", states=("NER", "KEN"), titles=("Sport",)),
        done("c", "2020-01", type="MEETING", town="Vienna", titles=("Sport",)),
    )
    found = draft(given_, period=PERIOD, language="zh", names=ZH)

    assert said(found, heading="SPORT") == [
        "2019年11月，在加纳（阿克拉）举办了一次讲习班。",
        "2019年12月9日，向尼日尔和肯尼亚提供了立法协助。",
        "2020年1月，在维也纳为加纳举行了一次会议。",
    ]


def test_what_was_asked_opens_the_report_and_what_nothing_was_reported_on_ends_it():
    found = english(
        done("a", titles=("Sport",)),
        requests=(
            asked("m1", "4", condition="EXTRABUDGETARY", evidence=("a",)),
            asked("m2", "7", condition="EXTRABUDGETARY"),
            asked("m3", "9", "STATES", due=date(2021, 12, 1)),
        ),
    )

    assert said(found, heading="INTRODUCTION")[1:] == [
        (
            "Paragraphs 4 and 7 of Conference resolution 8/8 are addressed to the secretariat, on condition of funds outside the "
            "regular budget."
        ),
        "Paragraph 9 of Conference resolution 8/8 is addressed to States parties, with a term of 1 December 2021.",
    ]
    assert said(found, heading="CONCLUSIONS") == [
        "On paragraph 4 of Conference resolution 8/8, 1 record is linked as evidence.",
        "No record is linked so far to paragraphs 7 and 9 of Conference resolution 8/8.",
    ]


def test_a_figure_linked_as_evidence_is_told_with_what_it_counts():
    figure = Counted("f", "118", "States parties", as_of="2020-02")
    found = draft(Records((), (figure,)), period=PERIOD, language="en", names=NAMES)

    assert said(found, heading="FRAMEWORK") == [
        "The records hold nothing for this period.",
        "The number reported for “States parties” as of 2020-02 was 118.",
    ]


def test_what_lies_outside_the_period_is_left_out():
    found = english(done("early", "2019-09", titles=("Sport",)), done("late", "2020-03", titles=("Sport",)))

    assert not [part for part in found if part.heading == "SPORT"]


def test_headings_stand_in_the_order_of_the_scheme_and_only_where_something_stands_below():
    found = english(done("a", titles=("Sport",)), done("b", titles=("Procurement",)))

    assert [part.key for part in found if part.level] == [
        "INTRODUCTION", "ACTION", "NATIONAL_FRAMEWORKS", "PUBLIC_ADMINISTRATION", "PROCUREMENT", "OTHER_WORK", "SPORT",
        "FRAMEWORK",
    ]  # fmt: skip


def test_numbers_as_documents_of_the_united_nations_print_them():
    assert list(numbered([1, 0, 1, 2, 3, 4, 0, 4, 0, 2, 3, 0], language="en")) == [
        "I.", "1.", "II.", "A.", "1.", "(a)", "2.", "(b)", "3.", "B.", "1.", "4.",
    ]  # fmt: skip
    assert list(numbered([1, 1, 0], language="zh")) == ["一、", "二、", "1."]


def test_a_draft_in_another_language_is_refused():
    with pytest.raises(LanguageError, match="en or zh, not in 'fr'"):
        draft(records(), period=PERIOD, language="fr", names=NAMES)


def test_every_type_of_the_observatory_can_be_said_in_both_languages():
    assert set(ACTIVITY_TYPES) == EVENTS.keys() | HELP.keys() == EVENTS_ZH.keys() | HELP_ZH.keys()


ACTIVITIES = st.lists(
    st.builds(
        done,
        st.uuids().map(str),
        st.sampled_from(["2019-11", "2019-12", "2020-01-24", ""]),
        type=st.sampled_from(ACTIVITY_TYPES),
        states=st.lists(st.sampled_from(["GHA", "KEN", "NER"]), max_size=2, unique=True).map(tuple),
        titles=st.sampled_from([("Sport",), ("Women",), ()]),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(activities=ACTIVITIES, language=st.sampled_from(["en", "zh"]), data=st.data())
def test_every_record_is_told_once_under_its_heading_whatever_the_order(activities, language, data):
    found = draft(records(*activities), period=PERIOD, language=language, names=NAMES)
    bodies = [part for part in found if not part.level and part.heading not in {"INTRODUCTION", "FRAMEWORK"}]
    told = [key for part in bodies for one in part.sentences for key in one.traces]
    shuffled = data.draw(st.permutations(activities))

    assert sorted(told) == sorted(one.key for one in activities)
    assert len({part.key for part in found}) == len(found)
    assert draft(records(*shuffled), period=PERIOD, language=language, names=NAMES) == found


@pytest.mark.parametrize(
    ("language", "resolution", "ending"),
    [
        ("en", "COSP 8/8", "in Ghana (Conference resolution 8/8)."),
        ("en", "A/RES/73/191", "in Ghana (General Assembly resolution 73/191)."),
        ("en", "S/RES/1244(1999)", "in Ghana (Security Council resolution 1244(1999))."),
        ("en", "CTOC_COP 9/1", "in Ghana (resolution 9/1 of the Conference of the Parties)."),
        ("en", "SAMPLE 3/4", "in Ghana (resolution SAMPLE 3/4)."),
        ("zh", "COSP 8/8", "（缔约国会议第8/8号决议）。"),
        ("zh", "CTOC COP 9/1", "（《有组织犯罪公约》缔约方会议第9/1号决议）。"),
        ("en", "UNKNOWN 9/3", "in Ghana (resolution 9/3)."),
        ("zh", "UNKNOWN 9/3", "（第9/3号决议）。"),
    ],
)
def test_a_resolution_is_named_as_people_write_it(language, resolution, ending):
    found = draft(records(done("1", resolution=resolution)), period=PERIOD, language=language, names=NAMES)
    assert any(one.text.endswith(ending) for part in found for one in part.sentences)
