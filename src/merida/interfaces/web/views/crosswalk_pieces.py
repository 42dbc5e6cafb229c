"""How clauses and mappings are named and tabled on pages and in files."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from merida.foundation.sources.languages import text_in
from merida.interfaces.web.pictures.heat import Count, HeatTable, draw_heat_table
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.views.crosswalk_words import derived_in_words
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import (
    choice_in_words,
    citation_of,
    in_reader_language,
    isolated,
    short_instrument,
    title_cell,
)
from merida.interfaces.web.views.provision_pieces import way
from merida.interfaces.web.views.sourcing import fact_row
from merida.interfaces.web.views.ways import way_to_page
from merida.knowledge.crosswalk.models import Clause, MappingStatus, ReuseKind, Standard
from merida.knowledge.crosswalk.queries import Implied, Seen
from merida.rules.crosswalk.consistency import Item
from merida.rules.crosswalk.differing import derived_differences
from merida.rules.crosswalk.relations import Relation

COLUMNS = (
    "code", "here", "here_title", "relation", "there", "there_title", "differs", "kinds", "strength", "rationale",
    "reuse", "status", "source", "confidence",
)  # fmt: skip
TOPICS = ("topic:", "area:", "elig:")
WHOLE = "whole"


def short_of(one: Standard) -> str:
    """Return the short name in the reader's language."""
    return short_instrument(one.code, one.short_name or one.code.replace("_", " "))


def name_of(one: Standard) -> str:
    """Return the name in the reader's language."""
    return in_reader_language(one.names, short_of(one))


def number_of(clause: Clause) -> str:
    """Return the number as readers write it; a topic that has none is called by its title."""
    if clause.number == WHOLE:
        return _("as a whole")
    if clause.number.startswith(TOPICS):
        return in_reader_language(clause.titles, clause.number.partition(":")[2])
    return isolated(clause.number)


def label_of(clause: Clause) -> str:
    """Return standard and number: ``UNCAC 5(1)``."""
    return f"{short_of(clause.standard)} {number_of(clause)}"


def way_to(clause: Clause) -> str:
    """Return the address of a clause: the page of the provision where the registry holds it."""
    if clause.is_exact and clause.provision is not None:
        return way(clause.provision)
    return way_to_page("crosswalk_clause", clause.slug)


def set_in_words(clauses: Sequence[Clause], *, with_standard: bool = True) -> str:
    """Return a set on one line: ``UNCAC 46(10), 46(11)``."""
    numbers = ", ".join(number_of(one) for one in clauses)
    return f"{short_of(clauses[0].standard)} {numbers}" if with_standard else numbers


def clause_cell(clauses: Sequence[Clause], *, with_standard: bool = True) -> Cell:
    """Return a set as a cell that leads to its first clause."""
    return Cell(set_in_words(clauses, with_standard=with_standard), way_to(clauses[0]))


def titles_cell(clauses: Sequence[Clause]) -> Cell:
    """Return the titles of a set; where the number is the title already, nothing."""
    titled = [one for one in clauses if one.titles and not one.number.startswith(TOPICS)]
    return title_cell(titled[0].titles) if titled else Cell("")


def status_cell(seen: Seen) -> Cell:
    """Return how far the mapping can be relied on, leading to its page."""
    one = seen.mapping
    return Cell(choice_in_words(one, "status"), way_to_page("crosswalk_mapping", one.code), citation=citation_of(one))


def derived_of(seen: Seen) -> str:
    """Return what recorded facts say differs between the two sides, in the reader's language."""
    here, there = ([Item(one.level, one.obligation) for one in side] for side in (seen.here, seen.there))
    return derived_in_words(derived_differences(here, seen.relation, there))


def differs_cell(seen: Seen) -> Cell:
    """Return what differs: as a person wrote it, else as facts tell it, marked so, else that nobody wrote it."""
    if any(seen.mapping.differs.values()):
        return title_cell(seen.mapping.differs)
    derived = derived_of(seen)
    if derived:
        return Cell(derived, detail=_("derived by rule"))
    return Cell("", detail="" if seen.relation == Relation.NONE else _("nobody has written it yet"))


def mappings_table(found: Sequence[Seen], caption: str, *, short_here: bool = True) -> Table:
    """Return mappings read from one side, each with its status."""
    labels = (
        _("Provision"), _("Short title"), _("How it relates"), _("Other provision"), _("Its title"),
        _("What differs"), _("Status"),
    )  # fmt: skip
    rows = [
        (
            clause_cell(one.here, with_standard=not short_here),
            titles_cell(one.here),
            Cell(one.relation_label),
            clause_cell(one.there),
            titles_cell(one.there),
            differs_cell(one),
            status_cell(one),
        )
        for one in found
    ]
    return Table(caption, [Column(label) for label in labels], rows, empty=_("Nothing is mapped here."))


def see_also_table(found: Sequence[Seen]) -> Table:
    """Return what other instruments ask beside one provision; false friends last, with the warning they carry."""
    labels = (
        _("Other provision"), _("Its title"), _("How this one relates to it"), _("What differs"), _("Obligation there"),
        _("Status"),
    )  # fmt: skip
    rows = [
        (
            Cell(set_in_words(one.there), way_to(one.there[0]), detail=set_in_words(one.here, with_standard=False)),
            titles_cell(one.there),
            Cell(one.relation_label),
            differs_cell(one),
            Cell(choice_in_words(one.there[0], "obligation")),
            status_cell(one),
        )
        for one in found
    ]
    return Table(_("See also in other instruments"), [Column(label) for label in labels], rows)


