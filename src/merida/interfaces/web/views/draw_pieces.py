"""What the pages of a draw show: the urn by regional group, sources, pairs, events, picks."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from merida.foundation.registry.queries import regional_groups, states_in_brief
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import long_date, moment, number
from merida.interfaces.web.views.listing import reading_order
from merida.interfaces.web.views.naming import in_reader_language, isolated, short_instrument, short_mechanism
from merida.review.draws.models import Draw, DrawEvent, DrawMethod, DrawRecord, Pairing
from merida.review.draws.queries import NewName, answer_of, state_of
from merida.review.draws.reading import Announcement, Lot, SeedSource, Walks, read_record

REASONS = {
    "ALREADY": gettext_lazy("reviews this State already"),
    "CONFLICT": gettext_lazy("conflict of interest, or drawn for this State before"),
    "DEAD_END": gettext_lazy("the draw could not be completed any more"),
    "DECLINES": gettext_lazy("does not review in the year of its own review"),
    "EXCLUDED": gettext_lazy("not in the urn"),
    "FULL": gettext_lazy("has as many reviews as the rules allow"),
    "MUTUAL": gettext_lazy("the two would review each other"),
    "OTHER_GROUP": gettext_lazy("of another regional group"),
    "SELF": gettext_lazy("no State reviews itself"),
    "UNDECIDED": gettext_lazy("no complete draw was found with it"),
}


@dataclass(frozen=True, slots=True)
class ShownLot:
    """A tile of the urn: ``tone`` is its class, ``said`` why it is out, ``duties`` how many reviews it has so far."""

    code: str
    name: str
    tone: str = ""
    said: str = ""
    duties: str = ""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A regional group of the urn."""

    title: str
    lots: Sequence[ShownLot]


@dataclass(frozen=True, slots=True)
class ShownUrn:
    """Who is in, by group, and who is not, with reasons."""

    included: int
    groups: Sequence[ShownGroup]
    excluded: Table


@dataclass(frozen=True)
class Names:
    """Names of States and regional groups in the reader's language, by code. 2 queries at most."""

    states: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def of(self, code: str) -> str:
        """Return the name of a State."""
        return self.states.get(code, code)

    def group(self, code: str) -> str:
        """Return the name of a regional group."""
        return self.groups.get(code, code) if code else _("No regional group")


def names_now() -> Names:
    """Return the names for the page being made."""
    states = {one.iso3: in_reader_language(one.names, one.iso3) for one in states_in_brief()}
    return Names(states, {one.code: in_reader_language(one.names, one.code) for one in regional_groups()})


def title_of(draw: Draw) -> str:
    """Return the title in the reader's language."""
    return in_reader_language(draw.titles, draw.slug)


def facts_of(draw: Draw, announcement: Announcement) -> list[Fact]:
    """Return the line under the title."""
    one = draw.mechanism
    facts = [
        Fact(_("mechanism"), short_mechanism(one.code, one.short_name), reverse("mechanism", args=[one.slug])),
        Fact(_("state:"), str(state_of(draw).label)),
        Fact(_("moment of the draw"), moment(draw.moment_at)),
    ]
    if draw.published_at:
        facts.insert(2, Fact(_("announced on"), moment(draw.published_at)))
    if draw.instrument:
        facts.append(Fact(_("drawn for"), short_instrument(draw.instrument.code, draw.instrument.short_name)))
    if draw.continues:
        facts.append(Fact(_("continues"), title_of(draw.continues), reverse("draw", args=[draw.continues.slug])))
    if draw.year:
        facts.append(Fact(_("reviews begin in"), str(draw.year)))
    if announcement.answer_days:
        period = ngettext("within %(count)s day", "within %(count)s days", announcement.answer_days)
        facts.append(Fact(_("reviewers answer"), period % {"count": number(announcement.answer_days)}))
    drawn = _("drawn") if announcement.method == DrawMethod.YEARS else _("reviewers are drawn")
    facts.append(Fact(drawn, str(DrawMethod(announcement.method).label)))
    return facts


def walks_facts(walks: Walks) -> list[Fact]:
    """Return the figures of a draw made at once."""
    facts = [
        Fact(_("steps of a walk"), number(walks.steps)),
        Fact(_("walk that was read"), number(walks.read)),
        Fact(_("a broken rule makes a table so many times rarer on the walk"), number(walks.rarity)),
    ]
    if walks.broken[:-1]:
        counted = ", ".join(number(one) for one in walks.broken[:-1])
        facts.append(Fact(_("rules broken at the end of the walks before it"), isolated(counted)))
    return facts


