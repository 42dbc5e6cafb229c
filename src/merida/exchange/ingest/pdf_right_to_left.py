"""Lines with Arabic letters, from the places of their signs back to the order in which they are read. Pure.

A file shows such a line from left to right and says little of how it is read. What the Unicode bidirectional algorithm
(UAX 9) does to show a line is undone: letters from the right, Latin words and numbers from the left, brackets turned.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

#: Letters and signs of scripts that run from right to left; the digits of Arabic do not.
RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u05ff\u0600-\u0607\u060b-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
)
_LAM, _ALIFS = "\u0644", frozenset("\u0622\u0623\u0625\u0627\u0671")
_WITHIN_NUMBERS = frozenset("./:,\u066a\u066b\u066c%")
_TURNED = str.maketrans("()[]{}«»‹›", ")(][}{»«›‹")
_PAIRS = {sign: pair for pair in ("()", "[]", "{}", "«»", "‹›") for sign in pair}
_BRACKETS = re.compile(r"[()\[\]{}«»‹›]")


def is_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left."""
    return len(RIGHT_TO_LEFT.findall(text)) * 2 > sum(map(str.isalpha, text))


def one_glyph(letters: str) -> str:
    """The letters that one sign shows together: lam before alif, a vowel sign after its letter."""
    carriers = [letter for letter in letters if not unicodedata.combining(letter)]
    signs = [letter for letter in letters if unicodedata.combining(letter)]
    if len(carriers) == 2 and carriers[0] in _ALIFS and carriers[1] == _LAM:  # noqa: PLR2004 (a pair)
        carriers.reverse()
    return "".join(carriers + signs)


def as_read(shown: Sequence[str], *, from_right: bool) -> str:
    """The texts of a line, given from left to right with the spaces between them, in the order of reading.

    ``from_right``: the line as a whole runs from right to left.
    """
    kinds = [_kind(text) for text in shown]
    runs = _runs(kinds, _left_to_right(shown, kinds)) if from_right else _runs(kinds, _right_to_left(kinds))
    pieces: list[str] = []
    for start, end in reversed(runs) if from_right else runs:
        run = shown[start:end]
        pieces += run if from_right or end == start + 1 else reversed(run)
    return "".join(pieces)


def _kind(text: str) -> str:
    if RIGHT_TO_LEFT.search(text):
        return "R"
    if any(character.isalpha() for character in text):
        return "L"
    return "N" if any(character.isdigit() for character in text) else " " if text.isspace() else "o"


def _runs(kinds: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that keep their own order, and each of the other places alone."""
    runs: list[tuple[int, int]] = []
    at = 0
    for start, end in spans:
        runs += [(place, place + 1) for place in range(at, start)]
        runs.append((start, end))
        at = end
    return [*runs, *((place, place + 1) for place in range(at, len(kinds)))]


def _left_to_right(shown: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Where words of the other direction and numbers stand in a line from right to left."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(kinds):
        if kinds[at] not in "LN":
            at += 1
            continue
        end = _end_of_words(kinds, at)
        if end == at:
            end = _end_while(at, lambda place: kinds[place] == "N" or shown[place] in _WITHIN_NUMBERS, len(kinds))
            while kinds[end - 1] != "N":
                end -= 1
        spans.append((at, end))
        at = end
    return spans


def _end_of_words(kinds: Sequence[str], start: int) -> int:
    """The end of words that begin at a place: up to the last Latin letter, and numbers that hang on it."""
    stop = _end_while(start, lambda place: kinds[place] != "R", len(kinds))
    last = max((place for place in range(start, stop) if kinds[place] == "L"), default=-1)
    first = next((place for place in range(start, stop) if kinds[place] in "L "), stop)
    if last < 0 or kinds[first] == " ":  # a number of its own stands before
        return start
    hanging = _end_while(last, lambda place: kinds[place] != " ", stop)
    numbers = max((place for place in range(last, hanging) if kinds[place] == "N"), default=last)
    return numbers + 1


def _right_to_left(kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Where Arabic words stand in a line from left to right."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(kinds):
        if kinds[at] != "R":
            at += 1
            continue
        stop = _end_while(at, lambda place: kinds[place] not in "LN", len(kinds))
        while kinds[stop - 1] != "R":
            stop -= 1
        spans.append((at, stop))
        at = stop
    return spans


def _end_while(start: int, holds: Callable[[int], bool], stop: int) -> int:
    return next((place for place in range(start, stop) if not holds(place)), stop)


def with_brackets(texts: Sequence[str]) -> list[str]:
    """The lines of a page with brackets that open where they are read first; files store some or all mirrored.

    A line whose brackets match neither as they are nor mirrored opens and closes them in turn. Where one line cannot
    tell, the others of the page do.
    """
    arabic = [is_right_to_left(text) for text in texts]
    told = [_reading(text) if right else text for text, right in zip(texts, arabic, strict=True)]
    mirrored = sum(new is not None and new != text for new, text in zip(told, texts, strict=True))
    kept = sum(
        right and new == text and bool(_BRACKETS.search(text))
        for new, text, right in zip(told, texts, arabic, strict=True)
    )
    return [
        new if new is not None else text.translate(_TURNED) if mirrored > kept else text
        for new, text in zip(told, texts, strict=True)
    ]


def _reading(text: str) -> str | None:
    """A line with its brackets as they are read, None where the line alone cannot tell."""
    for tried in (text, text.translate(_TURNED)):
        if _match(tried):
            return tried
    if len(_BRACKETS.findall(text)) % 2:
        return None
    turns = iter(range(len(text)))
    return _BRACKETS.sub(lambda found: _PAIRS[found[0]][next(turns) % 2], text)


def _match(text: str) -> bool:
    """Whether every bracket that opens is closed after it."""
    depth = 0
    for found in _BRACKETS.findall(text):
        depth += 1 if found == _PAIRS[found][0] else -1
        if depth < 0:
            return False
    return depth == 0