IMPLIED_COLUMNS = ("here", "relation", "there", "through")


def implied_table(found: Sequence[Implied], caption: str) -> Table:
    """Return what follows from two mappings, each with the two."""
    labels = (_("Provision"), _("How it relates"), _("Other provision"), _("Follows from"), _("and from"))
    rows = [
        (
            clause_cell(one.here),
            Cell(_("shares nothing with it") if one.relation == Relation.NONE else one.relation_label),
            clause_cell(one.there),
            *(Cell(code, way_to_page("crosswalk_mapping", code)) for code in one.through),
        )
        for one in found
    ]
    return Table(caption, [Column(label) for label in labels], rows, empty=_("Nothing follows here."))


def implied_rows(found: Iterable[Implied]) -> Iterator[dict[str, Any]]:
    """Yield what follows as rows of a file."""
    for one in found:
        yield {
            "here": [clause.key for clause in one.here],
            "relation": one.relation.value,
            "there": [clause.key for clause in one.there],
            "through": list(one.through),
        }


def rows_of(found: Iterable[Seen]) -> Iterator[dict[str, Any]]:
    """Yield mappings as rows of a file, in codes."""
    for seen in found:
        one = seen.mapping
        yield {
            "code": one.code,
            "here": [clause.key for clause in seen.here],
            "here_title": text_in(seen.here[0].titles, language()).text,
            "relation": seen.relation.value,
            "there": [clause.key for clause in seen.there],
            "there_title": text_in(seen.there[0].titles, language()).text,
            "differs": text_in(one.differs, language()).text,
            "kinds": one.kinds,
            "strength": one.strength,
            "rationale": one.rationale,
            "reuse": seen.reuse,
            "status": one.status,
            "source": one.source.citation,
            "confidence": one.confidence,
        }


def mapped_rows(found: Iterable[Seen]) -> Iterator[dict[str, Any]]:
    """Yield mappings as facts of a provision's file."""
    for seen in found:
        here, there = ("; ".join(clause.key for clause in side) for side in (seen.here, seen.there))
        one = seen.mapping
        row = fact_row("MAPPING", f"{here} {seen.relation} {there}", in_reader_language(one.differs), one)
        yield row | {"note": f"{one.code} {one.status}"}


def heat_between(found: Sequence[Seen], caption: str, corner: str) -> HeatTable | None:
    """Return how many mappings join the articles of two standards; a cell leads to the first of its rows below."""
    cells: dict[tuple[str, str], list[Seen]] = {}
    rows: dict[str, Clause] = {}
    columns: dict[str, Clause] = {}
    for seen in found:
        here, there = (_article(side[0]) for side in (seen.here, seen.there))
        rows.setdefault(here, seen.here[0])
        columns.setdefault(there, seen.there[0])
        cells.setdefault((here, there), []).append(seen)
    if not cells:
        return None
    ordered = sorted(columns, key=lambda name: (columns[name].position, columns[name].key))

    def count(here: str, there: str) -> Count:
        inside = cells.get((here, there), [])
        return Count(len(inside), _address(inside[0]) if len(inside) == 1 else f"#at-{here}" if inside else "")

    return draw_heat_table(
        [(Link(_numbered(rows[here]), f"#at-{here}"), [count(here, there) for there in ordered]) for here in rows],
        caption=caption,
        columns=[Link(_numbered(columns[there])) for there in ordered],
        corner=corner,
    )


def groups_of(found: Sequence[Seen]) -> list[tuple[str, str, Table]]:
    """Return the mappings article by article: anchor, heading, table."""
    groups: dict[str, list[Seen]] = {}
    for seen in found:
        groups.setdefault(_article(seen.here[0]), []).append(seen)
    named = {name: _numbered(inside[0].here[0]) for name, inside in groups.items()}
    return [(f"at-{name}", named[name], mappings_table(inside, named[name])) for name, inside in groups.items()]


def standards_heat(standards: Sequence[Standard], counts: dict[tuple[str, str], int], most: int = 8) -> HeatTable:
    """Return how many mappings join each standard with those that most is mapped to."""
    totals = {one.code: sum(counts.get((one.code, other.code), 0) for other in standards) for one in standards}
    columns = sorted(standards, key=lambda one: -totals[one.code])[:most]

    def count(one: Standard, other: Standard) -> Count:
        number = counts.get((one.code, other.code), 0)
        return Count(number, way_to_page("crosswalk_between", one.slug, other.slug) if number else "")

    return draw_heat_table(
        [(Link(short_of(one)), [count(one, other) for other in columns]) for one in standards if totals[one.code]],
        caption=_("Mappings between each two, by number"),
        columns=[Link(short_of(one)) for one in columns],
        corner=_("Instrument"),
    )


def not_agreed(found: Iterable[Seen]) -> int:
    """Return how many of the mappings two reviewers have not agreed on."""
    return sum(one.mapping.status != MappingStatus.COMPLETE for one in found)


def reuse_in_words(code: str) -> str:
    """Return what may be taken over at most."""
    return str(ReuseKind(code).label)


def _article(clause: Clause) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in clause.number.partition("(")[0])


def _numbered(clause: Clause) -> str:
    return (
        number_of(clause)
        if clause.number.startswith(TOPICS) or clause.number == WHOLE
        else isolated(clause.number.partition("(")[0])
    )


def _address(seen: Seen) -> str:
    return way_to_page("crosswalk_mapping", seen.mapping.code)
