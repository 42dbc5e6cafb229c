"""No test leaves anything to another: worlds stay as they were built, and what is committed is thrown away."""

import pytest
from django.db import connection, transaction
from tests.kept_worlds import KEPT, begin_with, copied, digest_of_database, in_copy, in_world, thrown_away

from merida.foundation.sources.models import Source


def make_source() -> Source:
    return Source.objects.create(code="kept", kind="DATASET", citation="Made up")


@pytest.fixture
def between_tests(django_db_setup, django_db_blocker):
    """Allow the database outside of the transaction of a test, as fixtures of a module have it."""
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        yield
        assert connection.settings_dict["NAME"] == empty
        if kept := KEPT.pop("kept", None):
            thrown_away(kept.database)


def test_a_world_is_built_once_and_what_is_rolled_back_is_not_in_it(between_tests):
    built = []

    def build():
        built.append(make_source())
        return built[0]

    seen = []
    for _ in range(2):
        with in_world("kept", build) as made:
            with transaction.atomic():
                made.citation = "Altered"
                made.save()
                transaction.set_rollback(True)
            seen += [Source.objects.get().citation, built[0].citation]
            assert digest_of_database() == KEPT["kept"].digest

    assert (len(built), seen) == (1, ["Made up"] * 4)
    assert Source.objects.count() == 0


def test_a_row_left_behind_in_a_world_is_told(between_tests):
    with pytest.raises(AssertionError, match="left behind in the world 'kept'"), in_world("kept", make_source):
        Source.objects.update(citation="Altered")


def test_a_copy_holds_what_the_world_holds_and_gives_nothing_back(between_tests):
    empty = digest_of_database()
    for _ in range(2):
        with in_copy():
            assert digest_of_database() == empty
            made = begin_with("kept", make_source)
            assert digest_of_database() == KEPT["kept"].digest
            Source.objects.filter(pk=made.pk).delete()
            assert digest_of_database() != KEPT["kept"].digest
    assert digest_of_database() == empty


def test_no_copy_is_taken_inside_a_transaction(between_tests):
    with transaction.atomic(), pytest.raises(AssertionError, match="between transactions"):
        copied(connection.settings_dict["NAME"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_commits_is_not_there_for_the_next(time):
    assert Source.objects.count() == 0
    make_source()
