"""Numbers of headings and paragraphs as documents of the United Nations print them: I, A, 1, (a); 1, 2, 3."""

from collections.abc import Iterable, Iterator

_HAN = "零一二三四五六七八九"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
PARAGRAPH = 0


def numbered(levels: Iterable[int], *, language: str) -> Iterator[str]:
    """The number of each part by its level: 0 a paragraph, counted through; 1 to 4 a heading."""
    counts = [0, 0, 0, 0, 0]
    for level in levels:
        counts[level] += 1
        if level:
            counts[level + 1 :] = [0] * (4 - level)
        yield mark(level, counts[level], language=language)


def mark(level: int, count: int, *, language: str) -> str:
    """The number ``count`` at a level, with its marks: ``II.``, ``A.``, ``3.``, ``(b)``, ``15.``."""
    if level == 1:
        return f"{han(count)}、" if language == "zh" else f"{roman(count)}."
    letter = chr(ord("A") + (count - 1) % 26)
    return {2: f"{letter}.", 4: f"({letter.lower()})"}.get(level, f"{count}.")


def roman(count: int) -> str:
    """A number in Roman letters, up to 39."""
    found = ""
    for value, sign in _ROMAN:
        found += sign * (count // value)
        count %= value
    return found


def han(count: int) -> str:
    """A number in Chinese characters, up to 99."""
    tens, units = divmod(count, 10)
    return (f"{_HAN[tens] if tens > 1 else ''}十" if tens else "") + (_HAN[units] if units else "")
