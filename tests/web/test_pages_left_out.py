"""A choice in an address that is none of those offered is said on the page; news by e-mail refuse it."""

from typing import Any

import pytest
from django.test import Client
from tests.worlds import make_person

from merida.exchange.digests.models import Digest

SAID = "Not known here, and left out:"
HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/en/states/", "group"),
        ("/en/organisations/", "kind"),
        ("/en/resolutions/", "body"),
        ("/en/documents/", "year"),
        ("/en/search/?q=asset&", "kind"),
        ("/en/search/?q=asset&", "state"),
        ("/en/search/?q=asset&", "provision"),
        ("/en/search/?q=asset&", "year"),
        ("/en/observatory/", "theme"),
        ("/en/observatory/", "state"),
        ("/en/observatory/", "type"),
        ("/en/observatory/", "provision"),
        ("/en/observatory/", "since"),
        ("/en/observatory/compare/", "theme"),
        ("/en/meetings/", "body"),
        ("/en/calendar/", "mechanism"),
    ],
)
def test_a_choice_that_is_not_offered_is_said(site: Any, visitor: Client, address: str, name: str) -> None:
    join = "" if address.endswith("&") else "?"
    page = visitor.get(f"{address}{join}{name}=nonsense").text
    assert f'{SAID} <bdi class="code">{name}=nonsense</bdi>' in page
    assert SAID not in visitor.get(f"{address}{join}{name}=").text


def test_what_is_offered_and_what_is_not_asked_says_nothing(site: Any, visitor: Client) -> None:
    for address in ("/en/observatory/?state=GHA&since=2019&until=2020", "/en/search/?q=asset&kind=PARAGRAPH&year=2019"):
        assert SAID not in visitor.get(address).text


def test_a_hostile_choice_is_said_harmlessly_and_once(site: Any, visitor: Client) -> None:
    page = visitor.get("/en/observatory/", {"type": HOSTILE, "state": "x" * 5000}).text
    assert HOSTILE not in page
    assert page.count("type=&lt;script&gt;") == 1
    assert f"state={'x' * 40}…" in page


def test_news_are_not_asked_for_everything_by_a_slip(site: Any, visitor: Client) -> None:
    reader = make_person("slip_reader", "READER")
    visitor.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    sent = {"rhythm": "DAILY", "language": "en"}
    answer = visitor.post("/en/observatory/news/?state=XYZ", sent)
    assert answer.status_code == 422
    assert "state=XYZ: there is no such choice." in answer.text
    assert SAID not in answer.text  # it stands in the form
    assert not Digest.objects.exists()
    assert visitor.post("/en/observatory/news/?state=GHA", sent).status_code == 302
    assert Digest.objects.get().choices == {"state": "GHA"}
