"""What the pages of planners show of a timetable: where it stands, what must give, its visits, what moved and why."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from merida.interfaces.web.pictures.lanes import further_sessions as sessions_in_words
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, language_name, long_date, number, percent
from merida.interfaces.web.views.draw_pieces import Names
from merida.interfaces.web.views.naming import in_reader_language, isolated, short_mechanism
from merida.interfaces.web.views.plan_forms import NUMBERS, typed
from merida.interfaces.web.views.plan_obstacles import in_the_way
from merida.review.synergies.plan_models import CyclePlan, DialogueForm, PlannedReview, PlanState
from merida.review.synergies.plan_moves import MoveReason, SideBySide
from merida.review.synergies.plan_officers import OfficerLoad
from merida.review.synergies.plan_records import rules_of
from merida.review.synergies.plan_rules import Rules, differences, relaxed
from merida.rules.timetable.instance import Mode
from merida.rules.timetable.lengths import Form

RULES = {
    **NUMBERS,
    "capacity_of_month": gettext_lazy("Officers of single months"),
    "stage_lengths": gettext_lazy("Lengths of the stages"),
    "blocked": gettext_lazy("Days without visits"),
    "with_holidays": gettext_lazy("No visits on public holidays of the States concerned"),
    "with_joint": gettext_lazy("Seek joint visits with mechanisms that welcome them"),
    "language": gettext_lazy("Language where none is known"),
    "languages": gettext_lazy("Languages known"),
    "desk_lengths": gettext_lazy("Weeks of desk review: least, usual, most"),
    "report_lengths": gettext_lazy("Weeks of reporting: least, usual, most"),
    "forms": gettext_lazy("Forms of dialogue"),
    "officers_of_language": gettext_lazy("Officers who work in a language"),
    "interpreters": gettext_lazy("Sessions a week that interpreters can serve, by language"),
    "distances": gettext_lazy("Weeks between visits, by mechanism"),
    "busy": gettext_lazy("Days on which a State cannot send experts"),
    "zones": gettext_lazy("Time zones"),
}


def title_of(plan: CyclePlan) -> str:
    """Return the title in the reader's language."""
    return in_reader_language(plan.titles, str(plan))


def facts_of(plan: CyclePlan) -> list[Fact]:
    """Return the line under the title."""
    one = plan.mechanism
    facts = [
        Fact(_("mechanism"), short_mechanism(one.code, one.short_name), reverse("mechanism", args=[one.slug])),
        Fact(_("state:"), str(PlanState(plan.state).label)),
        Fact(_("from"), long_date(plan.first_monday)),
        Fact(_("weeks"), number(plan.weeks)),
    ]
    if plan.cost is not None:
        facts.append(Fact(_("cost in weeks of delay"), number(round(plan.cost))))
    if plan.gap is not None:
        facts.append(Fact(_("gap to the proven bound"), percent(plan.gap)))
    return facts


_CODES = re.compile(r"\b([A-Z]{3})(-\d{4})?\b|\b[a-z]{2}\b")  # a State, its review, a language


def in_words(item: str, names: Names) -> str:
    """Return what a rule is about with the names of States and languages in place of their codes."""

    def said(found: re.Match[str]) -> str:
        state = found[1]
        return names.states.get(state, found[0]) if state else language_name(found[0])

    return _CODES.sub(said, item)


def obstacles_table(plan: CyclePlan, names: Names) -> Table:
    """Return what would have to give where no plan keeps every rule."""
    columns = (Column(_("Week of")), Column(_("What would have to give")), Column(_("By how much"), numeric=True))
    rows = [
        (
            Cell(iso_date(date.fromisoformat(one["week_of"]))),
            Cell(in_the_way(one["rule"], in_words(one["item"], names))),
            Cell(number(one["amount"])),
        )
        for one in plan.obstacles
    ]
    note = _("found when the time was over") if plan.was_stopped else _("the fewest")
    return Table(_("What would have to give"), columns, rows, note=note)


def enough(plan: CyclePlan) -> str:
    """Return which numbers among the rules to relax, and how far; empty where no number would do it."""
    rules = rules_of(plan)
    after = relaxed(rules, plan.obstacles)
    changes = [
        _("%(rule)s: %(after)s instead of %(before)s")
        % {"rule": NUMBERS[name], "after": number(getattr(after, name)), "before": number(getattr(rules, name))}
        for name in differences(rules, after)
    ]
    return _("It would be enough to relax: %(rules)s.") % {"rules": "; ".join(changes)} if changes else ""


