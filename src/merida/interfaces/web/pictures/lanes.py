"""A timetable as lanes: one lane a State, grouped by region, on one axis of days, with the load by month beneath.

Positions are percentages of the width, as in ``timeline``; in right-to-left pages time runs from right to left. Only
what touches the window of days is drawn; what reaches beyond is cut at its edge. Names and words are arguments, so
that nothing here asks the database or the clock.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from merida.interfaces.web.templatetags.words import iso_date
from merida.review.synergies.plan_view import Bar, MonthLoad, OtherBar, PlanView

Span = TypeVar("Span", Bar, OtherBar)
DAY = timedelta(days=1)
ALL_MONTHS_UP_TO, WEEKS_UP_TO = 400, 100  # days of a window with a mark a month, a week; below them holidays too
NARROWEST = 0.01  # of the width: another mechanism's visit is still seen over five years
LOAD_HEIGHT = 72
JANUARY, DECEMBER, QUARTERS = 1, 12, {4, 7, 10}
SIGN_ROOM = 0.025  # of the width, for a sign of a name on the axis: enough on a phone


@dataclass(frozen=True, slots=True)
class Window:
    """The days shown, the last one included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days are shown."""
        return (self.last - self.first).days + 1

    def touches(self, first: date, last: date) -> bool:
        """Whether any day of a span is shown."""
        return first <= self.last and self.first <= last


@dataclass(frozen=True, slots=True)
class Words:
    """What States and mechanisms are called, by code; regional groups by code in the order to show."""

    states: Mapping[str, str]
    groups: Mapping[str, str]
    mechanisms: Mapping[str, str]

    def state(self, code: str) -> str:
        """Return the name of a State, its code where nobody knows it."""
        return self.states.get(code, code)

    def mechanism(self, code: str) -> str:
        """Return the name of a mechanism, its code where nobody knows it."""
        return self.mechanisms.get(code, code)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle: left edge and width as percentages, what it says on hover, its tone in the stylesheet."""

    x: str
    width: str
    words: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class DrawnReview:
    """A review on its lane; a part outside the window is ``None``; ``visits``: where its sessions in the window lie."""

    url: str
    words: str
    desk: Block | None
    report: Block | None
    visits: tuple[str, ...]
    locked: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A State's lane; ``holidays`` is the path of its public holidays on a ground as many units wide as days."""

    name: str
    url: str
    when: str
    chosen: bool
    reviews: tuple[DrawnReview, ...]
    others: tuple[Block, ...]
    holidays: str


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """A regional group and its lanes."""

    title: str
    lanes: tuple[DrawnLane, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis; without ``label`` a fine one."""

    x: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month's load: a rectangle as high as the load, and the height of the capacity; heights in pixels."""

    block: Block
    y: int
    height: int
    capacity_y: int
    x_end: str


@dataclass(frozen=True, slots=True)
class Lanes:
    """The picture. ``today_x`` is ``""`` where today is not shown; ``most`` is the load or capacity at full height."""

    caption: str
    groups: tuple[LaneGroup, ...]
    ticks: tuple[Tick, ...]
    blocked: tuple[Block, ...]
    today_x: str
    months: tuple[MonthBar, ...]
    most: int
    days: int
    holidays_shown: bool
    height: int = LOAD_HEIGHT

    @property
    def count(self) -> int:
        """How many lanes are drawn."""
        return sum(len(group.lanes) for group in self.groups)


class _Axis:
    """Where days lie on the picture's width."""

    def __init__(self, window: Window, *, right_to_left: bool) -> None:
        self.window, self.mirrored = window, right_to_left

    def x(self, day: date) -> str:
        """Return where a day begins."""
        share = (day - self.window.first).days / self.window.days
        return _percent(1 - share if self.mirrored else share)

    def block(
        self, first: date, last: date, *, words: str = "", tone: str = "", narrowest: float = 0.0
    ) -> Block | None:
        """Return the rectangle of a span, cut at the window; None outside it or where it has no day."""
        if last < first or not self.window.touches(first, last):
            return None
        begin = max(0, (first - self.window.first).days) / self.window.days
        end = min(self.window.days, (last - self.window.first).days + 1) / self.window.days
        width = max(end - begin, narrowest)
        begin = min(begin, 1 - width)
        return Block(_percent(1 - begin - width if self.mirrored else begin), _percent(width), words, tone)

    def isolated(self, text: str) -> str:
        """Return days so that they keep their order in a sentence that runs from right to left."""
        return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if self.mirrored else text

    def path(self, days: Iterable[date]) -> str:
        """Return the path of single days, one unit wide each and one high."""
        shown = sorted({(day - self.window.first).days for day in days if self.window.touches(day, day)})
        places = [self.window.days - 1 - at for at in reversed(shown)] if self.mirrored else shown
        return "".join(f"M{at} 0h1v1h-1z" for at in places)


def draw_lanes(
    view: PlanView,
    window: Window,
    *,
    words: Words,
    caption: str,
    today: date,
    address: Callable[[Bar], str],
    chosen: str = "",
    right_to_left: bool = False,
) -> Lanes:
    """Return the picture of what ``view`` holds in ``window``; ``address`` gives where a review is explained.

    ``chosen`` is the code of the review that the reader asks about. Lanes stand in the order in which ``view`` names
    their States. A State whose group ``words`` does not name stands
    in a group at the end: no State may vanish from the picture.
    """
    axis = _Axis(window, right_to_left=right_to_left)
    bars, others = _by_state(view.bars), _by_state(view.others)
    holidays_shown = window.days <= ALL_MONTHS_UP_TO
    members: dict[str, list[tuple[str, DrawnLane]]] = {code: [] for code in (*words.groups, "")}
    groups = {one.state: one.group for one in view.bars}
    for state in {**bars, **others}:
        reviews = [one for one in bars.get(state, []) if window.touches(one.desk_first, one.report_last)]
        visits = [one for one in others.get(state, []) if window.touches(one.first, one.last)]
        if not reviews and not visits:
            continue
        lead = next(iter([*reviews, *bars.get(state, [])]), None)
        lane = DrawnLane(
            name=words.state(state),
            url=address(lead) if lead else "",
            when=iso_date(lead.visit_first) if lead else "",
            chosen=any(one.code == chosen for one in reviews),
            reviews=tuple(_review(one, axis, words, address(one), chosen=one.code == chosen) for one in reviews),
            others=tuple(_other(one, axis, words) for one in visits),
            holidays=axis.path(view.holidays.get(state, ())) if holidays_shown else "",
        )
        group = groups.get(state, "")
        members[group if group in members else ""].append((state, lane))
    months = [one for one in view.months if window.touches(one.month, _month_end(one.month))]
    most = max([max(one.load, one.capacity) for one in months], default=0)
    return Lanes(
        caption=caption,
        groups=tuple(
            LaneGroup(words.groups.get(code) or _("Without group"), tuple(lane for _state, lane in inside))
            for code, inside in members.items()
            if inside
        ),
        ticks=tuple(_ticks(axis)),
        blocked=tuple(_blocked(view, axis)),
        today_x=axis.x(today) if window.touches(today, today) else "",
        months=tuple(_month(one, axis, most) for one in months),
        most=most,
        days=window.days,
        holidays_shown=holidays_shown,
    )


def span_words(first: date, last: date) -> str:
    """Return the days of a span for tables, one day only once."""
    return iso_date(first) if first == last else f"{iso_date(first)} – {iso_date(last)}"


def further_sessions(later: Iterable[tuple[date, date]], isolated: Callable[[str], str] = str) -> str:
    """Return the days of a dialogue's sessions after the first, as words."""
    days = ", ".join(isolated(span_words(first, last)) for first, last in later)
    return _("further sessions: %(days)s") % {"days": days}


def _month_words(one: MonthLoad, axis: _Axis) -> str:
    return _("%(month)s: %(load)s of %(capacity)s weeks of officers, visits: %(visits)s") % {
        "month": axis.isolated(f"{one.month:%Y-%m}"),
        "load": one.load,
        "capacity": one.capacity,
        "visits": one.visits,
    }


def _by_state(spans: Sequence[Span]) -> dict[str, list[Span]]:
    found = dict[str, list[Span]]()
    for one in spans:
        found.setdefault(one.state, []).append(one)
    return found


def _review(bar: Bar, axis: _Axis, words: Words, url: str, *, chosen: bool) -> DrawnReview:
    said = _("%(state)s: desk review from %(desk)s, visit %(visit)s, report until %(report)s") % {
        "state": words.state(bar.state),
        "desk": axis.isolated(iso_date(bar.desk_first)),
        "visit": axis.isolated(span_words(bar.visit_first, bar.visit_last)),
        "report": axis.isolated(iso_date(bar.report_last)),
    }
    if bar.later:
        said += " · " + further_sessions(bar.later, axis.isolated)
    middles = [first + (last - first) // 2 for first, last in bar.sessions]
    return DrawnReview(
        url=url,
        words=said,
        desk=axis.block(bar.desk_first, bar.visit_first - DAY),
        report=axis.block(bar.visit_last + DAY, bar.report_last),
        visits=tuple(axis.x(day) for day in middles if axis.window.touches(day, day)),
        locked=bar.locked,
        chosen=chosen,
    )


def _other(one: OtherBar, axis: _Axis, words: Words) -> Block:
    said = f"{words.mechanism(one.mechanism)}: {axis.isolated(span_words(one.first, one.last))}"
    tone = "firm" if one.firmness == "FIXED" else "open"
    block = axis.block(one.first, one.last, words=said, tone=tone, narrowest=NARROWEST)
    return block or Block("0%", "0%")


def _blocked(view: PlanView, axis: _Axis) -> Iterable[Block]:
    for first, last, reason in view.blocked:
        block = axis.block(first, last, words=f"{reason}: {span_words(first, last)}" if reason else "")
        if block is not None:
            yield block


def _ticks(axis: _Axis) -> Iterable[Tick]:
    """Yield a line a year with its quarters; in a window of about a year a line a month, in a shorter one a week.

    The first day bears a name too. A name without room before the next one or before the end is left away; the first
    day gives way to a year, a month to the first day.
    """
    first, days = axis.window.first, axis.window.days
    named = [day for day in _months(axis.window) if days <= ALL_MONTHS_UP_TO or day.month == JANUARY]
    year = next((day for day in named if day.month == JANUARY), None)
    if first not in named and (year is None or first + _room(_tick_name(first, days), days) <= year):
        named.insert(0, first)
    free = first
    for at, day in enumerate(named):
        name = str(day.year) if at == 0 and days > WEEKS_UP_TO else _tick_name(day, days)
        end = day + _room(name, days)
        fits = day >= free and end <= axis.window.last + DAY
        free = end if fits else free
        yield Tick(axis.x(day), name if fits else "")
    if days <= WEEKS_UP_TO:
        monday = first + timedelta(days=-first.weekday() % 7)
        yield from (
            Tick(axis.x(monday + timedelta(weeks=at))) for at in range((axis.window.last - monday).days // 7 + 1)
        )
    elif days > ALL_MONTHS_UP_TO:
        yield from (Tick(axis.x(day)) for day in _months(axis.window) if day.month in QUARTERS)


def _room(name: str, days: int) -> timedelta:
    return timedelta(days=days * SIGN_ROOM * len(name))


def _tick_name(day: date, days: int) -> str:
    if days <= WEEKS_UP_TO:
        return f"{day:%Y-%m}"
    return str(day.year) if day.month == JANUARY or days > ALL_MONTHS_UP_TO else f"{day:%m}"


def _months(window: Window) -> Iterable[date]:
    """Yield the first days of months that lie in a window."""
    day = window.first if window.first.day == 1 else _month_end(window.first) + DAY
    while day <= window.last:
        yield day
        day = _month_end(day) + DAY


def _month_end(day: date) -> date:
    following = date(day.year + 1, JANUARY, 1) if day.month == DECEMBER else date(day.year, day.month + 1, 1)
    return following - DAY


def _month(one: MonthLoad, axis: _Axis, most: int) -> MonthBar:
    tone = "over" if one.load > one.capacity else "within"
    block = axis.block(one.month, _month_end(one.month), words=_month_words(one, axis), tone=tone) or Block("0%", "0%")
    height = round(LOAD_HEIGHT * one.load / most) if most else 0
    capacity = round(LOAD_HEIGHT * one.capacity / most) if most else 0
    end = _percent((float(block.x.rstrip("%")) + float(block.width.rstrip("%"))) / 100)
    return MonthBar(block, LOAD_HEIGHT - height, height, LOAD_HEIGHT - capacity, end)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
