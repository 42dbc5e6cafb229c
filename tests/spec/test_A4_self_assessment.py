"""A4, C8: the questionnaires of the mechanisms are data, and a State answers them provision by provision."""

from datetime import date

import pytest
from tests.answering_world import make_answering
from tests.offline_copy import PASSPHRASE, Copy

from merida.exchange.offline.packing import take_along
from merida.exchange.offline.returning import bring_back, take_in
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.registry.actions import load_reference_data
from merida.foundation.registry.models import Provision
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.views.offline_words import page_words
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.form import Kind
from merida.review.questionnaires.form_file import read_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Response
from merida.review.questionnaires.publications import synthesis
from merida.review.questionnaires.queries import asked_elsewhere, kept_aside
from merida.review.questionnaires.shipped import load_questionnaires
from merida.review.questionnaires.submitting import consent, submit
from merida.review.questionnaires.unfinished import unfinished

pytestmark = pytest.mark.django_db


def test_the_questionnaires_of_the_mechanisms_are_published_once_in_six_languages():
    load_reference_data(SYSTEM)
    made = {version.questionnaire.code: version for version in load_questionnaires(SYSTEM).published}
    assert load_questionnaires(SYSTEM).published == ()
    assert set(made) == {
        *("uncac-cycle-1", "uncac-cycle-2", "uncac-follow-up", "mesicic-round-5", "oecd-anti-bribery"),
        *("untoc-cluster-1", "untoc-cluster-2", "untoc-cluster-3", "untoc-cluster-4"),
        *("greco-round-5", "greco-round-6", "acn-round-5"),
    }
    form = form_of(made["uncac-cycle-1"])
    assert read_form(made["uncac-cycle-1"].content) == form
    assert {section.provision for section in form.sections} == {f"UNCAC {number}" for number in range(15, 51)}
    asked = [each for each in form.questions() if each.provision == "UNCAC 15(a)"]
    assert [each.kind for each in asked[:4]] == [Kind.COMPLIANCE, Kind.LAW, Kind.MEASURES, Kind.PRACTICE]
    assert {each.obligation for each in asked} == {"MANDATORY"}
    assert all(set(each.text) == set(LANGUAGES) for version in made.values() for each in form_of(version).questions())
    known = set(Provision.objects.values_list("key", flat=True))
    lacking = [each for version in made.values() for each in unfinished(form_of(version), provisions=known)]
    assert lacking == []
    others = {one.version.questionnaire.code for one in asked_elsewhere(ANYBODY, "UNCAC 15(a)", but="uncac-cycle-1")}
    assert others == {"uncac-follow-up"}  # the editor shows what others ask about a provision


def test_who_answered_in_time_and_who_late_is_told_of_what_was_consented_to():
    world = make_answering(due=date(2020, 1, 1))
    focal, desk = world.actor("focal_point"), world.desk("focal_point")
    for question, value in (
        ("bribery.level", {"choice": "NO"}),
        ("bribery.plan", {"text": "A bill"}),
        ("money.practice", {"text": "Checks"}),
    ):
        save_answer(focal, world.response, question, value, seen=0)
        clear(focal, desk, question)
    submit(focal, desk)
    assert synthesis(ANYBODY, world.version) == []
    consent(focal, desk, "money.practice", "en")
    (line,) = synthesis(ANYBODY, world.version)
    submitted = Response.objects.get(pk=world.response.pk).submitted_at.date()
    assert (line.state, line.submitted_date, line.late, line.questions) == ("GHA", submitted, True, 1)


def test_a_ministry_answers_without_a_connection_and_its_texts_come_back_without_overwriting_any():
    world = make_answering()
    delegate, focal = world.actor("delegate"), world.actor("focal_point")
    copy = Copy(take_along(delegate, world.desk("delegate"), PASSPHRASE, language="fr", words=page_words("fr")).page)
    assert copy.questions() == ["money.practice", "money.cases"]
    copy.type("money.practice", text="typed far away")
    copy.type("money.cases", rows=[{"row": "opened", "y2024": "4"}])
    save_answer(focal, world.response, "money.practice", {"text": "typed at the desk"}, seen=0)
    found = take_in(delegate, bring_back(delegate, copy.export(), PASSPHRASE).uuid)
    assert [(one.row.question, one.became.value) for one in found] == [
        ("money.practice", "ASIDE"),
        ("money.cases", "NEW"),
    ]
    assert [one.value for one in kept_aside(world.desk("focal_point"), "money.practice", "en")] == [
        {"text": "typed far away"}
    ]
