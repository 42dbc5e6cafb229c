"""Headings: whether a marked or unmarked line is one, its level, and its place in the tree."""

import re
from collections.abc import Sequence

from merida.exchange.ingest import marks
from merida.exchange.ingest.lines import Line

SUMMARY = re.compile(
    r"(?:摘要|内容提要|Summary|Executive summary|Abstract|Résumé|Résumé analytique|Резюме|Краткое содержание|Resumen"
    r"|Resumen ejecutivo|ملخص|موجز|خلاصة)\s*$",
    re.IGNORECASE,
)
ANNEX = re.compile(
    r"(?:附件|附录|Annex(?:e)?|Appendix|Appendice|Приложение|Добавление|Anexo|Apéndice|المرفق|التذييل)"
    r"(?:\s*(?:[一二三四五六七八九十]+|[IVX]+|\d+|[A-Z]|الأول|الثاني|الثالث|الرابع|الخامس))?\s*[:：.]?$",
)
RESOLUTION = re.compile(
    r"(?:Resolution|Decision|Résolution|Décision|Resolución|Decisión|Резолюция|Решение|القرار|المقرر|决议|决定|第)\s*"
    r"([0-9٠-٩]{1,3}\s?/\s?[0-9٠-٩]{1,3})\s?(?:号(?:决议|决定)?)?\**",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"(?:图|表|方框|专栏|Figure|Table|Box|Figura|Cuadro|Recuadro|Gráfico|Tableau|Encadré|Graphique|Рисунок|Таблица"
    r"|Диаграмма|الشكل|الجدول|الإطار)\s*(?:[一二三四五六七八九十]+|\d{1,2}|[IVX]+)(?:[.:：、]\s*|\s+|$)"
)
_OF_ARTICLES = re.compile(
    r"[(（](?:art(?:s?\.|icles?|ículos?)|第|стать|ст\.|الماد|المواد)[^()（）]{0,80}(?:条|\d|\([a-z0-9]\))\s?[)）]$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。；]|[.;؛]\s+[A-ZА-ЯÀ-Ý]")
_LETTER = re.compile(r"[^\W\d_⁰-⁹¹²³]")
LONGEST_TITLE = 300
LONGEST_UNNUMBERED = 110
LEVELS = {
    "han": 1, "ordinal": 1, "roman": 1, "letter": 2, "alif": 2, "section": 2, "digit": 3, "enclosed": 3,
    "subsection": 3, "paren": 4, "bare": 4,
}  # fmt: skip


def looks_like_title(text: str, *, longest: int = LONGEST_TITLE) -> bool:
    """Whether a text could be a heading: not too long, no sentence inside, no full stop, comma or colon at its end."""
    if not 0 < len(text) <= longest or text[-1] in "。；;，,：:.؛،、-" or _SENTENCE.search(text):
        return False
    return _LETTER.search(text) is not None


def of_articles(text: str) -> bool:
    """Whether a text is the unnumbered heading of a country summary: topics, then the articles in brackets."""
    return len(text) <= LONGEST_TITLE and "。" not in text and _OF_ARTICLES.search(text) is not None


def resolution_number(text: str) -> str:
    """12/1 of a line that stands above the text of a resolution or decision, "" for another."""
    found = RESOLUTION.fullmatch(text)
    return re.sub(r"\s", "", found[1]).translate(marks.DIGITS) if found else ""


def mark_form(mark: marks.Mark, last_letter: int, last_roman: int) -> str:
    """``roman`` or ``letter`` for a mark like I. or C., told from what came before; other forms as they are.

    I after H is a letter where the letters have come to H; V after IV is a numeral.
    """
    if mark.form != "letter":
        return mark.form
    value = mark.value.translate(marks.CYRILLIC_TWINS)
    roman = marks.roman_number(value)
    if len(value) > 1:
        return "roman"
    if roman and roman == last_roman + 1 and marks.ordinal_of("letter", value) != last_letter + 1:
        return "roman"
    return "letter"


def level_of(mark: marks.Mark, form: str) -> int:
    """The level of a marked heading, 1 to 4. (一) and 1 stand below A, or directly below 一."""
    if form == "paren" and mark.value[0] in marks.HAN:
        return 3
    if form == "enclosed" and mark.value[0] not in "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩":
        return 4
    return LEVELS[form]


def printed_number(mark: marks.Mark, form: str) -> str:
    """A heading's number as the record gives it: 二, A, 1, (a), ㈠."""
    if form in ("paren", "bare"):
        return f"({mark.value})"
    if form == "digit":
        return mark.value.translate(marks.DIGITS)
    return mark.value.translate(marks.CYRILLIC_TWINS) if form in ("letter", "roman") else mark.value


def path_text(path: Sequence[tuple[int, str]]) -> str:
    """The place of a heading: ``h:二.A.1``, ``h:二.C.3(a)``."""
    text = "h:"
    for _, number in path:
        text += number if text == "h:" or number[0] == "(" else f".{number}"
    return text


def is_next(form: str, value: str, last: int) -> bool:
    """Whether a heading's mark continues its row (or begins one, or repeats the last by mistake)."""
    return marks.ordinal_of("letter" if form == "roman" else form, value) in (1, last, last + 1)


def opens_section(line: Line) -> bool:
    """Whether a line looks like a heading of the first two levels."""
    mark = line.mark
    return mark is not None and mark.kind in (marks.NUMERAL, marks.LETTER) and looks_like_title(line.text)
