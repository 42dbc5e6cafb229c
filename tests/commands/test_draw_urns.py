"""The urn of ``merida draw run`` where no file is named: all parties on a day, each in its group."""

from datetime import date

import pytest

from merida.interfaces.commands.draw_urns import instruments_of, urn_of_parties
from merida.rules.lots import LotsError


def test_every_party_of_the_day_is_in_the_urn_and_under_review() -> None:
    urn = urn_of_parties("UNCAC", date(2020, 2, 29))
    codes = {one.code for one in urn.participants}
    assert set(urn.subjects) == codes
    assert {"GHA", "JPN", "EUE"} <= codes
    assert {one.code for one in urn.participants if not one.group} == {"EUE"}  # the European Union has no group


def test_the_day_decides_who_is_a_party() -> None:
    early, late = (len(urn_of_parties("UNCAC", date(year, 12, 31)).participants) for year in (2006, 2016))
    assert early < late


def test_a_rule_set_that_is_not_drawn_among_parties_needs_a_file() -> None:
    with pytest.raises(LotsError, match="plain is not drawn among the parties"):
        instruments_of("plain")


def test_an_instrument_whose_parties_are_not_listed_is_named() -> None:
    with pytest.raises(LotsError, match="the parties to UNTOC_XX are not listed"):
        urn_of_parties("UNTOC_XX", date(2027, 1, 1))
