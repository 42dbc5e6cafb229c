"""What pages say of visits: tables, the strip of months, clashes in words with what to do, rows for files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.interfaces.web.pictures.timeline import Event, Lane, Timeline, draw_timeline
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import language_name, long_date, long_dates, moment, month_year, number
from merida.interfaces.web.views.listing import language, reading_order
from merida.interfaces.web.views.naming import in_reader_language, isolated, rightwards, short_mechanism
from merida.interfaces.web.views.provision_pieces import number_in_words, way
from merida.review.synergies.clashes import DAYS_OF_WEEK, SHORTEST_GAP_WEEKS, Clash, ClashCode
from merida.review.synergies.holidays import DaysOfRest
from merida.review.synergies.models import Firmness, Visit

TONES = {Firmness.FIXED: "DONE", Firmness.MOVABLE: "WORK", Firmness.TENTATIVE: "STEP"}
COLUMNS = (
    "visit",
    "state",
    "mechanism",
    "kind",
    "first_date",
    "last_date",
    "firmness",
    "joint_allowed",
    "languages",
    "provisions",
    "cancelled",
    "published",
    "reason",
    "changed_at",
    "sequence",
    "source",
    "sample",
    "session",
    "first_session",
)


@dataclass(frozen=True, slots=True)
class ShownClash:
    """A clash in words, what to do about it, and the visits it is about."""

    what: str
    advice: str
    visits: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """The visits of a month."""

    title: str
    anchor: str
    count: int
    table: Table


def state_name(visit: Visit) -> str:
    """Return the name of the State visited."""
    return in_reader_language(visit.state.names, visit.state.iso3)


def mechanism_name(visit: Visit) -> str:
    """Return the short name of the mechanism that visits."""
    return short_mechanism(visit.mechanism.code, visit.mechanism.short_name)


def title_of(visit: Visit) -> str:
    """Return what a visit is called: the State and who visits it."""
    return _("%(state)s: visit by %(mechanism)s") % {"mechanism": mechanism_name(visit), "state": state_name(visit)}


def address(visit: Visit) -> str:
    """Return the address of the visit's page."""
    return reverse("visit", args=[visit.uuid])


def days_in_words(visit: Any) -> str:
    """Return "1–3 March 2027", one day alone where it is one."""
    return long_dates(visit.first_date, visit.last_date)


def in_brief(visit: Visit) -> str:
    """Return what tells a visit from others in a sentence: mechanism and first day."""
    return f"{rightwards()}{isolated(mechanism_name(visit))} ({long_date(visit.first_date)})"


def remarks(visit: Visit) -> str:
    """Return what else must be known of a visit at a glance."""
    said = []
    if visit.is_sample:
        said.append(_("Sample"))
    if visit.first_session_id:
        said.append(session_of(visit))
    if visit.cancelled_at:
        said.append(_("cancelled: %(reason)s") % {"reason": visit.change_reason})
    if not visit.published_at:
        said.append(_("draft, not public"))
    if visit.joint_allowed and not visit.cancelled_at:
        said.append(_("may be joint with another mechanism"))
    return " · ".join(said)


def session_of(visit: Visit) -> str:
    """Return which session of its dialogue a visit is."""
    return _("session %(number)s of the dialogue") % {"number": number(visit.session_number)}


def visits_table(visits: Iterable[Visit], caption: str, *, states: bool = True) -> Table:
    """Return visits by day; without ``states`` for a page of one State."""
    columns = [Column(_("First day")), Column(_("Last day"))]
    columns += [Column(_("State"))] if states else []
    columns += [Column(_("Mechanism")), Column(_("Form")), Column(_("How firm")), Column(_("Remarks"))]
    rows = [_row(one, states=states) for one in visits]
    return Table(caption, columns, rows, empty=_("No visit is recorded."))


def _row(visit: Visit, *, states: bool) -> list[Cell]:
    gone = visit.cancelled_at is not None
    cells = [
        Cell(visit.first_date.isoformat(), address(visit), gone=gone),
        Cell(visit.last_date.isoformat(), gone=gone),
    ]
    if states:
        cells.append(Cell(state_name(visit), reverse("state_calendar", args=[visit.state.slug]), gone=gone))
    cells += [
        Cell(mechanism_name(visit), reverse("mechanism", args=[visit.mechanism.slug]), gone=gone),
        Cell(visit.get_kind_display(), gone=gone),
        Cell("" if gone else visit.get_firmness_display()),
        Cell(remarks(visit)),
    ]
    return cells


