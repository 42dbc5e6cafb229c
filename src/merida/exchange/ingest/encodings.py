"""Which encoding a file is in: proved by UTF-8 and byte order marks, else weighed by script, never guessed silently."""

import re
from collections.abc import Callable
from typing import NamedTuple

from charset_normalizer import from_bytes

from merida.exchange.ingest.unreadable import UnreadableDocument, at_offset

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: Legacy encodings of UN documents, by the script that each of them is for.
LEGACY = {
    "gb18030": "han", "big5": "han", "cp1251": "cyrillic", "koi8-r": "cyrillic", "iso8859-5": "cyrillic",
    "cp866": "cyrillic", "cp1256": "arabic", "iso8859-6": "arabic", "cp1252": "latin",
}  # fmt: skip
SAMPLE = 200_000
LEAST_SCORE, LEAST_LEAD = 0.55, 0.12
#: Above this share of well-formed UTF-8 among the bytes beyond ASCII a file is UTF-8 with faults; below HARDLY, not.
MOSTLY, HARDLY = 0.9, 0.35

_WELL_FORMED = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
#: Two or more Chinese characters in UTF-8, nothing else beyond ASCII beside them; by chance hardly ever in GB 18030.
_UTF8_HAN = re.compile(rb"(?<![\x80-\xff])(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){2,}(?![\x80-\xff])")
#: The commonest characters of Chinese official prose, simplified and traditional: about a quarter of any text.
_COMMON_HAN = frozenset(
    "的一是在和国了有不人会为行中对这第以上工作关议公约个年月日实施方面各其中與國會為議約關實對個們來這會議機構決議報告缔约组织委员联合反腐败"
)
_COMMON_CYRILLIC = frozenset("оеаинтсрвл")
_COMMON_ARABIC = frozenset("اليمونترةبع")
_ODD_LATIN = frozenset("¤¦¨©¬®¯±´¶¸¾¼½ÐÞðþ×÷ƒˆ†‡‰‹›")
#: Letters of other languages that are written in Cyrillic: in a Russian text they are bytes of another encoding.
_ODD_CYRILLIC = frozenset("ЂЃѓЉЊЌЋЏђљњќћџЎўЈЅѕјЄєЇїҐґ")
#: A Cyrillic or Arabic letter inside a Latin word, as convenciуn: an accented letter of another encoding.
_IN_LATIN = re.compile(r"[A-Za-z][\u0400-\u045f\u0600-\u06ff](?=[A-Za-z])")


class Decoded(NamedTuple):
    """Text, its encoding, and in words why that encoding (empty where it is proved)."""

    text: str
    encoding: str
    reason: str


