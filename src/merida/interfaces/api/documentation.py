"""The page that explains the API, made from its OpenAPI description; it works without JavaScript."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext

from merida.interfaces.api.router import api


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address: name, where it stands, what it may be."""

    name: str
    place: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked."""

    subject: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answers: tuple[str, ...]
    example: str

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.path.strip("/"))


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " · ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return _kind(next(each for each in schema["anyOf"] if each.get("type") != "null"))
    span = [f"{sign} {schema[bound]}" for bound, sign in (("minimum", "≥"), ("maximum", "≤")) if bound in schema]
    return " ".join([schema.get("format") or str(schema.get("type", "")), *span])


def _parameters(operation: dict[str, Any]) -> Iterator[Parameter]:
    for each in operation.get("parameters", ()):
        schema = each.get("schema", {})
        words = (each.get("description") or schema.get("description", "")).replace("``", "")
        yield Parameter(each["name"], each["in"], _kind(schema), bool(each.get("required")), words)


def operations() -> Iterator[Operation]:
    """Yield every operation of the API in the order of the description."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            parameters = tuple(_parameters(operation))
            in_path = any(each.place == "path" for each in parameters)
            yield Operation(
                subject=operation.get("tags", [""])[0],
                method=method.upper(),
                path=path,
                summary=operation.get("summary", ""),
                description=operation.get("description", "").replace("``", ""),
                parameters=parameters,
                answers=tuple(map(str, operation.get("responses", {}))),
                example="" if in_path else path,
            )


def to_documentation(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lead whoever opens ``/api/`` to the page that explains it, in the language of the browser."""
    response = redirect("api-documentation")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def documentation(request: HttpRequest) -> HttpResponse:
    """Show what can be asked of the API and how."""
    found: dict[str, list[Operation]] = {}
    for operation in operations():
        found.setdefault(operation.subject, []).append(operation)
    description = api.get_openapi_schema()
    context = {
        "subjects": found,
        "about": description["info"],
        "openapi": description["openapi"],
        "description_url": "/api/openapi.json",
        "title": gettext("The API of merida"),
    }
    return render(request, "api/documentation.html", context)
