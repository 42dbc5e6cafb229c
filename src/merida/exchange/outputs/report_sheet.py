"""A report as it is shown and printed: numbers, and a note after each sentence that cites where its records stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from merida.cooperation.mandates.models import Report, ReportPart
from merida.cooperation.mandates.report_records import Place, places_of
from merida.exchange.outputs.report_docx import Block, Run, Sheet, report_docx
from merida.foundation.access.visibility import Actor
from merida.rules.drafting import english
from merida.rules.drafting.numbering import numbered

_DIGITS = re.compile(r"(\d+)")
_SHORTEST_RANGE = 3
_ITEM_NUMBER = re.compile(r"\d+(\s?\([a-z]+\))*")


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a note cites: its name, the paragraphs in words, and the first of them."""

    name: str
    places: str
    first: Place


@dataclass(frozen=True, slots=True)
class Note:
    """A note; ``text`` as printed."""

    number: int
    text: str
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, its note where one is called after it, and whether a person wrote it without any record."""

    text: str
    note: Note | None = None
    without_record: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A part with its number; "" for a paragraph that is struck out."""

    part: ReportPart
    number: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A whole report and its notes in order."""

    parts: tuple[Shown, ...]
    notes: tuple[Note, ...]


def shown_report(actor: Actor, report: Report, parts: Sequence[ReportPart]) -> ShownReport:
    """Number the parts and cite the records, as far as ``actor`` may see where they stand."""
    keys = {key for one in parts for _text, traces in one.shown for key in traces}
    places = places_of(actor, keys, language=report.language)
    standing = [one for one in parts if one.shown]
    numbers = dict(
        zip(
            (one.pk for one in standing),
            numbered((one.level for one in standing), language=report.language),
            strict=True,
        )
    )
    notes: list[Note] = []
    shown = [Shown(one, numbers.get(one.pk, ""), tuple(_said(one, places, notes, report.language))) for one in parts]
    return ShownReport(tuple(shown), tuple(notes))


def _said(part: ReportPart, places: dict[str, Place], notes: list[Note], language: str) -> Iterable[Said]:
    """Sentences; of neighbours with the same note the last carries it."""
    cited = [_cited([places[key] for key in traces if key in places], language) for _text, traces in part.shown]
    for at, (text, traces) in enumerate(part.shown):
        note = None
        if cited[at] and (at + 1 == len(cited) or cited[at + 1] != cited[at]):
            note = Note(len(notes) + 1, _printed(cited[at], language), cited[at])
            notes.append(note)
        yield Said(text, note, without_record=part.edited and not traces and not part.level)


def _cited(places: Iterable[Place], language: str) -> tuple[Cited, ...]:
    ordered = sorted(set(places), key=lambda one: (one.name, _natural(one.place)))
    found = []
    for name, group in groupby(ordered, key=lambda one: one.name):
        members = list(group)
        marks = list(dict.fromkeys(one.place for one in members if one.place))
        found.append(Cited(name, _paragraphs(marks, language), members[0]))
    return tuple(found)


def _paragraphs(marks: Sequence[str], language: str) -> str:
    """Paragraphs in words, neighbours as a range: "paras. 7–13 and 16"."""
    if not marks:
        return ""
    ranges = [
        f"{run[0]}–{run[-1]}" if len(run) >= _SHORTEST_RANGE else mark
        for run in _runs(marks)
        for mark in (run[:1] if len(run) >= _SHORTEST_RANGE else run)
    ]
    if language == "zh":
        return f"第{'、'.join(ranges)}段"
    single = len(marks) == 1
    return f"{'para.' if single else 'paras.'} {english.WORDS.joined(ranges)}"


def _runs(marks: Sequence[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for mark in marks:
        follows = runs and mark.isdigit() and runs[-1][-1].isdigit() and int(mark) == int(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def _natural(place: str) -> list[tuple[bool, int, str]]:
    return [(not part.isdigit(), int(part[:9]) if part.isdigit() else 0, part) for part in _DIGITS.split(place) if part]


def _printed(cited: Sequence[Cited], language: str) -> str:
    comma, end = ("，", "。") if language == "zh" else (", ", ".")
    said = (f"{one.name}{comma}{one.places}" if one.places else one.name for one in cited)
    return ("；" if language == "zh" else "; ").join(said) + end


def printed_item(item: str, *, chinese_text: bool) -> str:
    """Return the line of the agenda item as it is printed: a mere number says what it is the number of."""
    if not _ITEM_NUMBER.fullmatch(item):
        return item
    return f"议程项目{item}" if chinese_text else f"Agenda item {item}"


def sheet_of(actor: Actor, report: Report, parts: Sequence[ReportPart]) -> Sheet:
    """The report as it is printed; paragraphs struck out are left out."""
    shown = shown_report(actor, report, parts)
    chinese_text = report.language == "zh"
    language = "Chinese" if chinese_text else "English"
    item = printed_item(report.agenda_item.strip(), chinese_text=chinese_text)
    lines = ["Distr.: General"]
    lines += [english.WORDS.dates.said_day(report.document_date)] if report.document_date else []
    lines += [language, f"Original: {language}"] if chinese_text else [f"Original: {language}"]
    return Sheet(
        title=report.title,
        language=report.language,
        symbol=report.symbol,
        symbol_lines=tuple(lines),
        head_lines=tuple(filter(None, (report.body, report.session, item))),
        subtitle="秘书处的报告" if chinese_text else "Report of the Secretariat",
        blocks=tuple(
            Block(one.part.level, tuple(Run(said.text, said.note.text if said.note else "") for said in one.said))
            for one in shown.parts
            if one.said
        ),
    )


def report_file(actor: Actor, report: Report, parts: Sequence[ReportPart]) -> bytes:
    """The report as .docx."""
    return report_docx(sheet_of(actor, report, parts))
