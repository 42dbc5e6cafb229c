"""Articles and chapters of treaties, each tied to the treaty that is meant; here those of Chinese and English text.

An article of a code, a law or of rules of procedure is never taken for an article of the Convention.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.numerals import item_letter, number, roman
from merida.rules.citations.provision_parts import (
    DIGITS,
    MANY,
    NEAR,
    RANGE_WORDS,
    is_kept,
    left_out,
    letters_left_out,
    meant,
    numbered,
    provision,
    spread,
)
from merida.rules.citations.provisions_words import provisions_in_words
from merida.rules.citations.reading import Reading
from merida.rules.citations.treaties import Named

_ITEM = r"(?:[(（][a-z一二三四五六七八九十][)）]|[㈠-㈩]|(?<=第)[a-z](?=\s{0,6}项))"
_ZH_JOIN = r"(?:\s{0,6}(?:[、，,;；]|以及|[及和与或至到]|[-–—])){1,3}\s{0,6}"
_ZH_NUMBERS = rf"{DIGITS}(?:\s{{0,6}}[、和及与至-]\s{{0,6}}{DIGITS}){MANY}"
_ZH_PARAGRAPH = rf"第\s{{0,6}}{_ZH_NUMBERS}\s{{0,6}}(?:[(（][a-z][)）]\s{{0,6}})?款"
_ZH_ITEMS = (
    rf"\s{{0,6}}第?\s{{0,6}}{_ITEM}\s{{0,6}}项?(?:\s{{0,6}}[、和及至-]\s{{0,6}}第?\s{{0,6}}{_ITEM}\s{{0,6}}项?){MANY}"
)
_ZH_PARAGRAPHS = (
    rf"{_ZH_PARAGRAPH}(?:{_ZH_ITEMS})?(?:\s{{0,6}}[、和及与至]\s{{0,6}}{_ZH_PARAGRAPH}(?:{_ZH_ITEMS})?){MANY}"
)
_ZH_DETAIL = rf"(?:\s{{0,6}}{_ZH_PARAGRAPHS}|{_ZH_ITEMS})?"
_ZH_ONE = rf"第\s{{0,6}}{_ZH_NUMBERS}\s{{0,6}}条{_ZH_DETAIL}"
_ZH_ARTICLES = re.compile(rf"{_ZH_ONE}(?:{_ZH_JOIN}{_ZH_ONE})*")
_ZH_ARTICLE = re.compile(rf"第\s{{0,6}}(?P<numbers>{_ZH_NUMBERS})\s{{0,6}}条(?P<detail>{_ZH_DETAIL})")
_ZH_NUMBER = re.compile(DIGITS)
_ZH_PART = re.compile(rf"(?P<item>{_ITEM})|(?P<number>{DIGITS})\s{{0,6}}(?:[(（](?P<letter>[a-z])[)）])?")
_ZH_CHAPTER = rf"{DIGITS}(?:\s{{0,6}}[、和及与至到-]\s{{0,6}}第?\s{{0,6}}{DIGITS}){MANY}\s{{0,6}}章"
_ZH_CHAPTERS = re.compile(rf"第\s{{0,6}}{_ZH_CHAPTER}(?:(?:{_ZH_JOIN})第?\s{{0,6}}{_ZH_CHAPTER}){MANY}")
_ZH_OTHER_LAW = re.compile(
    r"(?:法|法典|法令|法律|条例|规则|细则|章程|协定|协议|宣言|原则|决议|守则|准则|指令|规约|职权范围|宪章|法规|令|法案|草案|宪法|指南|手册|"
    r"报告|议定书|文件|说明|上文|下文|见)"
    r"[》”〉]?\s{0,6}(?:（[^（）]{0,40}）|\([^()]{0,40}\))?\s{0,6}(?:中|的|之)?\s{0,6}(?:第\s{0,6}[^\s，。]{1,4}[编篇部节]\s{0,6})?$"
)
_ZH_LAW_VERBS = ("依法", "立法", "执法", "合法", "司法", "做法", "办法", "方法")
_ZH_FOREIGN_TREATY = re.compile(r"[\u4e00-\u9fff](?<![据照守行施合反与和及在该本])公约\s{0,6}$")
_ZH_NO_ARTICLE = re.compile(r"\s{0,6}(?:建议|原则|标准|意见|规则|战线|道路|路线)")

_EN_ITEM = r"(?:\s?\([a-z]\)(?:\s?\([ivx]+\))?)"
_EN_NUMBER = r"\d{1,3}(?![\d/])"
_EN_JOIN = r"(?:,?\s{1,6}and\s{1,6}|,?\s{1,6}or\s{1,6}|,\s{1,6}|\s{1,6}to\s{1,6}|\s?[-–]\s?)"
_EN_PARTS = rf"{_EN_NUMBER}{_EN_ITEM}?(?:{_EN_JOIN}(?:{_EN_NUMBER}{_EN_ITEM}?|\([a-z]\))){MANY}"
_EN_ONE = rf"{_EN_NUMBER}(?:\s?\(\d{{1,2}}\))?{_EN_ITEM}?"
_EN_ARTICLES = re.compile(
    rf"[Aa]rt(?:icles?|s?\.)\s{{1,6}}(?P<numbers>{_EN_ONE}"
    rf"(?:{_EN_JOIN}(?:{_EN_ONE}|\(\d{{1,2}}\){_EN_ITEM}?|\([a-z]\))){MANY})"
    rf"(?:,?\s{{1,6}}(?:paragraphs?|paras?\.)\s{{1,6}}(?P<after>{_EN_PARTS}))?"
)
_EN_BEFORE = re.compile(rf"(?:sub)?paragraphs?\s{{1,6}}(?P<parts>{_EN_PARTS}),?\s{{1,6}}of\s{{1,6}}$")
_EN_PART = re.compile(rf"(?P<number>{_EN_NUMBER})\s?(?:\((?P<letter>[a-z])\))?|\((?P<item>[a-z])\)")
_EN_NUMBERED = re.compile(
    rf"(?:(?P<article>{_EN_NUMBER})(?:\s?\((?P<paragraph>\d{{1,2}})\))?|\((?P<more>\d{{1,2}})\))"
    r"(?:\s?\((?P<letter>[a-z])\))?|\((?P<item>[a-z])\)"
)
_EN_CHAPTERS = re.compile(
    r"[Cc](?<!\w.)hapters?\s{1,6}(?P<list>[IVX]{1,5}\b(?:(?:\s?\([^()]{1,80}\))?(?:,?\s{1,6}and\s{1,6}|,\s{1,6}|\s{1,6}to\s{1,6}|\s?[-–]\s?)[IVX]{1,5}\b){0,80})"
)
_EN_ROMAN = re.compile(r"\b[IVX]{1,5}\b")
_EN_OTHER_LAW = re.compile(
    r",?\s{1,6}(?:of|in|under)\s{1,6}(?:(?:the|its|their|that|a|an|his|her|this)\s{1,6})?(?:[\w'’-]+\s{1,6}){0,5}?"
    r"(?:Code|Constitution|Act|Law|law|Charter|[Rr]ules|[Rr]egulations?|Statute|Decree|Ordinance|Declaration|"
    r"[Rr]eport|[Hh]andbook|[Gg]uide|[Aa]greement|Covenant|Directive|Treaty|"
    r"[Tt]erms\s{1,6}of\s{1,6}reference|Protocol(?! (?:to|against)))\b"
)
_EN_LAW_BEFORE = re.compile(
    r"(?:Code|Constitution|Act|Law|Charter|Rules|Regulations?|Statute|Decree)(?:\s{0,6}\([^()]*\))?,?\s{0,6}(?:,\s{0,6})?(?:in\s{1,6}its\s{1,6})?$"
)
_EN_OF = re.compile(r",?\s{1,6}(?:of|to|in|under)\s{1,6}")

RULES_OF_PROCEDURE: Final = "RULES_OF_PROCEDURE"
_ZH_RULES = re.compile(r"议事规则》?\s{0,6}(?:中|的)?\s{0,6}$")
_EN_RULE = re.compile(
    rf"\b[Rr]ules?\s{{1,6}}(?P<number>{_EN_NUMBER})(?:,\s{{1,6}}paragraphs?\s{{1,6}}(?P<part>{_EN_NUMBER}))?,?\s{{1,6}}of\s{{1,6}}(?:the|its)\s{{1,6}}rules\s{{1,6}}of\s{{1,6}}procedure"
)
_OWNER_GAP = 3
_LAST_CHAPTER = 20


def _parts(matches: Iterator[re.Match[str]]) -> list[str]:
    """Paragraph and item suffixes of an article: ``(1)(c)``; items after a paragraph belong to it."""
    parts: list[str] = []
    value, ended, open_ended, item = 0, 0, False, ""
    for match in matches:
        if match["number"]:
            first, value, letter = value, number(match["number"]) or 0, match["letter"]
            if open_ended:
                parts += [f"({each})" for each in left_out(first, value, match.string[ended : match.start()])]
            parts.append(f"({value})" + (f"({letter})" if letter else ""))
            ended, open_ended, item = match.end(), not letter, letter or ""
            continue
        letter, before = item_letter(match["item"]), item
        if open_ended:
            parts.pop()
        between = match.string[ended : match.start()]
        within = f"({value})" if value else ""
        parts += [f"{within}({each})" for each in letters_left_out(before, letter, between)]
        if letter:
            parts.append(f"{within}({letter})")
        open_ended, item, ended = False, letter, match.end()
    return parts


def _zh_articles(text: str, start: int, end: int) -> Iterator[tuple[list[str], int, int]]:
    """Articles of a cluster with their place; an article over a range is listed in full."""
    previous: tuple[int, int] | None = None
    for match in _ZH_ARTICLE.finditer(text, start, end):
        printed = list(_ZH_NUMBER.finditer(match["numbers"]))
        values = [number(each.group()) or 0 for each in printed]
        numbers = spread(values, match["numbers"], [each.span() for each in printed])
        if previous and any(word in text[previous[1] : match.start()] for word in RANGE_WORDS):
            numbers = [*range(previous[0] + 1, numbers[0]), *numbers]
        details = _parts(_ZH_PART.finditer(match["detail"] or ""))
        articles = [str(value) for value in numbers]
        articles = [*articles[:-1], *(articles[-1] + detail for detail in details)] if details else articles
        previous = (numbers[-1], match.end())
        yield articles, match.start(), match.end()


def _named_before(named: list[Named], position: int) -> Named | None:
    count = bisect_right(named, position, key=lambda each: each.end)
    return named[count - 1] if count else None


def _gap_is_small(gap: str) -> bool:
    """Whether nothing of substance stands between the treaty's name and the article."""
    bare = re.sub(r"（[^（）]*）|\([^()]*\)|[\s》”〉的中之]", "", gap)
    return len(bare) <= _OWNER_GAP and not re.search(r"[，。；、]", bare)


