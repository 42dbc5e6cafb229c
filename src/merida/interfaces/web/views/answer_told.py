"""An answer as its reader is told it: choices by their words, laws and authorities by their names."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.interfaces.web.views.naming import in_reader_language
from merida.knowledge.directory.queries import authorities_named, authorities_of
from merida.knowledge.library.queries import laws_named, laws_of
from merida.review.questionnaires.form import Question, Texts
from merida.review.questionnaires.values import in_words, plain, row_in_words


def law_names(actor: Actor, state: State) -> dict[str, str]:
    """Return the titles of the laws that this reader may see, by identifier."""
    return {str(law.uuid): in_reader_language(law.titles, str(law.uuid)) for law in laws_of(actor, state)}


def authority_names(actor: Actor, state: State) -> dict[str, str]:
    """Return the names of the authorities that this reader may see, by identifier."""
    return {str(one.uuid): in_reader_language(one.names, str(one.uuid)) for one in authorities_of(actor, state)}


def registered_names(actor: Actor, values: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the laws and authorities chosen in some answers are called, by identifier; a query for each register.

    What this reader may not see is called so. Nothing is asked where nothing was chosen.
    """
    held = list(values)
    laws = {each for one in held for each in one.get("laws", ())}
    authorities = {each for one in held for each in one.get("authorities", ())}
    names = dict.fromkeys(laws, _("a law that is not public"))
    names |= dict.fromkeys(authorities, _("an authority that is not public"))
    if laws:
        names |= {str(law.uuid): in_reader_language(law.titles) for law in laws_named(actor, laws)}
    if authorities:
        names |= {str(one.uuid): in_reader_language(one.names) for one in authorities_named(actor, authorities)}
    return names


def told_plainly(question: Question, value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return an answer as one text; ``names`` are those of ``registered_names``."""
    words = {one.code: in_reader_language(dict(one.text), one.code) for one in question.choices}
    return plain(in_words(value, {**words, **names}), row=lambda row: row_in_words(question, row, _read))


def _read(texts: Texts) -> str:
    return in_reader_language(dict(texts))
