"""The urn of ``merida draw run`` where no file is named: all parties on a day, each in its group."""

from datetime import date

import pytest

from merida.interfaces.commands.draw_urns import urn_of_parties
from merida.rules.lots import LotsError


def test_every_party_of_the_day_is_in_the_urn_and_under_review() -> None:
    urn = urn_of_parties("uncac", date(2020, 2, 29))
    codes = {one.code for one in urn.participants}
    assert set(urn.subjects) == codes
    assert {"GHA", "JPN", "EUE"} <= codes
    assert {one.code for one in urn.participants if not one.group} == {"EUE"}  # the European Union has no group


def test_the_day_decides_who_is_a_party() -> None:
    early, late = (len(urn_of_parties("uncac", date(year, 12, 31)).participants) for year in (2006, 2016))
    assert early < late


def test_a_rule_set_that_is_not_drawn_among_parties_needs_a_file() -> None:
    with pytest.raises(LotsError, match="plain is not drawn among the parties"):
        urn_of_parties("plain", date(2027, 1, 1))
