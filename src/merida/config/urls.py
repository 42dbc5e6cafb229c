"""All addresses of merida: pages under their language, the API under ``/api/``."""

from django.urls import URLResolver, include, path

from merida.interfaces.api.router import api
from merida.interfaces.web.addresses import language_pattern

urlpatterns: list[URLResolver | object] = [
    path("api/", api.urls),
    *language_pattern(include("merida.interfaces.web.urls")),
]
