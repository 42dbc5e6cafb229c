"""Reading a text fills the inbox; reading it again repeats nothing and never touches what a person decided."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.inboxes import VALUES, WORKSHOP, make_proposals, make_states, read_in, tell
from tests.worlds import make_document

from merida.exchange.curation.actions import accept, correct, merge, reject, split, undo
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.knowledge.documents.models import Paragraph
from merida.knowledge.observatory.models import Activity
from merida.knowledge.observatory.values import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    make_states("GHA", "KEN")
    document = make_document("told", text="Beginning")
    return document.versions.get(), *tell(document, f"{WORKSHOP}, and again.", "In 2018, 118 States had notified.")


def states():
    return list(Proposal.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_read_waits_with_its_words_and_rule(told):
    version, first, second = told
    figure = read_in(second, words="118 States", kind="FIGURE", value="118", counted="States", as_of="2018")
    outcome = propose(SYSTEM, version, [read_in(first, words=WORKSHOP), figure])

    activity, number = Proposal.objects.order_by("position")
    assert (activity.words, activity.rule, activity.state) == (WORKSHOP, "activity.made_up", "PROPOSED")
    assert activity.values == checked("ACTIVITY", VALUES)
    assert first.text[activity.start : activity.end] == WORKSHOP
    assert (number.kind, number.values["value"]) == ("FIGURE", "118")
    assert outcome.counts == {"new": 2, "unchanged": 0, "changed": 0, "decided": 0, "withdrawn": 0, "refused": 0}
    assert Change.objects.get(verb="PROPOSE").object_ref == f"version:{version.uuid}"


def test_the_same_again_changes_nothing_and_is_not_recorded(told):
    version, first, _second = told
    facts = [read_in(first, words=WORKSHOP), read_in(first, words=WORKSHOP)]  # twice the same words: two facts
    propose(SYSTEM, version, facts)
    before, changes = list(Proposal.objects.values()), Change.objects.count()
    outcome = propose(SYSTEM, version, facts)

    assert (outcome.new, outcome.unchanged) == (0, 2)
    assert list(Proposal.objects.values()) == before
    assert Change.objects.count() == changes


def test_values_that_cannot_be_are_said_and_keep_nothing_else_back(told):
    version, first, _second = told
    wrong = read_in(first, words=WORKSHOP, date_from="2019-02-31")
    outcome = propose(SYSTEM, version, [wrong, read_in(first, words=WORKSHOP)])

    assert Proposal.objects.count() == 1
    assert len(outcome.refused) == 1
    assert "2019-02-31" in outcome.refused[0]


def test_another_reading_changes_what_is_open_and_withdraws_what_it_does_not_say(told):
    version, first, second = told
    one, other = read_in(first, words=WORKSHOP), read_in(second, words="In 2018", date_from="2018", precision="YEAR")
    propose(SYSTEM, version, [one, other])
    outcome = propose(SYSTEM, version, [read_in(first, words=WORKSHOP, type="TRAINING")])

    assert (outcome.changed, outcome.withdrawn) == (1, 1)
    assert Proposal.objects.get(withdrawn_at=None).values["type"] == "TRAINING"
    assert propose(SYSTEM, version, [one, other]).counts["changed"] == 2  # it came back
    assert not Proposal.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.parametrize("decision", ["accept", "correct", "reject", "merge", "split"])
@pytest.mark.parametrize("later", [{}, {"type": "TRAINING"}], ids=["the same", "otherwise"])
def test_what_a_person_decided_stays_whatever_is_read_later(told, decision, later):
    version, first, second = told
    facts = [read_in(first, words=WORKSHOP), read_in(second, words="In 2018", date_from="2018", precision="YEAR")]
    propose(SYSTEM, version, facts)
    one, other = Proposal.objects.order_by("position")
    deeds = {
        "accept": lambda: accept(SYSTEM, one.uuid, revision=0),
        "correct": lambda: correct(SYSTEM, one.uuid, {**VALUES, "place": "Tema"}, revision=0),
        "reject": lambda: reject(SYSTEM, one.uuid, revision=0),
        "merge": lambda: merge(SYSTEM, one.uuid, other.uuid, revision=0),
        "split": lambda: split(SYSTEM, one.uuid, [VALUES, {**VALUES, "states": ["KEN"]}], revision=0),
    }
    deeds[decision]()
    fields = ("state", "values", "decided_values", "decided_at", "revision", "activity_id")
    before, activities = Proposal.objects.filter(pk=one.pk).values(*fields).get(), Activity.objects.count()
    count = Proposal.objects.count()
    propose(SYSTEM, version, [read_in(first, words=WORKSHOP, **later), facts[1]])

    assert Proposal.objects.filter(pk=one.pk).values(*fields).get() == before
    assert Activity.objects.count() == activities
    assert Proposal.objects.count() == count
    noted = Proposal.objects.get(pk=one.pk).later_values
    assert noted == (checked("ACTIVITY", {**VALUES, **later}) if later else None)


def test_what_the_person_corrected_is_known_when_the_reader_learns_it(told):
    version, first, _second = told
    propose(SYSTEM, version, [read_in(first, words=WORKSHOP)])
    correct(SYSTEM, Proposal.objects.get().uuid, {**VALUES, "place": "Tema"}, revision=0)
    outcome = propose(SYSTEM, version, [read_in(first, words=WORKSHOP, place="Tema")])

    assert (outcome.new, outcome.decided) == (0, 1)
    assert Proposal.objects.get().later_values is None


def test_a_text_read_anew_gives_decided_and_open_proposals_their_paragraphs_back(told):
    version, first, second = told
    facts = [read_in(first, words=WORKSHOP), read_in(second, words="In 2018", date_from="2018", precision="YEAR")]
    propose(SYSTEM, version, facts)
    accept(SYSTEM, Proposal.objects.order_by("position")[0].uuid, revision=0)
    texts = [first.text, f"So it was. {second.text}"]
    version.paragraphs.filter(pk__in=[first.pk, second.pk]).delete()
    assert not Proposal.objects.exclude(paragraph=None).exists()
    anew = [
        Paragraph.objects.create(version=version, position=place + 5, place=str(place), text=text)
        for place, text in enumerate(texts, start=2)
    ]
    outcome = propose(
        SYSTEM,
        version,
        [read_in(anew[0], words=WORKSHOP), read_in(anew[1], words="In 2018", date_from="2018", precision="YEAR")],
    )

    assert (outcome.new, outcome.decided, outcome.unchanged) == (0, 1, 1)
    for one in Proposal.objects.select_related("paragraph"):
        assert one.paragraph.text[one.start : one.end] == one.words
    assert Activity.objects.get().paragraph == anew[0]


def test_a_further_text_of_the_document_does_not_ask_again(told):
    version, first, _second = told
    propose(SYSTEM, version, [read_in(first, words=WORKSHOP)])
    reject(SYSTEM, Proposal.objects.get().uuid, revision=0)
    version.is_current = False
    version.save()
    version.pk, version.uuid, version.number, version.text_digest = None, make_document("x", text="y").uuid, 2, "f" * 64
    version.is_current = True
    version.save(force_insert=True)
    again = Paragraph.objects.create(version=version, position=1, place=first.place, text=first.text)
    outcome = propose(SYSTEM, version, [read_in(again, words=WORKSHOP)])

    assert (outcome.new, outcome.decided) == (0, 1)
    assert states() == ["REJECTED"]


def test_parts_of_a_divided_proposal_are_not_withdrawn_by_reading_again(told):
    version, first, _second = told
    propose(SYSTEM, version, [read_in(first, words=WORKSHOP)])
    one = Proposal.objects.get()
    split(SYSTEM, one.uuid, [VALUES, {**VALUES, "states": ["KEN"]}], revision=0)
    propose(SYSTEM, version, [read_in(first, words=WORKSHOP)])
    assert states() == ["SPLIT", "PROPOSED", "PROPOSED"]
    undo(SYSTEM, one.uuid, revision=1)
    assert states() == ["PROPOSED"]


def test_only_who_may_hand_in_may_propose(told):
    version, first, _second = told
    for actor in (ANYBODY, Actor(role="READER")):
        with pytest.raises(PermissionDenied):
            propose(actor, version, [read_in(first, words=WORKSHOP)])
    assert not Proposal.objects.exists()


def test_many_proposals_cost_the_same_queries(django_assert_max_num_queries):
    found = make_proposals(40)
    facts = [read_in(one.paragraph, words=WORKSHOP) for one in found]
    with django_assert_max_num_queries(8):
        propose(SYSTEM, found[0].version, facts)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL chooses by counted rows, SQLite by the indexes there are"
)
def test_a_text_does_not_walk_through_the_proposals_of_all_others(told):
    version, first, _second = told
    with CaptureQueriesContext(connection) as asked:
        propose(SYSTEM, version, [read_in(first, words=WORKSHOP)])
    (held,) = [one["sql"] for one in asked if 'FROM "curation_proposal"' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {held}")
        steps = [row[-1] for row in cursor.fetchall()]
    assert any("curation_proposal USING INDEX" in step and "(version_id=?)" in step for step in steps), steps
