"""The masthead: symbol, body, date, session, meeting, agenda item, language, title. What is not printed stays empty."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from merida.exchange.ingest import headings, marks
from merida.exchange.ingest.contents import TITLE, contents_span
from merida.exchange.ingest.joining import join
from merida.exchange.ingest.lines import Layout, Line, ends_whole
from merida.exchange.ingest.masthead_columns import columns_apart, columns_of
from merida.exchange.ingest.masthead_words import (
    ADDENDUM,
    AGENDA_ITEM,
    AUTHOR,
    BARE_BODY,
    DISTRIBUTION,
    DISTRIBUTIONS,
    LANGUAGES,
    NOT_A_BODY,
    ORIGINAL,
    PREAMBLE,
    PREAMBLE_RUN_IN,
    PREAMBULAR,
    RESOLUTION_ADOPTED,
    languages_of,
)
from merida.exchange.ingest.ordinals import session_in, session_of
from merida.exchange.ingest.printed_dates import date_range, full_date
from merida.exchange.ingest.record import Masthead

_SYMBOL = re.compile(rf"(?:^|\s)({marks.SYMBOL})(?:\s?[-–—;,]\s?{marks.SYMBOL})?\s*\**$")
_BARE = re.compile(rf"(?P<value>{'|'.join(map(re.escape, DISTRIBUTIONS))})\**", re.IGNORECASE)
#: A document that a sentence names: as contained in document A/55/38.
_REFERRED = re.compile(r"(?:document|documento|документ\w{0,3}|الوثيقة|文件)\s*$", re.IGNORECASE)
_AGENDA = re.compile(
    r"Provisional agenda|Ordre du jour provisoire|Programa provisional|Предварительная повестка дня|临时议程"
    r"|جدول الأعمال المؤقت"
)
_STARS = re.compile(r"\*+")
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff）》”])\s+(?=[\u4e00-\u9fff（《“])")
_UNITED_NATIONS = re.compile(
    r"^(?:联合国|United Nations|Nations [Uu]nies|Организация Объединенных Наций|Naciones Unidas|الأمم المتحدة)"
    r"\s*(?=$|[A-Z])"
)
_HELD = re.compile(r"举行|\bheld\b|\btenue?s?\b|celebrad|состояв|проход|проведен|عقود", re.IGNORECASE)
#: The town beside the days of a meeting in a title. Not in Russian, where it stands in another case (в Вене).
_HELD_IN = re.compile(
    r"在(?P<zh>[\u4e00-\u9fff]{2,8}?)(?:联合)?举行"
    r"|(?:\bheld (?:in|at)|\btenue?s? à|\bcelebrad[ao]s? en)"
    r" (?P<latin>[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*){0,3})(?= (?:from|on|du|le|del|los|el)\b|,|$)"
    r"|المعقودة? في (?P<ar>[\u0600-\u06ff]+)(?= (?:من|في|يوم|يومي)\s)"
)
_NO_TOWN = re.compile(r"[和及与]|线上|在线")
#: Job numbers, the number of pages or of a page that a converter put above, contents that it put in one line.
_FURNITURE = re.compile(
    rf"(?:(?:{marks.JOB_NUMBER}|{marks.BARE_JOB_NUMBER}|\d{{7}})\s*)+|\d{{1,3}}|\*{{1,3}}"
    r"|(?:Contents|Table des matières|Índice|Содержание|目录)\s.*\.{4,}.*"
)
LONGEST_BODY, LONGEST_PLACE, LONGEST_TITLE, SHORTEST_SENTENCE = 120, 40, 200, 25
_NO_PLACE = re.compile(
    r"/|报告|会议|举行|工作组|report|session|meeting|held|rapport|tenu|informe|celebrad|доклад|состоявш|تقرير",
    re.IGNORECASE,
)


#: Why a document was printed again, with the day: no day of a meeting.
_REISSUED = re.compile(
    r"重新印发|再次印发|\breissued\b|nouveau tirage|publicado nuevamente|\bпереиздан|\bповторно издан|أعيد إصدار",
    re.IGNORECASE,
)
_REPORT = re.compile(r"(?:Report|Rapport|Informe|Доклад|تقرير)\b")


def find_start(lines: Sequence[Line]) -> int:
    """The index of the first line of the body: contents, the first heading, paragraph 1, a summary, or a sentence."""
    contents, _ = contents_span(lines)
    for index, line in enumerate(lines[:120]):
        mark = line.mark
        if (
            index == contents
            or opens_preamble(lines, index)
            or (headings.SUMMARY.match(line.raw) and not is_title(lines, index))
        ):
            return index
        if mark is None:
            continue
        if opens_body(line, mark) and (index == 0 or line.gap or headings.looks_like_title(line.text)):
            return index
        if mark.form == "digit" and marks.ordinal_of("digit", mark.value) == 1:
            opened = index and (unnumbered_opening(lines[index - 1]) or repeats_title(lines, index - 1))
            return index - 1 if opened else index
    return first_sentence(lines)


def opens_preamble(lines: Sequence[Line], index: int) -> bool:
    """Whether a line names the body that speaks, above a resolution's preamble."""
    text = lines[index].raw
    below = lines[index + 1].raw if index + 1 < len(lines) else ""
    return bool(
        PREAMBLE.match(text) or PREAMBLE_RUN_IN.match(text) or (BARE_BODY.fullmatch(text) and PREAMBULAR.match(below))
    )


