"""Mastheads that a converter ran together: symbol, body, distribution, date, language and session in one line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from merida.exchange.ingest import marks
from merida.exchange.ingest.lines import Line
from merida.exchange.ingest.masthead_words import AGENDA_ITEM, DISTRIBUTION, LANGUAGES, ORIGINAL
from merida.exchange.ingest.ordinals import session_of
from merida.exchange.ingest.printed_dates import date_span

#: A line that is no longer than this holds a field or two, which the masthead reads without help.
LONG = 120
_LOOKED_AT, _REACH = 12, 160
_SYMBOL = re.compile(rf"^(?:\d{{1,3}}\s+)?(?P<before>\D{{0,40}}?)(?P<symbol>{marks.SYMBOL}\s?\*{{0,2}})(?=\s)")
_JOB = re.compile(rf"(?<=\s){marks.JOB_NUMBER}(?: \d{{7}})?(?=\s|$)|(?<=\s){marks.BARE_JOB_NUMBER}")
_LANGUAGE = re.compile(rf"(?:{'|'.join(map(re.escape, LANGUAGES))})\s*$", re.IGNORECASE)
_SESSION = re.compile(r"(?<=\s)(?:session|сессия|período de sesiones|第.{1,5}届会议)(?=[\s*])", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d_][\w’'-]+(?: \([^()]{2,40}\))?, ?$")
_END = re.compile(
    r"\s(?=(?:Contents|Table des matières|Índice|Содержание|目录|Resumen|Résumé|Summary|Резюме)\s"
    r"|(?:I|一)\. ?[^\W\d_])"
)
_TO_STAR = re.compile(r"(?: \w{4,12})? ?\**")
_REPORT = re.compile(r"(?<=\s)(?:Report|Rapport|Informe|Доклад) (?:of|de|du|о|[^\W\d_]+ции)\b")
#: Who wrote it, as the last words above the contents or the first heading.
_AUTHOR = re.compile(
    r"(?<=\s)(?:Note by the Secretariat|Report (?:of|by) the (?:Secretary-General|Executive Director|Secretariat)"
    r"|Background paper prepared by the Secretariat|Note du Secrétariat|Rapport du (?:Secrét|Direct)[^\d.]{4,25}"
    r"|Nota de la Secretaría|Informe (?:del (?:Secretario|Director)[^\d.]{2,12}|de la Secretaría)|Записка Секретариата"
    r"|Доклад (?:Генерального секретаря|Секретариата|Директора-исполнителя)"
    r"|秘书处(?:的|编写的)?(?:说明|报告|背景文件)) ?\**$"
)
_FIRST_PARAGRAPH = re.compile(r"^(?:I|一)\. ?[^\d.]{3,60}?\s(?=1\. ?\D)")


def apart(lines: list[Line]) -> list[Line]:
    """The lines with a masthead that stands in one long line taken apart; every other document is left as it is."""
    for index, line in enumerate(lines[:_LOOKED_AT]):
        found = DISTRIBUTION.search(line.raw, 0, _REACH * 2)
        if found and (len(line.raw) > LONG or ORIGINAL.search(line.raw, found.end(), found.end() + _REACH)):
            return [*lines[:index], *taken_apart(line, found), *lines[index + 1 :]]
    return lines


def taken_apart(line: Line, distribution: re.Match[str]) -> list[Line]:
    """One line as many, cut before and behind every field; all keep the number of the line in the file."""
    text = line.raw
    cuts = sorted({0, len(text), *cuts_of(text, distribution)})
    pieces = [text[low:high].strip() for low, high in pairwise(cuts)]
    return [classified(line, piece, first=not index) for index, piece in enumerate(filter(None, pieces))]


def classified(line: Line, piece: str, *, first: bool) -> Line:
    """A piece as a line of its own."""
    mark = marks.classify(piece)
    return Line(line.number, piece, piece[mark.end :] if mark else piece, mark, line.gap if first else 0)


def cuts_of(text: str, distribution: re.Match[str]) -> Iterator[int]:
    """The places where a field begins or ends."""
    end = next((found.start() for found in _END.finditer(text, distribution.end())), len(text))
    yield end
    author = _AUTHOR.search(text[:end].rstrip(), distribution.end())
    if author:
        yield author.start()
    report = _REPORT.search(text, distribution.end(), author.start() if author else end)
    if report:
        yield report.start()
    yield from distribution.span()
    symbol = _SYMBOL.match(text)
    if symbol and symbol.start("symbol") < distribution.start():
        yield from (symbol.start("before"), symbol.start("symbol"), symbol.end())
        yield from meeting_cuts(text, symbol.end(), distribution.start())
    date = date_span(text[: min(end, distribution.end() + _REACH)], distribution.end())
    yield from date or ()
    original = ORIGINAL.search(text, distribution.end(), end)
    if original:
        yield from original.span()
        language = _LANGUAGE.search(text, 0, original.start())
        yield language.start() if language else original.start()
    for job in _JOB.finditer(text, 0, end):
        yield from job.span()
    yield from meeting_cuts(text, date[1] if date else distribution.end(), end)
    item = AGENDA_ITEM.search(text, distribution.end(), end)
    if item:
        star = _TO_STAR.match(text, item.end())
        yield from (item.start(), star.end() if star else item.end())
    opening = _FIRST_PARAGRAPH.search(text[end:].lstrip())
    if opening:
        yield len(text) - len(text[end:].lstrip()) + opening.end()


def meeting_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Around the session and around the line with place and days, which follows it or stands alone."""
    session = session_cut(text, start, end)
    yield from session or ()
    days = date_span(text[:end], session[1] if session else start, ranged=True)
    if not days or days[0] - (session[1] if session else start) > _REACH:
        return
    place = None if session else _PLACE.search(text, max(start, days[0] - 60), days[0])
    if session or place:
        yield days[1]
    if place:
        yield place.start()


def session_cut(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a session is named in words: the longest run of words before the noun that is an ordinal."""
    for found in _SESSION.finditer(text, start, end):
        words = [each.start() for each in re.finditer(r"(?<=\s)\S", text[: found.end()])][-6:]
        for begin in words:
            if (text[begin].isupper() or text[begin] == "第") and session_of(text[begin : found.end()]):
                return begin, found.end()
    return None
