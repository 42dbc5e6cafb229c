"""What resolutions ask, evidence, and chains: who sees what, and what the log keeps."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.rooms.mandates.made_up import TEXT, make_activity, make_resolution
from tests.worlds import make_document, make_world

from merida.cooperation.mandates import actions, queries
from merida.cooperation.mandates.actions import MandateChangedError, MandateError
from merida.cooperation.mandates.models import Mandate
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolution():
    return make_resolution()


def numbers(actor, resolution):
    return [(one.number, one.addressee) for one in queries.mandates_of(actor, resolution)]


def enter(**changed):
    given = {"resolution": "COSP 8/8", "number": "4", "text": "Requests it.", "language": "en", "addressee": "UNODC"}
    return actions.enter_mandate(SYSTEM, **{**given, **changed})


def test_what_is_read_waits_for_a_person_and_is_for_everybody_after(resolution):
    curator = make_world().actors["curator"]
    actions.read_mandates(curator, resolution="COSP 8/8", text=TEXT, language="en")

    assert numbers(ANYBODY, resolution) == []
    assert len(numbers(curator, resolution)) == 5

    assert actions.confirm_all(curator, resolution) == 5
    assert numbers(ANYBODY, resolution) == [
        ("1", ""), ("2", "STATES"), ("2", "SECRETARIAT"), ("3(a)", "SECRETARIAT"), ("3(b)", "SECRETARIAT"),
    ]  # fmt: skip


def test_reading_again_keeps_what_a_person_corrected(resolution):
    first = actions.read_mandates(SYSTEM, resolution="COSP 8/8", text=TEXT, language="en")[1]
    actions.confirm_mandate(SYSTEM, first, seen=0, condition="ON_REQUEST")

    assert actions.read_mandates(SYSTEM, resolution="COSP 8/8", text=TEXT, language="en") == []
    assert Mandate.objects.get(pk=first.pk).condition == "ON_REQUEST"


def test_what_is_read_in_a_document_cites_its_paragraph_and_is_as_visible_as_that(resolution):
    world = make_world()
    version = world.restricted.versions.get()
    version.paragraphs.update(text="Requests the Secretariat to write a guide.")
    actions.read_mandates_of_document(SYSTEM, resolution="COSP 8/8", document="restricted")
    actions.confirm_all(SYSTEM, resolution)

    assert numbers(ANYBODY, resolution) == []
    assert numbers(world.actors["curator"], resolution) == []
    (seen,) = queries.mandates_of(world.actors["member"], resolution)
    assert (seen.place, seen.paragraph.text) == ("1", "Requests the Secretariat to write a guide.")


def test_two_people_do_not_overwrite_each_other(resolution):
    made = enter()
    actions.confirm_mandate(SYSTEM, made, seen=0, text="Requests something else.")

    with pytest.raises(MandateChangedError) as refused:
        actions.confirm_mandate(SYSTEM, made, seen=0, text="Lost.")
    assert refused.value.mandate.text == "Requests something else."
    with pytest.raises(MandateChangedError):
        actions.take_back_mandate(SYSTEM, made, seen=0)


def test_the_log_keeps_before_and_after(resolution):
    made = enter()
    actions.confirm_mandate(SYSTEM, made, seen=0, addressee="STATES")

    entered, corrected = history(reference_to(made))
    assert (entered.verb, entered.after["addressee"]) == ("ENTER_MANDATE", "UNODC")
    assert (corrected.before["addressee"], corrected.after["addressee"]) == ("UNODC", "STATES")


def test_evidence_is_shown_to_those_who_see_the_record_and_the_rest_counts_as_not_reported(resolution):
    world = make_world()
    made = enter()
    hidden = make_activity(world.restricted, "A workshop", states=["GHA"])
    actions.link_evidence(SYSTEM, made, record=str(hidden.uuid))

    for_everybody = queries.mandates_of(ANYBODY, resolution)
    assert for_everybody[0].shown_evidence == []
    assert queries.not_reported(for_everybody) == for_everybody
    assert queries.not_reported(queries.mandates_of(world.actors["member"], resolution)) == []
    assert list(queries.all_evidence(ANYBODY)) == []


def test_activities_that_name_the_resolution_are_linked_at_once_and_only_once(resolution):
    document = make_document("told", text="Beginning")
    make_activity(document, "A workshop", states=["GHA"], resolution="COSP 8/8")
    make_activity(document, "Another", states=["GHA"])
    made = enter()

    assert actions.link_all_told(SYSTEM, made) == 1
    assert actions.link_all_told(SYSTEM, made) == 0
    actions.link_evidence(SYSTEM, made, record="told")
    (one,) = queries.mandates_of(ANYBODY, resolution)
    assert [bool(link.activity) for link in one.shown_evidence] == [True, False]


def test_resolutions_that_follow_each_other_are_a_chain_in_order_of_time():
    first = make_resolution("5/4", "Old title", date(2013, 11, 29))
    second = make_resolution("6/6", "Sample subject", date(2015, 11, 6))
    third = make_resolution()
    alone = make_resolution("9/9", "Alone", date(2021, 12, 17))
    actions.record_succession(SYSTEM, earlier="COSP 5/4", later="COSP 6/6")

    found = queries.chain_of(ANYBODY, second)
    assert [(one.resolution, one.said) for one in found] == [(first, True), (second, True), (third, False)]
    assert queries.chain_of(ANYBODY, alone) == []


@pytest.mark.parametrize(
    ("deed", "field", "code"),
    [
        (lambda: enter(resolution="COSP 99/1"), "resolution", "UNKNOWN_RESOLUTION"),
        (lambda: enter(text=" "), "text", "MISSING"),
        (lambda: enter(addressee="NOBODY"), "addressee", "UNKNOWN_CODE"),
        (lambda: enter(number="1" * 21), "number", "TOO_LONG"),
        (lambda: (enter(), enter()), "number", "LINKED_ALREADY"),
        (lambda: actions.link_evidence(SYSTEM, enter(), record="nothing"), "record", "UNKNOWN_RECORD"),
        (lambda: actions.record_succession(SYSTEM, earlier="COSP 8/8", later="COSP 8/8"), "later", "SAME"),
    ],
)
def test_what_cannot_be_is_refused_by_field(resolution, deed, field, code):
    with pytest.raises(MandateError) as refused:
        deed()
    assert (refused.value.field, refused.value.code) == (field, code)


def test_only_curators_write(resolution):
    reader = make_world().actors["reader"]
    with pytest.raises(PermissionDenied):
        actions.enter_mandate(reader, resolution="COSP 8/8", number="1", text="x", language="en")
    with pytest.raises(PermissionDenied):
        actions.read_mandates(reader, resolution="COSP 8/8", text=TEXT, language="en")
