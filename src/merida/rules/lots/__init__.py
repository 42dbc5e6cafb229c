"""Drawing of lots: who reviews whom. Pure: rules, urn and seed are arguments; whole numbers only (A2, E6).

Start with :func:`rule_set`, :class:`Urn`, :func:`announce`, then :func:`draw` and :func:`verify`. The procedure is one
file that needs nothing of merida: ``standalone/verify_draw.py``.
"""

from pathlib import Path

from merida.rules.lots.record import Source, announce, conflicting_rules, draw, numbers_of, possible
from merida.rules.lots.rule_set import LotsError, RuleSet, rule_set
from merida.rules.lots.standalone.verify_draw import canonical, digest, verify
from merida.rules.lots.urn import Conflict, Exclusion, Pair, Participant, Urn, check_urn


def standalone_text() -> str:
    """Return the text of the single file ``verify_draw.py``, for download."""
    return (Path(__file__).parent / "standalone" / "verify_draw.py").read_text(encoding="utf-8")


__all__ = [
    "Conflict",
    "Exclusion",
    "LotsError",
    "Pair",
    "Participant",
    "RuleSet",
    "Source",
    "Urn",
    "announce",
    "canonical",
    "check_urn",
    "conflicting_rules",
    "digest",
    "draw",
    "numbers_of",
    "possible",
    "rule_set",
    "standalone_text",
    "verify",
]
