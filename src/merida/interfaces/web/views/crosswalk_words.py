"""Codes of the crosswalk in the reader's words: kinds of question, what was done, why something was refused."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from merida.foundation.changes.queries import HistoryEntry
from merida.foundation.registry.models.instruments import Obligation, ProvisionKind
from merida.knowledge.crosswalk.models import DisputeState, Verdict
from merida.rules.crosswalk.differing import Derived, Way

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

SCOPE: Final = {
    Way.NARROWER: gettext_lazy("The second asks for more than the first."),
    Way.WIDER: gettext_lazy("The first asks for more than the second."),
    Way.PARTLY: gettext_lazy("They share a part, and each asks for something that the other does not."),
}
SCOPE_BESIDE_ANSWER: Final = {
    Way.NARROWER: gettext_lazy("More is asked here than there: the earlier answer covers a part."),
    Way.WIDER: gettext_lazy("More was asked there than is asked here."),
    Way.PARTLY: gettext_lazy("The two questions share a part, and each asks for something that the other does not."),
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


def derived_in_words(found: Iterable[Derived], *, beside_answer: bool = False) -> str:
    """Return what the facts say differs, in sentences; ``beside_answer``: the first is that of an earlier answer."""
    said = [_derived(one, beside_answer=beside_answer) for one in found]
    return " ".join(said)


def _derived(one: Derived, *, beside_answer: bool) -> str:
    if one.way is Way.OBLIGATION:
        duties = {"here": str(Obligation(one.here).label), "there": str(Obligation(one.there).label)}
        if beside_answer:
            return _("Obligation there: %(here)s. Obligation here: %(there)s.") % duties
        return _("Obligation of the first: %(here)s. Obligation of the second: %(there)s.") % duties
    if one.way is Way.LEVEL:
        levels = {"here": str(ProvisionKind(one.here).label), "there": str(ProvisionKind(one.there).label)}
        return _("They stand on different levels: %(here)s – %(there)s.") % levels
    if one.way is Way.NUMBER:
        return _("So many provisions are held against each other: %(here)s – %(there)s.") % {
            "here": one.here,
            "there": one.there,
        }
    return str((SCOPE_BESIDE_ANSWER if beside_answer else SCOPE)[one.way])
