"""The short form of a proposal: an activity or a figure, with what cannot be said at its field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from merida.exchange.curation.models import ProposalKind
from merida.knowledge.observatory.models import ActivityType, DatePrecision, Qualifier
from merida.knowledge.observatory.values import ValuesError

LONGEST = 2000  # signs of a list of codes
DATE_HELP = gettext_lazy("2019, 2019-11 or 2019-11-05")
LIST_HELP = gettext_lazy("codes, separated by commas")


def _codes(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
    return forms.CharField(label=label, required=False, max_length=LONGEST, help_text=LIST_HELP, widget=widget)


def _date(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"})
    return forms.CharField(label=label, required=False, max_length=20, help_text=DATE_HELP, widget=widget)


def _text(label: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, required=required, max_length=300, widget=widget)


class ValuesForm(forms.Form):
    """Values of a fact as they are kept, and back."""

    lists: Sequence[str] = ()

    @property
    def values(self) -> dict[str, Any]:
        """The values as they are kept; after ``is_valid``."""
        return {name: _listed(value) if name in self.lists else value for name, value in self.cleaned_data.items()}

    def refuse(self, error: ValuesError) -> None:
        """Say at its field what cannot be."""
        self.add_error(error.field if error.field in self.fields else None, refusal(error))


class ActivityForm(ValuesForm):
    """Something done."""

    lists = ("states", "participants", "organisations", "provisions", "themes")

    type = forms.ChoiceField(label=gettext_lazy("What was done"), choices=ActivityType.choices)
    date_from = _date(pgettext_lazy("date", "From"))
    date_to = _date(pgettext_lazy("date", "To"))
    precision = forms.ChoiceField(label=gettext_lazy("How the date is given"), choices=DatePrecision.choices)
    place = _text(gettext_lazy("Place"))
    states = _codes(gettext_lazy("States"))
    participants = _codes(gettext_lazy("Taking part from elsewhere"))
    organisations = _codes(gettext_lazy("Organizations"))
    provisions = _codes(gettext_lazy("Articles"))
    resolution = _text(gettext_lazy("Resolution"))
    programme = _text(gettext_lazy("Programme"))
    themes = _codes(gettext_lazy("Themes"))


class FigureForm(ValuesForm):
    """A number reported."""

    lists = ("themes",)

    value = _text(gettext_lazy("Number, in digits"), required=True)
    unit = _text(gettext_lazy("Unit"))
    counted = _text(gettext_lazy("What is counted"), required=True)
    qualifier = forms.ChoiceField(
        label=gettext_lazy("How exactly"),
        required=False,
        choices=[("", gettext_lazy("as it stands")), *Qualifier.choices],
    )
    as_of = _date(gettext_lazy("As of"))
    reported_by = _text(gettext_lazy("Reported by"))
    themes = _codes(gettext_lazy("Themes"))


FORMS: Mapping[str, type[ValuesForm]] = {ProposalKind.ACTIVITY: ActivityForm, ProposalKind.FIGURE: FigureForm}


def form_for(kind: str, values: Mapping[str, Any], given: Any = None) -> ValuesForm:
    """Return the form of a kind, filled with ``values`` or with what a person typed."""
    made = FORMS[kind]
    initial = {name: ", ".join(value) if name in made.lists else value for name, value in values.items()}
    return made(given, initial=initial, auto_id="value-%s", label_suffix="")


def refusal(error: ValuesError) -> str:
    """Return what cannot be, in the reader's language."""
    sentences = {
        "NO_DATE": _("%(value)s is no date; 2019, 2019-11 and 2019-11-05 are."),
        "ENDS_BEFORE": _("The end lies before the beginning."),
        "MISSING": _("This is missing."),
        "PRECISION": _("This does not go with the date."),
        "UNKNOWN_CODE": _("%(value)s is not known here."),
        "NOT_IN_REGISTRY": _("%(value)s is not known here."),
        "NOT_A_NUMBER": _("%(value)s is no number in digits."),
    }
    return sentences.get(error.code, _("This cannot be read.")) % {"value": error.value}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace("،", ",").replace("，", ",").split(",") if part.strip()]
