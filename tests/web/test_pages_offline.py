"""Answers taken along and brought back: for whom, what becomes of each, what is refused and why."""

import hashlib
import io
import json
import re

import pytest
from django.test import Client
from tests.answering_world import FILE, Answering, make_answering
from tests.offline_copy import PASSPHRASE, TYPED, Copy

from merida.exchange.offline.models import Package, Returned
from merida.exchange.offline.sealing import ITERATIONS
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.review.questionnaires.answering import clear, keep_many, save_answer
from merida.review.questionnaires.asking import end_delegation, move_to_version
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.models import Answer, Delegation, Response, Revision
from merida.review.questionnaires.queries import counts, kept_aside
from merida.review.questionnaires.submitting import submit

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HOSTILE = "<script>alert(1)</script></script><img src=x onerror=alert(2)>"


@pytest.fixture(autouse=True)
def _few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merida.exchange.offline.packing.ITERATIONS", 1000)


@pytest.fixture
def world() -> Answering:
    return make_answering()


def browser(world: Answering, name: str) -> Client:
    client = Client()
    if name != "anybody":
        client.force_login(getattr(world, name), backend=BACKEND)
    return client


def put(world: Answering, question: str, *, name: str = "focal_point", seen: int = 0, **value: object) -> None:
    save_answer(world.actor(name), world.response, question, value, seen=seen)


def take_page(world: Answering) -> str:
    return f"/en/desk/offline/{world.response.uuid}/"


def taken(world: Answering, name: str = "focal_point", *, language: str = "en") -> Copy:
    sent = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "language": language}
    said = browser(world, name).post(take_page(world), sent)
    assert said.status_code == 200
    assert said["Content-Disposition"].startswith("attachment")
    return Copy(said.content.decode())


def bring(world: Answering, name: str, file: str, passphrase: str = PASSPHRASE):
    sent = {"file": io.BytesIO(file.encode()), "passphrase": passphrase}
    return browser(world, name).post("/en/desk/offline/", sent, follow=True)


def verdicts(page) -> list[tuple[str, str]]:
    """Return the verdict of each row and what stands behind it."""
    found = re.findall(r'data-verdict="(\w+)".*?</b>(?:: <bdi>(.*?)</bdi>)?</p>', page.text, re.DOTALL)
    return [(verdict, why) for verdict, why in found]


def take_them_in(world: Answering, name: str, page):
    return browser(world, name).post(page.redirect_chain[-1][0])


def texts(question: str) -> list[object]:
    return [one.value.get("text") for one in Answer.objects.filter(question=question)]


def test_nothing_of_the_answers_can_be_read_without_the_passphrase(world):
    put(world, "money.practice", text="zarabandatrece")
    copy = taken(world)
    assert copy.content["answers"]["money.practice"]["en"] == {"text": "zarabandatrece"}
    for word in ("zarabandatrece", "Ghana", "Bribery", str(world.response.uuid), "sample-survey", PASSPHRASE):
        assert word not in copy.page
    # Three letters stand in what is sealed by chance, one time in twenty.
    outside = re.sub(r"[A-Za-z0-9+/]{16,}={0,2}", "", copy.page)
    assert "GHA" not in outside
    assert b"zarabandatrece" not in copy.envelope.content


def test_the_passphrase_is_stretched_as_documented(world, monkeypatch):
    monkeypatch.setattr("merida.exchange.offline.packing.ITERATIONS", ITERATIONS)
    assert taken(world).envelope.told()["iterations"] == 600_000


def test_who_took_a_package_and_when_is_recorded_and_the_passphrase_nowhere(world):
    copy = taken(world, "delegate")
    package = Package.objects.get()
    assert (package.taken_by, package.questions_count) == (world.delegate, 2)
    change = Change.objects.get(verb="TAKE_ALONG")
    assert str(package.uuid) in change.object_ref
    assert hashlib.sha256(copy.page.encode()).hexdigest() == package.digest
    assert PASSPHRASE not in "".join(str(each) for each in Change.objects.values_list())
    shown = browser(world, "focal_point").get(take_page(world)).text
    assert str(world.delegate) in shown
    assert str(package.uuid)[:8] in shown