def reviews_table(
    reviews: Sequence[PlannedReview], names: Names, hours: Mapping[str, Sequence[datetime]] | None = None
) -> Table:
    """Return the visits by their day; ``hours`` are those at which sessions at a distance are best begun."""
    columns = (
        *(Column(_("Review")), Column(_("State")), Column(_("Reviewing States")), Column(_("Visit"))),
        *(Column(_("Form")), Column(_("Language")), Column(_("Agreed")), Column(_("Seen by"))),
    )
    rows = [
        (
            Cell(isolated(one.code)),
            Cell(names.of(one.state.iso3)),
            Cell(", ".join(sorted(names.of(reviewer.iso3) for reviewer in one.reviewers.all()))),
            Cell(iso_date(one.visit_first_date)) if one.visit_first_date else Cell(_("no place yet")),
            Cell(
                one.get_form_display() if one.visit_first_date else "",
                detail=_sessions(one, (hours or {}).get(one.code, ())),
            ),
            Cell(language_name(one.language)),
            Cell(_("agreed") if one.is_locked else ""),
            Cell(_("everybody"), detail=one.opened_by_text) if one.published_at else Cell(_("planners")),
        )
        for one in reviews
    ]
    return Table(_("Visits"), columns, rows)


def officers_table(loads: Sequence[OfficerLoad]) -> Table | None:
    """Return how much work the officers have; None where nobody is named yet."""
    columns = (
        *(Column(_("Officer")), Column(_("Reviews"), numeric=True), Column(_("Weeks with work"), numeric=True)),
        *(Column(_("Most reviews in one week"), numeric=True), Column(_("first in the week of"))),
    )
    rows = [
        (
            Cell(isolated(one.officer)),
            Cell(number(one.reviews)),
            Cell(number(one.weeks)),
            Cell(number(one.most)),
            Cell(iso_date(one.busiest) if one.busiest else "–"),
        )
        for one in loads
    ]
    return Table(_("Officers"), columns, rows) if rows else None


def further_sessions(one: PlannedReview) -> str:
    """Return the days of further sessions, empty where there is one only."""
    first = one.visit_first_date
    if first is None or not one.later_weeks:
        return ""
    length = (one.visit_last_date or first) - first
    begins = [first + timedelta(weeks=week) for week in one.later_weeks]
    return sessions_in_words([(begin, begin + length) for begin in begins], isolated)


def _sessions(one: PlannedReview, begins: Sequence[datetime]) -> str:
    said = [further_sessions(one)]
    if begins:
        days = ", ".join(isolated(f"{begin:%Y-%m-%d %H:%M}") for begin in begins)
        said.append(_("good hours for all (UTC): %(days)s") % {"days": days})
    return " · ".join(filter(None, said))


def asked_moves_table(reviews: Sequence[PlannedReview], names: Names) -> Table | None:
    """Return the visits of other mechanisms that the plan counts on being moved; None where there are none."""
    rows = [
        (
            Cell(names.of(one.state.iso3)),
            Cell(isolated(mechanism)),
            Cell(iso_date(date.fromisoformat(before))),
            Cell(iso_date(date.fromisoformat(after))),
        )
        for one in reviews
        for mechanism, before, after in one.asked_moves
    ]
    columns = (Column(_("State")), Column(_("Mechanism")), Column(_("stands in the week of")), Column(_("wished")))
    return Table(_("Visits of other mechanisms to be moved"), columns, rows) if rows else None


