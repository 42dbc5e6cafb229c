"""A focal point's eight weeks in a browser: entrust, reuse, a lost connection, two in one answer, submit, publish."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from tests.e2e.conftest import follow
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.worlds import make_person

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.models import State
from merida.review.questionnaires.answering import save_answer
from merida.review.questionnaires.asking import ask_states, name_focal_point
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.models import Answer, Response, Revision

pytestmark = pytest.mark.django_db(transaction=True)
FILE = """format: merida-questionnaire/1
code: {code}-sample
title: {{en: "{code} sample"}}
choices:
  level: [{{code: YES, text: {{en: "Yes"}}}}, {{code: NO, text: {{en: "No"}}}}]
sections:
- id: liability
  title: {{en: Liability of legal persons}}
  provision: UNCAC 26(1)
  questions:
  - {{id: {code}.level, kind: COMPLIANCE, text: {{en: Is it so?}}, choices: level}}
  - {{id: {code}.law, kind: LAW, text: {{en: Which law?}}}}
  - {{id: {code}.practice, kind: PRACTICE, text: {{en: In practice?}}}}
"""
EARLIER = {"earlier.law": "Section 9 of the Sample Act.", "earlier.practice": "A practice of long ago."}


@pytest.fixture
def asked(transactional_db, live_server):
    """Return a response to answer, its focal point, a colleague, the site; an earlier one of the State is answered."""
    begin_with("registry", load_registry)
    focal, colleague = make_person("walk_focal"), make_person("walk_colleague")
    responses = []
    for code in ("earlier", "now"):
        version = publish_version(SYSTEM, take_in(SYSTEM, FILE.format(code=code)))
        responses += ask_states(SYSTEM, version, [State.objects.get(iso3="GHA")], is_sample=True)
        name_focal_point(SYSTEM, responses[-1], focal)
    for question, text in EARLIER.items():
        save_answer(actor_of(focal), responses[0], question, {"text": text}, seen=0)
    return responses[1], focal, colleague, live_server.url


def sign_in(context, user, address):
    """Give a browser the session of a person."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def deed(tab, name):
    """Send the form of a deed and wait for the page after it."""
    follow(tab.locator(f"form[action$='/{name}/'] button").first)


def saved(tab):
    """Wait until the server has acknowledged what was typed."""
    expect(tab.locator("[data-state]")).to_have_attribute("data-kind", "")
    tab.wait_for_function("place => !localStorage.getItem(place)", arg=tab.evaluate(PLACE))


PLACE = """() => {
  const { person, language } = document.querySelector("form[data-answer]").dataset;
  return `merida:answer:${person}:${location.pathname.replace(/^\\/\\w\\w\\//, "/")}:${language}`;
}"""


@dataclass
class Walk:
    """The focal point's tab, that of a colleague, what is answered; what axe found on the way."""

    tab: Any
    away: Any
    desk: str
    response: Response
    axe: Callable[[object], list[str]]
    broken: dict[str, list[str]] = field(default_factory=dict)

    def look(self, name: str) -> None:
        self.broken[name] = self.axe(self.tab)

    def text(self, question: str) -> str:
        return Answer.objects.get(response=self.response, question=question).value["text"]


