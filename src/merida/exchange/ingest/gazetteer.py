"""The index of names that come with merida, built once per process from the reference data files."""

import gc
from functools import cache

from merida.foundation.registry.reference import name_entries
from merida.rules.citations.names import NameEntry, NameIndex, build_name_index

#: Instruments are found by the citation rules themselves, which know "the Convention" of a passage.
_KINDS = ("STATE", "TERRITORY", "ORGANISATION")


@cache
def name_index() -> NameIndex:
    """The index of States, territories and organisations in six languages. Raises ReferenceDataError.

    What lives when it is made is not looked through for garbage again: it lives as long as the process.
    """
    index = build_name_index(
        NameEntry(n.surface, n.kind, n.code, n.language, n.blocked_before, n.blocked_after)
        for n in name_entries()
        if n.kind in _KINDS
    )
    gc.freeze()
    return index
