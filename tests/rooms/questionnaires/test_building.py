"""Building a draft: who may, two officers in one draft, what is frozen, what the log of changes keeps."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from tests.answering_world import FILE, make_answering

from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.review.questionnaires import building, editing
from merida.review.questionnaires.form import Condition, Form, Kind, Question, Section
from merida.review.questionnaires.form_file import FormError, read_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Questionnaire, Version
from merida.review.questionnaires.refusing import RefusedError

pytestmark = pytest.mark.django_db
HEADING = Form("new-one", {"en": "New one"}, (Section("one", {"en": "One"}, ()),))
LAW = Question("one.law", Kind.LAW, {"en": "Which law?"})


@pytest.fixture
def draft() -> Version:
    return editing.take_in(SYSTEM, FILE)


def now(version: Version) -> Form:
    return form_of(Version.objects.get(pk=version.pk))


def test_a_questionnaire_is_started_and_grows():
    version = building.start_questionnaire(SYSTEM, HEADING)
    building.add_question(SYSTEM, version, LAW, section="one")
    building.add_section(SYSTEM, version, Section("two", {"en": "Two"}, ()), before="one")
    assert [each.identifier for each in now(version).sections] == ["two", "one"]
    assert Version.objects.get(pk=version.pk).questions_count == 1
    verbs = [(one.verb, one.after.get("item")) for one in history(reference_to(version))]
    assert verbs == [("START_QUESTIONNAIRE", None), ("ADD_QUESTION", "one.law"), ("ADD_SECTION", "two")]


def test_a_code_is_taken_once():
    building.start_questionnaire(SYSTEM, HEADING)
    with pytest.raises(RefusedError, match="new-one is taken"):
        building.start_questionnaire(SYSTEM, HEADING)
    with pytest.raises(RefusedError, match="small letters"):
        building.start_questionnaire(SYSTEM, replace(HEADING, code="New One"))


@pytest.mark.parametrize("actor", [ANYBODY, Actor(role="READER"), Actor(role="CURATOR")])
def test_only_those_who_ask_states_build(draft, actor):
    with pytest.raises(PermissionDenied):
        building.add_question(actor, draft, LAW, section="money")
    with pytest.raises(PermissionDenied):
        building.start_questionnaire(actor, HEADING)
    with pytest.raises(PermissionDenied):
        building.start_next_version(actor, draft.questionnaire)
    assert now(draft) == read_form(FILE)


def test_two_officers_in_different_questions_are_both_kept(draft):
    form = now(draft)
    law, plan = form.by_identifier["bribery.law"], form.by_identifier["bribery.plan"]
    building.change_question(SYSTEM, draft, replace(law, text={"en": "First"}), seen=building.state_of(law))
    building.change_question(SYSTEM, draft, replace(plan, text={"en": "Second"}), seen=building.state_of(plan))
    assert [now(draft).by_identifier[each].text["en"] for each in ("bribery.law", "bribery.plan")] == [
        "First",
        "Second",
    ]


def test_the_second_officer_in_one_question_is_told_and_the_first_text_stays(draft):
    law = now(draft).by_identifier["bribery.law"]
    seen = building.state_of(law)
    building.change_question(SYSTEM, draft, replace(law, text={"en": "First"}), seen=seen)
    with pytest.raises(building.MeantimeError) as told:
        building.change_question(SYSTEM, draft, replace(law, text={"en": "Second"}), seen=seen)
    assert told.value.theirs.text == {"en": "First"}
    last = history(reference_to(draft))[-1]
    assert told.value.values == {"item": "bribery.law", "who": last.who, "moment": last.at}
    assert now(draft).by_identifier["bribery.law"].text == {"en": "First"}
    building.change_question(
        SYSTEM, draft, replace(law, text={"en": "Second"}), seen=building.state_of(told.value.theirs)
    )
    assert now(draft).by_identifier["bribery.law"].text == {"en": "Second"}


def test_what_somebody_changed_is_not_removed_unseen(draft):
    form = now(draft)
    law, bribery = form.by_identifier["bribery.law"], form.sections[0]
    seen, whole = building.state_of(law), building.whole_state_of(bribery)
    building.change_question(SYSTEM, draft, replace(law, text={"en": "First"}), seen=seen)
    with pytest.raises(building.MeantimeError):
        building.remove_question(SYSTEM, draft, "bribery.law", seen=seen)
    with pytest.raises(building.MeantimeError):
        building.remove_section(SYSTEM, draft, "bribery", seen=whole)
    building.remove_section(SYSTEM, draft, "bribery", seen=building.whole_state_of(now(draft).sections[0]))
    assert now(draft).order == ("money.practice", "money.cases")
    removed = history(reference_to(draft))[-1]
    assert removed.before["was"]["questions"][1]["text"] == {"en": "First"}


def test_a_whole_file_does_not_replace_a_draft_that_somebody_changed(draft):
    building.add_question(SYSTEM, draft, LAW, section="money")
    with pytest.raises(RefusedError, match="changed this draft on"):
        editing.take_in(SYSTEM, FILE.replace("Money", "Funds"), seen=draft.digest)
    assert "one.law" in now(draft).by_identifier
    with pytest.raises(FormError):
        editing.take_in(SYSTEM, "", seen=draft.digest)


def test_a_published_version_stays_and_the_next_begins_from_it():
    world = make_answering()
    with pytest.raises(RefusedError, match="is published and does not change"):
        building.move_question(SYSTEM, world.version, "bribery.law", 1)
    made = building.start_next_version(SYSTEM, world.version.questionnaire)
    assert (made.number, made.frozen_at, made.digest) == (2, None, world.version.digest)
    assert building.start_next_version(SYSTEM, world.version.questionnaire) == made
    building.remove_question(
        SYSTEM, made, "money.cases", seen=building.state_of(now(made).by_identifier["money.cases"])
    )
    assert "money.cases" in now(world.version).by_identifier


def test_what_answers_follow_keeps_its_identifier():
    world = make_answering()
    made = building.start_next_version(SYSTEM, world.version.questionnaire)
    with pytest.raises(RefusedError, match="answers follow it"):
        building.rename_question(SYSTEM, made, "bribery.law", "law")
    with pytest.raises(RefusedError, match="answers follow it"):
        building.rename_section(SYSTEM, made, "bribery", "part-1")
    building.copy_question(SYSTEM, made, "bribery.law")
    building.rename_question(SYSTEM, made, "bribery.law-2", "bribery.acts")
    assert now(made).order[:3] == ("bribery.level", "bribery.law", "bribery.acts")


def test_a_provision_comes_from_the_register(draft):
    with pytest.raises(RefusedError, match="UNCAC 999 is not in the registry"):
        building.add_question(SYSTEM, draft, replace(LAW, provision="UNCAC 999"), section="money")


def test_what_blocks_is_not_published(draft):
    building.add_section(SYSTEM, draft, Section("empty", {"en": "Empty"}, ()))
    with pytest.raises(RefusedError, match="empty: a section without questions"):
        editing.publish_version(SYSTEM, draft)
    never = (Condition("bribery.level", ("YES",)), Condition("bribery.level", ("NO",)))
    building.add_question(SYSTEM, draft, replace(LAW, conditions=never), section="empty")
    with pytest.raises(RefusedError, match=r"one\.law: a section"):
        editing.publish_version(SYSTEM, draft)
    assert Version.objects.get(pk=draft.pk).frozen_at is None


def test_the_title_of_an_unpublished_questionnaire_follows_its_draft(draft):
    form = now(draft)
    building.change_heading(SYSTEM, draft, replace(form, title={"en": "Renamed"}), seen=building.state_of(form))
    assert Questionnaire.objects.get().titles == {"en": "Renamed"}
    with pytest.raises(building.MeantimeError):
        building.change_heading(SYSTEM, draft, replace(form, title={"en": "Again"}), seen=building.state_of(form))
    with pytest.raises(RefusedError, match="XYZ is not in the registry"):
        building.change_heading(SYSTEM, draft, replace(now(draft), mechanism="XYZ"), seen=building.state_of(now(draft)))
