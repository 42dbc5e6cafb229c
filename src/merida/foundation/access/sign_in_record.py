"""What people do with their own accounts, written to the change log when allauth reports it."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as second_factor_signals
from allauth.mfa.models import Authenticator
from django.db import transaction

from merida.foundation.access.actors import actor_of, person_reference
from merida.foundation.changes.actions import record_change
from merida.foundation.people.models import User


def connect() -> None:
    """Listen to allauth. Called once, when the application starts."""
    account_signals.user_logged_in.connect(_note("SIGN_IN"), weak=False)
    account_signals.password_changed.connect(_note("CHANGE_PASSWORD"), weak=False)
    account_signals.password_set.connect(_note("SET_PASSWORD"), weak=False)
    account_signals.password_reset.connect(_note("RESET_PASSWORD"), weak=False)
    account_signals.email_changed.connect(_note_email, weak=False)
    second_factor_signals.authenticator_added.connect(_note_factor("ADD_SECOND_FACTOR"), weak=False)
    second_factor_signals.authenticator_removed.connect(_note_factor("REMOVE_SECOND_FACTOR"), weak=False)
    second_factor_signals.authenticator_reset.connect(_note_factor("RESET_SECOND_FACTOR"), weak=False)


def _note(verb: str) -> Any:
    def receiver(user: User, **_: object) -> None:
        _record(verb, user, before=None, after=None)

    return receiver


def _note_factor(verb: str) -> Any:
    def receiver(user: User, authenticator: Authenticator, **_: object) -> None:
        _record(verb, user, before=None, after={"kind": str(authenticator.type).upper()})

    return receiver


def _note_email(user: User, from_email_address: Any, to_email_address: Any, **_: object) -> None:
    before = {"email": from_email_address.email} if from_email_address else None
    _record("CHANGE_EMAIL", user, before=before, after={"email": to_email_address.email})


def _record(verb: str, user: User, *, before: dict[str, str] | None, after: dict[str, str] | None) -> None:
    with transaction.atomic():
        record_change(
            actor_of(user), verb, person_reference(user), before=before, after=after, secret_fields=("email",)
        )