def test_a_delegate_takes_and_sees_only_the_own_part(world):
    put(world, "bribery.level", choice="YES", text="zarabandatrece")
    put(world, "money.practice", text="murallasiete")
    taken(world)
    copy = taken(world, "delegate")
    assert copy.questions() == ["money.practice", "money.cases"]
    assert list(copy.content["answers"]) == list(copy.told["bases"]) == ["money.practice"]
    page = browser(world, "delegate").get(take_page(world)).text
    assert str(world.focal_point) not in page


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anybody", 404),
        ("reader", 404),
        ("other_focal_point", 404),
        ("curator", 404),
        ("secretariat", 404),
        ("administrator", 404),
        ("delegate", 200),
        ("focal_point", 200),
    ],
)
def test_only_the_people_of_the_state_take_its_answers_along(world, name, status):
    client = browser(world, name)
    assert client.get(take_page(world)).status_code == status
    sent = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "language": "en"}
    assert client.post(take_page(world), sent).status_code == status
    assert Package.objects.count() == (status == 200)


@pytest.mark.parametrize("name", ["reader", "other_focal_point", "curator", "secretariat", "administrator"])
def test_nobody_else_brings_answers_in_even_with_file_and_passphrase(world, name):
    copy = taken(world)
    copy.type("money.practice", text="from outside")
    page = bring(world, name, copy.export())
    assert page.status_code == 422
    assert "not, or no longer, entrusted to you" in page.text
    assert "Ghana" not in page.text
    assert Answer.objects.count() == Returned.objects.count() == 0


@pytest.mark.parametrize(
    ("passphrase", "again", "said"),
    [
        ("short", "short", "at least 14 characters"),
        ("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", "easily guessed"),
        (PASSPHRASE, PASSPHRASE + "x", "not the same"),
    ],
)
def test_a_weak_or_mistyped_passphrase_is_told_and_nothing_is_made(world, passphrase, again, said):
    page = browser(world, "focal_point").post(take_page(world), {"passphrase": passphrase, "again": again})
    assert page.status_code == 422
    assert said in page.text
    assert not re.search(r'type="password"[^>]*value=', page.text)
    assert Package.objects.count() == 0


def test_the_file_lets_nothing_run_but_its_own_script_and_nothing_leave(world):
    page = taken(world, language="ar").page
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.count("<script") == 4  # words, package, typed, the script
    assert '<html lang="ar" dir="rtl">' in page
    assert "src=" not in page.split("<script")[0]


def test_what_was_typed_comes_back_shown_first_and_then_taken_in(world):
    put(world, "money.practice", text="before")
    copy = taken(world)
    copy.type("money.practice", text="after")
    copy.type("bribery.level", choice="YES", text="new")
    copy.type("money.cases", rows=[{"row": "opened", "y2024": "12"}])
    copy.type("money.practice", language="fr", text="après")
    page = bring(world, "focal_point", copy.export())
    assert [verdict for verdict, _ in verdicts(page)] == ["CHANGED", "NEW", "NEW", "NEW"]
    assert Answer.objects.count() == 1
    take_them_in(world, "focal_point", page)
    assert sorted(texts("money.practice")) == ["after", "après"]
    assert Answer.objects.get(question="bribery.level").value == {"choice": "YES", "text": "new"}
    assert Answer.objects.get(question="money.cases").value == {"rows": [{"row": "opened", "y2024": "12"}]}
    assert Revision.objects.get(answer__language="en", answer__question="money.practice", number=2).verb == "IMPORT"
    change = Change.objects.get(verb="BRING_BACK")
    assert '"NEW":3' in change.text.replace(" ", "")
    assert Returned.objects.get().content == ""


def test_progress_counts_what_came_back(world):
    copy = taken(world)
    copy.type("bribery.level", choice="YES")
    copy.type("money.practice", text="typed")
    take_them_in(world, "focal_point", bring(world, "focal_point", copy.export()))
    kept = {section: (one.asked, one.answered) for section, one in counts(world.desk("focal_point")).items()}
    assert kept == {"bribery": (2, 1), "money": (2, 1)}


def test_an_answer_that_only_has_a_text_beside_it_is_filled(world):
    copy = taken(world)
    copy.type("money.practice", text="typed far away")
    Answer.objects.create(response=world.response, question="money.practice", language="en")  # as keeping aside does
    take_them_in(world, "focal_point", bring(world, "focal_point", copy.export()))
    assert [(one.revision, one.value) for one in Answer.objects.all()] == [(1, {"text": "typed far away"})]


