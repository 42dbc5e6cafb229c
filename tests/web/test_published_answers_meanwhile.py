"""Published answers come into the search in short transactions: others save in between, and what they withdraw stays out."""

from threading import Thread

import pytest
from django.db import connections
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.web.test_published_answers_search import ENGLISH, FRENCH, filled, found, left_by_an_older_version, taken_back

from merida.exchange.ingest import indexing
from merida.exchange.ingest.indexing import index_what_is_missing
from merida.exchange.search.models import Entry


@pytest.mark.django_db(transaction=True)
def test_while_they_come_in_others_save_and_what_was_withdrawn_meanwhile_stays_out(monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    begin_with("registry", load_registry)
    world = filled()
    left_by_an_older_version(world)
    asked: list[int] = []

    def somebody_else() -> None:
        taken_back(world, "fr")
        connections.close_all()

    def stopping() -> bool:
        if not asked:
            other = Thread(target=somebody_else)  # a connection of its own: it waits for whoever writes
            other.start()
            other.join(timeout=4)
            assert not other.is_alive()
        asked.append(found(ENGLISH))
        return False

    assert index_what_is_missing(stopping) == 1
    assert asked == [1, 1]
    assert (found(ENGLISH), found(FRENCH)) == (1, 0)
    assert list(Entry.objects.filter(kind="ANSWER").values_list("language", flat=True)) == ["en"]
