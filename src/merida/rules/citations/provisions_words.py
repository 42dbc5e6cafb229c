"""Articles and chapters of treaties in French, Spanish, Russian and Arabic, each tied to the treaty that is meant."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from merida.rules.citations.by_language import ByLanguage
from merida.rules.citations.mention import Mention
from merida.rules.citations.numerals import COUNTED, number, roman
from merida.rules.citations.provision_parts import (
    MANY,
    NEAR,
    is_kept,
    left_out,
    letters_left_out,
    meant,
    numbered,
    provision,
    spread,
)
from merida.rules.citations.reading import Reading
from merida.rules.citations.treaties import Named

_NUMBER = r"\d{1,3}(?![\d/])"
_LATIN: Final = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"}
_CYRILLIC: Final = dict(zip("абвгдежз", "abcdefgh", strict=True)) | {"с": "c", "е": "e"}
_ARABIC: Final = dict(zip("أبجدهوزحطيكلم", "abcdefghijklm", strict=True))
_LETTERS: Final = _LATIN | _CYRILLIC | _ARABIC
_ARABIC_ORDINALS: Final = {word: value for value, word in enumerate(COUNTED["ar"], 1)}
_LAST_CHAPTER = 20


@dataclass(frozen=True, slots=True)
class Words:
    """How one language cites: nouns, joining words, the link to the treaty, and the laws that are none of ours."""

    stems: tuple[str, ...]
    article: str
    paragraph: str
    item: str
    letter: str
    join: str
    of_article: str
    of_paragraph: str
    of_treaty: str
    other_law: str
    chapter: str
    chapter_number: str = r"[IVX]{1,5}\b"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns of one language."""

    articles: re.Pattern[str]
    before: re.Pattern[str]
    one: re.Pattern[str]
    part: re.Pattern[str]
    items: re.Pattern[str]
    chapters: re.Pattern[str]
    chapter: re.Pattern[str]
    of_treaty: re.Pattern[str]
    other_law: re.Pattern[str]


