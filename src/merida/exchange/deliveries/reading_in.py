"""Reading what was handed in, one file after the other, in the name of the person who handed it in.

What a killed worker left is read again: taking a document in is one transaction, and the same bytes are taken in once.
"""

import logging
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from merida.exchange.deliveries.models import DeliveredFile, FileState
from merida.exchange.deliveries.places import waiting_folder, waiting_place
from merida.exchange.deliveries.queries import OPEN
from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.how_far import Heard, listening
from merida.exchange.ingest.outcome import Outcome, Result
from merida.foundation.access.actors import actor_of
from merida.foundation.access.models import Audience

#: Without a page: a scan of 500 pages may take an hour where a program recognises its letters, one page does not.
DEAD_AFTER: Final = timedelta(minutes=15)
TOLD_EVERY: Final = timedelta(seconds=1)
STRAY_AFTER: Final = timedelta(days=1)
log = logging.getLogger(__name__)


def read_next() -> DeliveredFile | None:
    """Read the file that has waited longest and keep what became of it; None where none waits."""
    one = _claim()
    if one is None:
        return None
    place = waiting_place(one.uuid)
    try:
        outcome = _read(one)
    except PermissionDenied:
        outcome = Outcome(one.name, Result.REFUSED, code="NOT_ALLOWED", reason="the person may not hand this in")
    except Exception:
        log.exception("%s of delivery %s could not be read.", one.name, one.delivery)
        outcome = Outcome(one.name, Result.REFUSED, code="BROKEN", reason="the reader failed; its log says more")
    _end(one, outcome)
    place.unlink(missing_ok=True)
    return one


def requeue_abandoned(*, all_of_them: bool = False) -> int:
    """Let what a worker left when it died wait again; return how many.

    ``all_of_them``: when the only worker starts, whatever is said to be read is not.
    """
    left = DeliveredFile.objects.filter(state=FileState.READING)
    if not all_of_them:
        left = left.alias(sign=Coalesce("worked_at", "begun_at")).filter(sign__lt=timezone.now() - DEAD_AFTER)
    return left.update(state=FileState.WAITING, begun_at=None, worked_at=None, pages_read=0, pages_all=0)


def remove_strays() -> int:
    """Remove bytes that no waiting file has, of a server that was killed while it took them in; return how many."""
    waiting = {str(uuid) for uuid in DeliveredFile.objects.filter(state__in=OPEN).values_list("uuid", flat=True)}
    old = (timezone.now() - STRAY_AFTER).timestamp()
    strays = [one for one in waiting_folder().iterdir() if one.name not in waiting and one.stat().st_mtime < old]
    for one in strays:
        one.unlink(missing_ok=True)
    return len(strays)


def _claim() -> DeliveredFile | None:
    with transaction.atomic():
        waiting = DeliveredFile.objects.select_for_update(of=("self",)).filter(state=FileState.WAITING)
        one = waiting.select_related("delivery__handed_in_by", "delivery__workspace").order_by("pk").first()
        if one is not None:
            one.state, one.begun_at = FileState.READING, timezone.now()
            one.save(update_fields=["state", "begun_at"])
    return one


def _read(one: DeliveredFile) -> Outcome:
    place, workspace = waiting_place(one.uuid), one.delivery.workspace
    with listening(_told_of(one)):
        return ingest_file(
            actor_of(one.delivery.handed_in_by),
            place,
            one.name,
            audience=Audience.PUBLIC if workspace is None else Audience.RESTRICTED,
            workspace=workspace,
            symbol=one.symbol,
        )


def _told_of(one: DeliveredFile) -> Heard:
    """Keep the page that is read where the page of the delivery finds it, once a second; reading never fails for it."""
    mine = DeliveredFile.objects.filter(pk=one.pk, state=FileState.READING, begun_at=one.begun_at)

    def heard(done: int, pages: int) -> None:
        now = timezone.now()
        if one.worked_at is not None and now - one.worked_at < TOLD_EVERY:
            return
        try:
            mine.update(pages_read=done, pages_all=pages, worked_at=now)
        except DatabaseError:  # busy with somebody else; the next page tries again
            log.warning("Page %s of %s could not be told.", done, one.name, exc_info=True)
        one.pages_read, one.pages_all, one.worked_at = done, pages, now

    return heard


def _end(one: DeliveredFile, outcome: Outcome) -> None:
    one.state, one.ended_at = FileState(outcome.result), timezone.now()
    one.pages_read = one.pages_all
    one.code, one.reason = outcome.code, outcome.reason
    one.slug, one.language, one.number = outcome.slug, outcome.language, outcome.number
    one.counts = outcome.counts
    one.save()
