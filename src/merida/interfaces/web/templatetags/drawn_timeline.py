"""The lanes of a timeline, drawn by one tag: ``{% load drawn_timeline %}``. Every text passes ``escape``."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from merida.interfaces.web.escaping import as_text
from merida.interfaces.web.pictures.timeline import DrawnLane, Mark, Timeline

register = template.Library()

LANE = (
    '<div class="lane"><span class="lane-title">{}</span>\n<svg class="lane-picture" width="100%" height="28"'
    ' focusable="false"><line class="lane-line" x1="0" x2="100%" y1="14" y2="14"/>{}\n{}</svg></div>\n'
)
TODAY = '<line class="lane-today" x1="{0}" x2="{0}" y1="0" y2="28"/>'
SPAN = '<rect class="mark mark-{}" x="{}" y="7" width="{}" height="14" rx="2"><title>{}</title></rect>'
POINT = '<circle class="mark mark-{}" cx="{}" cy="14" r="6"><title>{}</title></circle>'
TICK = (
    '<line class="tick" x1="{0}" x2="{0}" y1="0" y2="5"/>'
    '<text class="tick-text" x="{0}" y="18" direction="ltr">{1}</text>'
)


@register.simple_tag
def timeline_lanes(timeline: Timeline) -> SafeString:
    """Return the lanes of a timeline with their marks."""
    today = TODAY.format(escape(timeline.today_x)) if timeline.today_x else ""
    return SafeString("".join([_lane(one, today) for one in timeline.lanes]))


def _lane(lane: DrawnLane, today: str) -> str:
    return LANE.format(as_text(str(lane.title)), today, "".join(map(_mark, lane.marks)))


def _mark(mark: Mark) -> str:
    tone, x, words = escape(mark.event.tone.lower()), escape(mark.x), as_text(str(mark.words))
    return SPAN.format(tone, x, escape(mark.width), words) if mark.width else POINT.format(tone, x, words)


@register.simple_tag
def timeline_ticks(timeline: Timeline) -> SafeString:
    """Return the years or months of the axis."""
    return SafeString("".join([TICK.format(escape(x), as_text(str(told))) for x, told in timeline.ticks]))
