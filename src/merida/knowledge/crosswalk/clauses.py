"""From the names of provisions to the clauses that mappings join; one of the registry becomes a clause when needed."""

import re
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef

from merida.foundation.registry.models import Instrument, Provision
from merida.knowledge.crosswalk.models import Clause, Standard, StandardKind
from merida.rules.crosswalk.consistency import Item


def slug_of(key: str) -> str:
    """Return the address of a clause: ``fatf-r-10``, ``uncac-13-1-c``."""
    return "-".join(re.findall(r"[a-z0-9]+", key.lower()))


def clauses_by_key(keys: Collection[str], *, make: bool = True) -> dict[str, Clause]:
    """Return the clauses of ``keys``; those that neither crosswalk nor registry know are missing.

    With ``make`` a provision of the registry that nothing was mapped to yet becomes a clause; without, it is returned
    unsaved. At most five queries.
    """
    found = {one.key: one for one in Clause.objects.filter(key__in=set(keys)).select_related("standard")}
    lacking = set(keys) - found.keys()
    if not lacking:
        return found
    provisions = list(_with_parts(Provision.objects.filter(key__in=lacking).select_related("instrument")))
    standards = _standards({one.instrument for one in provisions}, make=make)
    made = [_clause(one, standards[one.instrument.code]) for one in provisions]
    if make:
        Clause.objects.bulk_create(made)
    return found | {one.key: one for one in made}


def nearest_provisions(keys: Iterable[str]) -> dict[str, Provision]:
    """Return the registry's provision for each key, or the nearest that holds it: ``IACAC III`` for III(1)."""
    wanted = {key: _and_above(key) for key in keys}
    names = {name for line in wanted.values() for name in line}
    known = {one.key: one for one in _with_parts(Provision.objects.filter(key__in=names))}
    found = {key: next((known[name] for name in line if name in known), None) for key, line in wanted.items()}
    return {key: one for key, one in found.items() if one is not None}


def items_of(clauses: Iterable[Clause]) -> dict[str, Item]:
    """Return what the rules of consistency ask about each clause."""
    return {one.key: Item(one.level, one.obligation) for one in clauses}


def level_of(provision: Provision) -> str:
    """Return the level, unknown for an article without paragraphs: its one sentence may match a paragraph."""
    return provision.kind if provision.kind != "ARTICLE" or provision.has_parts else ""  # type: ignore[attr-defined]


def _with_parts(provisions: object) -> list[Provision]:
    parts = Provision.objects.filter(parent=OuterRef("pk"))
    return list(provisions.annotate(has_parts=Exists(parts)))  # type: ignore[attr-defined]


def _and_above(key: str) -> list[str]:
    """``["IACAC VI(1)(a)", "IACAC VI(1)", "IACAC VI"]``."""
    line = [key]
    while key.endswith(")"):
        key = key[: key.rindex("(")]
        line.append(key)
    return line


def _standards(instruments: Collection[Instrument], *, make: bool) -> dict[str, Standard]:
    found = {one.code: one for one in Standard.objects.filter(code__in=[one.code for one in instruments])}
    for one in instruments:
        if one.code not in found:
            found[one.code] = Standard(
                code=one.code,
                slug=one.slug,
                kind=StandardKind.TREATY,
                instrument=one,
                short_name=one.short_name,
                names=one.names,
                year=one.adopted_date.year if one.adopted_date else None,
                position=1000 + one.pk,
                source_id=one.source_id,
                confidence=one.confidence,
            )
            if make:
                found[one.code].save()
    return found


def _clause(provision: Provision, standard: Standard) -> Clause:
    return Clause(
        standard=standard,
        number=provision.number,
        key=provision.key,
        slug=slug_of(provision.key),
        titles=provision.titles,
        level=level_of(provision),
        obligation=provision.obligation,
        provision=provision,
        is_exact=True,
        position=provision.position,
        source_id=provision.source_id,
        confidence=provision.confidence,
    )
