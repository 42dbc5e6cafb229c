"""What people do with their own accounts, written to the change log when allauth does it.

Second factors are noted by the row itself, in the transaction that writes it: allauth reports them after the commit,
when the note could be lost.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_delete, post_save

from merida.foundation.access.actors import actor_of, person_reference
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.actions import record_change
from merida.foundation.people.models import User


def connect() -> None:
    """Listen to allauth. Called once, when the application starts."""
    account_signals.user_logged_in.connect(_note("SIGN_IN"), weak=False)
    account_signals.password_changed.connect(_note("CHANGE_PASSWORD"), weak=False)
    account_signals.password_set.connect(_note("SET_PASSWORD"), weak=False)
    account_signals.password_reset.connect(_note("RESET_PASSWORD"), weak=False)
    account_signals.email_changed.connect(_note_email, weak=False)
    post_save.connect(_note_new_factor, sender=Authenticator)
    post_delete.connect(_note_factor_gone, sender=Authenticator)


def _note(verb: str) -> Any:
    def receiver(user: User, **_: object) -> None:
        _record(verb, user, before=None, after=None)

    return receiver


def _note_new_factor(instance: Authenticator, *, created: bool, **_: object) -> None:
    if created:  # a row that is saved again only counts a use
        after = {"kind": str(instance.type).upper()}
        _record("ADD_SECOND_FACTOR", instance.user, before=None, after=after)


def _note_factor_gone(instance: Authenticator, **_: object) -> None:
    _record("REMOVE_SECOND_FACTOR", instance.user, before={"kind": str(instance.type).upper()}, after=None)


def _note_email(user: User, from_email_address: Any, to_email_address: Any, **_: object) -> None:
    before = {"email": from_email_address.email} if from_email_address else None
    _record("CHANGE_EMAIL", user, before=before, after={"email": to_email_address.email})


def _record(verb: str, user: User, *, before: dict[str, str] | None, after: dict[str, str] | None) -> None:
    with transaction.atomic():
        record_change(
            _who(user),
            verb,
            person_reference(user),
            before=before,
            after=after,
            secret_fields=("email",),
            is_confined=True,
        )


def _who(user: User) -> Actor:
    """Return who acts: the person of the request, else the account's own, else a command on the machine."""
    request = context.request
    if request is None:
        return SYSTEM
    return actor_of(request.user if request.user.is_authenticated else user)
