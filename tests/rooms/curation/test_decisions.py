"""What a curator decides: each decision makes or unmakes one record, is written down, and is taken once."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from tests.inboxes import VALUES, make_organisations, make_proposals, make_states, read_in, tell
from tests.worlds import SEEN, make_document, make_world

from merida.exchange.curation.actions import DecisionError, accept, accept_all, correct, merge, reject, split, undo
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import propose
from merida.exchange.curation.queries import (
    could_be_the_same,
    groups,
    last_decided_by,
    next_after,
    proposals,
    rule_record,
    waiting,
    ways_from,
)
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.knowledge.observatory.models import Activity, Figure
from merida.knowledge.observatory.queries import activities
from merida.knowledge.observatory.values import ValuesError

pytestmark = pytest.mark.django_db


def fresh(one):
    return Proposal.objects.get(pk=one.pk)


def verbs(one):
    return list(Change.objects.filter(object_ref=f"proposal:{one.uuid}").order_by("pk").values_list("verb", flat=True))


def test_accepting_records_the_activity_at_its_paragraph():
    make_organisations("UNODC")
    (one,) = make_proposals()
    Proposal.objects.update(values={**one.values, "organisations": ["UNODC"], "provisions": ["UNCAC 13"]})
    accept(SYSTEM, one.uuid, revision=0)

    made = Activity.objects.get()
    assert (made.type, made.town, made.precision) == ("WORKSHOP", "Accra", "MONTH")
    assert (str(made.from_date), str(made.to_date)) == ("2019-11-01", "2019-11-30")
    assert [state.iso3 for state in made.states.all()] == ["GHA"]
    assert [each.code for each in made.organisations.all()] == ["UNODC"]
    assert (made.provisions, made.rule) == (["UNCAC 13"], one.rule)
    assert (made.paragraph, made.place, made.words) == (one.paragraph, one.place, one.words)
    assert (fresh(one).state, fresh(one).activity) == ("ACCEPTED", made)
    assert verbs(one) == ["ACCEPT_PROPOSAL"]
    written = json.loads(Change.objects.get(verb="RECORD_ACTIVITY").text)
    assert (written["after"]["place"], written["after"]["states"]) == (one.place, ["GHA"])


def test_a_figure_is_recorded_as_printed():
    document = make_document("told", text="Beginning")
    (paragraph,) = tell(document, "As of February 2020, more than 118.50 million had been returned.")
    said = {"value": "118.50", "unit": "million", "counted": "returned", "qualifier": "MORE_THAN", "as_of": "2020-02"}
    propose(SYSTEM, document.versions.get(), [read_in(paragraph, kind="FIGURE", **said)])
    accept(SYSTEM, Proposal.objects.get().uuid, revision=0)

    made = Figure.objects.get()
    assert (made.value, made.qualifier, made.as_of, str(made.as_of_date)) == (
        "118.50",
        "MORE_THAN",
        "2020-02",
        "2020-02-29",
    )


def test_a_correction_keeps_what_was_read_beside_what_was_decided():
    (one,) = make_proposals()
    correct(SYSTEM, one.uuid, {**VALUES, "place": "Tema"}, revision=0)
    kept = fresh(one)

    assert (kept.state, kept.values["place"], kept.decided_values["place"]) == ("CORRECTED", "Accra", "Tema")
    assert Activity.objects.get().town == "Tema"


def test_a_correction_that_changes_nothing_is_an_acceptance():
    (one,) = make_proposals()
    correct(SYSTEM, one.uuid, VALUES, revision=0)
    assert fresh(one).state == "ACCEPTED"


@pytest.mark.parametrize("wrong", [{"date_from": "2019-02-31"}, {"states": ["QQQ"]}, {"organisations": ["NONE"]}])
def test_a_correction_that_cannot_be_names_the_field_and_keeps_nothing(wrong):
    (one,) = make_proposals()
    with pytest.raises(ValuesError) as refused:
        correct(SYSTEM, one.uuid, {**VALUES, **wrong}, revision=0)
    assert refused.value.field == next(iter(wrong))
    assert (fresh(one).state, Activity.objects.count(), verbs(one)) == ("PROPOSED", 0, [])


def test_rejecting_teaches_the_rule():
    one, other, _third = make_proposals(3)
    reject(SYSTEM, one.uuid, revision=0)
    accept(SYSTEM, other.uuid, revision=0)
    record = rule_record(SYSTEM, "ACTIVITY", one.rule)

    assert (record.accepted, record.rejected, record.waiting, record.decided) == (1, 1, 1, 2)
    assert verbs(one) == ["REJECT_PROPOSAL"]


def test_a_duplicate_points_to_the_one_that_stands():
    one, other = make_proposals(2)
    merge(SYSTEM, other.uuid, one.uuid, revision=0)
    assert (fresh(other).state, fresh(other).same_as) == ("MERGED", one)
    assert list(waiting(SYSTEM)) == [one]
    with pytest.raises(DecisionError):
        merge(SYSTEM, one.uuid, other.uuid, revision=0)  # the other does not stand any more


def test_only_a_standing_one_of_the_same_document_and_kind_is_the_same():
    one, rejected = make_proposals(2)
    (elsewhere,) = make_proposals(slug="elsewhere")
    reject(SYSTEM, rejected.uuid, revision=0)
    for other in (one, rejected, elsewhere):
        with pytest.raises(DecisionError) as refused:
            merge(SYSTEM, one.uuid, other.uuid, revision=0)
        assert refused.value.code == "NOT_MERGED"
    assert could_be_the_same(SYSTEM, one) == []


def test_a_divided_proposal_waits_as_its_parts():
    make_states("KEN")
    (one,) = make_proposals()
    split(SYSTEM, one.uuid, [VALUES, {**VALUES, "states": ["KEN"]}], revision=0)
    accept(SYSTEM, one.parts.get(values__states=["KEN"]).uuid, revision=0)

    assert fresh(one).state == "SPLIT"
    assert [each.values["states"] for each in waiting(SYSTEM)] == [["GHA"]]
    assert [state.iso3 for state in Activity.objects.get().states.all()] == ["KEN"]
    with pytest.raises(DecisionError) as refused:
        undo(SYSTEM, one.uuid, revision=1)
    assert refused.value.code == "PARTS_DECIDED"


@pytest.mark.parametrize("parts", [[], [VALUES], [VALUES] * 51])
def test_one_part_is_no_division(parts):
    (one,) = make_proposals()
    with pytest.raises(DecisionError):
        split(SYSTEM, one.uuid, parts, revision=0)
    assert fresh(one).state == "PROPOSED"


@pytest.mark.parametrize("deed", ["accept", "correct", "reject", "merge", "split"])
def test_every_decision_can_be_undone_and_taken_again(deed):
    one, other = make_proposals(2)
    deeds = {
        "accept": lambda seen: accept(SYSTEM, one.uuid, revision=seen),
        "correct": lambda seen: correct(SYSTEM, one.uuid, {**VALUES, "place": "Tema"}, revision=seen),
        "reject": lambda seen: reject(SYSTEM, one.uuid, revision=seen),
        "merge": lambda seen: merge(SYSTEM, one.uuid, other.uuid, revision=seen),
        "split": lambda seen: split(SYSTEM, one.uuid, [VALUES, VALUES], revision=seen),
    }
    before = {
        name: getattr(one, name) for name in ("state", "values", "key", "decided_values", "activity_id", "same_as")
    }
    deeds[deed](0)
    undo(SYSTEM, one.uuid, revision=1)

    assert {name: getattr(fresh(one), name) for name in before} == before
    assert (Activity.objects.count(), Proposal.objects.count()) == (0, 2)
    deeds[deed](2)
    assert fresh(one).state != "PROPOSED"
    assert len(verbs(one)) == 3
    with pytest.raises(DecisionError):
        undo(SYSTEM, other.uuid, revision=0)


def test_two_curators_at_once_the_second_is_told_who_was_first():
    world = make_world()
    first, second = actor_of(world.curator), actor_of(world.secretariat)
    (one,) = make_proposals()
    accept(first, one.uuid, revision=0)
    for late in (
        lambda: accept(second, one.uuid, revision=0),
        lambda: reject(second, one.uuid, revision=0),
        lambda: correct(second, one.uuid, {**VALUES, "place": "Tema"}, revision=0),
        lambda: undo(second, one.uuid, revision=0),
    ):
        with pytest.raises(DecisionError) as refused:
            late()
        assert (refused.value.code, refused.value.who) == ("DECIDED_MEANWHILE", world.curator.full_name)
    assert (fresh(one).state, fresh(one).decided_by, Activity.objects.count()) == ("ACCEPTED", world.curator, 1)
    assert last_decided_by(first) == one
    assert last_decided_by(second) is None


def test_a_proposal_changed_by_a_later_reading_is_looked_at_again():
    (one,) = make_proposals()
    propose(SYSTEM, one.version, [read_in(one.paragraph, words=one.words, type="TRAINING")])
    with pytest.raises(DecisionError) as refused:
        accept(SYSTEM, one.uuid, revision=0)
    assert refused.value.code == "CHANGED"


def test_a_sure_rule_is_accepted_in_bulk_and_its_record_stays_what_people_judged():
    found = make_proposals(80)
    for one in found[:72]:
        accept(SYSTEM, one.uuid, revision=0)
    with pytest.raises(DecisionError) as refused:
        accept_all(SYSTEM, "ACTIVITY", found[0].rule)
    assert refused.value.code == "RULE_NOT_SURE"
    accept(SYSTEM, found[72].uuid, revision=0)

    assert accept_all(SYSTEM, "ACTIVITY", found[0].rule) == 7
    assert Activity.objects.count() == 80
    record = rule_record(SYSTEM, "ACTIVITY", found[0].rule)
    assert (record.decided, record.waiting) == (73, 0)
    assert verbs(found[79]) == ["ACCEPT_PROPOSAL"]
    undo(SYSTEM, found[79].uuid, revision=1)
    assert Activity.objects.count() == 79


def test_one_that_cannot_be_recorded_keeps_a_whole_bulk_back():
    found = make_proposals(75)
    for one in found[:73]:
        accept(SYSTEM, one.uuid, revision=0)
    Proposal.objects.filter(pk=found[74].pk).update(values={**found[74].values, "states": ["QQQ"]})
    with pytest.raises(DecisionError, match="QQQ"):
        accept_all(SYSTEM, "ACTIVITY", found[0].rule)
    assert Activity.objects.count() == 73


def test_the_inbox_goes_through_texts_and_kinds_in_order_and_begins_again():
    one, two, three = make_proposals(3)
    (later,) = make_proposals(slug="later")
    assert [next_after(SYSTEM, each) for each in (one, two, three, later)] == [two, three, later, one]
    assert [ways_from(SYSTEM, each)[0] for each in (one, two, later)] == [None, one.uuid, three.uuid]
    assert [ways_from(SYSTEM, each)[1] for each in (one, three, later)] == [two.uuid, later.uuid, one.uuid]
    accept(SYSTEM, two.uuid, revision=0)
    assert next_after(SYSTEM, one) == three
    assert [(each.version, each.waiting, each.decided) for each in groups(SYSTEM)] == [
        (one.version, 2, 1),
        (later.version, 1, 0),
    ]


def test_proposals_and_activities_are_seen_by_whom_the_document_is_and_proposals_by_curators_only():
    world = make_world()
    made = {
        name: make_proposals(document=getattr(world, name))[0]
        for name in ("public", "draft", "restricted", "restricted_draft")
    }
    for one in made.values():
        accept(SYSTEM, one.uuid, revision=0)
        undo(SYSTEM, one.uuid, revision=1)
    curating = {"curator", "secretariat", "administrator"}
    for name, actor in world.actors.items():
        seen = {slug for slug, one in made.items() if one in proposals(actor)}
        assert seen == (SEEN[name] if name in curating else set()), name
    outside = world.actors["curator"]
    with pytest.raises(DecisionError) as hidden:
        accept(outside, made["restricted"].uuid, revision=2)
    assert hidden.value.code == "NOT_THERE"
    for name in ("anybody", "reader", "member", "unenrolled_curator"):
        for deed in (accept, reject, undo):
            with pytest.raises(PermissionDenied):
                deed(world.actors[name], made["public"].uuid, revision=2)
    for one in made.values():
        accept(SYSTEM, one.uuid, revision=2)
    for name, actor in world.actors.items():
        assert {one.version.document.slug.replace("-", "_") for one in activities(actor)} == SEEN[name], name


def test_the_record_of_a_rule_counts_only_what_the_reader_may_see():
    world = make_world()
    (hidden,) = make_proposals(document=world.restricted)
    reject(SYSTEM, hidden.uuid, revision=0)
    assert rule_record(world.actors["curator"], "ACTIVITY", hidden.rule) is None
    assert rule_record(Actor(role="READER"), "ACTIVITY", hidden.rule) is None
    assert rule_record(SYSTEM, "ACTIVITY", hidden.rule).rejected == 1
