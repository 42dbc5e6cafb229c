"""What the secretariat's desk refuses: each refusal names the item, keeps what was typed, and leaves nothing behind."""

import json

import pytest
from django.db.models import Model
from tests.rooms.draws.test_draws import AFRICA, ANNOUNCED, MOMENT
from tests.web.test_pages_draw_parts import BY_HAND, TYPED

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.review.draws import actions
from merida.review.draws.models import Draw, DrawEvent, DrawRecord, Pairing
from merida.review.draws.queries import pairings_of
from merida.review.draws.urns import make_sample_draw

pytestmark = pytest.mark.usefixtures("site", "db")
KEPT: tuple[type[Model], ...] = (Draw, DrawRecord, Pairing, DrawEvent, Change)
HOSTILE = "<script>alert(1)</script>\u202e' OR 1=1 --"


@pytest.fixture
def desk(sign_in):
    return sign_in("secretariat")


def refused(desk, address, typed):
    """Post, expect a refusal that leaves nothing behind, and return what the page says without its marks."""
    before = [one.objects.count() for one in KEPT]
    answer = desk.post(address, typed)
    assert (answer.status_code, [one.objects.count() for one in KEPT]) == (422, before)
    return answer.text


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"participants": "GHA KEN"}, "cannot be met together by this urn: no_self"),
        ({"participants": "GHA"}, "the urn holds 1"),
        ({"participants": "GHA KEN GHA ZAF BEN"}, "GHA"),
        ({"under_review": "GHA KEN GHA"}, "GHA"),
        ({"participants": "GHA KEN QQQ"}, "QQQ"),
        ({"under_review": "GHA XKX"}, "XKX"),
        ({"excluded": "QQQ: gone"}, "QQQ"),
        ({"excluded": "GHA:"}, "GHA"),
        ({"declining": "QQQ"}, "QQQ"),
        ({"systems": "QQQ: civil law"}, "QQQ"),
        ({"sources": "2199-01-16T09:01 Lottery too late"}, "Lottery too late"),
        ({"sources": "2020-01-16T09:01 Lottery known already"}, "Lottery known already"),
        ({"sources": "some day, some lottery"}, "some day, some lottery"),
        ({"moment": "2020-01-16T09:00"}, "2020"),
        ({"slug": "new"}, "new"),
        ({"slug": "two words"}, "letters, numbers"),
        ({"year": "20310"}, "2200"),
    ],
)
def test_an_announcement_that_cannot_be_is_refused_and_names_the_item(desk, typed, named):
    by_hand = {**BY_HAND, "participants": " ".join(AFRICA)}
    said = refused(desk, "/en/draws/new/", {**TYPED, **by_hand, **typed})

    message = "".join(part.split("</ul>")[0] for part in said.split('class="errorlist')[1:]) or said
    assert named in message
    assert "Draw of spring" in said


def test_a_hostile_text_is_a_text(desk):
    typed = {**TYPED, **BY_HAND, "title": HOSTILE, "excluded": f"GHA: {HOSTILE}", "urn_source": HOSTILE}
    assert desk.post("/en/draws/new/", typed).status_code == 302
    said = json.loads(Draw.objects.get().announcement_text)
    page = desk.get("/en/draws/spring/").text

    assert said["excluded"][0]["reason"] == HOSTILE.strip()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_two_officers_announce_at_once_and_the_second_is_told(desk, monkeypatch):
    assert desk.post("/en/draws/new/", {**TYPED, **BY_HAND}).status_code == 302
    assert "spring" in refused(desk, "/en/draws/new/", {**TYPED, **BY_HAND})
    # both looked before either wrote
    monkeypatch.setattr(actions, "_check", lambda _plan: None)
    assert "spring" in refused(desk, "/en/draws/new/", {**TYPED, **BY_HAND})


@pytest.fixture
def due(desk):
    """Announce a draw; its moment has come."""
    assert desk.post("/en/draws/new/", {**TYPED, **BY_HAND}).status_code == 302
    Draw.objects.update(published_at=ANNOUNCED, moment_at=MOMENT)


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ("", "required"),
        ("seven", "seven"),
        ("1 2 / 3", "1 sources are announced, 2"),
        ("/", "seed /"),
        (" ".join(["1"] * 1001), "seed"),
        ("9" * 500, "400"),
        (HOSTILE, "seed"),
    ],
)
def test_numbers_that_are_no_seed_are_refused(desk, due, numbers, named):
    said = refused(desk, "/en/draws/spring/hold/", {"numbers": numbers})

    assert named in said
    assert "<script>alert" not in said


def test_two_officers_hold_a_draw_at_once_and_one_record_stays(desk, due):
    assert desk.post("/en/draws/spring/hold/", {"numbers": "4 8 15"}).status_code == 302
    digest = DrawRecord.objects.get().digest
    assert "was held already" in refused(desk, "/en/draws/spring/hold/", {"numbers": "16 23 42"})
    assert DrawRecord.objects.get().digest == digest


def test_a_pair_replaced_by_another_officer_is_not_replaced_again(desk):
    make_sample_draw(SYSTEM)
    pairing = pairings_of(Draw.objects.get())[0]
    address = f"/en/draws/{pairing.draw.slug}/events/"
    typed = {"pairing": str(pairing.uuid), "event_date": "2026-07-01", "reason": HOSTILE}

    assert "pairing" in refused(desk, address, {**typed, "kind": "ACCEPTED", "pairing": "999999"})
    assert refused(desk, address, {**typed, "kind": "NONE"})
    assert "announce first" in refused(desk, address, {**typed, "kind": "REDRAWN", "numbers": "7"})
    assert refused(desk, address, {**typed, "kind": "REFUSED", "reason": ""})
    assert desk.post(address, {**typed, "kind": "REFUSED"}).status_code == 302
    page = desk.get(f"/en/draws/{pairing.draw.slug}/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
