"""The search of the pages, as data."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from merida.exchange.search.entry import KINDS
from merida.exchange.search.facets import facets
from merida.exchange.search.nearest import nearest
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import DEEPEST, Hit, search
from merida.exchange.search.query import Filters
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import visibility_tags
from merida.interfaces.api.answers import REFUSALS, page_of

router = Router(tags=["search"])


class HitOut(Schema):
    """One result; marks are offsets of characters into title and snippet."""

    ref: str
    kind: str
    language: str
    title: str
    title_marks: list[tuple[int, int]]
    link: list[str]
    snippet: str
    snippet_marks: list[tuple[int, int]]
    states: list[str]
    provisions: list[str]
    year: int | None
    document: str | None


class NoticeOut(Schema):
    """How the words asked for were taken."""

    code: str
    detail: str


class SuggestionOut(Schema):
    """A query near one that found nothing, and how many it finds."""

    how: str
    q: str
    language: str
    count: int


class SearchOut(Schema):
    """A page of results with the counts of all of them by kind, State, article, year and language."""

    items: list[HitOut]
    count: int
    limit: int
    offset: int
    next: str | None
    facets: dict[str, dict[str, int]]
    notices: list[NoticeOut]
    suggestions: list[SuggestionOut]


def hit_out(hit: Hit) -> dict[str, Any]:
    """Return a result as the API shows it."""
    return {
        "ref": hit.ref,
        "kind": hit.kind,
        "language": hit.language,
        "title": hit.title,
        "title_marks": hit.title_marks,
        "link": hit.link,
        "snippet": hit.snippet.text,
        "snippet_marks": hit.snippet.marks,
        "states": hit.states,
        "provisions": hit.provisions,
        "year": hit.year,
        "document": hit.link[1] if hit.document else None,
    }


@router.get("/search", response={200: SearchOut, **REFUSALS}, summary="Search everything")
def search_everything(
    request: HttpRequest,
    q: Annotated[
        str, Query(max_length=20_000, description='Words, "exact phrases", begin* in any of six scripts.')
    ] = "",
    language: Annotated[
        str, Query(pattern="^(ar|zh|en|fr|ru|es)$", description="In which words are meant first.")
    ] = "en",
    kind: Annotated[str, Query(pattern=f"^({'|'.join(KINDS)})?$")] = "",
    state: Annotated[str, Query(pattern="^([A-Z]{3})?$")] = "",
    provision: Annotated[str, Query(max_length=80, pattern=r"^[^\x00;]*$")] = "",
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    in_language: Annotated[str, Query(pattern="^(ar|zh|en|fr|ru|es)?$")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=DEEPEST)] = 0,
) -> dict[str, Any]:
    """Search paragraphs, States, provisions, instruments, mechanisms, resolutions, organizations and documents.

    Without words it returns everything that the filters leave. A long text is cut and said so in ``notices``.
    """
    filters = Filters(
        kinds=(kind,) if kind else (),
        states=(state,) if state else (),
        provisions=(provision,) if provision else (),
        years=(year,) if year is not None else (),
        languages=(in_language,) if in_language else (),
    )
    query = parse_query(q, language, filters=filters)
    visible = visibility_tags(actor_of(request.user))
    counted = facets(query, visible=visible)
    found = search(query, visible=visible, top=limit, offset=offset, total=counted.total)
    near = nearest(query, visible=visible) if not found.total and not query.is_empty else ()
    page = page_of(request, [hit_out(hit) for hit in found.hits], found.total, limit=limit, offset=offset)
    return page | {
        "facets": {
            name: dict(getattr(counted, name)) for name in ("kinds", "states", "provisions", "years", "languages")
        },
        "notices": [{"code": notice.code, "detail": notice.detail} for notice in query.notices],
        "suggestions": [
            {"how": each.how, "q": each.text, "language": each.language, "count": each.total} for each in near
        ],
    }
