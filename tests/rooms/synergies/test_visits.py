"""Visits: who may plan them, what is refused, what is kept of a change, and that nothing hidden leaks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.foundation.access import actions as access
from merida.foundation.access.models import Workspace
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.foundation.registry.models import State
from merida.review.synergies import actions
from merida.review.synergies.clashes import PlannedVisit
from merida.review.synergies.models import Visit
from merida.review.synergies.queries import (
    clashes_among,
    clashes_if,
    coming_visits,
    visits_between,
    visits_of,
    visits_of_mechanism,
    years_with_visits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]
STAFF = Actor(name="Sample officer", role="SECRETARIAT")
DAYS = {"first_date": date(2027, 3, 1), "last_date": date(2027, 3, 3)}


def record(**changes: Any) -> Visit:
    values: dict[str, Any] = {"state": "GHA", "mechanism": "UNCAC_IRM", **DAYS, "is_sample": True}
    return actions.record_visit(STAFF, **{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_date": date(2027, 2, 1)}, "last_date: the visit ends on 2027-02-01, before"),
        ({"last_date": date(2028, 4, 3)}, "last_date: the visit has 400 days"),
        ({"state": "QQQ"}, "state: 'QQQ' is not in the registry"),
        ({"mechanism": "NONE"}, "mechanism: 'NONE' is not in the registry"),
        ({"kind": "PICNIC"}, "kind: 'PICNIC' is none of"),
        ({"firmness": "SOFT"}, "firmness: 'SOFT' is none of"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_is_kept(changes: dict[str, Any], words: str) -> None:
    changes_before = Change.objects.count()
    with pytest.raises(actions.VisitError, match=words):
        record(**changes)
    assert (Visit.objects.count(), Change.objects.count()) == (0, changes_before)


@pytest.mark.parametrize("role", ["", "READER", "CURATOR"])
def test_only_the_staff_plans(role: str) -> None:
    visit, other = record(), Actor(name="Sample person", role=role)
    deeds: list[Callable[[], object]] = [
        lambda: actions.record_visit(other, state="GHA", mechanism="UNCAC_IRM", **DAYS),
        lambda: actions.move_visit(other, visit, **DAYS, reason="x"),
        lambda: actions.cancel_visit(other, visit, reason="x"),
        lambda: actions.publish_visit(other, visit),
    ]
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()
    assert Visit.objects.count() == 1


def test_a_move_keeps_the_identifier_and_writes_down_before_after_and_reason() -> None:
    visit = record()
    uid = visit.uuid
    actions.move_visit(STAFF, visit, first_date=date(2027, 4, 5), last_date=date(2027, 4, 7), reason="Elections")
    kept = Visit.objects.get()
    assert (kept.uuid, kept.sequence, kept.first_date) == (uid, 1, date(2027, 4, 5))
    text = Change.objects.get(verb="MOVE_VISIT").text
    assert all(part in text for part in ("2027-03-01", "2027-04-05", "Elections"))


def test_a_change_without_reason_or_after_cancelling_is_refused() -> None:
    visit = record()
    with pytest.raises(actions.VisitError, match="reason: "):
        actions.move_visit(STAFF, visit, **DAYS, reason=" ")
    actions.cancel_visit(STAFF, visit, reason="Sample reason")
    with pytest.raises(actions.VisitError, match="cancelled"):
        actions.cancel_visit(STAFF, visit, reason="again")
    assert Visit.objects.get().sequence == 1


def test_hidden_visits_leak_neither_themselves_nor_through_clashes() -> None:
    public, _draft, closed = record(), record(mechanism="GRECO"), record(mechanism="OECD_WGB")
    actions.publish_visit(STAFF, public)
    room = Workspace.objects.create(code="sample", title="Sample", created_at=timezone.now())
    access.restrict(SYSTEM, closed, workspace=room)
    state = State.objects.get(iso3="GHA")
    member = Actor(name="Sample member", role="READER", workspaces=frozenset({room.pk}))
    seen = [
        (len(visits_of(actor, state)), len(clashes_among(visits_of(actor, state))))
        for actor in (ANYBODY, member, STAFF)
    ]
    assert seen == [(1, 0), (2, 1), (3, 3)]


def test_a_cancelled_visit_clashes_with_nothing() -> None:
    record()
    actions.cancel_visit(STAFF, record(mechanism="GRECO"), reason="Sample reason")
    state = State.objects.get(iso3="GHA")
    assert (len(visits_of(STAFF, state)), clashes_among(visits_of(STAFF, state))) == (2, [])


def test_every_change_that_subscribers_see_raises_the_sequence_and_its_moment() -> None:
    visit = record()
    moments = [visit.changed_at]
    actions.publish_visit(STAFF, visit)
    moments.append(visit.changed_at)
    actions.publish_visit(STAFF, visit)  # public already: nothing to take in again
    assert (visit.sequence, visit.changed_at) == (1, moments[-1])
    actions.move_visit(STAFF, visit, **DAYS, firmness="FIXED", reason="Agreed")
    moments.append(visit.changed_at)
    actions.cancel_visit(STAFF, visit, reason="Sample reason")
    moments.append(visit.changed_at)
    kept = Visit.objects.get()
    assert (kept.sequence, kept.firmness, kept.change_reason) == (3, "FIXED", "Sample reason")
    assert moments == sorted(set(moments))
    assert kept.changed_at == moments[-1]


@pytest.mark.parametrize(
    "deed",
    [
        lambda visit: actions.move_visit(STAFF, visit, **DAYS, firmness="FIXED", reason="second", seen=0),
        lambda visit: actions.cancel_visit(STAFF, visit, reason="second", seen=0),
        lambda visit: actions.publish_visit(STAFF, visit, seen=0),
    ],
)
def test_who_comes_second_is_told_and_overwrites_nothing(deed: Callable[[Visit], None]) -> None:
    visit = record()
    first = Visit.objects.get()
    actions.move_visit(STAFF, first, first_date=date(2027, 4, 5), last_date=date(2027, 4, 7), reason="first", seen=0)
    with pytest.raises(actions.VisitChangedError) as told:
        deed(visit)
    kept = Visit.objects.get()
    assert (kept.first_date, kept.change_reason, kept.published_at) == (date(2027, 4, 5), "first", None)
    assert told.value.visit.first_date == kept.first_date


def test_subject_languages_and_source_are_kept_and_refused_by_name() -> None:
    record(languages=["fr", "en", "fr"], provisions=["UNCAC 13"], source_text=" Sample note ", joint_allowed=True)
    kept = Visit.objects.get()
    assert (kept.languages, kept.source_text, kept.joint_allowed) == (["fr", "en"], "Sample note", True)
    assert [one.key for one in kept.provisions.all()] == ["UNCAC 13"]
    with pytest.raises(actions.VisitError, match="languages: 'xx' is none of"):
        record(languages=["xx"])
    with pytest.raises(actions.VisitError, match="provisions: 'UNCAC 999' is not in the registry"):
        record(provisions=["UNCAC 999"])
    assert Visit.objects.count() == 1


def test_what_would_clash_is_said_before_anything_is_kept_and_the_visit_itself_is_left_out() -> None:
    visit, other = record(), record(mechanism="GRECO", first_date=date(2027, 5, 24), last_date=date(2027, 5, 26))
    wished = PlannedVisit(str(visit.uuid), date(2027, 5, 15), date(2027, 5, 18))  # a Saturday, and a feast on Sunday
    found, visits = clashes_if(STAFF, visit.state, wished, "en")
    assert [(str(one.code), one.name) for one in found] == [
        ("WEEKEND", ""),
        ("HOLIDAY_ESTIMATED", "Eid-ul-Adha"),
        ("TOO_CLOSE", ""),
    ]
    assert visits == [other]
    assert clashes_if(ANYBODY, visit.state, wished, "en")[1] == []


def test_visits_of_a_cycle_a_group_and_a_year_are_those() -> None:
    ghana, namibia = (
        record(),
        record(state="NAM", mechanism="AU_REVIEW", first_date=date(2028, 1, 3), last_date=date(2028, 1, 4)),
    )
    year = (date(2027, 1, 1), date(2027, 12, 31))
    assert list(visits_between(STAFF, *year)) == [ghana]
    assert list(visits_between(STAFF, *year, group="EASTERN_EUROPEAN")) == []
    assert list(visits_between(STAFF, year[0], date(2028, 1, 3), group="AFRICAN", state="NAM")) == [namibia]
    assert list(visits_between(STAFF, year[0], date(2028, 1, 3), mechanism="UNCAC_IRM")) == [ghana]
    assert list(visits_of_mechanism(STAFF, namibia.mechanism)) == [namibia]
    assert years_with_visits(STAFF) == [2027, 2028]
    assert [coming_visits(who, date(2027, 3, 3), count=5) for who in (STAFF, ANYBODY)] == [[ghana, namibia], []]


@pytest.mark.parametrize("published", [True, False])
def test_everybody_sees_the_coming_visits_to_a_state_that_are_public(published: bool) -> None:
    visit = record()
    if published:
        actions.publish_visit(STAFF, visit)
    elsewhere = State.objects.get(iso3="NAM")
    found = [coming_visits(ANYBODY, date(2027, 3, 3), count=5, state=one) for one in (visit.state, elsewhere)]
    assert found == [[visit] if published else [], []]
    assert coming_visits(ANYBODY, date(2027, 3, 4), count=5, state=visit.state) == []
