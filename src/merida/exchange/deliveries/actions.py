"""Handing files in: they are kept and wait; reading them is for the task worker (``reading_in``)."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from merida.exchange.deliveries.models import DeliveredFile, Delivery, FileState
from merida.exchange.deliveries.places import waiting_place
from merida.foundation.access.models import Workspace
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.files.sniffing import clean_name

MOST_FILES: Final = 50
LONGEST_SYMBOL: Final = 80


class DeliveryError(ValueError):
    """Nothing was taken in; ``code`` is NO_FILE, TOO_MANY, SYMBOL_OF_ONE or SYMBOL_TOO_LONG."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file as it comes: its name, its length in bytes, and its bytes piece by piece."""

    name: str
    size: int
    pieces: Iterable[bytes]


def hand_in(
    actor: Actor, files: Sequence[HandedIn], *, workspace: Workspace | None = None, symbol: str = ""
) -> Delivery:
    """Keep files until they are read; one that is too large is refused at once and none of it kept.

    ``symbol`` names the document of a single file that does not print its own. Every byte is on disk before the
    delivery is recorded. Raises DeliveryError, PermissionDenied.
    """
    if actor.user_id is None or not may(actor, Deed.HAND_IN_DOCUMENT):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} may not hand documents in")
    if workspace is not None and not may(actor, Deed.RESTRICT):
        raise PermissionDenied(f"the role {actor.role} may not restrict documents")
    symbol = " ".join(symbol.replace("\0", " ").split())
    _check(files, symbol)
    delivery = Delivery(handed_in_by_id=actor.user_id, workspace=workspace)
    rows, kept = [], []
    try:
        for position, file in enumerate(files, start=1):
            row = DeliveredFile(
                uuid=uuid4(),
                delivery=delivery,
                position=position,
                name=clean_name(file.name),
                size=file.size,
                symbol=symbol,
            )
            if file.size > settings.UPLOAD_LIMIT:
                row.state, row.code = FileState.REFUSED, "TOO_LARGE"
                row.reason = f"the file is larger than {settings.UPLOAD_LIMIT // 1024**2} MB; it was not read"
            else:
                kept.append(waiting_place(row.uuid))
                _keep(kept[-1], file.pieces)
            rows.append(row)
        with transaction.atomic():
            delivery.save()
            DeliveredFile.objects.bulk_create(rows)
            after = {"files": [row.name for row in rows], "workspace": workspace.code if workspace else ""}
            record_change(
                actor, "HAND_IN_DOCUMENTS", reference_to(delivery), before=None, after=after, is_confined=True
            )
    except BaseException:
        for place in kept:
            place.unlink(missing_ok=True)
        raise
    return delivery


def _check(files: Sequence[HandedIn], symbol: str) -> None:
    if not files:
        raise DeliveryError("NO_FILE")
    if len(files) > MOST_FILES:
        raise DeliveryError("TOO_MANY")
    if symbol and len(files) != 1:
        raise DeliveryError("SYMBOL_OF_ONE")
    if len(symbol) > LONGEST_SYMBOL:
        raise DeliveryError("SYMBOL_TOO_LONG")


def _keep(place: Path, pieces: Iterable[bytes]) -> None:
    with place.open("wb") as target:
        for piece in pieces:
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
