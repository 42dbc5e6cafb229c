"""What a State's page is made of: header, timeline, tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from merida.foundation.registry.figures import cycles_of
from merida.foundation.registry.models import Mechanism, State
from merida.foundation.registry.treaty_status import CONSENT_KINDS
from merida.interfaces.web.pictures.timeline import Event, Lane, Timeline, draw_timeline
from merida.interfaces.web.pieces import Cell, Citation, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import language_name, long_date
from merida.interfaces.web.views.naming import (
    choice_in_words,
    citation_of,
    in_reader_language,
    short_instrument,
    short_mechanism,
)
from merida.interfaces.web.views.sourcing import dated, fact_row
from merida.interfaces.web.views.ways import way_to_page


@dataclass(frozen=True, slots=True)
class StateLine:
    """A State as a line of the list; ``consent`` is its act of consent to the Convention, if any."""

    state: State
    groups: dict[str, str]
    consent: Any
    mechanisms: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return in_reader_language(self.state.names, self.state.iso3)

    @property
    def url(self) -> str:
        """Return the address of the State's page."""
        return way_to_page("state", self.state.slug)

    @property
    def group(self) -> str:
        """Return the name of its regional group now, ``""`` where it is in none."""
        current = [stay.group.code for stay in self.state.groups.all() if stay.until_date is None]
        return self.groups.get(current[0], "") if current else ""

    @property
    def since_text(self) -> str:
        """Return since when it is a party, ``""`` where it is none or the day is not known."""
        return dated(self.consent, "action") if self.consent else ""

    def as_row(self) -> dict[str, Any]:
        """Return the line as data."""
        return {
            "iso3": self.state.iso3,
            "iso2": self.state.iso2,
            "m49": self.state.m49,
            "kind": self.state.kind,
            "name": self.name,
            "formal_name": in_reader_language(self.state.formal_names),
            "group": self.group,
            "party_since": self.since_text,
            "mechanisms": list(self.mechanisms),
            "source": self.consent.source.citation if self.consent else self.state.source.citation,
            "confidence": self.consent.confidence if self.consent else self.state.confidence,
        }


def consent_dates(actions: Iterable[Any]) -> dict[str, Any]:
    """Return the latest act of consent of each State, by code; a State that withdrew is left out."""
    acts: dict[str, Any] = {}
    for action in actions:
        if action.kind in CONSENT_KINDS:
            acts[action.state.iso3] = action
        elif action.kind == "WITHDRAWAL":
            acts.pop(action.state.iso3, None)
    return acts


def since_cell(line: StateLine) -> Cell:
    """Return since when a State is a party, with its source."""
    if not line.consent:
        return Cell("–")
    return Cell(line.since_text or _("day not known"), citation=citation_of(line.consent))


@dataclass(frozen=True, slots=True)
class Stay:
    """A State's part in a mechanism. ``fact`` is the membership or the act of consent that it follows from."""

    mechanism: Mechanism
    since: date | None
    until: date | None
    since_text: str
    until_text: str
    ended: bool
    basis: str
    fact: Any

    @property
    def years(self) -> str:
        """Return "since 2004" or "1999–2019" in the reader's language; ``""`` where no year is known."""
        begin, end = self.since_text[:4], self.until_text[:4]
        if self.ended:
            return f"{begin}–{end}" if begin and end else _("ended")
        return _("since %(year)s") % {"year": begin} if begin else ""

    def as_row(self) -> dict[str, Any]:
        """Return the stay as data."""
        return fact_row(
            "MECHANISM", self.mechanism.code, self.basis, self.fact, start=self.since_text, end=self.until_text
        )


def stays(mechanisms: Iterable[Mechanism], actions: Sequence[Any], memberships: Sequence[Any]) -> list[Stay]:
    """Return the mechanisms that a State takes or took part in: as listed, or as a party to their instrument."""
    bound = _bound(actions)
    found: list[Stay] = []
    for one in mechanisms:
        if one.rule == "PARTIES" and one.instrument is not None and one.instrument.code in bound:
            found.append(_as_party(one, bound[one.instrument.code]))
        found.extend(_as_member(one, row) for row in memberships if row.mechanism_id == one.pk)
    return sorted(found, key=lambda stay: (stay.since or date.max, stay.mechanism.code))


