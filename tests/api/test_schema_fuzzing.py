"""Random requests by the description: no 5xx, no status and no body that the description does not know."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.loaded_registry import loaded_registry  # noqa: F401 - a fixture

from merida.config.wsgi import application


@pytest.fixture(autouse=True)
def open_connection() -> Iterator[None]:
    """Keep the test's connection open: requests through WSGI close theirs at the end, as on a server."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        checks=[not_a_server_error, status_code_conformance, response_schema_conformance],
    )
