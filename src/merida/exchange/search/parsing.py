"""From what a reader typed to a Query. Never fails: what cannot be used is left out and named in a notice. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from merida.exchange.search.query import (
    CONTROL_CHARACTERS,
    EXACT,
    NO_WORDS,
    ODD_QUOTES,
    PREFIX,
    SMALL_WORDS,
    STEM,
    SURFACE,
    TOO_LONG,
    TOO_MANY_WORDS,
    WORDS,
    Alternative,
    Clause,
    Filters,
    Notice,
    Phrase,
    Query,
)
from merida.rules.languages.scripts import languages_of
from merida.rules.languages.thesaurus import Key, Thesaurus, key_of, keys_of, thesaurus
from merida.rules.languages.words import Word, is_han, words

LONGEST_QUERY = 500
MOST_CLAUSES = 12
_MOST_READINGS = 8
# Forms of all the concepts and languages that a term may be meant in; the usual ones come first.
_MOST_FORMS = 96
# How many other stems may stand between two words of a synonym: "the assets that had been stolen were returned".
_NEAR = 3
_MOST_TOKENS = 64
_FORMS_KEPT = 4096  # of some 700 bytes: the same terms are asked for again and again, with other words beside them
_PIECE = re.compile(
    r'(?P<open>["“„«「『])(?P<exact>[^"“”„«»「」『』]*)(?P<close>["“”»」』]?)|(?P<bare>[^\s"“”„«»「」『』]+)'
)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A stretch between spaces, with its words in each language that it may be meant in.

    before holds the small words between the stretch before and this one: they are not asked for, only shown.
    """

    typed: str
    readings: tuple[tuple[str, tuple[Word, ...]], ...]
    before: tuple[str, ...] = ()


def parse_query(text: str, language: str, *, filters: Filters | None = None, expand: bool = True) -> Query:
    """The Query for a text typed on a page in `language`, in any of the six scripts.

    Words must all occur; "exact words" occur side by side as written; wor* goes on in any way. Terms of the
    Convention also find their other names in the same language (not with expand=False).
    """
    filters = filters or Filters()
    plain, notices = _cleaned(text)
    clauses: list[Clause] = []
    bare: list[_Chunk] = []
    for piece in _PIECE.finditer(plain):
        if piece["open"]:
            notices += _odd_quotes(piece)
            clauses += _exact(piece["exact"], language)
        elif piece["bare"].endswith("*"):
            clauses += _prefix(piece["bare"].rstrip("*"), language)
        else:
            bare.append(_chunk(piece["bare"], language, filters))
    found, small = _terms(bare, thesaurus() if expand else None)
    clauses += found
    notices += [Notice(SMALL_WORDS, word) for word in small] if clauses else []
    return _capped(Query(plain, language, tuple(clauses), filters, tuple(notices)))


def _cleaned(text: str) -> tuple[str, list[Notice]]:
    notices = []
    plain = "".join(" " if _is_control(character) else character for character in text[: LONGEST_QUERY * 8])
    if plain != text[: LONGEST_QUERY * 8]:
        notices.append(Notice(CONTROL_CHARACTERS))
    plain = " ".join(unicodedata.normalize("NFC", plain).split())
    if len(plain) > LONGEST_QUERY or len(text) > LONGEST_QUERY * 8:
        plain = plain[:LONGEST_QUERY].rsplit(" ", 1)[0]
        notices.append(Notice(TOO_LONG, str(LONGEST_QUERY)))
    return plain, notices


def _is_control(character: str) -> bool:
    """Control characters but for white space, and half of a surrogate pair, which no database takes."""
    return unicodedata.category(character) in {"Cc", "Cs"} and not character.isspace()


def _odd_quotes(piece: re.Match[str]) -> list[Notice]:
    return [] if piece["close"] else [Notice(ODD_QUOTES)]


def _capped(query: Query) -> Query:
    notices = list(query.notices)
    if len(query.clauses) > MOST_CLAUSES:
        notices.append(Notice(TOO_MANY_WORDS, str(MOST_CLAUSES)))
    if query.text and not query.clauses:
        notices.append(Notice(NO_WORDS, query.text[:80]))
    return Query(query.text, query.language, query.clauses[:MOST_CLAUSES], query.filters, tuple(dict.fromkeys(notices)))


