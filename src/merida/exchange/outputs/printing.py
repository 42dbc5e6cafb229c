"""PDF files set outside any page: asked for once, set one after the other, kept for a day.

The file is named by what stands in it, so that two people who ask for the same text wait for one file, and nobody is
handed a text that is not the one they may see now. No change is recorded: nothing is decided here, and a file that
is lost is made again.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from merida.exchange.outputs import checklist_pdf
from merida.exchange.outputs.checklist import Checklist
from merida.exchange.outputs.models import Printing, PrintState

DEAD_AFTER: Final = timedelta(seconds=30)  # without a sign of life of who sets it
KEPT: Final = timedelta(days=1)
TRIED_AGAIN: Final = timedelta(minutes=1)  # after a fault: somebody may have installed what was missing
MOST_WAITING: Final = 200
_AT_LEAST: Final = 2.0  # seconds, to start the program and read the fonts
_A_SECOND: Final = 350_000  # characters that are set in a second of one core: 6 million take some 16
_ALMOST: Final = 99
_HEAVY: Final = ("content", "file")


class TooManyWaitingError(RuntimeError):
    """So many files wait that no other is taken on now."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is. ``percent`` is reckoned from its length; ``before`` files wait before it."""

    uuid: uuid.UUID
    state: PrintState
    percent: int = 0
    before: int = 0
    fault: str = ""
    script: str = ""


def ask(made: Checklist) -> Progress:
    """Ask for the PDF of a checklist, or return how far it is; what its worker left is put in the queue again.

    Raises TooManyWaitingError.
    """
    content = checklist_pdf.asked(made)
    now = timezone.now()
    _discard(now)
    with transaction.atomic():
        held = _light().select_for_update().filter(digest=sha256(content).hexdigest()).first()
        if held is None:
            if Printing.objects.filter(state=PrintState.QUEUED).count() >= MOST_WAITING:
                raise TooManyWaitingError
            held, _ = _light().get_or_create(
                digest=sha256(content).hexdigest(), defaults={"content": content, "characters_count": len(content)}
            )
        elif _is_abandoned(held, now) or _may_be_tried(held, now):
            held.content = content
            _queue(held)
    return _progress(held, now)


def progress_of(which: uuid.UUID) -> Progress | None:
    """Return how far a file is, None where it is not known. The caller has seen to who may ask."""
    held = _light().filter(uuid=which).first()
    return None if held is None else _progress(held, timezone.now())


def file_of(which: uuid.UUID) -> bytes:
    """Return a file that is made. The caller has just built its checklist for this reader (``ask``)."""
    return bytes(Printing.objects.values_list("file", flat=True).get(uuid=which, state=PrintState.MADE))


def print_next(*, font_folder: str = "", stopping: Callable[[], bool] = lambda: False) -> Printing | None:
    """Set the file that has waited longest; None where none waits. Once ``stopping`` says so, it waits again."""
    _discard(timezone.now())
    requeue_abandoned()
    held = _claim()
    if held is None:
        return None

    def goes_on() -> bool:
        mine = Printing.objects.filter(pk=held.pk, claim=held.claim)
        return not stopping() and bool(mine.update(worked_at=timezone.now()))

    file, fault, script = b"", "", ""
    try:
        file = checklist_pdf.set_pdf(bytes(held.content), font_folder=font_folder, goes_on=goes_on)
    except checklist_pdf.NoFontError as error:
        fault, script = "NO_FONT", error.script
    except checklist_pdf.NoEngineError:
        fault = "NO_ENGINE"
    except checklist_pdf.TooLongError:
        fault = "TOO_LONG"
    except checklist_pdf.GivenUpError:
        with transaction.atomic():
            mine = Printing.objects.select_for_update().filter(pk=held.pk, claim=held.claim).first()
            if mine is not None:
                _queue(mine)
        return held
    except Exception:
        _end(held, b"", "BROKEN", "")
        raise
    _end(held, file, fault, script)
    return held


def requeue_abandoned() -> int:
    """Put back what a worker left when it died; return how many."""
    with transaction.atomic():
        dead = [held for held in _light().select_for_update().filter(state=PrintState.SETTING) if _is_abandoned(held)]
        for held in dead:
            _queue(held)
    return len(dead)


def _light() -> QuerySet[Printing]:
    return Printing.objects.defer(*_HEAVY)


def _is_abandoned(held: Printing, now: datetime | None = None) -> bool:
    before = (now or timezone.now()) - DEAD_AFTER
    return held.state == PrintState.SETTING and (held.worked_at is None or held.worked_at < before)


def _may_be_tried(held: Printing, now: datetime) -> bool:
    return held.state == PrintState.FAILED and held.ended_at is not None and held.ended_at < now - TRIED_AGAIN


def _queue(held: Printing) -> None:
    held.state, held.claim, held.begun_at, held.fault, held.script = PrintState.QUEUED, "", None, "", ""
    fields = ["state", "claim", "begun_at", "fault", "script"]
    held.save(update_fields=[*fields, "content"] if "content" in held.__dict__ else fields)


def _claim() -> Printing | None:
    with transaction.atomic():
        held = Printing.objects.select_for_update().filter(state=PrintState.QUEUED).order_by("asked_at", "pk").first()
        if held is not None:
            held.state, held.claim = PrintState.SETTING, uuid.uuid4().hex
            held.begun_at = held.worked_at = timezone.now()
            held.save(update_fields=["state", "claim", "begun_at", "worked_at"])
    return held


def _end(held: Printing, file: bytes, fault: str, script: str) -> None:
    """Store the outcome, unless another worker took it over; the next to ask brings the content again."""
    Printing.objects.filter(pk=held.pk, claim=held.claim, state=PrintState.SETTING).update(
        state=PrintState.FAILED if fault else PrintState.MADE,
        file=file,
        content=b"",
        fault=fault,
        script=script,
        claim="",
        ended_at=timezone.now(),
    )


def _discard(now: datetime) -> None:
    """Forget what is old: a file can be made again."""
    old = Printing.objects.filter(asked_at__lt=now - KEPT).exclude(state=PrintState.SETTING)
    if old.exists():
        old.delete()


def _progress(held: Printing, now: datetime) -> Progress:
    percent, before = 0, 0
    if held.state == PrintState.MADE:
        percent = 100
    elif held.state == PrintState.SETTING and held.begun_at is not None:
        expected = _AT_LEAST + held.characters_count / _A_SECOND
        percent = max(0, min(_ALMOST, int(100 * (now - held.begun_at).total_seconds() / expected)))
    elif held.state == PrintState.QUEUED:
        before = Printing.objects.filter(state=PrintState.QUEUED, asked_at__lt=held.asked_at).count()
    return Progress(held.uuid, PrintState(held.state), percent, before, held.fault, held.script)
