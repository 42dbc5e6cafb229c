"""One way to answer: the page, or its data where ``?format=`` asks for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.context import make_context
from django.template.loader import get_template

from merida.interfaces.web.exports import Table, export, formats
from merida.interfaces.web.pieces import Link


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, data: Table) -> HttpResponse:
    """Render ``template`` with ``downloads`` and ``alternates`` beside ``context``, or return ``data`` as a file."""
    exported = export(request, data)
    if exported is not None:
        return exported
    offered = formats(request, data.formats)
    downloads = tuple(Link(one["name"], one["address"]) for one in offered)
    return HttpResponse(drawn(request, template, {**context, "downloads": downloads, "alternates": offered}))


def drawn(request: HttpRequest, template: str, values: dict[str, Any]) -> str:
    """Return ``template`` with its values, and let go of these at once.

    Django's context holds a dictionary that holds the context: what a page was drawn from, thousands of objects, would
    stay until the next collection of rubbish, which would stop the worker to go through it.
    """
    context = make_context(values, request)
    try:
        page: str = get_template(template).template.render(context)  # type: ignore[attr-defined]
    finally:
        context.dicts.clear()
    return page
