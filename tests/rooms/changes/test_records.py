"""Records made all at once are those that Django makes one by one."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Model, Prefetch, Value
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from merida.foundation.changes import prepared as module
from merida.foundation.changes.prepared import prepared
from merida.foundation.changes.records import _is_plain, making_of
from merida.foundation.registry.models import Instrument, Provision
from merida.foundation.sources.models import Source


@pytest.fixture(autouse=True)
def nothing_written():
    module.WRITTEN.clear()


@pytest.fixture
def article(db):
    source = Source.objects.create(code="RECORDS", kind="PRESS", citation="of it", as_of_date=date(2026, 1, 2))
    instrument = Instrument.objects.create(code="RCT", slug="rct", source=source, confidence="SOURCED", kind="TREATY")
    chapter = Provision.objects.create(
        instrument=instrument, kind="CHAPTER", number="chapter I", key="RCT chapter I", slug="rct/chapter-i",
        position=1, source=source, confidence="SOURCED",
    )  # fmt: skip
    return Provision.objects.create(
        instrument=instrument, kind="ARTICLE", number="1", key="RCT 1", slug="rct/1", parent=chapter, position=2,
        source=source, confidence="SOURCED", titles={"en": "Of <it>", "zh": "其"}, changed_date=date(2025, 3, 4),
    )  # fmt: skip


def with_what_is_joined(instrument):
    joined = Provision.objects.select_related("instrument__source", "parent", "source").order_by("position")
    return joined.filter(instrument__code=instrument)


def everything(one):
    """Return what a record holds, and those joined to it."""
    held = {name: value for name, value in vars(one).items() if name != "_state"}
    joined = {name: other and everything(other) for name, other in one._state.fields_cache.items()}
    return type(one), held, joined, one._state.adding, one._state.db


def test_columns_and_what_is_joined_are_the_same_without_asking_again(article):
    found = prepared(str)(with_what_is_joined)("RCT")
    assert list(map(everything, found)) == list(map(everything, with_what_is_joined("RCT")))

    with CaptureQueriesContext(connection) as captured:
        seen = [(one.instrument.source.citation, one.parent and one.parent.key, one.titles) for one in found]
    assert seen == [("of it", None, {}), ("of it", "RCT chapter I", {"en": "Of <it>", "zh": "其"})]
    assert not captured.captured_queries
    assert (found[1].changed_date, found[1].source.as_of_date) == (date(2025, 3, 4), date(2026, 1, 2))


def test_a_record_left_in_parts_reads_the_rest_and_can_be_saved(article):
    ask = prepared(str)(lambda key: Provision.objects.filter(key=key).only("number"))
    (found,) = ask("RCT 1")
    assert "titles" in found.get_deferred_fields()

    assert found.titles == {"en": "Of <it>", "zh": "其"}
    found.parent_id = None
    found.save()
    assert Provision.objects.get(key="RCT 1").parent is None


def test_what_is_read_beside_comes_with_the_records(article):
    def with_parts(key):
        return Provision.objects.filter(key=key).prefetch_related(Prefetch("parts", Provision.objects.all()))

    (chapter,) = prepared(str)(with_parts)("RCT chapter I")
    with CaptureQueriesContext(connection) as captured:
        assert [one.key for one in chapter.parts.all()] == ["RCT 1"]
    assert not captured.captured_queries


def test_values_are_turned_as_in_records(article):
    def values(key):
        return Provision.objects.filter(key=key).values_list("titles", "changed_date", "parent")

    asked = prepared(str)(values)
    assert asked("RCT 1") == [({"en": "Of <it>", "zh": "其"}, date(2025, 3, 4), article.parent_id)]
    assert asked("RCT chapter I") == [({}, None, None)]


def test_a_record_with_something_counted_is_left_to_django(article):
    ask = prepared(str)(lambda key: Provision.objects.filter(key=key).annotate(told=Value(7)))
    (found,) = ask("RCT 1")
    assert (found.told, found.key) == (7, "RCT 1")


def making(found):
    compiler = found.query.get_compiler(found.db)
    compiler.as_sql()
    return making_of(compiler.klass_info, compiler.select)


def test_where_a_model_makes_its_records_itself_they_are_left_to_django(monkeypatch):
    assert making(with_what_is_joined("RCT")) is not None

    def making_it_itself(self, *given):
        Model.__init__(self, *given)
        self.made = True

    monkeypatch.setattr(Source, "__init__", making_it_itself)
    assert (_is_plain(Source), _is_plain(Provision), making(with_what_is_joined("RCT"))) == (False, True, None)


def test_where_somebody_waits_for_records_to_be_made_they_are_left_to_django():
    def listener(**_named):
        pass

    post_init.connect(listener)
    try:
        assert making(with_what_is_joined("RCT")) is None
    finally:
        post_init.disconnect(listener)
    assert making(with_what_is_joined("RCT")) is not None
