"""What the page of a timetable is made of: its tables, the ways to zoom, the answer to "why here?"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from merida.foundation.registry.addresses import slug_of
from merida.foundation.registry.figures import mechanisms_known
from merida.interfaces.web.pictures.lanes import Window, Words, further_sessions, span_words
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, language_name, number, percent, query_string
from merida.interfaces.web.views.draw_pieces import names_now
from merida.interfaces.web.views.listing import reading_order, sort_choice, sorted_rows
from merida.interfaces.web.views.naming import in_reader_language, isolated, short_mechanism
from merida.review.synergies.plan_models import CyclePlan
from merida.review.synergies.plan_view import Bar, PlanView
from merida.review.synergies.why_here import Hindrance, Obstacle, WeekOpen, WhyHere

COLUMNS = (
    "review",
    "state",
    "group",
    "mechanism",
    "reviewers",
    "officer",
    "language",
    "desk_first",
    "visit_first",
    "visit_last",
    "report_last",
    "agreed",
    "form",
    "further_sessions",
)
SAID = {
    Obstacle.OUTSIDE: gettext_lazy("outside the weeks that the rules leave"),
    Obstacle.STAGES: gettext_lazy("its stages would not fit into the timetable"),
    Obstacle.BLOCKED: gettext_lazy("no visits: %(reason)s"),
    Obstacle.HOLIDAY: gettext_lazy("public holiday, %(state)s, %(day)s"),
    Obstacle.OTHER_VISIT: gettext_lazy("too close to the visit of %(mechanism)s from %(day)s"),
    Obstacle.STATE_BUSY: gettext_lazy("%(state)s takes part in another visit"),
    Obstacle.VISITS_AT_ONCE: gettext_lazy("the most visits in one week (%(count)s) is reached"),
    Obstacle.LANGUAGE: gettext_lazy("interpreters are taken: %(language)s"),
    Obstacle.MONTH_FULL: gettext_lazy("the officers have no time left in %(month)s"),
}
QUARTERS = 4
MONTHS_OF_QUARTER = 3
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the reader chose; ``""`` for no choice."""

    group: str = ""
    mechanism: str = ""
    officer: str = ""

    def of(self, view: PlanView) -> PlanView:
        """Return the part of a plan that was chosen; the load by month stays that of the whole plan."""
        bars = tuple(one for one in view.bars if self._takes(one))
        chosen = (one for one in view.bars if self.group in {"", one.group} and self.officer in {"", one.officer})
        lanes = {one.state for one in chosen} if self.group or self.officer else None
        others = tuple(
            one
            for one in view.others
            if (lanes is None or one.state in lanes) and self.mechanism in {"", one.mechanism}
        )
        return replace(view, bars=bars, others=others)

    def _takes(self, bar: Bar) -> bool:
        return (
            self.group in {"", bar.group}
            and self.mechanism in {"", bar.mechanism}
            and self.officer in {"", bar.officer}
        )


def words_now() -> Words:
    """Return the names for the page being made."""
    names = names_now()
    mechanisms = {one.code: short_mechanism(one.code, one.short_name) for one in mechanisms_known()}
    return Words(names.states, names.groups, mechanisms)


def in_order(view: PlanView, words: Words) -> PlanView:
    """Return a plan with its reviews in the order of the States' names in the reader's language."""
    bars = sorted(view.bars, key=lambda one: (reading_order(words.state(one.state)), one.visit_first, one.code))
    return replace(view, bars=tuple(bars))


def state_address(code: str) -> str:
    """Return where a State's page is."""
    return reverse("state", args=[slug_of(code)])


def list_link() -> Link:
    """Return the way to the list of timetables."""
    return Link(_("Timetables"), reverse("timetables"))


def titled(view: PlanView, plan: CyclePlan) -> PlanView:
    """Return a plan under its title in the reader's language."""
    return replace(view, title=in_reader_language(plan.titles, view.title))


def facts_of(view: PlanView, words: Words, plan: CyclePlan | None = None) -> list[Fact]:
    """Return the line under the title."""
    mechanisms = sorted({one.mechanism for one in view.bars})
    facts = [Fact(_("mechanism"), ", ".join(words.mechanism(code) for code in mechanisms))] if mechanisms else []
    if plan is not None:
        facts.append(Fact(_("state:"), str(plan.get_state_display())))
        if plan.draw is not None:
            facts.append(Fact(_("planned from"), in_reader_language(plan.draw.titles), _draw_address(plan.draw.slug)))
    facts += [Fact(_("days"), span_words(view.first, view.last)), Fact(_("number of reviews"), number(len(view.bars)))]
    if view.cost is not None:
        facts.append(Fact(_("cost in weeks of delay"), number(view.cost)))
    if view.bound is not None:
        facts.append(Fact(_("no plan costs less than"), number(view.bound)))
    if view.gap is not None:
        facts.append(Fact(_("gap to the proven bound"), percent(view.gap)))
    return facts


def _draw_address(slug: str) -> str:
    return reverse("draw", args=[slug])


