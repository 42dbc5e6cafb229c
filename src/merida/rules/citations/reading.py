"""What a document has said so far: which treaty is "the Convention", which body spoke last.

Answers are worked out only when a rule asks, so that a document without citations costs nothing.
"""

import re
from bisect import bisect_left, bisect_right
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
from merida.rules.citations.treaties import ANOTHER, THAT_CONVENTION, UNTOC, Named, is_definite, treaties

_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_SENTENCE_END = re.compile(r"[。！？；;؛.!?؟](?:(?<=[。！？；;؛])|(?=\s{1,6}[A-ZÀ-ÞА-Я\u0600-\u06ff]))")
_LONGEST_SENTENCE = 3000
_GENITIVE_GAP = 14
_LOOK_BACK = 60
_CONFERENCES = frozenset(CONFERENCE_OF.values())
_LAST_GA_SESSION = 199


class Reading:
    """The passages of one document with what they establish. ``remembered`` maps a resolution's number to its body.

    ``convention`` is the treaty of whose conference the document is, for one that names none itself.
    """

    def __init__(self, passages: Sequence[Passage], language: str, convention: str = "") -> None:
        self.passages = passages
        self.language = language
        self.convention = convention
        self.remembered: dict[str, str] = {}
        self._bodies: dict[int, list[Named]] = {}
        self._treaties: dict[int, list[Named]] = {}
        self._definite: dict[int, list[tuple[str, bool]]] = {}
        self._stops: dict[int, list[tuple[int, int]]] = {}
        # Bodies from the beginning of the document as far as anybody asked: as named, in full by passage, and of
        # those that are known in full the place among all.
        self._named: list[str] = []
        self._begins: list[int] = []
        self._full: list[list[str]] = []
        self._known: list[tuple[int, str]] = []

    def bodies_in(self, index: int) -> list[Named]:
        """Bodies named in a passage, those inside quoted titles left out."""
        if index not in self._bodies:
            text = self.passages[index].text
            found = bodies(text, self.language)
            quoted = [match.span() for match in _QUOTED.finditer(text)] if found else ()
            self._bodies[index] = [
                body for body in found if not any(start <= body.start and body.end <= end for start, end in quoted)
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
        return self.convention

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
        count = bisect_left(self.treaties_in(index), position, key=lambda named: named.start)
        last, several = self._definite_until(index, count)
        scope = self._scopes[index] or self._first_named
        if pointing == THAT_CONVENTION and last:
            return last
        return last if last and not several and last not in (scope, ANOTHER) else scope

    def treaty_named(self, index: int, named: Named) -> str:
        """Code of the treaty that a name stands for: beside a protocol, "the Convention" is the one it supplements."""
        if is_definite(named.code):
            return named.code
        code = self.the_convention(index, named.start, pointing=named.code)
        return UNTOC if code.startswith(f"{UNTOC}_") else code

    def _definite_until(self, index: int, count: int) -> tuple[str, bool]:
        """The last treaty among the first ``count`` names of a passage, and whether others stand before it."""
        if index not in self._definite:
            states, last, several = [("", False)], "", False
            for named in self.treaties_in(index):
                if is_definite(named.code):
                    several = several or bool(last and named.code != last)
                    last = named.code
                states.append((last, several))
            self._definite[index] = states
        return self._definite[index][count]

    def _conference(self, index: int, position: int) -> str:
        found = self.bodies_in(index)
        count = bisect_left(found, position, key=lambda body: body.start)
        explicit = next(
            (b.code for b in reversed(found[max(0, count - _LOOK_BACK) : count]) if b.code in _CONFERENCES), ""
        )
        return explicit or CONFERENCE_OF.get(self.the_convention(index, position), "")

    def _in_full(self, body: Named, index: int, before: int) -> str:
        """The body that a name stands for ("the Conference", "the Commission"), "" when unknown.

        ``before`` is how many bodies the document names before it.
        """
        if body.code == CONFERENCE:
            return self._conference(index, body.start)
        choices = full_bodies(body.code)
        if not choices:
            return "" if body.code == ANOTHER_BODY else body.code
        earlier = self._named[max(0, before - _LOOK_BACK) : before]
        return next((code for code in reversed(earlier) if code in choices), "")

    def _read_bodies_until(self, index: int) -> None:
        """Follow the bodies named from the document's beginning to the end of a passage, each once."""
        while len(self._begins) <= index:
            number = len(self._begins)
            self._begins.append(len(self._named))
            found, codes = self.bodies_in(number), []
            for body in found:
                code = self._in_full(body, number, len(self._named))
                if code:
                    self._known.append((len(self._named), code))
                self._named.append(body.code)
                codes.append(code)
            self._full.append(codes)

    def _sentence(self, index: int, span: tuple[int, int]) -> tuple[int, int]:
        """Where the sentence around a span begins and ends; a sentence of more than a page is cut."""
        text = self.passages[index].text
        if index not in self._stops:
            self._stops[index] = [match.span() for match in _SENTENCE_END.finditer(text)]
        stops = self._stops[index]
        before = bisect_right(stops, span[0], key=lambda stop: stop[1])
        after = bisect_left(stops, span[1], key=lambda stop: stop[0])
        low, high = max(0, span[0] - _LONGEST_SENTENCE), min(len(text), span[1] + _LONGEST_SENTENCE)
        start = max(low, stops[before - 1][1]) if before else low
        return start, min(high, stops[after][0]) if after < len(stops) else high

    def body_of(self, index: int, span: tuple[int, int], *, session: int, printed: str) -> str:
        """Body that adopted the resolution printed at ``span`` of a passage, "" when nothing in the document says.

        Tried in order: the name just behind it (resolution 8/8 of the Conference), the nearest in front in the
        sentence, the body the same number had before, the nearest behind, the last one named in the document.
        """
        self._read_bodies_until(index)
        start, end = self._sentence(index, span)
        found = self.bodies_in(index)
        low, middle, high = (bisect_left(found, place, key=lambda body: body.start) for place in (start, span[1], end))
        behind = self._nearest(index, range(middle, min(high, middle + _LOOK_BACK)), session)
        if self.language != "zh" and behind and behind[0] - span[1] <= _GENITIVE_GAP:
            return behind[1]
        front = self._nearest(index, range(middle - 1, max(low, middle - _LOOK_BACK) - 1, -1), session)
        if front:
            return front[1]
        if printed in self.remembered:
            return self.remembered[printed]
        return behind[1] if behind else self._last_body(index, span[0], session)

    def _nearest(self, index: int, order: range, session: int) -> tuple[int, str] | None:
        """Place and code of the first body of a passage, asked in this order, that can have adopted it."""
        for number in order:
            code = self._full[index][number]
            if code and may_number(code, session):
                return self.bodies_in(index)[number].start, code
        return None

    def _last_body(self, index: int, position: int, session: int) -> str:
        count = self._begins[index] + bisect_left(self.bodies_in(index), position, key=lambda body: body.start)
        for at in range(bisect_left(self._known, (count, "")) - 1, -1, -1):
            place, code = self._known[at]
            if place < count - _LOOK_BACK:
                break
            if may_number(code, session):
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
