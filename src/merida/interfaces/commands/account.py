"""``merida account``: accounts and workspaces from the machine itself, for whoever runs it."""

import argparse
import getpass
import sys

from merida.foundation.access.accounts import (
    AccountError,
    change_role,
    create_account,
    deactivate,
    generated_password,
    reactivate,
)
from merida.foundation.access.actions import WorkspaceError, add_member, create_workspace, remove_member
from merida.foundation.access.queries import workspace_by_code
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.models import Role, User
from merida.foundation.people.queries import MORE_THAN_READING, account_by_email
from merida.interfaces.commands.preparing import pending_migrations
from merida.interfaces.commands.started import to_type

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    create = verbs.add_parser("create", help="make an account")
    create.add_argument("email", metavar="EMAIL")
    create.add_argument("--role", type=str.upper, choices=Role.values, default=Role.READER.value)
    create.add_argument("--name", default="", help="the person's name, as others see it")
    create.add_argument("--generate", action="store_true", help="make a password and print it once, without asking")
    role = verbs.add_parser("role", help="give a person another role")
    role.add_argument("email", metavar="EMAIL")
    role.add_argument("role", type=str.upper, choices=Role.values)
    for verb, words in (("close", "close an account; what the person did stays"), ("open", "open a closed account")):
        verbs.add_parser(verb, help=words).add_argument("email", metavar="EMAIL")
    workspace = verbs.add_parser("workspace", help="make a workspace; let people in and out")
    workspace.add_argument("code", metavar="CODE", help="letters, digits and hyphens")
    workspace.add_argument("--title", default="")
    workspace.add_argument("--add", nargs="+", default=[], metavar="EMAIL")
    workspace.add_argument("--remove", nargs="+", default=[], metavar="EMAIL")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when it was refused, with the reason; 2 when the database is not set up."""
    if pending_migrations():
        print(f"merida account: the database is not set up; `{to_type('demo --no-serve')}` does that.", file=sys.stderr)
        return WRONG_USE
    try:
        return {
            "create": create,
            "role": role,
            "close": close,
            "open": reopen,
            "workspace": workspace,
        }[arguments.verb](arguments)
    except (AccountError, WorkspaceError) as error:
        print(f"merida account: {error}.", file=sys.stderr)
        return 1


def create(arguments: argparse.Namespace) -> int:
    """Make an account; the password is asked for, or made and printed once."""
    asked = "" if arguments.generate or not sys.stdin.isatty() else ask_password()
    password = asked or generated_password()
    user = create_account(
        SYSTEM, email=arguments.email, role=arguments.role, full_name=arguments.name, password=password
    )
    print(f"Account {user.email}, role {user.role}.")
    if not asked:
        print(f"Password, shown this once: {password}")
    if user.role in MORE_THAN_READING:
        print("The role asks for a second factor: it is set up after the first sign-in, with an authenticator app.")
    return 0


def ask_password() -> str:
    """Ask twice; an empty answer asks for a generated one. Raises AccountError where the two differ."""
    first = getpass.getpass("Password (empty: make one): ")
    if first and getpass.getpass("Once more: ") != first:
        raise AccountError("the two passwords differ, nothing was changed")
    return first


def role(arguments: argparse.Namespace) -> int:
    """Give a person another role."""
    user = account(arguments.email)
    change_role(SYSTEM, user, role=arguments.role)
    print(f"{user.email} has the role {user.role}.")
    return 0


def close(arguments: argparse.Namespace) -> int:
    """Close an account."""
    user = account(arguments.email)
    deactivate(SYSTEM, user)
    print(f"{user.email} is closed.")
    return 0


def reopen(arguments: argparse.Namespace) -> int:
    """Open a closed account."""
    user = account(arguments.email)
    reactivate(SYSTEM, user)
    print(f"{user.email} is open.")
    return 0


def workspace(arguments: argparse.Namespace) -> int:
    """Make a workspace unless it is there, and let people in and out; unknown people stop it before it begins."""
    joining, leaving = [account(email) for email in arguments.add], [account(email) for email in arguments.remove]
    room = workspace_by_code(arguments.code) or create_workspace(
        SYSTEM, code=arguments.code, title=arguments.title or arguments.code
    )
    for user in joining:
        add_member(SYSTEM, room, user)
    for user in leaving:
        remove_member(SYSTEM, room, user)
    print(f"Workspace {room.code} ({room.title}): {room.memberships.count()} members.")
    return 0


def account(email: str) -> User:
    """Return the account of an address. Raises AccountError."""
    user = account_by_email(email)
    if user is None:
        raise AccountError(f"there is no account for {email}")
    return user
