"""One way to answer: the page, or its data where ``?format=`` asks for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from merida.interfaces.web.exports import Table, export, formats
from merida.interfaces.web.pieces import Link


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, data: Table) -> HttpResponse:
    """Render ``template`` with ``downloads`` and ``alternates`` beside ``context``, or return ``data`` as a file."""
    exported = export(request, data)
    if exported is not None:
        return exported
    offered = formats(request, data.formats)
    downloads = tuple(Link(one["name"], one["address"]) for one in offered)
    return render(request, template, {**context, "downloads": downloads, "alternates": offered})
