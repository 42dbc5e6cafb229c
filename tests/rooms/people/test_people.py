"""Accounts: one per address, passwords that hold, a last administrator, secrets that a copy does not give away."""

import stat
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from tests.worlds import TOTP_SECRET, make_person

from merida.foundation.access.accounts import AccountError, change_role, create_account, deactivate, generated_password
from merida.foundation.access.actors import person_reference
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change, ErasableValue
from merida.foundation.changes.queries import history
from merida.foundation.people.models import Role, User
from merida.foundation.people.queries import account_by_email, has_second_factor, second_factor_missing
from merida.foundation.people.sealed_secrets import NotOurSecretError, opened, sealed

pytestmark = pytest.mark.django_db
GOOD = "a river 17 crossed"


def test_an_account_is_found_by_its_address_however_it_is_written() -> None:
    user = create_account(SYSTEM, email=" Ana@Example.ORG ", password=GOOD)
    assert (account_by_email("ANA@example.org"), user.email) == (user, "ana@example.org")


def test_the_address_and_the_name_are_kept_out_of_the_change_log_text() -> None:
    user = create_account(SYSTEM, email="ana@example.org", full_name="Ana Sample", password=GOOD, role=Role.CURATOR)
    (entry,) = history(person_reference(user))
    assert (entry.verb, entry.after["role"]) == ("CREATE_ACCOUNT", "CURATOR")
    assert Change.objects.filter(text__icontains="ana").count() == 0
    assert sorted(ErasableValue.objects.values_list("field", "value")) == [
        ("after.email", '"ana@example.org"'),
        ("after.full_name", '"Ana Sample"'),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"email": "no address"}, "is not an e-mail address"),
        ({"email": "TAKEN@example.org"}, "already"),
        ({"role": "KING"}, "is not a role"),
        ({"password": "short"}, "12 characters"),
        ({"password": "password1234"}, "common"),
        ({"password": "new-person@example.org"}, "similar"),
    ],
)
def test_an_account_that_would_not_hold_is_refused_with_the_reason(wrong: dict[str, str], message: str) -> None:
    make_person("taken")
    fields = {"email": "new-person@example.org", "password": GOOD, "role": "READER", **wrong}
    with pytest.raises(AccountError, match=message):
        create_account(SYSTEM, **fields)
    assert (User.objects.count(), Change.objects.count()) == (1, 0)


def test_the_database_itself_refuses_two_accounts_for_one_address() -> None:
    User.objects.create_user("ana@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ANA@example.org")


def test_a_change_of_role_says_from_what_to_what() -> None:
    user = make_person("reader")
    change_role(SYSTEM, user, role="SECRETARIAT")
    (entry,) = history(person_reference(user))
    assert (entry.before, entry.after, User.objects.get(pk=user.pk).role) == (
        {"role": "READER"},
        {"role": "SECRETARIAT"},
        "SECRETARIAT",
    )


def test_the_last_administrator_can_neither_be_demoted_nor_closed() -> None:
    only, other = make_person("only", Role.ADMINISTRATOR), make_person("other", Role.ADMINISTRATOR)
    deactivate(SYSTEM, other)
    with pytest.raises(AccountError, match="last administrator"):
        change_role(SYSTEM, only, role="READER")
    with pytest.raises(AccountError, match="last administrator"):
        deactivate(SYSTEM, only)
    assert User.objects.get(pk=only.pk).is_active


def test_generated_passwords_differ_and_would_be_accepted() -> None:
    first, second = generated_password(), generated_password()
    assert first != second
    create_account(SYSTEM, email="ana@example.org", password=first)


class TestSecondFactor:
    def test_is_asked_of_every_role_but_the_reader(self) -> None:
        asked = {role: second_factor_missing(make_person(role.lower(), role, second_factor=False)) for role in Role}
        assert asked == {"READER": False, "CURATOR": True, "SECRETARIAT": True, "ADMINISTRATOR": True}

    def test_recovery_codes_alone_are_none(self) -> None:
        user = make_person("curator", Role.CURATOR, second_factor=False)
        Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert has_second_factor(user) is False

    def test_its_secret_is_not_readable_in_the_database(self) -> None:
        make_person("curator", Role.CURATOR)
        (stored,) = Authenticator.objects.values_list("data", flat=True)
        assert (TOTP_SECRET in str(stored), opened(stored["secret"])) == (False, TOTP_SECRET)

    def test_the_key_is_readable_by_its_owner_only(self, settings: Any) -> None:
        sealed("anything")
        assert stat.S_IMODE((Path(settings.KEYS_DIRECTORY) / "second-factors.key").stat().st_mode) == 0o600

    def test_a_secret_of_another_installation_is_refused_in_words(self, settings: Any, tmp_path: Path) -> None:
        ours = sealed("anything")
        settings.KEYS_DIRECTORY = tmp_path / "other"
        with pytest.raises(NotOurSecretError, match="enrols anew"):
            opened(ours)