_FR = Words(
    stems=("rticle", "rt. ", "hapitre"),
    article=r"\b[Aa]rt(?:icles?|s?\.)",
    paragraph=r"\b(?:paragraphes?|par\.)",
    item=r"\b(?:alinéas?|al\.)",
    letter=r"\(?[a-z]\)",
    join=r"(?:,?\s{1,3}(?:et|ou|à)\s{1,3}|,\s{1,3}|\s?[-–]\s?)",
    of_article=r"(?:de\s{1,3}l['’]|des\s{1,3}|de\s{1,3})",
    of_paragraph=r"(?:du|des|de)\s{1,3}",
    of_treaty=r",?\s{1,3}(?:de|du|des|à)\b",
    other_law=r",?\s{1,3}(?:du|de la|de l['’]|des|de son|de sa|de leur|d['’]une?)\s{0,3}(?:[\w'’-]+\s{1,3}){0,3}?"
    r"(?:[Cc]ode|[Cc]onstitution|[Ll]ois?"
    r"|[Rr]èglement|[Cc]harte|[Ss]tatuts?|[Dd]écret|[Oo]rdonnance|[Dd]éclaration|[Pp]acte|[Dd]irective|[Rr]apport|[Aa]ccord"
    r"|[Tt]raité|[Tt]ermes de référence|[Pp]rotocole)\b",
    chapter=r"\b[Cc]hapitres?",
)
_ES = Words(
    stems=("rtículo", "rt. ", "rts. ", "apítulo"),
    article=r"\b[Aa]rt(?:ículos?|s?\.)",
    paragraph=r"\b(?:párrafos?|párrs?\.)",
    item=r"\b(?:apartados?|incisos?|ap\.)",
    letter=r"\(?[a-z]\)",
    join=r"(?:,?\s{1,3}(?:y|e|o|u|a|al)\s{1,3}|,\s{1,3}|\s?[-–]\s?)",
    of_article=r"(?:del|de\s{1,3}los|de)\s{1,3}",
    of_paragraph=r"(?:del|de\s{1,3}los|de)\s{1,3}",
    of_treaty=r",?\s{1,3}(?:de|del)\b",
    other_law=r",?\s{1,3}(?:del|de la|de las|de los|de su|de sus|de un|de una)\s{1,3}(?:[\w-]+\s{1,3}){0,3}?"
    r"(?:[Cc]ódigo|[Cc]onstitución|[Ll]ey(?:es)?"
    r"|[Rr]eglamento|[Cc]arta|[Ee]statuto|[Dd]ecreto|[Oo]rdenanza|[Dd]eclaración|[Pp]acto|[Dd]irectiva|[Ii]nforme|[Aa]cuerdo"
    r"|[Tt]ratado|[Tt]érminos de referencia|[Pp]rotocolo)\b",
    chapter=r"\b[Cc]apítulos?",
)
_RU = Words(
    stems=("тать", "ст. ", "лав"),
    article=r"\b[Сс]т(?:ать(?:я|и|е|ю|ей|ёй|ям|ях|ями)|\.)",
    paragraph=r"\b(?:пункт(?:а|у|ом|е|ы|ов|ам|ах|ами)?|пп?\.)",
    item=r"\b(?:подпункт(?:а|у|ом|е|ы|ов|ам|ах|ами)?)",
    letter=r"\(?[a-zа-з]\)",
    join=r"(?:,?\s{1,3}(?:и|или|по|до)\s{1,3}|,\s{1,3}|\s?[-–]\s?)",
    of_article=r"",
    of_paragraph=r"",
    of_treaty=r",?(?=\s)",
    other_law=r",?\s{1,3}(?:[\w-]+\s{1,3}){0,3}?(?:[Кк]одекс|[Кк]онституци|[Зз]акон|[Уу]став|[Пп]равил|[Пп]оложени|[Дд]екларац|[Пп]акт|[Дд]оклад"
    r"|[Уу]каз|[Сс]оглашени|[Дд]оговор|[Кк]руг|[Дд]иректив|[Пп]ротокол)\w{0,4}",
    chapter=r"\b[Гг]лав(?:а|ы|е|у|ой|ам|ах|ами|)\b",
)
_AR = Words(
    stems=("ماد", "مواد", "فصل", "فصول"),
    article=r"(?:ال?|لل|بال|وال)?(?:ماد(?:ة|تين|تان)|مواد(?:\s{1,3}من(?=\s{1,3}\d))?)",
    paragraph=r"(?:ال|لل|بال|وال)?فقر(?:ة|تين|تان|ات)(?! الفرعية)",
    item=r"(?:ال|لل|بال|وال)?فقر(?:ة|تين|تان|ات) الفرعي(?:ة|تين|تان)",
    letter=r"\([أ-ي]\)",
    join=r"(?:\s{0,3}،\s{0,3}و?|\s{1,3}و\s{0,3}|\s{1,3}(?:أو|إلى)\s{1,3}|\s?[-–]\s?)",
    of_article=r"من\s{1,3}",
    of_paragraph=r"من\s{1,3}",
    of_treaty=r"،?\s{1,3}من\b",
    other_law=r"،?\s{1,3}من\s{1,3}(?:\w+\s{1,3}){0,2}?(?:ال)?(?:قانون|قوانين|دستور|نظام|ميثاق|مرسوم|إعلان|عهد|تقرير|مدونة|لائحة"
    r"|اتفاق|معاهدة|اختصاصات|إطار المرجعي|بروتوكول)\b",
    chapter=r"(?:ال|لل|بال|وال)?(?:فصل(?:ين|ان)?|فصول)",
    chapter_number=rf"(?:{'|'.join(_ARABIC_ORDINALS)}|[IVX]{{1,5}}\b)",
)


def _compiled(language: str) -> Patterns:
    words = _WORDS[language]
    space = r"\s{1,3}"
    one = rf"{_NUMBER}(?:\s?\(\d{{1,2}}\))?(?:\s?{words.letter})?"
    more = rf"(?:{one}|\(\d{{1,2}}\)(?:\s?{words.letter})?|{words.letter})"
    part = rf"(?:{_NUMBER}(?:\s?{words.letter})?|{words.letter})"
    lettered = rf"(?:\s?|,?{space}{words.item}{space})"  # "párrafo 2 b)", "párrafo 2, apartado b)"
    parts = rf"{_NUMBER}(?:{lettered}{words.letter})?(?:{words.join}{part}){MANY}"
    items = rf"{words.letter}(?:{words.join}{words.letter}){MANY}"
    title = r"(?:\s?\([^()]{1,80}\))?"  # chapters II (Preventive measures) and V (Asset recovery)
    chapters = rf"{words.chapter_number}(?:{title}{words.join}{words.chapter_number}){MANY}"
    return Patterns(
        articles=re.compile(
            rf"{words.article}{space}(?P<numbers>{one}(?:{words.join}{more}){MANY})(?:[,،]?{space}{words.paragraph}{space}(?P<after>{parts}))?"
        ),
        before=re.compile(
            rf"(?:{words.item}{space}(?P<items>{items}){space}{words.of_paragraph})?"
            rf"{words.paragraph}{space}(?P<parts>{parts}),?{space}{words.of_article}$"
        ),
        one=re.compile(
            rf"(?:(?P<article>{_NUMBER})(?:\s?\((?P<paragraph>\d{{1,2}})\))?|\((?P<more>\d{{1,2}})\))"
            rf"(?:\s?(?P<letter>{words.letter}))?|(?P<item>{words.letter})"
        ),
        part=re.compile(rf"(?P<number>{_NUMBER})(?:{lettered}(?P<letter>{words.letter}))?|(?P<item>{words.letter})"),
        items=re.compile(words.letter),
        chapters=re.compile(rf"{words.chapter}{space}(?P<list>{chapters})"),
        chapter=re.compile(words.chapter_number),
        of_treaty=re.compile(words.of_treaty),
        other_law=re.compile(words.other_law),
    )


