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
# In so many words: making the statements anew took longer than answering them, of an update half the time.
_COLUMNS = "ref, kind, language, title, text, link, visibility, states, provisions, year, document"
_STORED = f"SELECT id, {_COLUMNS} FROM search_entry WHERE"  # noqa: S608
_NAMED = "SELECT id, ref, language FROM search_entry WHERE id IN"
_PUT = f"INSERT INTO search_entry ({_COLUMNS}) VALUES"
_PLACES = f"({', '.join(['%s'] * len(_COLUMNS.split(', ')))})"
_GONE = "DELETE FROM search_entry WHERE id IN"
_AT_ONCE = 80  # rows of one statement: a database takes a thousand values and more
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
            found = _stored("ref", batch)
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT analysis FROM search_indexstate ORDER BY id LIMIT 1")
        state = cursor.fetchone()
    if state is None and not Entry.objects.exists():
        IndexState.objects.create(analysis=analysis_version())
    elif state is None or state[0] != analysis_version():
        rebuild()


def epoch() -> str:
    """By which making of the index its keys go; "" before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch FROM search_indexstate ORDER BY id LIMIT 1")
        state = cursor.fetchone()
        return str(state[0]) if state else ""


def told_about(contents: str) -> bool:
    """Whether the index holds everything that ``contents``, a name of what there is to tell, stands for."""
    return IndexState.objects.filter(contents=contents).exists()


def note_told(contents: str) -> None:
    """Note that the index holds everything that ``contents`` stands for, in the transaction that put it there."""
    ensure_current()
    IndexState.objects.update(contents=contents)


def stored_under(numbers: Iterable[int]) -> dict[int, EntryData]:
    """What was handed in for the entries with these primary keys; none for a key that is gone."""
    return _stored("id", numbers)


def named_under(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Of which thing, and in which language, these primary keys are entries."""
    asked = list(numbers)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_NAMED} ({', '.join(['%s'] * len(asked))})", asked)
        return {number: (ref, language) for number, ref, language in cursor.fetchall()}


def names_in(language: str, refs: Iterable[str], visible: frozenset[str] | None) -> dict[str, str]:
    """The titles of these things in one language as far as an actor may see, by reference."""
    entries = (entry for entry in _stored("ref", refs).values() if entry.language == language)
    return {entry.ref: entry.title for entry in entries if visible is None or entry.visibility in visible}


def _stored(column: str, values: Iterable[int | str]) -> dict[int, EntryData]:
    """What was handed in for the entries with one of these values, by primary key."""
    asked = list(values)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"{_STORED} {column} IN ({', '.join(['%s'] * len(asked))})", asked)
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
        (entry.ref, entry.language): (number, entry)
        for number, entry in _stored("ref", dict.fromkeys(ref for ref, _ in asked)).items()
        if (entry.ref, entry.language) in asked
    }
    changed = {key: entry for key, entry in asked.items() if key not in known or known[key][1] != entry}
    _withdraw(dict(known[key] for key in changed if key in known))
    for some in _batches(changed.values(), _AT_ONCE):
        backend().insert(connection, [row(number, entry) for number, entry in zip(_store(some), some, strict=True)])
    return len(changed)


def differing(entries: Iterable[EntryData]) -> Iterator[str]:
    """The refs of those entries that are not stored as they are handed in, a ref and its language each."""
    for batch in _batches(entries):
        asked = {(entry.ref, entry.language): _storable(entry) for entry in batch}
        stored = _stored("ref", dict.fromkeys(ref for ref, _ in asked)).values()
        held = {(entry.ref, entry.language): entry for entry in stored}
        yield from (
            f"{ref} ({language})" for (ref, language), entry in asked.items() if held.get((ref, language)) != entry
        )


def _store(entries: list[EntryData]) -> list[int]:
    """Store new entries and return their primary keys, in order."""
    values = [value for entry in entries for value in _values(entry)]
    with connection.cursor() as cursor:
        cursor.execute(f"{_PUT} {', '.join([_PLACES] * len(entries))} RETURNING id", values)
        return [number for (number,) in cursor.fetchall()]


def _withdraw(entries: dict[int, EntryData]) -> None:
    if not entries:
        return
    backend().delete(connection, [row(number, entry) for number, entry in entries.items()])
    with connection.cursor() as cursor:
        cursor.execute(f"{_GONE} ({', '.join(['%s'] * len(entries))})", list(entries))


def _storable(entry: EntryData) -> EntryData:
    """The entry without NUL, which PostgreSQL does not store."""
    checked(entry)
    if "\0" in entry.text or "\0" in entry.title:
        fields = {name: getattr(entry, name) for name in EntryData.__slots__}
        return EntryData(**fields | {"text": entry.text.replace("\0", " "), "title": entry.title.replace("\0", " ")})
    return entry


def _values(entry: EntryData) -> Iterator[Any]:
    """What stands in the columns of an entry, in their order."""
    yield from (entry.ref, entry.kind, entry.language, entry.title, entry.text, json.dumps(list(entry.link)))
    yield from (entry.visibility, SEPARATOR.join(entry.states), SEPARATOR.join(entry.provisions))
    yield from (entry.year, entry.document)


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(SEPARATOR)) if joined else ()


def _batches(items: Iterable[_Item], size: int = _BATCH) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
