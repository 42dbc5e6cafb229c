"""A draw is announced before, held after, recorded for good; what follows is dated and leaves earlier records alone."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.worlds import make_world

from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.changes.models import Change
from merida.foundation.registry.models import Mechanism
from merida.review.draws.actions import Plan, announce_draw, hold_draw, prepare_draw, redraw_reviewer
from merida.review.draws.events import (
    DrawError,
    announce_redraw,
    defer_review,
    record_acceptance,
    record_refusal,
    record_reminder,
    request_redraw,
)
from merida.review.draws.models import Draw, DrawEvent, DrawRecord, DrawState, Pairing
from merida.review.draws.queries import draw_by_slug, draws_list, pairings_of, state_of
from merida.review.draws.urns import make_sample_draw, usual_rules
from merida.rules.lots import Exclusion, Participant, Source, Urn, verify

pytestmark = pytest.mark.usefixtures("loaded_registry", "db")
ANNOUNCED = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
MOMENT = dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)
AFRICA = ("GHA", "KEN", "NAM", "ZAF", "BEN", "TUN")
DAY = dt.date(2026, 6, 20)


def urn(codes=AFRICA, **given):
    return Urn(tuple(Participant(code, "AFRICAN_STATES") for code in codes), given.pop("subjects", codes), **given)


def plan(slug="autumn", *, sources=None, sample=True, of=None, moment=MOMENT):
    given = sources or [Source("Sample lottery", MOMENT - dt.timedelta(days=1))]
    return Plan(
        slug=slug,
        titles={"en": "Sample draw"},
        mechanism=Mechanism.objects.get(code="UNCAC_IRM"),
        rules=usual_rules(),
        urn=of or urn(),
        sources=given,
        moment=moment,
        year=2027,
        is_sample=sample,
    )


def held(codes=AFRICA):
    made = announce_draw(SYSTEM, plan(of=urn(codes)), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, [[4, 8, 15]], drawn_at=MOMENT)
    return draw_by_slug(ANYBODY, "autumn")


def test_a_draw_gives_two_reviewers_to_each_state_and_a_record_that_verifies():
    found = held()
    pairings = pairings_of(found)

    assert state_of(found) == DrawState.DRAWN
    assert {one.state.iso3 for one in pairings} == set(AFRICA)
    assert len(pairings) == 2 * len(AFRICA)
    assert verify(json.loads(found.records.get().text)) == []
    written = (
        Change.objects.filter(verb__in=["ANNOUNCE_DRAW", "HOLD_DRAW"]).order_by("pk").values_list("verb", flat=True)
    )
    assert sorted(written) == ["ANNOUNCE_DRAW", "HOLD_DRAW"]


def test_a_draft_is_seen_by_those_who_see_drafts_only():
    prepare_draw(SYSTEM, plan(), announced_at=ANNOUNCED)
    actors = make_world().actors
    seeing = {name for name, actor in actors.items() if draws_list(actor).exists()}

    assert seeing == {"curator", "secretariat", "administrator"}


def test_a_draft_can_not_be_held():
    made = prepare_draw(SYSTEM, plan(), announced_at=ANNOUNCED)

    with pytest.raises(DrawError, match="has not been announced"):
        hold_draw(SYSTEM, made, [[1]], drawn_at=MOMENT)


@pytest.mark.parametrize("deed", ["announce", "hold", "answer"])
def test_only_the_secretariat_holds_draws(deed):
    actors, found = make_world().actors, held()
    pairing = pairings_of(found)[0]
    doing = {
        "announce": lambda actor: announce_draw(actor, plan("other"), announced_at=ANNOUNCED),
        "hold": lambda actor: hold_draw(actor, found, [[1]]),
        "answer": lambda actor: record_acceptance(actor, pairing, day=DAY),
    }[deed]

    for name in ("anybody", "reader", "curator"):
        with pytest.raises(PermissionDenied):
            doing(actors[name])


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (ANNOUNCED - dt.timedelta(days=1), "Sample lottery.*not after the announcement"),
        (MOMENT + dt.timedelta(minutes=1), "Sample lottery.*after the draw's moment"),
    ],
)
def test_a_seed_known_before_the_announcement_or_only_after_the_moment_is_refused(at, said):
    with pytest.raises(DrawError, match=said):
        announce_draw(SYSTEM, plan(sources=[Source("Sample lottery", at)]), announced_at=ANNOUNCED)
    assert not Draw.objects.exists()


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (urn(("GHA",)), "urn holds 1"),
        (urn(("GHA", "KEN", "XXA")), "XXA"),
        (urn(("GHA", "KEN", "GHA")), "GHA stands twice"),
        (urn(excluded=(Exclusion("ZZZ", "no list"),)), "ZZZ"),
        (urn(("GHA", "KEN")), "cannot be met together"),
    ],
)
def test_an_urn_that_nobody_can_be_drawn_from_is_refused_by_name(of, said):
    with pytest.raises(DrawError, match=said):
        announce_draw(SYSTEM, plan(of=of), announced_at=ANNOUNCED)
    assert not Draw.objects.exists()


def test_a_draw_is_held_once_not_before_its_moment_and_with_numbers_of_every_source():
    made = announce_draw(SYSTEM, plan(), announced_at=ANNOUNCED)

    with pytest.raises(DrawError, match="not before"):
        hold_draw(SYSTEM, made, [[1]], drawn_at=MOMENT - dt.timedelta(seconds=1))
    with pytest.raises(DrawError, match="2 were given"):
        hold_draw(SYSTEM, made, [[1], [2]], drawn_at=MOMENT)
    with pytest.raises(DrawError, match="not -4"):
        hold_draw(SYSTEM, made, [[-4]], drawn_at=MOMENT)
    assert not DrawRecord.objects.exists()
    hold_draw(SYSTEM, made, [[1]], drawn_at=MOMENT)
    with pytest.raises(DrawError, match="held already"):
        hold_draw(SYSTEM, made, [[2]], drawn_at=MOMENT)


def test_only_a_sample_may_say_when_it_was_announced():
    with pytest.raises(DrawError, match="not at another one"):
        announce_draw(SYSTEM, plan(sample=False), announced_at=ANNOUNCED)


def test_an_address_is_taken_once():
    announce_draw(SYSTEM, plan(), announced_at=ANNOUNCED)

    for slug in ("autumn", "new", "no address"):
        with pytest.raises(DrawError, match=slug):
            announce_draw(SYSTEM, plan(slug), announced_at=ANNOUNCED)


def test_an_answer_is_given_once_and_on_a_day_that_was():
    pairing = pairings_of(held())[0]
    record_reminder(SYSTEM, pairing, day=DAY)
    with pytest.raises(DrawError, match="before the day of the draw"):
        record_acceptance(SYSTEM, pairing, day=dt.date(2026, 6, 9))
    with pytest.raises(DrawError, match="in the future"):
        record_acceptance(SYSTEM, pairing, day=dt.date(2199, 1, 1))
    record_acceptance(SYSTEM, pairing, day=DAY)

    with pytest.raises(DrawError, match="answered already"):
        record_refusal(SYSTEM, pairing, day=DAY, reason="no capacity")
    assert list(DrawEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["REMINDED", "ACCEPTED"]


LATER = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)


def announced_redraw(pairing, at=LATER):
    return announce_redraw(
        SYSTEM, pairing, source=Source("Sample lottery of the redraw", at), reason="requested", approved_by="Bureau"
    )


def redrawn(pairing):
    """Announce, let the time pass in which the source becomes known, draw."""
    said = announced_redraw(pairing)
    now = dt.datetime.now(dt.UTC)
    passed = {"recorded_at": now - dt.timedelta(hours=2), "source_public_at": now - dt.timedelta(hours=1)}
    DrawEvent.objects.filter(pk=said.pk).update(**passed)
    return redraw_reviewer(SYSTEM, pairing, values=[[7, 7]])


def test_another_reviewer_is_drawn_after_a_request_and_earlier_records_stay_as_they_were():
    codes = (*AFRICA, "MAR", "EGY", "DZA")  # of six States somebody may be left whom nobody can replace
    found = held(codes)
    pairing = pairings_of(found)[0]
    first = found.records.get()
    request_redraw(SYSTEM, pairing, day=DAY, reason="a pending case between the two")

    new = redrawn(pairing)

    second = DrawRecord.objects.get(number=2)
    assert (second.earlier_digest, DrawRecord.objects.get(number=1).text) == (first.digest, first.text)
    assert json.loads(second.text)["announcement"]["earlier_digest"] == first.digest
    assert [verify(json.loads(one.text)) for one in DrawRecord.objects.all()] == [[], []]
    before = {one.reviewer.iso3 for one in Pairing.objects.filter(state=pairing.state, record=first)}
    assert new.reviewer.iso3 not in before | {pairing.state.iso3}
    assert (new.state, new.position) == (pairing.state, pairing.position)
    assert len(pairings_of(found)) == 2 * len(codes)
    mutual = {(one.reviewer_id, one.state_id) for one in pairings_of(found)}
    assert not {(one.state_id, one.reviewer_id) for one in pairings_of(found)} & mutual


def test_nobody_is_replaced_without_a_request_a_reason_and_an_approval():
    pairing = pairings_of(held())[0]
    source = Source("Sample lottery of the redraw", LATER)

    with pytest.raises(DrawError, match="record the request first"):
        announced_redraw(pairing)
    request_redraw(SYSTEM, pairing, day=DAY, reason="wish")
    with pytest.raises(DrawError, match="which office"):
        announce_redraw(SYSTEM, pairing, source=source, reason="wish", approved_by=" ")
    with pytest.raises(DrawError, match="why another reviewer"):
        announce_redraw(SYSTEM, pairing, source=source, reason=" ", approved_by="Bureau")
    assert DrawRecord.objects.count() == 1


def test_the_seed_of_a_redraw_is_announced_before_anybody_can_know_it():
    pairing = pairings_of(held())[0]
    request_redraw(SYSTEM, pairing, day=DAY, reason="wish")

    with pytest.raises(DrawError, match="announce first"):
        redraw_reviewer(SYSTEM, pairing, values=[[7, 7]])
    with pytest.raises(DrawError, match="name one that nobody can know yet"):
        announced_redraw(pairing, at=MOMENT)
    with pytest.raises(DrawError, match="name the public source"):
        announce_redraw(SYSTEM, pairing, source=None, reason="wish", approved_by="Bureau")
    announced_redraw(pairing)
    with pytest.raises(DrawError, match="it stays"):
        announced_redraw(pairing)
    with pytest.raises(DrawError, match=r"will be known on 2199-01-01 00:00.*not before"):
        redraw_reviewer(SYSTEM, pairing, values=[[7, 7]])
    assert DrawRecord.objects.count() == 1


def test_a_third_request_takes_an_approval():
    pairing = pairings_of(held())[0]
    for _time in range(2):
        request_redraw(SYSTEM, pairing, day=DAY, reason="wish")

    with pytest.raises(DrawError, match="2 times"):
        request_redraw(SYSTEM, pairing, day=DAY, reason="wish")
    request_redraw(SYSTEM, pairing, day=DAY, reason="wish", approved_by="Bureau")


def test_a_review_is_postponed_by_one_year_once_for_all_its_reviewers():
    found = held()
    pairing = pairings_of(found)[0]
    defer_review(SYSTEM, pairing, day=DAY, reason="elections")

    years = {one.state.iso3: one.year for one in pairings_of(found)}
    assert years == {code: 2028 if code == pairing.state.iso3 else 2027 for code in AFRICA}
    with pytest.raises(DrawError, match="postponed already"):
        defer_review(SYSTEM, pairing, day=DAY, reason="elections")


def test_the_sample_draw_is_made_once_and_marked():
    made = make_sample_draw(SYSTEM)

    assert made.is_sample
    assert verify(json.loads(made.records.get().text)) == []
    assert make_sample_draw(SYSTEM) is None
    assert Draw.objects.count() == 1