def asked_window(request: HttpRequest, view: PlanView) -> tuple[Window, str]:
    """Return the days that the address asks for, and a sentence where it asks for days that cannot be shown."""
    whole = Window(view.first, view.last)
    asked = {name: request.GET.get(name, "").strip() for name in ("from", "to")}
    days = dict[str, date]()
    for name, text in asked.items():
        try:
            days[name] = date.fromisoformat(text) if text else (view.first if name == "from" else view.last)
        except ValueError:
            return whole, _('"%(day)s" is no day such as 2029-03-01: all days are shown.') % {"day": text[:20]}
    first, last = max(days["from"], view.first), min(days["to"], view.last)
    if first > last:
        return whole, _("No day of this timetable lies from %(first)s to %(last)s: all days are shown.") % {
            "first": isolated(iso_date(days["from"])),
            "last": isolated(iso_date(days["to"])),
        }
    return Window(first, last), ""


def zooms(request: HttpRequest, view: PlanView, window: Window) -> list[list[Link]]:
    """Return the ways to other days: all and each year; the quarters of the year in view; before and after."""

    def link(text: str, first: date, last: date) -> Link:
        first, last = max(first, view.first), min(last, view.last)
        whole = (first, last) == (view.first, view.last)
        days: dict[str, Any] = {"from": None if whole else iso_date(first), "to": None if whole else iso_date(last)}
        here = (first, last) == (window.first, window.last)
        return Link(text, query_string(request, **days, format=None), current=here)

    years = [
        link(str(year), date(year, 1, 1), date(year, 12, 31)) for year in range(view.first.year, view.last.year + 1)
    ]
    rows = [[link(_("all years"), view.first, view.last), *years]]
    if window.first.year == window.last.year:
        year = window.first.year
        begins = [date(year, MONTHS_OF_QUARTER * at + 1, 1) for at in range(QUARTERS)] + [date(year + 1, 1, 1)]
        spans = [(begin, end - DAY) for begin, end in pairwise(begins)]
        rows.append(
            [
                link(_("quarter %(number)s of %(year)s") % {"number": at + 1, "year": year}, first, last)
                for at, (first, last) in enumerate(spans)
                if view.first <= last and first <= view.last
            ]
        )
    step = window.last - window.first + DAY
    beside = []
    if window.first > view.first:
        beside.append(link(_("earlier"), window.first - step, window.first - DAY))
    if window.last < view.last:
        beside.append(link(_("later"), window.last + DAY, window.last + step))
    return [*rows, beside] if beside else rows


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    label: str
    cell: Callable[[Bar], Cell]
    key: Callable[[Bar], Any]


def reviews_table(request: HttpRequest, view: PlanView, words: Words, address: Callable[[Bar], str]) -> Table:
    """Return the reviews as a table, sorted as the address asks; ``address`` is where a review is explained."""
    heads = [
        _Head(
            "state",
            _("State"),
            lambda one: Cell(words.state(one.state), state_address(one.state)),
            lambda one: reading_order(words.state(one.state)),
        ),
        _Head("visit", _("Visit"), lambda one: _visit_cell(one, address(one)), lambda one: one.visit_first),
        _Head("desk", _("Desk review from"), lambda one: Cell(iso_date(one.desk_first)), lambda one: one.desk_first),
        _Head("report", _("Report until"), lambda one: Cell(iso_date(one.report_last)), lambda one: one.report_last),
        _Head(
            "reviewers",
            _("Reviewers"),
            lambda one: Cell(", ".join(map(words.state, one.reviewers))),
            lambda one: reading_order(", ".join(map(words.state, one.reviewers))),
        ),
        _Head("language", _("Language"), lambda one: Cell(language_name(one.language)), lambda one: one.language),
    ]
    if any(one.officer for one in view.bars):
        heads.append(
            _Head("officer", _("Officer"), lambda one: Cell(one.officer), lambda one: reading_order(one.officer))
        )
    column, descending = sort_choice(request, [one.name for one in heads])
    key = next(one.key for one in heads if one.name == column)
    rows = [[one.cell(bar) for one in heads] for bar in sorted_rows(view.bars, key, descending=descending)]
    columns = [_column(request, one, column, descending=descending) for one in heads]
    return Table(_("Reviews of this timetable"), columns, rows, empty=_("No review is left with these choices."))


def _visit_cell(bar: Bar, address: str) -> Cell:
    said = [further_sessions(bar.later, isolated)] if bar.later else []
    said += [_("agreed")] if bar.locked else []
    return Cell(span_words(bar.visit_first, bar.visit_last), address, detail=" · ".join(said))


def _column(request: HttpRequest, head: _Head, sorted_by: str, *, descending: bool) -> Column:
    here = head.name == sorted_by
    value = f"-{head.name}" if here and not descending else head.name
    ordered = ("descending" if descending else "ascending") if here else ""
    return Column(head.label, sort_url=query_string(request, sort=value, format=None) + "#reviews", sorted=ordered)


