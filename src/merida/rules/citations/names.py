"""Names found in one pass: States, territories, organisations; longest match first, false friends refused.

Build a :class:`NameIndex` once from reference data (:func:`build_name_index`), then call :func:`find_names`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import ahocorasick

from merida.rules.citations.false_friends import LANGUAGE_SUFFIX, NAME_DOTS, NEIGHBOURS, NOT_A_LANGUAGE, NOT_A_STATE
from merida.rules.citations.inflection import russian_forms

LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")
OTHER: Final = "OTHER"  # a name that is known and names nothing we keep
_HAN = re.compile(r"[㐀-鿿]")
_HAN_DIGIT = re.compile(r"(?<=[0-9])\s{0,6}(?=[㐀-鿿])|(?<=[㐀-鿿])\s{0,6}(?=[0-9])")
_TREATY_INSIDE = re.compile(r"公约(?=.)")  # 《美洲反腐败公约》实施情况后续机制: the title mark stands inside the name
_ARTICLES = ("the ", "la ", "le ", "les ", "l'", "el ", "los ", "las ")
_ARABIC_PREFIX = re.compile(r"[وف]?[بلك]?")
_ARABIC_PREFIX_WITH_ARTICLE = re.compile(r"[وف]?(?:[بلك]?(?:ال)?|لل)")
# Vowel signs and the stretching sign; the doubling sign stays on م, it tells عمّان (a city) from عمان (a State).
_VOWELS = re.compile("[\u064b-\u0650\u0652\u0640]|(?<!م)(?<!م[\u064b-\u0650])\u0651")
_LONGEST_PREFIX = 5
_FLATTENED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\n": " ", "’": "'", "‑": "-"})
_LOOK_AHEAD = 40
_CASED: Final = ("en", "es", "fr", "ru")
_SHORTEST_IN_CAPITALS = 4  # letters; shorter ones are taken by initials
_WORD_BEFORE = re.compile(r"(\S+)[ \u00a0]+\Z")
_WORD_AFTER = re.compile(r",?[ \u00a0]+(\w+)")
_TITLES = ("mr", "ms", "mrs", "dr", "m", "mm", "mme", "sr", "sra", "г-н", "г-жа")


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One written form of a name. ``language`` "" means any (acronyms); blocked contexts are literal neighbours."""

    surface: str
    kind: str
    code: str
    language: str = ""
    blocked_before: tuple[str, ...] = ()
    blocked_after: tuple[str, ...] = ()


class NameMatch(NamedTuple):
    """Where a name stands. ``inside`` marks a State inside an organisation's name; ``capitals``, one so printed."""

    kind: str
    code: str
    start: int
    end: int
    inside: bool = False
    capitals: bool = False