def by_month(visits: Sequence[Visit], first: date) -> list[ShownMonth]:
    """Return visits by the month in which they begin; those begun before ``first`` stand in its month."""
    shown = []
    for month, group in groupby(visits, lambda one: max(one.first_date, first).replace(day=1)):
        held = list(group)
        title = month_year(month)
        shown.append(ShownMonth(title, f"m{month:%Y-%m}", len(held), visits_table(held, title)))
    return shown


def strip_of(visits: Iterable[Visit], span: tuple[date, date], *, today: date, one_state: bool) -> Timeline | None:
    """Return one lane a mechanism over the months of ``span``; None where nothing is to be drawn."""
    lanes: dict[str, list[Event]] = {}
    for one in visits:
        if one.cancelled_at is None:
            said = one.get_kind_display() if one_state else f"{state_name(one)}, {one.get_kind_display()}"
            tone = TONES[Firmness(one.firmness)]
            event = Event(said, one.first_date, one.last_date, tone=tone, url=address(one))
            lanes.setdefault(mechanism_name(one), []).append(event)
    if not lanes:
        return None
    drawn = [Lane(name, lanes[name]) for name in sorted(lanes, key=reading_order)]
    return draw_timeline(
        drawn, caption=_("Visits by mechanism"), today=today, right_to_left=language() == "ar", span=span
    )


def span_of(visits: Iterable[Visit], today: date) -> tuple[date, date]:
    """Return whole months around the visits and today: at least one year."""
    held = [one for one in visits if one.cancelled_at is None]
    first = min([one.first_date for one in held] + [today]).replace(day=1)
    last = max([one.last_date for one in held] + [today])
    after = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, max(after, first.replace(year=first.year + 1))


def clashes_in_words(
    found: Iterable[Clash], visits: Iterable[Visit], *, this: str = "", joint: bool = False
) -> list[ShownClash]:
    """Return clashes with advice.

    ``this`` is the key of the visit that the page is about, perhaps not stored or not as it would be, and ``joint``
    whether it may be joint with another.
    """
    known = {str(one.uuid): one for one in visits if str(one.uuid) != this}
    return [_said(clash, known, joint=joint) for clash in found]


def _said(clash: Clash, known: Mapping[str, Visit], *, joint: bool) -> ShownClash:
    def named(key: str) -> str:
        return in_brief(known[key]) if key in known else _("this visit")

    names: dict[str, Any] = {
        "one": named(clash.visit),
        "two": named(clash.other),
        "name": f"\N{FIRST STRONG ISOLATE}{clash.name}\N{POP DIRECTIONAL ISOLATE}",
        "day": long_date(clash.first),
        "days": number(clash.days),
    }
    keys = [key for key in (clash.visit, clash.other) if key]
    both_joint = all(known[key].joint_allowed if key in known else joint for key in keys)
    links = tuple(Link(in_brief(known[key]), address(known[key])) for key in keys if key in known)
    what = _what(clash, names)
    return ShownClash(what[:1].upper() + what[1:], _advice(clash, both_joint=both_joint), links)


def _what(clash: Clash, names: Mapping[str, Any]) -> str:
    if clash.code is ClashCode.OVERLAP:
        said = ngettext(
            "%(one)s and %(two)s share %(days)s day.", "%(one)s and %(two)s share %(days)s days.", clash.days
        )
    elif clash.code is ClashCode.TOO_CLOSE:
        said = ngettext(
            "Only %(days)s day lies between %(one)s and %(two)s.",
            "Only %(days)s days lie between %(one)s and %(two)s.",
            clash.days,
        )
    elif clash.code is ClashCode.HOLIDAY:
        said = _("%(day)s, during %(one)s, is a public holiday: %(name)s.")
    elif clash.code is ClashCode.HOLIDAY_ESTIMATED:
        said = _("%(name)s is expected on %(day)s, during %(one)s.")
    elif clash.code is ClashCode.WEEKEND:
        said = ngettext(
            "%(one)s takes in %(days)s day of the weekend.",
            "%(one)s takes in %(days)s days of the weekend.",
            clash.days,
        )
    else:
        said = _("%(name)s meets during %(one)s, from %(day)s on.")
    return said % names


