"""Which numbers among the rules of a timetable would have to be larger where no plan keeps them all."""

import pytest

from merida.review.synergies.plan_rules import Rules, differences, relaxed


def gives(rule, amount, item=""):
    return {"rule": rule, "item": item, "amount": amount, "week_of": "2027-02-01"}


def test_the_largest_amount_of_each_number_is_enough():
    rules = Rules(visits_at_once=2, capacity=5)
    after = relaxed(rules, [gives("VISITS_AT_ONCE", 1), gives("VISITS_AT_ONCE", 3), gives("CAPACITY", 2)])

    assert (after.visits_at_once, after.capacity) == (5, 7)
    assert set(differences(rules, after)) == {"visits_at_once", "capacity"}


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (Rules(), []),
        (Rules(), [gives("VISITS_AT_ONCE", 1), gives("LOCK", 1)]),
        (Rules(capacity_of_month={"2027-02": 1}), [gives("CAPACITY", 1)]),
        (Rules(interpreters={"fr": 1}), [gives("LANGUAGE", 1, "fr")]),
    ],
)
def test_where_no_number_would_do_it_the_rules_stay(rules, found):
    assert relaxed(rules, found) == rules
