"""Drawing of lots: who reviews whom. Pure: rules, urn and seed are arguments; whole numbers only (A2, E6).

Start with :func:`rule_set`, :class:`Urn`, :func:`announce`, then :func:`draw` and :func:`verify`. The files
that check a record without merida are joined from these modules: :func:`verifier_text`.
"""

from merida.rules.lots.after import later_part, postponed, redraw, rules_of_record, urn_of_record
from merida.rules.lots.procedure import standalone_text
from merida.rules.lots.procedure.chance import canonical, digest
from merida.rules.lots.record import Source, announce, conflicting_rules, draw, numbers_of, possible
from merida.rules.lots.rule_set import LotsError, RuleSet, rule_set
from merida.rules.lots.table_check import Finding, TableRow, check_table, read_table
from merida.rules.lots.urn import Conflict, Exclusion, Pair, Participant, Urn, check_urn
from merida.rules.lots.verifying import verifier_text, verify

__all__ = [
    "Conflict",
    "Exclusion",
    "Finding",
    "LotsError",
    "Pair",
    "Participant",
    "RuleSet",
    "Source",
    "TableRow",
    "Urn",
    "announce",
    "canonical",
    "check_table",
    "check_urn",
    "conflicting_rules",
    "digest",
    "draw",
    "later_part",
    "numbers_of",
    "possible",
    "postponed",
    "read_table",
    "redraw",
    "rule_set",
    "rules_of_record",
    "standalone_text",
    "urn_of_record",
    "verifier_text",
    "verify",
]
