"""A document officer on the day after a session: files handed in on the site, and what became of each (journey 2)."""

import io
import os
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.rooms.ingest.pdf_files import pdf_file

from merida.exchange.deliveries.actions import MOST_FILES
from merida.exchange.deliveries.models import DeliveredFile, Delivery, FileState
from merida.exchange.deliveries.reading_in import DEAD_AFTER, read_next, remove_strays, requeue_abandoned
from merida.exchange.ingest.how_far import page_read
from merida.foundation.changes.models import Change
from merida.foundation.people.models import Role
from merida.knowledge.documents.models import Document, Version

ADDRESS = "/en/documents/deliveries/"
ENGLISH = "Background note\n\n1. The Conference of the States Parties met in Vienna in March 2031.\n\n2. Ghana spoke.\n"


@pytest.fixture(autouse=True)
def apart(tmp_path, settings):
    settings.DELIVERIES_DIRECTORY = tmp_path / "deliveries"
    settings.FILES_DIRECTORY = tmp_path / "files"


def given(name, content):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def handed_in(client, *files, **more):
    return client.post(ADDRESS, {"files": list(files), **more})


def read_all():
    done = []
    while (one := read_next()) is not None:
        done.append(one)
        assert len(done) < 100
    return done


def waiting_bytes():
    return sorted(Path(settings.DELIVERIES_DIRECTORY).glob("*"))


def states():
    return [one.state for one in DeliveredFile.objects.order_by("pk")]


def reader_finds(sign_in, word):
    return "results-group" in sign_in("reader").get(f"/en/search/?q={word}").content.decode()


def docx_with_macros():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", b"x")
        archive.writestr("[Content_Types].xml", "<x/>")
    return content.getvalue()


def test_files_are_kept_read_by_the_worker_and_told_one_by_one(sign_in):
    client = sign_in("curator")
    files = [
        given("note.txt", ENGLISH),
        given("again.txt", ENGLISH),
        given("empty.txt", b" "),
        given("broken.docx", b"PK\x03\x04 cut short"),
        given("macros.docx", docx_with_macros()),
    ]
    answer = handed_in(client, *files)
    page = client.get(answer.url).content.decode()

    assert (answer.status_code, page.count(">waits<")) == (302, 5)
    assert "0 / 5" in page
    assert 'hx-trigger="every 2s"' in page
    assert len(waiting_bytes()) == 5
    assert len(read_all()) == 5
    assert waiting_bytes() == []
    told = client.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in told
    assert "5 / 5" in told
    assert states() == ["READ", "UNCHANGED", "REFUSED", "REFUSED", "REFUSED"]
    assert "The file is empty." in told
    assert "The file is broken or cut short" in told
    assert told.count(">refused<") == 3
    assert Version.objects.filter(file__name="note.txt").count() == 1
    [document] = re.findall(r'<a href="(/en/documents/[^"]+)"', told)[:1]
    assert "Ghana" in client.get(document).content.decode()
    assert re.search(r"Proposals to decide about: \d", told)


def test_two_texts_of_one_document_and_a_symbol_given_by_hand(sign_in):
    client = sign_in("curator")
    handed_in(client, given("one.txt", ENGLISH), symbol="CAC/COSP/2031/77")
    handed_in(client, given("two.txt", ENGLISH.replace("March", "April")), symbol=" CAC/COSP/2031/77 ")
    read_all()

    assert states() == ["READ", "NEW_VERSION"]
    assert Document.objects.get(symbol="CAC/COSP/2031/77").versions.count() == 2


