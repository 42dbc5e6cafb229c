"""Building a questionnaire in the browser: every part by buttons and forms, without a script."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.answering_world import FILE, make_answering
from tests.worlds import make_person

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.foundation.registry.actions import load_reference_data
from merida.interfaces.web.templatetags.words import moment
from merida.review.questionnaires import building, editing
from merida.review.questionnaires.form import Choice, Condition, Kind, Question
from merida.review.questionnaires.form_file import read_form, write_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Questionnaire, Version

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/en/questionnaires/sample-survey/build/"


def browser(role: str = "SECRETARIAT") -> Client:
    client = Client()
    client.force_login(make_person(f"builder_{role.lower()}", role), backend=BACKEND)
    return client


@pytest.fixture
def draft() -> Version:
    return editing.take_in(SYSTEM, FILE)


def now(version: Version):
    return form_of(Version.objects.get(pk=version.pk))


def fields_of(page: str) -> dict[str, str]:
    """Return what the form of a page would send as it stands, but for lists and marks."""
    page = page.split('aria-labelledby="preview"', maxsplit=1)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found |= {
        name: text.removeprefix("\n")
        for name, text in re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)<', page)
    }
    found |= dict(re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<input type="text" id="[^"]+" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<input type="(?:radio|checkbox)" name="(provision)" value="([^"]*)" checked', page))
    found.pop("csrfmiddlewaretoken", None)
    return {name: unescape(text) for name, text in found.items()}


def test_a_questionnaire_begins_in_the_browser():
    client = browser()
    assert "/questionnaires/build/" in client.get("/en/questionnaires/").text
    sent = {"code": "new-one", "title.en": "New one", "title.ar": "جديد", "section.en": "Part one"}
    page = client.post("/en/questionnaires/build/", sent, follow=True)
    assert "Part one" in page.text
    form = form_of(Version.objects.get())
    assert (form.title, form.sections[0].title) == ({"en": "New one", "ar": "جديد"}, {"en": "Part one"})


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"code": "Not A Code", "title.en": "Kept title", "section.en": "S"}, "small letters, digits and hyphens"),
        ({"code": "ok", "section.en": "Kept title"}, "no words in any language"),
        ({"code": "ok", "title.en": "Kept title" + "x" * 10_000, "section.en": "S"}, "at most 3000 are kept"),
        ({"code": "ok", "title.en": "Kept title\x00", "section.en": "S"}, "characters that no screen shows"),
        ({"code": "ok", "title.en": "Kept title", "section.en": "S", "mechanism": "XX"}, "XX is not in the registry"),
    ],
)
def test_what_cannot_begin_is_said_and_what_was_typed_stays(sent, said):
    page = browser().post("/en/questionnaires/build/", sent)
    assert page.status_code == 422
    assert said in page.text
    assert "Kept title" in page.text
    assert not Questionnaire.objects.exists()


PATHS = (
    "", "heading/", "unfinished/", "section/", "section/money/", "question/", "question/bribery.law/",
    "remove/question/bribery.law/", "remove/section/money/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_only_those_who_ask_states_see_the_builder(draft, path):
    assert browser().get(HERE + path).status_code == 200
    assert browser("ADMINISTRATOR").get(HERE + path).status_code == 200
    for role in ("READER", "CURATOR"):
        client = browser(role)
        assert client.get(HERE + path).status_code in {403, 404}
        assert client.post(HERE + path, {"seen": "x", "title.en": "x", "text.en": "x", "do": "save"}).status_code in {
            403,
            404,
        }
    assert Client().get(HERE + path).status_code in {302, 403, 404}
    assert now(draft) == read_form(FILE)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_question_is_added_and_saved_again_unchanged(draft, kind):
    client = browser()
    address = f"{HERE}question/?section=money&kind={kind.value}"
    sent = fields_of(client.get(address).text) | {
        "do": "save",
        "kind": kind.value,
        "text.en": "What?",
        "text.ar": "ماذا؟",
    }
    if kind is Kind.CHOICE:
        sent |= {"choice.0.en": "Often", "choice.1.en": "Seldom"}
    sent |= {"column.0.en": "Cases", "column.0.kind": "NUMBER", "column.0.unit": "cases", "column.0.year": "2025"}
    sent |= {"row.0.en": "Opened"}
    assert client.post(address, sent).status_code == 302
    added = now(draft).questions()
    question = list(added)[-1]
    assert (question.kind, question.text["ar"], question.required) == (kind, "ماذا؟", False)
    place = f"{HERE}question/{question.identifier}/"
    again = fields_of(client.get(place).text) | {"do": "save", "kind": kind.value, "column.0.kind": "NUMBER"}
    assert client.post(place, again).status_code == 302
    assert now(draft).by_identifier[question.identifier] == question
    assert read_form(write_form(now(draft))) == now(draft)


def test_kinds_with_a_list_begin_with_the_right_one_and_another_can_be_taken(draft):
    client = browser()
    page = client.get(f"{HERE}question/?section=money&kind=ASSISTANCE").text
    assert 'value="MODEL_LEGISLATION"' in page
    sent = fields_of(page) | {"kind": "ASSISTANCE", "do": "list:assistance-2", "text.en": "Typed"}
    other = client.post(f"{HERE}question/?section=money", sent).text
    assert 'value="POLICYMAKING"' in other
    assert "Typed</textarea>" in other


def test_a_condition_is_chosen_from_earlier_questions_only(draft):
    client, place = browser(), f"{HERE}question/money.practice/"
    page = client.get(place).text
    assert 'name="is:bribery.level"' in page
    sent = fields_of(page) | {"do": "save", "kind": "PRACTICE", "is:bribery.level": "NO"}
    assert client.post(place, sent).status_code == 302
    assert now(draft).by_identifier["money.practice"].conditions == (Condition("bribery.level", ("NO",)),)
    assert 'name="is:bribery.level"' not in client.get(f"{HERE}question/bribery.level/").text
    sent = fields_of(client.get(f"{HERE}question/bribery.law/").text) | {
        "do": "save",
        "kind": "LAW",
        "is:money.practice": "X",
    }
    refused = client.post(f"{HERE}question/bribery.law/", sent)
    assert refused.status_code == 422
    assert "must stand behind it" in refused.text


def test_the_second_officer_sees_both_versions_and_saves_on_purpose(draft):
    one, place = browser(), f"{HERE}question/money.practice/"
    other = browser("ADMINISTRATOR")
    opened = fields_of(one.get(place).text) | {"do": "save", "kind": "PRACTICE"}
    assert other.post(place, opened | {"text.en": "Theirs now"}).status_code == 302
    told = one.post(place, opened | {"text.en": "Mine typed"})
    assert told.status_code == 409
    last = history(reference_to(draft))[-1]
    assert f"{last.who} changed money.practice on {moment(last.at)}" in told.text
    assert "Theirs now" in told.text
    assert "Mine typed" in told.text
    assert now(draft).by_identifier["money.practice"].text["en"] == "Theirs now"
    again = fields_of(told.text) | {"do": "save", "kind": "PRACTICE"}
    assert one.post(place, again).status_code == 302
    assert now(draft).by_identifier["money.practice"].text["en"] == "Mine typed"


def test_a_removed_question_leaves_what_was_typed_on_the_screen(draft):
    client, place = browser(), f"{HERE}question/money.practice/"
    opened = fields_of(client.get(place).text) | {"do": "save", "kind": "PRACTICE", "text.en": "Mine typed"}
    held = now(draft).by_identifier["money.practice"]
    building.remove_question(SYSTEM, draft, "money.practice", seen=building.state_of(held))
    told = client.post(place, opened)
    assert told.status_code == 409
    assert "Mine typed</textarea>" in told.text


def test_the_text_editor_does_not_replace_what_somebody_changed(draft):
    client, place = browser(), "/en/questionnaires/sample-survey/write/"
    seen = fields_of(client.get(place).text)["seen"]
    building.move_question(SYSTEM, draft, "money.cases", -1)
    told = client.post(place, {"text": FILE.replace("Money", "Funds"), "seen": seen})
    assert told.status_code == 422
    assert f"changed this draft on {moment(history(reference_to(draft))[-1].at)}" in told.text
    assert "Funds" in told.text
    assert now(draft).order[3] == "money.cases"


def test_parts_move_and_are_copied_by_buttons(draft):
    client = browser()
    client.post(f"{HERE}up/", {"item": "money.practice"})
    assert now(draft).section_of["money.practice"] == "bribery"
    client.post(f"{HERE}into/", {"item": "money.practice", "into": "money"})
    assert now(draft).order[-1] == "money.practice"
    client.post(f"{HERE}copy/", {"item": "money.practice"})
    client.post(f"{HERE}section-down/", {"item": "bribery"})
    assert now(draft).order[0] == "money.cases"
    client.post(f"{HERE}section-copy/", {"item": "money"})
    assert [each.identifier for each in now(draft).sections] == ["money", "money-2", "bribery"]
    refused = client.post(f"{HERE}up/", {"item": "bribery.law", "section": "bribery"})
    assert refused.status_code == 422
    assert "must stand behind it" in refused.text
    assert client.post(f"{HERE}up/", {"item": "gone"}).status_code == 422
    assert client.post(f"{HERE}dance/", {"item": "gone"}).status_code == 404


def test_before_something_is_removed_the_page_says_what_is_lost(draft):
    client, place = browser(), f"{HERE}remove/question/bribery.level/"
    page = client.get(place).text
    assert "Is it an offence?" in page
    assert "Under which law?" in page
    assert client.post(place, {"seen": "old"}).status_code == 409
    assert client.post(place, {"seen": fields_of(page)["seen"]}).status_code == 302
    assert now(draft).by_identifier["bribery.law"].conditions == ()
    place = f"{HERE}remove/section/bribery/"
    assert client.post(place, {"seen": fields_of(client.get(place).text)["seen"]}).status_code == 302
    place = f"{HERE}remove/section/money/"
    last = client.post(place, {"seen": fields_of(client.get(place).text)["seen"]})
    assert last.status_code == 422


def test_sections_are_added_changed_and_renamed(draft):
    client = browser()
    page = client.get(f"{HERE}section/?before=money").text
    sent = fields_of(page) | {"title.en": "Between", "title.ru": "Между", "do": "save"}
    assert client.post(f"{HERE}section/", sent).status_code == 302
    assert [each.identifier for each in now(draft).sections] == ["bribery", "section-3", "money"]
    place = f"{HERE}section/section-3/"
    sent = fields_of(client.get(place).text) | {"title.en": "Middle", "rename": "middle", "do": "save"}
    assert client.post(place, sent).status_code == 302
    assert now(draft).section_named["middle"].title == {"en": "Middle", "ru": "Между"}
    sent = fields_of(client.get(f"{HERE}section/middle/").text) | {
        "title.en": "Half",
        "rename": "bad name",
        "do": "save",
    }
    refused = client.post(f"{HERE}section/middle/", sent)
    assert refused.status_code == 422
    assert "Half</textarea>" in refused.text
    assert now(draft).section_named["middle"].title["en"] == "Middle"  # nothing half-saved


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"identifier": "bribery.law"}, "the identifier bribery.law is taken"),
        ({"identifier": "a b"}, "an identifier is made of"),
        ({"identifier": "a\u200fb"}, "an identifier is made of"),
        ({"text.en": ""}, "no words in any language"),
        ({"text.en": "y" * 10_000}, "has 10000 characters"),
        ({"text.en": "What\x00?"}, "characters that no screen shows"),
        ({"kind": "RIDDLE"}, "RIDDLE is not known here"),
        ({"obligation": "PERHAPS"}, "PERHAPS is not known here"),
        ({"provision": "UNCAC 999"}, "UNCAC 999 is not in the registry"),
        ({"is:bribery.level": "MAYBE"}, "has no such answer"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(draft, change, said):
    client = browser()
    address = f"{HERE}question/?section=money&kind=PRACTICE"
    sent = fields_of(client.get(address).text) | {"do": "save", "kind": "PRACTICE", "text.en": "Asked?"}
    refused = client.post(address, sent | {"guidance.fr": "Reste ici"} | change)
    assert refused.status_code == 422
    assert said in refused.text
    assert "Reste ici</textarea>" in refused.text
    assert now(draft) == read_form(FILE)


def test_hostile_text_stays_text(draft):
    client = browser()
    address, hostile = f"{HERE}question/?section=money&kind=PRACTICE", '"><script>alert(1)</script>'
    sent = fields_of(client.get(address).text) | {"do": "save", "kind": "PRACTICE", "text.en": hostile}
    assert client.post(address, sent).status_code == 302
    for path in ("?section=money", "unfinished/", "question/money.practice-2/", "remove/question/money.practice-2/"):
        assert "<script>alert" not in client.get(HERE + path).text


def test_the_preview_is_in_the_language_that_is_chosen(draft):
    client, place = browser(), f"{HERE}question/bribery.level/"
    sent = fields_of(client.get(place).text) | {
        "kind": "COMPLIANCE",
        "do": "show",
        "shown_in": "ar",
        "text.ar": "هل هي جريمة؟",
    }
    page = client.post(place, sent).text
    preview = page[page.index("builder-preview") :]
    assert 'lang="ar" dir="rtl"' in preview
    assert "هل هي جريمة؟" in preview
    assert "اختر" in preview
    assert "ar" not in now(draft).by_identifier["bribery.level"].text


def test_what_is_unfinished_leads_to_its_place_and_keeps_from_publishing(draft):
    client = browser()
    client.post(f"{HERE}section/", {"identifier": "empty", "title.en": "Empty", "do": "save"})
    page = client.get(f"{HERE}unfinished/").text
    assert "1 place keeps the draft from being published" in page
    assert f"{HERE}?section=empty" in page
    assert f"{HERE}question/bribery.law/" in page
    refused = client.post("/en/questionnaires/sample-survey/desk/publish/")
    assert refused.status_code == 422
    assert "empty: a section without questions" in refused.text


def test_beside_a_question_stands_what_others_ask_on_its_provision():
    load_reference_data(SYSTEM)
    asked = FILE.replace("kind: COMPLIANCE", 'kind: COMPLIANCE, provision: "UNCAC 26(1)"')
    other = asked.replace("code: sample-survey", "code: other-survey").replace("Sample survey", "Other survey")
    editing.publish_version(SYSTEM, editing.take_in(SYSTEM, other))
    editing.take_in(SYSTEM, asked)
    client, place = browser(), f"{HERE}question/bribery.level/"
    page = client.get(place).text
    assert "/en/questionnaires/other-survey/answers/bribery.level/" in page
    assert "the same provision" in page
    sent = fields_of(page) | {"kind": "COMPLIANCE", "do": "find", "find": "uncac 26\x00"}
    found = client.post(place, sent).text
    assert found.index('value="UNCAC 26"') < found.index('value="UNCAC 26(2)"')
    whole = client.post(place, sent | {"provision": "UNCAC 26", "do": "show"}).text
    assert "a part of this provision" in whole
    loose = client.post(place, sent | {"find": "uncac 26(", "do": "save"}).text
    assert "Choose the provision among those found" in loose
    client.post(place, sent | {"find": "uncac 26(2)", "do": "save"})
    draft = lambda: form_of(Version.objects.get(frozen_at=None)).by_identifier["bribery.level"]  # noqa: E731
    assert draft().provisions == ("UNCAC 26(1)", "UNCAC 26(2)")
    both = client.get(place).text
    assert len(re.findall(r'name="provision" value="UNCAC 26.[12]." checked', both)) == 2
    client.post(place, fields_of(both) | {"kind": "COMPLIANCE", "provision": ["UNCAC 26(2)"], "do": "save"})
    assert draft().provisions == ("UNCAC 26(2)",)


def test_a_published_version_offers_the_next_one():
    world = make_answering()
    client = browser()
    page = client.get(HERE).text
    assert "New version from this one" in page
    assert "Add a question" not in page
    assert client.post(f"{HERE}up/", {"item": "bribery.law"}).status_code == 422
    assert client.post(f"{HERE}next-version/").status_code == 302
    assert "Add a question" in client.get(HERE).text
    assert 'name="rename"' not in client.get(f"{HERE}question/bribery.law/").text
    assert form_of(Version.objects.get(number=1)) == form_of(world.version)


def test_the_number_of_queries_does_not_grow_with_the_questions(draft, django_assert_max_num_queries):
    client = browser()
    for address in (HERE, f"{HERE}question/bribery.level/", f"{HERE}unfinished/"):
        client.get(address)
        with django_assert_max_num_queries(100) as few:
            client.get(address)
        most = len(few)
        form = now(draft)
        for number in range(20):
            made = Question(
                f"n{number}.{len(form.order)}", Kind.CHOICE, {"en": "x"}, choices=(Choice("A", {"en": "A"}),)
            )
            building.add_question(SYSTEM, draft, made, section="bribery")
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
