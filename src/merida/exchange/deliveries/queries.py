"""Reading deliveries: one's own, and for the staff everybody's."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from merida.exchange.curation.queries import waiting
from merida.exchange.deliveries.models import DeliveredFile, Delivery, FileState
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import STAFF, Actor, visible_condition
from merida.knowledge.documents.models import Version

Place = tuple[str, str, int]  # slug, language, number
OPEN = (FileState.WAITING, FileState.READING)


def deliveries(actor: Actor) -> QuerySet[Delivery]:
    """Return the deliveries that ``actor`` may follow, latest first, with the numbers of files: all, open, refused."""
    found = Delivery.objects.select_related("handed_in_by", "workspace").order_by("-handed_in_at", "-pk")
    if not may(actor, Deed.HAND_IN_DOCUMENT):
        return found.none()
    if actor.role not in STAFF:
        found = found.filter(handed_in_by_id=actor.user_id)
    return found.annotate(
        file_count=Count("files"),
        open_count=Count("files", filter=Q(files__state__in=OPEN)),
        refused_count=Count("files", filter=Q(files__state=FileState.REFUSED)),
    )


def delivery_of(actor: Actor, identifier: UUID) -> Delivery | None:
    """Return a delivery with its files; None where ``actor`` may not follow such a one. 2 queries."""
    return deliveries(actor).filter(uuid=identifier).prefetch_related("files").first()


def place_of(file: DeliveredFile) -> Place:
    """Return which version of which document a file became; an empty slug where it became none."""
    return file.slug, file.language, file.number


def versions_of(actor: Actor, delivery: Delivery) -> dict[Place, Version]:
    """Return the versions that the files of a delivery became, as far as ``actor`` sees them now. 1 query."""
    slugs = {file.slug for file in delivery.files.all() if file.slug}
    seen = Version.objects.filter(visible_condition(actor, "document__"), document__slug__in=slugs)
    found = seen.select_related("document").defer("masthead")
    return {(one.document.slug, one.language, one.number): one for one in found}


def waiting_in(actor: Actor, versions: list[int]) -> dict[int, int]:
    """Return how many proposals wait in each of these versions, by primary key. 1 query."""
    counted = waiting(actor).filter(version__in=versions).order_by().values("version_id")
    return {row["version_id"]: row["n"] for row in counted.annotate(n=Count("pk"))}
