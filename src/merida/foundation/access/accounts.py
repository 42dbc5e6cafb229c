"""Accounts: made, given another role, closed. Here and not in ``people``, because the change log lies between."""

import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction

from merida.foundation.access.actors import person_reference
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change
from merida.foundation.people.models import Role, User
from merida.foundation.people.queries import account_by_email

SECRET = ("email", "full_name")


class AccountError(ValueError):
    """The account cannot be made or changed so; the message says why."""


def create_account(
    actor: Actor, *, email: str, role: str = Role.READER, full_name: str = "", password: str, language: str = "en"
) -> User:
    """Make an account that can sign in at once. Raises AccountError (address, role or password), PermissionDenied."""
    _allow(actor)
    email = email.strip().lower()
    _check(email, role, password, full_name)
    with transaction.atomic():
        user = User.objects.create_user(email, password, role=role, full_name=full_name, language=language)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        after = {"email": email, "full_name": full_name, "role": str(role)}
        record_change(
            actor,
            "CREATE_ACCOUNT",
            person_reference(user),
            before=None,
            after=after,
            secret_fields=SECRET,
            is_confined=True,
        )
    return user


def change_role(actor: Actor, user: User, *, role: str) -> None:
    """Give a person another role. Raises AccountError, also where no administrator would be left; PermissionDenied."""
    _allow(actor)
    if role not in Role.values:
        raise AccountError(f"{role!r} is not a role: {', '.join(Role.values)} are")
    with transaction.atomic():
        kept = User.objects.select_for_update().get(pk=user.pk)
        _keep_an_administrator(kept, still=role == Role.ADMINISTRATOR)
        if kept.role == role:
            return
        before, kept.role = kept.role, role
        kept.save(update_fields=["role"])
        record_change(
            actor,
            "CHANGE_ROLE",
            person_reference(kept),
            before={"role": before},
            after={"role": str(role)},
            is_confined=True,
        )
    user.role = role


def deactivate(actor: Actor, user: User) -> None:
    """Close an account; what the person did stays. Raises AccountError where no administrator would be left."""
    _set_active(actor, user, active=False)


def reactivate(actor: Actor, user: User) -> None:
    """Open a closed account again."""
    _set_active(actor, user, active=True)


def generated_password() -> str:
    """Return a password to be printed once and changed by its owner."""
    return secrets.token_urlsafe(18)


def _set_active(actor: Actor, user: User, *, active: bool) -> None:
    _allow(actor)
    with transaction.atomic():
        kept = User.objects.select_for_update().get(pk=user.pk)
        _keep_an_administrator(kept, still=active)
        if kept.is_active != active:
            kept.is_active = active
            kept.save(update_fields=["is_active"])
            verb = "REACTIVATE_ACCOUNT" if active else "DEACTIVATE_ACCOUNT"
            record_change(
                actor,
                verb,
                person_reference(kept),
                before={"is_active": not active},
                after={"is_active": active},
                is_confined=True,
            )
    user.is_active = active


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.MANAGE_ACCOUNTS):
        raise PermissionDenied("only an administrator may manage accounts")


def _check(email: str, role: str, password: str, full_name: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise AccountError(f"{email!r} is not an e-mail address") from None
    if account_by_email(email) is not None:
        raise AccountError(f"there is an account for {email} already")
    if role not in Role.values:
        raise AccountError(f"{role!r} is not a role: {', '.join(Role.values)} are")
    try:
        validate_password(password, User(email=email, full_name=full_name))
    except ValidationError as error:
        raise AccountError(" ".join(error.messages)) from None


def _keep_an_administrator(user: User, *, still: bool) -> None:
    """Refuse to take away the last account that can manage accounts."""
    if still or user.role != Role.ADMINISTRATOR or not user.is_active:
        return
    others = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if not list(others):
        raise AccountError("this is the last administrator: name another one first")
