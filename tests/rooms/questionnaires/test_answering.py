"""Answering: nothing that was acknowledged is lost, parts stay parts, counts are right after every save."""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.answering_world import DUE, FILE, Answering, make_answering

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.files.sniffing import NotAcceptedError
from merida.review.questionnaires.answering import clear, give_back, hand_in, restore, save_answer, settle
from merida.review.questionnaires.asking import ask_states, delegate, end_delegation, move_to_version, remind
from merida.review.questionnaires.discussing import attach, detach, say
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.forms_kept import form_from, form_of
from merida.review.questionnaires.models import Answer, Consent, Delegation, Response, Revision, SectionCount
from merida.review.questionnaires.progress import count_anew
from merida.review.questionnaires.publications import published_answers, synthesis
from merida.review.questionnaires.queries import (
    answers_seen,
    attachments,
    counts,
    history,
    kept_aside,
    remarks,
)
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.submitting import blocks, consent, recall, revoke, submit
from merida.review.questionnaires.values import ValueProblem

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Answering:
    return make_answering()


def save(world, who, question, value, seen=0, **more):
    return save_answer(world.actor(who), world.response, question, value, seen=seen, **more)


def counted(world):
    rows = SectionCount.objects.filter(response=world.response)
    return {row.section: (row.asked, row.answered, row.cleared) for row in rows}


def answer_all(world):
    save(world, "focal_point", "bribery.level", {"choice": "NO"})
    save(world, "focal_point", "bribery.plan", {"text": "A bill"})
    save(world, "delegate", "money.practice", {"text": "Checks"})
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(world.actor("focal_point"), world.desk("focal_point"), question)


def test_a_frozen_version_does_not_change_and_the_file_comes_back(world):
    with pytest.raises(RefusedError):
        publish_version(SYSTEM, world.version)
    later = take_in(SYSTEM, FILE.replace("What is done?", "What is done today?"))
    assert (later.number, later.frozen_at) == (2, None)
    assert take_in(SYSTEM, later.content).pk == later.pk
    assert form_from(later.content) == form_of(later)
    assert take_in(SYSTEM, FILE).number == 2  # a draft is replaced


def test_two_people_in_one_answer_both_texts_stay_until_one_merges_them(world):
    first = save(world, "focal_point", "money.practice", {"text": "one"})
    assert save(world, "delegate", "money.practice", {"text": "two"}).aside == "BOTH_WROTE"
    desk = world.desk("delegate")
    (beside,) = kept_aside(desk, "money.practice", "en")
    assert (answers_seen(desk)[0].value, beside.value) == ({"text": "one"}, {"text": "two"})
    with pytest.raises(RefusedError, match="merge them first"):
        clear(world.actor("focal_point"), world.desk("focal_point"), "money.practice")
    settle(world.actor("delegate"), desk, beside.uuid, value={"text": "one\ntwo"}, seen=first.answer.revision)
    assert [row.value["text"] for row in history(desk, "money.practice", "en")] == ["one\ntwo", "two", "one"]
    assert kept_aside(desk, "money.practice", "en") == []


def test_a_merge_that_was_overtaken_is_refused_and_the_text_stays_aside(world):
    save(world, "focal_point", "money.practice", {"text": "one"})
    beside = save(world, "delegate", "money.practice", {"text": "two"}).revision
    save(world, "focal_point", "money.practice", {"text": "three"}, seen=1)
    with pytest.raises(RefusedError) as refused:
        settle(world.actor("delegate"), world.desk("delegate"), beside.uuid, value={"text": "x"}, seen=1)
    now = Answer.objects.get()
    assert str(refused.value) == f"{world.focal_point} changed the answer on {now.changed_at}: look at it again"
    assert [row.uuid for row in kept_aside(world.desk("delegate"), "money.practice", "en")] == [beside.uuid]


def test_sending_the_same_text_again_after_a_lost_connection_is_harmless(world):
    key = uuid4()
    once = save(world, "delegate", "money.practice", {"text": "one"}, sent_key=key)
    save(world, "delegate", "money.practice", {"text": "later"}, seen=1)
    again = save(world, "delegate", "money.practice", {"text": "one"}, sent_key=key)
    assert (again.revision, again.aside) == (once.revision, "")
    assert Answer.objects.get().value == {"text": "later"}
    assert Revision.objects.count() == 2


