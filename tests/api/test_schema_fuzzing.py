"""Random requests by the description: no 5xx, no status and no body that the description does not know."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from merida.config.wsgi import application
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import load_reference_data

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture(scope="module", autouse=True)
def registry(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Load the reference data once, inside a transaction that is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data(SYSTEM)
        yield
        transaction.set_rollback(True)


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        checks=[not_a_server_error, status_code_conformance, response_schema_conformance],
    )
