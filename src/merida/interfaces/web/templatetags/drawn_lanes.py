"""The lanes of a timetable, drawn by one tag: ``{% load drawn_lanes %}``.

Two hundred lanes of a dozen values each: a template would ask for every one of them again, here a lane is a pattern.
Every text from outside passes ``escape``.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString

from merida.interfaces.web.pictures.lanes import Block, DrawnLane, DrawnReview, LaneGroup, MonthBar

register = template.Library()

ROW = '<li class="lanes-row{chosen}">{name}\n<svg class="lanes-picture" aria-hidden="true">{picture}</svg></li>\n'
LINKED = '<a class="lanes-name" href="{}"><bdi>{}</bdi> <bdi class="lanes-when">{}</bdi></a>'
PLAIN = '<span class="lanes-name"><bdi>{}</bdi></span>'
REVIEW = '<a href="{}" tabindex="-1"><title>{}</title>{}</a>'
STAGE = '<rect class="lanes-{}" x="{}" width="{}" y="8" height="8"/>'
VISIT = '<use class="lanes-visit{}" href="#visit-mark" x="{}" y="12"/>'
OTHER = (
    '<rect class="lanes-other lanes-{}" x="{}" width="{}" y="4" height="16" fill="url(#hatch)"><title>{}</title></rect>'
)
HOLIDAYS = '<svg viewBox="0 0 {} 1" preserveAspectRatio="none"><path class="lanes-holiday" d="{}"/></svg>'
MONTH = (
    '<rect class="lanes-month lanes-{}" x="{}" width="{}" y="{}" height="{}"><title>{}</title></rect>'
    '<line class="lanes-capacity" x1="{}" x2="{}" y1="{}" y2="{}"/>'
)


@register.simple_tag
def lane_rows(group: LaneGroup, days: int) -> SafeString:
    """Return the lanes of a regional group; ``days`` is how many the window has."""
    return SafeString("".join(_row(one, days) for one in group.lanes))


@register.simple_tag
def month_bars(months: tuple[MonthBar, ...]) -> SafeString:
    """Return the load by month with the capacity as a line on each month."""
    return SafeString("".join(map(_month, months)))


def _row(lane: DrawnLane, days: int) -> str:
    holidays = HOLIDAYS.format(days, lane.holidays) if lane.holidays else ""
    picture = holidays + "".join(map(_review, lane.reviews)) + "".join(map(_other, lane.others))
    name = (
        LINKED.format(escape(lane.url), escape(lane.name), escape(lane.when))
        if lane.url
        else PLAIN.format(escape(lane.name))
    )
    return ROW.format(chosen=" lanes-chosen" if lane.chosen else "", name=name, picture=picture)


def _review(review: DrawnReview) -> str:
    stages = "".join(
        STAGE.format(tone, block.x, block.width)
        for tone, block in (("desk", review.desk), ("report", review.report))
        if block is not None
    )
    locked = " lanes-locked" if review.locked else ""
    visits = "".join(VISIT.format(locked, x) for x in review.visits)
    return REVIEW.format(escape(review.url), escape(review.words), stages + visits)


def _other(block: Block) -> str:
    return OTHER.format(escape(block.tone), block.x, block.width, escape(block.words))


def _month(one: MonthBar) -> str:
    block, line = one.block, one.capacity_y
    drawn = (escape(block.tone), block.x, block.width, one.y, one.height, escape(block.words))
    return MONTH.format(*drawn, block.x, one.x_end, line, line)
