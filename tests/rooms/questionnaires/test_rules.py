"""Questionnaires as values: the file and back, conditions, answers, two editors, one version and the next."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.review.questionnaires.carrying import compare
from merida.review.questionnaires.conditions import asked_questions, questions_behind
from merida.review.questionnaires.form import (
    WITH_CHOICES,
    WITH_COLUMNS,
    Choice,
    Column,
    ColumnKind,
    Condition,
    Form,
    Kind,
    Question,
    Section,
)
from merida.review.questionnaires.form_file import FormError, read_form, write_form
from merida.review.questionnaires.forms_kept import form_from
from merida.review.questionnaires.merging import differences, merge
from merida.review.questionnaires.recipes import ProvisionToAsk, expand
from merida.review.questionnaires.values import LONGEST_TEXT, ValueProblem, clean_value, is_answered

FILE = """format: merida-questionnaire/1
code: sample
title: {en: Sample, zh: 样本}
choices:
  level: [{code: YES, text: {en: "Yes"}}, {code: NO, text: {en: "No"}}]
sections:
- id: art-1
  title: {en: Article 1}
  questions:
  - {id: a.level, kind: COMPLIANCE, text: {en: In compliance?}, choices: level}
  - {id: a.why, kind: CHALLENGES, text: {en: What stands in the way?}, choices: level,
     when: [{question: a.level, is: [NO]}]}
  - id: a.cases
    kind: STATISTICS
    text: {en: Cases}
    columns: [{id: y2025, text: {en: "2025"}, kind: NUMBER, unit: cases, year: 2025}]
    rows: [{id: opened, text: {en: Opened}}]
