"""Pages that a worker keeps for the public."""

from django.http import FileResponse, HttpResponse

from merida.interfaces.web.views.freshness import KeptPages


def test_a_page_made_once_is_given_again_whole():
    pages = KeptPages(100)
    pages.keep('"a"', HttpResponse("one page"))

    assert pages.get('"a"').content == b"one page"
    assert pages.get('"b"') is None


def test_the_oldest_pages_go_when_there_is_no_room():
    pages = KeptPages(25)
    for name in "abc":
        pages.keep(name, HttpResponse(name * 10))
        pages.get("a")

    assert [name for name in "abc" if pages.get(name)] == ["a", "c"]
    assert pages.used == 20


def test_making_a_page_twice_does_not_fill_the_room():
    pages = KeptPages(25)
    for _ in range(9):
        pages.keep("a", HttpResponse("x" * 10))

    assert pages.used == 10


def test_errors_files_and_cookies_are_not_kept():
    pages = KeptPages(100)
    with_cookie = HttpResponse("x")
    with_cookie.set_cookie("a", "b")
    download = HttpResponse("x", headers={"Content-Disposition": "attachment"})
    for name, answer in enumerate((HttpResponse("x", status=404), with_cookie, download, FileResponse(iter([b"x"])))):
        pages.keep(str(name), answer)

    assert (pages.used, len(pages.pages)) == (0, 0)