def _chunk(typed: str, language: str, filters: Filters) -> _Chunk:
    meant = languages_of(typed, language)
    kept = tuple(one for one in meant if not filters.languages or one in filters.languages) or meant or (language,)
    return _Chunk(typed, tuple((one, tuple(words(one, typed))) for one in kept))


def surface_phrase(found: Sequence[Word]) -> Phrase | None:
    """The phrase that finds these words as written; None without words.

    A Chinese run of two characters or more is asked for without its closing single; a lone character may go on.
    """
    surfaces = [word.surface for word in found][:_MOST_TOKENS]
    if not surfaces:
        return None
    closing = is_han(found[-1]) and len(surfaces[-1]) == 1 and len(found) == len(surfaces)
    within_run = closing and len(found) > 1 and is_han(found[-2]) and found[-2].end > found[-1].start
    return Phrase(SURFACE, tuple(surfaces[:-1] if within_run else surfaces), prefix=closing and not within_run)


def _exact(typed: str, language: str) -> list[Clause]:
    reading = (languages_of(typed, language) or (language,))[0]
    phrase = surface_phrase(words(reading, typed))
    return [Clause(EXACT, typed.strip(), ((phrase,),))] if phrase else []


def _prefix(typed: str, language: str) -> list[Clause]:
    reading = (languages_of(typed, language) or (language,))[0]
    phrase = surface_phrase(words(reading, typed))
    return [Clause(PREFIX, typed, ((Phrase(SURFACE, phrase.tokens, prefix=True),),))] if phrase else []


def _terms(chunks: list[_Chunk], terms: Thesaurus | None) -> tuple[list[Clause], list[str]]:
    """Clauses for the bare stretches, and the small words left out (none is left out when all are small)."""
    large = _large(chunks)
    if not large:
        phrases = [(chunk.typed, surface_phrase(chunk.readings[0][1])) for chunk in chunks]
        return [Clause(WORDS, typed, ((phrase,),)) for typed, phrase in phrases if phrase], []
    clauses, at = [], 0
    while at < len(large):
        clause, taken = _longest(large[at:], terms)
        at += taken
        clauses += [clause] if clause.alternatives else []
    shown = {word for clause in clauses for word in clause.typed.split()}
    return clauses, [chunk.typed for chunk in chunks if _is_small(chunk) and chunk.typed not in shown]


def _large(chunks: list[_Chunk]) -> list[_Chunk]:
    """The stretches that are more than small words, each with the small words before it."""
    large: list[_Chunk] = []
    waiting: list[str] = []
    for chunk in chunks:
        if _is_small(chunk):
            waiting.append(chunk.typed)
        else:
            large.append(replace(chunk, before=tuple(waiting)))
            waiting = []
    return large


def _is_small(chunk: _Chunk) -> bool:
    return any(found and not any(word.stem or is_han(word) for word in found) for _, found in chunk.readings)


def _longest(chunks: list[_Chunk], terms: Thesaurus | None) -> tuple[Clause, int]:
    """The clause for the longest run of stretches that is a term of the thesaurus, else for the first alone."""
    for length in range(min(len(chunks), terms.longest), 0, -1) if terms else ():
        named = _named(chunks[:length], terms) if terms else {}
        if named:
            return _term(chunks[:length], named, terms), length
    return Clause(WORDS, chunks[0].typed, _plain(chunks[0])), 1


def _named(chunks: list[_Chunk], terms: Thesaurus) -> dict[str, tuple[str, ...]]:
    """The concepts that the stretches name together, by language."""
    found = {}
    for language in dict.fromkeys(language for chunk in chunks for language, _ in chunk.readings):
        key = key_of(language, " ".join(chunk.typed for chunk in chunks))
        codes = terms.codes(language, key)
        usual = tuple(code for code in codes if key in _keys_of(language, terms.same(language, code)[0]))
        if codes:
            found[language] = usual or codes
    return found


@lru_cache(_FORMS_KEPT)
def _keys_of(language: str, form: str) -> tuple[Key, ...]:
    return keys_of(language, form)