def others_table(view: PlanView, window: Window, words: Words) -> Table:
    """Return the visits of other mechanisms in the window."""
    rows = [
        (
            Cell(words.state(one.state), state_address(one.state)),
            Cell(words.mechanism(one.mechanism)),
            Cell(span_words(one.first, one.last)),
            Cell(_firmness(one.firmness)),
        )
        for one in sorted(view.others, key=lambda one: (one.first, one.state))
        if window.touches(one.first, one.last)
    ]
    columns = (Column(_("State")), Column(_("Mechanism")), Column(_("Visit")), Column(_("How firm")))
    return Table(_("Visits of other mechanisms"), columns, rows, empty=_("None is known in these days."))


def _firmness(code: str) -> str:
    return {"FIXED": _("fixed"), "MOVABLE": _("movable"), "TENTATIVE": _("tentative")}.get(code, code)


def load_table(view: PlanView, window: Window) -> Table:
    """Return the load by month in the window."""
    rows = [
        (Cell(f"{one.month:%Y-%m}"), Cell(number(one.load)), Cell(number(one.capacity)), Cell(number(one.visits)))
        for one in view.months
        if window.first.replace(day=1) <= one.month <= window.last
    ]
    columns = (
        Column(_("Month")),
        Column(_("Weeks of officers needed"), numeric=True),
        Column(_("Weeks of officers there are"), numeric=True),
        Column(_("Visits"), numeric=True),
    )
    return Table(_("Load by month"), columns, rows)


def data_rows(bars: Sequence[Bar]) -> list[dict[str, Any]]:
    """Return the reviews as rows of a file."""
    return [
        {
            "review": one.code,
            "state": one.state,
            "group": one.group,
            "mechanism": one.mechanism,
            "reviewers": " ".join(one.reviewers),
            "officer": one.officer,
            "language": one.language,
            "desk_first": one.desk_first,
            "visit_first": one.visit_first,
            "visit_last": one.visit_last,
            "report_last": one.report_last,
            "agreed": one.locked,
            "form": one.form,
            "further_sessions": " ".join(first.isoformat() for first, _last in one.later),
        }
        for one in bars
    ]


@dataclass(frozen=True, slots=True)
class ShownWhy:
    """The answer to "why here?": title, sentences, the neighbouring weeks, the way to close it."""

    title: str
    sentences: tuple[str, ...]
    table: Table
    close: str


def shown_why(found: WhyHere, view: PlanView, words: Words, *, address: Callable[[Bar], str], close: str) -> ShownWhy:
    """Return what is known about the place of a review, in words."""
    bar = found.bar
    sentences = [
        _("Weeks that the rules leave for this visit: %(count)s, from %(first)s to %(last)s.")
        % {
            "count": number(found.allowed),
            "first": isolated(iso_date(found.first)),
            "last": isolated(iso_date(found.last)),
        },
        _earlier(found),
        _("Later weeks that would be possible for this review alone: %(count)s.") % {"count": number(found.later)},
    ]
    if bar.locked:
        sentences.insert(0, _("This visit is agreed: a new plan leaves it where it is."))
    held = {one.code: one for one in view.bars}
    rows = [_week_row(week, words, held, address) for week in found.weeks]
    columns = (Column(_("Week from")), Column(_("What stands in the way")), Column(_("What would have to move")))
    return ShownWhy(
        title=_("Why here, and what would move: %(state)s, %(days)s")
        % {"state": words.state(bar.state), "days": isolated(span_words(bar.visit_first, bar.visit_last))},
        sentences=tuple(sentences),
        table=Table(_("The weeks around it"), columns, rows),
        close=close,
    )


def _earlier(found: WhyHere) -> str:
    if not found.earlier:
        return _("No earlier week is possible for it: something stands in the way of each.")
    said = _(
        "Earlier weeks that would be possible for this review alone: %(count)s; "
        "the plan leaves them to others or keeps the load even."
    )
    return said % {"count": number(found.earlier)}


def _week_row(
    week: WeekOpen, words: Words, held: dict[str, Bar], address: Callable[[Bar], str]
) -> tuple[Cell, Cell, Cell]:
    said = " · ".join(_said(one, words) for one in week.hindrances)
    if week.here:
        said = f"{_('the week of the plan')}: {said}" if said else _("the week of the plan")
    movers = [held[code] for code in week.movers]
    names = ", ".join(words.state(one.state) for one in movers)
    url = address(movers[0]) if len(movers) == 1 else ""
    return Cell(iso_date(week.monday)), Cell(said or _("nothing")), Cell("" if week.here else names, url)


def _said(one: Hindrance, words: Words) -> str:
    values = {
        "state": words.state(one.item),
        "mechanism": words.mechanism(one.item),
        "language": language_name(one.item) if one.obstacle is Obstacle.LANGUAGE else "",
        "count": one.item,
        "day": isolated(iso_date(one.day)),
        "month": isolated(iso_date(one.day)[:7]),
        "reason": one.reason or isolated(iso_date(one.day)),
    }
    return str(SAID[one.obstacle]) % values
