"""Numbers that Word shows but does not store: each list level's counter, written as its format says."""

from collections.abc import Callable
from dataclasses import dataclass, field

from merida.exchange.ingest.word_archive import Tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its counter is written, the text around it (``%1.``), where it starts."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document and their counters so far; paragraphs must be asked for in order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, paragraph: Tree) -> str:
        """The number that Word prints before a paragraph, "" where there is none."""
        found = self.list_of(paragraph)
        if found is None:
            return ""
        number, depth = found
        levels = self.levels.get(number, {})
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        counters = self.counters.setdefault(self.abstract.get(number, number), {})
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        if level.form == "bullet":
            return "-"
        return self.written(level.text, levels, counters)

    def written(self, text: str, levels: dict[int, Level], counters: dict[int, int]) -> str:
        """A level's text with its counters filled in."""
        for depth in range(9):
            if f"%{depth + 1}" in text:
                level = levels.get(depth, Level())
                text = text.replace(f"%{depth + 1}", number_as(level.form, counters.get(depth, level.start)))
        return text.strip()

    def list_of(self, paragraph: Tree) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own, else its style's; list 0 takes a paragraph out of all lists."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        inherited = self.styles.get(value(style)) if style is not None else None
        if own is None:
            return inherited
        number, depth = value(own.find(f"{W}numId")), value(own.find(f"{W}ilvl"))
        if number == "0":
            return None
        if not number:
            return (inherited[0], int(depth or 0)) if inherited else None
        return number, int(depth or 0)


def value(element: Tree | None) -> str:
    """The w:val of an element."""
    return "" if element is None else str(element.get(f"{W}val", ""))


def numbering_of(numbering: Tree | None, styles: Tree | None) -> Numbering:
    """The lists of a document from its numbering and styles parts."""
    found = Numbering()
    if numbering is None:
        return found
    abstract = {str(a.get(f"{W}abstractNumId")): levels_of(a) for a in numbering.iterfind(f"{W}abstractNum")}
    for num in numbering.iterfind(f"{W}num"):
        number, base = str(num.get(f"{W}numId")), value(num.find(f"{W}abstractNumId"))
        levels = dict(abstract.get(base, {}))
        restarted = False
        for override in num.iterfind(f"{W}lvlOverride"):
            depth, start = int(override.get(f"{W}ilvl", "0")), override.find(f"{W}startOverride")
            old = levels.get(depth, Level())
            inner = override.find(f"{W}lvl")
            new = level_of(inner) if inner is not None else old
            levels[depth] = Level(
                new.form, new.text, int(value(start) or new.start) if start is not None else new.start
            )
            restarted = restarted or start is not None
        found.levels[number] = levels
        found.abstract[number] = number if restarted else f"abstract {base}"
    found.styles = styles_of(styles)
    return found


def levels_of(abstract: Tree) -> dict[int, Level]:
    """The levels of a list definition."""
    return {int(lvl.get(f"{W}ilvl", "0")): level_of(lvl) for lvl in abstract.iterfind(f"{W}lvl")}


def level_of(lvl: Tree) -> Level:
    """One level."""
    return Level(
        value(lvl.find(f"{W}numFmt")) or "decimal",
        value(lvl.find(f"{W}lvlText")),
        int(value(lvl.find(f"{W}start")) or 1),
    )


def styles_of(styles: Tree | None) -> dict[str, tuple[str, int]]:
    """The list and level that paragraph styles bring, those of the styles they are based on included."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style"):
        name = str(style.get(f"{W}styleId", ""))
        parents[name] = value(style.find(f"{W}basedOn"))
        num = style.find(f"{W}pPr/{W}numPr")
        if num is not None and value(num.find(f"{W}numId")):
            own[name] = value(num.find(f"{W}numId")), int(value(num.find(f"{W}ilvl")) or 0)
    return {name: found for name in parents if (found := inherited(name, own, parents)) is not None}


def inherited(name: str, own: dict[str, tuple[str, int]], parents: dict[str, str]) -> tuple[str, int] | None:
    """The list of a style or of the nearest style it is based on (a circle of styles ends the search)."""
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = parents.get(name, "")
    return None


def number_as(form: str, number: int) -> str:
    """A counter in a format of Word; formats that UN documents do not use are written as digits."""
    writer = _WRITERS.get(form)
    return writer(number) if writer else str(number)


def letter(number: int, first: str = "a", count: int = 26) -> str:
    """A counter as letters: a, b … z, aa, bb."""
    return chr(ord(first) + (number - 1) % count) * ((number - 1) // count + 1)


def roman(number: int) -> str:
    """A Roman numeral in capitals."""
    text = ""
    for worth, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= worth:
            text, number = text + sign, number - worth
    return text


def han(number: int) -> str:
    """A Chinese numeral up to ninety-nine."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:  # noqa: PLR2004
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else _HAN[tens] + "十") + (_HAN[ones] if ones else "")


_WRITERS: dict[str, Callable[[int], str]] = {
    "lowerLetter": letter,
    "upperLetter": lambda n: letter(n, "A"),
    "lowerRoman": lambda n: roman(n).lower(),
    "upperRoman": roman,
    "chineseCounting": han,
    "chineseCountingThousand": han,
    "taiwaneseCountingThousand": han,
    "japaneseCounting": han,
    "ideographTraditional": han,
    "russianLower": lambda n: "абвгдежзиклмнопрстуфхцчшщэюя"[(n - 1) % 28],
    "russianUpper": lambda n: "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"[(n - 1) % 28],
    "arabicAlpha": lambda n: "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"[(n - 1) % 28],
    "arabicAbjad": lambda n: "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"[(n - 1) % 28],
    "decimalEnclosedParen": lambda n: f"({n})",
}
