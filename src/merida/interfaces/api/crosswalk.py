"""The crosswalk: what is compared, the mappings between it, and as rows of the bulk tables."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from merida.interfaces.api.answers import PROBLEMS, REFUSALS, Limit, Offset, Page, TextInLanguages, found_or_404, paged
from merida.interfaces.api.shapes import Fact, fact
from merida.knowledge.crosswalk import queries
from merida.knowledge.crosswalk.models import Clause, Mapping, Standard

router = Router(tags=["crosswalk"])
Code = Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9-]{1,39}$", description="The mapping's code.")]
Key = Annotated[str, Query(max_length=110, pattern=r"^[^\x00]*$", description="A provision: UNCAC 5(1).")]


class StandardOut(Fact):
    """A treaty, recommendation, standard or review programme."""

    code: str
    slug: str
    kind: str
    short_name: str
    names: TextInLanguages
    body: str
    year: int | None
    instrument: str | None


class ClauseOut(Fact):
    """A part of a standard; ``provision`` is the registry's, the same where ``is_exact``, else the one around it."""

    key: str
    slug: str
    standard: str
    number: str
    titles: TextInLanguages
    level: str
    obligation: str
    provision: str | None
    is_exact: bool


class MappingOut(Fact):
    """A relation between two sets of provisions, read from left to right; everything but COMPLETE is a draft."""

    code: str
    left: list[str]
    relation: str
    right: list[str]
    strength: str
    rationale: str
    method: str
    status: str
    kinds: list[str]
    differs: TextInLanguages
    reuse_forward: str
    reuse_backward: str
    from_date: dt.date | None
    until_date: dt.date | None
    revision: int
    edited_at: dt.datetime | None


def standard_out(one: Standard) -> dict[str, Any]:
    """Show a standard."""
    own = {name: getattr(one, name) for name in ("code", "slug", "kind", "short_name", "names", "body", "year")}
    return own | {"instrument": one.code if one.instrument_id else None} | fact(one)


def clause_out(one: Clause) -> dict[str, Any]:
    """Show a clause."""
    own = {name: getattr(one, name) for name in ("key", "slug", "number", "titles", "level", "obligation", "is_exact")}
    provision = one.provision.key if one.provision else None
    return own | {"standard": one.standard.code, "provision": provision} | fact(one)


def mapping_out(one: Mapping) -> dict[str, Any]:
    """Show a mapping."""
    left, right = queries.sides(one)
    plain = (
        "code", "relation", "strength", "rationale", "method", "status", "kinds", "differs", "reuse_forward",
        "reuse_backward", "from_date", "until_date", "revision", "edited_at",
    )  # fmt: skip
    own = {name: getattr(one, name) for name in plain}
    sets = {"left": [clause.key for clause in left], "right": [clause.key for clause in right]}
    return own | sets | fact(one)


@router.get("/crosswalk/mappings", response={200: Page[MappingOut], **REFUSALS}, summary="Mappings of provisions")
def mappings(request: HttpRequest, provision: Key = "", limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List mappings, all or those in which a provision stands on either side."""
    found = queries.mappings()
    if provision:
        found = found.filter(ends__clause__key=provision).distinct()
    return paged(request, found, mapping_out, limit=limit, offset=offset)


@router.get("/crosswalk/mappings/{code}", response={200: MappingOut, **PROBLEMS}, summary="One mapping")
def mapping(request: HttpRequest, code: Code) -> dict[str, Any]:  # noqa: ARG001 (ninja hands it over)
    """Return a mapping."""
    return mapping_out(found_or_404(queries.mapping_by_code(code), "mapping"))