@dataclass(slots=True)
class _Form:
    """What the automaton hands back: everything one written form may mean."""

    surface: str
    meanings: tuple[tuple[str, str], ...]
    script: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    nested: tuple[tuple[int, int, str, str], ...] = ()
    capitals: bool = False
    is_state: bool = False

    def settle(self) -> None:
        """Note whether any meaning is a State's; to be called when the meanings are complete."""
        self.is_state = any(kind in ("STATE", "TERRITORY") for kind, _ in self.meanings)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Automata by language; an unknown language is served by all names together (key "")."""

    automata: Mapping[str, Any]
    size: int


def _script(surface: str) -> str:
    if _HAN.search(surface):
        return "HAN"
    return "ARABIC" if any("\u0600" <= sign <= "\u06ff" for sign in surface) else "ALPHABET"


def written_forms(surface: str, language: str) -> set[str]:
    """The forms a text may print: brackets of both widths, spaces beside digits, without article, Russian cases."""
    forms = {surface, unicodedata.normalize("NFC", surface)}
    if language == "zh" or _HAN.search(surface):
        forms |= {form.translate(str.maketrans("（）", "()")) for form in forms}
        forms |= {form.translate(str.maketrans("()", "（）")) for form in forms}
        forms |= {_TREATY_INSIDE.sub("公约》", form) for form in forms}
        forms |= {_HAN_DIGIT.sub(" ", form) for form in forms} | {_HAN_DIGIT.sub("", form) for form in forms}
    if language in ("en", "fr", "es"):
        forms |= {form[len(article) :] for form in forms for article in _ARTICLES if form.startswith(article)}
    if language == "ru":
        forms = {declined for form in forms for declined in russian_forms(form)}
    if language == "ar":
        forms = {_VOWELS.sub("", form) for form in forms}
        forms |= {"لل" + form[2:] for form in forms if form.startswith("ال")}
    return {form.translate(_FLATTENED) if not _HAN.search(form) else form for form in forms if len(form) > 1}


def capital_forms(surface: str) -> set[str]:
    """The surface in capitals, with and without accents (ÉGYPTE, EGYPTE); none where it is short or in capitals."""
    capitals = surface.upper()
    if capitals == surface or sum(sign.isalpha() for sign in surface) < _SHORTEST_IN_CAPITALS:
        return set()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", capitals) if not unicodedata.combining(sign))
    return {capitals, plain} if plain.isascii() else {capitals}  # Й is a letter, not an И with a sign


def _merge(forms: dict[str, _Form], surface: str, entry: NameEntry) -> None:
    before, after = NEIGHBOURS.get((entry.language, surface), ((), ()))
    before, after = (*entry.blocked_before, *before), (*entry.blocked_after, *after)
    known = forms.get(surface)
    if known is None or (known.meanings and known.meanings[0][0] == OTHER):
        forms[surface] = _Form(surface, ((entry.kind, entry.code),), _script(surface), before, after)
    elif entry.kind != OTHER:
        known.meanings = tuple(dict.fromkeys((*known.meanings, (entry.kind, entry.code))))
        known.before, known.after = (*known.before, *before), (*known.after, *after)


def _add_capitals(forms: dict[str, _Form], entry: NameEntry) -> None:
    """Add a name as lists of participants print it; what already means something else keeps its meaning."""
    for surface in written_forms(entry.surface, entry.language):
        known = forms[surface]
        for capitals in capital_forms(surface):
            before, after = ({word.upper() for word in words} for words in (known.before, known.after))
            form = _Form(capitals, known.meanings, known.script, (*known.before, *before), (*known.after, *after))
            form.capitals, form.is_state = True, known.is_state
            forms.setdefault(capitals, form)


def _automaton(forms: Mapping[str, _Form]) -> Any:
    automaton = ahocorasick.Automaton()
    for surface, form in forms.items():
        automaton.add_word(surface, form)
    automaton.make_automaton()
    return automaton


def _also_said(form: _Form, match: NameMatch, start: int) -> bool:
    """States anywhere inside; an organisation only where it leads (亚太经合组织 is not the OECD), never in Arabic."""
    if match.kind == "ORGANISATION":
        return form.script == "ALPHABET" or (form.script == "HAN" and start == 0)
    return match.kind != OTHER


def _nest(forms: Mapping[str, _Form]) -> None:
    """Note what else an organisation's name says: 德国国际合作局 names Germany too."""
    if not forms:
        return
    automaton = _automaton(forms)
    for surface, form in forms.items():
        if form.is_state or form.meanings[0][0] == OTHER:
            continue
        own = {code for _, code in form.meanings}
        inner = {
            (match.start + shift, match.end + shift, match.kind, match.code)
            for shift, part in ((0, surface[:-1]), (1, surface[1:]))
            for match in _accepted(part, automaton)
            if match.code not in own and not match.inside and _also_said(form, match, match.start + shift)
        }
        form.nested = tuple(sorted(inner))


def build_name_index(entries: Iterable[NameEntry]) -> NameIndex:
    """Index of the names, with the known false friends of each language added; entries of language "" go everywhere."""
    by_language: dict[str, dict[str, _Form]] = {language: {} for language in ("", *LANGUAGES)}
    listed = list(entries)
    friends = [NameEntry(surface, OTHER, "", language) for language, names in NOT_A_STATE.items() for surface in names]
    for entry in (*friends, *listed):
        targets = ("", entry.language) if entry.language else tuple(by_language)
        for surface in written_forms(entry.surface, entry.language):
            for language in targets:
                if language in by_language:
                    _merge(by_language[language], surface, entry)
    for forms in by_language.values():
        for form in forms.values():
            form.settle()
        _nest(forms)
    for entry in (*friends, *(one for one in listed if one.kind in ("STATE", "TERRITORY"))):
        for language in ("", entry.language) if entry.language in _CASED else ():
            _add_capitals(by_language[language], entry)
    return NameIndex({language: _automaton(forms) for language, forms in by_language.items()}, len(listed))


