"""The discussion of a question and the files handed in with an answer."""

import zipfile
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from merida.foundation.access.visibility import Actor, Sight
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.files.actions import store
from merida.foundation.files.sniffing import WORD, NotAcceptedError, check_ending, clean_name, media_type
from merida.review.questionnaires.models import Attachment, Remark, RemarkAudience
from merida.review.questionnaires.queries import Desk, attachment_seen, seen_question
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.values import clean_text

LONGEST_REMARK = 20_000
MOST_ATTACHMENTS = 50
LARGEST = 20 * 1024 * 1024  # bytes
_MACROS = ("vbaproject.bin", "vbadata.xml")


def say(actor: Actor, desk: Desk, question: str, text: str, *, audience: str = RemarkAudience.INTERNAL) -> Remark:
    """Add a word to the discussion. The staff speaks with the State where an answer was submitted.

    Raises RefusedError (no text), NothingHereError.
    """
    sight = seen_question(desk, question)[1]
    said = clean_text(text, most=LONGEST_REMARK).strip()
    if audience not in RemarkAudience.values:
        raise RefusedError("nobody is called {audience}", audience=audience[:20])
    if sight is not Sight.ALL and audience != RemarkAudience.REVIEWERS:
        raise NothingHereError
    if not said:
        raise RefusedError("the remark has no words")
    with transaction.atomic():
        made = Remark.objects.create(
            response=desk.response, question=question, audience=audience, text=said, made_by_id=actor.user_id
        )
        record_change(actor, "REMARK", reference_to(made), before=None, after={"audience": audience}, is_confined=True)
    return made


def attach(actor: Actor, desk: Desk, question: str, content: IO[bytes], name: str) -> Attachment:
    """Hand in a file with an answer: text, .docx without macros, or PDF.

    Raises NotAcceptedError or RefusedError saying what is wrong with it, NothingHereError.
    """
    if seen_question(desk, question)[1] is not Sight.ALL:
        raise NothingHereError
    if Attachment.objects.filter(response=desk.response, question=question, removed_at__isnull=True).count() >= (
        MOST_ATTACHMENTS
    ):
        raise RefusedError("an answer has at most {most} files", most=MOST_ATTACHMENTS)
    refuse_macros(content)
    check_ending(name, media_type(content))
    content.seek(0)
    with transaction.atomic():
        file = store(actor, content, name)
        made = Attachment.objects.create(
            response=desk.response, question=question, file=file, name=clean_name(name), added_by_id=actor.user_id
        )
        after = {"digest": file.digest, "size": file.size}
        record_change(actor, "ATTACH_FILE", reference_to(made), before=None, after=after)
    return made


def detach(actor: Actor, desk: Desk, uuid: UUID) -> None:
    """Take a file away; its bytes are kept. Raises NothingHereError."""
    row = attachment_seen(desk, uuid)
    if desk.sight(row.question) is not Sight.ALL:
        raise NothingHereError
    with transaction.atomic():
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        record_change(actor, "DETACH_FILE", reference_to(row), before={"digest": row.file.digest}, after=None)


def refuse_macros(content: IO[bytes]) -> None:
    """Raise NotAcceptedError for a file of another kind, too large, or with macros in it."""
    content.seek(0, 2)
    if content.tell() > LARGEST:
        raise NotAcceptedError("the file is larger than {most} MB, the most that is taken in", most=LARGEST // 1024**2)
    content.seek(0)
    if media_type(content) == WORD:
        with zipfile.ZipFile(content) as archive:
            if any(name.lower().endswith(_MACROS) for name in archive.namelist()):
                raise NotAcceptedError("this document has macros in it: save it as .docx without them")
    content.seek(0)