def _bound(actions: Iterable[Any]) -> dict[str, Any]:
    acts: dict[str, Any] = {}
    for action in actions:
        if action.kind in CONSENT_KINDS:
            acts[action.instrument.code] = action
        elif action.kind == "WITHDRAWAL":
            acts.pop(action.instrument.code, None)
    return acts


def _as_party(mechanism: Mechanism, act: Any) -> Stay:
    """Return the part of a party: from its consent, but not before the first cycle (else the mechanism) began."""
    dated_cycles = [one for one in cycles_of(mechanism) if one.since_date]
    began = [
        (one.since_date, dated(one, "since")) for one in dated_cycles or mechanism.versions.all() if one.since_date
    ]
    first = min(began, default=(None, ""))
    candidates = [pair for pair in (first, (act.action_date, dated(act, "action"))) if pair[0]]
    since, text = max(candidates, default=(None, ""))
    return Stay(mechanism, since, None, text, "", ended=False, basis=_("as a party"), fact=act)


def _as_member(mechanism: Mechanism, row: Any) -> Stay:
    return Stay(
        mechanism,
        row.since_date,
        row.until_date,
        dated(row, "since"),
        dated(row, "until"),
        ended=bool(row.until_kind),
        basis=choice_in_words(row, "since_kind"),
        fact=row,
    )


def header_facts(state: State, stay: Any, actions: Sequence[Any]) -> list[Fact]:
    """Return the line of a State's header: its group, and since when it is a party to what."""
    facts = []
    if stay is not None:
        url = f"{way_to_page('states')}?group={stay.group.code}"
        facts.append(Fact("", in_reader_language(stay.group.names, stay.group.code), url, citation=citation_of(stay)))
    facts.extend(
        Fact(
            _("party to %(instrument)s since") % {"instrument": short_instrument(code, act.instrument.short_name)},
            long_date(act.action_date) or _("a day not known"),
            citation=citation_of(act),
        )
        for code, act in _bound(actions).items()
        if code in {"UNCAC", "UNTOC"}
    )
    if not facts and state.kind != "MEMBER_STATE":
        facts.append(Fact("", choice_in_words(state, "kind")))
    return facts


def _short(one: Mechanism) -> str:
    return short_mechanism(one.code, one.short_name)


def chips(found: Sequence[Stay]) -> list[Link]:
    """Return the mechanisms as chips with years."""
    return [
        Link(_short(stay.mechanism), way_to_page("mechanism", stay.mechanism.slug), detail=stay.years) for stay in found
    ]


def contents(
    actions: Sequence[Any], found: Sequence[Stay], places: int, *, told: Sequence[Link] = (), meetings: int = 0
) -> list[Link]:
    """Return the parts of the page with what each holds."""
    return [
        Link(_("Treaties and mechanisms"), "#timeline"),
        Link(_("Treaty actions"), "#treaties", detail=str(len(actions))),
        Link(_("Review mechanisms"), "#mechanisms", detail=str(len(found))),
        Link(_("Calendar of visits"), "#calendar"),
        *told,
        *([Link(_("Meetings"), "#meetings", detail=str(meetings))] if meetings else []),
        Link(_("In documents"), "#documents", detail=str(places)),
        Link(_("Names and codes"), "#names"),
    ]


def timeline(actions: Sequence[Any], found: Sequence[Stay], *, today: date, right_to_left: bool) -> Timeline | None:
    """Return one lane a treaty and one a mechanism; None where nothing has a date."""
    by_instrument: dict[str, list[Any]] = {}
    for action in actions:
        if action.action_date:
            by_instrument.setdefault(action.instrument.code, []).append(action)
    lanes = [
        Lane(_instrument_name(acts[0]), [_act(act) for act in acts], _way(acts[0])) for acts in by_instrument.values()
    ]
    lanes += [_mechanism_lane(stay, today) for stay in found if stay.since]
    if not lanes:
        return None
    caption = _("Treaties and mechanisms over time")
    return draw_timeline(lanes, caption=caption, today=today, right_to_left=right_to_left)


def _way(action: Any) -> str:
    return way_to_page("instrument", action.instrument.slug)


def _instrument_name(action: Any) -> str:
    return short_instrument(action.instrument.code, action.instrument.short_name)


