"""A timetable of fictional reviews over five years, as large as a cycle of all States."""

from datetime import date, timedelta
from uuid import UUID

from merida.review.synergies.plan_view import Bar, MonthLoad, OtherBar, PlanView

FIRST = date(2027, 1, 4)  # a Monday
WEEKS = 261
WEEK = timedelta(weeks=1)
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


def sample_plan(states: list[tuple[str, str]], **changes) -> PlanView:
    """Return a plan with one review for each ``(State, regional group)``; every tenth is agreed."""
    bars = tuple(_bar(at, states) for at in range(len(states)))
    others = tuple(
        _other(state, 12 + 5 * at % (WEEKS - 24), firm=at % 2 == 0) for at, (state, _group) in enumerate(states[::3])
    )
    values = {
        "title": "Sample timetable",
        "uuid": UUID(int=27),
        "first": FIRST,
        "last": FIRST + WEEKS * WEEK - timedelta(days=1),
        "others": others,
        "holidays": {state: _holidays(at) for at, (state, _group) in enumerate(states)},
        "blocked": tuple((date(year, 12, 20), date(year + 1, 1, 3), "Sample year end") for year in range(2027, 2031)),
        "months": tuple(
            MonthLoad(date(year, month, 1), 30 + (7 * month + year) % 23, 48, (month + year) % 5)
            for year in range(2027, 2032)
            for month in range(1, 13)
        ),
        "cost": 4210,
        "bound": 4189,
        "gap": 0.005,
        "is_sample": True,
        "published": True,
        "visits_at_once": 3,
        "visits_a_language": 1,
    }
    return PlanView(**{**values, **changes}, bars=bars)


def _bar(at: int, states: list[tuple[str, str]]) -> Bar:
    state, group = states[at]
    monday = FIRST + (26 + 37 * at % (WEEKS - 60)) * WEEK
    return Bar(
        code=f"R-{state}",
        state=state,
        group=group,
        mechanism="UNCAC_IRM",
        reviewers=tuple(states[(at + step) % len(states)][0] for step in (3, 11) if len(states) > step),
        officer=f"Officer {at % 12 + 1}",
        language=LANGUAGES[at % 6],
        desk_first=monday - (12 + at % 9) * WEEK,
        visit_first=monday,
        visit_last=monday + timedelta(days=4),
        report_last=monday + (14 + at % 12) * WEEK,
        locked=at % 10 == 0,
    )


def _other(state: str, week: int, *, firm: bool) -> OtherBar:
    monday = FIRST + week * WEEK
    return OtherBar(state, "GRECO", monday, monday + timedelta(days=4), "VISIT", "FIXED" if firm else "TENTATIVE")


def _holidays(at: int) -> tuple[date, ...]:
    return tuple(date(year, month, 1 + (at + month) % 27) for year in range(2027, 2032) for month in range(1, 13))
