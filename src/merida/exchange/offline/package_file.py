"""What lies in a package: a signed manifest, and the questionnaire with the answers of one person's part. Pure."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from merida.review.questionnaires.form import Question, Section, Texts

PACKAGE: Final = "merida-package/1"
ANSWERS: Final = "merida-answers/1"
SIGNED_PACKAGE: Final = b"merida offline package\n"  # before what is signed: a signature never fits something else
COORDINATE: Final = 32  # bytes of a P-256 coordinate

Bases = Mapping[str, Mapping[str, int]]  # question → language → revision


@dataclass(frozen=True, slots=True)
class Named:
    """A law or an authority that can be chosen: identifier, title, dates."""

    identifier: str
    text: str
    detail: str


def manifest_text(told: Mapping[str, Any], bases: Bases, key: EllipticCurvePrivateKey) -> str:
    """Return the part that the installation signs, as one line: what it was made of, and who may sign answers to it."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    whole = {"format": PACKAGE, **told, "answers_key": point.hex(), "bases": bases}
    return json.dumps(whole, separators=(",", ":"), ensure_ascii=False)


def package_text(manifest: str, signature: str, public_key: bytes, content: Mapping[str, Any]) -> str:
    """Return the four lines of a package: manifest, its signature, the installation's public key, the content."""
    written = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return f"{manifest}\n{signature}\n{public_key.hex()}\n{written}"


def key_as_jwk(key: EllipticCurvePrivateKey) -> dict[str, str]:
    """Return a key as browsers read it (RFC 7517)."""
    numbers = key.private_numbers()
    point = numbers.public_numbers
    return {"kty": "EC", "crv": "P-256", "d": _jwk(numbers.private_value), "x": _jwk(point.x), "y": _jwk(point.y)}


def sections_told(
    sections: Iterable[tuple[Section, Iterable[Question]]], read: Callable[[Texts], str]
) -> list[dict[str, Any]]:
    """Return the sections and questions as the page reads them; ``read`` chooses the language of a text."""
    return [
        {
            "id": section.identifier,
            "title": read(section.title) or section.identifier,
            "provision": section.provision,
            "questions": [question_told(one, read) for one in questions],
        }
        for section, questions in sections
    ]


def question_told(question: Question, read: Callable[[Texts], str]) -> dict[str, Any]:
    """Return one question; what is empty is left out."""
    told: dict[str, Any] = {
        "id": question.identifier,
        "kind": question.kind.value,
        "text": read(question.text) or question.identifier,
        "guidance": read(question.guidance),
        "provision": question.about,
        "obligation": question.obligation,
        "parts": sorted(part.value for part in question.parts),
        "choices": [[one.code, read(one.text) or one.code] for one in question.choices],
        "columns": [
            {"id": one.identifier, "text": one.headed(read(one.text) or one.identifier), "kind": one.kind.value}
            for one in question.columns
        ],
        "rows": [[one.identifier, read(one.text) or one.identifier] for one in question.rows],
        "when": [[one.question, list(one.codes)] for one in question.conditions],
    }
    return {name: value for name, value in told.items() if value}


def _jwk(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(COORDINATE, "big")).rstrip(b"=").decode()
