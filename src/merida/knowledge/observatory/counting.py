"""How many activities of a subject there are, by type and year, State, theme and document: counted in the database.

What everybody sees is counted once and remembered until anything changes: the pages of a list and the six languages
share it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from django.db import connection

from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.models import State
from merida.knowledge.documents.models import Document, Version
from merida.knowledge.observatory.models import Activity
from merida.knowledge.observatory.narrowing import Narrowing, narrowed_activities, themes_known

MOST_DOCUMENTS = 20  # named beside a subject, those that tell most
# In SQL, for Django's queries have no WITH; each of five queries would look for ten thousand activities again.
COUNTING = """
WITH found (id, type, version_id, day) AS MATERIALIZED ({found})
SELECT 'YEAR', type, {year}, COUNT(*) FROM found GROUP BY 2, 3
UNION ALL SELECT 'DOCUMENT', '', text.document_id, SUM(told.count)
    FROM (SELECT version_id, COUNT(*) AS count FROM found GROUP BY version_id) told
    JOIN {texts} text ON text.id = told.version_id GROUP BY text.document_id
UNION ALL SELECT 'STATE', '', link.state_id, COUNT(*) FROM found
    JOIN {states} link ON link.activity_id = found.id GROUP BY link.state_id
UNION ALL SELECT 'THEME', '', link.theme_id, COUNT(*) FROM found
    JOIN {themes} link ON link.activity_id = found.id GROUP BY link.theme_id
UNION ALL SELECT 'KEY', {day}, id, 0 FROM found
"""
YEAR = {"sqlite": "CAST(substr(day, 1, 4) AS INTEGER)", "postgresql": "CAST(EXTRACT(YEAR FROM day) AS INTEGER)"}
DAY = {"sqlite": "COALESCE(day, '')", "postgresql": "COALESCE(CAST(day AS TEXT), '')"}
_TEXTS = Version._meta.db_table  # noqa: SLF001
_STATES, _THEMES = Activity.states.through._meta.db_table, Activity.themes.through._meta.db_table  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class DocumentTelling:
    """A document with the number of records that rest on it."""

    document: Document
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The activities of a subject in numbers.

    ``latest_first`` are the keys of all activities in the order of pages, those without a date last;
    ``by_type_and_year`` leaves out those without a date; ``by_state`` is by ISO code, ``by_theme`` by the code of the
    theme itself; ``documents`` are those that tell most, at most 20 of ``document_count``.
    """

    total: int
    latest_first: Sequence[int]
    by_type_and_year: Mapping[tuple[str, int], int]
    by_state: Mapping[str, int]
    by_theme: Mapping[str, int]
    documents: Sequence[DocumentTelling]
    document_count: int


def counts_of(actor: Actor, wanted: Narrowing) -> Counts:
    """Return the numbers of what ``actor`` may see; 2 queries, for the public only the first time."""
    return _counts_for_everybody(wanted) if actor == ANYBODY else _counted(actor, wanted)


@remembered
def _counts_for_everybody(wanted: Narrowing) -> Counts:
    return _counted(ANYBODY, wanted)


def _counted(actor: Actor, wanted: Narrowing) -> Counts:
    """Count in one walk: what is found is worked out once, and everything is counted from it."""
    by_year: dict[tuple[str, int | None], int] = {}
    linked: dict[str, dict[int, int]] = {"STATE": {}, "THEME": {}, "DOCUMENT": {}}
    keys = []
    for about, kind, key, count in _walked(actor, wanted):
        if about == "KEY":
            keys.append((key, kind))
        elif about == "YEAR":
            by_year[kind, key] = count
        else:
            linked[about][key] = int(count)
    keys.sort()
    keys.sort(key=itemgetter(1), reverse=True)  # those without a day, "", come last
    states, themes = _state_codes(), ((one.pk, one.code) for one in themes_known())
    return Counts(
        total=len(keys),
        latest_first=array("q", (key for key, _day in keys)),
        by_type_and_year={(kind, year): count for (kind, year), count in by_year.items() if year is not None},
        by_state={code: linked["STATE"][key] for key, code in states if key in linked["STATE"]},
        by_theme={code: linked["THEME"][key] for key, code in themes if key in linked["THEME"]},
        documents=_documents_telling(linked["DOCUMENT"]),
        document_count=len(linked["DOCUMENT"]),
    )


@remembered
def _state_codes() -> tuple[tuple[int, str], ...]:
    return tuple(State.objects.values_list("pk", "iso3"))


def _walked(actor: Actor, wanted: Narrowing) -> list[tuple[str, str, int, int]]:
    found = narrowed_activities(actor, wanted).order_by().values_list("pk", "type", "version_id", "from_date")
    inner, given = found.query.sql_with_params()
    tables = {"texts": _TEXTS, "states": _STATES, "themes": _THEMES}
    with connection.cursor() as cursor:
        year, day = YEAR[connection.vendor], DAY[connection.vendor]
        cursor.execute(COUNTING.format(found=inner, year=year, day=day, **tables), given)
        rows: list[tuple[str, str, int, int]] = cursor.fetchall()
    return rows


def _documents_telling(counts: Mapping[int, int]) -> tuple[DocumentTelling, ...]:
    most = sorted(counts, key=lambda key: (-counts[key], key))[:MOST_DOCUMENTS]
    known = Document.objects.in_bulk(most)
    return tuple(DocumentTelling(known[key], counts[key]) for key in most)
