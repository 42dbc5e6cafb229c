"""The sentences of a draft, the same in every language; a language brings the words (:class:`Words`).

Patterns are filled by name; a language leaves out what it does not need, and ``{month}`` may be a word or a number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from merida.rules.drafting.records import Asked, Counted, Done
from merida.rules.drafting.wording import Names, Period, Wording

_BODY_NOT_SAID = "UNKNOWN"  # in place of the body, where a text names a resolution by its number alone
# Deeds of the States themselves; everything else is done in them or for them.
DONE_BY_STATES = frozenset({"REPORTING", "STATEMENT", "TREATY_ACTION"})


@dataclass(frozen=True, slots=True)
class Dates:
    """How a language says a time at the beginning of a sentence. ``day`` is the pattern of a day by itself."""

    unknown: str
    day: str
    on_day: str
    in_month: str
    in_year: str
    months: str
    months_over_years: str
    days_of_a_month: str
    days: str
    month: Callable[[int], str]

    def said_day(self, at: date) -> str:
        """A day in words."""
        return self.day.format(day=at.day, month=self.month(at.month), year=at.year)

    def said(self, one: Done) -> str:
        """The time of an activity to the precision known."""
        if one.first is None or one.last is None or one.precision in ("PERIOD", "NONE"):
            return self.unknown
        return self._pattern(one.first, one.last, one.precision).format(
            first=self.said_day(one.first),
            last=self.said_day(one.last),
            first_day=one.first.day,
            last_day=one.last.day,
            month=self.month(one.first.month),
            last_month=self.month(one.last.month),
            year=one.first.year,
            last_year=one.last.year,
        )

    def _pattern(self, first: date, last: date, precision: str) -> str:
        if first == last:
            return self.on_day
        same_month = (first.month, first.year) == (last.month, last.year)
        if first.day == 1 and same_month:
            return self.in_month
        if precision == "YEAR":
            return self.in_year
        if precision == "RANGE":
            return self.months if first.year == last.year else self.months_over_years
        return self.days_of_a_month if same_month else self.days


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language. Of pairs the first is for one, the second for several.

    ``event`` says that events of a type took place, ``listed_event`` how many there are; ``state`` and ``town`` name a
    place as it stands in a sentence, ``inside`` makes the beginning of a sentence its middle; ``resolutions_of`` names
    the resolutions of a body by what their numbers begin with, ``resolution`` those of any other.
    """

    dates: Dates
    comma: str
    last_comma: str
    help: Mapping[str, str]
    addressees: Mapping[str, str]
    conditions: Mapping[str, str]
    event: Callable[[str, int], str]
    listed_event: Callable[[str, int], str]
    state: Callable[[str, Names], str]
    town: Callable[[str, Names], str]
    place_in_state: Callable[[str, str], str]
    inside: Callable[[str], str]
    activity: str
    partners: str
    participants: str
    help_given: tuple[str, str]  # without and with receivers
    event_abroad: str
    event_at: str
    event_by: str  # of what States themselves do
    about: str
    about_comma: str
    provision: str
    unit: Callable[[str], str]
    figure: str
    as_of: str
    resolution: str
    resolutions_of: Mapping[str, str]
    paragraphs: tuple[str, str]
    request: tuple[str, str]
    condition: str
    term: str
    stop: str
    reported: tuple[str, str]
    unreported: str
    period: str
    total: Callable[[int, int], str]
    listed_help: tuple[str, str]
    nothing: str

    def one_or_several(self, pair: tuple[str, str], count: int) -> str:
        """The form of a pair for a number."""
        return pair[0] if count == 1 else pair[1]

    def joined(self, parts: Sequence[str]) -> str:
        """A list in words."""
        if len(parts) < 2:  # noqa: PLR2004 (two are joined)
            return "".join(parts)
        return f"{self.comma.join(parts[:-1])}{self.last_comma}{parts[-1]}"

    def activities(self, same: Sequence[Done], names: Names) -> str:
        """One sentence for activities of the same type, time, partners and subject."""
        one = same[0]
        partners = self.joined([names.organisations.get(code, code) for code in one.organisations])
        came = self.joined([self.state(code, names) for code in one.participants])
        return self.activity.format(
            when=self.dates.said(one),
            deed=self.inside(self._deed(same, names)),
            about=self._about(one),
            partners=self.partners.format(partners) if partners else "",
            participants=self.participants.format(came) if came else "",
        )

    def _deed(self, same: Sequence[Done], names: Names) -> str:
        one = same[0]
        whom = self.joined([self.state(code, names) for each in same for code in each.states])
        if one.type in self.help:
            return self.help_given[bool(whom)].format(help=self.help[one.type], whom=whom)
        what = self.event(one.type, len(same))
        if whom and one.type in DONE_BY_STATES:
            return self.event_by.format(what=what, whom=whom)
        if names.is_abroad(one):
            return self.event_abroad.format(what=what, town=self.town(one.town, names), whom=whom)
        places = list(dict.fromkeys(place for each in same for place in self._places(each, names)))
        return self.event_at.format(what=what, places=self.joined(places)) if places else what

    def _places(self, one: Done, names: Names) -> list[str]:
        states = [self.state(code, names) for code in one.states]
        town = self.town(one.town, names)
        if town and states:
            return [self.place_in_state(town, states[0]), *states[1:]]
        return [town] if town else states

    def _about(self, one: Done) -> str:
        about = [self._provision(key) for key in one.provisions]
        about += [self._resolution(one.resolution)] if one.resolution else []
        return self.about.format(self.about_comma.join(about)) if about else ""

    def _resolution(self, key: str) -> str:
        """A resolution as people write it; where the text does not say whose it is, its number alone."""
        named = key.replace("_", " ").removeprefix(f"{_BODY_NOT_SAID} ")
        stem = max((one for one in self.resolutions_of if named.startswith(one)), key=len, default="")
        number = named.removeprefix(stem).lstrip(" /")
        return self.resolutions_of[stem].format(number) if stem and number else self.resolution.format(named)

    def _provision(self, key: str) -> str:
        instrument, _space, number = key.partition(" ")
        return self.provision.format(instrument=instrument, number=number) if number[:1].isdigit() else key

    def figures(self, one: Counted) -> str:
        """A figure, with what it counts in quotation marks: those words are the document's."""
        at = self.as_of.format(one.as_of) if one.as_of else ""
        return self.figure.format(counted=one.counted, at=at, value=f"{one.value}{self.unit(one.unit)}".strip())

    def requests(self, same: Sequence[Asked]) -> str:
        """What the paragraphs with one addressee, condition and term have in common."""
        one = same[0]
        said = self.one_or_several(self.request, len(same)).format(
            paragraphs=self._paragraphs(same), addressee=self.addressees.get(one.addressee, self.addressees["OTHER"])
        )
        if one.condition:
            said += self.condition.format(self.conditions.get(one.condition, self.conditions["OTHER"]))
        return said + (self.term.format(self.dates.said_day(one.due)) if one.due else "") + self.stop

    def evidence(self, same: Sequence[Asked]) -> str:
        """Which paragraphs records are linked to."""
        linked = sum(len(one.evidence) for one in same)
        pattern = self.one_or_several(self.reported, linked)
        return pattern.format(paragraphs=self.inside(self._paragraphs(same)), linked=linked)

    def without_evidence(self, same: Sequence[Asked]) -> str:
        """Which paragraphs no record is linked to."""
        return self.unreported.format(self.inside(self._paragraphs(same)))

    def _paragraphs(self, same: Sequence[Asked]) -> str:
        return self.one_or_several(self.paragraphs, len(same)).format(
            numbers=self.joined([one.number for one in same]), resolution=self._resolution(same[0].resolution)
        )

    def covered(self, time: Period) -> str:
        """The days that the report covers."""
        return self.period.format(first=self.dates.said_day(time.first), last=self.dates.said_day(time.last))

    def kind(self, code: str, count: int) -> str:
        """How many activities of a type there are."""
        if code in self.help:
            return self.one_or_several(self.listed_help, count).format(help=self.help[code], count=count)
        return self.listed_event(code, count)

    def wording(self) -> Wording:
        """The sentences of this language."""
        return Wording(
            activities=self.activities,
            figure=self.figures,
            requests=self.requests,
            reported=self.evidence,
            unreported=self.without_evidence,
            period=self.covered,
            total=self.total,
            kind=self.kind,
            nothing=self.nothing,
        )
