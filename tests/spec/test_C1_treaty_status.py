"""C1: signature, ratification, accession per State and instrument at any date; counts; source and confidence."""

from datetime import date

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.foundation.registry.figures import parties_at, parties_listed, party_count_at, printed_figures_compared
from merida.foundation.registry.queries import state_by_slug, treaty_actions_list, treaty_actions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]


def test_the_status_of_a_state_changes_on_the_day_of_deposit() -> None:
    assert "NAM" not in parties_at("UNCAC", date(2004, 8, 2))
    assert "NAM" in parties_at("UNCAC", date(2004, 8, 3))


def test_187_parties_on_29_february_2020_each_with_its_act() -> None:
    listed = list(parties_listed("UNCAC", date(2020, 2, 29)))
    assert (len(listed), len({action.state.iso3 for action in listed})) == (187, 187)
    assert {action.kind for action in listed} == {
        "RATIFICATION",
        "ACCESSION",
        "ACCEPTANCE",
        "APPROVAL",
        "SUCCESSION",
    }


def test_189_parties_to_the_organized_crime_convention_on_9_february_2019() -> None:
    assert party_count_at("UNTOC", date(2019, 2, 9)) == 189


def test_signatories_that_are_not_parties_are_told_apart() -> None:
    signed = {action.state.iso3 for action in treaty_actions_list(instrument="UNCAC", kinds=["SIGNATURE"])}
    assert sorted(signed - parties_at("UNCAC", date(2026, 1, 31))) == ["BRB", "SYR"]


def test_what_is_only_recalled_is_marked() -> None:
    germany = state_by_slug("deu")
    assert germany is not None
    acts = {(a.kind, a.is_unverified) for a in treaty_actions_of(germany) if a.instrument.code == "UNCAC"}
    assert acts == {("SIGNATURE", False), ("RATIFICATION", True)}


def test_every_act_has_a_source_and_a_confidence() -> None:
    rows = treaty_actions_list()
    assert rows.count() == 658
    assert {a.confidence for a in rows} == {"SOURCED", "RECALLED", "UNVERIFIED"}
    assert all(a.source.citation for a in rows)


def test_a_printed_figure_that_we_cannot_reach_is_not_hidden() -> None:
    figures = {(f.printed.at_date, f.printed.value): f for f in printed_figures_compared() if f.printed.instrument}
    vanuatu = figures[date(2011, 7, 12), 155]
    assert (vanuatu.ours, vanuatu.difference, vanuatu.agrees) == (154, -1, False)
    assert vanuatu.printed.source.citation == "UNDP on the accession of Vanuatu"
