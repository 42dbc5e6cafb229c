"""What one version holds (it has been read as visible), and how many documents a narrower list would hold."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.prepared import prepared
from merida.knowledge.documents.models import Mention, Paragraph, Version
from merida.knowledge.documents.queries.documents import documents_list

KeyCount = tuple[str, str, int]  # kind, key, number of paragraphs


def paragraphs_in(version: Version) -> QuerySet[Paragraph]:
    """Return title, paragraphs and notes of a version that the reader may see, in reading order."""
    return version.paragraphs.order_by("position")


def mentions_in(version: Version) -> QuerySet[Mention]:
    """Return the mentions of a version that the reader may see, in the order of each text."""
    return version.mentions.order_by("start", "pk")


def keys_of(version: Version) -> list[KeyCount]:
    """Return ``(kind, key, paragraphs)`` of what a version names in its paragraphs and notes, most named first."""
    return most_named_first(_keys_of(version.pk))


def most_named_first(keys: Iterable[KeyCount]) -> list[KeyCount]:
    """Return keys in one order, whichever way they were counted and however the database sorts texts."""
    return sorted(keys, key=lambda one: (-one[2], one[0], one[1]))


@prepared(int)
def _keys_of(version: int) -> QuerySet[Mention, KeyCount]:
    named = Mention.objects.filter(version=version, paragraph__isnull=False).values("kind", "key")
    counted = named.annotate(paragraphs=Count("paragraph_id", distinct=True)).order_by()
    return counted.values_list("kind", "key", "paragraphs")


def document_counts(actor: Actor, **narrowed: Any) -> dict[str, dict[Any, int]]:
    """Return, for ``body``, ``year`` and ``language``, how many documents each value would leave.

    ``narrowed`` is what ``documents_list`` takes; each count leaves its own kind of narrowing aside. Three queries.
    """
    columns = {"body": "body", "year": "year", "language": "versions__language"}
    empty = {"body": "", "year": None, "language": ""}
    return {kind: _counts(actor, column, {**narrowed, kind: empty[kind]}) for kind, column in columns.items()}


def _counts(actor: Actor, column: str, narrowed: dict[str, Any]) -> dict[Any, int]:
    found = documents_list(actor, **narrowed).annotate(year=ExtractYear("document_date"))
    if column == "versions__language":
        found = found.filter(versions__is_current=True)
    counted = found.order_by().values(column).annotate(number=Count("pk", distinct=True))
    rows = counted.values_list(column, "number")
    latest_first = column == "year"
    return dict(sorted(rows, key=lambda row: (row[0] or 0) if latest_first else row[1], reverse=True))
