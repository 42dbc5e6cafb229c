"""Eight at once, and a kill at the worst moment: nothing is lost and the chain stays whole."""

import signal
import stat
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.actions import NotInTransactionError, record_bulk, record_change
from merida.foundation.changes.models import Change, Checkpoint
from merida.foundation.changes.queries import latest_position, unsealed_changes, verify
from merida.foundation.changes.sealing import seal, seal_all

Writer = Callable[..., Popen[bytes]]
EIGHT = [f"writer{number}" for number in range(8)]
EACH = 20


def test_eight_writer_processes_leave_one_unbroken_chain_with_every_change(start_writer: Writer) -> None:
    writers = start_writer(",".join(EIGHT), EACH)
    errors = writers.communicate(timeout=120)[1].decode()
    assert writers.returncode == 0, errors
    seal_all()
    written = sorted(Change.objects.values_list("object_ref", flat=True))
    assert written == sorted(f"sample:{name}-{number}" for name in EIGHT for number in range(EACH))
    positions = sorted(Change.objects.values_list("position", flat=True))
    assert positions == list(range(1, 8 * EACH + 1))
    verdict = verify()
    assert (verdict.broken, verdict.length, verdict.unsealed) == ("", 8 * EACH, ())
    assert verdict.checkpoints >= 1


def test_changes_are_sealed_right_after_their_commit_without_anybody_asking(start_writer: Writer) -> None:
    writer = start_writer("alone", 3)
    assert writer.wait(timeout=60) == 0
    assert unsealed_changes() == []
    assert verify().length == 3


def test_a_process_killed_between_commit_and_seal_loses_nothing_and_the_next_seal_goes_on(
    start_writer: Writer,
) -> None:
    assert start_writer("before", 2).wait(timeout=60) == 0
    killed = start_writer("killed", 5, "--kill-before-seal")
    assert killed.wait(timeout=60) == -signal.SIGKILL
    left = Change.objects.get(position=None)
    assert left.object_ref == "sample:killed-0"
    verdict = verify()
    assert (verdict.broken, verdict.length, verdict.unsealed) == ("", 2, (str(left),))
    assert start_writer("after", 1).wait(timeout=60) == 0
    verdict = verify()
    assert (verdict.broken, verdict.length, verdict.unsealed) == ("", 4, ())
    assert list(Change.objects.order_by("position").values_list("object_ref", flat=True)) == [
        "sample:before-0",
        "sample:before-1",
        "sample:killed-0",
        "sample:after-0",
    ]


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused_and_writes_nothing() -> None:
    with pytest.raises(NotInTransactionError, match="inside the transaction"):
        record_change(SYSTEM, "RENAME", "sample:1", before={}, after={})
    assert Change.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_no_change_and_no_seal() -> None:
    def fail() -> None:
        with transaction.atomic():
            record_change(SYSTEM, "RENAME", "sample:1", before={}, after={})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert (Change.objects.count(), Checkpoint.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_change_kept_after_an_inner_rollback_is_still_sealed() -> None:
    def fail_inside() -> None:
        with transaction.atomic():
            record_change(SYSTEM, "RENAME", "sample:lost", before={}, after={})
            raise LookupError

    with transaction.atomic():
        with pytest.raises(LookupError):
            fail_inside()
        record_change(SYSTEM, "RENAME", "sample:kept", before={}, after={})
    assert list(Change.objects.values_list("object_ref", "position")) == [("sample:kept", 1)]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sealed_inside_a_transaction_that_may_still_be_rolled_back() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        seal()


@pytest.mark.django_db
def test_a_bulk_file_of_ten_thousand_rows_is_one_change_with_its_digest() -> None:
    change = record_bulk(SYSTEM, "LOAD", "reference:states.csv", digest="ab" * 32, counts={"state": 10_000})
    assert Change.objects.count() == 1
    assert ('"counts":{"state":10000}' in change.text, f'"digest":"{"ab" * 32}"' in change.text) == (True, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "object_ref"), [("rename", "sample:1"), ("RENAME", "sample"), ("RENAME", "sample:1 2"), ("", "sample:1")]
)
def test_an_ill_formed_verb_or_identifier_is_refused(verb: str, object_ref: str) -> None:
    with pytest.raises(ValueError, match=r"is not a verb|does not identify"):
        record_change(SYSTEM, verb, object_ref, before=None, after=None)


@pytest.mark.django_db(transaction=True)
def test_the_signing_key_is_made_once_and_readable_by_its_owner_only() -> None:
    for number in range(2):
        with transaction.atomic():
            record_change(SYSTEM, "RENAME", f"sample:{number}", before=None, after=None)
    key = Path(settings.KEYS_DIRECTORY) / "changes.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert Checkpoint.objects.values("key_id").distinct().count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_number_that_answers_are_kept_by_grows_with_each_change_and_with_each_seal(settings: Any) -> None:
    settings.SEAL_AFTER_COMMIT = False
    seen = [latest_position()]
    for number in range(2):
        with transaction.atomic():
            record_change(SYSTEM, "RENAME", f"sample:{number}", before=None, after=None)
        seen.append(latest_position())
    seal_all()
    seen.append(latest_position())
    assert (seen[0], sorted(set(seen))) == (0, seen)


@pytest.mark.django_db(transaction=True)
def test_what_only_few_may_see_leaves_that_number_alone(settings: Any) -> None:
    settings.SEAL_AFTER_COMMIT = False
    with transaction.atomic():
        record_change(SYSTEM, "RENAME", "sample:1", before=None, after=None)
    seal_all()
    before = latest_position()
    with transaction.atomic():
        record_change(SYSTEM, "WRITE", "sample:2", before=None, after=None, is_confined=True)
    seal_all()
    assert latest_position() == before
    with transaction.atomic():
        record_change(SYSTEM, "RENAME", "sample:1", before=None, after=None)
    assert latest_position() > before
