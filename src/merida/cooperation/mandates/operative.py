"""Reading the operative paragraphs of a resolution: who is asked, under which condition, by when. Pure.

The text is that of the resolution, one paragraph or lettered item a line (``4. Requests …``, ``(a) To …``); items that
run on in the line of their paragraph (``Requests it to: (a) …; (b) …``) are items as well. What comes
before the first number is its preamble and is not read. Asking verbs and addressees are those of rules.extraction,
dates those of rules.citations. A paragraph that asks nobody (it welcomes, recalls, decides) is kept and says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from merida.rules.citations.calendar_days import Calendar
from merida.rules.citations.dates import dates
from merida.rules.citations.mention import Passage
from merida.rules.extraction.run_on_items import mark, mark_start, marks
from merida.rules.extraction.word_lists import Grammar, grammar

LANGUAGES = ("en", "zh")
LONGEST_TEXT, MOST_PARAGRAPHS, LONGEST_PARAGRAPH, LONGEST_WORDS = 400_000, 500, 20_000, 300
WORDS, ITEM, NOBODY = "mandate.words", "mandate.item", "mandate.nobody"
_NUMBER = re.compile(r"\s{0,20}(\d{1,3})\s?[.．、]\s*(?=\S)", re.ASCII)
_ITEM = re.compile(r"\s{0,20}[(（]([a-z]|[ivx]{2,4})[)）]\s*(?=\S)")
_LEFT_TO_ITEMS: Final = (":", "：", ",", "，", " to")
_ADDRESSEES: Final = (
    ("SECRETARIAT", re.compile(r"secretariat|secretary-general|秘书处|秘书长", re.IGNORECASE)),
    ("UNODC", re.compile(r"UNODC|office|毒品和犯罪问题办公室|毒罪|该办公室", re.IGNORECASE)),
    ("WORKING_GROUP", re.compile(r"\bgroup\b|工作组|审议组|专家组", re.IGNORECASE)),
    ("DONORS", re.compile(r"donor|捐助", re.IGNORECASE)),
    ("CONFERENCE", re.compile(r"conference|commission|缔约国会议|缔约国大会|委员会", re.IGNORECASE)),
    ("STATES", re.compile(r"stat|part(?:y|ies)|governments|缔约国|缔约方|会员国|成员国|各国|国家", re.IGNORECASE)),
    ("ORGANISATIONS", re.compile(r"organi[sz]ation|组织", re.IGNORECASE)),
)
_CONDITIONS: Final = (
    (
        "EXTRABUDGETARY",
        re.compile(
            r"subject to [^,.;]{0,80}(?:resources|contributions)"
            r"|在[^，。；]{0,20}预算外资源[^，。；]{0,12}|预算外(?:资源|资金|捐款)[^，。；]{0,12}",
            re.IGNORECASE,
        ),
    ),
    (
        "EXISTING_RESOURCES",
        re.compile(
            r"within (?:its |the )?(?:existing|available) [^,.;]{0,40}resources|现有资源[^，。；]{0,8}", re.IGNORECASE
        ),
    ),
    (
        "ON_REQUEST",
        re.compile(r"(?:up)?on (?:their )?request|应[^，。；]{0,6}请求|根据[^，。；]{0,6}请求", re.IGNORECASE),
    ),
)
_BEFORE_DATE = re.compile(
    r"(?:\b(?:no|not) later than|\bby|\bbefore|\buntil|不迟于|至迟于|最迟)\s{0,3}(?:the end of\s)?$", re.IGNORECASE
)
_AFTER_DATE = re.compile(r"\s{0,2}(?:之前|以前|前|底前)")
_SESSION = re.compile(
    r"\b(?:to|at|before) (?:the Conference (?:of the States Parties )?(?:to the Convention )?at )?"
    r"its (?:\w+ ){0,2}sessions?\b"
    r"|(?:向|在)[^，。；]{0,16}第[一二三四五六七八九十]{1,3}届会议",
    re.IGNORECASE,
)


class OperativeTextError(ValueError):
    """The text cannot be read as a resolution's; ``code`` says why: EMPTY, TOO_LONG, NO_NUMBERS, LANGUAGE."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True, slots=True)
class Operative:
    """What one operative paragraph, or item, asks of one addressee (a code, "" where it asks nobody)."""

    number: str
    text: str
    addressee: str = ""
    condition: str = ""
    condition_words: str = ""
    due: date | None = None
    due_words: str = ""
    rule: str = NOBODY


@dataclass(frozen=True, slots=True)
class _Piece:
    number: str
    text: str
    introduction: str = ""


