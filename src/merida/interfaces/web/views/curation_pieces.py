"""What the pages of the inbox show: the paragraph with the words marked, the rule's record, who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.exchange.curation.models import Proposal, ProposalKind, ProposalState
from merida.exchange.curation.precision import ENOUGH_DECISIONS, SURE, RuleRecord
from merida.exchange.curation.queries import Group
from merida.foundation.changes.queries import HistoryEntry
from merida.interfaces.web.pieces import Cell, Column, Table
from merida.interfaces.web.templatetags.words import moment, number, percent
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.marked_text import Piece, cuts, words_begin
from merida.interfaces.web.views.observatory_choices import state_names
from merida.knowledge.documents.citing import language_name, place_in_words, title_of
from merida.rules.extraction.oddities import states_not_yet

EXCERPT = 80  # signs of a proposal's words in a list


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text, and whether the proposal rests on it."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A lead or a lettered item of the paragraph."""

    letter: str
    stretches: tuple[Stretch, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of a proposal's history."""

    when: str
    who: str
    what: str


def shown_paragraph(one: Proposal) -> list[ShownPiece]:
    """Return the paragraph with the proposal's words marked; the words alone where no such paragraph is read now."""
    if one.paragraph is None:
        return [ShownPiece("", (Stretch(one.words, hit=True),), 0)]
    text = one.paragraph.text
    return [
        ShownPiece(piece.letter, _stretches(text, one, words_begin(text, piece), piece.end), piece.depth)
        for piece in _pieces(text, one.paragraph.items)
    ]


def _pieces(text: str, items: Sequence[Any]) -> list[Piece]:
    return cuts(text, items) or [Piece(0, len(text))]


def _stretches(text: str, one: Proposal, start: int, end: int) -> tuple[Stretch, ...]:
    first, last = min(max(one.start, start), end), max(min(one.end, end), start)
    last = max(first, last)
    parts = ((start, first, False), (first, last, True), (last, end, False))
    return tuple(Stretch(text[begin:stop], hit) for begin, stop, hit in parts if stop > begin)


def named(one: Proposal) -> str:
    """Return a proposal in short, for a list: its place and the beginning of its words."""
    words = " ".join(one.words.split())
    cut = words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"
    return f"{place_in_words(one.place)}: {cut}"


def groups_table(groups: Sequence[Group]) -> Table:
    """Return the texts with how much waits in each."""
    kinds = dict(ProposalKind.choices)
    columns = [
        Column(_("Document")),
        Column(_("What is proposed")),
        Column(_("Waiting"), numeric=True),
        Column(_("Decided"), numeric=True),
    ]
    rows = [[_document(one), Cell(str(kinds[one.kind])), _waiting(one), Cell(number(one.decided))] for one in groups]
    return Table(_("Proposals by document"), columns, rows, empty=_("Nothing was proposed yet."))


def _document(one: Group) -> Cell:
    document = one.version.document
    title = title_of(document, language()) or document.slug
    code = one.version.language
    of_text = " · ".join(filter(None, [title if document.symbol else "", language_name(code) or code]))
    return Cell(document.symbol or title, detail=of_text)


def _waiting(one: Group) -> Cell:
    if not one.waiting:
        return Cell(number(0))
    address = reverse("curation_next")
    return Cell(number(one.waiting), f"{address}?text={one.version.uuid}&kind={one.kind}")


def rules_table(records: Sequence[RuleRecord]) -> Table:
    """Return what people decided about each rule's proposals."""
    labels = (_("Rule"), _("Accepted"), _("Corrected"), _("Rejected"), _("Right at least"), _("Waiting"))
    columns = [Column(label, numeric=at > 0) for at, label in enumerate(labels)]
    rows = [
        [
            Cell(one.rule, language="en"),
            Cell(number(one.accepted)),
            Cell(number(one.corrected + one.split)),
            Cell(number(one.rejected)),
            Cell(percent(one.lower_bound) if one.decided else "–"),
            Cell(number(one.waiting)),
        ]
        for one in records
    ]
    note = _("“Right at least” is the lower end of Wilson's interval at 95 %; decisions in bulk do not count.")
    return Table(_("How often each rule is right"), columns, rows, note=note, empty=_("No rule proposed anything yet."))


def record_in_words(record: RuleRecord | None) -> str:
    """Return a rule's record as a sentence."""
    if record is None or not record.decided:
        return _("Nobody decided about this rule's proposals yet.")
    said = ngettext(
        "%(right)s of %(decided)s decision found this rule right; at least %(bound)s.",
        "%(right)s of %(decided)s decisions found this rule right; at least %(bound)s.",
        record.decided,
    )
    return said % {
        "right": number(record.accepted),
        "decided": number(record.decided),
        "bound": percent(record.lower_bound),
    }


def enough_in_words() -> str:
    """Return when a rule is sure enough."""
    said = _("A rule is sure after %(count)s decisions, when it is right in at least %(share)s of all cases.")
    return said % {"count": number(ENOUGH_DECISIONS), "share": percent(SURE)}


def state_in_words(one: Proposal) -> str:
    """Return where a proposal stands and who decided it."""
    label = str(ProposalState(one.state).label)
    if one.decided_at is None:
        return label
    who = one.decided_by.full_name if one.decided_by else "merida"
    return _("%(state)s by %(who)s, %(when)s") % {"state": label, "who": who, "when": moment(one.decided_at)}


def said_of(one: Proposal) -> str:
    """Return what was decided, and which of its States began only after the time that is told."""
    values = one.decided_values or {}
    states = [*values.get("states", ()), *values.get("participants", ())]
    late = states_not_yet(states, values.get("date_to") or values.get("date_from") or "")
    names = state_names(language()) if late else {}
    sentence = _("%(state)s became a State after the date told, as far as is known here; look whether both are right.")
    return " · ".join((state_in_words(one), *(sentence % {"state": names.get(state, state)} for state in late)))


def deeds(entries: Sequence[HistoryEntry]) -> list[Deed]:
    """Return the history of a proposal."""
    words = {
        "ACCEPT_PROPOSAL": ProposalState.ACCEPTED.label,
        "CORRECT_PROPOSAL": ProposalState.CORRECTED.label,
        "REJECT_PROPOSAL": ProposalState.REJECTED.label,
        "MERGE_PROPOSAL": ProposalState.MERGED.label,
        "SPLIT_PROPOSAL": ProposalState.SPLIT.label,
        "UNDO_DECISION": _("undone"),
    }
    return [Deed(moment(entry.at), entry.who, str(words.get(entry.verb, entry.verb))) for entry in entries]