def test_who_lost_access_while_typing_keeps_the_text_for_the_focal_point(world):
    end_delegation(world.actor("focal_point"), Delegation.objects.get(user=world.delegate))
    saved = save(world, "delegate", "money.practice", {"text": "typed meanwhile"})
    assert saved.aside == "NO_LONGER_ENTRUSTED"
    with pytest.raises(NothingHereError):
        world.desk("delegate")
    (beside,) = kept_aside(world.desk("focal_point"), "money.practice", "en")
    assert beside.value == {"text": "typed meanwhile"}
    assert Answer.objects.get().value == {}
    for stranger in ("other_focal_point", "secretariat", "reader", "anybody"):
        with pytest.raises(NothingHereError):
            save(world, stranger, "money.practice", {"text": "x"})


def test_a_deadline_that_passed_while_typing_keeps_the_text(world):
    Response.objects.filter(pk=world.response.pk).update(due_date=date(2020, 1, 1))
    assert save(world, "delegate", "money.practice", {"text": "late"}).aside == ""  # late answers are taken
    type(world.version).objects.update(takes_late=False)
    assert save(world, "delegate", "money.practice", {"text": "too late"}, seen=1).aside == "TOO_LATE"
    assert kept_aside(world.desk("delegate"), "money.practice", "en")[0].value == {"text": "too late"}


def test_a_delegate_sees_the_own_part_only(world):
    save(world, "focal_point", "bribery.level", {"choice": "YES"})
    save(world, "focal_point", "money.practice", {"text": "x"})
    desk = world.desk("delegate")
    assert [row.question for row in answers_seen(desk)] == ["money.practice"]
    assert [section.identifier for section, _ in desk.sections()] == ["money"]
    assert set(counts(desk)) == {"money"}
    for deed in (
        lambda: save(world, "delegate", "bribery.level", {"choice": "NO"}),
        lambda: history(desk, "bribery.level", "en"),
        lambda: remarks(desk, "bribery.level"),
        lambda: attachments(desk, "bribery.level"),
        lambda: say(world.actor("delegate"), desk, "bribery.level", "x"),
        lambda: submit(world.actor("delegate"), desk),
        lambda: consent(world.actor("delegate"), desk, "money.practice", "en"),
        lambda: delegate(world.actor("delegate"), world.response, world.reader, scopes=["money"]),
    ):
        with pytest.raises(NothingHereError):
            deed()


def test_delegation_names_known_parts_of_the_own_state_only(world):
    focal_point = world.actor("focal_point")
    for scopes in ([], ["gold"]):
        with pytest.raises(RefusedError, match="choose sections or questions"):
            delegate(focal_point, world.response, world.reader, scopes=scopes)
    with pytest.raises(RefusedError, match="after the deadline"):
        delegate(focal_point, world.response, world.reader, scopes=["money"], due_date=DUE + timedelta(days=1))


def test_earlier_texts_can_be_restored(world):
    save(world, "delegate", "money.practice", {"text": "one"})
    save(world, "delegate", "money.practice", {"text": "two"}, seen=1)
    restore(world.actor("delegate"), world.desk("delegate"), "money.practice", "en", number=1, seen=2)
    assert Answer.objects.get().value == {"text": "one"}
    assert [row.verb for row in history(world.desk("delegate"), "money.practice", "en")] == ["RESTORE", "SAVE", "SAVE"]


def test_what_blocks_a_submission_is_said_and_then_it_goes_through(world):
    save(world, "focal_point", "bribery.level", {"choice": "NO"})
    desk = world.desk("focal_point")
    assert [(each.question, each.why) for each in blocks(desk)] == [
        ("bribery.level", "NOT_CLEARED"), ("bribery.plan", "MISSING"), ("money.practice", "MISSING"),
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="3 questions"):
        submit(world.actor("focal_point"), desk)
    save(world, "focal_point", "bribery.plan", {"text": "A bill"})
    save(world, "delegate", "money.practice", {"text": "Checks"})
    hand_in(world.actor("delegate"), world.desk("delegate"), "money.practice")
    with pytest.raises(RefusedError, match="only the focal point"):
        clear(world.actor("delegate"), world.desk("delegate"), "money.practice")
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(world.actor("focal_point"), desk, question)
    assert counted(world) == {"bribery": (2, 2, 2), "money": (2, 1, 1)}
    assert submit(world.actor("focal_point"), desk).stage == "SUBMITTED"
    assert {row.question for row in answers_seen(world.desk("secretariat"))} == {
        "bribery.level", "bribery.plan", "money.practice",
    }  # fmt: skip


