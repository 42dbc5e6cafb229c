"""Making the stored themes equal to the scheme that comes with merida."""

from django.db import transaction

from merida.foundation.changes.actions import Acting, record_bulk
from merida.foundation.registry.synchronising import Counts, Wanted, remove_others, synchronise
from merida.foundation.sources.models import Source
from merida.knowledge.observatory.models import Theme
from merida.rules.extraction.themes import themes


def load_themes(actor: Acting) -> Counts:
    """Take in ``data/themes.csv``, all or nothing; one change is recorded where anything differed.

    The reference data must be loaded before, for the sources. Raises WordListError, StillReferredToError.
    """
    with transaction.atomic():
        wanted = _wanted()
        counts = synchronise(Theme, wanted, key=_code) + _broader()
        counts += remove_others(Theme, wanted.keys(), key=_code)
        if counts.changed:
            numbers = {"created": counts.created, "updated": counts.updated, "removed": counts.removed}
            record_bulk(actor, "LOAD", "reference-file:themes.csv", digest="", counts=numbers)
    return counts


def _code(row: Theme) -> str:
    return row.code


def _wanted() -> Wanted:
    sources = dict(Source.objects.values_list("code", "pk"))
    return {
        theme.code: {
            "code": theme.code,
            "slug": theme.code.lower().replace("_", "-"),
            "position": position,
            "names": dict(theme.labels),
            "exact_match": list(theme.exact_match),
            "close_match": list(theme.close_match),
            "provisions": list(theme.provisions),
            "source_id": sources[theme.source],
            "confidence": theme.confidence,
        }
        for position, theme in enumerate(themes().values(), start=1)
    }


def _broader() -> Counts:
    rows = {row.code: row for row in Theme.objects.all()}
    changed = []
    for theme in themes().values():
        row, above = rows[theme.code], rows[theme.broader] if theme.broader else None
        if row.broader_id != (above.pk if above else None):
            row.broader = above
            changed.append(row)
    Theme.objects.bulk_update(changed, ["broader"])
    return Counts()
