"""What a worker draws before it takes requests."""

import gzip

import pytest

from merida.exchange.usage.models import DayCount
from merida.interfaces.commands.first_pages import draw_home_pages

pytestmark = pytest.mark.django_db


def test_the_home_page_is_drawn_in_each_language_and_counted_in_none(client):
    drawn = [
        gzip.decompress(page.content) if page.has_header("Content-Encoding") else page.content
        for page in draw_home_pages()
    ]

    found = [page.decode().partition("<html lang=")[2][1:3] for page in drawn]
    assert sorted(found) == ["ar", "en", "es", "fr", "ru", "zh"]
    assert not DayCount.objects.exists()
    assert client.get("/en/").status_code == 200