def test_a_second_time_changes_nothing(world):
    put(world, "money.practice", text="before")
    copy = taken(world)
    copy.type("money.practice", text="after")
    file = copy.export()
    first = bring(world, "focal_point", file)
    take_them_in(world, "focal_point", first)
    put(world, "money.practice", seen=2, text="later, on the site")
    held = list(Revision.objects.values_list("pk", "value"))
    again = bring(world, "focal_point", file)
    assert verdicts(again) == [("UNCHANGED", "")]
    take_them_in(world, "focal_point", again)
    take_them_in(world, "focal_point", first)
    assert list(Revision.objects.values_list("pk", "value")) == held


def test_what_somebody_changed_meanwhile_is_not_overwritten_and_both_texts_stand_beside_each_other(world):
    put(world, "money.practice", text="before")
    copy = taken(world, "delegate")
    copy.type("money.practice", text="typed far away")
    put(world, "money.practice", seen=1, text="typed on the site")
    page = bring(world, "delegate", copy.export())
    assert verdicts(page) == [("ASIDE", "Somebody else had changed the answer")]
    assert "typed far away" in page.text
    assert "typed on the site" in page.text
    take_them_in(world, "delegate", page)
    assert texts("money.practice") == ["typed on the site"]
    beside = kept_aside(world.desk("delegate"), "money.practice", "en")
    assert [one.value["text"] for one in beside] == ["typed far away"]
    merging = browser(world, "focal_point").get(f"/en/desk/{world.response.uuid}/money.practice/").text
    assert "Two texts to merge" in merging


def test_who_goes_on_in_the_same_package_does_not_clash_with_the_own_text(world):
    copy = taken(world)
    copy.type("money.practice", text="first day")
    take_them_in(world, "focal_point", bring(world, "focal_point", copy.export()))
    copy.type("money.practice", text="second day")
    page = bring(world, "focal_point", copy.export())
    assert verdicts(page) == [("CHANGED", "")]
    take_them_in(world, "focal_point", page)
    assert texts("money.practice") == ["second day"]


def test_two_people_with_one_package_do_not_overwrite_each_other(world):
    one = taken(world)
    other = Copy(one.page)
    one.type("money.practice", text="hers")
    other.type("money.practice", text="his")
    take_them_in(world, "focal_point", bring(world, "focal_point", one.export()))
    page = bring(world, "focal_point", other.export())
    assert verdicts(page) == [("ASIDE", "Somebody else had changed the answer")]
    take_them_in(world, "focal_point", page)
    assert texts("money.practice") == ["hers"]


def test_the_package_saved_whole_comes_back_as_well(world):
    copy = taken(world)
    copy.type("money.practice", text="saved with the page")
    page = bring(world, "focal_point", copy.saved_whole())
    assert verdicts(page) == [("NEW", "")]


def test_a_question_taken_back_meanwhile_is_refused_and_its_answer_is_not_shown(world):
    put(world, "money.practice", text="before")
    copy = taken(world)
    copy.type("money.practice", text="mine")
    copy.type("bribery.level", choice="YES")
    put(world, "bribery.level", choice="NO", text="zarabandatrece")
    page = bring(world, "delegate", copy.export())
    assert verdicts(page) == [
        ("REFUSED", "bribery.level: no question of this name is entrusted to you"),
        ("CHANGED", ""),
    ]
    assert "zarabandatrece" not in page.text
    take_them_in(world, "delegate", page)
    assert Answer.objects.get(question="bribery.level").value["text"] == "zarabandatrece"
    assert texts("money.practice") == ["mine"]


def test_who_lost_the_part_brings_the_text_to_the_focal_point_and_sees_nothing_of_the_answer(world):
    copy = taken(world, "delegate")
    copy.type("money.practice", text="mine")
    put(world, "money.practice", text="zarabandatrece")
    end_delegation(world.actor("focal_point"), Delegation.objects.get(user=world.delegate))
    page = bring(world, "delegate", copy.export())
    assert verdicts(page) == [("ASIDE", "The writer was no longer entrusted with the question")]
    done = take_them_in(world, "delegate", page)
    for shown in (page, done):
        assert "zarabandatrece" not in shown.text
        assert str(world.response.uuid) not in shown.text
    assert texts("money.practice") == ["zarabandatrece"]
    (beside,) = kept_aside(world.desk("focal_point"), "money.practice", "en")
    assert beside.value == {"text": "mine"}
    merging = browser(world, "focal_point").get(f"/en/desk/{world.response.uuid}/money.practice/").text
    assert "Two texts to merge" in merging


