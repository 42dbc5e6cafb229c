"""Queries whose SQL is written once, afterwards only the values change: ``@prepared(int)`` and ``found_where``.

For a query of a page Django takes several times as long to write the SQL as the database to answer it, and writes the
same SQL for every State.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable

from merida.foundation.changes.records import Making, converted, made, making_of

Row = TypeVar("Row")
Value = int | str

KEPT = 150  # of some thirty kilobytes: a few dozen queries, each in the shapes that pages ask it in
STEP = 10  # values that a list is filled up to a multiple of
NEVER: Any = object()
FIRST_NUMBER = 9_007_199_254_740_000  # with those after it, what stands for a number


@dataclass(frozen=True, slots=True)
class Written:
    """A query as it was written: the records it asks for, what turns rows and columns into them, SQL and parameters.

    ``shape`` is how rows are given as they are, ``making`` how records are made of them; where both are None Django
    does it.
    """

    found: QuerySet[Any]
    compiler: Any
    converters: Any
    shape: type[Any] | None
    making: Making | None
    sql: str
    parameters: tuple[Any, ...]


WRITTEN: OrderedDict[Hashable, Written | None] = OrderedDict()  # None: cannot be written once
LOCK = Lock()


def prepared(*kinds: type[Value]) -> Callable[[Callable[..., QuerySet[Any, Row]]], Callable[..., list[Row]]]:
    """Return a decorator for functions that make a query from numbers and texts; the records come as a list.

    The shape of the query may not depend on the values, and a number must be compared as it is given. Texts may be
    changed on their way (``__startswith``): then the query is written each time, as Django does.
    """

    def deciding(make: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
        @wraps(make)
        def asking(*values: Value) -> list[Row]:
            return _ask((make, kinds), make, values)

        return asking

    return deciding


def found_where(make: Callable[..., QuerySet[Any, Any]], *conditions: Q) -> list[Any]:
    """Return what the query finds that ``make`` makes of conditions; written once for each shape that they have."""
    shape, values = taken_apart(conditions)
    return _ask((make, shape), lambda *given: make(*put_together(conditions, iter(given))), values)


def taken_apart(conditions: Sequence[Q]) -> tuple[Hashable, list[Value]]:
    """Return the shape of conditions, and the numbers and texts in them in the order of ``put_together``.

    Lists (``__in``) are filled up with their last value, so that there are few shapes.
    """
    values: list[Value] = []

    def shape(one: Any) -> Hashable:
        if isinstance(one, Q):
            return one.connector, one.negated, tuple(map(shape, one.children))
        name, value = one
        parts = _parts(name, value)
        values.extend(part for part in parts if _varies(part))
        return name, isinstance(value, list), tuple(Value if _varies(part) else part for part in parts)

    return tuple(map(shape, conditions)), values


def put_together(conditions: Sequence[Q], values: Iterator[Value]) -> list[Q]:
    """Return conditions of the same shape with other values."""

    def filled(one: Any) -> Any:
        if isinstance(one, Q):
            return Q(*map(filled, one.children), _connector=one.connector, _negated=one.negated)
        name, value = one
        parts = [next(values) if _varies(part) else part for part in _parts(name, value)]
        return name, parts if isinstance(value, list) else parts[0]

    return list(map(filled, conditions))


def _parts(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        return [value]
    missing = -len(value) % STEP if len(value) > 1 and name.endswith("__in") else 0
    return [*value, *value[-1:] * missing]


def _varies(value: Any) -> bool:
    return isinstance(value, Value) and not isinstance(value, bool)


def _ask(shape: Hashable, make: Callable[..., QuerySet[Any, Any]], values: Sequence[Value]) -> list[Any]:
    key = (shape, tuple(isinstance(value, int) for value in values))
    with LOCK:
        query = WRITTEN.get(key, NEVER)
        if query is not NEVER:
            WRITTEN.move_to_end(key)
    if query is NEVER:
        query = _keep(key, make, values)
    return list(make(*values)) if query is None else _answer(query, values)


def _keep(key: Hashable, make: Callable[..., QuerySet[Any, Any]], values: Sequence[Value]) -> Written | None:
    stand_ins = [_stand_in(at, value) for at, value in enumerate(values)]
    query = _written(make(*stand_ins), stand_ins)
    with LOCK:
        WRITTEN[key] = query
        while len(WRITTEN) > KEPT:
            WRITTEN.popitem(last=False)
    return query


def _stand_in(at: int, value: Value) -> Value:
    """Return what stands for a value while the SQL is written: nothing else in a query is like it."""
    return FIRST_NUMBER + at if isinstance(value, int) else f"\ue000{at}\ue001"


def _written(found: QuerySet[Any, Any], stand_ins: list[Value]) -> Written | None:
    compiler = found.query.get_compiler(found.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:  # an empty list: nothing to ask
        return None
    texts = [one for one in stand_ins if isinstance(one, str)]
    changed = any(text in one and text != one for one in parameters if isinstance(one, str) for text in texts)
    if changed or not set(stand_ins) <= set(parameters):
        return None
    converters = compiler.get_converters([column for column, _sql, _name in compiler.select])
    shape = found._iterable_class  # noqa: SLF001 (Django has no name for it)
    rows = shape in (ValuesListIterable, FlatValuesListIterable) and not compiler.has_extra_select
    return Written(found, compiler, converters, shape if rows else None, _making(found, compiler), sql, parameters)


def _making(found: QuerySet[Any, Any], compiler: Any) -> Making | None:
    """Return how records are made of the rows, None where they come with more than their columns."""
    known = found._known_related_objects  # type: ignore[attr-defined] # noqa: SLF001
    more = compiler.has_extra_select or compiler.annotation_col_map or known
    records = found._iterable_class is ModelIterable and not more  # noqa: SLF001
    return making_of(compiler.klass_info, compiler.select) if records else None


def _answer(query: Written, values: Sequence[Value]) -> list[Any]:
    """Return rows or records."""
    given = {_stand_in(at, value): value for at, value in enumerate(values)}
    parameters = tuple(given.get(one, one) for one in query.parameters)
    if query.making is None and query.shape is None:
        return _as_django_does(query, parameters)
    rows = _rows(query, parameters)
    if query.making is None:
        return [row[0] for row in rows] if query.shape is FlatValuesListIterable else rows
    records = [made(query.making, row, query.found.db) for row in rows]
    if query.found._prefetch_related_lookups:  # type: ignore[attr-defined] # noqa: SLF001
        prefetch_related_objects(records, *query.found._prefetch_related_lookups)  # type: ignore[attr-defined] # noqa: SLF001
    return records


def _rows(query: Written, parameters: Sequence[Any]) -> list[Any]:
    connection = connections[query.found.db]
    with connection.cursor() as cursor:
        cursor.execute(query.sql, parameters)
        rows: list[Any] = cursor.fetchall()
    if not query.converters:
        return rows
    turned = converted(rows, query.converters, connection)
    return list(map(tuple, turned)) if query.shape else turned


def _as_django_does(query: Written, parameters: Sequence[Any]) -> list[Any]:
    """Return the records. The compiler is copied: it belongs to the connection, and so to the thread, that asks."""
    compiler = copy(query.compiler)
    compiler.connection = connections[query.found.db]
    compiler.as_sql = lambda **_options: (query.sql, parameters)
    compiler.get_converters = lambda _columns: query.converters
    asked = query.found.all()
    asked.query.get_compiler = lambda *_database, **_options: compiler  # type: ignore[method-assign]
    return list(asked)