def test_the_staff_reads_what_was_submitted_and_never_a_draft(world):
    save(world, "delegate", "money.practice", {"text": "draft"})
    say(world.actor("delegate"), world.desk("delegate"), "money.practice", "inside")
    say(world.actor("delegate"), world.desk("delegate"), "money.practice", "shared", audience="REVIEWERS")
    desk = world.desk("secretariat")
    assert (answers_seen(desk), counts(desk)) == ([], {})
    assert [row.text for row in remarks(desk, "money.practice")] == ["shared"]
    with pytest.raises(NothingHereError):
        history(desk, "money.practice", "en")


def test_a_recalled_answer_is_changed_and_submitted_again(world):
    answer_all(world)
    focal_point = world.actor("focal_point")
    submit(focal_point, world.desk("focal_point"))
    assert save(world, "delegate", "money.practice", {"text": "after"}, seen=1).aside == "SUBMITTED"
    with pytest.raises(RefusedError, match="say why"):
        recall(focal_point, world.desk("focal_point"), ["money.practice"], reason=" ")
    recall(focal_point, world.desk("focal_point"), ["money.practice"], reason="a figure was wrong")
    assert counted(world)["money"] == (2, 1, 0)
    assert "money.practice" not in {row.question for row in answers_seen(world.desk("secretariat"))}
    beside = kept_aside(world.desk("delegate"), "money.practice", "en")[0]
    settle(world.actor("delegate"), world.desk("delegate"), beside.uuid, value={"text": "after"}, seen=1)
    clear(focal_point, world.desk("focal_point"), "money.practice")
    submit(focal_point, world.desk("focal_point"))
    seen = {row.question: row.value for row in answers_seen(world.desk("secretariat"))}
    assert seen["money.practice"] == {"text": "after"}


def test_what_comes_after_the_submission_is_a_supplement(world):
    answer_all(world)
    submit(world.actor("focal_point"), world.desk("focal_point"))
    save(world, "delegate", "money.cases", {"rows": [{"row": "opened", "y2024": "12"}]})
    clear(world.actor("focal_point"), world.desk("focal_point"), "money.cases")
    submit(world.actor("focal_point"), world.desk("focal_point"))
    assert list(Answer.objects.filter(is_supplement=True).values_list("question", flat=True)) == ["money.cases"]


def test_consent_is_per_answer_and_language_and_ends_when_it_is_revoked(world):
    answer_all(world)
    desk, focal_point = world.desk("focal_point"), world.actor("focal_point")
    with pytest.raises(RefusedError, match="only an answer that was submitted"):
        consent(focal_point, desk, "money.practice", "en")
    submit(focal_point, desk)
    consent(focal_point, desk, "money.practice", "en")
    anybody = world.actor("anybody")
    assert [row.value for row in published_answers(anybody)] == [{"text": "Checks"}]
    with pytest.raises(RefusedError):
        consent(focal_point, desk, "money.practice", "fr")
    (line,) = synthesis(anybody, world.version)
    assert (line.state, line.late, line.questions, line.languages) == ("GHA", False, 1, ("en",))
    revoke(focal_point, desk, "money.practice", "en")
    assert list(published_answers(anybody)) == []
    row = Consent.objects.get()
    assert (row.given_by, row.revoked_by) == (world.focal_point, world.focal_point)
    consent(focal_point, desk, "money.practice", "en")
    recall(focal_point, desk, ["money.practice"], reason="wrong")
    assert list(published_answers(anybody)) == []


def test_answers_in_a_second_language_do_not_count_twice(world):
    save(world, "delegate", "money.practice", {"text": "Checks"})
    save(world, "delegate", "money.practice", {"text": "Contrôles"}, language="fr")
    assert counted(world)["money"] == (2, 1, 0)
    with pytest.raises(RefusedError, match="none of the six"):
        save(world, "delegate", "money.practice", {"text": "x"}, language="tlh")


