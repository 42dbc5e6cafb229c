"""Reading the crosswalk. All of it is public but who reviewed and what disputes say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.prepared import found_where
from merida.foundation.registry.models import Provision
from merida.foundation.sources.languages import text_in
from merida.knowledge.crosswalk import models
from merida.knowledge.crosswalk.models import Clause, Dispute, DisputeState, MappingEnd, MappingStatus, Side, Standard
from merida.rules.crosswalk.consistency import Claim, Contradiction, Item, contradictions, implied
from merida.rules.crosswalk.relations import Relation, inverse
from merida.rules.crosswalk.reuse import Bridge, Reuse, Strength

_Sides = tuple[tuple[Clause, ...], tuple[Clause, ...]]
_OF_CLAUSE = ("key", "number", "slug", "titles", "level", "obligation", "is_exact", "position")  # what a page shows
_ENDS = Prefetch("ends", MappingEnd.objects.select_related("clause__standard", "clause__provision"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A mapping read from one side: what is here, how it relates to what is there, what may be taken from here."""

    mapping: models.Mapping
    here: tuple[Clause, ...]
    relation: Relation
    there: tuple[Clause, ...]
    reuse: str

    @property
    def relation_label(self) -> str:
        """The relation in words."""
        return str(models.RelationKind(self.relation).label)


def standards() -> QuerySet[Standard]:
    """Return what is compared, in the order of the file. 1 query."""
    return Standard.objects.select_related("source").order_by("position", "code")


def standard_by_slug(slug: str) -> Standard | None:
    """Return the standard of an address."""
    return Standard.objects.filter(slug=slug).first()


def clauses() -> QuerySet[Clause]:
    """Return all clauses that something is mapped to, instrument by instrument. 1 query."""
    found = Clause.objects.select_related("standard", "source", "provision")
    return found.order_by("standard__position", "standard__code", "position", "key")


def clauses_of_own() -> QuerySet[Clause]:
    """Return the clauses that have a page of their own: those that the registry does not hold. 1 query."""
    return clauses().filter(is_exact=False)


def pairs_joined() -> list[str]:
    """Return each two standards that a mapping joins, as ``one/other`` in their addresses, once. 2 queries."""
    known = {one.code: one for one in standards()}
    place = {code: at for at, code in enumerate(known)}
    return [f"{known[one].slug}/{known[other].slug}" for one, other in counts_between() if place[one] <= place[other]]


def clause_by_slug(slug: str) -> Clause | None:
    """Return the clause of an address."""
    return clauses().filter(slug=slug).first()


def mappings(*, retired: bool = True) -> QuerySet[models.Mapping]:
    """Return the mappings with both their sets, in the order of their codes. 2 queries."""
    found = models.Mapping.objects.select_related("source").prefetch_related(_ENDS).order_by("code")
    return found if retired else found.exclude(status=MappingStatus.RETIRED)


def mapping_by_code(code: str) -> models.Mapping | None:
    """Return the mapping of a code."""
    return mappings().filter(code=code).first()


def sides(mapping: models.Mapping) -> _Sides:
    """Return the two sets of a mapping (prefetched)."""
    return _sides(mapping.ends.all())


def _sides(ends: Iterable[MappingEnd]) -> _Sides:
    ordered = sorted(ends, key=lambda one: one.position)
    left = tuple(one.clause for one in ordered if one.side == Side.LEFT)
    return left, tuple(one.clause for one in ordered if one.side == Side.RIGHT)


def forward(mapping: models.Mapping, ends: _Sides | None = None) -> Seen:
    """Return a mapping read as it stands; ``ends`` are its sets where they are not prefetched."""
    left, right = ends or sides(mapping)
    return Seen(mapping, left, Relation(mapping.relation), right, mapping.reuse_forward)


def backward(mapping: models.Mapping, ends: _Sides | None = None) -> Seen:
    """Return a mapping read the other way; its relation is derived."""
    left, right = ends or sides(mapping)
    return Seen(mapping, right, inverse(Relation(mapping.relation)), left, mapping.reuse_backward)


def seen_from(mapping: models.Mapping, keys: Collection[str], ends: _Sides | None = None) -> Seen:
    """Return a mapping read from the side on which ``keys`` stand."""
    one = forward(mapping, ends)
    return one if any(clause.key in keys for clause in one.here) else backward(mapping, ends)


def mappings_of_clause(clause: Clause) -> list[Seen]:
    """Return what is mapped to a clause, read from it. 2 queries."""
    found = mappings(retired=False).filter(ends__clause=clause).distinct()
    return sorted((seen_from(one, {clause.key}) for one in found), key=_nearest_first)


