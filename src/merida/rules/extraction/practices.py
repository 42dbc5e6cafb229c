"""Practices that are told: by a State or speaker in a discussion, or below a heading that says so. Never rewritten."""

from collections.abc import Iterator
from functools import lru_cache

from merida.rules.extraction.facts import Practice
from merida.rules.extraction.text import Span, Text, sentences, within
from merida.rules.extraction.word_lists import Grammar

_PASSAGES = frozenset({"PARAGRAPH", "ITEM"})
_PROVISIONS = ("PROVISION",)
_COLONS = (":", "：")
_LONGEST_TELLER = 60  # signs between "from Ruritania" and "panellist"


def practices(text: Text, grammar: Grammar) -> Iterator[Practice]:
    """At most one practice a passage: below a heading "Good practices", or told by somebody in a discussion.

    A discussion is a section whose heading cites provisions; what is only wished for or thanked for is no practice.
    """
    if text.kind not in _PASSAGES or (text.kind == "PARAGRAPH" and text.text.rstrip().endswith(_COLONS)):
        return  # the items of a list say what
    if _is_titled(text.path, grammar):
        yield _practice(text, (0, len(text.text)), (), "practice.heading")
        return
    if not text.subject or grammar["other_voice"].search(text.text):
        return
    all_of = sentences(text.text, grammar)
    named = _tellers(text, all_of[0], grammar) if all_of else ()
    spans = [span for span in all_of if _tells(text.text, span, grammar)]
    if named and (spans or grammar.search("measure", text.text)):
        yield _practice(text, (0, len(text.text)), named, "practice.named")
    elif spans:
        yield _practice(text, (spans[0][0], spans[-1][1]), (), "practice.told")
    elif told := _states_that_tell(text, grammar):
        yield _practice(text, (0, len(text.text)), (told, ()), "practice.state")


@lru_cache(maxsize=256)
def _is_titled(path: tuple[str, ...], grammar: Grammar) -> bool:
    return any(grammar["practice_title"].search(title.strip()) for title in path[-1:])


def _tells(text: str, span: Span, grammar: Grammar) -> bool:
    """Whether a sentence says that somebody reported a measure that was taken."""
    teller = grammar["teller"].search(text, *span)
    if not teller:
        return False
    told = grammar["tells"].search(text, teller.end(), span[1])
    measure = grammar.search("measure", text, teller.end(), span[1])
    return bool(told and measure) and not grammar["no_practice"].search(text, teller.end(), span[1])


def _tellers(text: Text, span: Span, grammar: Grammar) -> tuple[tuple[str, ...], tuple[str, ...]] | tuple[()]:
    """The State and organisation that stand beside the word for who speaks; () for speakers without a name."""
    teller = grammar["teller"].search(text.text, *span)
    if not teller:
        return ()
    start, end = (
        max(0, teller.start() - _LONGEST_TELLER),
        teller.end() + (0 if grammar.language == "zh" else _LONGEST_TELLER),
    )
    told = grammar["tells"].search(text.text, teller.end(), end)
    near = (start, told.start() if told else end)
    states = tuple(dict.fromkeys(m.key for m in within(text.states, near)))
    organisations = tuple(dict.fromkeys(m.key for m in within(text.organisations, near)))
    return (states, () if states else organisations) if states or organisations else ()


def _states_that_tell(text: Text, grammar: Grammar) -> tuple[str, ...]:
    """The States that tell a measure themselves ("Ruritania reported that it had set up …"), as written replies do."""
    if not grammar.search("measure", text.text):
        return ()
    telling = (state for state in text.states if grammar["state_tells"].match(text.text, state.end))
    return tuple(dict.fromkeys(state.key for state in telling))


def _practice(
    text: Text, span: Span, named: tuple[tuple[str, ...], tuple[str, ...]] | tuple[()], rule: str
) -> Practice:
    states, organisations = named or ((), ())
    own = tuple(dict.fromkeys(m.key for m in within(text.citations, span) if m.kind in _PROVISIONS))
    return Practice(text.at, states, organisations, own or text.subject, span[0], span[1], rule)
