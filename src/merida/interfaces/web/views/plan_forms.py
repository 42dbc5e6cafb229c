"""What a planner fills in: the rules of a timetable, a visit agreed or moved, another rule to try, a reason."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from merida.interfaces.web.templatetags.words import iso_date
from merida.interfaces.web.views.draw_forms import DAY, LONGEST
from merida.interfaces.web.views.listing import reading_order
from merida.interfaces.web.views.naming import in_reader_language, isolated
from merida.interfaces.web.views.refusals import told
from merida.review.synergies.plan_models import PlannedReview
from merida.review.synergies.plan_officers import LONGEST_OFFICER
from merida.review.synergies.plan_rules import BlockedSpan, BusySpan, PlanError, Rules
from merida.rules.timetable.instance import Mode
from merida.rules.timetable.lengths import Form

SMALL = {"rows": 3}
NUMBERS = {
    "capacity": _("Officers available in a week"),
    "visits_at_once": _("Visits at once, at most"),
    "visits_a_language": _("Visits at once in one language, at most"),
    "distance_weeks": _("Weeks between two visits to one State, at least"),
    "window_weeks": _("Weeks from the beginning of its year within which a visit lies"),
    "visit_days": _("Days of a visit, from Monday on"),
    "movable_weeks": _("Weeks that a movable visit of another mechanism may be planned away from its own, at most"),
    "session_hours": _("Hours of a session at a distance"),
    "seconds": _("Seconds for the solver"),
}
# Rules that are typed as lines.
WRITTEN = (
    "capacity_of_month",
    "stage_lengths",
    "blocked",
    "languages",
    "desk_lengths",
    "report_lengths",
    "forms",
    "officers_of_language",
    "interpreters",
    "distances",
    "busy",
    "zones",
)
CHOSEN = ("with_holidays", "with_joint", "language")
LANGUAGE_CODES = [(code[:2], name) for code, name in settings.LANGUAGES]


def _lines(label: Any, help_text: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs=SMALL)
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=widget, required=required)


def _whole(name: str, least: int) -> forms.IntegerField:
    return forms.IntegerField(label=NUMBERS[name], min_value=least, max_value=9999)


_LENGTHS = _("as in 8 12 16; both lines empty: only the lengths above are used")


def _line(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=40, required=False)


class SeenForm(forms.Form):
    """A change of a timetable that the planner has looked at; ``seen`` counts its changes until then."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class RulesForm(SeenForm):
    """All rules of a timetable."""

    capacity = _whole("capacity", 0)
    capacity_of_month = _lines(_("Officers of single months"), _("one a line: 2027-08 4"))
    visits_at_once = _whole("visits_at_once", 0)
    visits_a_language = _whole("visits_a_language", 0)
    distance_weeks = _whole("distance_weeks", 0)
    window_weeks = _whole("window_weeks", 0)
    visit_days = _whole("visit_days", 0)
    stage_lengths = _lines(
        _("Lengths of the stages"),
        _("one a line: weeks of desk review, weeks of reporting, cost in weeks of delay, as in 12 10 0"),
        required=True,
    )
    blocked = _lines(_("Days without visits"), _("one a line: 2027-06-14 2027-06-18 reason"))
    with_holidays = forms.BooleanField(label=_("No visits on public holidays of the States concerned"), required=False)
    with_joint = forms.BooleanField(label=_("Seek joint visits with mechanisms that welcome them"), required=False)
    language = forms.ChoiceField(label=_("Language where none is known"), choices=LANGUAGE_CODES)
    languages = _lines(_("Languages known"), _("one a line: code of the State, code of the language, as in GHA en"))
    desk_lengths = _line(_("Weeks of desk review: least, usual, most"), _LENGTHS)
    report_lengths = _line(_("Weeks of reporting: least, usual, most"), _LENGTHS)
    forms = _lines(
        _("Forms of dialogue"),
        _(
            "one a line: VISIT, JOINT_MEETING or VIRTUAL, its cost in weeks of delay, and weeks of further sessions "
            "after the first, as in VIRTUAL 3 1,2"
        ),
        required=True,
    )
    officers_of_language = _lines(
        _("Officers who work in a language"), _("one a line: es 4, or for a single month 2027-08 es 2")
    )
    interpreters = _lines(
        _("Sessions a week that interpreters can serve, by language"),
        _("one a line: zh 2, or for a single month 2027-08 zh 1; they take the place of the number for all languages"),
    )
    distances = _lines(_("Weeks between visits, by mechanism"), _("one a line: GRECO 12; other than the usual number"))
    movable_weeks = _whole("movable_weeks", 0)
    busy = _lines(_("Days on which a State cannot send experts"), _("one a line: GHA 2027-06-14 2027-06-18 reason"))
    zones = _lines(_("Time zones"), _("one a line: BRA America/Sao_Paulo; States with a single time zone need none"))
    session_hours = _whole("session_hours", 1)
    seconds = _whole("seconds", 1)

    def __init__(self, *given: Any, rules: Rules, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, value in typed(rules).items():
            self.fields[name].initial = value

    def rules(self) -> Rules:
        """Return the rules typed. Raises PlanError naming the first that no plan could keep."""
        said = self.cleaned_data
        return Rules(**{name: said[name] for name in (*NUMBERS, *WRITTEN, *CHOSEN)})

    def clean_capacity_of_month(self) -> dict[str, int]:
        """Return officers by month."""
        return {words[0]: int(words[1]) for words in self._words("capacity_of_month", 2)}

    def clean_stage_lengths(self) -> tuple[Mode, ...]:
        """Return the lengths."""
        lines = self._words("stage_lengths", 3, at=0)
        return tuple(Mode(desk=int(desk), report=int(report), cost=int(cost)) for desk, report, cost in lines)

    def clean_desk_lengths(self) -> tuple[int, ...]:
        """Return least, usual and most weeks, or nothing."""
        return self._three("desk_lengths")

    def clean_report_lengths(self) -> tuple[int, ...]:
        """Return least, usual and most weeks, or nothing."""
        return self._three("report_lengths")

    def clean_forms(self) -> tuple[Form, ...]:
        """Return the forms of dialogue."""
        found = []
        for line in filter(str.strip, self.cleaned_data["forms"].splitlines()):
            kind, *numbers = line.replace(",", " ").split()
            if not all(map(_is_number, numbers)):
                raise forms.ValidationError(_("%(line)s: this cannot be understood.") % {"line": line})
            cost, *later = map(int, numbers or ["0"])
            found.append(Form(kind.upper(), tuple(later), cost))
        return tuple(found)

    def clean_officers_of_language(self) -> dict[str, int]:
        """Return officers by language, or month and language."""
        return self._counts("officers_of_language")

    def clean_interpreters(self) -> dict[str, int]:
        """Return sessions by language, or month and language."""
        return self._counts("interpreters")

    def clean_distances(self) -> dict[str, int]:
        """Return weeks by mechanism."""
        return {words[0].upper(): int(words[1]) for words in self._words("distances", 2)}

    def clean_busy(self) -> tuple[BusySpan, ...]:
        """Return spans of days with the State and a reason."""
        found = []
        for line in filter(str.strip, self.cleaned_data["busy"].splitlines()):
            state, first, last, reason = [*line.split(maxsplit=3), "", "", ""][:4]
            try:
                days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
            except ValueError:
                said = _("%(line)s: a State, two days and a reason are wanted.") % {"line": line}
                raise forms.ValidationError(said) from None
            found.append(BusySpan(state.upper(), *days, reason.strip()))
        return tuple(found)

    def clean_zones(self) -> dict[str, str]:
        """Return names of time zones by State."""
        return {words[0].upper(): words[1] for words in self._words("zones", 2, numbers=False)}

    def _three(self, name: str) -> tuple[int, ...]:
        typed = self.cleaned_data[name].replace(",", " ").split()
        if not all(map(_is_number, typed)):
            raise forms.ValidationError(_("%(line)s: this cannot be understood.") % {"line": " ".join(typed)})
        return tuple(map(int, typed))

    def _counts(self, name: str) -> dict[str, int]:
        found = {}
        for line in filter(str.strip, self.cleaned_data[name].splitlines()):
            words = line.replace(",", " ").split()
            if len(words) < len(("language", "count")) or not _is_number(words[-1]):
                raise forms.ValidationError(_("%(line)s: this cannot be understood.") % {"line": line})
            found[" ".join(words[:-1]).lower()] = int(words[-1])
        return found

    def clean_languages(self) -> dict[str, str]:
        """Return language codes by State."""
        return {words[0].upper(): words[1].lower() for words in self._words("languages", 2, numbers=False)}

    def clean_blocked(self) -> tuple[BlockedSpan, ...]:
        """Return spans of days with reasons."""
        found = []
        for line in filter(str.strip, self.cleaned_data["blocked"].splitlines()):
            first, last, reason = [*line.split(maxsplit=2), "", ""][:3]
            try:
                found.append(BlockedSpan(dt.date.fromisoformat(first), dt.date.fromisoformat(last), reason.strip()))
            except ValueError:
                raise forms.ValidationError(_("%(line)s: two days and a reason are wanted.") % {"line": line}) from None
        return tuple(found)

    def _words(self, name: str, count: int, *, at: int = 1, numbers: bool = True) -> list[list[str]]:
        """Return the words of each line; those from ``at`` on are whole numbers where ``numbers``."""
        lines = [line.replace(",", " ").split() for line in self.cleaned_data[name].splitlines() if line.strip()]
        for words in lines:
            wrong = len(words) != count or (numbers and not all(_is_number(word) for word in words[at:]))
            if wrong:
                raise forms.ValidationError(_("%(line)s: this cannot be understood.") % {"line": " ".join(words)})
        return lines


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= len("9999")


class PlanForm(RulesForm):
    """A timetable to be prepared from a draw."""

    title = forms.CharField(label=_("Title"), max_length=200)
    draw = forms.ChoiceField(label=_("Drawing of lots"))
    field_order = ("title", "draw")

    def __init__(self, draws: Sequence[tuple[str, str]], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["draw"].choices = list(draws)  # type: ignore[attr-defined]
        self.fields["seen"].required = False


class ReviewForm(SeenForm):
    """One visit: agreed where it is, free again, or put into another week."""

    review = forms.ChoiceField(label=_("Review"))
    deed = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            ("lock", _("keep it in its week")),
            ("unlock", _("let it move again")),
            ("move", _("move it to the week of this day and keep it there")),
        ],
    )
    day = forms.DateField(label=_("Day"), widget=DAY, required=False)

    def __init__(self, reviews: Sequence[PlannedReview], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["review"].choices = _choices(reviews)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a move."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("deed") == "move" and not said.get("day") and "day" not in self.errors:
            self.add_error("day", _("Say which week: any day of it."))
        return said


class WhatIfForm(SeenForm):
    """One rule to try with another value, or a visit to try in another week."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    value = forms.IntegerField(label=_("Value"), min_value=0, max_value=9999, required=False)
    review = forms.ChoiceField(label=_("Review agreed for the week of a day"), required=False)
    day = forms.DateField(label=_("Day"), widget=DAY, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, required=False)

    def __init__(self, reviews: Sequence[PlannedReview], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        rules = [(name, label) for name, label in NUMBERS.items() if name != "seconds"]
        self.fields["rule"].choices = [("", "–"), *rules]  # type: ignore[attr-defined]
        self.fields["review"].choices = [("", "–"), *_choices(reviews)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a pair, and for one of the two."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(said.get("rule")) != (said.get("value") is not None):
            self.add_error("value", _("A rule and its value belong together."))
        if bool(said.get("review")) != bool(said.get("day")):
            self.add_error("day", _("A review and its day belong together."))
        if not said.get("rule") and not said.get("review"):
            self.add_error(None, _("Choose a rule or a review to try."))
        return said


class OfficerForm(SeenForm):
    """Reviews, and the officer who looks after them."""

    reviews = forms.MultipleChoiceField(label=_("Reviews"), widget=forms.SelectMultiple(attrs={"size": 8}))
    officer = forms.CharField(
        label=_("Officer"), max_length=LONGEST_OFFICER, required=False, help_text=_("left empty: nobody yet")
    )

    def __init__(self, reviews: Sequence[PlannedReview], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["reviews"].choices = _choices(reviews, officers=True)  # type: ignore[attr-defined]


class OpenForm(SeenForm):
    """A review whose State lets everybody see its days."""

    review = forms.ChoiceField(label=_("Review"))
    note = forms.CharField(label=_("Note in which the State says so"), max_length=500)

    def __init__(self, reviews: Sequence[PlannedReview], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["review"].choices = _choices(reviews)  # type: ignore[attr-defined]


class ReasonForm(SeenForm):
    """Why; everybody can read it once the timetable is published."""

    reason = forms.CharField(label=_("Reason"), max_length=2000)


def typed(rules: Rules) -> dict[str, Any]:
    """Return rules as they are typed into the fields."""
    values: dict[str, Any] = {name: getattr(rules, name) for name in NUMBERS}
    lines: dict[str, Callable[[], list[str]]] = {
        "capacity_of_month": lambda: [f"{month} {officers}" for month, officers in rules.capacity_of_month.items()],
        "stage_lengths": lambda: [f"{one.desk} {one.report} {one.cost}" for one in rules.stage_lengths],
        "blocked": lambda: [f"{one.first} {one.last} {one.reason}" for one in rules.blocked],
        "languages": lambda: [f"{state} {code}" for state, code in rules.languages.items()],
        "forms": lambda: [f"{one.kind} {one.cost} {','.join(map(str, one.later))}".strip() for one in rules.forms],
        "busy": lambda: [f"{one.state} {one.first} {one.last} {one.reason}" for one in rules.busy],
    }
    for name in ("officers_of_language", "interpreters", "distances", "zones"):
        values[name] = "\n".join(f"{key} {value}" for key, value in getattr(rules, name).items())
    for name in ("desk_lengths", "report_lengths"):
        values[name] = " ".join(map(str, getattr(rules, name)))
    values |= {name: "\n".join(made()) for name, made in lines.items()}
    return values | {name: getattr(rules, name) for name in CHOSEN}


def rules_in(form: RulesForm) -> Rules | None:
    """Return the rules typed, or None with the error put into the form."""
    if not form.is_valid():
        return None
    try:
        return form.rules()
    except PlanError as error:
        form.add_error(None, told(error))
        return None


def _choices(reviews: Sequence[PlannedReview], *, officers: bool = False) -> list[tuple[str, str]]:
    """Return reviews by the names of their States, with the day of the visit or the officer named so far."""

    def said(one: PlannedReview) -> str:
        day = iso_date(one.visit_first_date) if one.visit_first_date else ""
        what = one.officer if officers else day
        return " · ".join(filter(None, (_state(one), isolated(one.code), isolated(what) if what else "")))

    return [(one.code, said(one)) for one in sorted(reviews, key=lambda one: (reading_order(_state(one)), one.code))]


def _state(one: PlannedReview) -> str:
    return in_reader_language(one.state.names, one.state.iso3)
