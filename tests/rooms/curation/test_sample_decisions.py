"""What the makers of the sample decided about it is found in the text, shown, and never put over what a person did."""

from pathlib import Path

import pytest
from django.test import Client
from tests.loaded_registry import loaded_registry  # noqa: F401

import merida
from merida.exchange.curation.actions import undo
from merida.exchange.curation.models import Proposal, ProposalState
from merida.exchange.curation.queries import unconfirmed_count
from merida.exchange.curation.samples import decide_sample, sample_decisions
from merida.exchange.ingest.actions import ingest_file
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.registry.actions import LoadSummary
from merida.knowledge.observatory.models import Activity, Recommendation
from merida.knowledge.observatory.theme_rows import load_themes

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def read(loaded_registry: LoadSummary, django_db_blocker: pytest.FixtureRequest) -> None:  # noqa: F811
    """Read the sample once for all tests of the module; what each of them decides is rolled back."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        load_themes(SYSTEM)
        for file in sorted((Path(merida.__file__).parent / "data" / "sample").glob("*.txt")):
            ingest_file(SYSTEM, file)


def test_every_decision_is_about_something_that_is_read(read):
    assert decide_sample(SYSTEM) == len(sample_decisions()) == 11
    assert decide_sample(SYSTEM) == 0
    assert (Activity.objects.count(), Recommendation.objects.count()) == (5, 3)
    assert Proposal.objects.filter(state=ProposalState.MERGED).count() == 2


def test_what_a_person_took_back_stays_taken_back(read):
    decide_sample(SYSTEM)
    one = Proposal.objects.filter(kind="RECOMMENDATION", state=ProposalState.ACCEPTED).first()
    undo(SYSTEM, one.uuid, revision=one.revision)

    assert decide_sample(SYSTEM) == 0
    assert Recommendation.objects.count() == 2


def test_a_visitor_is_told_how_much_waits_for_a_person(read):
    decide_sample(SYSTEM)
    waiting = unconfirmed_count(ANYBODY)
    page = Client().get("/en/observatory/").content.decode()

    assert waiting == Proposal.objects.filter(state=ProposalState.PROPOSED).count() > 0
    assert f"{waiting} more passages were read by the program and wait for a person" in page
    assert "were read by the program" not in Client().get("/en/observatory/?state=TON").content.decode()
