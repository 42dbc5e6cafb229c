"""The format of an offline package: fixed against a file made once, true both ways, closed to everybody else."""

import base64
import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merida.exchange.offline.passphrases import weakness
from merida.exchange.offline.sealing import (
    MOST_ITERATIONS,
    NotOpenedError,
    master_key,
    open_sealed,
    read_envelope,
    seal,
)

GEESE = "four wild geese fly"
KEPT = (
    '{"header":"{\\"format\\":\\"merida-package/1\\",\\"package\\":\\"p\\",\\"kdf\\":\\"PBKDF2-SHA-256\\",\\"iteration'
    's\\":10,\\"salt\\":\\"AAECAwQFBgcICQoLDA0ODw==\\",\\"check\\":\\"2U+piEISSYpXj4I1VdrMDg==\\",\\"cipher\\":\\"AES'
    '-256-GCM\\",\\"nonce\\":\\"AAECAwQFBgcICQoL\\",\\"packed\\":\\"gzip\\"}","content":"v58/XMFQp6Qcexf09ex3DDfsV'
    'GdWTutT+ShBCqQQ8Vrgtb58Svelp0ZJlohQdaVWcRcImvpz80STW9Z34TB9rmtQZ8WruEk="}'
)  # made with hashlib, hmac and a bare AES-GCM cipher
SALT, NONCE, KIND = bytes(range(16)), bytes(range(12)), "merida-package/1"


def made(text: str = "a text", passphrase: str = GEESE, *, kind: str = KIND) -> str:
    master = master_key(passphrase, SALT, iterations=10)
    return seal(text, master, kind=kind, package="p", salt=SALT, nonce=NONCE, iterations=10)


def refusal(sealed: str, passphrase: str = GEESE, *, kind: str = KIND) -> str:
    with pytest.raises(NotOpenedError) as caught:
        open_sealed(read_envelope(sealed, kind=kind), passphrase)
    return caught.value.reason


def test_the_key_is_that_of_published_vectors() -> None:
    """RFC 7914, 11: PBKDF2-HMAC-SHA256 of "passwd", "salt", one iteration (the first 32 of 64 bytes)."""
    assert master_key("passwd", b"salt", iterations=1).hex() == (
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
    )


def test_composed_and_decomposed_letters_are_the_same_passphrase() -> None:
    assert master_key("G\u00e4nse", SALT, iterations=2) == master_key("Ga\u0308nse", SALT, iterations=2)


def test_the_format_stays_what_it_was() -> None:
    """A file that was made once, by another implementation of the same construction, still opens."""
    told = json.loads(json.loads(made())["header"])
    assert list(told) == ["format", "package", "kdf", "iterations", "salt", "check", "cipher", "nonce", "packed"]
    assert told["check"] == "2U+piEISSYpXj4I1VdrMDg=="
    assert open_sealed(read_envelope(KEPT, kind=KIND), GEESE) == "Ответ \u202bجواب\u202c 回答"


@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
@settings(deadline=None, max_examples=60)
def test_what_is_sealed_opens_with_its_passphrase_alone(text: str, passphrase: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    passphrase = passphrase.encode("utf-8", "replace").decode()
    sealed = made(text, passphrase)
    assert open_sealed(read_envelope(sealed, kind=KIND), passphrase) == text
    assert refusal(sealed, passphrase + "x") == "PASSPHRASE"


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
@settings(deadline=None, max_examples=60)
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    whole = json.loads(made("a longer text that somebody may want to change"))
    content = bytearray(base64.b64decode(whole["content"]))
    content[place % len(content)] ^= change
    whole["content"] = base64.b64encode(bytes(content)).decode()
    assert refusal(json.dumps(whole)) == "CHANGED"


def test_an_edited_header_is_noticed() -> None:
    assert refusal(made().replace('\\"package\\":\\"p\\"', '\\"package\\":\\"q\\"')) == "CHANGED"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_named_so(part: float) -> None:
    sealed = made("x" * 500)
    assert refusal(sealed[: int(len(sealed) * part)]) == "TRUNCATED"


@given(st.one_of(st.text(max_size=60), st.recursive(st.none() | st.text(), st.lists).map(json.dumps)))
@settings(deadline=None)
def test_what_is_no_package_is_refused(text: str) -> None:
    assert refusal(text) == "NOT_OURS"


def test_a_file_of_another_kind_does_not_open_as_this_one() -> None:
    assert refusal(made(kind="merida-answers/1")) == "NOT_OURS"
    swapped = made(kind="merida-answers/1").replace("merida-answers/1", KIND)
    assert refusal(swapped) == "CHANGED"


def test_a_file_that_only_wants_to_keep_the_machine_busy_is_refused() -> None:
    assert refusal(made().replace('\\"iterations\\":10', f'\\"iterations\\":{MOST_ITERATIONS + 1}')) == "NOT_OURS"


def test_a_file_that_unpacks_to_far_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merida.exchange.offline.sealing.MOST_OPENED", 1000)
    assert refusal(made("x" * 5000)) == "TOO_LARGE"
    assert len(gzip.compress(b"x" * 5000)) < 1000


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("correct horse 4 battery", ""),
        ("четыре диких гуся", ""),
        ("short", "TOO_SHORT"),
        ("a" * 300, "TOO_LONG"),
        ("aaaaaaaaaaaaaaaaaaaa", "TOO_SIMPLE"),
        ("passpasspasspasspass", "TOO_SIMPLE"),
        ("abcdefghijklmnopqrst", "TOO_SIMPLE"),
        ("1234567890123456", "TOO_SIMPLE"),
    ],
)
def test_a_passphrase_that_is_guessed_soon_is_not_taken(passphrase: str, said: str) -> None:
    assert weakness(passphrase) == said