def test_a_response_moves_to_the_next_version(world):
    save(world, "delegate", "money.practice", {"text": "Checks"})
    save(world, "delegate", "money.cases", {"rows": [{"row": "opened", "y2024": "12"}]})
    clear(world.actor("focal_point"), world.desk("focal_point"), "money.practice")
    changed = FILE.replace("What is done?", "What is done today?").replace("{id: opened,", "{id: begun,")
    later = publish_version(SYSTEM, take_in(SYSTEM, changed))
    report = move_to_version(SYSTEM, world.response, later)
    assert (report.reworded, report.changed) == (("money.practice",), ("money.cases",))
    kept = {row.question: (row.value, row.stage) for row in Answer.objects.all()}
    assert kept == {"money.practice": ({"text": "Checks"}, "DRAFT"), "money.cases": ({}, "DRAFT")}
    assert history(world.desk("delegate"), "money.cases", "en")[1].value["rows"] == [{"row": "opened", "y2024": "12"}]
    assert counted(world)["money"] == (2, 1, 0)


def test_reminders_go_to_those_who_have_not_submitted_once_a_day(world):
    answer_all(world)
    submit(world.actor("focal_point"), world.desk("focal_point"))
    today = date.today()  # noqa: DTZ011
    assert [row.state.iso3 for row in remind(SYSTEM, world.version, today=today)] == ["NRU"]
    assert remind(SYSTEM, world.version, today=today) == []
    assert ask_states(SYSTEM, world.version, [world.response.state]) == []  # asked already


def docx(*names: str) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("word/document.xml", *names):
            archive.writestr(name, "<x/>")
    return made


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (docx("word/vbaProject.bin"), "macros"),
        (io.BytesIO(b"\x7fELF\x00\x00"), "no text"),
        (io.BytesIO(b""), "empty"),
        (io.BytesIO(b"PK\x03\x04cut"), "damaged"),
    ],
)
def test_files_with_macros_and_of_wrong_kinds_are_refused(world, content, words):
    with pytest.raises(NotAcceptedError, match=words), transaction.atomic():
        attach(world.actor("delegate"), world.desk("delegate"), "money.practice", content, "a.docx")
    assert attachments(world.desk("delegate"), "money.practice") == []


def test_a_file_is_kept_with_its_digest_and_seen_by_the_staff_only_once_submitted(world):
    made = attach(world.actor("delegate"), world.desk("delegate"), "money.practice", docx(), "../law.docx")
    assert (made.name, len(made.file.digest)) == ("law.docx", 64)
    assert attachments(world.desk("secretariat"), "money.practice") == []
    answer_all(world)
    submit(world.actor("focal_point"), world.desk("focal_point"))
    assert [row.pk for row in attachments(world.desk("secretariat"), "money.practice")] == [made.pk]
    detach(world.actor("delegate"), world.desk("delegate"), made.uuid)
    assert attachments(world.desk("secretariat"), "money.practice") == []


def test_what_does_not_fit_the_question_stores_nothing(world):
    with pytest.raises(ValueProblem):
        save(world, "delegate", "money.practice", {"text": "x" * 600_000})
    assert not Answer.objects.exists()


steps = st.lists(
    st.tuples(
        st.sampled_from(["bribery.level", "bribery.law", "bribery.plan", "money.practice"]),
        st.sampled_from(["YES", "NO", "", "clear", "back"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_counts_kept_with_every_save_are_those_counted_anew(world, walk):
    with transaction.atomic():
        for question, what in walk:
            desk, actor = world.desk("focal_point"), world.actor("focal_point")
            seen = max((row.revision for row in answers_seen(desk, [question])), default=0)
            try:
                if what in {"clear", "back"}:
                    (clear if what == "clear" else give_back)(actor, desk, question)
                else:
                    value = {"choice": what} if question.endswith("level") else {"text": what}
                    save(world, "focal_point", question, value, seen)
            except RefusedError:
                continue
        kept = counted(world)
        count_anew(world.response, form_of(world.version))
        assert kept == counted(world)
        transaction.set_rollback(True)
