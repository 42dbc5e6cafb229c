"""The first page: one sentence, search, the map of States, the latest documents, three doors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    return render(request, "home.html", {})
