"""Numbers as documents write them: digits of any script, Chinese numerals, Roman numerals, enclosed marks."""

import re
from typing import Final

_CHINESE = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
_ROMAN = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_ROMAN_FORM = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_LAST_ROMAN = 39
_ENCLOSED = {chr(0x3220 + index): index + 1 for index in range(10)}  # ㈠ to ㈩
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

#: Chapters as Chinese and Arabic texts of treaties count them, from the first; the four others print Roman numbers.
COUNTED: Final = {
    "zh": tuple("一二三四五六七八九十"),
    "ar": ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
}

#: Arabic-Indic digits and separators as Western ones; a text keeps its length, so that places stay what they are.
WESTERN: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789,.")


def chinese_number(text: str) -> int | None:
    """Value of a Chinese numeral below 1000 or of digits read out (二〇一九), None when it is not one."""
    if not text or any(sign not in _CHINESE and sign not in _TENS for sign in text):
        return None
    if not any(sign in _TENS for sign in text):
        return int("".join(str(_CHINESE[sign]) for sign in text))
    total, pending = 0, None
    for sign in text:
        if sign in _TENS:
            total += (1 if pending is None else pending) * _TENS[sign]
            pending = None
        else:
            pending = _CHINESE[sign]
    return total + (pending or 0)


def roman(number: int) -> str:
    """Roman numeral of 1 to 39; ValueError outside."""
    if not 1 <= number <= _LAST_ROMAN:
        raise ValueError(f"no Roman numeral for {number} here: 1 to {_LAST_ROMAN}")
    parts = []
    for sign, value in _ROMAN:
        while number >= value:
            parts.append(sign)
            number -= value
    return "".join(parts)


def roman_number(text: str) -> int | None:
    """Value of a Roman numeral up to XXXIX in capitals, None when it is not one."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    total, rest = 0, text
    for sign, value in _ROMAN:
        while rest.startswith(sign):
            total += value
            rest = rest[len(sign) :]
    return total


def chapter_counted(printed: str, language: str) -> str:
    """The number of a chapter as treaties count it in a language: chapter VIII is 八, الثامن or VIII."""
    counted, roman_sign = COUNTED.get(language, ()), printed.removeprefix("chapter ")
    value = roman_number(roman_sign) or 0
    return counted[value - 1] if 0 < value <= len(counted) else roman_sign


def number(text: str) -> int | None:
    """Value of a number in digits of any script, Chinese or Roman; None when it is none of these."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    value = chinese_number(text)
    return value if value is not None else roman_number(text)


def item_letter(mark: str) -> str:
    """Letter of an item: ``㈢``, ``(三)``, ``三``, ``3`` and ``c`` are all ``c``; "" when it is no item mark."""
    mark = mark.strip().strip("()（） ")
    if len(mark) == 1 and mark.lower() in _LETTERS:
        return mark.lower()
    value = _ENCLOSED.get(mark) or number(mark)
    return _LETTERS[value - 1] if value and value <= len(_LETTERS) else ""
