"""Session numbers written as words: 第二十八届, Twenty-eighth session, Douzième session, Двенадцатая сессия."""

import re
from functools import lru_cache

from merida.exchange.ingest.marks import DIGITS, han_number
from merida.exchange.ingest.printed_dates import date_range

_EN_ONES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()  # noqa: E501, SIM905
_EN_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}
_FR_ONES = "première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième".split()  # noqa: E501, SIM905
_FR_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "soixante-dix": 70,
    "quatre-vingt": 80,
}
_ES_ONES = "primer segundo tercer cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo decimotercer decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno".split()  # noqa: E501, SIM905
_ES_TENS = {
    "vigésimo": 20,
    "trigésimo": 30,
    "cuadragésimo": 40,
    "quincuagésimo": 50,
    "sexagésimo": 60,
    "septuagésimo": 70,
    "octogésimo": 80,
    "nonagésimo": 90,
}
_RU_ONES = "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат".split()  # noqa: E501, SIM905
_RU_TENS = {
    "двадцат": 20,
    "тридцат": 30,
    "сороков": 40,
    "пятидесят": 50,
    "шестидесят": 60,
    "семидесят": 70,
    "восьмидесят": 80,
    "девяност": 90,
}
_RU_COMPOUND = {
    "двадцать": 20,
    "тридцать": 30,
    "сорок": 40,
    "пятьдесят": 50,
    "шестьдесят": 60,
    "семьдесят": 70,
    "восемьдесят": 80,
    "девяносто": 90,
}
_AR_ONES = ["الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة"]
_AR_MEN = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]
_AR_TENS = {
    "العشرون": 20,
    "العشرين": 20,
    "الثلاثون": 30,
    "الثلاثين": 30,
    "الأربعون": 40,
    "الأربعين": 40,
    "الخمسون": 50,
    "الخمسين": 50,
    "الستون": 60,
    "الستين": 60,
    "السبعون": 70,
    "السبعين": 70,
    "الثمانون": 80,
    "الثمانين": 80,
    "التسعون": 90,
    "التسعين": 90,
}

_HAN_SESSION = re.compile(
    r"^第\s*([一二三四五六七八九十]+|\d{1,3})\s*(?:届|次)\s*(?:会议|常会|例会|特别会议)?(?:续会(?:第.{1,3}[期次])?|第.{1,3}[期次]续会)?\**$"
)
_HAN_INSIDE = re.compile(r"第\s*([一二三四五六七八九十]+|\d{1,3})\s*[届次](?:闭会期间)?会议")
_LATIN_SESSION = re.compile(
    r"^(?:(?:\w+\s+part(?:e|ie)\s+de\s+la\s+)?(?:Resumed|Reconvened|Reprise de la|Reanudación del|Continuación del)\s+)?([\w-]+(?:\s(?:et\s)?[\w-]+)??)(?:\s+возобновленная)?\s+(?:session|сессия|сессии|período de sesiones|meeting|réunion|reunión|совещание)\b.{0,40}$",  # noqa: E501
    re.IGNORECASE,
)
_ARABIC_SESSION = re.compile(r"^(?:الدورة|الاجتماع)\s+(\S+(?:\s+(?:عشرة|عشر|و\S+))?)(?:\s+المستأنفة)?\**$")
_LATIN_INSIDE = re.compile(
    r"\b(?:its|sa|su|свою|своей|своем|свое|своё|ее|её|его)\s(?:resumed\s)?([\w-]+(?:\s(?:et\s)?[\w-]+)??)\s"
    r"(?:session|meeting|réunion|período de sesiones|reunión|сесси\w{1,2}|совещани\w{1,2})\b"
)
_ARABIC_INSIDE = re.compile(r"(?:دورت|اجتماع)(?:ه|ها)\s+(ال\w+(?:\s+(?:عشرة?|وال\w+))?)")
_NUMERIC = re.compile(r"^(\d{1,3})(?:st|nd|rd|th|e|ème|ª|º|o|а|\.|-?[йя]|-?а?я)?$")


def session_of(line: str) -> str:
    """The number of the session that a line of its own names, "" where it names none."""
    text = line.strip(" *")
    found = _HAN_SESSION.match(text)
    if found:
        return str(han_number(found.group(1)) or found.group(1))
    found = _LATIN_SESSION.match(text) or _ARABIC_SESSION.match(text)
    if found is None or len(text) > 70:  # noqa: PLR2004
        return ""
    number = ordinal(found.group(1).casefold())
    return str(number) if number else ""


