"""Without the second factor that a role asks for, a person reads as a reader and writes nothing."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from merida.foundation.people.models import User
from merida.foundation.people.queries import second_factor_missing

READING = frozenset({"GET", "HEAD", "OPTIONS"})
SIGN_IN_PAGES = ("account_", "mfa_")  # names of the addresses that stay open


class SecondFactorMiddleware:
    """Lead whoever wants to write to the enrolment page first. Reading goes on as a reader (``actor_of``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if request.method in READING or _is_sign_in_page(request):
            return self.get_response(request)
        if not isinstance(request.user, User) or not second_factor_missing(request.user):
            return self.get_response(request)
        messages.warning(request, _("Set up your second factor first: your role asks for it. Nothing was changed."))
        return _lead_to(reverse("mfa_activate_totp"), request)


def _is_sign_in_page(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return False
    return name.startswith(SIGN_IN_PAGES)


def _lead_to(url: str, request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:  # a fragment would swallow the page: HTMX is told to leave
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
