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
from merida.review.synergies.models import Visit
from merida.review.synergies.queries import clashes_of, visits_of

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
    seen = [(len(visits_of(actor, state)), len(clashes_of(actor, state))) for actor in (ANYBODY, member, STAFF)]
    assert seen == [(1, 0), (2, 1), (3, 3)]


def test_a_cancelled_visit_clashes_with_nothing() -> None:
    record()
    actions.cancel_visit(STAFF, record(mechanism="GRECO"), reason="Sample reason")
    state = State.objects.get(iso3="GHA")
    assert (len(visits_of(STAFF, state)), clashes_of(STAFF, state)) == (2, [])
