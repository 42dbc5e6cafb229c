"""Figures of a passage: numbers of something, as printed, with what is counted and to which day."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from sys import maxsize

from merida.rules.citations.numerals import chinese_number
from merida.rules.extraction.about import About
from merida.rules.extraction.facts import Figure
from merida.rules.extraction.text import Span, Text, sentences, within
from merida.rules.extraction.word_lists import Grammar

_PASSAGES = frozenset({"PARAGRAPH", "ITEM"})
_QUALIFIERS = ("more_than", "nearly", "at_least", "about")
_COUNTED_BEFORE = 16  # signs of a noun in Chinese; in a longer stretch it stands behind the last 的
_LONGEST_COUNTED = 60
_SHARE_REACH = 48
_REACH = 300  # as far as a sentence of ordinary length reaches back
_PER_CENT = re.compile(r"％|per cent|pour cent|por ciento|процент\w*|في المائة", re.IGNORECASE)
_MONEY = {"$": "dollars", "€": "euros", "£": "pounds"}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_MILLIONS = {  # before what is counted
    **dict.fromkeys(
        ("million ", "millions de ", "millions d’", "million de ", "millones de ", "millón de "), 1_000_000
    ),
    **dict.fromkeys(("млн ", "миллиона ", "миллионов ", "миллион ", "مليون ", "ملايين "), 1_000_000),
    **dict.fromkeys(("billion ", "milliards de ", "mil millones de ", "млрд ", "миллиарда ", "مليار "), 1_000_000_000),
}
_POINTS = frozenset({"zh", "en"})  # 1,250.5 here, 1 250,5 or 1.250,5 elsewhere
_DIGITS = re.compile(r"[0-9]{1,3}(?:[,\u00a0\u202f ][0-9]{3})+|[0-9]+(?:\.[0-9]+)?")
_DIGITS_WITH_COMMA = re.compile(r"[0-9]{1,3}(?:[.\u00a0\u202f ][0-9]{3})+|[0-9]+(?:,[0-9]+)?")
_GAPS = str.maketrans("", "", ",\u00a0\u202f ")
_GAPS_WITH_POINT = str.maketrans("", "", ".\u00a0\u202f ")


def figures(text: Text, grammar: Grammar, about: About | None = None) -> Iterator[Figure]:
    """The figures of a passage, with its themes. Ordinals, dates, provisions and numbers inside names are none."""
    if text.kind not in _PASSAGES:
        return
    starts = [start for start, _ in text.fixed]
    before: Figure | None = None
    glued = grammar["figure_glued"].match  # one sign
    for match in _numbers(text.text, grammar):
        number = match.start("n")
        at = bisect_right(starts, number) - 1
        if (at >= 0 and text.fixed[at][1] > number) or (
            number and glued(text.text, number - 1) and match.start() == number
        ):
            continue
        sentence = _around(sentences(text.text, grammar), number)
        figure = _figure(text, match, sentence, (grammar, about or About(text, grammar)))
        if figure:
            before = figure = _part_of(figure, before, text.text, sentence, grammar)
            yield figure


def _numbers(text: str, grammar: Grammar) -> Iterable[re.Match[str]]:
    """Numbers that may be figures, in order: with what they count behind them, or behind a sign of money."""
    found = grammar["figure"].finditer(text)
    if "$" not in text and "€" not in text and "£" not in text:
        return found
    sums = list(grammar["money"].finditer(text))
    taken = {match.start("n") for match in sums}  # "$ 280 were" is read once
    return sorted((*sums, *(match for match in found if match.start("n") not in taken)), key=re.Match.start)


def _part_of(figure: Figure, before: Figure | None, text: str, sentence: Span, grammar: Grammar) -> Figure:
    """A sum that is part of one before it in the sentence ("including $900 in 2018") counts what that one counts."""
    if before is None or not figure.unit or figure.unit != before.unit or before.start < sentence[0]:
        return figure
    included = grammar.before("part_of_sum", text, figure.start, start=before.end, reach=40)
    return figure._replace(counted=before.counted) if included else figure


def _around(spans: Sequence[Span], place: int) -> Span:
    return spans[max(0, bisect_right(spans, (place, maxsize)) - 1)]


def _figure(text: Text, match: re.Match[str], sentence: Span, by: tuple[Grammar, About]) -> Figure | None:
    grammar, about = by
    printed, start = match["n"], match.start()
    in_words = not printed[0].isdecimal()
    value = _value(printed, grammar)
    if not value or _refused(text.text, match, sentence, grammar, in_words=in_words):
        return None
    unit = _PER_CENT.sub("%", match["unit"] or "")
    if (sign := text.text[match.start()]) in _MONEY:
        unit = f"{unit} {_MONEY[sign]}".strip()
    counted = _counted(text.text, match, sentence, grammar)
    if (scale := next((word for word in _MILLIONS if counted.startswith(word)), "")) and not unit:
        value, counted = f"{Decimal(value) * _MILLIONS[scale]:f}".partition(".")[0], counted.removeprefix(scale)
    return Figure(
        text.at,
        value,
        counted,
        unit,
        _qualifier(text.text, match, sentence, grammar),
        _as_of(text, start, sentence, grammar),
        start,
        match.end(),
        "figure.words" if in_words else "figure.digits",
        about.passage(),
    )


def _value(printed: str, grammar: Grammar) -> str:
    """The number in digits, "" for one and for what is no number."""
    if printed[-1] in _SCALES:
        value = _value(printed[:-1].rstrip(), grammar) or ("1" if printed[:-1] in {"一", "1"} else "")
        return f"{Decimal(value) * _SCALES[printed[-1]]:f}".partition(".")[0] if value else ""
    if printed[0].isdecimal():
        digits = _DIGITS if grammar.language in _POINTS else _DIGITS_WITH_COMMA
        if not digits.fullmatch(printed):
            return ""
        grouped = printed.translate(_GAPS if grammar.language in _POINTS else _GAPS_WITH_POINT)
        return grouped.replace(",", ".")
    if grammar.language == "zh":
        number = chinese_number(printed)
        return str(number) if number and number > 1 else ""
    tens, _, units = printed.lower().partition("-")
    value = grammar.numbers.get(tens, "")
    return str(int(value) + _units(units, grammar)) if units and value else value


def _units(word: str, grammar: Grammar) -> int:
    """The second part of "thirty-three"."""
    return 1 if word == "one" else int(grammar.numbers.get(word, "0"))


def _refused(text: str, match: re.Match[str], sentence: Span, grammar: Grammar, *, in_words: bool) -> bool:
    """Whether a number counts nothing: part of a definite group, of an abstract "two questions", or only asked for."""
    start = match.start()
    if not match["unit"] and grammar.before("figure_refused_before", text, start, start=sentence[0]):
        return grammar["share_of_whole"].match(text, match.end(), sentence[1]) is None
    if grammar["figure_unit_refused"].match(text, match.end()):
        return True
    if not in_words:
        return False
    if grammar.before("figure_definite_before", text, start, start=sentence[0]):
        return True
    if grammar["figure_refused_after"].match(text, match.end()) and not _share(text, start, sentence, grammar):
        return True
    return grammar.search("mandated", text, max(sentence[0], start - _REACH), start) is not None


def _counted(text: str, match: re.Match[str], sentence: Span, grammar: Grammar) -> str:
    """The words behind the number; where none follow, those that it shares with a later number, or stand before it."""
    for name in ("counted", "counted_shared"):
        behind = grammar[name].match(text, match.end(), sentence[1])
        if behind and behind["what"].strip():
            return behind["what"].strip()
    if share := _share(text, match.start(), sentence, grammar):
        return share["what"].strip()
    if grammar["counter_is_counted"].fullmatch(match["counter"] or "") and not _said_of(text, match, sentence, grammar):
        return match["counter"]
    before = _counted_before(text, (sentence[0], match.start()), grammar)
    return match["counter"] or "" if grammar["counted_unfinished"].search(before) else before


def _share(text: str, start: int, sentence: Span, grammar: Grammar) -> re.Match[str] | None:
    """The whole that a number is part of: "of the nine offices, four have …" counts offices."""
    return grammar["share_part"].search(text, max(sentence[0], start - _SHARE_REACH), start)


def _said_of(text: str, match: re.Match[str], sentence: Span, grammar: Grammar) -> bool:
    """Whether a verb before a number says what is counted ("the users are 40"): else its counter does ("40 people")."""
    end = sentence[0] + len(text[sentence[0] : match.start()].rstrip())
    start = max(sentence[0], end - _REACH)
    verb = next(reversed(list(grammar["counted_verb"].finditer(text, start, end))), None)
    if verb is None or verb.end() < end:
        return False
    return verb.start() > sentence[0] and grammar["clause_end"].match(text, verb.start() - 1) is None


def _counted_before(text: str, span: Span, grammar: Grammar) -> str:
    """The noun before "reached 118": without the verb, from the last mark, number or "noted that" before it."""
    start, end = max(span[0], span[1] - _REACH), span[1]
    verb = next(reversed(list(grammar["counted_verb"].finditer(text, start, end))), None)
    if verb and verb.end() == end:
        end = verb.start()
    found = ""
    for opening in grammar["counted_opening"].finditer(text, start, end):
        found = text[start : opening.start()].strip() or found
        start = opening.end()
    found = text[start:end].strip() or found
    if number := grammar["counted_number_behind"].search(found):
        found = found[: number.start()]
    if len(found) > _COUNTED_BEFORE:
        found = found.rpartition("的")[2] or found
    return found[-_LONGEST_COUNTED:].strip()


def _qualifier(text: str, match: re.Match[str], sentence: Span, grammar: Grammar) -> str:
    if match["over"] or match["beyond"]:
        return "MORE_THAN"
    start = match.start()
    found = (name for name in _QUALIFIERS if grammar.before(name, text, start, start=sentence[0], reach=16))
    return next(found, "").upper()


def _as_of(text: Text, place: int, sentence: Span, grammar: Grammar) -> str:
    """The date that "as of" names in the sentence before the number, "" where there is none."""
    said = grammar["as_of"].search(text.text, max(sentence[0], place - _REACH), place)
    return next((date.key for date in within(text.dates, (said.end(), place))), "") if said else ""