def session_in(text: str, dates: tuple[str, str]) -> str:
    """The session that a sentence gives together with the dates of the meeting."""
    for sentence in re.split(r"[。；]|(?<=[a-zа-я])\.\s", text):
        found = _HAN_INSIDE.search(sentence) or _LATIN_INSIDE.search(sentence) or _ARABIC_INSIDE.search(sentence)
        if not found:
            continue
        given = date_range(sentence)
        if given and same_days((given.first, given.last), dates):
            value = found.group(1)
            number = han_number(value) or (int(value) if value.isdigit() else ordinal(value.casefold()))
            return str(number) if number else ""
    return ""


def same_days(given: tuple[str, str], dates: tuple[str, str]) -> bool:
    """Whether two ranges are one, where the sentence may leave out the year."""
    return all(a[-5:] == b[-5:] and a[:4] in (b[:4], "0000") for a, b in zip(given, dates, strict=True))


@lru_cache(maxsize=1024)
def ordinal(words: str) -> int:
    """An ordinal of one of the five languages with an alphabet as a number, 0 where it is none."""
    words = " ".join(words.translate(DIGITS).split())
    found = _NUMERIC.match(words)
    if found:
        return int(found.group(1))
    for reader in (english, french, spanish, russian, arabic):
        number = reader(words)
        if number:
            return number
    return 0


def english(words: str) -> int:
    """Twenty-eighth as 28."""
    if words in _EN_ONES:
        return _EN_ONES.index(words) + 1
    tens, _, ones = words.replace("-", " ").partition(" ")
    for stem, worth in _EN_TENS.items():
        if not ones and words == stem + "ieth":
            return worth
        if tens == stem + "y" and ones in _EN_ONES[:9]:
            return worth + _EN_ONES.index(ones) + 1
    return 0


def french(words: str) -> int:
    """Vingt-huitième as 28, soixante et onzième as 71."""
    words = words.replace(" et ", "-").replace("-et-", "-").replace("unième", "première").replace(" ", "-")
    if words in _FR_ONES:
        return _FR_ONES.index(words) + 1
    for stem in sorted(_FR_TENS, key=len, reverse=True):
        if words == stem.rstrip("e") + "ième":
            return _FR_TENS[stem]
        if words.startswith(stem + "-") and words[len(stem) + 1 :] in _FR_ONES:
            return _FR_TENS[stem] + _FR_ONES.index(words[len(stem) + 1 :]) + 1
    return 0


def spanish(words: str) -> int:
    """Vigésimo octavo as 28."""
    words = words.replace("primero", "primer").replace("tercero", "tercer")
    if words in _ES_ONES:
        return _ES_ONES.index(words) + 1
    tens, _, ones = words.partition(" ")
    if tens == "décimo" and ones in _ES_ONES[:9]:
        return 10 + _ES_ONES.index(ones) + 1
    if tens in _ES_TENS:
        return _ES_TENS[tens] + (_ES_ONES.index(ones) + 1 if ones in _ES_ONES[:9] else 0)
    return 0


def russian(words: str) -> int:
    """Двадцать восьмая as 28."""
    tens, _, ones = words.partition(" ")
    if ones and tens in _RU_COMPOUND:
        number = russian(ones)
        return _RU_COMPOUND[tens] + number if 0 < number < 10 else 0  # noqa: PLR2004
    stem = re.sub(r"(?:ая|ья|ое|ой|ый|ий|ей|ую|ью)$", "", words)
    if stem in _RU_ONES:
        return _RU_ONES.index(stem) + 1
    return _RU_TENS.get(stem, 0)


def arabic(words: str) -> int:
    """الثانية عشرة as 12, الثامنة والعشرون as 28."""
    first, _, rest = words.partition(" ")
    if first in ("الحادية", "الحادي"):
        first = "الأولى"
    if first in _AR_MEN:
        first = _AR_ONES[_AR_MEN.index(first)]
    if first in _AR_TENS and not rest:
        return _AR_TENS[first]
    if first not in _AR_ONES:
        return 0
    ones = _AR_ONES.index(first) + 1
    if rest in ("عشرة", "عشر"):
        return 10 + ones
    if rest.startswith("و"):
        return ones + _AR_TENS.get(rest[1:], -ones)
    return ones if not rest else 0
