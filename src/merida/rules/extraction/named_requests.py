"""Requests to somebody whom no list of addressees holds: a State by its name, "States that had not yet replied"."""

from collections.abc import Iterator, Sequence

from merida.rules.extraction.facts import RECOMMENDATION, Request
from merida.rules.extraction.text import Span, Text, conditions_in, sentences
from merida.rules.extraction.word_lists import Grammar

_THE = len(" The ")


def named_requests(text: Text, grammar: Grammar, found: Sequence[Request], *, concluding: bool) -> list[Request]:
    """What is asked beside what was found already; what speakers ask is not what a body asks.

    "It is recommended that Ruritania publish …", "Ruritania is encouraged to …", "States that had not yet done so
    were requested to …", and in conclusions the second half of "recommended that … and that the Secretariat …".
    """
    challenged = concluding or any(grammar["challenges_title"].search(title) for title in text.path)
    if not grammar.says("named_request_words", text.text) and not (challenged and text.states):
        return []
    told: list[Request] = []
    for span in sentences(text.text, grammar):
        asked = list(_asked(text, span, grammar, concluding=concluding, challenged=challenged))
        if not asked or grammar["speaker"].search(text.text, *span):
            continue
        known = {request.addressee for request in found if span[0] <= request.start < span[1]}
        for who, rule in asked:
            if who not in known:
                known.add(who)
                condition = conditions_in(text.text, span, grammar)
                told.append(Request(text.at, RECOMMENDATION, who, condition, *span, rule))
    return told


def _asked(
    text: Text, span: Span, grammar: Grammar, *, concluding: bool, challenged: bool
) -> Iterator[tuple[str, str]]:
    words = text.text
    for state in (one for one in text.states if span[0] <= one.start < span[1]):
        recommended = grammar.before("recommends_before", words, state.start, start=span[0])
        said = state.start - span[0] <= _THE and challenged and grammar["state_should"].match(words, state.end)
        if (
            said
            or (recommended and not words[state.end :].startswith(":"))
            or grammar["asked_after"].match(words, state.end)
        ):
            yield state.surface, "request.state"
    for described in grammar.every("asked_described", words, *span):
        yield described["who"], "request.described"
    more = grammar.search("and_that", words, *span) if concluding else None
    if more and grammar["recommends_before"].search(words, span[0], more.start()):
        yield more["who"], "request.and_that"
