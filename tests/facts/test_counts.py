"""Counts that documents print, recomputed from the treaty actions and memberships."""

from datetime import date

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.foundation.registry.figures import participation_at, party_count_at, printed_figures_compared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]


@pytest.mark.parametrize(
    ("instrument", "at", "printed"),
    [
        ("UNCAC", date(2020, 2, 29), 187),  # CAC/COSP/WG.4/2020/3, para. 6
        ("UNTOC", date(2019, 2, 9), 189),  # report to the Commission at its 2019 session, para. 6
        ("UNCAC", date(2005, 9, 15), 30),  # article 68: in force 90 days later, on 14 December 2005
        ("UNCAC", date(2016, 11, 30), 180),  # CAC/COSP/IRG/2016/9/Add.1
        ("OECD_ABC", date(2023, 11, 22), 46),  # OECD release of that day
        ("IACAC", date(2018, 1, 23), 34),  # OAS release of that day
    ],
)
def test_parties_on_the_day_as_printed(instrument: str, at: date, printed: int) -> None:
    assert party_count_at(instrument, at) == printed


def test_figure_one_of_the_note_on_synergies() -> None:
    # CAC/COSP/IRG/2021/…, para. 5 and figure I, as of 29 March 2021; both readings of "nearly 50 %"
    figure = participation_at(date(2021, 3, 29))
    assert {n: len(states) for n, states in figure.by_number.items()} == {1: 105, 2: 44, 3: 37, 4: 1}
    assert figure.by_number[4] == ("USA",)
    assert (figure.by_wording.count, figure.by_wording.parties, figure.by_wording.per_cent) == (82, 187, 43.9)
    assert (figure.wide.count, figure.wide.parties, figure.wide.per_cent) == (88, 187, 47.1)
    assert figure.members_not_parties == ("AND", "KNA", "MCO", "SMR", "SUR", "VCT")


def test_figure_one_in_january_2026() -> None:
    figure = participation_at(date(2026, 1, 31))
    assert {n: len(states) for n, states in figure.by_number.items()} == {1: 107, 2: 45, 3: 38, 4: 1}
    assert (figure.by_wording.count, figure.by_wording.parties) == (84, 191)


def test_romania_takes_part_from_its_seat_not_from_its_deposit() -> None:
    assert "ROU" not in participation_at(date(2023, 5, 2)).members["OECD_WGB"]
    assert "ROU" in participation_at(date(2023, 5, 3)).members["OECD_WGB"]
    assert party_count_at("OECD_ABC", date(2023, 7, 23)) == 44
    assert party_count_at("OECD_ABC", date(2023, 7, 24)) == 45


def test_where_our_table_differs_the_difference_is_shown() -> None:
    compared = printed_figures_compared()
    differing = {
        (str((f.printed.instrument or f.printed.mechanism).code), f.printed.at_date.isoformat()): f.difference
        for f in compared
        if not f.agrees
    }
    assert differing == {
        ("AUCPCC", "2020-01-01"): -1,
        ("GRECO", "2007-06-30"): 1,
        ("MESICIC", "2012-12-31"): 2,
        ("UNCAC", "2011-07-12"): -1,
        ("UNCAC", "2015-01-01"): -1,
        ("UNCAC", "2023-12-31"): -1,
        ("UNCAC", "2024-12-31"): -1,
        ("UNCAC", "2025-12-15"): -1,
        ("UNTOC_TIP", "2019-02-09"): None,  # printed 173; we hold no list of parties
        ("UNTOC_SOM", "2019-02-09"): None,  # printed 147
        ("UNTOC_FIREARMS", "2019-02-09"): None,  # printed 116
    }
    assert all(f.printed.note for f in compared if not f.agrees)
    assert all(f.printed.source.citation for f in compared)
