"""The tree of a questionnaire: whatever is done to it, its file reads back the same and nothing is lost by the way."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.review.questionnaires import tree
from merida.review.questionnaires.form import (
    WITH_CHOICES,
    WITH_COLUMNS,
    WITH_ROWS,
    Choice,
    Column,
    ColumnKind,
    Condition,
    Form,
    Kind,
    Question,
    Row,
    Section,
)
from merida.review.questionnaires.form_file import read_form, write_form
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.unfinished import Lack, unfinished

LEVEL = (Choice("YES", {"en": "Yes"}), Choice("PARTLY", {"en": "In part"}), Choice("NO", {"en": "No"}))
START = Form(
    "sample",
    {"en": "Sample"},
    (
        Section(
            "one",
            {"en": "One"},
            (
                Question("a", Kind.COMPLIANCE, {"en": "A?"}, choices=LEVEL),
                Question("b", Kind.LAW, {"en": "B?"}, conditions=(Condition("a", ("YES", "PARTLY")),)),
                Question("c", Kind.PRACTICE, {"en": "C?"}),
            ),
        ),
        Section("two", {"en": "Two"}, (Question("d", Kind.CASES, {"en": "D?"}),)),
    ),
)
words = st.dictionaries(
    st.sampled_from(["ar", "zh", "en", "fr", "ru", "es"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), min_size=1, max_size=12),
    min_size=1,
    max_size=3,
)


ABOUT = [{}, {"provision": "UNCAC 15"}, {"provision": "UNCAC 15", "further": ("UNCAC 16(1)", "GRECO I")}]


@st.composite
def questions(draw: st.DrawFn, form: Form, identifier: str) -> Question:
    kind = draw(st.sampled_from(list(Kind)))
    able = [one for one in form.questions() if one.choices]
    asked = draw(st.none() | st.sampled_from(able)) if able else None
    return Question(
        identifier,
        kind,
        draw(words),
        guidance=draw(st.just({}) | words),
        **draw(st.sampled_from(ABOUT)),
        obligation=draw(st.sampled_from(["", "MANDATORY", "OPTIONAL"])),
        required=draw(st.booleans()),
        choices=draw(st.sampled_from([LEVEL, (Choice("X", draw(words)), Choice("NO", {}))]))
        if kind in WITH_CHOICES
        else (),
        columns=(Column("y", draw(words), ColumnKind.NUMBER, "cases", 2025),) if kind in WITH_COLUMNS else (),
        rows=(Row("r", draw(words)),) if kind in WITH_ROWS else (),
        conditions=(Condition(asked.identifier, (asked.choices[0].code,)),) if asked else (),
    )


def one_step(form: Form, data: st.DataObject) -> Form:
    """Do one thing that an officer can do, to any part of the form."""
    section = data.draw(st.sampled_from([each.identifier for each in form.sections]))
    question = data.draw(st.sampled_from([*form.order, "gone"]))
    other = data.draw(st.sampled_from(["a", "new", "x.1", "bad name", "a\x00", *form.order[:2]]))
    step = data.draw(st.sampled_from([-1, 1]))
    deeds = {
        "insert section": lambda: tree.insert_section(form, Section(other, data.draw(words), ()), before=section),
        "change section": lambda: tree.change_section(form, section, title=data.draw(words), provision="UNCAC 15"),
        "move section": lambda: tree.move_section(form, section, step),
        "copy section": lambda: tree.copy_section(form, section)[0],
        "remove section": lambda: tree.remove_section(form, section),
        "rename section": lambda: tree.rename_section(form, section, other),
        "insert": lambda: tree.insert_question(
            form, data.draw(questions(form, other)), section=section, before=question
        ),
        "change": lambda: tree.change_question(form, data.draw(questions(form, question))),
        "move": lambda: tree.move_question(form, question, step),
        "move into": lambda: tree.move_into(form, question, section),
        "copy": lambda: tree.copy_question(form, question)[0],
        "remove": lambda: tree.remove_question(form, question),
        "rename": lambda: tree.rename_question(form, question, other),
    }
    return deeds[data.draw(st.sampled_from(sorted(deeds)))]()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_after_anything_an_officer_does_the_file_reads_back_the_same(data: st.DataObject):
    form = START
    for _step in range(data.draw(st.integers(1, 8))):
        before = write_form(form)
        try:
            changed = one_step(form, data)
        except RefusedError:
            changed = form  # refused: nothing has changed
        assert write_form(form) == before
        form = changed
        assert read_form(write_form(form)) == form
        assert list(tree.numbers_of(form)) == list(form.order)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_moving_loses_no_question_and_changes_none(data: st.DataObject):
    form, refused_for = START, []
    for _step in range(data.draw(st.integers(1, 12))):
        question, section = data.draw(st.sampled_from(form.order)), data.draw(st.sampled_from(["one", "two"]))
        step = data.draw(st.sampled_from([-1, 1]))
        move = data.draw(st.sampled_from(["question", "into", "section"]))
        try:
            if move == "question":
                form = tree.move_question(form, question, step)
            elif move == "into":
                form = tree.move_into(form, question, section)
            else:
                form = tree.move_section(form, section, step)
        except RefusedError as refused:
            refused_for.append(set(refused.values.values()))
        assert Counter(form.order) == Counter(START.order)
        assert all(form.by_identifier[each] == START.by_identifier[each] for each in START.order)
        assert form.places["a"] < form.places["b"]
    assert all(each == {"a", "b"} for each in refused_for)


@given(st.sampled_from(["b", "c", "d"]), st.sampled_from([-1, 1]))
def test_up_and_down_again_is_where_it_was(question: str, step: int):
    try:
        moved = tree.move_question(START, question, step)
    except RefusedError:
        return
    if moved != START:
        assert tree.move_question(moved, question, -step) == START


def test_a_question_passes_from_the_edge_of_its_section_into_the_next_one():
    moved = tree.move_question(START, "c", 1)
    assert [one.identifier for one in moved.sections[1].questions] == ["c", "d"]
    assert tree.numbers_of(moved) == {"a": "1.1", "b": "1.2", "c": "2.1", "d": "2.2"}
    assert tree.move_question(START, "d", 1) == START


def test_a_copied_section_asks_about_its_own_copies():
    copied, new = tree.copy_section(START, "one")
    assert new == "one-2"
    assert [section.identifier for section in copied.sections] == ["one", "one-2", "two"]
    assert copied.by_identifier["b-2"].conditions == (Condition("a-2", ("YES", "PARTLY")),)


def test_what_asked_about_a_removed_question_is_asked_always():
    assert [one.identifier for one in tree.asking_about(START, {"a"})] == ["b"]
    removed = tree.remove_question(START, "a")
    assert removed.by_identifier["b"].conditions == ()
    assert tree.remove_section(START, "one").order == ("d",)
    with pytest.raises(RefusedError, match="one section at least"):
        tree.remove_section(tree.remove_section(START, "one"), "two")


def test_conditions_follow_a_renamed_question():
    renamed = tree.rename_question(START, "a", "level")
    assert renamed.by_identifier["b"].conditions[0].question == "level"
    assert renamed.order == ("level", "b", "c", "d")


@pytest.mark.parametrize(
    ("change", "words_said"),
    [
        ({"conditions": (Condition("d", ("YES",)),)}, "c is asked after certain answers to d"),
        ({"conditions": (Condition("c", ("YES",)),)}, "c is asked after certain answers to c"),
        ({"conditions": (Condition("a", ("MAYBE",)),)}, "the answer MAYBE to a"),
        ({"text": {"en": " "}}, "c: there are no words in any language"),
        ({"text": {"en": "x" * 10_000}}, "c (en): the text has 10000 characters, at most 3000"),
        ({"text": {"en": "a\x00b"}}, "c (en): the text holds characters that no screen shows"),
        ({"text": {"ar": "a\u202eb"}}, "c (ar): the text holds characters that no screen shows"),
        ({"text": {"tlh": "x"}}, "c: tlh is not known here"),
        ({"kind": Kind.CHOICE}, "c: this kind of question needs choices"),
        ({"kind": Kind.CHOICE, "choices": (LEVEL[0], LEVEL[0])}, "c: YES stands twice"),
        ({"choices": LEVEL}, "c: this kind of question has no choices"),
        ({"kind": Kind.SET}, "c: this kind of question needs columns"),
        ({"rows": (Row("r", {"en": "x"}),)}, "c: this kind of question has no table"),
        ({"kind": Kind.SET, "columns": (Column("y", {"en": "y"}, year=20),)}, "c, y: a year has four digits"),
        ({"obligation": "PERHAPS"}, "c: PERHAPS is not known here"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_name_of_the_item(change: dict, words_said: str):
    with pytest.raises(RefusedError) as refused:
        tree.change_question(START, replace(START.by_identifier["c"], **change))
    assert words_said in str(refused.value)


def test_a_choice_that_a_condition_needs_stays():
    with pytest.raises(RefusedError, match="b is asked after the answer PARTLY to a"):
        tree.change_question(START, replace(START.by_identifier["a"], choices=(LEVEL[0], LEVEL[2])))


def test_direction_marks_of_words_may_stay():
    text = {"ar": "مادة\u200f 15\u200e", "en": "\u2067x\u2069"}
    changed = tree.change_question(START, replace(START.by_identifier["c"], text=text))
    assert read_form(write_form(changed)).by_identifier["c"].text == text


def test_what_is_unfinished_is_listed_and_told_apart_from_what_blocks():
    form = tree.insert_section(START, Section("empty", {"en": "Empty"}, ()))
    form = tree.change_question(form, replace(form.by_identifier["c"], provision="UNCAC 999"))
    never = Question("e", Kind.LAW, {"en": "E?"}, conditions=(Condition("a", ("YES",)), Condition("a", ("NO",))))
    form = tree.insert_question(form, never, section="two")
    found = unfinished(form, provisions={"UNCAC 15"})
    blocking = [(one.lack, one.section, one.question) for one in found if one.blocks]
    assert blocking == [
        (Lack.UNKNOWN_PROVISION, "one", "c"), (Lack.NEVER_ASKED, "two", "e"), (Lack.EMPTY_SECTION, "empty", "")
    ]  # fmt: skip
    assert next(one.languages for one in found if one.question == "d") == ("ar", "zh", "fr", "ru", "es")


def test_a_condition_that_contradicts_the_one_behind_it_can_never_hold():
    chain = Question("f", Kind.CHOICE, {"en": "F?"}, choices=LEVEL, conditions=(Condition("a", ("NO",)),))
    form = tree.insert_question(START, chain, section="two")
    last = Question("g", Kind.LAW, {"en": "G?"}, conditions=(Condition("f", ("YES",)), Condition("a", ("YES",))))
    form = tree.insert_question(form, last, section="two")
    after = Question("h", Kind.LAW, {"en": "H?"}, conditions=(Condition("f", ("YES",)),))
    form = tree.insert_question(form, after, section="two")
    assert [one.question for one in unfinished(form, provisions=()) if one.lack is Lack.NEVER_ASKED] == ["g"]


def test_several_answers_can_be_given_at_once_to_a_question_that_takes_them():
    form = tree.change_question(START, replace(START.by_identifier["a"], kind=Kind.CHALLENGES))
    both = Question("e", Kind.LAW, {"en": "E?"}, conditions=(Condition("a", ("YES",)), Condition("a", ("NO",))))
    form = tree.insert_question(form, both, section="two")
    assert not [one for one in unfinished(form, provisions=()) if one.lack is Lack.NEVER_ASKED]