def _bounded(text: str, start: int, end: int, form: _Form) -> bool:
    """Whether an alphabetic name stands as words of its own; Arabic may carry و ف ب ل ك in front.

    The article is allowed before an organisation only: المالي is "the financial", never Mali.
    """
    following = text[end : end + 1]
    if following.isalnum() and not _HAN.match(following):
        return False
    preceding = text[start - 1 : start]
    if not preceding.isalnum() or _HAN.match(preceding):
        return True
    if form.script != "ARABIC":
        return False
    word_start = start
    while word_start and start - word_start <= _LONGEST_PREFIX and text[word_start - 1].isalnum():
        word_start -= 1
    allowed = _ARABIC_PREFIX if form.is_state else _ARABIC_PREFIX_WITH_ARTICLE
    return bool(allowed.fullmatch(text, word_start, start))


def _is_language(text: str, end: int) -> bool:
    return text.startswith(LANGUAGE_SUFFIX, end) and not text.startswith(NOT_A_LANGUAGE, end)


def _stands(text: str, start: int, end: int, form: _Form) -> bool:
    """Whether the match names what the form means, seen from its neighbours."""
    if form.before and text.endswith(form.before, 0, start):
        return False
    if form.after and text.startswith(form.after, end):
        return False
    if form.script != "HAN":
        return _bounded(text, start, end, form)
    if form.is_state:
        return not (_is_language(text, end) or text.startswith(NAME_DOTS, end) or text.endswith(NAME_DOTS, 0, start))
    return True


# A working group that is named counts for the organisation it belongs to.
_COUNTS_FOR: Final = {"OECD_WGB": "OECD"}


def _accepted(text: str, automaton: Any) -> Iterator[NameMatch]:
    """Matches left to right; a refused one is searched again behind its first sign for a shorter true name."""
    for last, form in automaton.iter_long(text):
        end = last + 1
        start = end - len(form.surface)
        if _stands(text, start, end, form):
            for kind, code in form.meanings:
                yield NameMatch(kind, code, start, end, False, form.capitals)
                if code in _COUNTS_FOR:
                    yield NameMatch(kind, _COUNTS_FOR[code], start, end, inside=True)
            for inner_start, inner_end, kind, code in form.nested:
                yield NameMatch(kind, code, start + inner_start, start + inner_end, inside=True)
        elif len(form.surface) > 2:  # noqa: PLR2004 - nothing fits inside two signs
            yield from _inside_refused(text, automaton, start, end)


def _inside_refused(text: str, automaton: Any, start: int, end: int) -> Iterator[NameMatch]:
    for last, form in automaton.iter_long(text, start + 1, min(len(text), end + _LOOK_AHEAD)):
        inner_start = last + 1 - len(form.surface)
        if inner_start >= end:
            return
        if last < end and _stands(text, inner_start, last + 1, form):
            yield from (
                NameMatch(kind, code, inner_start, last + 1, capitals=form.capitals) for kind, code in form.meanings
            )


def _without_vowels(text: str, automaton: Any) -> Iterator[NameMatch]:
    """Names of a text that prints vowel signs, with offsets of the text as printed."""
    signs = {match.start() for match in _VOWELS.finditer(text)}
    places = [place for place in range(len(text)) if place not in signs]
    for match in _accepted(_VOWELS.sub("", text), automaton):
        yield match._replace(start=places[match.start], end=places[match.end - 1] + 1)


def _is_given_name(word: str) -> bool:
    return word[:1].isupper() and not word.isupper() and word[-1:].isalpha()


def _is_family_name(text: str, start: int, end: int) -> bool:
    """Whether capitals are somebody's family name, as lists of participants print it: Michael JORDAN, Mr. CHAD."""
    before = _WORD_BEFORE.search(text, max(0, start - _LOOK_AHEAD), start)
    after = _WORD_AFTER.match(text, end)
    if before and (_is_given_name(before[1]) or before[1].rstrip(".").lower() in _TITLES):
        return True
    if before and before[1].endswith(".") and before[1].count(".") * 2 == len(before[1]) and not before[1][0].isdigit():
        return True  # initials
    return bool(after and _is_given_name(after[1]))


def find_names(text: str, *, index: NameIndex, language: str) -> list[NameMatch]:
    """All names of the text in order of place, false friends left out. Offsets are those of ``text``."""
    automaton = index.automata[language if language in index.automata else ""]
    if not len(automaton):
        return []
    printed = text
    if language != "zh":
        text = text.translate(_FLATTENED) if not text.isascii() or "\n" in text else text
    vowelled = language == "ar" and _VOWELS.search(text)
    matches = _without_vowels(text, automaton) if vowelled else _accepted(text, automaton)
    return [
        match
        for match in matches
        if match.kind != OTHER and not (match.capitals and _is_family_name(printed, match.start, match.end))
    ]
