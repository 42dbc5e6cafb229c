"""Accounts: sign-in by e-mail with a second factor, roles over one rule of visibility, in six languages.

Issue 2, point 7: "Sign-in with second factor, roles (reader, curator, secretariat, administrator)".
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.worlds import PASSWORD, digits_now, make_person

from merida.foundation.access.actors import person_reference
from merida.foundation.changes.queries import history
from merida.foundation.people.models import Role, User

pytestmark = pytest.mark.django_db
LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]


@pytest.fixture(autouse=True)
def no_attempts_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def confirm(client: Client) -> None:
    """Type the password once more, as the pages of the second factor ask."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def enrol(client: Client) -> Any:
    """Set the second factor up as a person does: confirm, read the secret off the page, type the digits."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code><bdi>([A-Z2-7]+)</bdi></code>", page)
    assert secret is not None, page
    return client.post(reverse("mfa_activate_totp"), {"code": digits_now(secret[1])})


class TestSignIn:
    def test_a_reader_signs_in_with_the_password_alone(self, client: Client) -> None:
        answer = sign_in(client, make_person("reader"))
        assert (answer.status_code, answer["Location"], signed_in(client)) == (302, "/en/", True)

    def test_the_address_may_be_written_with_capitals(self, client: Client) -> None:
        make_person("reader")
        client.post(reverse("account_login"), {"login": "Reader@Example.ORG", "password": PASSWORD})
        assert signed_in(client)

    def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(self, client: Client) -> None:
        known = sign_in(client, make_person("reader"), "wrong password").content.decode()
        unknown = client.post(
            reverse("account_login"), {"login": "nobody@example.org", "password": "wrong password"}
        ).content.decode()
        said = [re.search(r'class="errorlist[^>]*>(.*?)</ul>', page, re.DOTALL) for page in (known, unknown)]
        assert said[0] is not None
        assert said[1] is not None
        assert said[0][1] == said[1][1]
        assert not signed_in(client)

    def test_after_five_wrong_passwords_even_the_right_one_must_wait(self, client: Client) -> None:
        user = make_person("reader")
        for _ in range(5):
            sign_in(client, user, "wrong password")
        answer = sign_in(client, user).content.decode()
        assert ("Too many failed login attempts" in answer, signed_in(client)) == (True, False)

    def test_other_people_can_still_sign_in_then(self, client: Client) -> None:
        user, other = make_person("reader"), make_person("other")
        for _ in range(5):
            sign_in(client, user, "wrong password")
        sign_in(client, other)
        assert signed_in(client)

    def test_a_closed_account_cannot_sign_in(self, client: Client) -> None:
        user = make_person("reader")
        User.objects.filter(pk=user.pk).update(is_active=False)
        sign_in(client, user)
        assert not signed_in(client)

    def test_nobody_can_make_an_account(self, client: Client) -> None:
        fields = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
        client.post(reverse("account_signup"), fields)
        assert User.objects.count() == 0

    def test_signing_in_and_a_new_password_are_in_the_history(self, client: Client) -> None:
        user = make_person("reader")
        sign_in(client, user)
        fields = {"oldpassword": PASSWORD, "password1": "a river 17 crossed", "password2": "a river 17 crossed"}
        client.post(reverse("account_change_password"), fields)
        assert [entry.verb for entry in history(person_reference(user))] == ["SIGN_IN", "CHANGE_PASSWORD"]
        assert User.objects.get(pk=user.pk).check_password("a river 17 crossed")


class TestSecondFactor:
    @pytest.mark.parametrize("role", ["CURATOR", "SECRETARIAT", "ADMINISTRATOR"])
    def test_a_role_above_reader_is_led_to_it_after_signing_in(self, client: Client, role: str) -> None:
        answer = sign_in(client, make_person("person", role, second_factor=False))
        assert answer["Location"] == reverse("mfa_activate_totp")

    def test_enrolling_gives_recovery_codes_and_is_in_the_history(self, client: Client) -> None:
        user = make_person("curator", Role.CURATOR, second_factor=False)
        sign_in(client, user)
        answer = enrol(client)
        codes = client.get(answer["Location"]).content.decode()
        assert len(re.findall(r"<li><code>\d{8}</code></li>", codes)) == 10
        kinds = [entry.after["kind"] for entry in history(person_reference(user)) if entry.verb == "ADD_SECOND_FACTOR"]
        assert sorted(kinds) == ["RECOVERY_CODES", "TOTP"]

    def test_a_session_left_open_cannot_enrol_without_the_password(self, client: Client) -> None:
        sign_in(client, make_person("curator", Role.CURATOR, second_factor=False))
        answer = client.get(reverse("mfa_activate_totp"))
        assert answer["Location"].startswith(reverse("account_reauthenticate"))

    def test_once_set_up_the_password_alone_opens_nothing(self, client: Client) -> None:
        answer = sign_in(client, make_person("curator", Role.CURATOR))
        assert (answer["Location"], signed_in(client)) == (reverse("mfa_authenticate"), False)

    def test_the_digits_open_the_account(self, client: Client) -> None:
        sign_in(client, make_person("curator", Role.CURATOR))
        client.post(reverse("mfa_authenticate"), {"code": digits_now()})
        assert signed_in(client)

    def test_wrong_digits_do_not(self, client: Client) -> None:
        sign_in(client, make_person("curator", Role.CURATOR))
        wrong = f"{(int(digits_now()) + 1) % 1_000_000:06d}"
        client.post(reverse("mfa_authenticate"), {"code": wrong})
        assert not signed_in(client)

    def test_a_recovery_code_opens_the_account_once(self, client: Client) -> None:
        user = make_person("curator", Role.CURATOR, second_factor=False)
        sign_in(client, user)
        code = re.search(r"<li><code>(\d{8})</code></li>", client.get(enrol(client)["Location"]).content.decode())
        assert code is not None
        opened = []
        for _ in range(2):
            visitor = Client()
            sign_in(visitor, user)
            visitor.post(reverse("mfa_authenticate"), {"code": code[1]})
            opened.append(signed_in(visitor))
        assert opened == [True, False]

    def test_without_it_a_curator_reads_but_every_write_leads_to_enrolment(self, client: Client) -> None:
        sign_in(client, make_person("curator", Role.CURATOR, second_factor=False))
        assert client.get("/en/").status_code == 200
        answer = client.post("/en/documents/anything/")
        assert (answer.status_code, answer["Location"]) == (302, "/en/account/2fa/totp/activate/")

    def test_a_fragment_asked_for_by_script_is_led_there_as_a_whole_page(self, client: Client) -> None:
        sign_in(client, make_person("curator", Role.CURATOR, second_factor=False))
        answer = client.post("/en/documents/anything/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/en/account/2fa/totp/activate/")

    @pytest.mark.parametrize("second_factor", [True, None])
    def test_others_are_not_stopped_by_it(self, client: Client, second_factor: bool | None) -> None:
        role = Role.CURATOR if second_factor else Role.READER
        client.force_login(make_person("person", role, second_factor=second_factor))
        assert client.post("/en/documents/anything/").status_code in {403, 404, 405}

    def test_who_takes_it_away_reads_as_a_reader_again(self, client: Client) -> None:
        user = make_person("curator", Role.CURATOR)
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": digits_now()})
        Authenticator.objects.filter(user=user).delete()
        assert client.post("/en/documents/anything/")["Location"] == "/en/account/2fa/totp/activate/"


def pages_signed_in() -> list[str]:
    return [
        "account_logout",
        "account_change_password",
        "account_email",
        "mfa_index",
        "mfa_activate_totp",
        "account_reauthenticate",
    ]


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_inactive"])
    def test_stand_in_every_language_without_script_style_or_data_in_the_page(
        self, client: Client, name: str, language: str
    ) -> None:
        with translation.override("zh-hans" if language == "zh" else language):
            address = reverse(name)
        check_page(client.get(address), address, language)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", pages_signed_in())
    def test_of_an_own_account_too(self, client: Client, name: str, language: str) -> None:
        user = make_person("reader")
        sign_in(client, user)
        confirm(client)
        with translation.override("zh-hans" if language == "zh" else language):
            address = reverse(name)
        check_page(client.get(address), address, language)

    def test_the_page_of_recovery_codes_too(self, client: Client) -> None:
        sign_in(client, make_person("curator", Role.CURATOR, second_factor=False))
        check_page(client.get(enrol(client)["Location"]), "/en/account/2fa/", "en")


def check_page(answer: Any, address: str, language: str) -> None:
    page = answer.content.decode()
    assert (answer.status_code, address.split("/")[1]) == (200, language)
    direction = "rtl" if language == "ar" else "ltr"
    assert re.search(rf'<html lang="{language}" dir="{direction}"', page) is not None
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=|data:|<style", page) == []
    assert len(re.findall(r"<h1[ >]", page)) == 1
    inputs = re.findall(r'<input[^>]*type="(?:text|password|email|number)"[^>]*>', page)
    labelled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    ids = [match[1] for each in inputs if (match := re.search(r'id="([^"]+)"', each))]
    assert [each for each in ids if each not in labelled] == []
