"""The styleguide's timetable: four fictional States over three years."""

from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from merida.interfaces.web.languages import content_language, direction
from merida.interfaces.web.pictures.lanes import Lanes, Window, Words, draw_lanes, span_words
from merida.interfaces.web.pieces import Cell, Column, Table
from merida.interfaces.web.templatetags.words import iso_date
from merida.review.synergies.plan_view import Bar, MonthLoad, OtherBar, PlanView

FIRST, LAST = date(2030, 1, 7), date(2032, 12, 26)
CODES = ("XAA", "XAB", "XBA", "XBB")
WEEK = timedelta(weeks=1)


def sample_lanes() -> tuple[Lanes, Table]:
    """Return the picture of a fictional timetable and its table."""
    names = {code: _("Sample State %(code)s") % {"code": code} for code in CODES}
    words = Words(names, {"AFRICA": _("African States")}, {"SAMPLE": _("Sample mechanism")})
    bars = tuple(_bar(code, at) for at, code in enumerate(CODES))
    view = PlanView(
        title=_("Timetable"),
        uuid=UUID(int=0),
        first=FIRST,
        last=LAST,
        bars=bars,
        others=(OtherBar("XAB", "SAMPLE", date(2031, 9, 1), date(2031, 9, 12), "VISIT", "FIXED"),),
        blocked=((date(2030, 12, 20), date(2031, 1, 5), ""), (date(2031, 12, 20), date(2032, 1, 4), "")),
        months=tuple(
            MonthLoad(date(year, month, 1), 3 + (5 * month + year) % 8, 9, month % 2)
            for year in range(2030, 2033)
            for month in range(1, 13)
        ),
    )
    lanes = draw_lanes(
        view,
        Window(FIRST, LAST),
        words=words,
        caption=span_words(FIRST, LAST),
        today=date(2031, 6, 1),
        address=lambda _bar: "#lanes-table",
        right_to_left=direction(content_language()) == "rtl",
    )
    columns = (Column(_("State")), Column(_("Visit")), Column(_("Report until")))
    rows = [
        (Cell(words.state(one.state)), Cell(iso_date(one.visit_first)), Cell(iso_date(one.report_last))) for one in bars
    ]
    return lanes, Table(_("Reviews of this timetable"), columns, rows)


def _bar(code: str, at: int) -> Bar:
    monday = FIRST + (30 + 26 * at) * WEEK
    return Bar(
        code=code,
        state=code,
        group="AFRICA" if at < len(CODES) // 2 else "",
        mechanism="SAMPLE",
        reviewers=(),
        officer="",
        language="en",
        desk_first=monday - 22 * WEEK,
        visit_first=monday,
        visit_last=monday + timedelta(days=4),
        report_last=monday + 20 * WEEK,
        locked=at == 0,
    )
