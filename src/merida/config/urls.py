"""All addresses of merida: pages under their language, the API under ``/api/``."""

from django.urls import URLPattern, URLResolver, include, path

from merida.interfaces.api.documentation import documentation, to_documentation
from merida.interfaces.api.router import api
from merida.interfaces.web.addresses import language_pattern
from merida.interfaces.web.sitemap import engine_patterns

handler400 = "merida.interfaces.web.views.unreadable.unreadable_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", to_documentation, name="api"),
    path("api/", api.urls),
    *engine_patterns(),
    *language_pattern(
        include(
            [
                path("data/api/", documentation, name="api-documentation"),
                path("", include("merida.interfaces.web.urls")),
            ]
        )
    ),
]