def is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line such as Executive summary is the document's title: its author comes next."""
    return index + 1 < len(lines) and AUTHOR.search(lines[index + 1].raw) is not None


def opens_body(line: Line, mark: marks.Mark) -> bool:
    """Whether a line is the first numbered heading: 一, I, A or أولاً."""
    if mark.form == "letter":
        return mark.value.translate(marks.CYRILLIC_TWINS) in ("I", "A") and headings.looks_like_title(line.text)
    return mark.form in ("han", "ordinal") and marks.ordinal_of(mark.form, mark.value) == 1


def unnumbered_opening(line: Line) -> bool:
    """Whether the line before paragraph 1 is an unnumbered heading such as Introduction, not part of the masthead."""
    return bool(
        re.fullmatch(
            r"(?:Introduction|导言|引言|背景|Background|Introducción|Введение|مقدمة|Annotations|说明)\s*", line.raw
        )
    )


def repeats_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the heading under a title that holds its words: Annotated provisional agenda, then without."""
    if not index or not _AGENDA.fullmatch(lines[index].raw):
        return False
    title, heading = lines[index - 1].raw.casefold(), lines[index].raw.casefold()
    return len(heading) < len(title) and heading in title


def first_sentence(lines: Sequence[Line]) -> int:
    """The first line that is a whole sentence, or that is far longer than a title."""
    for index, line in enumerate(lines[:60]):
        if line.mark is not None and line.mark.kind in (marks.STAR, marks.NOTE):
            continue
        if len(line.raw) > LONGEST_TITLE and not _REPORT.match(line.raw):
            return index
        if ends_whole(line.raw) and len(line.raw) > SHORTEST_SENTENCE and not AGENDA_ITEM.search(line.raw):
            return index
    return after_fields(lines)


def after_fields(lines: Sequence[Line]) -> int:
    """Behind the last field of a masthead that no heading, number or sentence follows, as above a list of names."""
    last = -1
    for index, line in enumerate(lines[:40]):
        known = any(take_field(Masthead(), part)[1] for part in columns_of(line.raw) if part)
        running = last >= 0 and line.mark is not None and line.mark.kind == marks.RUNNING
        last = index if known or running else last
    titles = [index for index in (last + 1, last + 2) if index < len(lines) and _REPORT.match(lines[index].raw)]
    last = titles[0] if titles else last  # the title below them
    return last + 1 if any(DISTRIBUTION.search(line.raw) for line in lines[: last + 1]) else 0


def read_masthead(lines: Sequence[Line], *, language: str, layout: Layout) -> Masthead:
    """The masthead from the lines above the body; ``language`` is what the script tells."""
    head = Masthead(language=language, lines=tuple(line.raw for line in lines))
    above = list(takewhile(lambda line: not TITLE.fullmatch(line.raw), lines))
    lines = [line for line in above if not _FURNITURE.fullmatch(line.raw.strip())]
    lines = unwrapped(columns_apart(with_labels(lines)), layout)
    rest: list[tuple[int, Line]] = []
    last_fixed = last_meeting = -1
    report = -1  # the last line of a report's title, which gives the days of the meeting itself
    for index, line in enumerate(lines):
        before = head
        within = report >= 0 and line.gap == 0 and line.number == report + 1
        if within or _REPORT.match(line.raw):
            report = -1 if line.raw.endswith("*") else line.number
        head, taken = (head, False) if within else take_field(head, line.raw)
        if not taken:
            rest.append((index, line))
        elif (before.session, before.meeting_dates, before.agenda_item) != (
            head.session,
            head.meeting_dates,
            head.agenda_item,
        ):
            last_meeting = index
        else:
            last_fixed = index
    boundary = last_meeting if last_meeting >= 0 else last_fixed
    return place_texts(
        head,
        [line for index, line in rest if index < boundary],
        [line for index, line in rest if index > boundary],
    )


def with_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines with a value that stands below its own word put behind it: Distr. / GENERAL, ORIGINAL: / ENGLISH."""
    whole: list[Line] = []
    for line in lines:
        value = line.raw.strip("* ").casefold()
        above = whole[-1].raw if whole else ""
        distribution = value in DISTRIBUTIONS and re.fullmatch(r"Distr\s?\.?\s?:?", above)
        if distribution or (value in LANGUAGES and re.fullmatch(r"Original\s?[:：]", above, re.IGNORECASE)):
            raw = f"Distr.: {line.raw}" if distribution else f"{above} {line.raw}"
            whole[-1] = Line(line.number, raw, raw, None, whole[-1].gap)
        else:
            whole.append(line)
    return whole


