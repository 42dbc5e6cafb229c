"""What every address of the API takes and gives: pages of items, problems, parameters with their limits."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Schema
from ninja.errors import HttpError
from pydantic import Field

Item = TypeVar("Item")
LARGEST_PAGE = 500
LARGEST_OFFSET = 10_000_000

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many items at most.")]
Offset = Annotated[int, Query(ge=0, le=LARGEST_OFFSET, description="How many items to leave out at the start.")]
Slug = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$", description="The thing's name in addresses.")]
Text = Annotated[str, Query(max_length=300, pattern=r"^[^\x00]*$")]
TextInLanguages = dict[str, str]


class Problem(Schema):
    """An answer that is not the one wanted (RFC 9457)."""

    title: str
    status: int
    detail: str = ""
    fields: dict[str, str] = Field(default_factory=dict)


class Page(Schema, Generic[Item]):
    """Some of the items, how many there are, and the address of the next ones."""

    items: list[Item]
    count: int
    limit: int
    offset: int
    next: str | None = None


PROBLEMS = {404: Problem, 422: Problem}
REFUSALS = {422: Problem}


def paged(
    request: HttpRequest,
    found: QuerySet[Any] | list[Any],
    shown: Callable[[Any], Any],
    *,
    limit: int,
    offset: int,
) -> dict[str, Any]:
    """Return one page of ``found``, each row turned into a schema by ``shown``; two queries for a queryset."""
    count = len(found) if isinstance(found, list) else found.count()
    rows: Iterable[Any] = found[offset : offset + limit]
    return page_of(request, [shown(row) for row in rows], count, limit=limit, offset=offset)


def page_of(request: HttpRequest, items: list[Any], count: int, *, limit: int, offset: int) -> dict[str, Any]:
    """Return a page of items that are at hand already."""
    following = None
    if offset + limit < count:
        query = request.GET.copy()
        query["limit"], query["offset"] = str(limit), str(offset + limit)
        following = f"{request.path}?{urlencode(sorted(query.items()))}"
    return {"items": items, "count": count, "limit": limit, "offset": offset, "next": following}


def found_or_404(row: Item | None, what: str) -> Item:
    """Return ``row``, or answer 404: there is none, or none for this reader (the two are not told apart)."""
    if row is None:
        raise HttpError(404, f"There is no such {what}.")
    return row
