"""Draws of one cycle in parts, draws for one instrument, years drawn and moved, answers that are due."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.rooms.draws.test_draws import AFRICA, ANNOUNCED, DAY, MOMENT, plan, redrawn, urn

from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.registry.models import Instrument, Mechanism, State
from merida.review.draws.actions import announce_draw, hold_draw
from merida.review.draws.events import DrawError, defer_review, postpone_year, record_acceptance, request_redraw
from merida.review.draws.models import Draw, Pairing
from merida.review.draws.parts import named_rules, rules_of
from merida.review.draws.queries import events_of, pairings_of, pairs_held, parts_of, renamed, unanswered
from merida.review.draws.reading import read_record
from merida.review.draws.urns import UrnAsked, urn_on, usual_rules
from merida.rules.lots import verify

pytestmark = pytest.mark.usefixtures("loaded_registry", "db")


def mechanism(code="UNCAC_IRM"):
    return Mechanism.objects.get(code=code)


def asked(under_review, **given):
    return UrnAsked(under_review=under_review, participants=AFRICA, minimum_due=False, **given)


def part(slug, under_review, numbers, continues=None):
    """Announce and hold a draw for some of the cycle's States."""
    of = urn_on(mechanism(), MOMENT.date(), asked(under_review), continues=continues)
    made = announce_draw(SYSTEM, replace(plan(slug, of=of), continues=continues), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, numbers, drawn_at=MOMENT)
    return Draw.objects.get(pk=made.pk)


def test_a_later_part_counts_the_reviews_done_and_makes_no_mutual_pair_over_the_parts():
    first = part("first", ("GHA", "KEN", "NAM"), [[1]])
    second = part("second", (), [[2]], continues=first)

    said = json.loads(second.announcement_text)
    assert said["subjects"] == ["BEN", "TUN", "ZAF"]
    done = {one["code"]: one["duties_done"] for one in said["urn"]}
    held = [reviewer for _state, reviewer in pairs_held([first])]
    assert done == {code: held.count(code) for code in AFRICA}
    both = pairs_held([first, second])
    assert {(reviewer, state) for state, reviewer in both} & set(both) == set()
    assert max([reviewer for _state, reviewer in both].count(code) for code in AFRICA) <= 3
    assert [verify(json.loads(one.records.get().text)) for one in (first, second)] == [[], []]
    assert (parts_of(first), parts_of(second)) == ([second], [first])


def test_a_reviewer_drawn_anew_in_one_part_is_no_mirror_of_a_pair_in_another():
    first = part("first", ("GHA", "KEN", "NAM"), [[1]])
    second = part("second", (), [[2]], continues=first)
    pairing = pairings_of(first)[0]
    request_redraw(SYSTEM, pairing, day=DAY, reason="a pending case between the two")
    redrawn(pairing)

    said = json.loads(first.records.get(number=2).text)["announcement"]
    earlier = {(one["subject"], one["reviewer"]) for one in said["earlier"]}
    assert set(pairs_held([second])) <= earlier
    both = pairs_held([first, second])
    assert {(reviewer, state) for state, reviewer in both} & set(both) == set()
    replaced = pairings_of(second)[0]
    request_redraw(SYSTEM, replaced, day=DAY, reason="wish")
    redrawn(replaced)
    said = json.loads(second.records.get(number=2).text)["announcement"]
    gone = (pairing.state.iso3, pairing.reviewer.iso3)
    assert gone not in {(one["subject"], one["reviewer"]) for one in said["earlier"]}
    counted = {one["code"]: one["duties_done"] for one in said["urn"]}
    others = [pair for pair in pairs_held([first, second]) if pair[0] != replaced.state.iso3]
    assert counted == {code: [reviewer for _state, reviewer in others].count(code) for code in AFRICA}


def test_what_cannot_be_a_part_is_refused_by_name():
    first = part("first", ("GHA", "KEN"), [[1]])
    with pytest.raises(DrawError, match="KEN has its reviewers already"):
        urn_on(mechanism(), MOMENT.date(), asked(("KEN", "NAM")), continues=first)
    part("second", ("NAM",), [[2]], continues=first)
    with pytest.raises(DrawError, match=r"is continued by .* already"):
        part("third", ("ZAF",), [[3]], continues=first)
    empty = announce_draw(SYSTEM, plan("empty"), announced_at=ANNOUNCED)
    with pytest.raises(DrawError, match="has drawn no reviewers yet"):
        part("fourth", ("ZAF",), [[3]], continues=empty)
    for field in ("declining", "systems"):
        with pytest.raises(DrawError, match="QQQ is not in the urn"):
            urn_on(mechanism(), MOMENT.date(), asked(("NAM",), **{field: {"QQQ": "civil law"}}))


def untoc(slug="protocol", *, instrument="UNTOC_TIP", **given):
    of = urn_on(mechanism("UNTOC_REVIEW"), MOMENT.date(), UrnAsked(participants=AFRICA))
    return replace(
        plan(slug, of=of),
        mechanism=mechanism("UNTOC_REVIEW"),
        rules=rules_of(mechanism("UNTOC_REVIEW")),
        instrument=Instrument.objects.filter(code=instrument).first(),
        **given,
    )