_WORDS = {"fr": _FR, "es": _ES, "ru": _RU, "ar": _AR}
_PATTERNS = ByLanguage(_WORDS, _compiled)


def _letter(printed: str) -> str:
    return _LETTERS.get(printed.strip("() "), "")


def _details(pattern: re.Pattern[str], text: str) -> list[str]:
    """Suffixes of an article from its paragraphs: ``1 c) et d), 3`` gives (1)(c), (1)(d), (3)."""
    details: list[str] = []
    value, ended, bare, last = 0, 0, False, ""
    for match in pattern.finditer(text):
        between = text[ended : match.start()]
        if match["item"]:
            if bare:
                details.pop()
            letter = _letter(match["item"])
            details += [f"({value})({each})" for each in letters_left_out(last, letter, between)]
            details.append(f"({value})({letter})")
            bare, last = False, letter
        else:
            first, value = value, int(match["number"])
            details += [f"({each})" for each in left_out(first, value, between)] if bare else []
            last = _letter(match["letter"] or "")
            bare = not last
            details.append(f"({value})" + (f"({last})" if last else ""))
        ended = match.end()
    return details


def _articles(match: re.Match[str], front: re.Match[str] | None, patterns: Patterns) -> list[str]:
    """The articles that a citation lists, ranges spread, with paragraphs and items."""
    articles = numbered(patterns.one.finditer(match["numbers"]), _letter)
    if ")" in match["numbers"]:
        return articles
    details = _details(patterns.part, front["parts"] if front else match["after"] or "")
    if front and front["items"] and len(details) == 1:
        details = [f"{details[0]}({_letter(each.group())})" for each in patterns.items.finditer(front["items"])]
    if not details:
        return articles
    if front:  # paragraph 3 of article 6 and 7: the paragraph is the first article's
        return [*(articles[0] + detail for detail in details), *articles[1:]]
    return [*articles[:-1], *(articles[-1] + detail for detail in details)]


def _owner(reading: Reading, index: int, span: tuple[int, int], patterns: Patterns) -> str:
    """The instrument named behind a citation, "" for another text's, else the Convention that is meant."""
    text = reading.passages[index].text
    named = reading.treaties_in(index)
    law = patterns.other_law.match(text, span[1])
    near = _behind(named, span[1])
    linked = near and patterns.of_treaty.match(text, span[1]) and "." not in text[span[1] : near.start]
    if near and linked and not (law and law.end() <= near.start):
        return reading.treaty_named(index, near)
    return "" if law else meant(reading, index, span[0])


def _behind(named: list[Named], position: int) -> Named | None:
    first = bisect_left(named, position, key=lambda each: each.start)
    return next((each for each in named[first : first + 1] if each.start - position <= NEAR), None)


def provisions_in_words(reading: Reading, index: int) -> Iterator[Mention]:
    """Treaty articles and chapters named in one passage of a French, Spanish, Russian or Arabic document."""
    passage, language = reading.passages[index], reading.language
    text = passage.text
    if language not in _WORDS or not any(map(text.__contains__, _WORDS[language].stems)):
        return
    patterns = _PATTERNS[language]
    for match in patterns.articles.finditer(text):
        front = patterns.before.search(text, max(0, match.start() - NEAR), match.start())
        span = (front.start() if front else match.start(), match.end())
        code = _owner(reading, index, span, patterns)
        articles = _articles(match, front, patterns) if is_kept(code) else []
        rule = f"provision.{language}." + ("list" if len(articles) > 1 else "one")
        for article in articles:
            yield provision(passage, f"{code} {article}", span, rule)
    for match in patterns.chapters.finditer(text):
        code = _owner(reading, index, match.span(), patterns)
        for value in _chapters(match, patterns) if is_kept(code) else ():
            yield provision(passage, f"{code} chapter {roman(value)}", match.span(), f"chapter.{language}")


def _chapters(match: re.Match[str], patterns: Patterns) -> list[int]:
    """The chapters that a citation lists, [] where a number cannot be a chapter's."""
    printed = list(patterns.chapter.finditer(match["list"]))
    values = [_ARABIC_ORDINALS.get(each.group()) or number(each.group()) or 0 for each in printed]
    if not all(1 <= value <= _LAST_CHAPTER for value in values):
        return []
    return spread(values, match["list"], [each.span() for each in printed])
