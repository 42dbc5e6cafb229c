"""How many activities of a subject there are, by type and year, State, theme and document: counted in the database.

What everybody sees is counted once and remembered until anything changes: the pages of a list and the six languages
share it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.functions import ExtractYear

from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.models import State
from merida.knowledge.documents.models import Document
from merida.knowledge.observatory.models import Activity, Theme
from merida.knowledge.observatory.narrowing import (
    Narrowing,
    narrowed_activities,
    narrowed_figures,
    narrowed_practices,
    narrowed_recommendations,
)

MOST_DOCUMENTS = 20  # named beside a subject, those that tell most
# In SQL, for Django's queries have no WITH; each of four queries would look for ten thousand activities again.
COUNTING = """
WITH found (id, type, document_id, year) AS MATERIALIZED ({found})
SELECT 'YEAR', type, year, COUNT(*) FROM found GROUP BY type, year
UNION ALL SELECT 'DOCUMENT', '', document_id, COUNT(*) FROM found GROUP BY document_id
UNION ALL SELECT 'STATE', '', link.state_id, COUNT(*) FROM found
    JOIN {states} link ON link.activity_id = found.id GROUP BY link.state_id
UNION ALL SELECT 'THEME', '', link.theme_id, COUNT(*) FROM found
    JOIN {themes} link ON link.activity_id = found.id GROUP BY link.theme_id
"""
_STATES, _THEMES = Activity.states.through._meta.db_table, Activity.themes.through._meta.db_table  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class DocumentTelling:
    """A document with the number of records that rest on it."""

    document: Document
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The activities of a subject in numbers, and how many figures, practices and recommendations there are.

    ``by_type_and_year`` leaves out those without a date; ``by_state`` is by ISO code, ``by_theme`` by the code of the
    theme itself; ``documents`` are those that tell most, at most 20 of ``document_count``.
    """

    total: int
    by_type_and_year: Mapping[tuple[str, int], int]
    by_state: Mapping[str, int]
    by_theme: Mapping[str, int]
    documents: Sequence[DocumentTelling]
    document_count: int
    figures: int
    practices: int
    recommendations: int


class _Year(ExtractYear):
    """The year of a day, without a call back into Python for each row as Django's own has on SQLite."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra_context: Any) -> tuple[str, Any]:  # noqa: ARG002 (Django names them)
        sql, given = compiler.compile(self.lhs)
        return f"CAST(substr({sql}, 1, 4) AS INTEGER)", given


def counts_of(actor: Actor, wanted: Narrowing) -> Counts:
    """Return the numbers of what ``actor`` may see; 7 queries, for the public only the first time."""
    return _counts_for_everybody(wanted) if actor == ANYBODY else _counted(actor, wanted)


@remembered
def _counts_for_everybody(wanted: Narrowing) -> Counts:
    return _counted(ANYBODY, wanted)


def _counted(actor: Actor, wanted: Narrowing) -> Counts:
    """Count in one walk: what is found is worked out once, and everything is counted from it."""
    found = narrowed_activities(actor, wanted)
    by_year: dict[tuple[str, int | None], int] = {}
    linked: dict[str, dict[int, int]] = {"STATE": {}, "THEME": {}, "DOCUMENT": {}}
    inner, given = (
        found.order_by().values_list("pk", "type", "version__document_id", _Year("from_date")).query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(COUNTING.format(found=inner, states=_STATES, themes=_THEMES), given)
        for about, kind, key, count in cursor.fetchall():
            if about == "YEAR":
                by_year[kind, None if key is None else int(key)] = count  # PostgreSQL gives a year as a decimal
            else:
                linked[about][int(key)] = count
    states, themes = State.objects.values_list("pk", "iso3"), Theme.objects.values_list("pk", "code")
    return Counts(
        total=sum(by_year.values()),
        by_type_and_year={(kind, year): count for (kind, year), count in by_year.items() if year is not None},
        by_state={code: linked["STATE"][key] for key, code in states if key in linked["STATE"]},
        by_theme={code: linked["THEME"][key] for key, code in themes if key in linked["THEME"]},
        documents=_documents_telling(linked["DOCUMENT"]),
        document_count=len(linked["DOCUMENT"]),
        figures=narrowed_figures(actor, wanted).count(),
        practices=narrowed_practices(actor, wanted).count(),
        recommendations=narrowed_recommendations(actor, wanted).count(),
    )


def _documents_telling(counts: Mapping[int, int]) -> tuple[DocumentTelling, ...]:
    most = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_DOCUMENTS]
    known = Document.objects.in_bulk(most)
    return tuple(DocumentTelling(known[key], counts[key]) for key in most)