def _act(action: Any) -> Event:
    tone = "STEP" if action.kind == "SIGNATURE" else "HOLLOW" if action.is_unverified else "POINT"
    return Event(choice_in_words(action, "kind"), action.action_date, tone=tone, citation=citation_of(action))


def _mechanism_lane(stay: Stay, today: date) -> Lane:
    """Return the cycles of a mechanism while the State took part in it; the stay itself where it has no cycles."""
    end = stay.until or today
    spans = [_cycle(cycle, stay, end, today) for cycle in cycles_of(stay.mechanism)]
    events = [span for span in spans if span is not None]
    if not events and stay.since:
        ended = stay.ended and stay.until is not None
        events = [Event(_("takes part"), stay.since, stay.until if ended else None, open_ended=not ended, tone="WORK")]
    return Lane(_short(stay.mechanism), events, way_to_page("mechanism", stay.mechanism.slug))


def _cycle(cycle: Any, stay: Stay, end: date, today: date) -> Event | None:
    if cycle.since_date is None or stay.since is None:
        return None
    begin, until = max(cycle.since_date, stay.since), min(cycle.until_date or end, end)
    if begin >= until:
        return None
    running = cycle.until_date is None and not stay.ended
    label = f"{choice_in_words(cycle.version, 'term')} {cycle.number}"
    tone = "WORK" if running or until >= today else "DONE"
    return Event(label, begin, None if running else until, open_ended=running, tone=tone, citation=citation_of(cycle))


def actions_table(actions: Sequence[Any]) -> Table:
    """Return what the State did about treaties."""
    columns = (Column(_("Instrument")), Column(_("What")), Column(_("Date")))
    rows = [
        (
            Cell(
                in_reader_language(one.instrument.names, one.instrument.code),
                _way(one),
                detail=_instrument_name(one),
            ),
            Cell(choice_in_words(one, "kind")),
            Cell(dated(one, "action") or _("day not known"), citation=citation_of(one)),
        )
        for one in actions
    ]
    return Table(_("Treaty actions"), columns, rows, empty=_("No action on a treaty is recorded."))


def stays_table(found: Sequence[Stay]) -> Table:
    """Return the mechanisms that the State takes or took part in."""
    columns = (Column(_("Mechanism")), Column(_("Since")), Column(_("Until")), Column(_("How")))
    rows = [
        (
            Cell(
                in_reader_language(stay.mechanism.names, stay.mechanism.short_name),
                way_to_page("mechanism", stay.mechanism.slug),
                detail=_short(stay.mechanism),
            ),
            Cell(stay.since_text or _("day not known"), citation=citation_of(stay.fact)),
            Cell((stay.until_text or _("day not known")) if stay.ended else ""),
            Cell(stay.basis),
        )
        for stay in found
    ]
    return Table(_("Review mechanisms"), columns, rows, empty=_("No part in a review mechanism is recorded."))


def names_table(names: Sequence[Any]) -> Table:
    """Return the names with their time, those of the six languages together."""
    columns = (Column(_("Name")), Column(_("Language")), Column(_("Kind")), Column(_("Since")), Column(_("Until")))
    shown = [one for one in names if one.kind != "ALIAS" or one.until_date]
    rows = [
        (
            Cell(one.name, language=one.language, citation=citation_of(one)),
            Cell(language_name(one.language)),
            Cell(choice_in_words(one, "kind")),
            Cell(dated(one, "since")),
            Cell(dated(one, "until")),
        )
        for one in shown
    ]
    return Table(_("Names over time"), columns, rows)


def code_facts(state: State, stay: Any) -> list[Fact]:
    """Return codes and group, each with its source."""
    source: Citation = citation_of(state)
    facts = [
        Fact(_("ISO 3166-1, three letters"), state.iso3, citation=source),
        Fact(_("ISO 3166-1, two letters"), state.iso2, citation=source),
        Fact(_("M49"), state.m49 or "–", citation=source if state.m49 else None),
        Fact(_("What it is"), choice_in_words(state, "kind"), citation=source),
    ]
    if stay is not None:
        facts.append(Fact(_("Regional group"), in_reader_language(stay.group.names), citation=citation_of(stay)))
    return facts
