"""A checklist with its answers, ready to be set: all words chosen, in order, nothing left to look up.

``checklist_docx`` and ``checklist_pdf`` set the same value. A ``language`` beside a text is the one it is written in;
it decides the direction and the fonts of that text, whatever the language of the whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

RIGHT_TO_LEFT: Final = frozenset({"ar"})
TAGS: Final = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: ``numeric`` says of each column whether it holds figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in one language. ``facts`` are label and value: the level, laws, a figure, a day."""

    language: str
    caption: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    grid: Grid | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with what was answered; ``missing`` stands where nothing was."""

    number: str
    question: str
    question_language: str
    kind: str
    said: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one provision; ``heading`` is empty where a chapter has but one."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the questionnaire."""

    title: str
    title_language: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is printed. ``symbol_lines`` stand at the top beside ``organisation``, ``banners`` above all pages."""

    language: str
    title: str
    subtitle: str = ""
    organisation: str = ""
    symbol_lines: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    introduction: str = ""
    contents: str = "Contents"  # the heading of the list of chapters
    files_label: str = "Files"
    running: str = ""  # the head of every page but the first
    chapters: tuple[Chapter, ...] = ()


def texts_of(checklist: Checklist) -> Iterator[str]:
    """Yield every text that is printed, for whoever must know which scripts it takes."""
    yield from (checklist.title, checklist.subtitle, checklist.organisation, checklist.introduction)
    yield from (*checklist.symbol_lines, *checklist.banners, checklist.running, checklist.contents)
    for label, value in checklist.facts:
        yield from (label, value)
    for chapter in checklist.chapters:
        yield chapter.title
        for group in chapter.groups:
            yield group.heading
            for entry in group.entries:
                yield from _texts_of_entry(entry)


def _texts_of_entry(entry: Entry) -> Iterator[str]:
    yield from (entry.question, entry.kind, entry.missing, *entry.notes, *entry.files)
    for said in entry.said:
        yield from (said.caption, said.text)
        for fact in said.facts:
            yield from fact
        if said.grid:
            yield from said.grid.heads
            for row in said.grid.rows:
                yield from row
