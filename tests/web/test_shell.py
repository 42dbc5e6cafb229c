"""The shell of the site: addresses by language, the frame of each page, errors, files."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views.defaults import bad_request, server_error

from merida.interfaces.web.addresses import in_every_language
from merida.interfaces.web.languages import content_language, in_language

pytestmark = pytest.mark.django_db
CODES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.fixture
def reader() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("ar", "/ar/"),
        ("zh-CN,zh;q=0.9,en;q=0.1", "/zh/"),
        ("zh-TW", "/zh/"),
        ("fr-CH, fr;q=0.9", "/fr/"),
        ("ru", "/ru/"),
        ("es-419", "/es/"),
        ("de", "/en/"),
        ("", "/en/"),
    ],
)
def test_the_first_address_leads_to_the_language_that_the_browser_asks_for(reader, wanted, address):
    answer = reader.get("/", headers={"accept-language": wanted})

    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    assert "Accept-Language" in answer.headers["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize("prefix", ["de", "zh-hans", "zh-cn", "EN", "xx", "fr-ca"])
def test_a_language_that_merida_does_not_speak_is_no_address(reader, prefix):
    assert reader.get(f"/{prefix}/styleguide/").status_code == 404


@pytest.mark.parametrize(
    ("code", "way"), [("ar", "rtl"), ("zh", "ltr"), ("en", "ltr"), ("fr", "ltr"), ("ru", "ltr"), ("es", "ltr")]
)
def test_each_page_says_its_language_and_direction(reader, code, way):
    page = reader.get(f"/{code}/styleguide/")

    assert f'<html lang="{code}" dir="{way}"' in page.text
    assert page.headers["Content-Language"][:2] == code


def test_addresses_are_made_in_two_letters_for_chinese_too():
    with translation.override("zh-hans"):
        assert reverse("styleguide") == "/zh/styleguide/"


def test_the_same_page_in_other_languages_keeps_place_and_query():
    request = RequestFactory().get("/zh/search/", {"q": "公约", "state": "NAM"})

    assert in_every_language(request)["ar"] == "/ar/search/?q=%E5%85%AC%E7%BA%A6&state=NAM"


def test_search_engines_find_every_language_of_a_page(reader):
    page = reader.get("/fr/styleguide/?density=compact").text

    for code in CODES:
        assert f'hreflang="{code}" href="http://localhost/{code}/styleguide/?density=compact"' in page


def test_languages_are_written_in_themselves(reader):
    page = reader.get("/ar/styleguide/").text

    for name in ("العربية", "中文", "English", "Français", "Русский", "Español"):
        assert f">{name}</a>" in page


def test_django_and_addresses_agree_on_chinese():
    with translation.override("zh-hans"):
        assert content_language() == "zh"
    assert content_language("zh-hans") == "zh"


def test_a_text_without_the_readers_language_falls_back_to_english_then_to_any():
    assert in_language({"en": "a", "zh": "b"}, "zh") == "b"
    assert in_language({"en": "a", "zh": "b"}, "fr") == "a"
    assert in_language({"en": "", "zh": "b"}, "fr") == "b"
    assert in_language({}, "fr") == ""


def test_the_mark_is_served_where_browsers_look_for_it(reader):
    assert reader.get("/favicon.ico").headers["Location"].endswith("/static/merida/mark.svg")


def test_nothing_at_an_address_still_has_search_and_languages(reader):
    page = reader.get("/ar/nothing-here/")

    assert page.status_code == 404
    assert 'action="/ar/search/"' in page.text
    assert 'href="/ru/nothing-here/"' in page.text


def test_a_fault_is_told_without_the_database(rf, django_db_blocker):
    with django_db_blocker.block(), translation.override("ar"):
        page = server_error(rf.get("/ar/"))

    assert page.status_code == 500
    assert 'lang="ar" dir="rtl"' in page.content.decode()


def test_a_request_that_cannot_be_read_is_told_so(rf):
    with translation.override("zh-hans"):
        page = bad_request(rf.get("/zh/"), ValueError())

    assert page.status_code == 400
    assert '<html lang="zh" dir="ltr">' in page.content.decode()


def test_an_unchanged_page_is_not_sent_again(reader):
    first = reader.get("/en/styleguide/")
    second = reader.get("/en/styleguide/", headers={"if-none-match": first.headers["ETag"]})

    assert (second.status_code, second.content) == (304, b"")


def test_scripts_and_styles_come_from_here_only(reader):
    policy = reader.get("/en/styleguide/").headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