def mappings_of_provision(provision: Provision) -> list[Seen]:
    """Return what is mapped to a provision of the registry and to what lies in it, read from it. 3 queries."""
    one, its_parts = Q(provision=provision.pk), Q(provision__parent=provision.pk)
    own = dict(found_where(_clauses_within, one | its_parts | Q(provision__parent__parent=provision.pk)))
    if not own:
        return []
    found = {each.pk: each for each in found_where(_mapped_to, Q(clause__in=list(own)))}
    ends: dict[int, list[MappingEnd]] = defaultdict(list)
    for end in found_where(_ends_of, Q(mapping__in=list(found))):
        ends[end.mapping_id].append(end)
    read = (seen_from(each, set(own.values()), _sides(ends[pk])) for pk, each in found.items())
    return sorted(read, key=_nearest_first)


def _clauses_within(condition: Q) -> QuerySet[Clause, tuple[int, str]]:
    return Clause.objects.filter(condition).values_list("pk", "key")


def _mapped_to(clauses: Q) -> QuerySet[models.Mapping]:
    """Return the mappings of clauses with what a page shows of them; whoever asks sorts."""
    joined = MappingEnd.objects.filter(clauses).values("mapping")
    found = models.Mapping.objects.filter(pk__in=joined).exclude(status=MappingStatus.RETIRED)
    return found.select_related("source").only(
        "code", "status", "relation", "reuse_forward", "reuse_backward", "differs", "confidence", "note",
        "source__citation",
    )  # fmt: skip


def _ends_of(mappings: Q) -> QuerySet[MappingEnd]:
    found = MappingEnd.objects.filter(mappings).order_by().select_related("clause__standard", "clause__provision")
    return found.only(
        "mapping", "side", "position", *(f"clause__{name}" for name in _OF_CLAUSE),
        "clause__standard__code", "clause__standard__short_name", "clause__standard__position",
        "clause__provision__slug",
    )  # fmt: skip


def mappings_between(one: Standard, other: Standard) -> list[Seen]:
    """Return what is mapped between two standards, read from the first; within one standard as it stands. 2 queries."""
    found = (
        mappings(retired=False)
        .filter(ends__clause__standard=one)
        .filter(pk__in=MappingEnd.objects.filter(clause__standard=other).values("mapping"))
    )
    read = []
    for each in found.distinct():
        left, right = sides(each)
        if any(clause.standard_id == one.pk for clause in left) and any(c.standard_id == other.pk for c in right):
            read.append(forward(each))
        elif any(clause.standard_id == one.pk for clause in right):
            read.append(backward(each))
    return sorted(read, key=lambda seen: (seen.here[0].position, seen.here[0].key, _nearest_first(seen)))


def counts_between() -> dict[tuple[str, str], int]:
    """Return how many mappings join each two standards, by code, both ways. 1 query."""
    rows = MappingEnd.objects.exclude(mapping__status=MappingStatus.RETIRED).values_list(
        "mapping_id", "side", "clause__standard__code"
    )
    by_mapping: dict[int, dict[str, set[str]]] = defaultdict(lambda: {"LEFT": set(), "RIGHT": set()})
    for mapping, side, code in rows.distinct():
        by_mapping[mapping][side].add(code)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for ends in by_mapping.values():
        for pair in {tuple(sorted((left, right))) for left in ends["LEFT"] for right in ends["RIGHT"]}:
            found[pair[0], pair[1]] += 1
            if pair[0] != pair[1]:
                found[pair[1], pair[0]] += 1
    return dict(found)


def status_counts() -> dict[str, int]:
    """Return how many mappings stand where, by status. 1 query."""
    rows = models.Mapping.objects.values_list("status").annotate(found=Count("pk"))
    return dict(rows)


def agreeing_reviewers(mapping: models.Mapping) -> int:
    """Return how many reviewers agree with the mapping as it stands. 1 query."""
    return mapping.reviews.filter(revision=mapping.revision, verdict=models.Verdict.AGREES).count()


def open_disputes(actor: Actor) -> QuerySet[Dispute]:
    """Return the disputes that wait, the oldest first, for those who decide; none for others."""
    found = Dispute.objects.filter(state=DisputeState.OPEN).select_related("mapping").order_by("received_at", "pk")
    return found if may(actor, Deed.CONFIRM) else found.none()


def disputes_of(actor: Actor, mapping: models.Mapping) -> QuerySet[Dispute]:
    """Return the disputes about a mapping: for those who decide all, for others those that were upheld."""
    found = mapping.disputes.order_by("received_at", "pk")
    return found if may(actor, Deed.CONFIRM) else found.filter(state=DisputeState.UPHELD)


def dispute(actor: Actor, identifier: UUID) -> Dispute | None:
    """Return a dispute to decide."""
    if not may(actor, Deed.CONFIRM):
        return None
    return Dispute.objects.filter(uuid=identifier).select_related("mapping").first()


def claims(found: Iterable[models.Mapping]) -> list[Claim]:
    """Return mappings as the rules see them."""
    made = []
    for one in found:
        left, right = (frozenset(clause.key for clause in side) for side in sides(one))
        made.append(Claim(one.code, left, Relation(one.relation), right, kinds=frozenset(one.kinds)))
    return made