def _term(chunks: list[_Chunk], named: dict[str, tuple[str, ...]], terms: Thesaurus | None) -> Clause:
    alternatives = _together(chunks)
    for language, codes in named.items():
        forms = [form for code in codes for form in (terms.same(language, code) if terms else ())]
        alternatives += [one for form in forms for one in form_alternatives(language, form)]
    typed = " ".join([chunks[0].typed, *(word for chunk in chunks[1:] for word in (*chunk.before, chunk.typed))])
    concepts = tuple(dict.fromkeys(code for codes in named.values() for code in codes))
    return Clause(WORDS, typed, _without_repeats(alternatives)[:_MOST_FORMS], concepts)


def _together(chunks: list[_Chunk]) -> list[Alternative]:
    """All stretches, each as one language reads it; two languages are not mixed."""
    found: list[Alternative] = []
    for language in dict.fromkeys(language for chunk in chunks for language, _ in chunk.readings):
        combined: list[Alternative] = [()]
        for chunk in chunks:
            reading = dict(chunk.readings).get(language, chunk.readings[0][1])
            combined = [(*before, *one) for before in combined for one in _reading(reading)][:_MOST_READINGS]
        found += combined
    return found


@lru_cache(_FORMS_KEPT)
def form_alternatives(language: str, form: str) -> tuple[Alternative, ...]:
    """What finds a form of the thesaurus: its stems near each other, each pair in either order; Chinese as written.

    A compound is met written together ("anticorruption") and apart.
    """
    found = words(language, form)
    if language == "zh" or any(map(is_han, found)):
        phrase = surface_phrase(found)
        return ((phrase,),) if phrase else ()
    apart = tuple(word.stem for word in found if word.stem)
    return tuple(_chained(stems) for stems in dict.fromkeys((apart, _together_written(found))) if stems)


def _together_written(found: Sequence[Word]) -> tuple[str, ...]:
    stems: list[str] = []
    skipped = False
    for word in found:
        if not skipped and (word.joined or word.stem):
            stems.append(word.joined or word.stem)
        skipped = bool(word.joined)
    return tuple(stems)


def _chained(stems: tuple[str, ...]) -> Alternative:
    if len(stems) == 1:
        return (Phrase(STEM, stems),)
    pairs = [pair for pair in pairwise(stems) if len(set(pair)) > 1]
    return tuple(Phrase(STEM, pair, near=_NEAR) for pair in pairs) or (Phrase(STEM, stems[:1]),)


def _without_repeats(alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Alternatives in order, less those that another one already covers (asking more than it)."""
    kept: list[Alternative] = []
    wide: list[frozenset[str]] = []  # the stems of those kept that ask for single stems and nothing else
    for one in dict.fromkeys(tuple(dict.fromkeys(alternative)) for alternative in alternatives):
        demanded = frozenset(token for phrase in one if phrase.field == STEM for token in phrase.tokens)
        if any(stems <= demanded for stems in wide):
            continue
        kept.append(one)
        if all(phrase.field == STEM and len(phrase.tokens) == 1 for phrase in one):
            wide.append(demanded)
    return tuple(kept)


def _plain(chunk: _Chunk) -> tuple[Alternative, ...]:
    """How one stretch may be met without the thesaurus: by its stem in each language; joined; or as written."""
    found: list[Alternative] = []
    for _, reading in chunk.readings:
        found += _reading(reading)
    return _without_repeats(found)


def _reading(reading: tuple[Word, ...]) -> list[Alternative]:
    if len(reading) == 1 and reading[0].stem and not is_han(reading[0]):
        return [(Phrase(STEM, (reading[0].stem,)),)]
    phrase = surface_phrase(reading)
    if not phrase:
        return []
    joined = [word.joined for word in reading if word.joined]
    if joined and len(reading) == len(joined) + 1:
        parts = tuple(part for word in reading for part in (word.joined, word.stem) if part)
        spaced = tuple(word.stem for word in reading if word.stem)
        return [(Phrase(STEM, (joined[0],)),), (Phrase(STEM, parts),), (Phrase(STEM, spaced),)]
    return [(phrase,)]