@pytest.mark.parametrize(
    ("files", "more", "said"),
    [
        (0, {}, "Choose a file first."),
        (MOST_FILES + 1, {}, f"At most {MOST_FILES} files can be handed in at once."),
        (2, {"symbol": "A/1"}, "A symbol names one document"),
        (1, {"symbol": "A" * 81}, "The symbol is too long."),
        (1, {"workspace": "nowhere"}, "There is no such workspace."),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_nothing_is_kept(sign_in, files, more, said):
    answer = handed_in(sign_in("secretariat"), *(given(f"{n}.txt", ENGLISH) for n in range(files)), **more)

    assert answer.status_code == 422
    assert f"Nothing was taken in. {said}" in answer.content.decode()
    assert (Delivery.objects.count(), waiting_bytes()) == (0, [])


def test_a_file_that_is_too_large_is_refused_at_the_door_and_the_others_are_read(sign_in, settings):
    settings.UPLOAD_LIMIT = 200
    client = sign_in("curator")
    answer = handed_in(client, given("large.txt", "a" * 201), given("small.txt", ENGLISH[:150]))

    assert len(waiting_bytes()) == 1
    read_all()
    assert "The file is larger than a document may be." in client.get(answer.url).content.decode()
    assert states() == ["REFUSED", "READ"]


def test_hostile_names_are_shown_as_text(sign_in):
    client = sign_in("curator")
    answer = handed_in(client, given("<script>alert(1)<\u202egnp.txt", ENGLISH))
    page = client.get(answer.url).content.decode()

    assert "<script>alert" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("name", ["anybody", "reader", "member", "unenrolled_curator"])
def test_only_those_who_may_hand_in_reach_the_pages(sign_in, name):
    client = sign_in(name)

    assert client.get(ADDRESS).status_code == 403
    answer = handed_in(client, given("a.txt", ENGLISH))  # who lacks a second factor is led to set it up
    assert answer.status_code == 403 or "/account/2fa/" in answer.url
    assert Delivery.objects.count() == 0
    assert "Hand in documents" not in client.get("/en/documents/").content.decode()


def test_a_curator_follows_the_own_deliveries_and_the_staff_all(sign_in, site):
    mine = handed_in(sign_in("curator"), given("a.txt", ENGLISH)).url
    room = site.world.workspace.code
    theirs = handed_in(sign_in("secretariat"), given("b.txt", "1. Something else."), workspace=room).url
    seen = {name: [sign_in(name).get(one).status_code for one in (mine, theirs)] for name in ("curator", "secretariat")}

    assert seen == {"curator": [200, 404], "secretariat": [200, 200]}
    listed = sign_in("curator").get(ADDRESS).content.decode()
    assert (mine in listed, theirs in listed) == (True, False)


def test_what_is_for_a_workspace_stays_there(sign_in, site):
    room = site.world.workspace.code
    handed_in(sign_in("secretariat"), given("closed.txt", "1. A sealed word: zanzarabianca."), workspace=room)
    read_all()
    [file] = DeliveredFile.objects.all()
    place = f"/en/documents/{file.slug}/"

    assert file.state == FileState.READ
    seen = {name: sign_in(name).get(place, follow=True).status_code for name in ("reader", "curator", "secretariat")}
    assert seen == {"reader": 404, "curator": 404, "secretariat": 200}
    assert (reader_finds(sign_in, "zanzarabianca"), reader_finds(sign_in, "Ghana")) == (False, True)
    assert handed_in(sign_in("curator"), given("c.txt", ENGLISH), workspace=room).status_code in {403, 422}


def test_it_is_recorded_who_handed_in_what_and_public_pages_stay(client, sign_in, site):
    before = client.get("/en/states/")["ETag"]
    handed_in(sign_in("curator"), given("a.txt", ENGLISH))
    change = Change.objects.get(verb="HAND_IN_DOCUMENTS")

    assert change.is_confined
    client.logout()
    assert client.get("/en/states/")["ETag"] == before


def test_a_person_who_lost_the_right_meanwhile_hands_nothing_in(sign_in, site):
    handed_in(sign_in("curator"), given("a.txt", ENGLISH))
    curator = site.world.curator
    type(curator).objects.filter(pk=curator.pk).update(role=Role.READER)
    read_all()

    assert [(one.state, one.code) for one in DeliveredFile.objects.all()] == [("REFUSED", "NOT_ALLOWED")]


def test_what_a_killed_worker_left_is_read_by_the_next(sign_in):
    handed_in(sign_in("curator"), given("a.txt", ENGLISH))
    DeliveredFile.objects.update(state=FileState.READING)

    assert read_next() is None
    assert requeue_abandoned(all_of_them=True) == 1
    assert [one.state for one in read_all()] == ["READ"]


def test_a_long_file_is_seen_to_move_page_by_page(sign_in, monkeypatch):
    curator = sign_in("curator")
    address = handed_in(
        curator, given("long.pdf", pdf_file(*([(f"{page}. Ghana spoke.", 72, 700, 11)] for page in (1, 2, 3))))
    ).url
    seen = []

    def looked(done, pages):
        page_read(done, pages)
        page = curator.get(address).content.decode()
        seen.append(re.findall(r'value="(\d+)" max="(\d+)"', page))

    monkeypatch.setattr("merida.exchange.deliveries.reading_in.TOLD_EVERY", timedelta(0))
    monkeypatch.setattr("merida.exchange.ingest.pdf_document.page_read", looked)
    read_next()

    assert seen == [[("0", "1"), (str(page), "3")] for page in (0, 1, 2, 3)]
    assert re.findall(r'value="(\d+)" max="(\d+)"', curator.get(address).content.decode()) == [("1", "1")]


def test_a_reader_that_tells_of_pages_is_not_taken_for_dead(sign_in):
    handed_in(sign_in("curator"), given("scan.pdf", b"%PDF-"), given("other.pdf", b"%PDF-"))
    begun = timezone.now() - 2 * DEAD_AFTER
    DeliveredFile.objects.update(state=FileState.READING, begun_at=begun)
    DeliveredFile.objects.filter(name="scan.pdf").update(worked_at=timezone.now(), pages_read=40, pages_all=500)

    assert requeue_abandoned() == 1
    assert states() == ["READING", "WAITING"]


def test_reading_goes_on_where_the_page_cannot_be_told(sign_in, monkeypatch):
    def busy(rows, **values):
        if rows.model is DeliveredFile:
            raise OperationalError("database is locked")
        return update(rows, **values)

    update = QuerySet.update

    handed_in(
        sign_in("curator"), given("long.pdf", pdf_file([("1. Ghana spoke in Vienna in March 2031.", 72, 700, 11)]))
    )
    monkeypatch.setattr(QuerySet, "update", busy)
    read_next()
    assert states() == ["READ"]


def test_bytes_of_a_server_killed_while_it_took_them_in_are_removed_after_a_day(sign_in):
    handed_in(sign_in("curator"), given("a.txt", ENGLISH))
    [waiting] = waiting_bytes()
    stray, fresh = waiting.with_name("stray"), waiting.with_name("fresh")
    for one in (stray, fresh):
        one.write_bytes(b"half")
    for one in (stray, waiting):
        os.utime(one, (0, 0))

    assert remove_strays() == 1
    assert waiting_bytes() == sorted([waiting, fresh])


def test_the_pages_cost_the_same_queries_for_any_number_of_files(sign_in):
    client = sign_in("curator")
    small = handed_in(client, given("0.txt", "1. Number 0.")).url
    large = handed_in(client, *(given(f"{n}.txt", f"1. Number {n}.") for n in range(1, 8))).url
    read_all()
    counts = []
    for address in (small, large, small, large, ADDRESS):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))

    assert counts[2] == counts[3]
    assert counts[4] <= counts[3] + 2


