"""Everything that a document's passages name: symbols, links, resolutions, provisions, dates, names.

Call :func:`recognise` with the passages of one document in reading order; what "the Convention" or "the Conference"
means is carried from passage to passage.
"""

from collections.abc import Sequence

from merida.rules.citations.calendar_days import Calendar
from merida.rules.citations.dates import dates
from merida.rules.citations.links import links
from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.names import NameIndex, NameMatch, find_names
from merida.rules.citations.provisions import provisions
from merida.rules.citations.reading import Reading
from merida.rules.citations.resolutions import resolutions
from merida.rules.citations.short_forms import ShortForms
from merida.rules.citations.spans import outside
from merida.rules.citations.symbols import symbols

_RULES = {"STATE": "name.state", "TERRITORY": "name.territory", "ORGANISATION": "name.organisation"}
INSIDE_NAME = "INSIDE_NAME"


def recognise(passages: Sequence[Passage], *, language: str, names: NameIndex, convention: str = "") -> list[Mention]:
    """Mentions of one document in order of passage and place; never raises on any text.

    ``language`` is one of ar, en, es, fr, ru, zh; another value looks for all names and reads as English.
    ``convention`` is the treaty that "the Convention" means where the document names none, as its symbol tells it.
    Every ``surface`` is ``passage.text[start:end]``.
    """
    reading, calendar, short_forms = Reading(passages, language, convention), Calendar(), ShortForms()
    found: list[Mention] = []
    for index, passage in enumerate(passages):
        fixed = links(passage)
        fixed += outside(symbols(passage), fixed)
        cited = [*outside(resolutions(reading, index), fixed), *provisions(reading, index)]
        numbered = [*fixed, *cited]
        dated = outside(dates(passage, language=language, calendar=calendar), numbered)
        matches = find_names(passage.text, index=names, language=language)
        named = [_named(passage, match) for match in matches]
        named += short_forms.known(passage, [m for m in named if m.kind == "ORGANISATION" and not m.role])
        found.extend(sorted((*numbered, *dated, *outside(named, fixed)), key=_place))
    return found


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def _named(passage: Passage, match: NameMatch) -> Mention:
    kind, code, start, end, inside, _ = match
    rule = "name.inside" if inside else _RULES.get(kind, "name.other")
    return Mention(kind, code, passage.at, start, end, passage.text[start:end], rule, INSIDE_NAME if inside else "")
