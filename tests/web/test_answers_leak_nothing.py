"""Role by place by kind by consent: nothing of a State's answers is seen, counted or hinted at by whom it is not for."""

import io
import zipfile
from collections.abc import Iterator
from uuid import UUID, uuid4

import pypdfium2
import pytest
from django.db import transaction
from django.test import Client
from tests.answering_world import Answering, make_answering

from merida.exchange.outputs.printing import print_next
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.discussing import attach, say
from merida.review.questionnaires.queries import desk_of
from merida.review.questionnaires.submitting import consent, submit

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DRAFT, SUBMITTED, CONSENTED = "zarabandatrece", "murallasiete", "faroloctavo"
INTERNAL, SHARED, LAST_DRAFT = "corredorinterno", "puentecomun", "borradorviejo"
EVERY_ROLE = (
    "anybody",
    "reader",
    "other_focal_point",
    "curator",
    "secretariat",
    "administrator",
    "delegate",
    "focal_point",
)
STRANGERS = ("anybody", "reader", "other_focal_point", "curator")
STAFF = ("secretariat", "administrator")
# Which words each role may read anywhere on the site, from the rule in words.
MAY_READ = {
    **{name: {CONSENTED} for name in STRANGERS},
    **{name: {CONSENTED, SUBMITTED, SHARED} for name in STAFF},
    "delegate": {CONSENTED, LAST_DRAFT, INTERNAL, SHARED},  # the section on money
    "focal_point": {DRAFT, SUBMITTED, CONSENTED, INTERNAL, SHARED, LAST_DRAFT},
}
WORDS = MAY_READ["focal_point"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Answering]:
    """Make the world once: what a test does to it is rolled back to here, and all of it after the last."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        made = make_world()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def make_world() -> Answering:
    """Two answers submitted, one of them with consent to its publication, one draft of the next text, one remark each."""
    made = make_answering()
    focal = made.actor("focal_point")

    def put(question: str, seen: int = 0, **value: object) -> None:
        save_answer(focal, made.response, question, value, seen=seen)

    put("bribery.level", choice="NO", text=SUBMITTED)
    put("bribery.plan", text="in between")
    put("money.practice", text=LAST_DRAFT)
    put("money.practice", 1, text=CONSENTED)
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(focal, made.desk("focal_point"), question)
    submit(focal, made.desk("focal_point"))
    consent(focal, made.desk("focal_point"), "money.practice", "en")
    put("bribery.law", text=DRAFT)
    say(focal, made.desk("focal_point"), "money.practice", INTERNAL)
    say(focal, made.desk("focal_point"), "money.practice", SHARED, audience="REVIEWERS")
    return made


def browser(world: Answering, name: str) -> Client:
    client = Client()
    if name != "anybody":
        client.force_login(getattr(world, name), backend=BACKEND)
    return client


def every_address(world: Answering) -> list[str]:
    """Return every page, export, file, search and table in which an answer could be seen."""
    desk, public = f"/en/desk/{world.response.uuid}/", "/en/questionnaires/sample-survey/"
    questions = [
        question.identifier for question in desk_of(world.actor("focal_point"), world.response.uuid).form.questions()
    ]
    pages = [
        "/en/desk/",
        desk,
        f"{desk}moved/",
        *(f"{desk}{each}/" for each in questions),
        *(f"{desk}{each}/history/" for each in questions),
        "/en/questionnaires/",
        public,
        "/en/states/gha/",
    ]
    pages += [f"{public}answers/{each}/" for each in questions]
    exported = ["/en/desk/", desk, f"{desk}bribery.law/", *pages[-len(questions) - 3 :]]
    exports = [f"{each}?format={kind}" for each in exported for kind in ("csv", "json")]
    searches = [f"/en/search/?q={DRAFT}", *(f"/api/search?q={word}" for word in sorted(WORDS))]
    searches += [f"{way}?q={word[:-2]}*" for way in ("/en/search/", "/api/search") for word in sorted(WORDS)]
    searches += ["/en/search/?kind=ANSWER", "/en/search/?kind=ANSWER&format=csv", "/api/search?kind=ANSWER"]
    papers = [f"{desk}paper/{kind}/" for kind in ("docx", "pdf", "xlsx")]
    papers += [f"{public}published/gha/{kind}/" for kind in ("docx", "pdf")]
    tables = [f"/api/bulk/{name}.jsonl" for name in ("published-answers", "questions", "visits")]
    return [*pages, *papers, *exports, *searches, *tables, "/sitemap.xml", "/sitemap-questionnaires.xml"]


def words_of_file(content: bytes) -> str:
    """Return all that a document holds, its hidden parts too; nothing for what is no document."""
    if content.startswith(b"%PDF-"):
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
        return "\n".join(pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    return ""


def text_of(client: Client, address: str) -> str:
    answered = client.get(address)
    if answered.status_code == 202:  # a PDF: set by the worker, then asked for again
        while print_next() is not None:
            pass
        answered = client.get(address)
        assert answered.content.startswith(b"%PDF-")
    content = b"".join(answered.streaming_content) if answered.streaming else answered.content
    words = words_of_file(content) or content.decode(errors="replace")
    asked = address.partition("q=")[2]
    return words.replace(asked, "") if asked else words  # the search box repeats what was asked


@pytest.mark.parametrize("name", EVERY_ROLE)
def test_each_role_reads_exactly_what_is_for_it(world, name):
    client = browser(world, name)
    seen = "\n".join(text_of(client, address) for address in every_address(world))
    read = {word for word in WORDS if word in seen}
    assert read == MAY_READ[name]


def places_of_one_response(uuid: object) -> list[tuple[str, str]]:
    desk = f"/en/desk/{uuid}/"
    deeds = (
        "hand-in",
        "clear",
        "give-back",
        "settle",
        "restore",
        "say",
        "attach",
        "consent",
        "revoke",
        "recall",
        "law",
    )
    return [
        ("get", desk),
        ("get", f"{desk}bribery.level/"),
        ("post", f"{desk}bribery.level/"),
        ("get", f"{desk}files/{UUID(int=1)}/"),
        *(("get", f"{desk}paper/{kind}/") for kind in ("docx", "pdf", "xlsx")),
        ("get", f"{desk}paper/pdf/?printing={UUID(int=1)}"),
        ("get", f"{desk}workbook/"),
        ("post", f"{desk}workbook/"),
        *(("post", f"{desk}bribery.level/{deed}/") for deed in deeds),
        *(("post", f"{desk}do/{deed}/") for deed in ("submit", "delegate", "end", "authority")),
    ]


@pytest.mark.parametrize("name", STRANGERS)
def test_a_response_is_not_even_there_for_strangers(world, name):
    """The answer for a response that exists is the one for a response that does not, to the letter."""
    client, nowhere = browser(world, name), uuid4()
    sent = {"text": "x", "seen": "0", "remark": "x", "audience": "REVIEWERS", "reason": "x", "language": "en"}
    real, none = places_of_one_response(world.response.uuid), places_of_one_response(nowhere)
    for (verb, here), (_verb, there) in zip(real, none, strict=True):
        found, missing = (getattr(client, verb)(each, sent if verb == "post" else None) for each in (here, there))
        same = found.content.replace(str(world.response.uuid).encode(), b"") == missing.content.replace(
            str(nowhere).encode(), b""
        )
        assert (found.status_code, same) == (404, True), (verb, here)


@pytest.mark.parametrize("name", STAFF)
def test_the_staff_changes_nothing_and_reads_no_history(world, name):
    client = browser(world, name)
    for verb, address in places_of_one_response(world.response.uuid)[2:]:
        if address.endswith("say/") or "/paper/docx/" in address or "/paper/pdf/" in address:
            continue  # what the staff may do and read: the matrix above says how much of it
        answered = getattr(client, verb)(address, {"text": "x", "seen": "0", "reason": "x", "language": "en"})
        assert answered.status_code == 404, (verb, address)
    page = client.get(f"/en/desk/{world.response.uuid}/money.practice/").text
    assert LAST_DRAFT not in page
    assert "/restore/" not in page


def test_a_delegate_meets_nothing_of_the_other_sections(world):
    client, desk = browser(world, "delegate"), f"/en/desk/{world.response.uuid}/"
    assert client.get(f"{desk}bribery.level/").status_code == client.get(f"{desk}bribery.gold/").status_code == 404
    page = client.get(desk).text
    assert "Bribery" not in page
    assert "bribery" not in page


def test_a_file_is_for_those_who_see_its_answer(world):
    focal = world.actor("focal_point")
    row = attach(focal, world.desk("focal_point"), "bribery.law", io.BytesIO(b"text"), "a.txt")
    address = f"/en/desk/{world.response.uuid}/files/{row.uuid}/"
    found = {name: browser(world, name).get(address).status_code for name in EVERY_ROLE}
    assert {name for name, status in found.items() if status == 200} == {"focal_point"}
    assert set(found.values()) == {200, 404}


def test_numbers_that_everybody_sees_count_only_what_was_consented_to(world):
    rows = Client().get("/en/questionnaires/sample-survey/?format=json").json()["rows"]
    assert [(row["state"], row["questions"]) for row in rows] == [("GHA", 1)]


def test_not_even_the_tag_of_a_public_page_tells_that_somebody_typed(world):
    pages = ("/en/", "/en/questionnaires/sample-survey/", "/en/states/gha/", "/en/search/?q=bribery")
    focal = world.actor("focal_point")

    def tags() -> list[str]:
        return [Client().get(page).headers.get("ETag", "") for page in pages]

    before = tags()
    saved = save_answer(focal, world.response, "bribery.law", {"text": "typed since"}, seen=1)
    clear(focal, world.desk("focal_point"), "bribery.law")
    say(focal, world.desk("focal_point"), "bribery.law", "one more remark")

    assert not saved.aside
    assert tags() == before