@pytest.fixture
def away(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def walk(asked, tab, away, axe, code):
    response, focal, colleague, site = asked
    sign_in(tab.context, focal, site)
    sign_in(away.context, colleague, site)
    made = Walk(tab, away, f"/{code}/desk/{response.uuid}/", response, axe)
    for each in (made.tab, made.away):
        each.set_default_timeout(60_000)
    tab.goto(f"/{code}/desk/")
    follow(tab.locator(f"main a[href='{made.desk}']"))
    tab.locator("details:has(#email) > summary").click()
    tab.fill("#email", colleague.email)
    tab.select_option("#scopes", "liability")
    deed(tab, "delegate")
    made.look("desk")
    return made


@pytest.mark.parametrize("code", ["en", "ar"])
def test_the_walk_of_a_focal_point(walk, code):
    takes_one_earlier_answer_and_leaves_another(walk)
    loses_and_finds_the_connection(walk)
    both_type_in_one_answer(walk)
    clears_submits_recalls_and_submits_again(walk)
    deed_on(walk, "now.law", "consent")
    public = f"/{code}/questionnaires/now-sample/answers/"
    assert "Section 9 of the Sample Act, as amended." in Client().get(f"{public}now.law/").text
    assert "By the colleague." not in Client().get(f"{public}now.practice/").text
    assert {name: found for name, found in walk.broken.items() if found} == {}


def takes_one_earlier_answer_and_leaves_another(walk):
    tab = walk.tab
    tab.goto(f"{walk.desk}now.law/")
    walk.look("question")
    tab.locator("#elsewhere textarea").fill("Section 9 of the Sample Act, as amended.")
    follow(tab.locator("#elsewhere button[value='take']"))
    assert walk.text("now.law") == "Section 9 of the Sample Act, as amended."
    tab.goto(f"{walk.desk}now.practice/")
    follow(tab.locator("#elsewhere button[value='leave']"))
    tab.goto(f"{walk.desk}now.practice/")
    expect(tab.locator("#elsewhere textarea")).to_have_count(0)


def loses_and_finds_the_connection(walk):
    away = walk.away
    away.goto(f"{walk.desk}now.practice/")
    away.context.set_offline(True)
    away.locator("#text").press_sequentially("Typed without a line.")
    expect(away.locator("[data-state]")).to_have_attribute("data-kind", "attention", timeout=30_000)
    away.context.set_offline(False)
    saved(away)
    assert walk.text("now.practice") == "Typed without a line."


def both_type_in_one_answer(walk):
    tab, away = walk.tab, walk.away
    for each in (tab, away):
        each.goto(f"{walk.desk}now.practice/")
    away.locator("#text").fill("Typed without a line.\nBy the colleague.")
    saved(away)
    tab.locator("#text").fill("By the focal point.\nTyped without a line.")
    expect(tab.locator(".answer-beside")).to_be_visible(timeout=60_000)
    tab.wait_for_load_state()  # the page came anew
    walk.look("two texts")
    deed(tab, "settle")
    assert walk.text("now.practice") == "By the focal point.\nTyped without a line.\nBy the colleague."
    tab.goto(f"{walk.desk}now.practice/history/")
    walk.look("history")
    kept = Revision.objects.filter(answer__question="now.practice").count()
    assert tab.locator(".answer-history > li").count() == kept


def clears_submits_recalls_and_submits_again(walk):
    chooses(walk, "YES")
    for question in ("now.level", "now.law", "now.practice"):
        deed_on(walk, question, "clear")
    walk.tab.goto(walk.desk)
    deed(walk.tab, "submit")
    walk.tab.goto(f"{walk.desk}now.level/")
    walk.tab.fill("#reason", "A new law")
    deed(walk.tab, "recall")
    chooses(walk, "NO")
    deed_on(walk, "now.level", "clear")
    walk.tab.goto(walk.desk)
    deed(walk.tab, "submit")
    assert Response.objects.get(pk=walk.response.pk).stage == "SUBMITTED"


def chooses(walk, choice):
    walk.tab.goto(f"{walk.desk}now.level/")
    walk.tab.check(f"input[name='choice'][value='{choice}']")
    saved(walk.tab)


def deed_on(walk, question, name):
    walk.tab.goto(f"{walk.desk}{question}/")
    deed(walk.tab, name)


def test_what_one_person_could_not_send_is_not_sent_under_the_name_of_the_next(asked, chromium):
    response, focal, colleague, site = asked
    context = chromium.new_context(base_url=site)
    sign_in(context, focal, site)
    tab = context.new_page()
    question = f"/en/desk/{response.uuid}/now.practice/"
    tab.goto(question)
    left = {"fields": [["language", "en"], ["text", "Typed by the focal point."]], "seen": "0", "key": str(uuid4())}
    place = tab.evaluate(PLACE)
    tab.evaluate("([place, left]) => localStorage.setItem(place, left)", [place, json.dumps(left)])
    name_focal_point(SYSTEM, response, colleague)
    sign_in(context, colleague, site)
    tab.goto(question, wait_until="networkidle")
    assert tab.locator("#text").input_value() == ""
    sign_in(context, focal, site)
    tab.goto(question)
    expect(tab.locator("#text")).to_have_value("Typed by the focal point.", timeout=60_000)
    tab.wait_for_function("place => !localStorage.getItem(place)", arg=place)  # acknowledged
    made = Revision.objects.filter(answer__question="now.practice").values_list("made_by__email", flat=True)
    assert set(made) == {focal.email}
    context.close()
