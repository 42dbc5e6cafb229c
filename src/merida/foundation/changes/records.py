"""Records made of rows of the database: what Django looks up for every record is looked up once for a query.

Half of what a query costs is not the database but the making of records: for each Django asks its fields how they are
set, sends two signals and looks for columns left out. Here columns go to their names, as they came.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Making:
    """How records of a model are made: which columns of a row are theirs, under which names, and what hangs on them.

    ``related`` has for each record joined: its making, and what sets it here and this record there.
    """

    model: type[Model]
    columns: slice
    names: tuple[str, ...]
    key_at: int
    related: tuple[tuple["Making", Callable[[Any, Any], None], Callable[[Any, Any], None]], ...]


def making_of(joined: Mapping[str, Any], select: Sequence[Any]) -> Making | None:
    """Return how records are made of a query as its compiler describes it (``klass_info``); None: as Django does it."""
    model, at = joined["model"], joined["select_fields"]
    names = tuple(column[0].target.attname for column in select[at[0] : at[-1] + 1])
    key = model._meta.pk.attname  # noqa: SLF001 (Django names it so)
    related = [
        (making_of(other, select), other["local_setter"], other["remote_setter"])
        for other in joined.get("related_klass_infos", ())
    ]
    if joined.get("from_parent") or key not in names or not _is_plain(model) or not all(one[0] for one in related):
        return None
    return Making(model, slice(at[0], at[-1] + 1), names, at[0] + names.index(key), tuple(related))  # type: ignore[arg-type]


def _is_plain(model: type[Model]) -> bool:
    """Tell whether a record of the model is its columns, and nothing happens when one is made."""
    fields = (getattr(model, field.attname, None) for field in model._meta.concrete_fields)  # noqa: SLF001
    return (
        model.__init__ is Model.__init__
        and model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]
        and all(type(one) in (DeferredAttribute, ForeignKeyDeferredAttribute) for one in fields)
        and not pre_init.receivers
        and not post_init.receivers
    )


def made(making: Making, row: Row, database: str) -> Model:
    """Return the record that a row describes, with those joined to it."""
    one = making.model.__new__(making.model)
    state = ModelState()
    state.adding, state.db = False, database
    values = one.__dict__
    values["_state"] = state
    values.update(zip(making.names, row[making.columns], strict=True))
    for other, set_here, set_there in making.related:
        if row[other.key_at] is None:
            set_here(one, None)
            continue
        beside = made(other, row, database)
        set_here(one, beside)
        set_there(beside, one)
    return one


def converted(rows: Iterable[Row], converters: Mapping[int, Any], connection: BaseDatabaseWrapper) -> list[list[Any]]:
    """Return rows with their values as Python knows them: dates, truths and JSON are texts and numbers in SQLite."""
    turned = list(map(list, rows))
    for at, (functions, expression) in converters.items():
        for function in functions:
            for row in turned:
                row[at] = function(row[at], expression, connection)
    return turned
