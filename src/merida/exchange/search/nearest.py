"""Nothing found is no dead end: the nearest useful queries, each with the number that it would find."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.db import connection

from merida.exchange.search.backend import backend
from merida.exchange.search.entry import ANSWER, DOCUMENT, KINDS, PARAGRAPH, STATE, EntryData
from merida.exchange.search.facets import count_things
from merida.exchange.search.index import stored_under
from merida.exchange.search.models import Entry
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import EVERYBODY, Visible, count
from merida.exchange.search.query import EXACT, PREFIX, WORDS, Clause, Filters, Query
from merida.rules.languages.scripts import HAN, guess_script
from merida.rules.languages.thesaurus import LANGUAGES, thesaurus

WITHOUT_FILTER, WITHOUT_QUOTES, WITHOUT_WORD = "WITHOUT_FILTER", "WITHOUT_QUOTES", "WITHOUT_WORD"
BEGINNING, SPELLING, OTHER_LANGUAGE = "BEGINNING", "SPELLING", "OTHER_LANGUAGE"
PIECES, FILTERS_ONLY, EVERYTHING = "PIECES", "FILTERS_ONLY", "EVERYTHING"
_MOST = 6
_MOST_OF_ONE = {BEGINNING: 1, SPELLING: 2, PIECES: 3}
_SHORTEST_BEGINNING = 4
_LONGEST_NAME = 4
NAMED = tuple(kind for kind in KINDS if kind not in {ANSWER, DOCUMENT, PARAGRAPH})
_LIKE = 0.75
_AT_ONCE = 500
# Comparing a word with the whole thesaurus takes some milliseconds: only the first few, and no endless ones.
_RESPELT, _LONGEST_RESPELT = 3, 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that finds something.

    how is the change made; detail what was dropped, or the new words; text the query to type, filters its filters.
    """

    how: str
    detail: str
    text: str
    filters: Filters
    language: str
    total: int


def nearest(query: Query, *, visible: Visible = EVERYBODY, by_thing: bool = False) -> tuple[Suggestion, ...]:
    """Up to six queries near one that found nothing, best first; never empty while the index holds anything visible.

    ``by_thing``: what is found under several of its names counts once.
    """
    ways: tuple[Callable[[Query], Iterator[tuple[str, str, Query]]], ...] = (
        _respelt,
        _without_quotes,
        _without_filter,
        _begun,
        _in_pieces,
        _without_word,
        _elsewhere,
    )
    counted = count_things if by_thing else count
    found: dict[tuple[str, Filters], Suggestion] = {}
    of_one_kind: Counter[str] = Counter()
    for how, detail, other in (change for way in ways for change in way(query)):
        if (other.text, other.filters) in found or of_one_kind[how] == _MOST_OF_ONE.get(how, _MOST):
            continue
        total = counted(other, visible=visible)
        if total:
            suggestion = Suggestion(how, detail, other.text, other.filters, other.language, total)
            found[other.text, other.filters] = suggestion
            of_one_kind[how] += 1
        if len(found) == _MOST:
            break
    return tuple(found.values()) or _last_resort(query, visible, counted)


def read_ahead() -> None:
    """Sort the words of the thesaurus, so that the first reader who finds nothing need not wait for them."""
    _by_letter()


def in_other_languages(query: Query, *, visible: Visible = EVERYBODY) -> tuple[Suggestion, ...]:
    """The same terms and States asked for in the other five languages, where that finds something."""
    found = []
    for how, detail, other in _elsewhere(query):
        total = count(other, visible=visible)
        if total:
            found.append(Suggestion(how, detail, other.text, other.filters, other.language, total))
    return tuple(found)


def _asked(query: Query, text: str, filters: Filters | None = None, language: str = "") -> Query:
    return parse_query(text, language or query.language, filters=filters if filters is not None else query.filters)


def _typed(clause: Clause) -> str:
    if clause.kind == EXACT:
        return f'"{clause.typed}"'
    return f"{clause.typed}*" if clause.kind == PREFIX else clause.typed


def _text(clauses: list[Clause]) -> str:
    return " ".join(map(_typed, clauses))


def _without_filter(query: Query) -> Iterator[tuple[str, str, Query]]:
    for name in ("kinds", "years", "languages", "documents", "provisions", "states"):
        if getattr(query.filters, name):
            filters = replace(query.filters, **{name: ()})
            yield WITHOUT_FILTER, name, replace(query, filters=filters)


def _without_quotes(query: Query) -> Iterator[tuple[str, str, Query]]:
    exact = [clause.typed for clause in query.clauses if clause.kind == EXACT]
    if exact:
        yield WITHOUT_QUOTES, exact[0], _asked(query, " ".join(clause.typed for clause in query.clauses))


def _without_word(query: Query) -> Iterator[tuple[str, str, Query]]:
    if len(query.clauses) < 2:  # noqa: PLR2004
        return
    for clause in query.clauses:
        rest = [other for other in query.clauses if other is not clause]
        yield WITHOUT_WORD, clause.typed, _asked(query, _text(rest))