def decode_bytes(content: bytes, name: str) -> Decoded:
    """Text from bytes. Raises UnreadableDocument naming the byte offset and line that do not fit."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return with_mark(content, name, encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "")
    except UnicodeDecodeError as error:
        return without_utf8(content, name, error)


def with_mark(content: bytes, name: str, encoding: str) -> Decoded:
    """Text of a file that says its encoding by a byte order mark."""
    try:
        return Decoded(content.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding, "")
    except UnicodeDecodeError as error:
        what = f"the file begins as {encoding.removesuffix('-sig')} but the bytes here are not"
        raise UnreadableDocument("MIXED_ENCODING", what, at_offset(name, content, error.start)) from error


def without_utf8(content: bytes, name: str, error: UnicodeDecodeError) -> Decoded:
    """Text of a file that is not UTF-8: another encoding, or several in one file."""
    place = at_offset(name, content, error.start)
    high = sum(len(run) for run in _HIGH.findall(content[:SAMPLE]))
    formed = sum(len(run) for run in _WELL_FORMED.findall(content[:SAMPLE]))
    share = formed / high if high else 1.0
    if error.reason == "unexpected end of data" and error.start > len(content) - 4:
        raise UnreadableDocument("CUT_SHORT", "the file ends in the middle of a character; it is cut short", place)
    if share >= MOSTLY:
        raise UnreadableDocument("MIXED_ENCODING", "the file is UTF-8 up to here; these bytes are not", place)
    if share > HARDLY and (_UTF8_HAN.search(content) or not reads_whole(content)):
        raise UnreadableDocument("MIXED_ENCODING", "the file mixes UTF-8 with another encoding from here on", place)
    return legacy(content, name)


def reads_whole(content: bytes) -> bool:
    """Whether bytes of which many make UTF-8 by chance, as in Chinese of two bytes each, are one other encoding."""
    texts = ((strictly(content, encoding), script) for encoding, script in LEGACY.items())
    return any(text is not None and _PLAUSIBLE[script](text) >= MOSTLY for text, script in texts)


def legacy(content: bytes, name: str) -> Decoded:
    """Text of a file in one of the legacy encodings, the plausible one; ambiguity is an error, not a guess."""
    scores: dict[str, float] = {}
    texts: dict[str, str] = {}
    for encoding, script in LEGACY.items():
        text = strictly(content, encoding)
        if text is not None:
            texts[encoding], scores[encoding] = text, _PLAUSIBLE[script](text)
    alike = {texts[encoding] for encoding in ("cp1252", "cp1251", "cp1256") if encoding in texts}
    if len(alike) == 1 and not letters(texts.get("cp1252", "é")):
        return Decoded(
            texts["cp1252"], "cp1252", "Read as cp1252: the only bytes beyond ASCII are quotation marks and dashes."
        )
    ranked = sorted(scores, key=lambda encoding: scores[encoding], reverse=True)
    first = _HIGH.search(content)
    place = at_offset(name, content, first.start() if first else 0)
    if not ranked or scores[ranked[0]] < LEAST_SCORE:
        raise UnreadableDocument("UNKNOWN_ENCODING", "the encoding could not be told; save the file as UTF-8", place)
    best = ranked[0]
    if len(ranked) > 1 and scores[best] - scores[ranked[1]] < LEAST_LEAD:
        what = f"the bytes fit {best} and {ranked[1]} alike; save the file as UTF-8"
        raise UnreadableDocument("AMBIGUOUS_ENCODING", what, place)
    second = from_bytes(content[:SAMPLE], cp_isolation=list(LEGACY), explain=False).best()
    agrees = second is not None and second.encoding.replace("_", "-") == best
    reason = (
        f"Read as {best}: no valid UTF-8, and {scores[best]:.0%} of its letters are such as {LEGACY[best]} text has"
    )
    return Decoded(texts[best], best, reason + (", as charset-normalizer finds too." if agrees else "."))


def strictly(content: bytes, encoding: str) -> str | None:
    """The text in an encoding, None where a byte does not belong to it."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def letters(text: str) -> str:
    """The characters beyond ASCII of a sample, spaces and common typographic marks left out."""
    return re.sub(r"[\x00-\x7f\xa0«»“”‘’–—…•№°§¹²³ºª。，、；：（）《》！？]", "", text[:SAMPLE])


def plausible_han(text: str) -> float:
    """How far the text reads as Chinese: Chinese characters throughout, enough of the common ones among them."""
    sample = letters(text)
    if not sample:
        return 0.0
    han = [c for c in sample if "\u4e00" <= c <= "\u9fff"]
    common = sum(c in _COMMON_HAN for c in han) / max(1, len(han))
    return len(han) / len(sample) * min(1.0, common / 0.12)


def plausible_cyrillic(text: str) -> float:
    """How far the text reads as Russian: small letters, the ten commonest making up more than half."""
    sample = letters(text)
    if not sample:
        return 0.0
    small = [c for c in sample if "а" <= c <= "я" or c == "ё"]
    common = sum(c in _COMMON_CYRILLIC for c in small) / max(1, len(small))
    odd = sum(c in _ODD_CYRILLIC for c in sample) + len(_IN_LATIN.findall(text[:SAMPLE]))
    return max(0.0, len(small) - 50 * odd) / len(sample) * min(1.0, common / 0.55)


def plausible_arabic(text: str) -> float:
    """How far the text reads as Arabic."""
    sample = letters(text)
    if not sample:
        return 0.0
    arabic = [c for c in sample if "\u0621" <= c <= "\u0652"]
    common = sum(c in _COMMON_ARABIC for c in arabic) / max(1, len(arabic))
    odd = len(_IN_LATIN.findall(text[:SAMPLE]))
    return max(0.0, len(arabic) - 50 * odd) / len(sample) * min(1.0, common / 0.55)


def plausible_latin(text: str) -> float:
    """How far the text reads as French, Spanish or English: few accented letters, beside plain ones, none odd."""
    sample = letters(text)
    if not sample:
        return 0.0
    beside = len(re.findall(r"(?<=[A-Za-z])[à-ÿœ]|[À-ÿœ](?=[A-Za-z])", text[:SAMPLE]))
    odd = sum(c in _ODD_LATIN for c in sample)
    plain = len(re.findall(r"[A-Za-z]", text[:SAMPLE]))
    rare = 1.0 if len(sample) < plain * 0.2 else 0.4
    return max(0.0, (min(beside, len(sample)) - 2 * odd) / len(sample)) * rare


_PLAUSIBLE: dict[str, Callable[[str], float]] = {
    "han": plausible_han, "cyrillic": plausible_cyrillic, "arabic": plausible_arabic, "latin": plausible_latin,
}  # fmt: skip
