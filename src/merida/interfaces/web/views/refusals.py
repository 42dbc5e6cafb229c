"""Why an action was refused, in the language of the page."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Choices
from django.utils.translation import gettext

from merida.foundation.registry.models import State
from merida.interfaces.web.templatetags.words import long_date, moment
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language, isolated
from merida.interfaces.web.views.plan_obstacles import clashes_told
from merida.review.synergies.plan_rules import PlanClashesError, PlanError
from merida.rules.timetable.instance import TimetableError


def told(error: Exception) -> str:
    """Return the message of a refusal, translated where it carries ``template``; otherwise as it was raised.

    Refusals carry ``template`` and the ``values`` that fill it: PlanError, VisitError, LotsError, TimetableError,
    RefusedError, LawError, DifferenceError, NotAcceptedError.

    Where planners are refused because of what the rules of timetables said, that is told.
    """
    cause = error.__cause__
    if isinstance(error, PlanError) and isinstance(cause, TimetableError) and not error.values:
        return told(cause)
    if isinstance(error, PlanClashesError):
        return clashes_told(error.found)
    template = getattr(error, "template", "")
    return in_words(template, getattr(error, "values", {})) if template else str(error)


def in_words(template: str, values: Mapping[str, object]) -> str:
    """Return a template in the language of the page, filled."""
    words = gettext(template)
    return words.format(**{name: shown(value) for name, value in values.items()}) if values else words


def shown(value: object) -> object:
    """Return what stands in a message, as the reader reads it: names, days and moments in words."""
    if isinstance(value, State):
        return in_reader_language(value.names, value.iso3)
    if isinstance(value, Choices):
        return str(value.label)
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return long_date(value)
    return isolated(value) if isinstance(value, str) and language() == "ar" else value