"""


def test_no_stays_no_and_law_is_apart_from_practice():
    form = read_form(FILE)
    assert [choice.code for choice in form.by_identifier["a.level"].choices] == ["YES", "NO"]
    assert form.by_identifier["a.cases"].columns[0] == Column("y2025", {"en": "2025"}, ColumnKind.NUMBER, "cases", 2025)
    assert form.title == {"en": "Sample", "zh": "样本"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("kind: COMPLIANCE", "kind: COMPLIENCE"), "line 10, question a.level: kind: COMPLIENCE is none of"),
        (("id: a.why", "id: a.level"), "question a.level: the identifier is taken by line 10"),
        (("question: a.level, is", "question: a.gone, is"), "when: a.gone is no earlier question"),
        (("is: [NO]", "is: [MAYBE]"), "question a.why: when: MAYBE is no choice of a.level"),
        (("zh: 样本", "tlh: x"), "tlh is none of ar, zh, en, fr, ru, es"),
        (("choices: level}", "choices: levels}"), "choices: levels is not among the choices of the file"),
        (("  title: {en: Article 1}", "  titel: {en: Article 1}"), "line 7: titel is no name of the format"),
        (("year: 2025", "year: last"), "year: four digits"),
        (("code: sample", "code: Sample One"), "'Sample One' is not made of small letters"),
        (("sections:", "sections: &all"), "anchors and aliases are not taken"),
        (("code: sample", "code: sample\ncode: sample"), "line 3: code stands here twice"),
    ],
)
def test_a_wrong_file_is_told_by_line_and_identifier(change: tuple[str, str], problem: str):
    with pytest.raises(FormError) as refused:
        read_form(FILE.replace(*change, 1))
    assert problem in str(refused.value)


@pytest.mark.parametrize("text", ["", "[", "a: b: c", "- 1", "{}", "\x00", "[" * 3000, "&a [*a]", "plain words"])
def test_what_is_no_questionnaire_at_all_is_refused_with_a_line(text: str):
    with pytest.raises(FormError, match=r"line 1|expected|anchors"):
        read_form(text)


words = st.dictionaries(st.sampled_from(["ar", "zh", "en"]), st.text("aé是\n'\": #-", min_size=1), min_size=1)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    questions: list[Question] = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(list(Kind)))
        earlier = [each for each in questions if each.kind in WITH_CHOICES]
        asked_about = draw(st.none() | st.sampled_from(earlier)) if earlier else None
        questions.append(
            Question(
                identifier=f"q{number}",
                kind=kind,
                text=draw(words),
                guidance=draw(st.just({}) | words),
                required=draw(st.booleans()),
                choices=(Choice("YES", draw(words)), Choice("NO", {})) if kind in WITH_CHOICES else (),
                columns=(Column("a", draw(words)),) if kind in WITH_COLUMNS else (),
                conditions=() if asked_about is None else (Condition(asked_about.identifier, ("YES",)),),
            )
        )
    cut = draw(st.integers(0, len(questions)))
    sections = [
        Section("one", draw(words), tuple(questions[:cut])),
        Section("two", draw(words), tuple(questions[cut:])),
    ]
    return Form("code", draw(words), tuple(sections))


@settings(max_examples=60, deadline=None)
@given(forms())
def test_what_is_written_is_read_back_equal(form: Form):
    assert read_form(write_form(form)) == form
    report = compare(form, form)
    assert (report.same, report.gone, report.new) == (form.order, (), ())


@settings(max_examples=60, deadline=None)
@given(forms(), st.data())
def test_nothing_is_asked_behind_a_question_that_is_not_asked(form: Form, data: st.DataObject):
    values = {each: {"choice": data.draw(st.sampled_from(["YES", "NO"]))} for each in form.order}
    asked = asked_questions(form, values)
    for question in form.questions():
        for condition in question.conditions:
            holds = condition.question in asked and values[condition.question]["choice"] == "YES"
            assert (question.identifier in asked) == holds
        assert all(
            question.identifier in form.dependents[each] for each in questions_behind(form, [question.identifier])
        )


def test_answers_follow_identifiers_into_the_next_version():
    old = read_form(FILE)
    level, why, cases = old.questions()
    changed = (
        replace(level, text={"en": "Does the State comply?"}),
        replace(why, kind=Kind.NARRATIVE, choices=()),
        replace(cases, identifier="b.cases"),
    )
    report = compare(old, replace(old, sections=(replace(old.sections[0], questions=changed),)))
    assert (report.reworded, report.changed, report.gone, report.new) == (
        ("a.level",), ("a.why",), ("a.cases",), ("b.cases",),
    )  # fmt: skip
    assert report.carried() == {"a.level"}


QUESTIONS = read_form(FILE).by_identifier


def test_direction_marks_and_emoji_stay_and_control_characters_go():
    value = clean_value(Question("q", Kind.PRACTICE, {"en": "x"}), {"text": "a\u200f🙂\x00\r\nb\ud800  \n"})
    assert value == {"text": "a\u200f🙂\nb?"}
    assert not is_answered(clean_value(Question("q", Kind.PRACTICE, {"en": "x"}), {"text": " \n "}))


@pytest.mark.parametrize(
    ("question", "value", "problem"),
    [
        ("a.level", {"choice": "MAYBE"}, "a.level: MAYBE is no choice"),
        ("a.level", {"rows": []}, "a.level: this question takes no rows"),
        ("a.cases", {"rows": [{"row": "opened", "y2025": "many"}]}, "many is no number"),
        ("a.cases", {"rows": [{"y1999": "1"}]}, "a.cases: no column y1999"),
        ("a.cases", {"rows": "all"}, "a.cases: a table has at most 200 rows"),
        (
            "a.level",
            {"text": "x" * (LONGEST_TEXT + 1)},
            "a.level: the text has 500001 characters, at most 500000 are kept",
        ),
        ("a.level", {"text": 7}, "this is no text"),
    ],
)
def test_what_does_not_fit_the_question_is_said(question: str, value: dict, problem: str):
    with pytest.raises(ValueProblem) as refused:
        clean_value(QUESTIONS[question], value)
    assert str(refused.value) == problem


def test_a_table_keeps_the_rows_that_say_something():
    given_rows = [{"row": "opened", "y2025": " 1 200 "}, {"row": "opened", "y2025": ""}]
    assert clean_value(QUESTIONS["a.cases"], {"rows": given_rows}) == {"rows": [{"row": "opened", "y2025": "1200"}]}


lines = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=8).map("\n".join)


@given(lines, lines, lines)
def test_no_line_that_somebody_added_is_lost_in_a_merge(base: str, mine: str, theirs: str):
    merged = set(merge(base, mine, theirs).text.split("\n"))
    for text in (mine, theirs):
        assert set(text.split("\n")) - set(base.split("\n")) - merged == set()


@given(lines, lines)
def test_a_change_on_one_side_only_is_taken_as_it_is(base: str, mine: str):
    assert merge(base, mine, base).text == merge(base, base, mine).text == mine
    assert merge(base, mine, mine).clashes == 0


@given(lines, lines)
def test_differences_tell_both_texts(before: str, after: str):
    pieces = differences(before, after)
    assert "\n".join(piece.text for piece in pieces if piece.sign != "gone") == after
    assert "\n".join(piece.text for piece in pieces if piece.sign != "new") == before


def test_changes_of_different_lines_do_not_clash():
    merged = merge("law\npractice\ncases", "new law\npractice\ncases", "law\npractice\nnew cases")
    assert (merged.text, merged.clashes) == ("new law\npractice\nnew cases", 0)
    assert merge("law", "mine", "theirs").clashes == 1


RECIPE = """format: merida-questionnaire/1
code: sample
title: {en: Sample}
choices: {level: [{code: YES, text: {en: "Yes"}}, {code: NO, text: {en: "No"}}]}
blocks:
  level: {kind: COMPLIANCE, text: {en: In compliance?}, choices: level}
  why: {kind: NARRATIVE, text: {en: Why?}, when: [{question: level, is: [NO]}]}
