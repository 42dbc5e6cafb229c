"""The frame of a page, drawn in one go: every text from outside is escaped, each language leads where it should."""

from datetime import date

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from merida.interfaces.web.context import LanguageLink, Page
from merida.interfaces.web.pictures.timeline import DrawnLane, Event, Mark, Timeline
from merida.interfaces.web.pieces import LanguageVersion, Link
from merida.interfaces.web.views.ways import way_to_page

HOSTILE = "\"><script>alert('1')</script>&"
HERE = LanguageLink("ar", "العربية", "rtl", f"/ar/?q={HOSTILE}", current=True)
THERE = LanguageLink("en", "English", "ltr", "/en/", current=False)
PAGE = Page("ar", "rtl", (HERE, THERE), "http://localhost", "comfortable")


def drawn(source: str, language: str = "en", **values: object) -> str:
    with translation.override(language):
        return Template("{% load frame %}" + source).render(Context({"page": PAGE, **values}))


def test_languages_lead_to_the_same_page_and_addresses_never_become_elements():
    ways = drawn("{% language_links page %}")

    assert ways.count("<li>") == 2
    assert '<li><a href="/en/" lang="en" hreflang="en" dir="ltr">English</a></li>' in ways
    assert 'lang="ar" hreflang="ar" dir="rtl" aria-current="true">العربية</a>' in ways
    assert '<link rel="alternate" hreflang="en" href="http://localhost/en/">' in drawn("{% alternates page %}")
    assert HOSTILE not in ways + drawn("{% alternates page %}")


def test_crumbs_lead_up_and_the_last_is_here():
    crumbs = drawn("{% crumbs way %}", way=[Link(HOSTILE, HOSTILE), Link("Tonga")])

    assert HOSTILE not in crumbs
    assert crumbs.endswith('<li><span aria-current="page"><bdi>Tonga</bdi></span></li>\n')


def test_a_tab_says_what_the_version_is_and_a_missing_one_leads_nowhere():
    versions = [
        LanguageVersion("en", "ORIGINAL", f"/en/{HOSTILE}", current=True),
        LanguageVersion("zh", "UNKNOWN", "/zh/"),
        LanguageVersion("fr", "MISSING"),
        LanguageVersion(HOSTILE, "TRANSLATION", "/x/"),
    ]
    tabs = drawn("{% version_tabs versions %}", versions=versions).split("\n")

    assert HOSTILE not in "".join(tabs)
    assert tabs[0].endswith('aria-current="true"><span lang="en">English</span> <small>original</small></a></li>')
    assert tabs[1] == '<li><a href="/zh/"><span lang="zh">中文</span></a></li>'
    assert (
        tabs[2] == '<li><span class="tab-missing"><span lang="fr">Français</span> <small>not here</small></span></li>'
    )
    assert "ترجمة" in drawn("{% version_tabs versions %}", "ar", versions=versions)


@pytest.mark.parametrize("language", ["ar", "zh-hans", "en", "fr", "ru", "es"])
def test_a_way_leads_to_the_page_in_the_language_of_the_reader(language):
    with translation.override(language):
        assert way_to_page("provision", "uncac", "13") == reverse("provision", args=["uncac", "13"])
        assert way_to_page("states") == reverse("states")


def test_no_text_of_a_timeline_becomes_an_element():
    event = Event(HOSTILE, date(2004, 5, 6), tone="HOLLOW")
    marks = (Mark(event, HOSTILE, HOSTILE, HOSTILE), Mark(event, "10.00%", "", HOSTILE))
    picture = Timeline("", (DrawnLane(HOSTILE, "", marks),), ((HOSTILE, 2004), ("5%", HOSTILE)), HOSTILE, None)
    lanes = Template("{% load drawn_timeline %}{% timeline_lanes one %}{% timeline_ticks one %}").render(
        Context({"one": picture})
    )

    assert HOSTILE not in lanes
    assert lanes.count("<script") == 0
    assert '<circle class="mark mark-hollow" cx="10.00%" cy="14" r="6">' in lanes
    assert '<rect class="mark mark-hollow"' in lanes
    assert ">2004</text>" in lanes
