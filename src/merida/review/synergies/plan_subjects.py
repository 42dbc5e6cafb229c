"""What the visits of other mechanisms are about, as far as a timetable's own cycle is concerned.

A subject is the key of a provision. A visit that names an article is about its chapter too, and about whatever the
crosswalk joins with it; so it meets a cycle that names chapters, also across treaties.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from merida.foundation.registry.models import Provision
from merida.knowledge.crosswalk.models import MappingEnd, MappingStatus
from merida.review.synergies.models import Visit
from merida.review.synergies.plan_models import CyclePlan


def subjects_of(plan: CyclePlan) -> frozenset[str]:
    """Return the provisions that the reviews of a timetable cover; none where the cycle of its draw is not known."""
    cycle = plan.draw.cycle if plan.draw else None
    return frozenset(cycle.provisions.values_list("key", flat=True)) if cycle else frozenset()


def subjects_met(visits: Iterable[Visit]) -> dict[int, frozenset[str]]:
    """Return by visit what it is about, in the widest sense; none for a visit that names nothing.

    The visits have been read with their provisions. 2 queries, or as many more as provisions lie deep.
    """
    named = {one.pk: {provision.key for provision in one.provisions.all()} for one in visits}
    keys = set().union(*named.values()) if named else set()
    if not keys:
        return dict.fromkeys(named, frozenset())
    joined = _joined(keys)
    above = _above(keys.union(*joined.values()))
    found = {}
    for visit, its in named.items():
        reached = its.union(*(joined[key] for key in its))
        found[visit] = frozenset(reached.union(*(above.get(key, ()) for key in reached)))
    return found


def _joined(keys: Collection[str]) -> dict[str, set[str]]:
    """Return what the crosswalk's standing mappings join with each of some provisions."""
    wanted = MappingEnd.objects.filter(clause__key__in=keys).exclude(mapping__status=MappingStatus.RETIRED)
    ends: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = MappingEnd.objects.filter(mapping__in=wanted.values("mapping"))
    for mapping, side, key in rows.values_list("mapping_id", "side", "clause__key"):
        ends[mapping][side].add(key)
    found: dict[str, set[str]] = defaultdict(set)
    for sides in ends.values():
        everything = set().union(*sides.values())
        for its in sides.values():
            for key in its & set(keys):
                found[key] |= everything - its
    return found


def _above(keys: Collection[str]) -> dict[str, set[str]]:
    """Return the provisions that each lies in, its article and its chapter among them."""
    parents: dict[str, str] = {}
    asked = set(keys)
    while asked:
        rows = Provision.objects.filter(key__in=asked, parent__isnull=False).values_list("key", "parent__key")
        new = dict(rows)
        parents |= new
        asked = set(new.values()) - parents.keys()
    found: dict[str, set[str]] = {}
    for key in keys:
        line, at = set(), parents.get(key)
        while at is not None and at not in line:
            line.add(at)
            at = parents.get(at)
        found[key] = line
    return found