def unwrapped(lines: Sequence[Line], layout: Layout) -> list[Line]:
    """The lines with those put together that a hard wrap cut."""
    whole: list[Line] = []
    last = ""
    for line in lines:
        goes_on = layout.is_full(last) and line.gap <= layout.gap and not _SYMBOL.search(last)
        if last and goes_on and not ends_whole(last):
            raw = join(whole[-1].raw, line.raw, occurs=lambda _: False)
            whole[-1] = Line(whole[-1].number, raw, raw, None, whole[-1].gap)
        else:
            whole.append(line)
        last = line.raw
    return whole


def bare_distribution(head: Masthead, text: str) -> re.Match[str] | None:
    """The kind of distribution alone on a line, in capitals, where the word before it was lost."""
    return None if head.distribution or not text.isupper() else _BARE.fullmatch(text)


def take_field(head: Masthead, text: str) -> tuple[Masthead, bool]:
    """The masthead with what a line says, and whether the line said something."""
    found = DISTRIBUTION.search(text) or bare_distribution(head, text)
    if found:
        value = found.group("value").strip(" .:")
        rest = text[found.end() :].strip()
        head = replace(head, distribution=DISTRIBUTIONS.get(value.casefold(), value))
        return (take_field(head, rest)[0] if rest else head), True
    found = ORIGINAL.search(text)
    if found:
        head = replace(head, original_language=LANGUAGES.get(found.group("value").casefold(), ""))
        before = text[: found.start()].strip()
        return (take_field(head, before)[0] if before else head), True
    codes = languages_of(text)
    if codes:
        return replace(head, language=codes[0]) if len(codes) == 1 else head, True
    found = _SYMBOL.search(text)
    if found and not head.symbol and not _REFERRED.search(text, 0, found.start(1)):
        head = replace(head, symbol=_STARS.sub("", found.group(1)))
        before = _UNITED_NATIONS.sub("", text[: found.start()]).strip()
        return (take_field(head, before)[0] if before else head), not before or len(before) < 3  # noqa: PLR2004
    if not head.date and full_date(text):
        return replace(head, date=full_date(text)), True
    return take_meeting(head, text)


