"""What search engines find: journey 1 begins on a State's page in French."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_robots_are_led_to_the_sitemap(visitor):
    text = visitor.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /*/account/" in text


def test_the_sitemap_names_a_state_in_six_languages_with_its_alternates(visitor):
    text = visitor.get("/sitemap-states.xml").text
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert f"<loc>http://testserver/{language}/states/alb/</loc>" in text
    entry = re.search(r"<loc>http://testserver/fr/states/alb/</loc>.*?</url>", text, re.DOTALL).group()
    assert len(re.findall(r'rel="alternate"', entry)) == 6


def test_every_section_answers_and_its_first_page_exists(visitor):
    index = visitor.get("/sitemap.xml").text
    sections = re.findall(r"<loc>http://testserver(/sitemap-[^<?]+)", index)
    assert set(sections) == {
        f"/sitemap-{name}.xml"
        for name in (
            "calendars",
            "states",
            "visits",
            "instruments",
            "provisions",
            "questionnaires",
            "mechanisms",
            "resolutions",
            "organisations",
            "documents",
            "draws",
            "figures",
            "crosswalk",
            "crosswalk-pairs",
            "themes",
            "reports",
            "mandates",
            "meetings",
        )
    }
    empty = {f"{name}.xml" for name in ("calendars", "draws", "themes", "visits", "crosswalk", "questionnaires")}
    empty |= {"crosswalk", "figures.xml", "meetings.xml", "mandates.xml", "reports.xml"}
    # No draw was held, no visit planned, nothing mapped, asked or told of in this world: tests of those pages ask.
    for section in sorted(section for section in set(sections) if section.split("-")[1] not in empty):
        first = re.search(r"<loc>http://testserver([^<]+)</loc>", visitor.get(section).text).group(1)
        assert visitor.get(first, follow=True).status_code == 200


def test_the_sitemap_names_no_document_that_is_not_for_everybody(sign_in):
    text = sign_in("administrator").get("/sitemap-documents.xml").text
    named = set(re.findall(r"/en/documents/([a-z-]+)/", text))
    assert "public" in named
    assert named & {"draft", "restricted", "restricted-draft"} == set()


def test_a_page_kept_for_one_host_is_not_served_to_another(visitor, settings):
    settings.ALLOWED_HOSTS = ["one.example.org", "two.example.org"]
    first = visitor.get("/en/states/", headers={"host": "one.example.org"})
    second = visitor.get("/en/states/", headers={"host": "two.example.org", "if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert 'rel="canonical" href="http://two.example.org/en/states/"' in second.text
