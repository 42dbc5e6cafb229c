"""What a person says in a mapping, and whether it can stand: by itself, and beside all other mappings."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from merida.foundation.sources.languages import problem_with_texts
from merida.knowledge.crosswalk import models
from merida.knowledge.crosswalk.clauses import clauses_by_key
from merida.knowledge.crosswalk.loading import in_words
from merida.knowledge.crosswalk.models import Clause
from merida.knowledge.crosswalk.queries import claims, mappings, sides
from merida.rules.crosswalk.consistency import Claim, Contradiction, contradictions
from merida.rules.crosswalk.relations import Relation
from merida.rules.crosswalk.scope import Kind

LONGEST_SET: Final = 60
_CHOICES: Final[dict[str, list[str]]] = {
    "relation": models.RelationKind.values,
    "strength": models.StrengthKind.values,
    "rationale": models.Rationale.values,
    "reuse_forward": models.ReuseKind.values,
    "reuse_backward": models.ReuseKind.values,
}


class MappingError(ValueError):
    """The mapping cannot be so; nothing was done. ``field`` is what is wrong, the message says how."""

    def __init__(self, field_name: str, words: str) -> None:
        super().__init__(words)
        self.field = field_name


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingValues:
    """What a person says about two sets of provisions, by key. ``differs`` by language."""

    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    strength: str = "MEDIUM"
    rationale: str = "SEMANTIC"
    kinds: tuple[str, ...] = ()
    differs: Mapping[str, str] = field(default_factory=dict)
    reuse_forward: str = "SUGGEST"
    reuse_backward: str = "SUGGEST"
    from_date: dt.date | None = None
    until_date: dt.date | None = None

    def as_json(self) -> dict[str, Any]:
        """The values as the change log keeps them."""
        return {
            "left": list(self.left),
            "relation": self.relation,
            "right": list(self.right),
            "strength": self.strength,
            "rationale": self.rationale,
            "kinds": list(self.kinds),
            "differs": dict(self.differs),
            "reuse_forward": self.reuse_forward,
            "reuse_backward": self.reuse_backward,
            "from_date": self.from_date.isoformat() if self.from_date else "",
            "until_date": self.until_date.isoformat() if self.until_date else "",
        }


def values_of(one: models.Mapping) -> MappingValues:
    """Return what a mapping says now."""
    left, right = sides(one)
    return MappingValues(
        left=tuple(clause.key for clause in left),
        relation=one.relation,
        right=tuple(clause.key for clause in right),
        strength=one.strength,
        rationale=one.rationale,
        kinds=tuple(one.kinds),
        differs=one.differs,
        reuse_forward=one.reuse_forward,
        reuse_backward=one.reuse_backward,
        from_date=one.from_date,
        until_date=one.until_date,
    )


def checked(values: MappingValues, *, code: str) -> dict[str, Clause]:
    """Return the clauses that ``values`` name. Raises MappingError for the first thing that is wrong."""
    problem = next(iter(_problems(values)), None)
    if problem:
        raise MappingError(*problem)
    known = clauses_by_key({*values.left, *values.right})
    for name, keys in (("left", values.left), ("right", values.right)):
        missing = [key for key in keys if key not in known]
        if missing:
            raise MappingError(name, f"{', '.join(missing)}: neither the registry nor the crosswalk knows it")
    near = mappings(retired=False).exclude(code=code).filter(ends__clause__in=list(known.values())).distinct()
    found = judged([claim_of(code, values)], near)
    if found:
        raise MappingError("relation", "; ".join(sorted({in_words(one) for one in found})))
    return known


def judged(new: list[Claim], near: Iterable[models.Mapping]) -> list[Contradiction]:
    """Return the contradictions in which a new claim takes part, as the claim or as one it stands against."""
    held = list(near)
    items = {clause.key: clause for one in held for side in sides(one) for clause in side}
    keys = {key for claim in new for key in claim.left | claim.right}
    items |= clauses_by_key(keys - items.keys(), make=False)
    codes = {claim.code for claim in new}
    found = contradictions([*new, *claims(held)], items)  # type: ignore[arg-type]  # a clause has level and obligation
    return [one for one in found if one.code in codes or codes & set(one.others)]


def claim_of(code: str, values: MappingValues) -> Claim:
    """Return values as the rules see them."""
    left, right = frozenset(values.left), frozenset(values.right)
    return Claim(code, left, Relation(values.relation), right, kinds=frozenset(values.kinds))


def problem_with(values: MappingValues) -> str:
    """Return the first thing that is wrong with values by themselves, empty where nothing is."""
    found = next(iter(_problems(values)), None)
    return f"{found[0]}: {found[1]}" if found else ""


def _problems(values: MappingValues) -> Iterable[tuple[str, str]]:
    for name, keys in (("left", values.left), ("right", values.right)):
        if not keys:
            yield name, "name at least one provision"
        if len(keys) > LONGEST_SET:
            yield name, f"at most {LONGEST_SET} provisions"
        if len(set(keys)) != len(keys):
            yield name, "a provision stands there twice"
    yield from _unknown_codes(values)
    texts = problem_with_texts(dict(values.differs))
    if texts:
        yield "differs", texts
    if values.relation == Relation.NONE and {values.reuse_forward, values.reuse_backward} != {"NONE"}:
        yield "reuse_forward", "nothing is reused between provisions that only look alike"
    if values.from_date and values.until_date and values.until_date < values.from_date:
        yield "until_date", "lies before the first day"


def _unknown_codes(values: MappingValues) -> Iterable[tuple[str, str]]:
    for name, allowed in _CHOICES.items():
        if getattr(values, name) not in allowed:
            yield name, f"{getattr(values, name)!r} is none of {', '.join(allowed)}"
    kinds = [kind for kind in values.kinds if kind not in {one.value for one in Kind}]
    if kinds:
        yield "kinds", f"{kinds[0]!r} is no kind of question"
