"""B6: what is read in documents waits for a person, who accepts, corrects or rejects it beside its paragraph; B1 shows only that."""

import pytest
from tests.inboxes import VALUES, make_proposals
from tests.worlds import make_person

from merida.exchange.curation.actions import accept, reject
from merida.exchange.curation.models import Proposal
from merida.exchange.curation.queries import rule_record
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.changes.queries import history
from merida.knowledge.observatory.queries import activities

pytestmark = pytest.mark.django_db


def test_nothing_that_a_machine_read_is_a_record_before_a_person_says_so():
    (one,) = make_proposals()
    assert list(activities(ANYBODY)) == []
    accept(SYSTEM, one.uuid, revision=0)
    (made,) = activities(ANYBODY)
    assert (made.place, made.words, made.rule) == (one.place, one.words, one.rule)


def test_who_decided_what_is_written_down_and_rejections_teach():
    kept, gone = make_proposals(2)
    accept(SYSTEM, kept.uuid, revision=0)
    reject(SYSTEM, gone.uuid, revision=0)
    assert [(entry.verb, entry.who) for entry in history(f"proposal:{gone.uuid}")] == [("REJECT_PROPOSAL", "merida")]
    assert rule_record(SYSTEM, "ACTIVITY", kept.rule).lower_bound < 0.5


def test_a_curator_needs_no_script_and_one_key_or_button_an_acceptance(client):
    one, two = make_proposals(2)
    curator = make_person("curator", "CURATOR")
    client.force_login(curator, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/en/curation/{one.uuid}/").text
    assert f"<mark>{one.words}</mark>" in page
    assert page.count('data-key="a"') == 1
    sent = {"decision": "accept", "revision": "0", **VALUES, "states": "GHA"}
    answer = client.post(f"/en/curation/{one.uuid}/", sent)
    assert answer.headers["Location"] == f"/en/curation/{two.uuid}/"
    assert Proposal.objects.get(pk=one.pk).decided_by == curator
