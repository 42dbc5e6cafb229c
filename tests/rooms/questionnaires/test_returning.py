"""Answers that come back in a file: a rehearsal that tells the truth, nothing overwritten, nothing taken in twice."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.answering_world import Answering, make_answering

from merida.foundation.changes.models import Change
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.asking import end_delegation
from merida.review.questionnaires.judging import Returned
from merida.review.questionnaires.models import Answer, Delegation, Revision, SectionCount
from merida.review.questionnaires.progress import count_anew
from merida.review.questionnaires.queries import history, kept_aside
from merida.review.questionnaires.refusing import NothingHereError
from merida.review.questionnaires.returning import MOST_ROWS, take_returned
from merida.review.questionnaires.submitting import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Answering:
    return make_answering()


def save(world, question, value, seen=0, who="focal_point"):
    return save_answer(world.actor(who), world.response, question, value, seen=seen)


def row(question, seen=0, language="en", **value):
    return Returned(question, language, seen=seen, value=value)


def became(world, *rows, who="focal_point", dry_run=False):
    """Take rows in; the rehearsal before it must have told the same."""
    rehearsed = take_returned(world.actor(who), world.response, rows, dry_run=True)
    done = rehearsed if dry_run else take_returned(world.actor(who), world.response, rows, dry_run=False)
    assert done == rehearsed
    return [(one.became.value, one.aside or one.template.format(**one.values)) for one in done]


def test_each_row_is_told_and_taken_in(world):
    save(world, "bribery.level", {"choice": "YES"})
    save(world, "money.practice", {"text": "one"})
    found = became(
        world,
        row("bribery.level", 1, choice="YES"),
        row("bribery.law", text="The Act"),
        row("money.practice", 1, text="two"),
        row("money.cases", rows=[{"row": "opened", "y2024": "7"}]),
        row("bribery.plan"),
    )
    assert [each for each, _ in found] == ["UNCHANGED", "NEW", "CHANGED", "NEW", "UNCHANGED"]
    values = dict(Answer.objects.values_list("question", "value"))
    assert values["money.practice"] == {"text": "two"}
    assert values["money.cases"] == {"rows": [{"row": "opened", "y2024": "7"}]}
    assert "bribery.plan" not in values


def test_progress_is_right_after_a_file_and_each_answer_has_its_history_and_change(world):
    save(world, "bribery.level", {"choice": "YES"})
    became(
        world,
        row("bribery.level", 1, choice="NO"),
        row("bribery.plan", text="A bill"),
        row("money.practice", text="x"),
        row("money.practice", language="fr", text="y"),
    )
    counts = {one.section: (one.asked, one.answered) for one in SectionCount.objects.filter(response=world.response)}
    assert counts == {"bribery": (2, 2), "money": (2, 1)}
    count_anew(world.response, world.desk("focal_point").form)
    assert counts == {
        one.section: (one.asked, one.answered) for one in SectionCount.objects.filter(response=world.response)
    }
    told = history(world.desk("focal_point"), "bribery.level", "en")
    assert [(one.number, one.based_on, one.value) for one in told] == [
        (2, 1, {"choice": "NO"}),
        (1, 0, {"choice": "YES"}),
    ]
    assert {one.made_by for one in told} == {world.focal_point}
    assert [Change.objects.filter(verb=f"{verb}_ANSWER").count() for verb in ("SAVE", "IMPORT")] == [1, 4]
    assert set(Answer.objects.values_list("stage", "revision")) == {("DRAFT", 2), ("DRAFT", 1)}


def test_a_rehearsal_stores_nothing(world):
    assert became(world, row("money.practice", text="x"), dry_run=True) == [("NEW", "")]
    assert not Answer.objects.exists()
    assert not Revision.objects.exists()


def test_what_nobody_touched_in_the_file_leaves_a_later_answer_alone(world):
    save(world, "money.practice", {"text": "one"})
    save(world, "money.practice", {"text": "later"}, seen=1)
    assert became(world, row("money.practice", 1, text="one"), row("bribery.level")) == [("UNCHANGED", "")] * 2
    save(world, "bribery.level", {"choice": "NO"})
    assert became(world, row("bribery.level", 0)) == [("UNCHANGED", "")]
    assert Answer.objects.get(question="money.practice").value == {"text": "later"}


def test_two_who_wrote_keep_both_texts(world):
    save(world, "money.practice", {"text": "one"})
    save(world, "money.practice", {"text": "theirs"}, seen=1)
    assert became(world, row("money.practice", 1, text="mine")) == [("ASIDE", "BOTH_WROTE")]
    (beside,) = kept_aside(world.desk("focal_point"), "money.practice", "en")
    assert beside.value == {"text": "mine"}
    assert Answer.objects.get().value == {"text": "theirs"}


def test_a_file_taken_in_twice_changes_nothing_even_after_others_wrote(world):
    rows = [row("money.practice", text="from the file"), row("bribery.level", choice="NO")]
    assert became(world, *rows) == [("NEW", ""), ("NEW", "")]
    save(world, "money.practice", {"text": "later"}, seen=1)
    count = Revision.objects.count()
    assert became(world, *rows) == [("UNCHANGED", ""), ("UNCHANGED", "")]
    save(world, "bribery.plan", {"text": "one"})
    save(world, "bribery.plan", {"text": "two"}, seen=1)
    clash = row("bribery.plan", 1, text="three")
    assert became(world, clash) == [("ASIDE", "BOTH_WROTE")]
    assert became(world, clash) == [("UNCHANGED", "")]
    assert Revision.objects.count() == count + 3


def test_an_emptied_cell_is_told_apart(world):
    save(world, "money.practice", {"text": "one"})
    assert became(world, row("money.practice", 1)) == [("EMPTIED", "")]
    assert [one.value for one in Revision.objects.order_by("pk")] == [{"text": "one"}, {}]


def test_refused_rows_say_why_and_keep_no_other_from_being_taken_in(world):
    found = became(
        world,
        row("money.practice", text="kept"),
        row("bribery.gold", text="x"),
        row("bribery.level", choice="MAYBE"),
        row("bribery.law", text="a"),
        row("bribery.law", text="b"),
        row("bribery.plan", choice="YES"),
        row("money.cases", rows=[{"row": "opened", "y2024": "many"}]),
        row("bribery.plan", language="tlh", text="x"),
        Returned("bribery.level", "fr", template="row {row} has no answer", values={"row": 9}),
    )
    assert [each for each, _ in found] == ["NEW", *["REFUSED"] * 8]
    assert [words for _, words in found[1:]] == [
        "bribery.gold: no question of this name is entrusted to you",
        "bribery.level: MAYBE is no choice",
        "bribery.law stands in the file more than once",
        "bribery.law stands in the file more than once",
        "bribery.plan: this question takes no choice",
        "many is no number",
        "tlh is none of the six languages",
        "row 9 has no answer",
    ]
    assert dict(Answer.objects.values_list("question", "value")) == {"money.practice": {"text": "kept"}}


def test_a_delegate_brings_back_the_own_part_only(world):
    found = became(world, row("money.practice", text="x"), row("bribery.law", text="x"), who="delegate")
    assert found == [("NEW", ""), ("REFUSED", "bribery.law: no question of this name is entrusted to you")]
    end_delegation(world.actor("focal_point"), Delegation.objects.get(user=world.delegate))
    assert became(world, row("money.practice", 1, text="typed at home"), who="delegate") == [
        ("ASIDE", "NO_LONGER_ENTRUSTED")
    ]
    for stranger in ("other_focal_point", "secretariat", "reader", "anybody"):
        with pytest.raises(NothingHereError):
            take_returned(world.actor(stranger), world.response, [row("money.practice", text="x")], dry_run=False)


def test_what_was_submitted_is_not_changed_by_a_file(world):
    save(world, "bribery.level", {"choice": "NO"})
    save(world, "bribery.plan", {"text": "A bill"})
    save(world, "money.practice", {"text": "Checks"})
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(world.actor("focal_point"), world.desk("focal_point"), question)
    submit(world.actor("focal_point"), world.desk("focal_point"))
    assert became(world, row("money.practice", 1, text="other")) == [("ASIDE", "SUBMITTED")]
    assert Answer.objects.get(question="money.practice").value == {"text": "Checks"}


words = st.sampled_from(["", "one", "two", "three"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=st.lists(words, max_size=4), seen=st.integers(0, 4), text=words)
def test_no_text_is_ever_lost_and_twice_is_once(world, saves, seen, text):
    Answer.objects.all().delete()
    count_anew(world.response, world.desk("focal_point").form)
    for said in saves:
        held = Answer.objects.filter(question="money.practice").first()
        save(world, "money.practice", {"text": said}, seen=held.revision if held else 0)
    before = list(Revision.objects.order_by("pk").values_list("value", flat=True))
    first = became(world, row("money.practice", seen, text=text))
    after = list(Revision.objects.order_by("pk").values_list("value", flat=True))
    assert after[: len(before)] == before
    if first[0][0] in {"NEW", "CHANGED", "ASIDE"}:
        assert after[-1] == ({"text": text} if text else {})
    again = became(world, row("money.practice", seen, text=text))
    assert again[0][0] in {"UNCHANGED", "REFUSED"}
    assert Revision.objects.count() == len(after)


def test_as_many_rows_as_a_checklist_has_are_read_in_few_queries(world, django_assert_max_num_queries):
    rows = [row(f"strange.{number}", text="x") for number in range(500)]
    with django_assert_max_num_queries(12):
        take_returned(world.actor("focal_point"), world.response, rows, dry_run=True)
    assert MOST_ROWS > 2800


def test_as_many_rows_are_taken_in_with_few_queries_beside_their_changes(world, django_assert_max_num_queries):
    rows = [row("money.practice", text="x"), row("bribery.law", text="x"), row("bribery.plan", text="x")]
    rows += [row("money.practice", language=language, text="x") for language in ("ar", "es", "fr", "ru", "zh")]
    with django_assert_max_num_queries(12 + 2 * len(rows)):
        take_returned(world.actor("focal_point"), world.response, rows, dry_run=False)
    assert Answer.objects.count() == len(rows)
