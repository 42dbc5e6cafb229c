"""Comparing the language versions of a document, and what a person finds about a difference."""

import hashlib
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.exchange.alignment.comparing import differences
from merida.exchange.alignment.models import Finding, LanguageDifference
from merida.exchange.alignment.queries import difference_of, passages_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_bulk, record_change, reference_to
from merida.knowledge.documents.models import Document

LONGEST_NOTE = 500
LONGEST_PLACE = 300


class DifferenceError(ValueError):
    """Nothing was done. ``template`` filled with ``values`` is the English message; a page tells the translated one."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values) if values else template)


def compare_languages(actor: Actor, document: Document) -> int:
    """Compare the current versions of a document; return how many differences wait for a person.

    What a person found about a difference stays as long as the texts still say the same. Writes one change where
    something became different. Raises PermissionDenied.
    """
    _allow(actor, Deed.HAND_IN_DOCUMENT)
    with transaction.atomic():
        now = timezone.now()
        held = {one.digest: one for one in LanguageDifference.objects.filter(document=document)}
        read = {one.digest: (position, one) for position, one in enumerate(differences(passages_of(document)))}
        new = [
            LanguageDifference(
                document=document,
                position=position,
                place=one.place[:LONGEST_PLACE],
                places=dict(one.places),
                kind=one.kind,
                told={code: list(keys) for code, keys in one.keys.items()},
                digest=digest,
            )
            for digest, (position, one) in read.items()
            if digest not in held
        ]
        LanguageDifference.objects.bulk_create(new)
        gone = [one.pk for digest, one in held.items() if digest not in read and one.gone_at is None]
        LanguageDifference.objects.filter(pk__in=gone, finding="").delete()
        LanguageDifference.objects.filter(pk__in=gone).update(gone_at=now)
        back = [one for digest, one in held.items() if digest in read]
        for one in back:
            one.position, one.gone_at = read[one.digest][0], None
        LanguageDifference.objects.bulk_update(back, ["position", "gone_at"])
        if new or gone:
            digest = hashlib.sha256("\n".join(read).encode()).hexdigest()
            counts = {"new": len(new), "gone": len(gone)}
            record_bulk(actor, "COMPARE_LANGUAGES", reference_to(document), digest=digest, counts=counts)
        return LanguageDifference.objects.filter(document=document, finding="", gone_at=None).count()


def settle(actor: Actor, identifier: UUID, finding: str, note: str = "") -> LanguageDifference:
    """Say what a person found about a difference; ``finding`` "" takes it back.

    Raises DifferenceError (gone meanwhile, unknown finding, a note too long), PermissionDenied.
    """
    _allow(actor, Deed.CONFIRM)
    note = note.strip()
    if finding and finding not in Finding.values:
        raise DifferenceError("Choose what you found.")
    if len(note) > LONGEST_NOTE:
        raise DifferenceError("The note is too long: {most} characters at most.", most=LONGEST_NOTE)
    with transaction.atomic():
        found = difference_of(actor, identifier)
        if found is None:
            raise DifferenceError("There is no such difference. The texts may agree now.")
        one = LanguageDifference.objects.select_for_update().get(pk=found.pk)
        before = {"finding": one.finding, "note": one.note}
        one.finding, one.note = finding, note if finding else ""
        one.settled_at = timezone.now() if finding else None
        one.settled_by_id = actor.user_id if finding else None
        one.save(update_fields=["finding", "note", "settled_at", "settled_by"])
        after = {"finding": one.finding, "note": one.note}
        if before != after:
            record_change(actor, "SETTLE_DIFFERENCE", reference_to(one), before=before, after=after)
        return one


def _allow(actor: Actor, deed: Deed) -> None:
    if not may(actor, deed):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
