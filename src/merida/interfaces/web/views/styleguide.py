"""Every component with fictional content, in all six languages: what a page may be made of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    return render(request, "styleguide.html", {})