@pytest.mark.parametrize("code", ["ar", "zh", "fr", "ru", "es"])
def test_the_pages_answer_in_every_language(sign_in, code):
    client = sign_in("secretariat")
    address = handed_in(client, given("a.txt", ENGLISH), given("e.txt", b" ")).url
    read_all()
    for place in (ADDRESS, address):
        page = client.get(place.replace("/en/", f"/{code}/"))
        text = page.content.decode()
        assert page.status_code == 200
        assert "Hand in documents" not in text
        assert "The file is empty" not in text
        assert " style=" not in text


def test_who_handed_in_a_file_sees_the_words_that_were_left_out_and_readers_only_that_some_were(sign_in):
    page = "<html><body><p>1. The text as it stands.</p><p hidden>Only for us</p></body></html>"
    client = sign_in("secretariat")
    answer = handed_in(client, given("left.html", page))
    read_all()
    told = client.get(answer.url).content.decode()
    [document] = re.findall(r'<a href="(/en/documents/(?!deliveries)[^"]+)"', told)[:1]
    whole = client.get(document).content.decode()
    reading = re.findall(r'href="(/en/documents/(?!deliveries)[\w-]+/[a-z]{2,3}/)["#?]', whole)
    shown = [client.get(each).content.decode() for each in (document, *reading)]

    assert "<bdi>Only for us</bdi>" in told
    assert not any("Only for us" in each for each in shown)
    assert any("Left out of the text: hidden text (1)." in each for each in shown)
