"""The read-only API: one router a room, one OpenAPI description."""

from ninja import NinjaAPI

api = NinjaAPI(title="merida", version="1", urls_namespace="api", docs_url=None)