def test_access_lost_between_looking_and_taking_in_keeps_the_text_beside(world):
    copy = taken(world, "delegate")
    copy.type("money.practice", text="mine")
    page = bring(world, "delegate", copy.export())
    end_delegation(world.actor("focal_point"), Delegation.objects.get(user=world.delegate))
    assert take_them_in(world, "delegate", page).status_code == 200
    assert [one.value for one in Answer.objects.all()] == [{}]
    assert [one.aside for one in Revision.objects.all()] == ["NO_LONGER_ENTRUSTED"]


def test_nobody_else_opens_what_somebody_brought_back(world):
    copy = taken(world)
    copy.type("money.practice", text="mine")
    address = bring(world, "focal_point", copy.export()).redirect_chain[-1][0]
    for name in ("anybody", "reader", "other_focal_point", "delegate", "secretariat", "administrator"):
        assert browser(world, name).get(address).status_code == 404
        assert browser(world, name).post(address).status_code == 404


def test_after_the_deadline_the_text_is_kept_beside_and_the_reason_is_told(world):
    copy = taken(world)
    copy.type("money.practice", text="too late")
    type(world.version).objects.update(takes_late=False)
    Response.objects.update(due_date="2020-01-01")
    page = bring(world, "focal_point", copy.export())
    assert verdicts(page) == [("ASIDE", "The deadline had passed")]
    take_them_in(world, "focal_point", page)
    assert [one.value for one in kept_aside(world.desk("focal_point"), "money.practice", "en")] == [
        {"text": "too late"}
    ]


def test_a_submitted_answer_stays_and_the_text_stands_beside_it(world):
    put(world, "bribery.level", choice="NO")
    put(world, "bribery.plan", text="plan")
    put(world, "money.practice", text="submitted")
    copy = taken(world)
    copy.type("money.practice", text="afterthought")
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(world.actor("focal_point"), world.desk("focal_point"), question)
    submit(world.actor("focal_point"), world.desk("focal_point"))
    page = bring(world, "focal_point", copy.export())
    assert verdicts(page) == [("ASIDE", "The answers had been submitted")]
    take_them_in(world, "focal_point", page)
    assert texts("money.practice") == ["submitted"]


def test_values_that_do_not_fit_are_refused_one_by_one_and_the_others_taken(world):
    copy = taken(world)
    copy.type("bribery.level", choice="PERHAPS")
    copy.type("bribery.law", text="x" * 500_001)
    copy.type("money.cases", rows=[{"row": "opened", "y2024": "many"}])
    copy.type("bribery.plan", number="3")
    copy.type("nowhere", text="x")
    copy.type("money.practice", language="de", text="x")
    copy.type("money.practice", text="fits")
    page = bring(world, "focal_point", copy.export())
    said = verdicts(page)
    assert [verdict for verdict, _ in said] == ["REFUSED"] * 6 + ["NEW"]
    reasons = " ".join(why for _, why in said)
    for words in ("500001 characters", "many is no number", "no question of this name", "none of the six"):
        assert words in reasons
    take_them_in(world, "focal_point", page)
    assert [one.value for one in Answer.objects.all()] == [{"text": "fits"}]


def test_answers_of_an_earlier_version_are_taken_where_they_still_fit(world):
    put(world, "money.practice", text="before")
    copy = taken(world)
    for question, value in (
        ("money.practice", {"text": "after"}),
        ("bribery.plan", {"text": "gone"}),
        ("bribery.law", {"text": "another kind"}),
    ):
        copy.type(question, **value)
    file = re.sub(r"  - \{id: bribery.plan.*\n", "", FILE).replace("kind: LAW", "kind: NUMBER")
    version = publish_version(SYSTEM, take_in(SYSTEM, file))
    move_to_version(SYSTEM, world.response, version)
    page = bring(world, "focal_point", copy.export())
    assert dict.fromkeys(why for verdict, why in verdicts(page) if verdict == "REFUSED") == {
        "bribery.law: the question takes another kind of answer now": None,
        "bribery.plan: no question of this name is entrusted to you": None,
    }
    take_them_in(world, "focal_point", page)
    assert texts("money.practice") == ["after"]