def urn_of(announcement: Announcement, names: Names) -> ShownUrn:
    """Return the urn as announced."""
    inside = [one for one in announcement.lots if not one.excluded]
    outside = [one for one in announcement.lots if one.excluded]
    rows = [
        (Cell(names.of(one.code), _state(one.code)), Cell(names.group(one.group)), Cell(one.excluded))
        for one in outside
    ]
    columns = (Column(_("State")), Column(_("Regional group")), Column(_("Reason")))
    table = Table(_("Not in the urn"), columns, rows, empty=_("Nobody was left out."))
    return ShownUrn(len(inside), grouped(inside, names), table)


def remarks_of(announcement: Announcement) -> list[str]:
    """Return what is to be known about an urn: where a list entered by hand is from, earlier pairs, legal systems."""
    said = []
    if announcement.urn_source:
        said.append(
            _("Who takes part was entered by hand, not taken from the registry. Source: %(source)s")
            % {"source": announcement.urn_source}
        )
    if announcement.earlier:
        pairs = ngettext(
            "%(count)s pair drawn earlier in the cycle counts as a review done and against mutual pairs.",
            "%(count)s pairs drawn earlier in the cycle count as reviews done and against mutual pairs.",
            len(announcement.earlier),
        )
        said.append(pairs % {"count": number(len(announcement.earlier))})
    if announcement.wants_similar_system:
        known = len(announcement.systems)
        words = (
            _(
                "Reviewers of a similar legal system are preferred. Legal systems are known here of %(known)s of "
                "%(all)s States; for the others the preference cannot be checked and was not applied. None is guessed."
            )
            if known
            else _(
                "Reviewers of a similar legal system are preferred. Legal systems are not known here: the preference "
                "cannot be checked and is not applied. None is guessed."
            )
        )
        said.append(words % {"known": number(known), "all": number(len(announcement.lots))})
    return said


def grouped(lots: Iterable[Lot], names: Names, tones: Mapping[str, ShownLot] | None = None) -> list[ShownGroup]:
    """Return lots by regional group, those without one last."""
    groups: dict[str, list[ShownLot]] = {}
    for one in lots:
        shown = (tones or {}).get(one.code) or ShownLot(one.code, names.of(one.code))
        groups.setdefault(one.group, []).append(shown)
    order = sorted(groups, key=lambda code: (not code, reading_order(names.group(code))))
    return [ShownGroup(names.group(code), groups[code]) for code in order]


def sources_table(sources: Sequence[SeedSource]) -> Table:
    """Return the sources with what they gave."""
    columns = (Column(_("Source")), Column(_("Public from")), Column(_("Numbers")))
    rows = [
        (Cell(one.name), Cell(one.public_at), Cell(isolated(numbers_in_words(one)) or _("not known yet")))
        for one in sources
    ]
    return Table(_("Sources of the seed"), columns, rows)


def numbers_in_words(source: SeedSource) -> str:
    """Return the numbers as people write them."""
    return " ".join(str(one) for one in source.numbers)


def pairs_table(pairings: Sequence[Pairing], names: Names, groups: Mapping[str, str], *, days: int = 0) -> Table:
    """Return one row a State under review; reviewers answer within ``days``, 0 where no period is set."""
    by_state: dict[str, list[Pairing]] = {}
    for one in pairings:
        by_state.setdefault(one.state.iso3, []).append(one)
    most = max((len(each) for each in by_state.values()), default=0)
    heads = [Column(_("Reviewer %(number)s") % {"number": place}) for place in range(1, most + 1)]
    columns = (Column(_("State under review")), Column(_("Regional group")), Column(_("Year")), *heads)
    order = sorted(by_state, key=lambda code: reading_order(names.of(code)))
    rows = [
        (
            Cell(names.of(code), _state(code)),
            Cell(names.group(groups.get(code, ""))),
            Cell(str(by_state[code][0].year or "")),
            *(_reviewer_cell(one, names, days) for one in by_state[code]),
            *(Cell("") for _missing in range(most - len(by_state[code]))),
        )
        for code in order
    ]
    return Table(_("Who reviews whom"), columns, rows, empty=_("No State of this group is under review."))


def due_on(pairing: Pairing, days: int) -> dt.date | None:
    """Return the day by which a reviewer answers; None where no period (0 ``days``) is set."""
    return pairing.record.drawn_at.date() + dt.timedelta(days=days) if days else None


