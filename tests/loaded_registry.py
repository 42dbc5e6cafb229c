"""The reference data in the test database, loaded once per module and rolled back after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import LoadSummary, load_reference_data


@pytest.fixture(scope="module")
def loaded_registry(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[LoadSummary]:
    """Load the reference data for all tests of a module that also ask for ``db``."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield load_reference_data(SYSTEM)
        transaction.set_rollback(True)
