"""What resolutions ask, as everybody reads it and as curators work on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.mandates.made_up import TEXT, make_activity
from tests.worlds import SECRET_WORD, make_document

from merida.cooperation.mandates import actions, queries
from merida.cooperation.mandates.models import Mandate
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.registry.models import Resolution

ASKS = "/en/resolutions/cosp-8-8/mandates/"


@pytest.fixture
def read(site, db):
    """Read the paragraphs of the sample resolution and confirm them."""
    actions.read_mandates(SYSTEM, resolution="COSP 8/8", text=TEXT, language="en")
    resolution = Resolution.objects.get(key="COSP 8/8")
    actions.confirm_all(SYSTEM, resolution)
    return queries.mandates_of(ANYBODY, resolution)


def test_everybody_reads_who_is_asked_what_by_when_and_what_nothing_was_reported_on(visitor, read):
    page = visitor.get(ASKS).content.decode()

    assert "subject to extrabudgetary resources" in page
    assert "1 June 2021" in page
    assert "Paragraphs without any record" in page
    assert 'id="desk"' not in page


def test_resolutions_of_the_same_title_are_shown_as_a_chain_in_order_of_time(visitor):
    page = visitor.get(ASKS).content.decode()
    chain = page[page.index('id="chain"') :]

    places = [chain.index(f"COSP {number}") for number in ("5/4", "6/6", "7/6", "8/8")]
    assert places == sorted(places)
    assert "bears the same title" in chain


def test_the_page_of_a_resolution_leads_there(visitor):
    assert f'href="{ASKS}"' in visitor.get("/en/resolutions/cosp-8-8/").content.decode()


def test_what_was_read_is_hidden_until_a_curator_confirms_it(sign_in):
    actions.read_mandates(SYSTEM, resolution="COSP 8/8", text=TEXT, language="en")
    assert "By when" not in sign_in("anybody").get(ASKS).content.decode()

    client = sign_in("curator")
    assert "Confirm all" in client.get(ASKS).content.decode()
    assert client.post(f"{ASKS}confirm/").status_code == 302
    assert Mandate.objects.filter(confirmed_at__isnull=True).count() == 0


def test_a_curator_reads_a_pasted_text_enters_a_paragraph_and_joins_resolutions(sign_in):
    client = sign_in("curator")
    client.post(f"{ASKS}read/", {"text": TEXT, "language": "en"})
    entered = {"enter-number": "9", "enter-text": "Requests it.", "enter-language": "en", "enter-addressee": "UNODC"}
    client.post(f"{ASKS}enter/", entered)
    client.post(f"{ASKS}follow/", {"earlier": "COSP 7/5"})

    resolution = Resolution.objects.get(key="COSP 8/8")
    assert [one.number for one in queries.mandates_of(SYSTEM, resolution)] == ["1", "2", "2", "3(a)", "3(b)", "9"]
    assert "COSP 7/5" in [one.resolution.key for one in queries.chain_of(ANYBODY, resolution)]


@pytest.mark.parametrize(
    ("deed", "sent", "said"),
    [
        ("read", {"text": "no numbers", "language": "en"}, "No line begins with a number"),
        ("read", {"language": "en"}, "Give a text or name a document."),
        ("read", {"document": "nothing", "language": "en"}, "No document here has this symbol or address."),
        ("follow", {"earlier": "COSP 99/99"}, "No resolution here has this name."),
        ("enter", {"enter-number": "1"}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(sign_in, deed, sent, said):
    response = sign_in("curator").post(f"{ASKS}{deed}/", sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Mandate.objects.exists()


def test_only_curators_may(sign_in, read):
    client = sign_in("reader")
    for place in (f"{ASKS}read/", f"/en/mandates/{read[0].uuid}/confirm/", f"/en/mandates/{read[0].uuid}/link/"):
        assert client.post(place, {}).status_code == 403


def test_evidence_is_linked_and_taken_back_and_hidden_evidence_stays_hidden(sign_in, site, read):
    asked = f"/en/mandates/{read[1].uuid}/"
    hidden = make_activity(site.world.restricted, f"They met for {SECRET_WORD}", states=["GHA"])
    shown = make_activity(make_document("told", text="Beginning"), "They met in Accra", states=["GHA"])
    client = sign_in("secretariat")
    for one in (hidden, shown):
        assert client.post(f"{asked}link/", {"record": str(one.uuid)}).status_code == 302
    assert SECRET_WORD in client.get(asked).content.decode()
    client.logout()

    page = client.get(asked).content.decode()
    assert "They met in Accra" in page
    assert SECRET_WORD not in page
    assert SECRET_WORD not in client.get(f"{asked}?format=csv").content.decode()

    link = read[1].evidence.get(activity=shown)
    assert sign_in("curator").post(f"/en/mandates/links/{link.uuid}/take-back/").status_code == 302
    assert not read[1].evidence.filter(activity=shown).exists()


def test_who_was_overtaken_keeps_what_they_typed(sign_in, read):
    asked = f"/en/mandates/{read[1].uuid}/"
    client = sign_in("curator")
    sent = {"number": "2", "text": "First words.", "language": "en", "addressee": "STATES", "seen": read[1].revision}
    assert client.post(f"{asked}confirm/", sent).status_code == 302

    response = client.post(f"{asked}confirm/", sent | {"text": "Second words."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Second words." in page
    assert "First words." in page


def test_the_bulk_tables_hold_them(visitor, read):
    lines = b"".join(visitor.get("/api/bulk/mandates.csv"))
    assert lines.decode().count("COSP 8/8") == 5


def test_the_number_of_queries_does_not_grow_with_paragraphs_and_records(visitor, site, read):
    document = make_document("told", text="Beginning")

    def queries_of() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(ASKS).status_code == 200
        return len(captured)

    for number in range(2):
        actions.link_evidence(
            SYSTEM, read[number], record=str(make_activity(document, f"They met {number}", states=["GHA"]).uuid)
        )
    one = queries_of()
    for number in range(2, 5):
        actions.link_evidence(
            SYSTEM, read[number], record=str(make_activity(document, f"They met {number}", states=["GHA"]).uuid)
        )
    assert queries_of() == one <= 16


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_the_pages_speak_every_language(visitor, read, language):
    assert visitor.get(f"/{language}/resolutions/cosp-8-8/mandates/").status_code == 200
    assert visitor.get(f"/{language}/mandates/{read[2].uuid}/").status_code == 200
