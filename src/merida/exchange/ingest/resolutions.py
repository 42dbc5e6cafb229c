"""What a document brings to the registry: an identity for every resolution that it names."""

from collections.abc import Iterable, Sequence

from merida.exchange.ingest.identity import fitted
from merida.exchange.ingest.indexing import index_resolutions
from merida.foundation.registry.addresses import resolution_slug
from merida.foundation.registry.models import Body, Resolution
from merida.foundation.registry.models.instruments import ResolutionKind
from merida.foundation.sources.models import Confidence, Source, SourceKind
from merida.knowledge.documents.models import Mention, MentionKind

SOURCE = "READ_IN_DOCUMENTS"
LONGEST_KEY = 80  # no body writes a longer one: the text is damaged there; the mention stays, without an identity
CITATION = "Named in documents taken in; see where they speak of it"


def note_resolutions(mentions: Iterable[Mention]) -> int:
    """Make an identity for every resolution named that has none yet; return how many are new.

    Title and date stay empty until a source gives them. The change recorded is that of the file.
    """
    named = {
        mention.key: mention
        for mention in mentions
        if mention.kind == MentionKind.RESOLUTION and len(mention.key) <= LONGEST_KEY
    }
    known = set(Resolution.objects.filter(key__in=list(named)).values_list("key", flat=True))
    new = {key: mention for key, mention in named.items() if key not in known}
    if new:
        source, _ = Source.objects.get_or_create(
            code=SOURCE, defaults={"kind": SourceKind.UN_DOCUMENT, "citation": CITATION}
        )
        bodies = sorted(Body.objects.exclude(resolution_prefix=""), key=lambda body: -len(body.resolution_prefix))
        rows = [_resolution(key, mention, bodies, source) for key, mention in new.items()]
        Resolution.objects.bulk_create(rows, ignore_conflicts=True)
        index_resolutions(new)
    return len(new)


def _resolution(key: str, mention: Mention, bodies: Sequence[Body], source: Source) -> Resolution:
    body, number = adopted_by(key, bodies)
    return Resolution(
        key=key,
        slug=resolution_slug(key),
        body=body,
        number=fitted(number, 40),
        kind=ResolutionKind.DECISION if mention.role.startswith("DECISION") else ResolutionKind.RESOLUTION,
        source=source,
        confidence=Confidence.SOURCED,
    )


def adopted_by(key: str, bodies: Sequence[Body]) -> tuple[Body | None, str]:
    """Return the body that adopted a resolution, and its number, from a key: ``COSP 8/8``, ``A/RES/73/191``.

    ``bodies`` come with the longest prefix first.
    """
    for body in bodies:
        if key.startswith((f"{body.resolution_prefix} ", f"{body.resolution_prefix}/")):
            return body, key[len(body.resolution_prefix) + 1 :]
    return None, key.rpartition(" ")[2]