def _advice(clash: Clash, *, both_joint: bool) -> str:
    if clash.code is ClashCode.OVERLAP:
        if both_joint:
            return _("Both may be joint: agree on the same days, or move one of them.")
        return _("Move one of them; a joint visit needs the agreement of both mechanisms and of the State.")
    if clash.code is ClashCode.TOO_CLOSE:
        free = clash.first + timedelta(days=SHORTEST_GAP_WEEKS * DAYS_OF_WEEK + 1)
        return _(
            "Eight weeks between two visits leave the State time to prepare: the later one could begin from %(day)s on."
        ) % {"day": long_date(free)}
    if clash.code is ClashCode.HOLIDAY_ESTIMATED:
        return _("The moon decides: the feast may still move by a day or two. Ask the State before days are fixed.")
    if clash.code is ClashCode.WEEKEND:
        return _("Plan no meeting on it.")
    return _("Ask the State whether it can receive the visit, or move it.")


def holidays_table(rest: DaysOfRest, first: date, last: date) -> Table:
    """Return the public holidays from ``first`` to ``last``; names are marked with their language."""
    foreign = "" if rest.language == language() else rest.language
    rows = [
        (
            Cell(one.day.isoformat()),
            Cell(one.name, language=foreign),
            Cell(_("estimate: the moon decides") if one.estimated else ""),
        )
        for one in rest.between(first, last)
    ]
    columns = (Column(_("Day")), Column(_("Public holiday")), Column(_("Remarks")))
    return Table(_("Public holidays"), columns, rows, empty=_("No public holiday is known in this time."))


def facts_of(visit: Visit, sessions: Sequence[Visit] = ()) -> list[Fact]:
    """Return everything that is recorded of a visit; ``sessions`` are those of its dialogue."""
    subject = tuple(
        Link(f"{one.instrument.short_name or one.instrument.code}, {number_in_words(one)}", way(one))
        for one in visit.provisions.all()
    )
    facts = [
        Fact(_("State"), state_name(visit), reverse("state_calendar", args=[visit.state.slug])),
        Fact(_("Mechanism"), mechanism_name(visit), reverse("mechanism", args=[visit.mechanism.slug])),
        Fact(_("Days"), days_in_words(visit)),
        Fact(_("Form"), visit.get_kind_display()),
        Fact(_("How firm"), visit.get_firmness_display()),
        Fact(_("Working languages"), ", ".join(map(language_name, visit.languages)) or _("not known")),
        Fact(_("Joint with another mechanism"), _("allowed") if visit.joint_allowed else _("not foreseen")),
    ]
    if len(sessions) > 1:
        links = tuple(Link(days_in_words(one), "" if one.pk == visit.pk else address(one)) for one in sessions)
        facts.append(Fact(_("Sessions of the dialogue"), links=links))
    if subject:
        facts.append(Fact(_("Subject"), links=subject))
    link = visit.source_text if visit.source_text.startswith("https://") else ""
    facts.append(Fact(_("Source"), visit.source_text or _("note of the secretariat"), link))
    facts.append(Fact(_("Last change"), moment(visit.changed_at), detail=visit.change_reason))
    return facts


def row_of(visit: Visit) -> dict[str, Any]:
    """Return a visit for files."""
    return {
        "visit": str(visit.uuid),
        "state": visit.state.iso3,
        "mechanism": visit.mechanism.code,
        "kind": visit.kind,
        "first_date": visit.first_date,
        "last_date": visit.last_date,
        "firmness": visit.firmness,
        "joint_allowed": visit.joint_allowed,
        "languages": visit.languages,
        "provisions": [one.key for one in visit.provisions.all()],
        "cancelled": visit.cancelled_at is not None,
        "published": visit.published_at is not None,
        "reason": visit.change_reason,
        "changed_at": visit.changed_at,
        "sequence": visit.sequence,
        "source": visit.source_text,
        "sample": visit.is_sample,
        "session": visit.session_number,
        "first_session": str(visit.first_session.uuid) if visit.first_session else "",
    }