def answer_in_words(pairing: Pairing, days: int = 0) -> str:
    """Return the last answer of a reviewer with its day, or by when it is due within ``days``."""
    answer, due = answer_of(pairing.events.all()), due_on(pairing, days)
    if answer:
        return f"{answer.get_kind_display()}, {long_date(answer.event_date)}"
    if due is None:
        return _("no answer yet")
    words = (
        _("no answer yet, overdue since %(day)s") if due < timezone.now().date() else _("no answer yet, due %(day)s")
    )
    return words % {"day": long_date(due)}


def _reviewer_cell(pairing: Pairing, names: Names, days: int) -> Cell:
    code = pairing.reviewer.iso3
    return Cell(names.of(code), _state(code), detail=answer_in_words(pairing, days))


def events_table(events: Sequence[DrawEvent], renamed: Sequence[NewName], names: Names) -> Table:
    """Return everything recorded after the draw, and the names of its States that changed since, by day."""
    columns = (
        Column(_("Day")),
        Column(_("What")),
        Column(_("State under review")),
        Column(_("Reviewer")),
        Column(_("Reason")),
        Column(_("Source of the seed")),
        Column(_("Approved by")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(one.event_date.isoformat()),
            Cell(one.get_kind_display()),
            Cell(names.of(one.state_concerned.iso3)),
            Cell(names.of(one.reviewer.iso3) if one.reviewer else ""),
            Cell(one.reason),
            Cell(_source_of(one)),
            Cell(one.approved_by),
        )
        for one in events
    ]
    rows += [
        (
            Cell(one.day.isoformat()),
            Cell(_("name changed")),
            Cell(f"{one.before or one.state} → {one.after}", _state(one.state), language=one.language),
            *(Cell("") for _empty in columns[3:]),
        )
        for one in renamed
    ]
    rows.sort(key=lambda row: row[0].text)
    return Table(_("Events"), columns, rows, empty=_("Nothing has been recorded since the draw."))


def _source_of(one: DrawEvent) -> str:
    """Return the source announced with an event, and when it is known."""
    return f"{one.source_name} ({moment(one.source_public_at)})" if one.source_public_at else ""


def digests_of(draw: Draw, record: DrawRecord | None) -> list[Fact]:
    """Return the digests by which announcement and record can be known again."""
    facts = [Fact(_("digest of the announcement"), draw.announcement_digest)]
    if record:
        facts.append(Fact(_("digest of the record"), record.digest))
    return facts


def record_links(draw: Draw, records: Sequence[DrawRecord]) -> list[Link]:
    """Return the records to save, the first draw first."""
    links = [
        Link(
            _("Record %(number)s") % {"number": number(one.number)},
            reverse("draw_record", args=[draw.slug, one.number]),
        )
        for one in records
    ]
    details = [
        _("of %(moment)s") % {"moment": moment(one.drawn_at)}
        + (" · " + _("follows %(digest)s") % {"digest": one.earlier_digest[:12]} if one.earlier_digest else "")
        for one in records
    ]
    return [Link(link.text, link.url, detail=detail) for link, detail in zip(links, details, strict=True)]


def verifier_links(draw: Draw, records: Sequence[DrawRecord]) -> list[Link]:
    """Return the files that check the records: one for each kind of draw among them."""
    kinds = dict[str, int]()
    for one in records:
        kinds.setdefault(read_record(one.text).format, one.number)
    address = reverse("draw_verifier", args=[draw.slug])
    return [
        Link(
            _("Stand-alone verifier"),
            f"{address}?record={place}" if len(kinds) > 1 else address,
            detail=_("Record %(number)s") % {"number": number(place)} if len(kinds) > 1 else "",
        )
        for place in kinds.values()
    ]


def pair_rows(
    pairings: Iterable[Pairing], groups: Mapping[str, str], record: DrawRecord | None
) -> Iterator[dict[str, Any]]:
    """Yield the pairs for files."""
    for one in pairings:
        answer = answer_of(one.events.all())
        yield {
            "state": one.state.iso3,
            "group": groups.get(one.state.iso3, ""),
            "year": one.year,
            "place": one.position,
            "reviewer": one.reviewer.iso3,
            "reviewer_group": groups.get(one.reviewer.iso3, ""),
            "answer": answer.kind if answer else "",
            "answer_date": answer.event_date if answer else None,
            "record": record.digest if record else "",
        }


PAIR_COLUMNS = ("state", "group", "year", "place", "reviewer", "reviewer_group", "answer", "answer_date", "record")


def _state(code: str) -> str:
    return reverse("state", args=[code.lower()])
