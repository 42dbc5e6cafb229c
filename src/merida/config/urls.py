"""All addresses of merida: pages under their language, the API under ``/api/``."""

from django.urls import URLPattern, URLResolver, include, path

from merida.interfaces.api.documentation import documentation
from merida.interfaces.api.router import api
from merida.interfaces.web.addresses import language_pattern

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    *language_pattern(
        include(
            [
                path("data/api/", documentation, name="api-documentation"),
                path("", include("merida.interfaces.web.urls")),
            ]
        )
    ),
]
