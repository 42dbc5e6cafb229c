"""What things are called in the reader's language, and the citation of a fact of the registry."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from merida.foundation.registry.queries import Named, bodies_known, named
from merida.foundation.sources.languages import text_in
from merida.interfaces.web.pieces import Cell, Citation
from merida.interfaces.web.views.listing import language
from merida.knowledge.documents.citing import title_of
from merida.knowledge.documents.models import Document

LONGEST_NAME = 60  # of a document without a symbol
UNKNOWN_BODY = "UNKNOWN "  # a resolution whose body the text does not say
RULES_OF_PROCEDURE = "RULES_OF_PROCEDURE "
Names = dict[tuple[str, str], str]
# Short names that are words, not acronyms.
SHORT_INSTRUMENTS = {
    "OECD_ABC": gettext_lazy("OECD Anti-Bribery Convention"),
    "UN1988": gettext_lazy("1988 Convention"),
    "UNTOC_FIREARMS": gettext_lazy("Firearms Protocol"),
    "UNTOC_SOM": gettext_lazy("Smuggling of Migrants Protocol"),
    "UNTOC_TIP": gettext_lazy("Trafficking in Persons Protocol"),
}
SHORT_MECHANISMS = {
    "ARAB_REVIEW": gettext_lazy("Arab Convention"),
    "AU_REVIEW": gettext_lazy("AU Convention"),
    "UNTOC_REVIEW": gettext_lazy("UNTOC review"),
}
TITLED = frozenset({"PROVISION", "CHAPTER"})


def in_reader_language(texts: dict[str, str], fallback: str = "") -> str:
    """Return a text of the registry in the reader's language, else in another, else ``fallback``."""
    return text_in(texts, language()).text or fallback


def title_cell(titles: dict[str, str]) -> Cell:
    """Return a title for a table, marked with its language where it is not the reader's."""
    found = text_in(titles, language())
    return Cell(found.text, language="" if found.language == language() else found.language)


def short_mechanism(code: str, short_name: str) -> str:
    """Return the short name of a mechanism: an acronym is the same in every language, words are translated."""
    return str(SHORT_MECHANISMS.get(code, short_name))


def isolated(code: str, reader: str = "") -> str:
    """Return a code so that it keeps its order, and does not turn the line, in text that runs from right to left.

    ``reader`` is the reader's language, for who knows it already.
    """
    runs_left = (reader or language()) == "ar"
    return f"\N{LEFT-TO-RIGHT ISOLATE}{code}\N{POP DIRECTIONAL ISOLATE}" if runs_left else code


def rightwards(reader: str = "") -> str:
    """Return the mark with which a line that begins with a code runs from right to left, where the language does."""
    return "\N{RIGHT-TO-LEFT MARK}" if (reader or language()) == "ar" else ""


def short_instrument(code: str, short_name: str) -> str:
    """Return the short name of an instrument, its code where it has none; words are translated."""
    return str(SHORT_INSTRUMENTS.get(code, short_name or code))


def choice_in_words(record: Model, field: str) -> str:
    """Return what the choice in a field is called, as ``get_FIELD_display`` does.

    That one asks for the words of all choices each time it is asked for one: a fifteenth of the time of a page.
    """
    value: str = getattr(record, field)
    return _choices(type(record), field, language()).get(value, value)


@lru_cache(512)
def _choices(model: type[Model], field: str, _language: str) -> dict[str, str]:
    choices: Any = model._meta.get_field(field)  # noqa: SLF001 (Django names it so)
    return {value: str(label) for value, label in choices.flatchoices}


def names_of_keys(keys: Iterable[tuple[str, str]]) -> Names:
    """Return the names of what mentions name, by kind and key; what the registry does not hold is left out."""
    code = language()
    return {pair: _name(found, code) for pair, found in named(keys).items()}


def _name(found: Named, code: str) -> str:
    text = text_in(found.names, code).text
    if found.kind in TITLED:
        return f"{rightwards(code)}{isolated(found.key, code)} · {text}" if text else found.key
    return found.key if found.kind == "RESOLUTION" else text or found.key


def body_names() -> dict[str, str]:
    """Return the names of all bodies by code. One query."""
    return {body.code: in_reader_language(body.names, body.code) for body in bodies_known()}


def body_name(code: str) -> str:
    """Return the name of one body, ``""`` for an unknown code."""
    found = next((body for body in bodies_known() if body.code == code), None) if code else None
    return in_reader_language(found.names, code) if found else ""


def citation_of(fact: Any) -> Citation:
    """Return the source of a fact of the registry (any ``Sourced`` row) for its mark."""
    return Citation(symbol=fact.source.citation, text=fact.note, confidence=fact.confidence)


def name_of_document(found: Document, code: str) -> str:
    """Return the symbol of a document, else the beginning of its title, else its address."""
    title = title_of(found, code)
    short = title if len(title) <= LONGEST_NAME else title[: LONGEST_NAME - 1].rstrip() + "…"
    return found.symbol or short or found.slug


def name_of_key(key: str) -> str:
    """Return the key of what the registry does not hold as people would write it."""
    if key.startswith(RULES_OF_PROCEDURE):
        return _("Rules of procedure, rule %(number)s") % {"number": key.removeprefix(RULES_OF_PROCEDURE)}
    if key.startswith(UNKNOWN_BODY):
        return _("%(number)s, body not named") % {"number": key.removeprefix(UNKNOWN_BODY)}
    return key.replace("_", " ")
