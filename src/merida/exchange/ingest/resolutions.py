"""What a document brings to the registry: the identity of resolutions it names; and which body it is a document of."""

import re
from collections.abc import Iterable

from django.utils.text import slugify

from merida.exchange.ingest.record import Masthead
from merida.foundation.registry.models import Body, Resolution
from merida.foundation.registry.models.instruments import ResolutionKind
from merida.foundation.sources.models import Confidence, Source, SourceKind
from merida.knowledge.documents.models import Mention, MentionKind

SOURCE = "READ_IN_DOCUMENTS"


def note_resolutions(mentions: Iterable[Mention]) -> int:
    """Make an identity for every resolution named that has none yet; return how many are new. Three queries."""
    named = {mention.key: mention for mention in mentions if mention.kind == MentionKind.RESOLUTION}
    known = set(Resolution.objects.filter(key__in=list(named)).values_list("key", flat=True))
    new = {key: mention for key, mention in named.items() if key not in known}
    if not new:
        return 0
    source, _ = Source.objects.get_or_create(
        code=SOURCE,
        defaults={
            "kind": SourceKind.UN_DOCUMENT,
            "citation": "Named in documents taken in; see where they speak of it",
        },
    )
    bodies = sorted(Body.objects.exclude(resolution_prefix=""), key=lambda body: -len(body.resolution_prefix))
    rows = [_resolution(key, mention, bodies, source) for key, mention in new.items()]
    return len(Resolution.objects.bulk_create(rows, ignore_conflicts=True))


def _resolution(key: str, mention: Mention, bodies: Iterable[Body], source: Source) -> Resolution:
    body, number = adopted_by(key, bodies)
    return Resolution(
        key=key,
        slug=slugify(re.sub(r"[^\w]+", "-", key))[:80],
        body=body,
        number=number[:40],
        kind=ResolutionKind.DECISION if mention.role.startswith("DECISION") else ResolutionKind.RESOLUTION,
        source=source,
        confidence=Confidence.UNVERIFIED,
    )


def adopted_by(key: str, bodies: Iterable[Body]) -> tuple[Body | None, str]:
    """Return the body that adopted a resolution, and its number, from a key: ``COSP 8/8``, ``A/RES/73/191``.

    ``bodies`` come with the longest prefix first.
    """
    for body in bodies:
        if key.startswith((f"{body.resolution_prefix} ", f"{body.resolution_prefix}/")):
            return body, key[len(body.resolution_prefix) + 1 :]
    return None, key.rpartition(" ")[2]


def body_of(symbol: str, masthead: Masthead) -> str:
    """Return the code of the body that issued a document: by its symbol, else by the printed name; "" if unknown."""
    bodies = list(Body.objects.all())
    by_stem = [body for body in bodies if symbol.startswith(f"{body.symbol_stem}/")]
    if by_stem:
        return max(by_stem, key=lambda body: len(body.symbol_stem)).code
    printed = [_bare(name) for name in (masthead.body, masthead.parent_body) if name]
    for name in printed:
        for body in bodies:
            if name in {_bare(str(known)) for known in body.names.values()}:
                return body.code
    return ""


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()
