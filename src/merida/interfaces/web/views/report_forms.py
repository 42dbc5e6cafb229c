"""What the secretariat fills in about reports."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from merida.interfaces.web.views.mandate_forms import DAY, LANGUAGES


def _line(label: Any, *, required: bool = False, longest: int = 300, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"})
    return forms.CharField(label=label, required=required, max_length=longest, widget=widget, **more)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, input_formats=["%Y-%m-%d"], widget=DAY)


class ReportForm(forms.Form):
    """A report to draft."""

    title = _line(gettext_lazy("Title"), required=True)
    language = forms.ChoiceField(label=gettext_lazy("Language of the report"), choices=LANGUAGES)
    resolutions = _line(
        gettext_lazy("Resolutions reported on"), help_text=gettext_lazy("such as COSP 8/8, separated by commas")
    )
    first_date = _day(gettext_lazy("First day of the period"))
    last_date = _day(gettext_lazy("Last day of the period"))
    symbol = _line(gettext_lazy("Symbol"), longest=60)
    body = _line(gettext_lazy("Body"))
    session = _line(gettext_lazy("Session"))
    agenda_item = _line(gettext_lazy("Agenda item"))
    document_date = _day(gettext_lazy("Date of the document"), required=False)

    def clean_resolutions(self) -> list[str]:
        """Return the keys."""
        return [key.strip() for key in self.cleaned_data["resolutions"].replace("，", ",").split(",") if key.strip()]


class PartForm(forms.Form):
    """The words of a paragraph, one sentence a line."""

    text = forms.CharField(
        label=gettext_lazy("Sentences"),
        required=False,
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=gettext_lazy("one a line; without any, the paragraph is struck out"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AddForm(forms.Form):
    """A paragraph of a person's own."""

    text = forms.CharField(
        label=gettext_lazy("A further paragraph behind this one"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("one sentence a line"),
    )


class PlaceForm(forms.Form):
    """Another heading for an activity."""

    activity = forms.ChoiceField(label=gettext_lazy("Activity"))
    heading = forms.ChoiceField(label=gettext_lazy("Heading"))

    def __init__(
        self, activities: Iterable[tuple[str, str]], headings: Iterable[tuple[str, str]], *given: Any, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.fields["activity"].choices = list(activities)  # type: ignore[attr-defined]
        self.fields["heading"].choices = list(headings)  # type: ignore[attr-defined]
