"""Codes of the crosswalk in the reader's words: kinds of question, what was done, why something was refused."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from merida.foundation.changes.queries import HistoryEntry
from merida.knowledge.crosswalk.models import DisputeState, Verdict

KINDS: Final = {
    "LAW": gettext_lazy("law"),
    "AUTHORITIES": gettext_lazy("authorities"),
    "MEASURES": gettext_lazy("measures taken"),
    "PRACTICE": gettext_lazy("practice"),
    "CASES": gettext_lazy("cases"),
    "STATISTICS": gettext_lazy("statistics"),
    "CHALLENGES": gettext_lazy("challenges"),
    "ASSISTANCE": gettext_lazy("technical assistance needed"),
    "GOOD_PRACTICE": gettext_lazy("good practices"),
    "FOLLOW_UP": gettext_lazy("follow-up"),
    "OTHER": pgettext_lazy("kind of question", "other"),
    "COMPLIANCE": gettext_lazy("level of compliance"),
    "RATING": gettext_lazy("rating"),
    "CONSENT": gettext_lazy("consent"),
}
REFUSED: Final = {
    "EMPTY": gettext_lazy("Say why the mapping is wrong."),
    "TOO_LONG": gettext_lazy("This is too long: at most 4,000 characters."),
    "FULL": gettext_lazy("Too many disputes wait already. Please come back in an hour."),
    "RETIRED": gettext_lazy("This mapping is no longer in use."),
}


def kinds_in_words(kinds: Iterable[str]) -> str:
    """Return the kinds of question, ``everything`` for none."""
    return ", ".join(str(KINDS.get(one, one)) for one in kinds) or _("everything")


def what_was_done(one: HistoryEntry) -> str:
    """Return an entry of the history in words."""
    after = one.after or {}
    if one.verb == "REVIEW_MAPPING":
        return _("a reviewer: %(verdict)s") % {"verdict": Verdict(after["verdict"]).label}
    if one.verb == "DECIDE_DISPUTE":
        return _("a dispute: %(state)s") % {"state": DisputeState(after["state"]).label}
    said = {
        "RECORD_MAPPING": _("recorded"),
        "CORRECT_MAPPING": _("corrected"),
        "RETIRE_MAPPING": _("taken out of use"),
    }
    return said.get(one.verb, one.verb)
