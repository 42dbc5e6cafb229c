"""Where an activity stands in a report, and why there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.drafting.made_up import done

from merida.rules.drafting.headings import LANGUAGES, above, of_title, place, scheme


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Working with judges", "JUDICIAL_INTEGRITY"),
        ("Prosecutorial integrity", "PROSECUTION"),
        ("Designation of competent authorities", "DESIGNATED_AUTHORITIES"),
        ("Clean sport", "SPORT"),
        ("对记者的培训", "MEDIA"),
        ("与民间社会的对话", "CIVIL_SOCIETY"),
        ("Matters that nobody foresaw", ""),
    ],
)
def test_a_heading_of_a_document_leads_to_a_heading_of_the_report(title, meant):
    assert of_title(title) == meant


def test_the_nearest_heading_of_the_document_decides_before_the_words():
    one = done("1", words="A workshop on sport and women", titles=("Education", "Universities and research"))

    assert place(one) == ("ACADEMIA", "TITLE")


def test_words_decide_where_the_headings_of_the_document_say_nothing():
    assert place(done("1", words="A course for journalists in Accra", titles=("Part two",))) == ("MEDIA", "WORDS")
    assert place(done("2", words="2020 年 1 月为记者举办了培训班")) == ("MEDIA", "WORDS")


def test_a_provision_and_an_organisation_speak_for_a_heading():
    assert place(done("1", provisions=("UNCAC 9(1)",))) == ("PROCUREMENT", "WORDS")
    assert place(done("2", organisations=("IOC",))) == ("SPORT", "WORDS")


def test_the_type_decides_where_nothing_else_speaks_and_a_person_above_all():
    assert place(done("1", type="LEGISLATIVE_ASSISTANCE", words="It was given.")) == ("LEGISLATION", "TYPE")
    assert place(done("2", words="It was held.")) == ("COORDINATION", "USUAL")
    assert place(done("3", words="A course for journalists", heading="SPORT")) == ("SPORT", "PERSON")


def test_the_scheme_has_four_levels_and_each_heading_a_title_in_both_languages():
    assert {one.level for one in scheme().values()} == {1, 2, 3, 4}
    assert all(one.titles[code].strip() for one in scheme().values() for code in LANGUAGES)
    assert above("PROCUREMENT") == ["ACTION", "NATIONAL_FRAMEWORKS", "PUBLIC_ADMINISTRATION", "PROCUREMENT"]


@given(words=st.text(max_size=200), titles=st.lists(st.text(max_size=60), max_size=4))
def test_any_words_have_a_place(words, titles):
    code, why = place(done("1", words=words, titles=tuple(titles)))

    assert code in scheme()
    assert why in {"TITLE", "WORDS", "TYPE", "USUAL"}
