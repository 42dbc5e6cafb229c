"""Writing the index, always within the caller's transaction, so that text and index agree at any moment."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, transaction

from merida.exchange.search.analysis import analysis_version, row
from merida.exchange.search.backend import backend
from merida.exchange.search.entry import EntryData, checked
from merida.exchange.search.models import SEPARATOR, Entry, IndexState

_BATCH = 500
FEW_PIECES = 4  # that are left as they are
# In so many words: making the statement anew took longer than answering it.
_STORED = (
    "SELECT id, ref, kind, language, title, text, link, visibility, states, provisions, year, document"
    " FROM search_entry WHERE id IN"
)
_Item = TypeVar("_Item")


def put_entries(entries: Iterable[EntryData]) -> int:
    """Index new entries and those that differ from what is stored; returns how many that were.

    An entry is known by ref and language. Raises EntryError for one that cannot be indexed; then nothing is stored.
    """
    changed = 0
    with transaction.atomic():
        ensure_current()
        for batch in _batches(entries):
            changed += _put(batch)
    return changed


def delete_entries(refs: Iterable[str]) -> int:
    """Take all languages of these things out of the index; returns how many entries that were."""
    deleted = 0
    with transaction.atomic():
        ensure_current()
        for batch in _batches(refs):
            found = list(Entry.objects.filter(ref__in=batch))
            _withdraw(found)
            deleted += len(found)
    return deleted


def rebuild() -> int:
    """Make the index anew from the entries; returns how many there are. Seconds per 10,000 paragraphs: about 4."""
    engine = backend()
    with transaction.atomic():
        engine.clear(connection)
        numbered = Entry.objects.order_by("pk").iterator(chunk_size=_BATCH)
        total = 0
        for batch in _batches(numbered):
            engine.insert(connection, [row(entry.pk, data(entry)) for entry in batch])
            total += len(batch)
        engine.tidy(connection)
        contents = IndexState.objects.values_list("contents", flat=True).first() or ""
        IndexState.objects.all().delete()
        IndexState.objects.create(epoch=uuid.uuid4(), analysis=analysis_version(), contents=contents)
    return total


def put_together(stopping: Callable[[], bool] = lambda: False) -> int:
    """Merge what many small changes left in more than a few pieces; return how many short transactions that took.

    Every word is looked up in every piece: an index of 100,000 paragraphs that came in one document at a time answers
    in two fifths of the time afterwards. ``stopping`` is asked after each transaction and may wait, so that others come
    to write; where it says yes, the rest waits for the next time.
    """
    engine = backend()
    if engine.pieces(connection) <= FEW_PIECES:
        return 0
    steps, more = 0, True
    while more and not (steps and stopping()):
        with transaction.atomic():
            more = engine.merge(connection, first=not steps)
        steps += 1
    return steps


def ensure_current() -> None:
    """Rebuild when the index was made under another analysis (its old tokens could not be taken out again)."""
    state = IndexState.objects.first()
    if state is None and not Entry.objects.exists():
        IndexState.objects.create(analysis=analysis_version())
    elif state is None or state.analysis != analysis_version():
        rebuild()


def told_about(contents: str) -> bool:
    """Whether the index holds everything that ``contents``, a name of what there is to tell, stands for."""
    return IndexState.objects.filter(contents=contents).exists()


def note_told(contents: str) -> None:
    """Note that the index holds everything that ``contents`` stands for, in the transaction that put it there."""
    ensure_current()
    IndexState.objects.update(contents=contents)


def stored_under(numbers: Iterable[int]) -> dict[int, EntryData]:
    """What was handed in for the entries with these primary keys; none for a key that is gone."""
    asked = list(numbers)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_STORED} ({', '.join(['%s'] * len(asked))})", asked)
        return {number: _handed_in(*columns) for number, *columns in cursor.fetchall()}


def _handed_in(ref: str, *columns: Any) -> EntryData:
    kind, language, title, text, link, visibility, states, provisions, year, document = columns
    parts = tuple(json.loads(link))
    return EntryData(
        ref, kind, language, title, text, parts, visibility, _split(states), _split(provisions), year, document
    )


def data(entry: Entry) -> EntryData:
    """What was handed in for a stored entry."""
    return EntryData(
        ref=entry.ref,
        kind=entry.kind,
        language=entry.language,
        title=entry.title,
        text=entry.text,
        link=tuple(entry.link),
        visibility=entry.visibility,
        states=_split(entry.states),
        provisions=_split(entry.provisions),
        year=entry.year,
        document=entry.document,
    )


def _put(batch: list[EntryData]) -> int:
    asked = {(entry.ref, entry.language): _storable(entry) for entry in batch}
    known = {
        (entry.ref, entry.language): entry
        for entry in Entry.objects.filter(ref__in={ref for ref, _ in asked})
        if (entry.ref, entry.language) in asked
    }
    changed = {key: entry for key, entry in asked.items() if key not in known or data(known[key]) != entry}
    _withdraw([known[key] for key in changed if key in known])
    stored = Entry.objects.bulk_create([_entry(entry) for entry in changed.values()])
    pairs = zip(stored, changed.values(), strict=True)
    backend().insert(connection, [row(entry.pk, asked_for) for entry, asked_for in pairs])
    return len(changed)


def differing(entries: Iterable[EntryData]) -> Iterator[str]:
    """The refs of those entries that are not stored as they are handed in, a ref and its language each."""
    for batch in _batches(entries):
        asked = {(entry.ref, entry.language): _storable(entry) for entry in batch}
        held = {
            (entry.ref, entry.language): data(entry)
            for entry in Entry.objects.filter(ref__in={ref for ref, _ in asked})
        }
        yield from (
            f"{ref} ({language})" for (ref, language), entry in asked.items() if held.get((ref, language)) != entry
        )


def _withdraw(entries: list[Entry]) -> None:
    backend().delete(connection, [row(entry.pk, data(entry)) for entry in entries])
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()


def _storable(entry: EntryData) -> EntryData:
    """The entry without NUL, which PostgreSQL does not store."""
    checked(entry)
    if "\0" in entry.text or "\0" in entry.title:
        fields = {name: getattr(entry, name) for name in EntryData.__slots__}
        return EntryData(**fields | {"text": entry.text.replace("\0", " "), "title": entry.title.replace("\0", " ")})
    return entry


def _entry(entry: EntryData) -> Entry:
    return Entry(
        ref=entry.ref,
        kind=entry.kind,
        language=entry.language,
        title=entry.title,
        text=entry.text,
        link=list(entry.link),
        visibility=entry.visibility,
        states=SEPARATOR.join(entry.states),
        provisions=SEPARATOR.join(entry.provisions),
        year=entry.year,
        document=entry.document,
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(SEPARATOR)) if joined else ()


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
