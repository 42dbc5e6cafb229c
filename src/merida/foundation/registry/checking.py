"""Whether the database holds the reference data as the files say it; asked by `merida check`."""

from django.db import transaction

from merida.foundation.changes.actions import Acting
from merida.foundation.registry.actions import load_reference_data
from merida.foundation.registry.models import LoadedFile
from merida.foundation.registry.reference import ReferenceDataError, load_reference
from merida.foundation.registry.synchronising import StillReferredToError


def problems(actor: Acting) -> list[str]:
    """What is wrong with the reference data, one sentence each; [] when all is well.

    Reads the files, compares their digests with what was loaded, and loads them all once more on trial: rows that
    would change have been touched since. Nothing is kept of the trial.
    """
    try:
        digests = load_reference().digests
    except ReferenceDataError as error:
        return str(error).splitlines()
    loaded = dict(LoadedFile.objects.values_list("file", "digest"))
    changed = sorted(file for file in digests.keys() | loaded.keys() if digests.get(file) != loaded.get(file))
    if changed:
        return [f"{file} is not what was loaded; `merida demo --no-serve` loads it" for file in changed]
    return _rows_that_differ(actor)


def _rows_that_differ(actor: Acting) -> list[str]:
    try:
        with transaction.atomic():
            LoadedFile.objects.all().delete()
            loaded = load_reference_data(actor).loaded
            transaction.set_rollback(True)
    except StillReferredToError as error:
        return [str(error)]
    return [f"{counts.changed} rows differ from {file}" for file, counts in loaded.items() if counts.changed]
