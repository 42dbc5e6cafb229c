"""Whoever touches the log is found: a byte, a row, an order, a checkpoint, a column, a secret."""

import json
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.actions import erase_secret_values, record_change
from merida.foundation.changes.models import Change, Checkpoint, ErasableValue
from merida.foundation.changes.offline_verifier import verify_lines
from merida.foundation.changes.queries import export_lines, history, verify
from merida.foundation.changes.sealing import seal_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def six_changes(transactional_db: None) -> None:
    for number in range(1, 7):
        with transaction.atomic():
            record_change(
                SYSTEM,
                "RENAME",
                f"sample:{number}",
                before={"title": "Sample State", "email": "old@example.org"},
                after={"title": f"Sample State {number}", "email": "new@example.org"},
                secret_fields=["email"],
            )
    seal_all()


def touch(sql: str, *values: object) -> None:
    """Change the database behind merida's back."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def change_a_byte() -> None:
    touch("UPDATE changes_change SET text = replace(text, 'Sample State 3', 'Sample State 8') WHERE position = 3")


def remove_a_row() -> None:
    touch("DELETE FROM changes_erasablevalue")
    touch("DELETE FROM changes_change WHERE position = 3")


def remove_a_row_and_close_the_gap() -> None:
    remove_a_row()
    for position in (4, 5, 6):
        touch("UPDATE changes_change SET position = %s WHERE position = %s", position - 1, position)


def swap_two_rows() -> None:
    for here, there in ((3, 99), (4, 3), (99, 4)):
        touch("UPDATE changes_change SET position = %s WHERE position = %s", there, here)


def change_a_hash() -> None:
    touch("UPDATE changes_change SET hash = %s WHERE position = 3", "0" * 64)


def change_a_column() -> None:
    touch("UPDATE changes_change SET verb = 'DELETE' WHERE position = 3")


def change_who_did_it() -> None:
    touch("UPDATE changes_change SET actor_name = 'somebody else' WHERE position = 3")


def change_the_moment() -> None:
    touch("UPDATE changes_change SET at = '2001-01-01 00:00:00' WHERE position = 3")


@pytest.mark.parametrize(
    "tamper",
    [
        change_a_byte,
        remove_a_row,
        remove_a_row_and_close_the_gap,
        swap_two_rows,
        change_a_hash,
        change_a_column,
        change_the_moment,
        change_who_did_it,
    ],
)
def test_the_first_broken_row_is_named(tamper: Callable[[], None]) -> None:
    assert (verify().broken, verify().length) == ("", 6)
    tamper()
    verdict = verify()
    assert (verdict.broken_position, verdict.length) == (3, 2)
    assert "position 3" in verdict.broken


@pytest.mark.parametrize("position", range(1, 7))
def test_every_single_position_is_guarded(position: int) -> None:
    touch("UPDATE changes_change SET text = replace(text, 'RENAME', 'RENAMF') WHERE position = %s", position)
    assert verify().broken_position == position


def test_rows_cut_off_the_end_are_missed_because_a_checkpoint_was_signed_beyond() -> None:
    touch("DELETE FROM changes_erasablevalue")
    touch("DELETE FROM changes_change WHERE position > 4")
    verdict = verify()
    assert (verdict.broken_position, verdict.broken) == (
        5,
        "changes after position 4 are missing: a checkpoint was signed at 5",
    )


def test_a_chain_rewritten_from_the_start_does_not_agree_with_its_checkpoints() -> None:
    change_a_byte()
    Change.objects.update(position=None, hash="")
    seal_all()
    assert verify().broken == "the checkpoint at position 3 does not agree with the chain"


def test_a_forged_checkpoint_is_named() -> None:
    change_a_byte()
    kept = list(Checkpoint.objects.filter(position__gte=3).values_list("pk", flat=True))
    Change.objects.update(position=None, hash="")
    seal_all()
    Checkpoint.objects.filter(position=6).exclude(pk__in=kept).delete()
    for checkpoint in Checkpoint.objects.filter(pk__in=kept):  # the forger writes the new hash under the old signature
        checkpoint.hash = Change.objects.get(position=checkpoint.position).hash
        checkpoint.save()
    assert verify().broken == "the checkpoint at position 3: its signature is forged or damaged"


def test_a_checkpoint_of_an_unknown_key_is_named() -> None:
    Checkpoint.objects.filter(position=6).update(key_id="0123456789abcdef")
    assert verify().broken == ("the checkpoint at position 6: it is signed with a key unknown here (0123456789abcdef)")


def test_a_secret_enters_as_a_salted_digest_and_nothing_else() -> None:
    assert Change.objects.filter(text__contains="example.org").count() == 0
    digests = {json.loads(text)["after"]["email"]["digest"] for text in Change.objects.values_list("text", flat=True)}
    assert len(digests) == 6  # the same address six times: no two digests are alike
    assert ErasableValue.objects.filter(value='"new@example.org"').count() == 6


def test_erasing_a_secret_value_keeps_the_chain_and_is_itself_recorded() -> None:
    assert erase_secret_values(SYSTEM, "sample:3", reason="asked by the person") == 2
    seal_all()
    remaining = ErasableValue.objects.filter(change__object_ref="sample:3").values_list("salt", "value")
    assert list(remaining) == [("", ""), ("", "")]
    assert (verify().broken, verify().length) == ("", 7)
    assert [entry.verb for entry in history("sample:3")] == ["RENAME", "ERASE_SECRET_VALUES"]


def test_a_secret_value_replaced_by_another_is_named() -> None:
    touch("UPDATE changes_erasablevalue SET value = %s WHERE field = 'after.email'", '"forged@example.org"')
    assert "secret value after.email" in verify().broken


def test_the_history_of_a_record_says_who_did_what_and_from_what_to_what() -> None:
    (entry,) = history("sample:2")
    assert (entry.who, entry.verb, entry.sealed) == ("merida", "RENAME", True)
    assert (entry.before["title"], entry.after["title"]) == ("Sample State", "Sample State 2")


def test_a_person_is_written_by_reference_so_that_the_name_can_be_forgotten() -> None:
    actor = Actor(name="A Reader", role="READER", reference="person:5f0c")
    with transaction.atomic():
        change = record_change(actor, "NOTE", "sample:1", before=None, after=None)
    assert json.loads(change.text)["actor"] == {"person": "person:5f0c", "role": "READER"}
    assert "A Reader" not in change.text


class TestOfflineVerifier:
    def test_the_exported_log_holds_without_merida(self) -> None:
        broken, counts = verify_lines(export_lines())
        assert (broken, counts["changes"], counts["checkpoints"]) == ("", 6, 6)
        assert counts["signatures_checked"] == 6

    def test_no_secret_value_is_exported(self) -> None:
        assert [line for line in export_lines() if "example.org" in line or "salt" in line] == []

    @pytest.mark.parametrize("tamper", [change_a_byte, remove_a_row, swap_two_rows, change_a_hash])
    def test_it_finds_what_merida_finds(self, tamper: Callable[[], None]) -> None:
        tamper()
        assert "position 3" in verify_lines(export_lines())[0]

    def test_a_shortened_export_is_missed(self) -> None:
        lines = [line for line in export_lines() if '"position": 6' not in line]
        assert "changes after position 5 are missing" in verify_lines(lines)[0]

    def test_a_key_that_is_not_the_trusted_one_is_refused(self) -> None:
        assert "not trusted" in verify_lines(export_lines(), "ab" * 32)[0]
