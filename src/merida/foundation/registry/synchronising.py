"""Making the rows of a model equal to a list of wanted rows, in bulk, by natural key."""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import ProtectedError

Key = Hashable
Wanted = Mapping[Key, Mapping[str, Any]]
_BATCH = 200


class StillReferredToError(ValueError):
    """A row is no longer listed, but other records refer to it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )

    @property
    def changed(self) -> int:
        """How many rows are not what they were."""
        return self.created + self.updated + self.removed


def synchronise(model: type[models.Model], wanted: Wanted, *, key: Callable[[Any], Key]) -> Counts:
    """Create and update rows of ``model`` until each of ``wanted`` is there; others stay (see ``remove_others``).

    ``key`` gives the natural key of a stored row; values name fields by their column (``state_id``). Identities
    (``uuid``) of rows that stay are kept.
    """
    manager = model._default_manager  # noqa: SLF001 - Django's public name for it
    stored = {key(row): row for row in manager.all()}
    new = [model(**values) for name, values in wanted.items() if name not in stored]
    changed = [stored[name] for name, values in wanted.items() if name in stored and _apply(stored[name], values)]
    if changed:
        fields = sorted({_field_name(model, name) for values in wanted.values() for name in values})
        manager.bulk_update(changed, fields, batch_size=_BATCH)
    manager.bulk_create(new, batch_size=_BATCH)
    return Counts(created=len(new), updated=len(changed), unchanged=len(wanted) - len(new) - len(changed))


def remove_others(model: type[models.Model], wanted: Collection[Key], *, key: Callable[[Any], Key]) -> Counts:
    """Remove rows of ``model`` that are not wanted. Raises StillReferredToError where one of them is in use."""
    manager = model._default_manager  # noqa: SLF001
    gone = [row for row in manager.all() if key(row) not in wanted]
    try:
        if gone:
            manager.filter(pk__in=[row.pk for row in gone]).delete()
    except ProtectedError as error:
        names = ", ".join(sorted(str(row) for row in gone))
        message = f"{names} cannot leave the list: {len(error.protected_objects)} other records refer to it"
        raise StillReferredToError(message) from error
    return Counts(removed=len(gone))


def _apply(row: models.Model, values: Mapping[str, Any]) -> bool:
    """Set the values on the row; whether any of them was another."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    return bool(different)


def _field_name(model: type[models.Model], column: str) -> str:
    return next(field.name for field in model._meta.concrete_fields if column in {field.name, field.attname})  # noqa: SLF001
