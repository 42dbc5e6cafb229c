"""Whether mappings agree with each other: what is stated twice, what follows from two, what can never be equal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from merida.rules.crosswalk.relations import SAME, Relation, agree, compose, inverse

Node = frozenset[str]


class Fault(StrEnum):
    """What is wrong."""

    SELF = "SELF"
    EMPTY = "EMPTY"
    TWICE = "TWICE"
    OTHERWISE = "OTHERWISE"
    FOLLOWS_OTHERWISE = "FOLLOWS_OTHERWISE"
    LEVELS = "LEVELS"
    OBLIGATIONS = "OBLIGATIONS"


@dataclass(frozen=True, slots=True)
class Claim:
    """A mapping as the rules see it: two sets of provisions by key. ``kinds`` empty: for every kind of question."""

    code: str
    left: Node
    relation: Relation
    right: Node
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """What is known about a provision; ``""`` is unknown. Levels: ARTICLE, PARAGRAPH …; see the registry."""

    level: str = ""
    obligation: str = ""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim that cannot stand. ``others`` are the claims it stands against; ``expected`` what follows from them."""

    code: str
    fault: Fault
    others: tuple[str, ...] = ()
    expected: Relation | None = None
    detail: str = ""


@dataclass(slots=True)
class _Graph:
    """Claims read both ways: from each set onward, and between each two sets."""

    onward: dict[Node, list[tuple[Node, Relation, Claim]]] = field(default_factory=lambda: defaultdict(list))
    between: dict[tuple[Node, Node], list[tuple[Relation, Claim]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, claim: Claim) -> None:
        for here, relation, there in (
            (claim.left, claim.relation, claim.right),
            (claim.right, inverse(claim.relation), claim.left),
        ):
            self.onward[here].append((there, relation, claim))
            self.between[here, there].append((relation, claim))

    def over(self, left: Node, right: Node) -> Iterator[tuple[Relation, Claim, Relation, Claim]]:
        """Yield the ways from one set to another over a third, looked for from the side with fewer claims."""
        if len(self.onward[left]) <= len(self.onward[right]):
            for middle, first, one in self.onward[left]:
                for second, other in self.between.get((middle, right), ()):
                    yield first, one, second, other
        else:
            for middle, turned, other in self.onward[right]:
                for first, one in self.between.get((left, middle), ()):
                    yield first, one, inverse(turned), other


def contradictions(
    claims: Iterable[Claim], items: Mapping[str, Item], *, about: frozenset[str] | None = None
) -> list[Contradiction]:
    """Return what is wrong, in the order of the claims. ``about``: only the claims with these codes are judged."""
    held = list(claims)
    graph = _Graph()
    for claim in held:
        graph.add(claim)
    judged = (claim for claim in held if about is None or claim.code in about)
    return [found for claim in judged for found in _faults(claim, items, graph)]


def _faults(claim: Claim, items: Mapping[str, Item], graph: _Graph) -> Iterator[Contradiction]:
    if not claim.left or not claim.right:
        yield Contradiction(claim.code, Fault.EMPTY)
        return
    if claim.left & claim.right:
        yield Contradiction(claim.code, Fault.SELF, detail=", ".join(sorted(claim.left & claim.right)))
        return
    yield from _unequal(claim, items)
    yield from _stated(claim, graph)
    yield from _following(claim, graph)


def _unequal(claim: Claim, items: Mapping[str, Item]) -> Iterator[Contradiction]:
    """Equality needs the same level (a paragraph is never a whole article) and the same strength of obligation."""
    if claim.relation not in SAME:
        return
    for fault, name in ((Fault.LEVELS, "level"), (Fault.OBLIGATIONS, "obligation")):
        left, right = _values(claim.left, items, name), _values(claim.right, items, name)
        if left and right and left != right:
            detail = f"{'/'.join(sorted(left))} : {'/'.join(sorted(right))}"
            yield Contradiction(claim.code, fault, detail=detail)


def _values(node: Node, items: Mapping[str, Item], name: str) -> set[str]:
    """Return what is known of a set; nothing where something of it is not known."""
    found = {getattr(items.get(key, Item()), name) for key in node}
    return set() if "" in found else found


def _stated(claim: Claim, graph: _Graph) -> Iterator[Contradiction]:
    for relation, other in graph.between[claim.left, claim.right]:
        if other is claim or not _meet(claim, other):
            continue
        if relation == claim.relation:
            yield Contradiction(claim.code, Fault.TWICE, (other.code,), relation)
        elif not agree(relation, claim.relation):
            yield Contradiction(claim.code, Fault.OTHERWISE, (other.code,), relation)


def _following(claim: Claim, graph: _Graph) -> Iterator[Contradiction]:
    for first, one, second, other in graph.over(claim.left, claim.right):
        if claim in (one, other) or not _meet(claim, one, other):
            continue
        expected = compose(first, second)
        if expected is not None and not agree(expected, claim.relation):
            yield Contradiction(claim.code, Fault.FOLLOWS_OTHERWISE, (one.code, other.code), expected)


def _meet(*claims: Claim) -> bool:
    """Whether there is a kind of question for which all these claims hold."""
    scopes = [claim.kinds for claim in claims if claim.kinds]
    return not scopes or bool(frozenset.intersection(*scopes))


def implied(claims: Iterable[Claim]) -> list[tuple[Node, Relation, Node, tuple[str, str]]]:
    """Return what two claims say about sets that no claim joins: one step only, and never through an intersection.

    What follows is worth a look and never enough to put an answer into a field.
    """
    graph = _Graph()
    for claim in claims:
        graph.add(claim)
    found: dict[tuple[Node, Node], tuple[Relation, tuple[str, str]]] = {}
    for left in list(graph.onward):
        direct = {node for node, _, _ in graph.onward[left]}
        for middle, first, one in graph.onward[left]:
            for right, second, other in graph.onward[middle]:
                if right & left or right in direct or not _meet(one, other):
                    continue
                relation = compose(first, second)
                if relation is not None and (right, left) not in found:
                    found.setdefault((left, right), (relation, (one.code, other.code)))
    return [(left, relation, right, through) for (left, right), (relation, through) in found.items()]
