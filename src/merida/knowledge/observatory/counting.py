"""How many activities of a subject there are, by type and year, State, theme and document: counted in the database.

What everybody sees is counted once and remembered until anything changes: the pages of a list and the six languages
share it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.models import State
from merida.knowledge.documents.models import Document
from merida.knowledge.observatory.models import Activity, Theme
from merida.knowledge.observatory.narrowing import Narrowing, narrowed_activities

MOST_DOCUMENTS = 20  # named beside a subject, those that tell most


@dataclass(frozen=True, slots=True)
class DocumentTelling:
    """A document with the number of records that rest on it."""

    document: Document
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The activities of a subject in numbers.

    ``by_type_and_year`` leaves out those without a date; ``by_state`` is by ISO code, ``by_theme`` by the code of the
    theme itself; ``documents`` are those that tell most, at most 20.
    """

    total: int
    by_type_and_year: Mapping[tuple[str, int], int]
    by_state: Mapping[str, int]
    by_theme: Mapping[str, int]
    documents: Sequence[DocumentTelling]


class _Year(ExtractYear):
    """The year of a day, without a call back into Python for each row as Django's own has on SQLite."""

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, Any]:  # noqa: ARG002 (Django's)
        sql, given = compiler.compile(self.lhs)
        return f"CAST(substr({sql}, 1, 4) AS INTEGER)", given


def counts_of(actor: Actor, wanted: Narrowing) -> Counts:
    """Return the numbers of what ``actor`` may see; 7 queries, for the public only the first time."""
    return _counts_for_everybody(wanted) if actor == ANYBODY else _counted(narrowed_activities(actor, wanted))


@remembered
def _counts_for_everybody(wanted: Narrowing) -> Counts:
    return _counted(narrowed_activities(ANYBODY, wanted))


def _counted(found: QuerySet[Activity]) -> Counts:
    rows: Any = found.order_by().annotate(year=_Year("from_date")).values_list("type", "year")
    by_year = {(kind, year): count for kind, year, count in rows.annotate(count=Count("pk"))}
    return Counts(
        total=sum(by_year.values()),
        by_type_and_year={(kind, year): count for (kind, year), count in by_year.items() if year is not None},
        by_state=_by_link(found, "state", dict(State.objects.values_list("pk", "iso3"))),
        by_theme=_by_link(found, "theme", dict(Theme.objects.values_list("pk", "code"))),
        documents=_documents_telling(found),
    )


def _by_link(found: QuerySet[Activity], name: str, codes: Mapping[int, str]) -> dict[str, int]:
    """Count by what activities are linked to. By key: joining names to ten thousand links would cost more."""
    through: Any = {"state": Activity.states.through, "theme": Activity.themes.through}[name]
    links = through.objects.filter(activity_id__in=found.values("pk")).order_by()
    return {codes[key]: count for key, count in links.values_list(f"{name}_id").annotate(count=Count("pk"))}


def _documents_telling(found: QuerySet[Activity]) -> tuple[DocumentTelling, ...]:
    rows: Any = found.order_by().values_list("version__document_id").annotate(count=Count("pk"))
    counted = list(rows.order_by("-count", "version__document_id")[:MOST_DOCUMENTS])
    known = Document.objects.in_bulk([document for document, _ in counted])
    return tuple(DocumentTelling(known[document], count) for document, count in counted)
