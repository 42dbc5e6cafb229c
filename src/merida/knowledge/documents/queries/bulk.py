"""Whole tables for the API and the downloads, and single rows for citations."""

from django.db.models import QuerySet

from merida.foundation.access.visibility import Actor, visible_condition
from merida.knowledge.documents.models import Heading, Mention, Paragraph, Version
from merida.knowledge.documents.queries.reader import pick_version


def versions(actor: Actor) -> QuerySet[Version]:
    """Return every version ``actor`` may see, with its document and file."""
    visible = Version.objects.filter(visible_condition(actor, "document__"))
    return visible.select_related("document", "file").order_by("pk")


def headings(actor: Actor) -> QuerySet[Heading]:
    """Return every heading ``actor`` may see, with version and document."""
    visible = Heading.objects.filter(visible_condition(actor, "version__document__"))
    return visible.select_related("version__document").order_by("pk")


def paragraphs(actor: Actor) -> QuerySet[Paragraph]:
    """Return every paragraph and note ``actor`` may see, with version and document."""
    visible = Paragraph.objects.filter(visible_condition(actor, "version__document__"))
    return visible.select_related("version__document").order_by("pk")


def mentions(actor: Actor) -> QuerySet[Mention]:
    """Return every mention ``actor`` may see, with version and document."""
    visible = Mention.objects.filter(visible_condition(actor, "version__document__"))
    return visible.select_related("version__document").order_by("pk")


def version_of(actor: Actor, slug: str, language: str, *, number: int | None = None) -> Version | None:
    """Return one version of the document at ``slug``: by number, else the current one; None where there is none."""
    visible = Version.objects.filter(visible_condition(actor, "document__"), document__slug=slug)
    return pick_version(visible.select_related("document", "file"), language, number)


def paragraph_at(actor: Actor, slug: str, language: str, place: str) -> Paragraph | None:
    """Return one paragraph or note of a current version by its place, or None."""
    found = paragraphs(actor).filter(version__document__slug=slug, version__language=language, place=place)
    return found.filter(version__is_current=True).order_by("position").first()


__all__ = ["headings", "mentions", "paragraph_at", "paragraphs", "version_of", "versions"]
