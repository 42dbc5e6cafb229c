"""How merida uses allauth: accounts are given, not taken; secrets of second factors are encrypted at rest."""

import io
from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from merida.foundation.people.models import User
from merida.foundation.people.queries import second_factor_missing
from merida.foundation.people.sealed_secrets import opened, sealed


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts: nobody makes one alone, and whoever needs a second factor is led to it after signing in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Refuse: administrators make the accounts."""
        return False

    def clean_email(self, email: str) -> str:
        """Return the address in the one form in which it is kept."""
        return email.strip().lower()

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Lead a person whose role asks for a second factor to its page first."""
        response: HttpResponse = super().post_login(request, user, **details)
        if second_factor_missing(user):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return response


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: what is kept of them cannot be read from a copy of the database."""

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret itself."""
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return the name that authenticator apps show."""
        return "merida"

    def build_totp_svg(self, url: str) -> str:
        """Return the square code as an SVG element: the policy allows no ``data:`` image, so it stands in the page."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        target = io.BytesIO()
        image.save(target)
        text = target.getvalue().decode("utf-8")
        return text[text.index("<svg") :]