def all_contradictions() -> list[Contradiction]:
    """Return what is wrong in the whole crosswalk. 2 queries."""
    found = list(mappings(retired=False))
    items = {clause.key: clause for one in found for side in sides(one) for clause in side}
    return contradictions(claims(found), items)  # type: ignore[arg-type]  # a clause has level and obligation


_Ways = tuple[Mapping[str, Item], Relation, Mapping[str, Item]]
_OF_BRIDGE = (
    "code", "revision", "relation", "reuse_forward", "reuse_backward", "strength", "status", "differs", "kinds",
    "until_date",
)  # fmt: skip


def bridges_to(keys: Collection[str], language: str) -> list[Bridge]:
    """Return the mappings that lead to provisions, read towards them, as the rules of reuse ask for.

    One query and no models: this is asked whenever somebody opens a question.
    """
    wanted = MappingEnd.objects.filter(clause__key__in=set(keys)).exclude(mapping__status=MappingStatus.RETIRED)
    rows = MappingEnd.objects.filter(mapping__in=wanted.values("mapping")).values_list(
        "side", "clause__key", "clause__level", "clause__obligation", *(f"mapping__{name}" for name in _OF_BRIDGE)
    )
    ends: dict[str, dict[str, dict[str, Item]]] = defaultdict(lambda: {Side.LEFT: {}, Side.RIGHT: {}})
    fields: dict[str, dict[str, Any]] = {}
    for side, key, level, obligation, *values in rows.order_by("mapping_id"):
        known = dict(zip(_OF_BRIDGE, values, strict=True))
        fields[known["code"]] = known
        ends[known["code"]][side][key] = Item(level, obligation)
    found = []
    for code, known in fields.items():
        left, right = (ends[code][side] for side in (Side.LEFT, Side.RIGHT))
        if right.keys() & set(keys):
            found.append(_bridge(known, (left, Relation(known["relation"]), right), "reuse_forward", language))
        if left.keys() & set(keys):
            turned = inverse(Relation(known["relation"]))
            found.append(_bridge(known, (right, turned, left), "reuse_backward", language))
    return found


@dataclass(frozen=True, slots=True)
class Implied:
    """What two mappings say together about sets that no mapping joins. Derived, reviewed by nobody."""

    here: tuple[Clause, ...]
    relation: Relation
    there: tuple[Clause, ...]
    through: tuple[str, str]

    @property
    def relation_label(self) -> str:
        """The relation in words."""
        return str(models.RelationKind(self.relation).label)


def implied_mappings() -> list[Implied]:
    """Return what follows from two mappings in one step, never through an intersection; see ``rules``. 2 queries."""
    found = [one for one in mappings(retired=False) if one.status != MappingStatus.DISPUTED]
    known = {clause.key: clause for one in found for side in sides(one) for clause in side}

    def clauses_of(node: Iterable[str]) -> tuple[Clause, ...]:
        return tuple(sorted((known[key] for key in node), key=lambda one: (one.position, one.key)))

    read = [
        Implied(clauses_of(left), relation, clauses_of(right), through)
        for left, relation, right, through in implied(claims(found))
    ]
    return sorted(read, key=lambda one: (_place(one.here[0]), _place(one.there[0])))


def _place(clause: Clause) -> tuple[int, str, int, str]:
    return clause.standard.position, clause.standard.code, clause.position, clause.key


def same_asked(keys: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """Return what asks the same as each of ``keys``, in whatever words: its key and the mapping's code. 2 queries.

    Only one provision against one: a set as a whole says nothing about its parts.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    same = mappings(retired=False).filter(relation__in=["EQUAL", "EQUIVALENT"], ends__clause__key__in=set(keys))
    for one in same.exclude(status=MappingStatus.DISPUTED).distinct():
        left, right = sides(one)
        if len(left) == len(right) == 1:
            for here, there in ((left[0].key, right[0].key), (right[0].key, left[0].key)):
                if here in keys:
                    found[here].append((there, one.code))
    return found


def _bridge(known: Mapping[str, Any], seen: _Ways, reuse: str, language: str) -> Bridge:
    return Bridge(
        code=known["code"],
        revision=known["revision"],
        sources=frozenset(seen[0]),
        relation=seen[1],
        targets=frozenset(seen[2]),
        source_items=tuple(seen[0].values()),
        target_items=tuple(seen[2].values()),
        reuse=Reuse(known[reuse]),
        strength=Strength[known["strength"]],
        reviewed=known["status"] in (MappingStatus.REVIEWED, MappingStatus.COMPLETE),
        disputed=known["status"] == MappingStatus.DISPUTED,
        differs=text_in(known["differs"], language).text,
        kinds=frozenset(known["kinds"]),
        until_date=known["until_date"],
    )


_ORDER: Mapping[str, int] = {
    code: at for at, code in enumerate(("EQUAL", "EQUIVALENT", "SUPERSET", "SUBSET", "INTERSECTS", "NONE"))
}


def _nearest_first(seen: Seen) -> tuple[int, int, str, int, str]:
    there = seen.there[0]
    return (_ORDER[seen.relation], there.standard.position, there.standard.code, there.position, seen.mapping.code)