sections:
- {each_of: [X chapter I], ask: [level, why]}
"""
PROVISIONS = [
    ProvisionToAsk("X chapter I", "x/chapter-i", "CHAPTER"),
    ProvisionToAsk("X 1", "x/1", "ARTICLE", "X chapter I", {"en": "Purpose"}, "OPTIONAL"),
    ProvisionToAsk("X 2", "x/2", "ARTICLE", "X chapter I"),
    ProvisionToAsk("X 2(a)", "x/2a", "SUBPARAGRAPH", "X 2", {}, "MANDATORY"),
]


def test_a_recipe_asks_the_same_of_each_provision():
    form = read_form(write_data(expand(RECIPE, PROVISIONS)))
    assert form.order == ("x-1.level", "x-1.why", "x-2a.level", "x-2a.why")
    assert [section.title["en"] for section in form.sections] == ["Purpose", "X 2"]
    why = form.by_identifier["x-2a.why"]
    assert (why.provision, why.obligation, why.conditions) == (
        "X 2(a)", "MANDATORY", (Condition("x-2a.level", ("NO",)),),
    )  # fmt: skip
    with pytest.raises(FormError, match="line 9: not in the registry: X 9"):
        expand(RECIPE.replace("X chapter I", "X 9"), PROVISIONS)


def write_data(data: dict) -> str:
    import json

    return json.dumps(data, ensure_ascii=False)


def test_a_question_names_one_provision_or_several_and_files_read_back():
    several = FILE.replace("id: a.level,", "id: a.level, provisions: [UNCAC 15(a), UNCAC 16(1)],")
    assert several != FILE
    form = read_form(several)
    assert form.by_identifier["a.level"].provisions == ("UNCAC 15(a)", "UNCAC 16(1)")
    assert read_form(write_form(form)) == form == form_from(write_form(form))
    one = read_form(several.replace("provisions: [UNCAC 15(a), UNCAC 16(1)]", "provisions: [UNCAC 15(a)]"))
    assert '"provision": "UNCAC 15(a)"' in write_form(one)
    both = read_form(several.replace("provisions:", "provision: UNCAC 17, provisions:"))
    assert both.by_identifier["a.level"].provisions == ("UNCAC 17", "UNCAC 15(a)", "UNCAC 16(1)")
    with pytest.raises(FormError, match="provisions: a list of keys is expected"):
        read_form(several.replace("[UNCAC 15(a), UNCAC 16(1)]", "{a: b}"))
