"""What the secretariat fills in: a draw to announce, the numbers of its sources, what happened to a pair."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from merida.interfaces.web.views.draw_pieces import Names
from merida.interfaces.web.views.listing import reading_order
from merida.review.draws.models import DrawMethod, EventKind, Pairing
from merida.rules.lots import Source

LONGEST = 10_000  # signs of a list typed into a field
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen for a draw: values with the words shown."""

    mechanisms: Sequence[tuple[str, str]]
    instrument: Sequence[tuple[str, str]] = ()
    continues: Sequence[tuple[str, str]] = ()
    years_of: Sequence[tuple[str, str]] = ()


class AnnounceForm(forms.Form):
    """A draw over all who take part in a mechanism on a day."""

    title = forms.CharField(max_length=200, label=_("Title"))
    slug = forms.SlugField(max_length=80, label=_("Address"), help_text=_("letters, digits and hyphens"))
    mechanism = forms.ChoiceField(label=_("Mechanism"))
    instrument = forms.ChoiceField(
        label=_("Instrument drawn for"),
        required=False,
        help_text=_("where a mechanism draws for each of several instruments"),
    )
    continues = forms.ChoiceField(
        label=_("Earlier draw of the same cycle"),
        required=False,
        help_text=_("its pairs, and those of the draws before it, count as reviews done and against mutual pairs"),
    )
    year = forms.IntegerField(label=_("Year in which the reviews begin"), min_value=1990, max_value=2200)
    participants = forms.CharField(
        label=_("Who takes part, entered by hand"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("codes of three letters; empty: those whom the registry lists on the day of the draw"),
        required=False,
    )
    urn_source = forms.CharField(
        label=_("Source of that list"),
        max_length=300,
        required=False,
        help_text=_("needed for a list entered by hand; it is published with the urn"),
    )
    years_of = forms.ChoiceField(
        label=_("Draw of years"),
        required=False,
        help_text=_("under review are those whose review falls in the year above, postponements counted"),
    )
    under_review = forms.CharField(
        label=_("States under review"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("codes of three letters, for example GHA KEN; empty: everyone who has no reviewers yet"),
        required=False,
    )
    declining = forms.CharField(
        label=_("Declining to review in the year of their own review"),
        max_length=LONGEST,
        help_text=_("codes of three letters"),
        required=False,
    )
    systems = forms.CharField(
        label=_("Legal systems, as the States themselves name them"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("one a line: code, colon, legal system; where none is known, a similar one is not looked for"),
        required=False,
    )
    excluded = forms.CharField(
        label=_("Not in the urn"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("one a line: code, colon, reason"),
        required=False,
    )
    sources = forms.CharField(
        label=_("Sources of the seed"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "one a line: moment in universal time, space, name, for example 2027-01-15T18:00 Lottery of 15 January"
        ),
    )
    moment = forms.DateTimeField(label=_("Moment of the draw (universal time)"), widget=MOMENT)
    method = forms.ChoiceField(
        label=_("How reviewers are drawn"),
        choices=DrawMethod.choices,
        initial=DrawMethod.CEREMONY,
        help_text=_("all at once, preferences are not applied"),
        required=False,
    )
    answer_days = forms.IntegerField(
        label=_("Days within which a reviewer answers"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("empty: no period is set"),
    )
    minimum_due = forms.BooleanField(
        label=_("Everyone must reach the least number of reviews in this draw"), required=False
    )

    def __init__(self, offered: Offered, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["mechanism"].choices = list(offered.mechanisms)  # type: ignore[attr-defined]
        for name in ("instrument", "continues", "years_of"):
            self.fields[name].choices = [("", "–"), *getattr(offered, name)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the source of a list entered by hand."""
        said: dict[str, Any] = self.cleaned_data
        if said.get("participants") and not said.get("urn_source"):
            self.add_error("urn_source", _("Say where the list of those who take part comes from."))
        return said

    def clean_excluded(self) -> dict[str, str]:
        """Return reasons by code."""
        return _by_code(self.cleaned_data["excluded"], _("%(line)s: the reason is missing."))

    def clean_systems(self) -> dict[str, str]:
        """Return legal systems by code."""
        return _by_code(self.cleaned_data["systems"], _("%(line)s: the legal system is missing."))

    def clean_declining(self) -> tuple[str, ...]:
        """Return the codes."""
        return _codes(self.cleaned_data["declining"])

    def clean_participants(self) -> tuple[str, ...]:
        """Return the codes."""
        return _codes(self.cleaned_data["participants"])

    def clean_method(self) -> str:
        """Return the method; pick by pick where none was chosen."""
        return self.cleaned_data["method"] or DrawMethod.CEREMONY.value

    def clean_under_review(self) -> tuple[str, ...]:
        """Return the codes."""
        return _codes(self.cleaned_data["under_review"])

    def clean_sources(self) -> list[Source]:
        """Return the sources with their moments."""
        return [_source(line) for line in filter(str.strip, self.cleaned_data["sources"].splitlines())]


class HoldForm(forms.Form):
    """The numbers that the sources gave."""

    numbers = forms.CharField(
        label=_("Numbers of the sources, in their order"),
        max_length=LONGEST,
        help_text=_("whole numbers; a slash between one source and the next, for example 9319/2 5 12 29"),
    )


class YearForm(forms.Form):
    """A review whose year was drawn, moved to the next year."""

    state = forms.ChoiceField(label=_("State under review"))
    event_date = forms.DateField(label=_("Day"), widget=DAY)
    reason = forms.CharField(label=_("Reason"), max_length=2000)
    approved_by = forms.CharField(
        label=_("Approved by"), max_length=200, required=False, help_text=_("a role or an office, not a person")
    )

    def __init__(self, codes: Iterable[str], names: Names, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(code, names.of(code)) for code in codes]
        self.fields["state"].choices = sorted(choices, key=lambda one: reading_order(one[1]))  # type: ignore[attr-defined]


class EventForm(forms.Form):
    """What happened to a pair; a redraw needs the source of its seed, announced before, then its numbers."""

    pairing = forms.ChoiceField(label=_("State under review and reviewer"))
    kind = forms.ChoiceField(label=_("What happened"), choices=EventKind.choices)
    event_date = forms.DateField(label=_("Day"), widget=DAY)
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)
    approved_by = forms.CharField(
        label=_("Approved by"), max_length=200, required=False, help_text=_("a role or an office, not a person")
    )
    source = forms.CharField(
        label=_("Source of the seed"),
        max_length=300,
        required=False,
        help_text=_("for another reviewer only: moment in universal time, space, name"),
    )
    numbers = forms.CharField(
        label=_("Numbers of the source"), max_length=LONGEST, required=False, help_text=_("for another reviewer only")
    )

    def __init__(self, pairings: Sequence[Pairing], names: Names, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(str(one.uuid), f"{names.of(one.state.iso3)} – {names.of(one.reviewer.iso3)}") for one in pairings]
        self.fields["pairing"].choices = sorted(choices, key=lambda one: reading_order(one[1]))  # type: ignore[attr-defined]

    def clean_source(self) -> Source | None:
        """Return the source with its moment, None where the field is empty."""
        text = self.cleaned_data["source"].strip()
        return _source(text) if text else None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").replace(";", " ").upper().split())


def _by_code(text: str, missing: object) -> dict[str, str]:
    """Return what stands after the colon of each line, by code. Raises ValidationError with ``missing``."""
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        code, _colon, said = line.partition(":")
        if not said.strip():
            raise forms.ValidationError(str(missing) % {"line": line.strip()})
        found[code.strip().upper()] = said.strip()
    return found


def _source(line: str) -> Source:
    """Return the source of one line, moment first. Raises ValidationError."""
    moment, _space, name = line.strip().partition(" ")
    try:
        at = dt.datetime.fromisoformat(moment.removesuffix("Z"))
    except ValueError:
        raise forms.ValidationError(_("%(line)s: this does not begin with a moment.") % {"line": line}) from None
    return Source(name.strip(), at.replace(tzinfo=at.tzinfo or dt.UTC))