def _zh_owner(reading: Reading, index: int, position: int) -> str:
    """Code of the instrument that an article or chapter at this place belongs to, "" for another text's."""
    text = reading.passages[index].text
    near = _named_before(reading.treaties_in(index), position)
    if near and _gap_is_small(text[near.end : position]):
        return reading.treaty_named(index, near)
    before = text[max(0, position - NEAR) : position]
    if _ZH_RULES.search(before):
        return RULES_OF_PROCEDURE
    law = _ZH_OTHER_LAW.search(before)
    if _ZH_FOREIGN_TREATY.search(before) or (law and not before.rstrip().endswith(_ZH_LAW_VERBS)):
        return ""
    return meant(reading, index, position)


def _chinese(reading: Reading, index: int) -> Iterator[Mention]:
    text = reading.passages[index].text
    if "条" in text:
        for cluster in _ZH_ARTICLES.finditer(text):
            if _ZH_NO_ARTICLE.match(text, cluster.end()):
                continue
            code = _zh_owner(reading, index, cluster.start())
            if is_kept(code):
                for articles, start, end in _zh_articles(text, *cluster.span()):
                    rule = (
                        "provision.zh.list"
                        if len(articles) > 1 or (start, end) != cluster.span()
                        else "provision.zh.one"
                    )
                    for article in articles:
                        yield provision(reading.passages[index], f"{code} {article}", (start, end), rule)
    if "章" in text:
        for cluster in _ZH_CHAPTERS.finditer(text):
            code = _zh_owner(reading, index, cluster.start())
            yield from _chapters(reading.passages[index], code, cluster, each=_ZH_NUMBER, language="zh")


