"""The site filled once in a process: reference data, two language versions of a sample, and documents that could leak."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from tests.inboxes import make_states
from tests.kept_worlds import Kept, in_world, world
from tests.loaded_registry import load_registry
from tests.web.visits import Visits, make_visits
from tests.worlds import World, make_person, make_world

import merida
from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.indexing import reindex
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.queries import account_by_email
from merida.foundation.sources.models import Source
from merida.knowledge.documents.models import Document
from merida.knowledge.observatory.theme_rows import load_themes
from merida.rules.extraction import themes as scheme

SAMPLES = Path(merida.__file__).parent / "data" / "sample"


@dataclass(frozen=True)
class Site:
    """What the site is filled with."""

    world: World
    sample: Document


def fill() -> Site:
    """Fill the site, which holds the reference data."""
    for file in sorted(SAMPLES.glob("*.txt")):
        ingest_file(SYSTEM, file)
    sample = Document.objects.get(versions__language="zh", versions__is_current=True)
    world = make_world()
    reindex()
    return Site(world, sample)


def filled() -> Kept:
    """Return the world of the filled site."""
    world("registry", load_registry)
    return world("site", fill, upon="registry")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    """Return the filled site; what a module adds is rolled back after its last test."""
    with django_db_blocker.unblock():
        filled()
        with in_world("site", fill, upon="registry") as site, transaction.atomic():
            yield site
            transaction.set_rollback(True)


def fill_with_visits() -> tuple[Site, Visits]:
    """Add visits to the filled site."""
    site = copy.deepcopy(filled().made)
    return site, make_visits(site.world)


@pytest.fixture(scope="module")
def site_with_visits(django_db_setup, django_db_blocker) -> Iterator[tuple[Site, Visits]]:
    """Return the filled site with visits; a module whose tests all begin with them calls its site ``site``."""
    with django_db_blocker.unblock():
        filled()
        with in_world("visits", fill_with_visits, upon="site") as made, transaction.atomic():
            yield made
            transaction.set_rollback(True)


@pytest.fixture
def visits(site_with_visits: tuple[Site, Visits], db: None) -> Visits:
    """Return the visits, for one test to change."""
    return copy.deepcopy(site_with_visits[1])


@pytest.fixture
def visitor(client: Client, site: Site, db: None) -> Client:
    """Return a visitor who is not signed in, on the filled site."""
    return client


@pytest.fixture
def sign_in(client: Client, site: Site, db: None):
    """Return a function that makes the visitor one of the people of the world."""

    def signed_in(name: str) -> Client:
        user = site.world.people()[name]
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def themes(db: None) -> None:
    """Load the scheme of themes with the sources that it names, and the States that are told of."""
    for code in {theme.source for theme in scheme.themes().values()}:
        Source.objects.get_or_create(code=code, defaults={"kind": "DATASET", "citation": "Made up"})
    load_themes(SYSTEM)
    make_states("GHA", "TON")


@pytest.fixture
def sign_in_as(client: Client, db: None) -> Callable[[str], Client]:
    """Return a function that signs a person of a role in."""

    def signed_in(role: str) -> Client:
        person = account_by_email(f"{role}@example.org") or make_person(role, role.upper())
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