def take_meeting(head: Masthead, text: str) -> tuple[Masthead, bool]:
    """Session, agenda item, and the line with place and dates of the meeting."""
    found = AGENDA_ITEM.search(text)
    if found:
        return replace(head, agenda_item=item_number(found)), True
    session = session_of(text)
    if session and not head.session:
        return replace(head, session=session), True
    if _REISSUED.search(text):
        return head, True
    dates = date_range(text)
    if dates and not head.meeting_dates:
        place = dates.rest.strip(" ,，、،*")
        if len(place) < LONGEST_PLACE and not place[:1].islower() and not _NO_PLACE.search(place):
            return replace(head, meeting_dates=(dates.first, dates.last), place=place), True
    second = head.symbol and _SYMBOL.fullmatch(text)  # a document of two bodies; its first symbol stands
    return head, bool(_UNITED_NATIONS.fullmatch(text.strip()) or second)


def item_number(found: re.Match[str]) -> str:
    """The agenda item, 6(a) for a sub-item."""
    number = next(group for group in found.groups() if group).translate(marks.DIGITS)
    return re.sub(r"\s", "", number)


def place_texts(head: Masthead, above: Sequence[Line], below: Sequence[Line]) -> Masthead:
    """Sort the remaining lines: bodies above the meeting's lines; agenda title, title and author below them."""
    bodies = merge_halves([line for line in above if not NOT_A_BODY.search(line.raw) and len(line.raw) < LONGEST_BODY])
    author = ""
    below = [line for line in below if not RESOLUTION_ADOPTED.match(line.raw)]
    if len(below) > 1 and ADDENDUM.match(below[-1].raw):
        below = below[:-1]
    if len(below) > 1 and AUTHOR.search(below[-1].raw):
        author, below = below[-1].raw, below[:-1]
    titles = merge_halves(below)
    if head.agenda_item and len(titles) > 1:
        agenda, title = " ".join(titles[:-1]), titles[-1]
    else:
        agenda, title = "", " ".join(titles)
    head = replace(
        head,
        parent_body=clean(bodies[0]) if len(bodies) > 1 else "",
        body=clean(" ".join(bodies[1:] or bodies)),
        agenda_title=clean(agenda),
        title=clean(title),
        author=clean(author),
    )
    return with_dates_of_title(head)


def merge_halves(lines: Sequence[Line]) -> list[str]:
    """Titles from lines: a line directly below another goes on with it; a line that starred texts end closes one."""
    merged: list[str] = []
    previous: Line | None = None
    for line in lines:
        below = previous is not None and line.gap == 0 and line.number == previous.number + 1
        if merged and previous is not None and below and not previous.raw.endswith("*"):
            merged[-1] = f"{merged[-1]} {line.raw}"
        else:
            merged.append(line.raw)
        previous = line
    return merged


def with_dates_of_title(head: Masthead) -> Masthead:
    """Where no line gives the meeting, a report's title does: 2015年8月31日至9月2日在维也纳举行的…会议报告."""
    if head.meeting_dates or not head.title:
        return head
    dates = date_range(head.title)
    if dates and dates.first == dates.last and not _HELD.search(head.title):
        return head  # one day is as likely that of a resolution
    if not dates:
        return head
    return replace(head, meeting_dates=(dates.first, dates.last), place=head.place or town_of_title(head.title))


def town_of_title(title: str) -> str:
    """Where the title says that the meeting was held: 在维也纳举行; "" where it does not."""
    found = _HELD_IN.search(title)
    town = next(filter(None, found.groups())) if found else ""
    return "" if _NO_TOWN.search(town) else town


def session_from_text(head: Masthead, texts: Sequence[str]) -> str:
    """The session from a sentence that gives it together with the meeting's own dates; "" otherwise."""
    if head.session or not head.meeting_dates:
        return head.session
    for text in texts:
        session = session_in(text, head.meeting_dates)
        if session:
            return session
    return ""


def clean(text: str) -> str:
    """A title without stars, note marks and the spaces that line ends left between Chinese characters."""
    text = _STARS.sub("", text)
    return _HAN_GAP.sub("", " ".join(text.split()))