def _chapters(
    passage: Passage, code: str, cluster: re.Match[str], *, each: re.Pattern[str], language: str
) -> Iterator[Mention]:
    text = passage.text
    places = [match.span() for match in each.finditer(text, *cluster.span())]
    values = [number(text[start:end]) or 0 for start, end in places]
    if not is_kept(code) or code == RULES_OF_PROCEDURE or not all(1 <= value <= _LAST_CHAPTER for value in values):
        return
    for value in spread(values, text, places):
        yield provision(passage, f"{code} chapter {roman(value)}", cluster.span(), f"chapter.{language}")


def _en_owner(reading: Reading, index: int, span: tuple[int, int]) -> str:
    """Owner of an English citation: named behind (of the Convention), in front (Convention article 9), or meant."""
    text = reading.passages[index].text
    named = reading.treaties_in(index)
    first = bisect_left(named, span[1], key=lambda each: each.start)
    behind = [each for each in named[first : first + 1] if each.start - span[1] <= NEAR]
    law = _EN_OTHER_LAW.match(text, span[1])
    if (
        behind
        and _EN_OF.match(text, span[1])
        and "." not in text[span[1] : behind[0].start]
        and not (law and law.end() <= behind[0].start)
    ):
        near = behind[0]
        return reading.treaty_named(index, near)
    if law or _EN_LAW_BEFORE.search(text, max(0, span[0] - NEAR), span[0]):
        return ""
    return meant(reading, index, span[0])


