"""What comes back: the manifest of the package, and answers signed with the package's own key. Pure."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from merida.exchange.offline.package_file import ANSWERS, PACKAGE
from merida.exchange.offline.sealing import NotOpenedError

SIGNED_ANSWERS: Final = "merida offline answers\n"
MOST_ROWS: Final = 20_000
_TYPED: Final = '<script type="application/json" id="typed">'  # where a saved package keeps what was typed
_END: Final = "</script>"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer that was typed. ``base`` is the revision it began with, 0 where there was none.

    ``key`` names this text, ``earlier`` the texts before it that this copy of the package gave out.
    """

    question: str
    language: str
    value: dict[str, Any]
    base: int
    key: UUID
    earlier: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """A file whose answers were signed with the key of the manifest. Who signed the manifest is still to be checked."""

    manifest: str
    signature: str
    told: Mapping[str, Any]
    rows: tuple[Row, ...]


def envelope_in(text: str) -> str:
    """Return the envelope of an answers file, or that of a package that was saved whole. Raises NotOpenedError."""
    found = text.find(_TYPED)
    if found < 0:
        if text.lstrip()[:9].lower() == "<!doctype":
            raise NotOpenedError("NOT_OURS")
        return text
    begun = found + len(_TYPED)
    end = text.find(_END, begun)
    if end < 0:
        raise NotOpenedError("TRUNCATED")
    if not text[begun:end].strip():
        raise NotOpenedError("NOTHING_TYPED")
    return text[begun:end]


def read_answers(text: str, *, package: str) -> AnswersFile:
    """Return what the opened text of an answers file holds. ``package`` is named by its envelope.

    Raises NotOpenedError (CHANGED) where the answers are not signed with the package's key.
    """
    try:
        manifest, signature, signed, body = text.split("\n", 3)
        told, given = json.loads(manifest), json.loads(body)
        _check_signature(told["answers_key"], signed, f"{SIGNED_ANSWERS}{manifest}\n{body}".encode())
        named = (told["format"], given["format"], told["package"], given["package"])
        rows = tuple(_row(one, told["bases"]) for one in given["answers"][: MOST_ROWS + 1])
    except (KeyError, TypeError, ValueError, AttributeError, InvalidSignature, RecursionError):
        raise NotOpenedError("CHANGED") from None
    if named != (PACKAGE, ANSWERS, package, package) or len({(one.question, one.language) for one in rows}) < len(rows):
        raise NotOpenedError("CHANGED")
    if len(rows) > MOST_ROWS:
        raise NotOpenedError("TOO_LARGE")
    return AnswersFile(manifest, signature, told, rows)


def rows_as_text(rows: tuple[Row, ...]) -> str:
    """Return rows as JSON, to be kept until they are taken in."""
    return json.dumps(
        [
            [one.question, one.language, one.value, one.base, str(one.key), sorted(str(each) for each in one.earlier)]
            for one in rows
        ],
        ensure_ascii=False,
    )


def rows_from(text: str) -> tuple[Row, ...]:
    """Return the rows of ``rows_as_text``."""
    return tuple(
        Row(question, language, value, base, UUID(key), frozenset(UUID(each) for each in earlier))
        for question, language, value, base, key, earlier in json.loads(text)
    )


def _row(given: Mapping[str, Any], bases: Mapping[str, Mapping[str, int]]) -> Row:
    question, language = _well_formed(given["question"]), _well_formed(given["language"])
    base = bases.get(question, {}).get(language, 0)
    earlier = frozenset(UUID(str(each)) for each in given.get("earlier", ())[:1000])
    return Row(question, language, _value(given["value"]), int(base), UUID(str(given["key"])), earlier)


def _value(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer of texts, lists of texts and rows of texts: the only shapes there are. Raises TypeError."""
    return {
        _well_formed(name): [_cell(each) for each in part] if isinstance(part, list) else _well_formed(part)
        for name, part in given.items()
    }


def _cell(given: object) -> str | dict[str, str]:
    if isinstance(given, dict):
        return {_well_formed(name): _well_formed(cell) for name, cell in given.items()}
    return _well_formed(given)


def _well_formed(given: object) -> str:
    """Return a text without half characters, which no database and no page takes."""
    if not isinstance(given, str):
        raise TypeError(type(given).__name__)
    return given.encode("utf-8", "replace").decode()


def _check_signature(point: str, signed: str, message: bytes) -> None:
    raw = base64.b64decode(signed, validate=True)
    half = len(raw) // 2
    numbers = (int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))  # IEEE P1363, as browsers sign
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), bytes.fromhex(point))
    key.verify(encode_dss_signature(*numbers), message, ECDSA(SHA256()))
