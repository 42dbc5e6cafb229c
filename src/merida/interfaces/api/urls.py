"""Addresses of the API, below ``/api/``."""

from merida.interfaces.api.router import api

urlpatterns = api.urls[0]
