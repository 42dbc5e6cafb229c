"""What planners fill in: a visit to record, other days for it, why it is called off."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from merida.foundation.registry.queries import states_in_brief
from merida.interfaces.web.forms import EARLIEST, LATEST
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.views.listing import reading_order
from merida.interfaces.web.views.naming import in_reader_language
from merida.review.synergies.actions import LONGEST_DAYS
from merida.review.synergies.models import Firmness, Visit, VisitKind

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
Choices = Sequence[tuple[str, str]]


class DaysForm(forms.Form):
    """The days of a visit, the last one included."""

    first_date = forms.DateField(label=_("First day"), widget=DAY)
    last_date = forms.DateField(label=_("Last day"), widget=DAY)
    firmness = forms.ChoiceField(label=_("How firm"), choices=Firmness.choices, initial=Firmness.TENTATIVE)

    def clean(self) -> dict[str, Any]:
        """Refuse days out of order and visits that are too long or too far away."""
        said = super().clean() or {}
        first: dt.date | None = said.get("first_date")
        last: dt.date | None = said.get("last_date")
        for name, day in (("first_date", first), ("last_date", last)):
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("This day is too far away. Take a year between 1900 and 2200."))
        if first and last and last < first:
            self.add_error("last_date", _("The visit would end before it begins."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last_date", _("A visit has at most %(count)s days.") % {"count": LONGEST_DAYS})
        return said


class RecordForm(DaysForm):
    """A visit to record; it is kept as a draft."""

    state = forms.ChoiceField(label=_("State"))
    mechanism = forms.ChoiceField(label=_("Mechanism"))
    kind = forms.ChoiceField(label=_("Form"), choices=VisitKind.choices)
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=[(each.code, each.name) for each in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    provisions = forms.CharField(
        label=_("Subject"),
        max_length=2000,
        required=False,
        help_text=_("articles with a semicolon between them, for example UNCAC 5; UNCAC 13"),
    )
    joint_allowed = forms.BooleanField(label=_("May be joint with a visit of another mechanism"), required=False)
    source_text = forms.CharField(
        label=_("Source"), max_length=500, help_text=_("a symbol, an address, or the office that noted it")
    )

    field_order = (
        "state",
        "mechanism",
        "kind",
        "first_date",
        "last_date",
        "firmness",
        "languages",
        "provisions",
        "joint_allowed",
        "source_text",
    )

    def __init__(self, states: Choices, mechanisms: Choices, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["state"].choices = list(states)  # type: ignore[attr-defined]
        self.fields["mechanism"].choices = list(mechanisms)  # type: ignore[attr-defined]

    def clean_provisions(self) -> list[str]:
        """Return the keys."""
        return [key.strip() for key in self.cleaned_data["provisions"].split(";") if key.strip()]


class SeenForm(forms.Form):
    """Which state of the visit its reader had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MoveForm(DaysForm, SeenForm):
    """Other days, or another firmness, and why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, help_text=_("everybody who follows the visit reads it")
    )


class CancelForm(SeenForm):
    """Why a visit is called off."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, help_text=_("everybody who follows the visit reads it")
    )


def desk_of(found: Visit) -> dict[str, forms.Form]:
    """Return the empty forms of a visit's page."""
    seen = {"seen": found.sequence}
    held = {"first_date": found.first_date, "last_date": found.last_date, "firmness": found.firmness}
    made: dict[str, forms.Form] = {"publish_form": SeenForm(initial=seen)}
    if found.cancelled_at is None:
        made |= {"move_form": MoveForm(initial=seen | held), "cancel_form": CancelForm(initial=seen)}
    return made


def states_to_choose() -> list[tuple[str, str]]:
    """Return all States by code, in the order of the reader's language."""
    named = [(one.iso3, in_reader_language(one.names, one.iso3)) for one in states_in_brief()]
    return sorted(named, key=lambda pair: reading_order(pair[1]))
