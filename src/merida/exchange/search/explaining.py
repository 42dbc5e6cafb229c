"""A query told in words, in the language of the page: what was asked for, what was left out, what was understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext, ngettext, override

from merida.exchange.search.query import (
    CONTROL_CHARACTERS,
    EXACT,
    NO_WORDS,
    ODD_QUOTES,
    PREFIX,
    SMALL_WORDS,
    TOO_LONG,
    TOO_MANY_WORDS,
    Clause,
    Filters,
    Notice,
    Query,
)
from merida.rules.languages.thesaurus import thesaurus

Called = Callable[[str, str], str]
_DJANGO = {"zh": "zh-hans"}


def explain(query: Query, interface_language: str, *, called: Called = lambda _list, value: value) -> tuple[str, ...]:
    """Short sentences in order: the words, the filters, the notices. Plain text, to be escaped when shown.

    ``called`` gives what a value of a list is called: ("states", "GHA") → "Ghana".
    """
    with override(_DJANGO.get(interface_language, interface_language)):
        return (*_words(query), *_filters(query.filters, called), *map(_notice, query.notices))


def _words(query: Query) -> Iterator[str]:
    parts = len(query.clauses)
    if parts > 1:
        all_of_them = ngettext(
            "%(number)d part, within one text", "%(number)d parts, all of them within one text", parts
        )
        yield all_of_them % {"number": parts}
    yield from (_clause(clause, query.language) for clause in query.clauses)


def _clause(clause: Clause, language: str) -> str:
    if clause.kind == EXACT:
        return gettext("exactly “%(words)s”") % {"words": clause.typed}
    if clause.kind == PREFIX:
        return gettext("any word that begins with “%(words)s”") % {"words": clause.typed}
    return _term(clause, language)


def _term(clause: Clause, language: str) -> str:
    others = _others(clause, language)
    if others:
        return gettext("“%(words)s” in any of its forms, or: %(others)s") % {
            "words": clause.typed,
            "others": gettext(", ").join(others),
        }
    return gettext("“%(words)s” in any of its forms") % {"words": clause.typed}


def _others(clause: Clause, language: str) -> list[str]:
    """Other names of the term in its language, as the thesaurus writes them."""
    spoken = thesaurus()
    forms = [form for code in clause.concepts for form in spoken.same(language, code)]
    return [form for form in forms if form.casefold() != clause.typed.casefold()][:5]


def _filters(filters: Filters, called: Called) -> Iterator[str]:
    separator = gettext(", ")
    for name, label in (
        ("kinds", gettext("kind: %(values)s")),
        ("states", gettext("State: %(values)s")),
        ("provisions", gettext("provision: %(values)s")),
        ("years", gettext("year: %(values)s")),
        ("languages", gettext("language: %(values)s")),
        ("documents", gettext("document: %(values)s")),
    ):
        values = [called(name, str(value)) for value in getattr(filters, name)]
        if values:
            yield label % {"values": separator.join(values)}


def _notice(notice: Notice) -> str:
    texts = {
        SMALL_WORDS: gettext("left out, too common to help: “%(detail)s”"),
        TOO_LONG: gettext("only the first %(detail)s characters were used"),
        TOO_MANY_WORDS: gettext("only the first %(detail)s words were used"),
        ODD_QUOTES: gettext("a quotation mark without its partner was taken to reach to the end"),
        CONTROL_CHARACTERS: gettext("characters that cannot be seen were left out"),
        NO_WORDS: gettext("no word was found in “%(detail)s”"),
    }
    return texts[notice.code] % {"detail": notice.detail}
