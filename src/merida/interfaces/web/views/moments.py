"""The day at which a page counts: ``?at=2021-03-29``, today without it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from merida.interfaces.web.forms import MomentForm


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with the form that chose it; ``form.errors`` says why another day was not taken."""

    day: date
    form: MomentForm
    chosen: bool


def moment_of(request: HttpRequest) -> Moment:
    """Return the day the address asks for; today, with the reason in the form, where it is no day."""
    now = timezone.now().date()
    asked = request.GET.get("at", "")
    form = MomentForm({"at": asked.replace("\x00", "?")[:40]} if asked else {"at": now.isoformat()})
    day = form.cleaned_data.get("at") if form.is_valid() else None
    return Moment(day or now, form, chosen=bool(asked and day))
