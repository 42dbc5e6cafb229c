"""Everything a reader can ask for in an address, parsed once: dates, search words, filters, page numbers.

A form never raises: what could not be understood is left out and told to the reader in words.
"""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2200, 12, 31)


class MomentForm(forms.Form):
    """A day at which something is counted: ``?at=2021-03-29``."""

    at = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        label=_("On this day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a day that exists. Write it as year-month-day, like 2021-03-29.")},
    )

    def clean_at(self) -> dt.date | None:
        """Refuse days outside the years that any calendar of treaties covers."""
        day: dt.date | None = self.cleaned_data["at"]
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("This day is too far away. Take a year between 1900 and 2200."))
        return day
