"""A refused draw, visit or timetable says what and why in the language of the page, and every template has its values in every language."""

import datetime as dt
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from merida.interfaces.web import catalogues
from merida.interfaces.web.views.refusals import told
from merida.review.draws.events import DrawError
from merida.review.draws.models import EventKind
from merida.review.synergies.actions import VisitError
from merida.review.synergies.plan_instance import Placed, ToPlan, make_instance
from merida.review.synergies.plan_rules import PlanClashesError, PlanError, Rules
from merida.rules.lots import LotsError, Participant, Urn, check_urn, rule_set
from merida.rules.timetable.instance import TimetableError
from merida.rules.timetable.zones import check_zones

CODES = ("ar", "es", "fr", "ru", "zh-hans")


@pytest.mark.parametrize("code", CODES)
def test_an_error_of_the_rules_is_told_in_the_language_of_the_page_and_names_the_item(code):
    with pytest.raises(LotsError) as refused:
        check_urn(Urn((Participant("GHA"), Participant("GHA")), ("GHA",)), rule_set({"code": "plain"}))

    with translation.override(code):
        said = told(refused.value)
    assert "GHA" in said
    assert said != str(refused.value) == "urn: GHA stands twice"


def test_days_and_kinds_are_told_in_words():
    error = DrawError(
        "{reviewer} has answered already: {kind}, {day}",
        reviewer="GHA",
        kind=EventKind.ACCEPTED,
        day=dt.date(2027, 3, 1),
    )

    with translation.override("fr"):
        assert told(error) == "GHA a déjà répondu : accepté, 1er mars 2027"


@pytest.mark.parametrize("code", CODES)
def test_no_translation_of_a_template_asks_for_a_value_that_is_not_given(code):
    def fields(text):
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}

    name = {"zh-hans": "zh_Hans"}.get(code, code)
    texts = Path(catalogues.__file__).parent / "locale" / name / "LC_MESSAGES" / "django.po"
    with texts.open("rb") as file:
        catalogue = read_po(file)
    for one in catalogue:
        if isinstance(one.id, str) and "{" in one.id:
            assert fields(one.string) == fields(one.id), one.id


@pytest.mark.parametrize("code", CODES)
def test_a_refused_visit_and_a_refused_timetable_are_told_in_the_language_of_the_page(code):
    visit = VisitError("last_date", "the visit has {days} days, more than {most}", days=400, most=60)
    with pytest.raises(PlanError) as plan:
        make_instance(
            dt.date(2027, 1, 4),
            60,
            Rules(),
            reviews=[_agreed("GHA-2027", "GHA"), _agreed("KEN-2027", "KEN")],
        )

    with translation.override(code):
        said = told(visit), told(plan.value)
    assert "400" in said[0]
    assert "has" not in said[0].split()
    assert all(name in said[1] for name in ("GHA-2027", "KEN-2027", "NAM"))
    assert "both take" not in said[1]
    assert str(plan.value).startswith("locks: GHA-2027 and KEN-2027 both take NAM in the week of 2027-07-05")


@pytest.mark.parametrize("code", CODES)
def test_a_time_zone_that_does_not_exist_is_named_in_the_language_of_the_page(code):
    with pytest.raises(TimetableError) as refused:
        check_zones({"GHA": "Africa/Accra", "KEN": "Africa/Nairobbery"})

    with translation.override(code):
        said = told(refused.value)
    assert "KEN" in said
    assert "Africa/Nairobbery" in said
    assert said != str(refused.value)


def _agreed(code, state):
    monday = dt.date(2027, 7, 5)
    placed = Placed(dt.date(2027, 4, 12), monday, dt.date(2027, 7, 7), dt.date(2027, 9, 19))
    return ToPlan(code, state, ("NAM",), "en", dt.date(2027, 1, 4), dt.date(2027, 8, 2), placed, locked=True)


def test_rules_that_a_timetable_breaks_are_told_with_their_week_in_the_language_of_the_page():
    error = PlanClashesError(
        "in English", [("TOO_CLOSE", dt.date(2027, 2, 1), ("GHA-2027", "MESICIC")), ("TWICE", None, ("X",))]
    )

    with translation.override("fr"):
        said = told(error)

    assert said.startswith("semaine du 1")
    assert "trop près d" in said
    assert "GHA-2027, MESICIC" in said
    assert said.endswith("X figure deux fois")
