"""What is told of a territory can be confirmed: its record names no State, the words say where it was."""

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.exchange.curation.actions import accept
from merida.exchange.curation.queries import proposals
from merida.exchange.ingest.actions import ingest_file
from merida.foundation.access.visibility import SYSTEM

pytestmark = [pytest.mark.usefixtures("loaded_registry"), pytest.mark.django_db]


def test_an_activity_in_a_territory_is_proposed_without_state_and_can_be_accepted():
    text = "1. 2031年5月，本处在科索沃举办了讲习班。\n\n2. 2031年6月，本处在斐济举办了研讨会。\n"
    ingest_file(SYSTEM, text.encode(), "territory.txt")
    found = list(proposals(SYSTEM).filter(kind="ACTIVITY").order_by("position"))
    assert [one.values["states"] for one in found] == [[], ["FJI"]]
    made = accept(SYSTEM, found[0].uuid, revision=0).activity
    assert (made.states.count(), "科索沃" in made.words) == (0, True)
