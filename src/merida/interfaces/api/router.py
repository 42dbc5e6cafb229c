"""The read-only API: one file a room, one OpenAPI 3.1 description, the same visibility as the pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from merida.interfaces.api import bulk, crosswalk, documents, draws, registry, search

api = NinjaAPI(
    title="merida",
    version="1",
    description=(
        "Everything that the public pages show, as data: States, instruments and their provisions, treaty actions, "
        "mechanisms and their members, mappings between provisions, resolutions, "
        "organizations, documents with paragraphs and mentions, search. "
        "Read-only. Facts carry source and confidence; mentions carry the rule that recognized them. Answers carry an "
        "ETag; ask with If-None-Match to be told when nothing changed."
    ),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", registry.router)
api.add_router("", documents.router)
api.add_router("", search.router)
api.add_router("", draws.router)
api.add_router("", crosswalk.router)
api.add_router("/bulk", bulk.router)


def _problem(request: HttpRequest, title: str, status: int, **more: Any) -> HttpResponse:
    return api.create_response(
        request, {"title": title, "status": status, "detail": "", "fields": {}} | more, status=status
    )


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    title = {404: "Not found", 422: "Not understood"}.get(error.status_code, "Not possible")
    return _problem(request, title, error.status_code, detail=str(error))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _problem(request, "Not found", 404)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {".".join(str(part) for part in each["loc"][1:]): str(each["msg"]) for each in error.errors}
    return _problem(request, "Not understood", 422, detail="A parameter is not as described.", fields=fields)
