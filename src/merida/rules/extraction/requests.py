"""What was asked, found or promised: mandates recalled, recommendations, conclusions, outlook."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from re import Match
from sys import maxsize
from typing import NamedTuple

from merida.rules.extraction.facts import CONCLUSION, MANDATE, OUTLOOK, RECOMMENDATION, Request
from merida.rules.extraction.named_requests import named_requests
from merida.rules.extraction.run_on_items import may_list, run_on_lists
from merida.rules.extraction.text import Span, Text, clause_of, clause_starts, conditions_in, sentences, within
from merida.rules.extraction.word_lists import Grammar

_PASSAGES = frozenset({"PARAGRAPH", "ITEM"})
_COLONS = (":", "：")
_INTRODUCTION = "INTRODUCTION"  # of a list: its items say what is asked


class _Speech(NamedTuple):
    """How a passage may ask: in a section of conclusions, with "States were requested", with "decided that"."""

    concluding: bool
    passive: bool
    decided: bool


def requests(text: Text, grammar: Grammar) -> list[Request]:
    """The requests of a passage; a paragraph of conclusions that asks nothing of anybody is one conclusion."""
    if text.kind not in _PASSAGES:
        return []
    concluding, looking_ahead = _section(text.path, grammar)
    found: list[Request] = []
    if text.kind == "ITEM":
        found.extend(_item(text, grammar, concluding=concluding))
    passive = grammar.says("passive_words", text.text)
    decided = grammar.search("decided", text.text) is not None
    if concluding or passive or decided or grammar.may("asks", text.text) or grammar.may("might", text.text):
        speech = _Speech(concluding, passive, decided)
        for span, told in _parts(text, grammar, speech):
            found.extend(told or _asked(text, span, grammar, found, speech))
    found.extend(named_requests(text, grammar, found, concluding=concluding))
    if concluding and not found and _concludes(text, grammar):
        found.append(Request(text.at, CONCLUSION, "", "", 0, len(text.text), "request.conclusion"))
    if looking_ahead:
        found.extend(_outlook(text, grammar))
    return found


def _parts(text: Text, grammar: Grammar, speech: _Speech) -> Iterator[tuple[Span, list[Request]]]:
    """The sentences of a passage, and with the lists that run on in them what their items ask."""
    past = 0
    lists = run_on_lists(text.text, grammar) if may_list(text.text) else ()
    for start, end in sentences(text.text, grammar):
        held = next((one for one in lists if start <= one.begin < end), None) if start >= past else None
        if held is None:
            if end > past:
                yield (max(start, past), end), []
            continue
        ends = start + len(text.text[start : held.begin].rstrip())
        before = _Introduction(text._replace(kind=_INTRODUCTION), (start, ends))
        told = [request for item in held.items for request in _listed(text, item, before, grammar, speech)]
        if not told:  # the sentence is read as any other
            yield (start, end), []
            continue
        past = max(held.items[-1][1], end)
        rest = (held.items[-1][1], past)
        for who in dict.fromkeys(_who(verb) for verb in grammar.every("asks", text.text, *rest)):
            told.append(_request(text, rest, (told[0].kind, who, "request.body"), grammar))
        yield (start, past), told


@lru_cache(maxsize=256)
def _section(path: tuple[str, ...], grammar: Grammar) -> tuple[bool, bool]:
    """Whether the headings above a passage say that it concludes, or that it looks ahead."""
    concluding = any(grammar["conclusions_title"].search(title.strip()) for title in path)
    return concluding, any(grammar["outlook_title"].search(title) for title in path[-1:])


def _concludes(text: Text, grammar: Grammar) -> bool:
    """Whether a body, not a speaker, says something, or "it is necessary", in a paragraph that introduces no items."""
    needed = grammar["asking_body"].search(text.text) or grammar.search("necessity", text.text)
    says = needed and not grammar["speaker"].search(text.text)
    return bool(says) and text.kind == "PARAGRAPH" and not text.text.rstrip().endswith(_COLONS)


class _Introduction(NamedTuple):
    """The words before the items of a list: a stretch of the text in which they stand."""

    text: Text
    span: Span

    @property
    def words(self) -> str:
        """What they say."""
        return self.text.text[self.span[0] : self.span[1]]


def _item(text: Text, grammar: Grammar, *, concluding: bool) -> Iterator[Request]:
    """A lettered item of "The Commission may wish to invite States: …" is what the introduction asks."""
    whole = text.introduction
    span = next(reversed(sentences(whole, grammar)), (0, 0))
    words = whole[span[0] : span[1]].rstrip()
    if words.endswith(_COLONS):
        said = Text(text.at, _INTRODUCTION, whole, text.path)
        speech = _Speech(concluding, grammar.says("passive_words", whole), decided=False)
        before = _Introduction(said, (span[0], span[0] + len(words)))
        yield from _listed(text, (0, len(text.text)), before, grammar, speech)


def _listed(text: Text, item: Span, before: _Introduction, grammar: Grammar, speech: _Speech) -> Iterator[Request]:
    """What one item of a list asks: what its introduction does, or of whom its own first words ask it."""
    if grammar["speaker"].search(before.words):
        return
    # A condition of the introduction holds for each of its items.
    condition = conditions_in(text.text, item, grammar) or conditions_in(before.words, (0, len(before.words)), grammar)
    introduced = _introduced(before, grammar, speech)
    if introduced and introduced[2] != "request.might":
        kind, named, rule = introduced[0], [introduced[1]], "request.item"
    else:
        kind, named, rule = _of_its_own(text, item, before.words, grammar, concluding=speech.concluding)
        if introduced:
            kind, named, rule = RECOMMENDATION, named or [introduced[1]], "request.item"
    for who in named if kind else ():
        yield Request(text.at, kind, who, condition, *item, rule)


def _introduced(before: _Introduction, grammar: Grammar, speech: _Speech) -> tuple[str, str, str] | None:
    """Kind, addressee and rule of what an introduction asks, the last where it asks several; None where nothing.

    The functions that a conference decided that a body should have are no mandate each.
    """
    asked = list(_asked(before.text, before.span, grammar, [], speech._replace(decided=False)))
    if asked:
        return asked[-1].kind, asked[-1].addressee, asked[-1].rule
    last = next(reversed(list(grammar.every("asks", before.words))), None)
    if not last:
        return (RECOMMENDATION, "", "request.might") if grammar.search("might", before.words) else None
    mandate = not speech.concluding and grammar.search("mandate_body", before.words)
    return (MANDATE if mandate else RECOMMENDATION), _who(last), "request.item"


def _of_its_own(
    text: Text, item: Span, introduction: str, grammar: Grammar, *, concluding: bool
) -> tuple[str, list[str], str]:
    """Kind, addressees and rule of an item that says itself who is asked: "The Group: (a) Requested States …"."""
    if grammar["item_asks"].match(text.text, *item):
        kind = _voiced(introduction, grammar, concluding=concluding)
        return kind, list(dict.fromkeys(_who(verb) for verb in grammar.every("asks", text.text, *item))), "request.item"
    if grammar["recommends_that"].search(introduction):
        kind = _voiced(introduction, grammar, concluding=concluding)
        subject = grammar["item_subject"].match(text.text, *item)
        return kind, [subject["who"] if subject else ""], "request.item"
    if concluding and (should := grammar["should_do"].match(text.text, *item)):
        return RECOMMENDATION, [should["who"]], "request.should"
    return "", [], ""


def _voiced(words: str, grammar: Grammar, *, concluding: bool) -> str:
    """The kind of what items ask whose introduction only says who speaks ("The Working Group:"), "" where nobody."""
    if not concluding and grammar.search("mandate_body", words):
        return MANDATE
    return RECOMMENDATION if concluding or grammar["asking_body"].search(words) else ""


def _asked(text: Text, span: Span, grammar: Grammar, earlier: list[Request], speech: _Speech) -> Iterator[Request]:
    """What one sentence asks. What speakers asked for is not what the body asked for."""
    if text.text[span[0] : span[1]].rstrip().endswith(_COLONS) and text.kind == "PARAGRAPH":
        return  # its items say what
    asked: dict[str, Request] = {}
    might = grammar.search("might", text.text, *span)
    verbs = [m for m in grammar.every("asks", text.text, *span) if not might or m.start() >= might.start()]
    if might and not verbs:
        bodies = list(grammar["might_body"].finditer(text.text, span[0], might.start()))
        if bodies and not grammar["speaker"].search(text.text, span[0], might.start()):
            yield _request(text, span, (RECOMMENDATION, bodies[-1].group(), "request.might"), grammar)
        return
    if not verbs:
        if speech.passive:
            yield from _passive(text, span, grammar, earlier)
        if speech.decided:
            yield from _decided(text, span, grammar)
        if speech.concluding and not speech.passive and (should := grammar["should_do"].match(text.text, span[0])):
            yield _request(text, span, (RECOMMENDATION, should["who"], "request.should"), grammar)
        return
    voices = _voices(text, span, grammar)
    for verb, stretch in zip(verbs, _stretches(verbs, voices.starts, span), strict=True):
        kind, rule = _kind(text, verb, voices, grammar, concluding=speech.concluding, might=bool(might))
        who = _who(verb)
        known = {r.addressee for r in earlier} if rule == "request.impersonal" else set(asked)
        if kind and who not in known and not (rule == "request.impersonal" and asked):
            asked[who] = _request(text, span, (kind, who, rule), grammar, stretch)
    yield from asked.values()


def _stretches(verbs: list[Match[str]], starts: tuple[int, ...], span: Span) -> list[Span]:
    """The words of each request of a sentence: from its clause, or its verb, to where the next begins."""
    cuts = [span[0]]
    for before, verb in pairwise(verbs):
        clause = starts[clause_of(starts, verb.start())]
        cuts.append(clause if clause > before.start() else verb.start())
    return list(pairwise([*cuts, span[1]]))


def _passive(text: Text, span: Span, grammar: Grammar, earlier: list[Request]) -> Iterator[Request]:
    """What "States were requested to": a mandate where a resolution is cited before it, else a recommendation."""
    for asked in grammar.every("asked_passive", text.text, *span):
        if grammar["speaker"].search(text.text, span[0], asked.start()):
            return
        recalled = any(cited.kind == "RESOLUTION" for cited in within(text.citations, (span[0], asked.start())))
        who = earlier[-1].addressee if asked["who"] == "They" and earlier else asked["who"]
        told = (MANDATE if recalled else RECOMMENDATION, who, "request.passive")
        yield _request(text, span, told, grammar)


def _decided(text: Text, span: Span, grammar: Grammar) -> Iterator[Request]:
    """What a conference or assembly decided that a body should do: a mandate, as what it requested is."""
    for decided in grammar.every("decided", text.text, *span):
        before = (span[0], decided.start())
        by_it = grammar.search("mandate_body", text.text, *before)
        if by_it and not grammar["speaker"].search(text.text, *before):
            yield _request(text, span, (MANDATE, decided["who"], "request.decided"), grammar)


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in a sentence: where each first stands, ``maxsize`` where none does, and where its clauses begin."""

    speaker: int
    mandate: int
    own_subject: int
    bodies: tuple[int, ...]
    starts: tuple[int, ...]