def edited(copy: Copy) -> str:
    """Return answers under a manifest whose revisions were changed: they would overwrite what came later."""
    copy.manifest = json.dumps({**copy.told, "bases": {"money.practice": {"en": 7}}})
    return copy.export()


def signed_by_nobody(copy: Copy) -> str:
    body = json.dumps({"format": "merida-answers/1", "package": copy.told["package"], "answers": []})
    lines = copy.signed(body).split("\n")
    lines[3] = lines[3].replace("[]", '[{"question":"money.practice","language":"en","value":{},"key":"x"}]')
    return copy.sealed("\n".join(lines))


@pytest.mark.parametrize(
    ("file", "passphrase", "said"),
    [
        (Copy.export, "another passphrase", "The passphrase is not the one of this file."),
        (lambda copy: copy.export()[:-40], PASSPHRASE, "The file is not complete"),
        (lambda copy: copy.saved_whole()[: copy.page.index(TYPED) + 300], PASSPHRASE, "The file is not complete"),
        (lambda copy: copy.export().replace('"content":"', '"content":"AAAA'), PASSPHRASE, "changed or damaged"),
        (edited, PASSPHRASE, "not made on this site, or was changed"),
        (signed_by_nobody, PASSPHRASE, "changed or damaged"),
        (lambda copy: copy.page, PASSPHRASE, "Nothing was typed in this package yet."),
        (lambda _: "<!doctype html><p>another page", PASSPHRASE, "no file of answers"),
        (lambda _: "\x00\x01", PASSPHRASE, "no file of answers"),
        (lambda _: "[" * 100_000, PASSPHRASE, "no file of answers"),
        (lambda _: "x" * 25_100_000, PASSPHRASE, "too large"),
    ],
)
def test_a_file_that_is_wrong_is_named_and_changes_nothing(world, file, passphrase, said):
    copy = taken(world)
    copy.type("money.practice", text="mine")
    page = bring(world, "focal_point", file(copy), passphrase)
    assert page.status_code == 422
    assert said in page.text
    assert Answer.objects.count() == Returned.objects.count() == 0


def test_no_file_at_all_is_told(world):
    page = browser(world, "focal_point").post("/en/desk/offline/", {"passphrase": PASSPHRASE})
    assert page.status_code == 422


def test_a_package_of_another_installation_is_refused(world, settings, tmp_path):
    copy = taken(world)
    copy.type("money.practice", text="mine")
    settings.KEYS_DIRECTORY = tmp_path / "keys"
    page = bring(world, "focal_point", copy.export())
    assert page.status_code == 422
    assert "not made on this site" in page.text


def test_hostile_html_is_text_everywhere(world):
    put(world, "money.practice", text=HOSTILE)
    copy = taken(world)
    assert "alert(" not in copy.page
    copy.type("money.practice", text=HOSTILE + "!")
    page = bring(world, "focal_point", copy.export())
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    take_them_in(world, "focal_point", page)
    assert texts("money.practice") == [HOSTILE + "!"]


def test_what_goes_wrong_in_between_leaves_nothing_half_taken(world, monkeypatch):
    copy = taken(world)
    copy.type("money.practice", text="one")
    copy.type("bribery.level", choice="NO")
    page = bring(world, "focal_point", copy.export())

    def fails_afterwards(*given: object, **named: object):
        keep_many(*given, **named)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("merida.review.questionnaires.returning.keep_many", fails_afterwards)
    client = browser(world, "focal_point")
    client.raise_request_exception = False
    assert client.post(page.redirect_chain[-1][0]).status_code == 500
    assert Answer.objects.filter(is_answered=True).count() == 0
    monkeypatch.undo()
    take_them_in(world, "focal_point", page)
    assert Answer.objects.filter(is_answered=True).count() == 2


def test_looking_asks_the_database_no_more_for_many_answers(world, django_assert_max_num_queries):
    found = []
    for questions in (["money.practice"], ["money.practice", "bribery.level", "bribery.law"]):
        copy = taken(world)
        for question in questions:
            copy.type(question, text="mine")
        address = bring(world, "focal_point", copy.export()).redirect_chain[-1][0]
        client = browser(world, "focal_point")
        client.get(address)
        with django_assert_max_num_queries(30) as asked:
            client.get(address)
        found.append(len(asked))
    assert found[0] == found[1]
