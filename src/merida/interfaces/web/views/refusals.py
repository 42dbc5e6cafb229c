"""Why an action was refused, in the language of the page."""

from django.utils.translation import gettext

from merida.review.synergies.actions import VisitError
from merida.review.synergies.plan_rules import PlanError


def told(error: PlanError | VisitError) -> str:
    """Return the message of an error, translated where it carries a template; otherwise as it was raised."""
    if not isinstance(error, PlanError) or not error.template:
        return str(error)
    words = gettext(error.template)
    return words.format(**error.values) if error.values else words