def _voices(text: Text, span: Span, grammar: Grammar) -> Voices:
    mandate = grammar.search("mandate_body", text.text, *span)
    own = grammar["own_subject"].search(text.text, mandate.end(), span[1]) if mandate else None
    return Voices(
        _first(grammar["speaker"].search(text.text, *span)),
        _first(mandate),
        own.end() if own else maxsize,
        tuple(match.start() for match in grammar["asking_body"].finditer(text.text, *span)),
        clause_starts(text.text, grammar, span),
    )


def _first(match: Match[str] | None) -> int:
    return match.start() if match else maxsize


def _kind(
    text: Text, verb: Match[str], voices: Voices, grammar: Grammar, *, concluding: bool, might: bool
) -> tuple[str, str]:
    """The kind of a request by who asks; ("", "") when a speaker or nobody of weight does."""
    start = verb.start()
    if voices.speaker < start:
        return "", ""
    if might:
        return RECOMMENDATION, "request.might"
    clause = voices.starts[clause_of(voices.starts, start)]
    if grammar["goes_on"].fullmatch(text.text, clause, start):  # "…, requested the Secretariat and invited donors"
        clause = voices.starts[0]
    count = bisect_left(voices.bodies, start)
    if voices.mandate < start < voices.own_subject and not (concluding and count):
        return MANDATE, "request.mandate"
    if count and (concluding or voices.bodies[count - 1] >= clause):
        return RECOMMENDATION, "request.body"
    impersonal = grammar["impersonal"].fullmatch(text.text, clause, start)
    return (RECOMMENDATION, "request.impersonal") if impersonal else ("", "")


def _who(verb: Match[str]) -> str:
    return verb["who"] or ""


def _request(
    text: Text, span: Span, told: tuple[str, str, str], grammar: Grammar, limited: Span | None = None
) -> Request:
    """A request, with the condition in its own words where it shares its sentence with others."""
    kind, who, rule = told
    return Request(text.at, kind, who, conditions_in(text.text, limited or span, grammar), span[0], span[1], rule)


def _outlook(text: Text, grammar: Grammar) -> Iterator[Request]:
    for span in sentences(text.text, grammar):
        if grammar.search("outlook", text.text, *span):
            yield _request(text, span, (OUTLOOK, "", "request.outlook"), grammar)
