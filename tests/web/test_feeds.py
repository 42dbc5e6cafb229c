"""Feeds for calendar programs: valid, kept up to date, the same for everybody or a secret of one person."""

import datetime as dt
import hashlib
import re

import pytest
from icalendar import Calendar
from tests.web.visits import SECRET_REASON, record
from tests.worlds import SEEN

from merida.foundation.access import actions as access
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.foundation.people.models import User
from merida.review.synergies.actions import cancel_visit, move_visit, publish_visit
from merida.review.synergies.models import CalendarSubscription

CODES = ("ar", "zh", "en", "fr", "ru", "es")
STATE = "calendar/states/gha.ics"
MECHANISM = "calendar/mechanisms/uncac-irm.ics"
SIGNED_IN = sorted(set(SEEN) - {"anybody", "unenrolled_curator"})


@pytest.fixture(scope="module")
def site(site_with_visits):
    return site_with_visits[0]


def events(answer):
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(one["uid"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


def own_address(visitor, **typed):
    page = visitor.post("/en/calendar/follow/", typed)
    assert page.status_code == 201
    return re.search(r'class="token" dir="ltr">http://testserver(/en/calendar/own/[^<]+\.ics)<', page.text)[1]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("place", [STATE, MECHANISM, "calendar/mechanisms/greco/5.ics"])
def test_feeds_keep_the_rules_of_icalendar_in_every_language(visitor, visits, code, place):
    answer = visitor.get(f"/{code}/{place}")
    calendar = Calendar.from_ical(answer.content)

    assert calendar.errors == []
    assert (calendar["version"], "method" in calendar) == ("2.0", False)
    assert calendar["x-wr-calname"] == calendar["name"] != ""
    assert calendar["source"] == f"http://testserver/{code}/{place}"
    assert calendar.decoded("refresh-interval") == dt.timedelta(hours=6)
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    for event in events(answer).values():
        assert event.errors == []
        assert event["summary"].params["LANGUAGE"] == code
        assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
        for once in ("uid", "dtstamp", "dtstart", "dtend", "sequence", "status", "url", "last-modified"):
            assert not isinstance(event[once], list)
        assert event.decoded("dtstamp").tzinfo is not None


def test_the_name_of_a_feed_is_in_the_language_of_its_address(visitor, visits):
    names = {code: str(Calendar.from_ical(visitor.get(f"/{code}/{STATE}").content)["x-wr-calname"]) for code in CODES}

    assert (names["en"], names["zh"]) == ("Ghana: visits", "加纳：访问")
    assert len(set(names.values())) > 4


def test_a_feed_shows_what_is_public_and_nothing_else_even_to_those_who_may_see_more(sign_in, visits):
    visitor = sign_in("administrator")
    for place in (STATE, MECHANISM, "calendar/mechanisms/greco.ics", "calendar/mechanisms/oecd-wgb.ics"):
        assert set(events(visitor.get(f"/en/{place}"))) <= visits.seen_by("anybody")
    found = events(visitor.get(f"/en/{STATE}"))
    public, cancelled = found[str(visits.public.uuid)], found[str(visits.cancelled.uuid)]

    assert set(found) == visits.seen_by("anybody")
    assert (public.decoded("dtstart"), public.decoded("dtend")) == (dt.date(2027, 3, 1), dt.date(2027, 3, 5))
    assert (public["status"], cancelled["status"]) == ("TENTATIVE", "CANCELLED")
    assert cancelled["comment"] == "Sample reason: a storm"


def test_a_visit_moved_and_cancelled_stays_the_same_event_with_a_higher_sequence(visitor, visits):
    uid, visit = str(visits.public.uuid), visits.public
    versions = [events(visitor.get(f"/en/{STATE}"))[uid]]
    move_visit(
        SYSTEM,
        visit,
        first_date=dt.date(2027, 5, 3),
        last_date=dt.date(2027, 5, 4),
        firmness="FIXED",
        reason="Elections",
    )
    versions.append(events(visitor.get(f"/en/{STATE}"))[uid])
    cancel_visit(SYSTEM, visit, reason="Sample reason")
    versions.append(events(visitor.get(f"/en/{STATE}"))[uid])

    assert [one["status"] for one in versions] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert [one["sequence"] for one in versions] == [1, 2, 3]
    assert versions[1].decoded("dtstart") == dt.date(2027, 5, 3)
    assert [one.decoded("dtstamp") for one in versions] == sorted(one.decoded("dtstamp") for one in versions)


def test_a_program_that_has_the_feed_is_told_so_until_something_changes(visitor, visits):
    first = visitor.get(f"/en/{STATE}")
    tag, moment = first.headers["ETag"], first.headers["Last-Modified"]

    again = visitor.get(f"/en/{STATE}", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert visitor.get(f"/en/{STATE}", headers={"if-modified-since": moment}).status_code == 304
    assert visitor.head(f"/en/{STATE}").headers["ETag"] == tag
    assert visitor.get(f"/fr/{STATE}").headers["ETag"] != tag
    Change.objects.filter(object_ref__startswith="visit:").update(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    old = visitor.get(f"/en/{STATE}").headers["Last-Modified"]
    access.withdraw(SYSTEM, visits.public)
    after = visitor.get(f"/en/{STATE}", headers={"if-none-match": tag})
    assert after.status_code == 200
    assert str(visits.public.uuid) not in events(after)
    assert visitor.get(f"/en/{STATE}", headers={"if-modified-since": old}).status_code == 200


def test_a_cycle_has_the_visits_that_begin_in_it(visitor, site, db):
    inside = record("GRECO", dt.date(2019, 6, 3), dt.date(2019, 6, 7), state="FRA")
    outside = record("GRECO", dt.date(2005, 6, 6), dt.date(2005, 6, 9), state="FRA")
    for one in (inside, outside):
        publish_visit(SYSTEM, one)

    assert set(events(visitor.get("/en/calendar/mechanisms/greco/5.ics"))) == {str(inside.uuid)}
    assert set(events(visitor.get("/en/calendar/mechanisms/greco.ics"))) == {str(inside.uuid), str(outside.uuid)}


@pytest.mark.parametrize(
    "place",
    [
        "states/zzz.ics",
        "mechanisms/none.ics",
        "mechanisms/greco/99.ics",
        "own/x.ics",
        "own/" + "x" * 3000 + ".ics",
    ],
)
def test_a_feed_of_nothing_is_not_found(visitor, place):
    assert visitor.get(f"/en/calendar/{place}").status_code == 404


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_secret_address_shows_what_its_owner_may_see_to_whoever_has_it(sign_in, client, visits, name):
    address = own_address(sign_in(name))
    client.logout()
    answer = client.get(address)

    assert set(events(answer)) == visits.seen_by(name)
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Last-Modified" not in answer.headers
    assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


def test_a_draft_says_in_its_title_that_it_is_one(sign_in, visits):
    found = events(sign_in("secretariat").get(own_address(sign_in("secretariat"))))

    assert "[draft, not public]" in str(found[str(visits.draft.uuid)]["summary"])
    assert "draft" not in str(found[str(visits.public.uuid)]["summary"])


def test_a_secret_address_follows_what_its_owner_may_see_later(sign_in, site, visits):
    visitor = sign_in("member")
    address = own_address(visitor)
    site.world.workspace.memberships.filter(user=site.world.member).delete()
    assert set(events(visitor.get(address))) == visits.seen_by("reader")
    User.objects.filter(pk=site.world.member.pk).update(is_active=False)
    assert visitor.get(address).status_code == 404


def test_a_secret_address_of_one_state_shows_that_one(sign_in, visits):
    other = record("GRECO", dt.date(2027, 6, 7), dt.date(2027, 6, 8), state="FRA")
    visitor = sign_in("secretariat")

    assert set(events(visitor.get(own_address(visitor, state="FRA")))) == {str(other.uuid)}


def test_the_token_is_kept_nowhere_and_shown_once(sign_in, visits):
    visitor = sign_in("reader")
    address = own_address(visitor)
    token = address.removeprefix("/en/calendar/own/").removesuffix(".ics")
    kept = CalendarSubscription.objects.get()

    assert kept.token_digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in visitor.get("/en/calendar/follow/").text
    assert token not in "".join(Change.objects.values_list("text", flat=True))
    assert len(token) >= 43


def test_an_ended_address_answers_no_more_and_nobody_ends_that_of_another(sign_in, client, visits):
    visitor = sign_in("reader")
    address, held = own_address(visitor), CalendarSubscription.objects.get()
    client.logout()
    other = sign_in("member")
    for wrong in (str(held.uuid), "", "no uuid"):
        other.post("/en/calendar/follow/end/", {"subscription": wrong})
    assert other.get(address).status_code == 200
    client.logout()
    sign_in("reader").post("/en/calendar/follow/end/", {"subscription": str(held.uuid)})
    assert client.get(address).status_code == 404
    assert str(held.uuid) not in client.get("/en/calendar/follow/").text


def test_without_an_account_there_is_no_secret_address(visitor, visits):
    for place in ("calendar/follow/", "calendar/follow/end/"):
        assert visitor.post(f"/en/{place}").status_code == 302
    assert not CalendarSubscription.objects.exists()


def test_twenty_addresses_are_enough_for_one_person(sign_in, visits):
    visitor = sign_in("reader")
    for _number in range(20):
        own_address(visitor)
    full = visitor.post("/en/calendar/follow/", {})

    assert (full.status_code, CalendarSubscription.objects.count()) == (422, 20)
    assert "end one first" in full.text


def test_an_unknown_state_makes_no_address(sign_in, visits):
    assert sign_in("reader").post("/en/calendar/follow/", {"state": "QQQ"}).status_code == 422
    assert not CalendarSubscription.objects.exists()


def test_nothing_hidden_stands_in_a_public_feed(visitor, visits):
    assert SECRET_REASON.encode() not in visitor.get(f"/en/{STATE}").content
