"""An officer builds a questionnaire in a browser, and a State's focal point finds it on the desk."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from tests.e2e.conftest import follow
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.worlds import make_person

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.models import State
from merida.review.questionnaires.asking import ask_states, name_focal_point
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Version

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(context, user, address):
    """Give a browser the session of a person."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.clear_cookies()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def press(tab, selector):
    """Press a button and wait for the page after it."""
    follow(tab.locator(selector).first)


def add_question(tab, kind, words):
    """Open the form of a new question in the section that is shown, and write its words."""
    tab.select_option("#kind", kind)
    press(tab, "form.choices button")
    tab.fill("[name='text.en']", words)


SAVE = "form#question p.row button[value=save]"


def build(tab, look):
    """Write a questionnaire of two sections and five questions, with a condition and a provision."""
    tab.goto("/en/questionnaires/")
    follow(tab.locator("main a[href$='/questionnaires/build/']"))
    look("start")
    tab.fill("#code", "walked")
    tab.fill("[name='title.en']", "Walked through")
    tab.fill("[name='section.en']", "Offences")
    press(tab, "form.builder-form > button")
    add_question(tab, "COMPLIANCE", "Is bribery an offence?")
    tab.fill("#find", "UNCAC 15")
    press(tab, "fieldset button[value=find]")
    tab.check("input[name=provision][value='UNCAC 15']")
    press(tab, SAVE)
    add_question(tab, "LAW", "Under which law?")
    tab.click("summary:has-text('Asked only after')")
    tab.check("input[name='is:section-1.compliance'][value=YES]")
    look("question")
    press(tab, SAVE)
    add_question(tab, "STATISTICS", "How many cases?")
    tab.fill("[name='column.0.en']", "2025")
    tab.select_option("[name='column.0.kind']", "NUMBER")
    tab.fill("[name='row.0.en']", "Opened")
    press(tab, SAVE)
    follow(tab.locator("nav a[href$='/build/section/']"))
    look("section")
    tab.fill("[name='title.en']", "Help")
    press(tab, "form.builder-form p.row button[value=save]")
    add_question(tab, "ASSISTANCE", "Which help is needed?")
    press(tab, SAVE)
    add_question(tab, "PRACTICE", "What is done?")
    press(tab, SAVE)
    press(tab, "[id='q-section-2.practice'] button:has-text('Up')")
    look("tree")


def read_in_other_languages(tab, look):
    """Open each page of the builder where another script, or another direction, is read."""
    for code in ("ar", "zh"):
        tab.goto(f"/{code}/questionnaires/walked/build/?section=section-1")
        look(f"tree {code}")
        for name, address in (
            ("question", "question/section-1.law/"),
            ("table", "question/section-1.statistics/"),
            ("unfinished", "unfinished/"),
            ("heading", "heading/"),
            ("remove", "remove/question/section-1.compliance/"),
        ):
            tab.goto(f"/{code}/questionnaires/walked/build/{address}")
            look(f"{name} {code}")


def test_from_a_new_questionnaire_to_the_desk_of_a_state(tab, live_server, axe):
    begin_with("registry", load_registry)
    officer, focal = make_person("build_officer", "SECRETARIAT"), make_person("build_focal")
    sign_in(tab.context, officer, live_server.url)
    broken = {}

    def look(name):
        broken[name] = axe(tab)

    build(tab, look)
    read_in_other_languages(tab, look)
    tab.goto("/en/questionnaires/walked/desk/")
    press(tab, "form[action$='/publish/'] button")
    version = Version.objects.get(questionnaire__code="walked")
    assert form_of(version).order == (
        "section-1.compliance", "section-1.law", "section-1.statistics", "section-2.practice", "section-2.assistance",
    )  # fmt: skip
    assert version.frozen_at is not None
    response = ask_states(SYSTEM, version, [State.objects.get(iso3="GHA")], is_sample=True)[0]
    name_focal_point(SYSTEM, response, focal)
    sign_in(tab.context, focal, live_server.url)
    tab.goto("/en/desk/")
    follow(tab.locator(f"main a[href='/en/desk/{response.uuid}/']"))
    expect(tab.locator("main")).to_contain_text("Offences")
    tab.goto(f"/en/desk/{response.uuid}/section-1.compliance/")
    expect(tab.locator("h1")).to_have_text("Is bribery an offence?")
    assert {name: found for name, found in broken.items() if found} == {}
