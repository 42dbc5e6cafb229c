"""``merida account``: an account from the machine itself, its password said once."""

import argparse
import re

import pytest

from merida.foundation.access.actors import actor_of, person_reference
from merida.foundation.access.models import Workspace
from merida.foundation.changes.queries import history
from merida.foundation.people.models import User
from merida.foundation.people.queries import account_by_email
from merida.interfaces.commands import account

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    account.add_arguments(parser)
    return account.run(parser.parse_args(words))


def found(email: str) -> User:
    user = account_by_email(email)
    assert user is not None
    return user


def test_a_generated_password_is_printed_once_and_opens_the_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("create", "ana@example.org", "--role", "curator", "--generate") == 0
    printed = capsys.readouterr().out
    password = re.findall(r"shown this once: (\S+)", printed)
    user = found("ana@example.org")
    assert (len(password), user.check_password(password[0]), user.role) == (1, True, "CURATOR")
    assert "second factor" in printed


def test_a_password_that_was_asked_for_is_not_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: "a river 17 crossed")
    assert run("create", "ana@example.org") == 0
    assert (found("ana@example.org").check_password("a river 17 crossed"), "river" in capsys.readouterr().out) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("create", "ana@example.org"), "already"),
        (("role", "nobody@example.org", "CURATOR"), "no account for nobody@example.org"),
        (("create", "no-address"), "not an e-mail address"),
        (("workspace", "two words"), "is no code"),
        (("workspace", "room", "--add", "nobody@example.org"), "no account for nobody@example.org"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_nothing_changes(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    run("create", "ana@example.org", "--generate")
    assert run(*words) == 1
    assert message in capsys.readouterr().err
    assert (User.objects.count(), Workspace.objects.count()) == (1, 0)


def test_role_closing_and_opening_are_in_the_history() -> None:
    run("create", "ana@example.org", "--generate")
    assert [run("role", "ana@example.org", "SECRETARIAT"), run("close", "ana@example.org")] == [0, 0]
    assert not found("ana@example.org").is_active
    run("open", "ana@example.org")
    assert [entry.verb for entry in history(person_reference(found("ana@example.org")))] == [
        "CREATE_ACCOUNT",
        "CHANGE_ROLE",
        "DEACTIVATE_ACCOUNT",
        "REACTIVATE_ACCOUNT",
    ]


def test_a_workspace_is_made_and_people_let_in_and_out() -> None:
    run("create", "ana@example.org", "--generate")
    run("workspace", "room-1", "--title", "Room one", "--add", "ana@example.org")
    room = Workspace.objects.get(code="room-1")
    assert (room.title, actor_of(found("ana@example.org")).workspaces) == ("Room one", frozenset({room.pk}))
    run("workspace", "room-1", "--remove", "ana@example.org")
    assert actor_of(found("ana@example.org")).workspaces == frozenset()