def operative_paragraphs(text: str, *, language: str) -> tuple[Operative, ...]:
    """The operative paragraphs of a resolution's text in English or Chinese. Raises OperativeTextError."""
    if language not in LANGUAGES:
        raise OperativeTextError("LANGUAGE", f"resolutions are read in English and Chinese, not in {language!r}")
    if not text.strip():
        raise OperativeTextError("EMPTY", "there is no text")
    if len(text) > LONGEST_TEXT:
        raise OperativeTextError("TOO_LONG", f"the text has more than {LONGEST_TEXT} characters")
    pieces = list(_pieces(text))
    if not pieces:
        raise OperativeTextError("NO_NUMBERS", "no line begins with a number, as operative paragraphs do (“1. …”)")
    if len(pieces) > MOST_PARAGRAPHS or any(len(one.text) > LONGEST_PARAGRAPH for one in pieces):
        raise OperativeTextError("TOO_LONG", f"more than {MOST_PARAGRAPHS} paragraphs, or one that is too long")
    words = grammar(language)
    return tuple(asked for one in pieces for asked in _asked(one, words, language))


def _pieces(text: str) -> Iterator[_Piece]:
    """Paragraphs and items with their text joined; an introduction with items is left to them."""
    read: list[tuple[str, str, list[str]]] = []  # number, item, lines
    for line in text.splitlines():
        number, item = _NUMBER.match(line), _ITEM.match(line)
        if number and int(number[1]) > 0:
            read.append((number[1], "", [line[number.end() :].strip()]))
        elif item and read:
            read.append((read[-1][0], item[1], [line[item.end() :].strip()]))
        elif read and line.strip():
            read[-1][2].append(line.strip())
    found = [piece for number, item, lines in read for piece in _items_apart(number, item, _joined(lines))]
    introduction = ""
    for at, (number_text, item_text, words) in enumerate(found):
        if not item_text:
            introduction = words
            has_items = at + 1 < len(found) and found[at + 1][1] != ""
            if has_items and words.endswith(_LEFT_TO_ITEMS):
                continue
        yield _Piece(
            f"{number_text}({item_text})" if item_text else number_text, words, introduction if item_text else ""
        )


def _items_apart(number: str, item: str, words: str) -> Iterator[tuple[str, str, str]]:
    """A paragraph with the items that run on in it, at least two in their order; anything else as it is."""
    listed = [] if item else marks(words)
    if not listed:
        yield number, item, words
        return
    yield number, "", words[: mark_start(listed[0])].rstrip()
    ends = [after.start() + 1 for after in listed[1:]]
    for one, end in zip(listed, [*ends, len(words)], strict=True):
        yield number, mark(one), words[one.end() : end]


def _joined(lines: Sequence[str]) -> str:
    han = any("\u4e00" <= sign <= "\u9fff" for sign in lines[0])
    return ("" if han else " ").join(lines)


def _asked(piece: _Piece, words: Grammar, language: str) -> Iterator[Operative]:
    whole = f"{piece.introduction} {piece.text}".strip()
    said: dict[str, str] = {}
    for match, span in _clauses(whole, list(words["asks"].finditer(whole))):
        for code in _codes(match):
            said.setdefault(code, span)
    if not said:
        yield Operative(piece.number, piece.text)
    for code, span in said.items():
        condition, condition_words = _condition(span, words)
        due, due_words = _due(span, language)
        rule = ITEM if piece.introduction else WORDS
        yield Operative(piece.number, piece.text, code, condition, condition_words, due, due_words, rule)


def _clauses(text: str, asks: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Each verb that asks with the words it governs: up to the next one; the whole text where it is alone."""
    for at, match in enumerate(asks):
        start = match.start() if at else 0
        stop = asks[at + 1].start() if at + 1 < len(asks) else len(text)
        yield match, text[start:stop]


def _codes(match: re.Match[str]) -> Iterator[str]:
    named = f"{match['who'] or ''} {match.groupdict().get('more') or ''}"
    found = [code for code, pattern in _ADDRESSEES if pattern.search(named)]
    yield from found or ["OTHER"]


def _condition(text: str, words: Grammar) -> tuple[str, str]:
    for code, pattern in _CONDITIONS:
        match = pattern.search(text)
        if match:
            return code, match.group().strip()[:LONGEST_WORDS]
    match = words["condition"].search(text)
    return ("OTHER", match.group().strip()[:LONGEST_WORDS]) if match else ("", "")


def _due(text: str, language: str) -> tuple[date | None, str]:
    """The day until which something is to be done, and the words; a session without a date has words only."""
    for mention in dates(Passage("text", text, "PARAGRAPH"), language=language, calendar=Calendar()):
        before = _BEFORE_DATE.search(text[max(0, mention.start - 40) : mention.start])
        after = _AFTER_DATE.match(text, mention.end)
        if before or after:
            start = mention.start - (len(before.group()) if before else 0)
            stop = after.end() if after else mention.end
            return _last_day(mention.key), text[start:stop].strip()[:LONGEST_WORDS]
    session = _SESSION.search(text)
    return None, session.group().strip()[:LONGEST_WORDS] if session else ""


def _last_day(key: str) -> date | None:
    try:
        return date.fromisoformat(key.rpartition("/")[2])
    except ValueError:  # a month or a year: no single day is meant
        return None
