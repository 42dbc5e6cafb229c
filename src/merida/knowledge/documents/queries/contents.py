"""What one version holds: its paragraphs, its mentions, the things it names. The version has been read as visible."""

from django.db.models import Count, QuerySet

from merida.knowledge.documents.models import Mention, Paragraph, Version


def paragraphs_in(version: Version) -> QuerySet[Paragraph]:
    """Return title, paragraphs and notes of a version that the reader may see, in reading order."""
    return version.paragraphs.order_by("position")


def mentions_in(version: Version) -> QuerySet[Mention]:
    """Return the mentions of a version that the reader may see, in the order of each text."""
    return version.mentions.order_by("start", "pk")


def keys_of(version: Version) -> list[tuple[str, str, int]]:
    """Return ``(kind, key, paragraphs)`` of what a version names in its paragraphs and notes, most named first."""
    named = version.mentions.filter(paragraph__isnull=False).values("kind", "key")
    counted = named.annotate(paragraphs=Count("paragraph_id", distinct=True)).order_by("-paragraphs", "kind", "key")
    return list(counted.values_list("kind", "key", "paragraphs"))
