"""Pages that the server keeps for the public."""

import gzip
import os

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import RequestFactory
from isal import igzip

from merida.interfaces.web.usage import IN_VAIN
from merida.interfaces.web.views.kept_pages import COMPRESSION, KeptPages, Page, SharedPages

PAGE = "one page, " * 40
ONE_KEPT = len(igzip.compress(b"a" * 500, COMPRESSION))


def asked(encodings: str = "") -> HttpRequest:
    return RequestFactory(headers={"accept-encoding": encodings} if encodings else {}).get("/")


def test_a_page_made_once_is_given_again_whole():
    pages = KeptPages(1000)
    made = pages.keep(asked(), '"a"', HttpResponse(PAGE))

    assert made.content.decode() == PAGE
    assert pages.get(asked(), '"a"').content.decode() == PAGE
    assert pages.get(asked(), '"b"') is None


def test_a_browser_that_can_read_it_gets_the_page_compressed_the_first_time_and_later():
    pages = KeptPages(1000)
    first = pages.keep(asked("br, gzip"), '"a"', HttpResponse(PAGE))
    later = pages.get(asked("br, gzip"), '"a"')

    for answer in (first, later):
        assert answer["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.content).decode() == PAGE
    assert "Content-Encoding" not in pages.get(asked("br"), '"a"')


def test_the_oldest_pages_go_when_there_is_no_room():
    pages = KeptPages(2 * ONE_KEPT)
    for name in "abc":
        pages.keep(asked(), name, HttpResponse(name * 500))
        pages.get(asked(), "a")

    assert [name for name in "abc" if pages.get(asked(), name)] == ["a", "c"]
    assert pages.used == 2 * ONE_KEPT


def test_making_a_page_twice_does_not_fill_the_room():
    pages = KeptPages(2 * ONE_KEPT)
    for _ in range(9):
        pages.keep(asked(), "a", HttpResponse("x" * 500))

    assert pages.used == ONE_KEPT


def test_errors_files_and_cookies_are_not_kept():
    pages = KeptPages(1000)
    with_cookie = HttpResponse("x")
    with_cookie.set_cookie("a", "b")
    download = HttpResponse("x", headers={"Content-Disposition": "attachment"})
    for name, answer in enumerate((HttpResponse("x", status=404), with_cookie, download, FileResponse(iter([b"x"])))):
        pages.keep(asked("gzip"), str(name), answer)

    assert (pages.used, len(pages.pages)) == (0, 0)


def test_a_page_that_one_worker_made_is_given_by_the_other(tmp_path):
    one, other = (KeptPages(1000, lambda: SharedPages(tmp_path)) for _ in range(2))
    one.keep(asked(), '"a"', HttpResponse(PAGE, content_type="text/html; charset=utf-8"))
    given = other.get(asked(), '"a"')

    assert given.content.decode() == PAGE
    assert given["Content-Type"] == "text/html; charset=utf-8"
    assert other.get(asked(), '"b"') is None
    assert len(list(tmp_path.iterdir())) == 1


def test_a_search_that_found_nothing_is_known_as_one_by_every_worker(tmp_path):
    one, other = (KeptPages(1000, lambda: SharedPages(tmp_path)) for _ in range(2))
    made = HttpResponse(PAGE)
    setattr(made, IN_VAIN, True)
    one.keep(asked(), '"a"', made)
    one.keep(asked(), '"b"', HttpResponse(PAGE))

    for pages in (one, other):
        assert [getattr(pages.get(asked(), tag), IN_VAIN) for tag in ('"a"', '"b"')] == [True, False]


def test_the_oldest_shared_pages_go_when_there_is_no_room(tmp_path):
    pages = SharedPages(tmp_path, room=2500)
    for number in range(5):
        pages.keep(str(number), Page(b"x" * 990, "text/html", in_vain=False))
        os.utime(pages._place(str(number)), ns=(number, number))
    pages.clear()

    assert [number for number in range(5) if pages.get(str(number))] == [3, 4]


def test_a_directory_that_is_gone_keeps_nothing_and_breaks_nothing(tmp_path):
    gone = SharedPages(tmp_path / "gone")
    pages = KeptPages(0, lambda: gone)
    made = pages.keep(asked(), '"a"', HttpResponse(PAGE))
    gone.clear()

    assert made.content.decode() == PAGE
    assert pages.get(asked(), '"a"') is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("encodings", ["gzip", "identity"])
def test_an_unchanged_page_is_not_sent_again_in_either_form(client, encodings):
    first = client.get("/en/", headers={"accept-encoding": encodings})
    again = client.get("/en/", headers={"accept-encoding": encodings, "if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert "Accept-Encoding" in first["Vary"]
    assert first.headers.get("Content-Encoding", "identity") == encodings