def _en_article_list(match: re.Match[str], before: str) -> list[str]:
    articles = numbered(_EN_NUMBERED.finditer(match["numbers"]), item_letter)
    if "(" in match["numbers"]:
        return articles
    parts = _parts(_EN_PART.finditer(before or match["after"] or ""))
    return [*articles[:-1], *(articles[-1] + part for part in parts)] if parts else articles


def _english(reading: Reading, index: int) -> Iterator[Mention]:
    text = reading.passages[index].text
    if "rticle" in text or "rt. " in text or "rts. " in text:
        for match in _EN_ARTICLES.finditer(text):
            front = _EN_BEFORE.search(text, max(0, match.start() - NEAR), match.start())
            span = (front.start() if front else match.start(), match.end())
            code = _en_owner(reading, index, span)
            articles = _en_article_list(match, front["parts"] if front else "") if is_kept(code) else []
            rule = "provision.en.list" if len(articles) > 1 else "provision.en.one"
            for article in articles:
                yield provision(reading.passages[index], f"{code} {article}", span, rule)
    if "rules of procedure" in text:
        for match in _EN_RULE.finditer(text):
            article = match["number"] + (f"({match['part']})" if match["part"] else "")
            key = f"{RULES_OF_PROCEDURE} {article}"
            yield provision(reading.passages[index], key, match.span(), "provision.en.rule")
    if "hapter" in text:
        for match in _EN_CHAPTERS.finditer(text):
            code = _en_owner(reading, index, match.span())
            yield from _chapters(reading.passages[index], code, match, each=_EN_ROMAN, language="en")


def provisions(reading: Reading, index: int) -> list[Mention]:
    """Treaty articles and chapters named in one passage."""
    if reading.language == "zh":
        return list(_chinese(reading, index))
    return list(_english(reading, index) if reading.language == "en" else provisions_in_words(reading, index))
