"""Queries whose SQL is written once answer as those that Django writes each time."""

import threading

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from merida.foundation.changes import prepared as module
from merida.foundation.changes.prepared import found_where, prepared, put_together, taken_apart
from merida.foundation.sources.models import Source


@pytest.fixture(autouse=True)
def nothing_written():
    module.WRITTEN.clear()


@pytest.fixture
def sources(db):
    rows = [("B", "PRESS", "of b"), ("A", "PRESS", "of a"), ("C", "DATASET", "of c")]
    return [
        Source.objects.create(code=f"PREPARED_{code}", kind=kind, citation=citation) for code, kind, citation in rows
    ]


class Making:
    """Makes a query, and counts how often it is asked to."""

    def __init__(self, make):
        self.make, self.times = make, 0

    def __call__(self, *given):
        self.times += 1
        return self.make(*given)


def of_kind(kind):
    return Source.objects.filter(kind=kind, code__contains="PREPARED").order_by("code")


def where(one, other):
    return Source.objects.filter(one, other).order_by("code")


def test_each_value_is_answered_for_itself_by_one_query_made_once(sources):
    make = Making(of_kind)
    ask = prepared(str)(make)
    with CaptureQueriesContext(connection) as captured:
        found = [ask("PRESS"), ask("DATASET"), ask("PRESS")]

    expected = [list(of_kind(kind)) for kind in ("PRESS", "DATASET", "PRESS")]
    assert (found, make.times, len(captured)) == (expected, 1, 3)
    assert [one.citation for one in found[0]] == ["of a", "of b"]


def test_numbers_texts_and_limits_of_a_query_stay_apart(sources):
    ask = prepared(int, str)(lambda pk, kind: Source.objects.filter(pk__gt=pk, kind=kind).order_by("pk")[:1])
    first, second, _third = sources

    assert (ask(first.pk, "PRESS"), ask(0, "PRESS"), ask(second.pk, "PRESS")) == ([second], [first], [])


def test_a_text_that_is_changed_on_its_way_is_written_each_time(sources):
    make = Making(lambda text: Source.objects.filter(code__startswith=text, citation__gt="").order_by("code"))
    ask = prepared(str)(make)

    assert [[one.code for one in ask(f"PREPARED_{code}")] for code in "AB"] == [["PREPARED_A"], ["PREPARED_B"]]
    assert make.times == 3  # once to see that it cannot be written, then for each


def test_a_text_used_twice_and_changed_once_is_written_each_time(sources):
    ask = prepared(str)(lambda text: Source.objects.filter(Q(code=text) | Q(code__startswith=f"{text}_")))

    assert [len(ask(text)) for text in ("PREPARED", "PREPARED_A", "PREPARED_")] == [3, 1, 0]


def test_conditions_of_one_shape_are_written_once(sources):
    make = Making(where)
    codes = [[f"PREPARED_{code}" for code in chosen] for chosen in ("ABC", "AB", "C", "B")]
    kinds = [Q(kind="PRESS"), Q(kind="DATASET"), Q(kind="PRESS"), Q(kind="PRESS")]
    found = [found_where(make, Q(code__in=chosen), kind) for chosen, kind in zip(codes, kinds, strict=True)]

    assert [[one.code[-1] for one in each] for each in found] == [["A", "B"], [], [], ["B"]]
    assert make.times == 2  # for several codes, and for one


@pytest.mark.parametrize(
    "condition",
    [
        Q(),
        ~Q(kind="PRESS"),
        Q(kind="PRESS") | Q(code="PREPARED_C", as_of_date__isnull=True),
        Q(as_of_date=None) & (Q(code__in=["PREPARED_A", "PREPARED_C"]) | ~Q(kind="DATASET")),
        Q(code__in=[]),
        Q(code__range=["PREPARED_A", "PREPARED_B"]),
    ],
)
def test_any_condition_finds_what_it_finds_otherwise(sources, condition):
    ours = Q(code__contains="PREPARED")
    for _again in range(2):
        assert found_where(where, condition, ours) == list(where(condition, ours))


def test_conditions_taken_apart_and_put_together_are_the_same():
    conditions = [Q(a=1, b__in=[2, 3]) | ~Q(c="x"), Q(d=None), Q(e=True)]
    _shape, values = taken_apart(conditions)
    filled = [2, *[3] * 9]

    assert values == [1, *filled, "x"]
    assert put_together(conditions, iter(values)) == [Q(a=1, b__in=filled) | ~Q(c="x"), Q(d=None), Q(e=True)]


def test_conditions_that_differ_in_more_than_values_are_different():
    shapes = {
        taken_apart([one])[0]
        for one in (Q(a=1), ~Q(a=1), Q(b=1), Q(a=None), Q(a=True), Q(a=False), Q(a__in=[1]), Q(a=1) | Q(a=2))
    }
    assert len(shapes) == 8
    assert taken_apart([Q(a=1)])[0] == taken_apart([Q(a=2)])[0]


def test_columns_left_out_and_what_is_joined_come_as_usual(sources):
    ask = prepared(str)(lambda code: Source.objects.filter(code=code).only("code"))
    (found,) = ask("PREPARED_A")

    assert found.get_deferred_fields() == {"uuid", "kind", "citation", "as_of_date", "note"}
    assert (found.code, found.citation) == ("PREPARED_A", "of a")


def test_only_so_many_are_kept_and_the_oldest_go(sources, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 2)
    makes = [Making(of_kind) for _ in range(3)]
    asks = [prepared(str)(make) for make in makes]
    for at in (0, 1, 0, 2, 0, 1):
        asks[at]("PRESS")

    assert [make.times for make in makes] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_through_its_own_connection():
    Source.objects.create(code="PREPARED_T", kind="PRESS", citation="of t")
    ask, seen = prepared(str)(of_kind), []
    ask("PRESS")

    def elsewhere():
        with CaptureQueriesContext(connection) as captured:
            seen.append(([one.code for one in ask("PRESS")], len(captured)))
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert seen == [(["PREPARED_T"], 1)]
