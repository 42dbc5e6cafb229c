"""The reference data in a database of its own, the crosswalk and the sample draw upon it: each made once in a process.

What a test adds is rolled back.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from tests.kept_worlds import begin_with, in_world, world

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.actions import LoadSummary, load_reference_data
from merida.knowledge.crosswalk.loading import Loaded, load_crosswalk
from merida.review.draws.models import Draw
from merida.review.draws.urns import make_sample_draw


def load_registry() -> LoadSummary:
    """Build the world of the reference data."""
    return load_reference_data(SYSTEM)


def begin_with_sample_draw() -> Draw:
    """Begin a test that commits with the reference data and the sample draw; return the draw."""
    world("registry", load_registry)
    return begin_with("sample draw", lambda: make_sample_draw(SYSTEM), upon="registry")


@pytest.fixture(scope="module")
def loaded_registry(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[LoadSummary]:
    """Return what was loaded, for all tests of a module that also ask for ``db``."""
    with django_db_blocker.unblock(), in_world("registry", load_registry) as summary, transaction.atomic():  # type: ignore[attr-defined]
        yield summary
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loaded_crosswalk(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Loaded]:
    """Return what was loaded of the crosswalk, upon the reference data, for all tests of a module that ask for ``db``."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        world("registry", load_registry)
        with in_world("crosswalk", lambda: load_crosswalk(SYSTEM), upon="registry") as loaded, transaction.atomic():
            yield loaded
            transaction.set_rollback(True)
