"""What a document has said so far: which treaty is "the Convention", which body spoke last.

Answers are worked out only when a rule asks, so that a document without citations costs nothing.
"""

import re
from collections.abc import Sequence
from functools import cached_property

from merida.rules.citations.bodies import (
    ANOTHER_BODY,
    CONFERENCE,
    CONFERENCE_OF,
    bodies,
    full_bodies,
    may_number,
)
from merida.rules.citations.mention import Passage
from merida.rules.citations.treaties import ANOTHER, THAT_CONVENTION, Named, is_definite, treaties

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_SENTENCE_END = re.compile(r"[。！？]|[.!?؟](?=\s+[A-ZÀ-ÞА-Я\u0600-\u06ff])|[；;؛]")
_GENITIVE_GAP = 14
_LAST_GA_SESSION = 199


class Reading:
    """The passages of one document with what they establish. ``remembered`` maps a resolution's number to its body."""

    __slots__ = ("__dict__", "_bodies", "_treaties", "language", "passages", "remembered")

    def __init__(self, passages: Sequence[Passage], language: str) -> None:
        self.passages = passages
        self.language = language
        self.remembered: dict[str, str] = {}
        self._bodies: dict[int, list[Named]] = {}
        self._treaties: dict[int, list[Named]] = {}

    def bodies_in(self, index: int) -> list[Named]:
        """Bodies named in a passage, those inside quoted titles left out."""
        if index not in self._bodies:
            text = self.passages[index].text
            quoted = [match.span() for match in _QUOTED.finditer(text)]
            self._bodies[index] = [
                body
                for body in bodies(text, self.language)
                if not any(start <= body.start and body.end <= end for start, end in quoted)
            ]
        return self._bodies[index]

    def treaties_in(self, index: int) -> list[Named]:
        """Treaties named in a passage."""
        if index not in self._treaties:
            self._treaties[index] = treaties(self.passages[index].text, self.language)
        return self._treaties[index]

    @cached_property
    def _first_named(self) -> str:
        """The treaty that the document introduces first: what "the Convention" means when no heading says."""
        for index in range(len(self.passages)):
            for named in self.treaties_in(index):
                if is_definite(named.code) and named.code != ANOTHER:
                    return named.code
        return ""

    @cached_property
    def _scopes(self) -> list[str]:
        """For every passage the treaty named by its heading or the nearest heading above it, else ""."""
        named: dict[str, str] = {}
        path, scopes = "", []
        for index, passage in enumerate(self.passages):
            if passage.kind == "HEADING":
                own = self._only_treaty(index)
                if passage.at != path:
                    named = {at: code for at, code in named.items() if not at.startswith(passage.at)}
                path = passage.at
                if own:
                    named[path] = own
            scopes.append(_nearest_above(named, path))
        return scopes

    def _only_treaty(self, index: int) -> str:
        codes = {named.code for named in self.treaties_in(index) if is_definite(named.code)} - {ANOTHER}
        return codes.pop() if len(codes) == 1 else ""

    def the_convention(self, index: int, position: int, *, pointing: str = "") -> str:
        """Code of the treaty that "the Convention" means at a place, "" when the document never names one.

        The passage's own naming wins over the heading's, the heading's over the document's first.
        """
        before = [n.code for n in self.treaties_in(index) if n.start < position and is_definite(n.code)]
        scope = self._scopes[index] or self._first_named
        if pointing == THAT_CONVENTION and before:
            return before[-1]
        others = set(before)
        if len(others) == 1 and scope not in others and ANOTHER not in others:
            return before[-1]
        return scope

    def _conference(self, index: int, position: int) -> str:
        explicit = [b.code for b in self.bodies_in(index) if b.start < position and b.code in CONFERENCE_OF.values()]
        return explicit[-1] if explicit else CONFERENCE_OF.get(self.the_convention(index, position), "")

    def _in_full(self, code: str, index: int, position: int) -> str:
        """The body that a pointing name ("the Conference", "the Commission") stands for, "" when unknown."""
        if code == CONFERENCE:
            return self._conference(index, position)
        choices = full_bodies(code)
        if not choices:
            return "" if code == ANOTHER_BODY else code
        for earlier in range(index, -1, -1):
            found = [b.code for b in self.bodies_in(earlier) if b.code in choices and (earlier < index or b.start < position)]
            if found:
                return found[-1]
        return ""

    def _fitting(self, body: Named, index: int, session: int) -> str:
        code = self._in_full(body.code, index, body.start)
        return code if code and may_number(code, session) else ""

    def body_of(self, index: int, span: tuple[int, int], *, session: int, printed: str) -> str:
        """Body that adopted the resolution printed at ``span`` of a passage, "" when nothing in the document says.

        Tried in order: the name just behind it (resolution 8/8 of the Conference), the nearest in front in the
        sentence, the body the same number had before, the nearest behind, the last one named in the document.
        """
        text = self.passages[index].text
        start, end = _sentence(text, span)
        found = [(body, self._fitting(body, index, session)) for body in self.bodies_in(index)]
        fitting = [(body, code) for body, code in found if code]
        front = [code for body, code in fitting if start <= body.start < span[1] and body.start < span[0] + 60]
        behind = [(body.start - span[1], code) for body, code in fitting if span[1] <= body.start < end]
        if self.language != "zh" and behind and behind[0][0] <= _GENITIVE_GAP:
            return behind[0][1]
        if front:
            return front[-1]
        if printed in self.remembered:
            return self.remembered[printed]
        return behind[0][1] if behind else self._last_body(index, span[0], session)

    def _last_body(self, index: int, position: int, session: int) -> str:
        for earlier in range(index, -1, -1):
            for body in reversed(self.bodies_in(earlier)):
                if earlier < index or body.start < position:
                    code = self._fitting(body, earlier, session)
                    if code:
                        return code
        return self._by_form(index, position, session)

    def _by_form(self, index: int, position: int, session: int) -> str:
        conference = CONFERENCE_OF.get(self.the_convention(index, position), "")
        for code in (conference, "ECOSOC"):
            if code and may_number(code, session):
                return code
        return "GA" if may_number("GA", session) and session <= _LAST_GA_SESSION else ""


def _nearest_above(named: dict[str, str], path: str) -> str:
    while path:
        if path in named:
            return named[path]
        path = path.rpartition(".")[0]
    return ""


def _sentence(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() >= span[1]:
            return start, match.start()
        if match.end() <= span[0]:
            start = match.end()
    return start, len(text)