def _begun(query: Query) -> Iterator[tuple[str, str, Query]]:
    """A word that nobody wrote, asked for by its beginning."""
    for at, clause in enumerate(query.clauses):
        word = clause.typed
        if clause.kind != WORDS or " " in word or guess_script(word) == HAN:
            continue
        for length in range(len(word), max(_SHORTEST_BEGINNING, len(word) * 2 // 3) - 1, -1):
            shorter = replace(clause, kind=PREFIX, typed=word[:length])
            changed = [*query.clauses[:at], shorter, *query.clauses[at + 1 :]]
            yield BEGINNING, word[:length], _asked(query, _text(changed))


def _in_pieces(query: Query) -> Iterator[tuple[str, str, Query]]:
    """A long Chinese stretch cut into known terms and names, or else into pairs, that need not stand together."""
    for clause in query.clauses:
        if clause.kind != WORDS or guess_script(clause.typed) != HAN or len(clause.typed) < _SHORTEST_BEGINNING:
            continue
        rest = _text([other for other in query.clauses if other is not clause])
        known = _known_pieces(clause.typed)
        pairs = [clause.typed[at : at + 2] for at in range(0, len(clause.typed) - 1, 2)]
        for pieces in (known, *([one] for one in known), pairs):
            if pieces:
                yield PIECES, " ".join(pieces), _asked(query, f"{rest} {' '.join(pieces)}".strip())


def _known_pieces(run: str) -> list[str]:
    terms = sorted({form for one in thesaurus().concepts.values() for form in one.forms["zh"]} | _names("zh"), key=len)
    pieces, at = [], 0
    while at < len(run):
        longest = next((term for term in reversed(terms) if run.startswith(term, at)), "")
        pieces += [longest] if longest else []
        at += len(longest) or 1
    return pieces


def _respelt(query: Query) -> Iterator[tuple[str, str, Query]]:
    for at, clause in enumerate(query.clauses[:_RESPELT]):
        if clause.kind != WORDS or guess_script(clause.typed) == HAN or len(clause.typed) > _LONGEST_RESPELT:
            continue
        typed = clause.typed.casefold()
        for other in _near(typed):
            changed = [*query.clauses[:at], replace(clause, typed=other), *query.clauses[at + 1 :]]
            if other != typed:
                yield SPELLING, other, _asked(query, _text(changed))


@lru_cache(maxsize=1000)
def _near(word: str) -> tuple[str, ...]:
    """The two words of the thesaurus most like this one."""
    return tuple(difflib.get_close_matches(word, _alike(word), n=2, cutoff=_LIKE))


def _alike(word: str) -> list[str]:
    """Words that may be meant: one of the first two letters is the same, and the length is not too far off.

    Comparing with all takes too long. Lengths between which the likeness cannot reach ``_LIKE`` are left out.
    """
    least, most = len(word) * _LIKE / (2 - _LIKE), len(word) * (2 - _LIKE) / _LIKE
    begun = {other for letter in word[:2] for other in _by_letter().get(letter, ())}
    return sorted(other for other in begun if least <= len(other) <= most)


@cache
def _by_letter() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in _vocabulary():
        for letter in set(word[:2]):
            found[letter].append(word)
    return {letter: tuple(words) for letter, words in found.items()}


@cache
def _vocabulary() -> frozenset[str]:
    """Words and terms of the thesaurus outside Chinese, casefolded."""
    forms = {
        f.casefold()
        for one in thesaurus().concepts.values()
        for code, fs in one.forms.items()
        if code != "zh"
        for f in fs
    }
    return frozenset(forms | {word for form in forms for word in form.split() if len(word) > _SHORTEST_BEGINNING})


def _named_in(language: str, *, text: str = "", kinds: tuple[str, ...] = NAMED) -> list[EntryData]:
    """Public entries that are names of things, with these words if any; asked of the index, quick at any size."""
    filters = Filters(kinds=kinds, languages=(language,) if language else ())
    numbers = backend().numbers(connection, parse_query(text, language, filters=filters, expand=False), EVERYBODY)
    batches = (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE))
    return [entry for batch in batches for entry in stored_under(batch).values()]


def _names(language: str) -> set[str]:
    """Titles of States, organisations and the like in a language."""
    return {entry.title for entry in _named_in(language) if len(entry.title) > 1}


def _elsewhere(query: Query) -> Iterator[tuple[str, str, Query]]:
    parts = _parts(query)
    if not any(isinstance(part, dict) for part in parts):
        return
    for language in LANGUAGES:
        forms = [part.get(language, "") if isinstance(part, dict) else part for part in parts]
        if language == query.language or not all(forms):
            continue
        text = " ".join(forms)
        if text != _text(list(query.clauses)):
            filters = replace(query.filters, languages=(language,))
            yield OTHER_LANGUAGE, text, _asked(query, text, filters, language)


def _parts(query: Query) -> list[str | dict[str, str]]:
    """The query in pieces: terms and names of States with their form in each language, other words as typed."""
    parts: list[str | dict[str, str]] = []
    left = list(query.clauses)
    while left:
        if left[0].concepts:
            concept = thesaurus().concepts[left[0].concepts[0]]
            parts.append({language: forms[0] for language, forms in concept.forms.items()})
            left = left[1:]
            continue
        names, taken = _state(left)
        parts.append(names or _typed(left[0]))
        left = left[taken:]
    return parts


def _state(clauses: list[Clause]) -> tuple[dict[str, str], int]:
    """The State whose name the first clauses spell out, by language, and how many they are; ({}, 1) when none."""
    for length in range(min(len(clauses), _LONGEST_NAME), 0, -1):
        typed = " ".join(clause.typed for clause in clauses[:length])
        for entry in _named_in("", text=typed, kinds=(STATE,)):
            if entry.title.casefold() == typed.casefold():
                return dict(Entry.objects.filter(ref=entry.ref).values_list("language", "title")), length
    return {}, 1


def _last_resort(query: Query, visible: Visible, counted: Callable[..., int]) -> tuple[Suggestion, ...]:
    """What the filters alone leave; failing that, everything."""
    for how, filters in ((FILTERS_ONLY, query.filters), (EVERYTHING, Filters(kinds=KINDS))):
        other = Query("", query.language, (), filters)
        total = counted(other, visible=visible)
        if total:
            return (Suggestion(how, "", "", filters, query.language, total),)
    return ()
