"""Addresses of the pages, all under a language prefix (``addresses.py``)."""

from django.urls import URLPattern, URLResolver, include, path

from merida.interfaces.web.views import (
    data,
    documents,
    home,
    instruments,
    mechanisms,
    organisations,
    participation,
    provisions,
    reader,
    resolutions,
    search,
    states,
    styleguide,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("account/", include("allauth.urls")),  # sign-in, second factor at account/2fa/
    path("states/", states.states, name="states"),
    path("states/<slug:slug>/", states.state, name="state"),
    path("instruments/", instruments.instruments, name="instruments"),
    path("instruments/<slug:slug>/", instruments.instrument, name="instrument"),
    path("provisions/<slug:instrument>/<slug:number>/", provisions.provision, name="provision"),
    path("mechanisms/", mechanisms.mechanisms, name="mechanisms"),
    path("mechanisms/<slug:slug>/", mechanisms.mechanism, name="mechanism"),
    path("participation/", participation.participation, name="participation"),
    path("resolutions/", resolutions.resolutions, name="resolutions"),
    path("resolutions/<slug:slug>/", resolutions.resolution, name="resolution"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<slug:slug>/", reader.document, name="document"),
    path("documents/<slug:slug>/<slug:code>/", reader.reader, name="reader"),
    path("documents/<slug:slug>/<slug:code>/<int:number>/file/", reader.document_file, name="document_file"),
    path("search/", search.search, name="search"),
    path("data/", data.data, name="data"),
]