def comparison(before: CyclePlan, after: CyclePlan, beside: SideBySide | None = None) -> Table:
    """Return two timetables side by side: where they stand, how much moves and which rules differ."""
    columns = (Column(_("Rule or figure")), Column(title_of(before)), Column(_("this timetable")))
    rows = [
        (Cell(_("State of the timetable")), *(Cell(str(PlanState(one.state).label)) for one in (before, after))),
        (Cell(_("cost in weeks of delay")), *(Cell(_cost(one)) for one in (before, after))),
        (Cell(_("gap to the proven bound")), *(Cell(_gap(one)) for one in (before, after))),
    ]
    if beside is not None:
        rows += [
            (Cell(_("reviews that move")), Cell("–"), Cell(number(len(beside.moves)))),
            (
                Cell(_("weight of the moves"), detail=_("weeks moved; three times for what lies within half a year")),
                Cell("–"),
                Cell(number(beside.weight)),
            ),
            (
                Cell(_("other stages or another form in the same week")),
                Cell("–"),
                Cell(number(len(beside.relengthened)), detail=isolated(", ".join(beside.relengthened))),
            ),
        ]
    old, new = rules_of(before), rules_of(after)
    rows += [
        (Cell(str(RULES.get(name, name))), Cell(_value(old, name)), Cell(_value(new, name)))
        for name in differences(old, new)
    ]
    return Table(_("Side by side"), columns, rows)


def moves_table(moves: Sequence[MoveReason], names: Names) -> Table:
    """Return what stands in another week than before, and why."""
    columns = (
        *(Column(_("Review")), Column(_("State")), Column(_("before")), Column(_("now"))),
        *(Column(_("weeks"), numeric=True), Column(_("weight"), numeric=True), Column(_("Why"))),
    )
    rows = [
        (
            Cell(isolated(one.move.code)),
            Cell(names.of(one.move.state)),
            Cell(iso_date(one.move.before) if one.move.before else "–"),
            Cell(iso_date(one.move.after) if one.move.after else "–"),
            Cell(isolated(f"{one.move.weeks:+d}") if one.move.weeks else "–"),
            Cell(number(one.move.weight) if one.move.weeks else "–"),
            Cell(_why(one, names)),
        )
        for one in moves
    ]
    return Table(_("What moved, and why"), columns, rows, empty=_("Nothing moved."))


def months_table(beside: SideBySide) -> Table:
    """Return the load by month of both timetables."""
    columns = (
        *(Column(_("Month")), Column(_("before"), numeric=True), Column(_("now"), numeric=True)),
        Column(_("Weeks of officers there are"), numeric=True),
    )
    rows = [
        (Cell(f"{one.month:%Y-%m}"), Cell(number(one.before)), Cell(number(one.after)), Cell(number(one.capacity)))
        for one in beside.months
    ]
    return Table(_("Load by month, in weeks of officers"), columns, rows)


def variant_links(plans: Sequence[CyclePlan]) -> list[Link]:
    """Return the ways to timetables made from this one."""
    return [
        Link(
            one.change_text or title_of(one),
            reverse("timetable_desk", args=[one.uuid]),
            str(PlanState(one.state).label),
        )
        for one in plans
    ]


def _why(one: MoveReason, names: Names) -> str:
    if one.move.locked:
        return _("agreed for this week")
    if one.move.before is None or one.move.after is None:
        return ""
    return in_the_way(one.rule, in_words(one.item, names))


def _cost(plan: CyclePlan) -> str:
    return "–" if plan.cost is None else number(round(plan.cost))


def _gap(plan: CyclePlan) -> str:
    return "–" if plan.gap is None else percent(plan.gap)


def _value(rules: Rules, name: str) -> str:
    """Return a rule in words; what is typed as lines stands as it was typed."""
    if name == "forms":
        return "; ".join(map(_form_in_words, rules.forms))
    if name == "stage_lengths":
        return "; ".join(map(_lengths_in_words, rules.stage_lengths))
    if name == "language":
        return language_name(rules.language)
    value = typed(rules)[name]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value) if isinstance(value, int) else isolated("; ".join(value.splitlines())) or "–"


def _form_in_words(one: Form) -> str:
    said = [str(DialogueForm(one.kind).label)]
    if one.later:
        weeks = ", ".join(map(number, one.later))
        said.append(_("further sessions after so many weeks: %(weeks)s") % {"weeks": weeks})
    return ", ".join([*said, _cost_in_words(one.cost)])


def _lengths_in_words(one: Mode) -> str:
    said = _("weeks of desk review: %(desk)s, of reporting: %(report)s") % {
        "desk": number(one.desk),
        "report": number(one.report),
    }
    return f"{said}, {_cost_in_words(one.cost)}"


def _cost_in_words(cost: int) -> str:
    return f"{_('cost in weeks of delay')}: {number(cost)}"
