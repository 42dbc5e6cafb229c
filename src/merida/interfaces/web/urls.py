"""Addresses of the pages, all under a language prefix (``addresses.py``). Names are listed in templates/components/README.md."""

from django.urls import URLPattern, URLResolver, include, path

from merida.interfaces.web.views import home, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("account/", include("allauth.urls")),  # sign-in, second factor at account/2fa/
]