def test_a_draw_for_a_protocol_names_it_and_gives_each_review_the_year_of_its_staggered_group():
    made = announce_draw(SYSTEM, untoc(urn_source="a list of the depositary"), announced_at=ANNOUNCED)
    record = hold_draw(SYSTEM, made, [[4]], drawn_at=MOMENT)

    content = json.loads(record.text)
    assert verify(content) == []
    assert content["announcement"]["instrument"] == "UNTOC_TIP"
    assert content["announcement"]["urn_source"] == "a list of the depositary"
    years = {one.state.iso3: one.year for one in pairings_of(made)}
    assert years == {code: 2026 + int(group) for code, group in content["staggered"]["groups"]}
    assert sorted(years.values()) == [2027, 2027, 2028, 2028, 2029, 2029]


def test_a_mechanism_draws_for_its_own_instruments_by_its_own_rules():
    with pytest.raises(DrawError, match="name one of UNTOC, UNTOC_FIREARMS, UNTOC_SOM, UNTOC_TIP"):
        announce_draw(SYSTEM, untoc(instrument="none"), announced_at=ANNOUNCED)
    with pytest.raises(DrawError, match="does not draw for UNCAC"):
        announce_draw(SYSTEM, untoc(instrument="UNCAC"), announced_at=ANNOUNCED)
    with pytest.raises(DrawError, match="no rules of a draw are kept for GRECO"):
        rules_of(mechanism("GRECO"))
    protocol = Instrument.objects.get(code="UNTOC_TIP")
    with pytest.raises(DrawError, match="the parties to UNTOC_TIP are not listed"):
        urn_on(mechanism("UNTOC_REVIEW"), MOMENT.date(), UrnAsked(), instrument=protocol)


def years_drawn():
    of = urn(subjects=AFRICA[:5])
    made = announce_draw(SYSTEM, replace(plan("years", of=of), method="YEARS"), announced_at=ANNOUNCED)
    return made, read_record(hold_draw(SYSTEM, made, [[4]], drawn_at=MOMENT).text)


def test_years_are_drawn_without_pairs_latecomers_last_and_moved_once_with_a_reason():
    made, drawn = years_drawn()
    assert not Pairing.objects.exists()
    assert sorted(drawn.years[code] for code in AFRICA[:5]) == [1, 2, 3, 4, 5]
    assert drawn.years["TUN"] == 5
    last = next(code for code in AFRICA if drawn.years[code] == 5)
    early = State.objects.get(iso3=next(code for code in AFRICA if drawn.years[code] == 1))

    for state, reason, said in (
        (State.objects.get(iso3=last), "elections", "year 5 is the last of the cycle"),
        (State.objects.get(iso3="FRA"), "elections", "FRA has no year of review"),
        (early, " ", "a reason is needed"),
    ):
        with pytest.raises(DrawError, match=said):
            postpone_year(SYSTEM, made, state, day=DAY, reason=reason)
    postpone_year(SYSTEM, made, early, day=DAY, reason="elections", approved_by="Bureau")
    with pytest.raises(DrawError, match="postponed 1 times before"):
        postpone_year(SYSTEM, made, early, day=DAY, reason="elections")
    assert [(one.state_concerned, one.reviewer, one.kind) for one in events_of(made)] == [(early, None, "DEFERRED")]


def test_a_draw_of_reviewers_has_no_years_to_move_and_a_review_is_postponed_as_often_as_the_rules_say():
    twice = replace(plan(), rules=replace(usual_rules(), postponements_at_most=2))
    made = announce_draw(SYSTEM, twice, announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, [[1]], drawn_at=MOMENT)
    pairing = pairings_of(made)[0]
    with pytest.raises(DrawError, match="has drawn no years"):
        postpone_year(SYSTEM, made, pairing.state, day=DAY, reason="elections")
    for _time in range(2):
        defer_review(SYSTEM, pairing, day=DAY, reason="elections")
    with pytest.raises(DrawError, match="so often: 2"):
        defer_review(SYSTEM, pairing, day=DAY, reason="elections")


def test_who_has_not_answered_is_listed_without_those_replaced_or_answered():
    made = part("first", AFRICA, [[1]])
    first, second = pairings_of(made)[:2]
    record_acceptance(SYSTEM, first, day=DAY)
    request_redraw(SYSTEM, second, day=DAY, reason="wish")
    new = redrawn(second)

    listed = {one.pk for one in unanswered(ANYBODY)}
    assert listed == {one.pk for one in pairings_of(made)} - {first.pk}
    assert new.pk in listed


def test_the_answer_period_stands_in_the_announcement_only_where_one_is_set():
    silent, spoken = named_rules("uncac"), replace(named_rules("uncac"), answer_days=28)

    assert "answer_days" not in silent.as_data()
    assert spoken.as_data()["answer_days"] == 28


def test_a_new_name_of_a_state_after_a_day_is_found_with_the_name_before():
    found = renamed({"TUR", "GHA"}, after=dt.date(2022, 1, 1))

    assert [(one.state, one.day, one.before, one.after) for one in found] == [
        ("TUR", dt.date(2022, 6, 1), "Turkey", "Türkiye")
    ]
    assert renamed({"TUR"}, after=dt.date(2022, 6, 1)) == []
