"""What the page of a package does, in Python: open it, type, export. For tests of what comes back."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from merida.exchange.offline.answers_file import SIGNED_ANSWERS
from merida.exchange.offline.package_file import ANSWERS, PACKAGE
from merida.exchange.offline.sealing import master_key, open_sealed, read_envelope, seal

PASSPHRASE = "vier wilde Gänse ziehen"
SLOT = '<script type="application/json" id="package">'
TYPED = '<script type="application/json" id="typed">'


@dataclass
class Copy:
    """One package in one browser."""

    page: str
    passphrase: str = PASSPHRASE
    typed: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        begun = self.page.index(SLOT) + len(SLOT)
        self.envelope = read_envelope(self.page[begun : self.page.index("</script>", begun)], kind=PACKAGE)
        self.manifest, self.signature, self.public_key, content = open_sealed(self.envelope, self.passphrase).split(
            "\n"
        )
        self.content, self.told = json.loads(content), json.loads(self.manifest)

    def questions(self) -> list[str]:
        return [one["id"] for section in self.content["sections"] for one in section["questions"]]

    def type(self, question: str, *, language: str = "en", **value: object) -> None:
        held = self.typed.get((question, language), {"earlier": [], "given": False, "key": ""})
        earlier = [*held["earlier"], held["key"]] if held["given"] else held["earlier"]
        self.typed[question, language] = {
            "question": question, "language": language, "value": value, "key": str(uuid4()), "earlier": earlier,
            "given": False,
        }  # fmt: skip

    def export(self) -> str:
        answers = [{name: one[name] for name in one if name != "given"} for one in self.typed.values()]
        for one in self.typed.values():
            one["given"] = True
        body = json.dumps({"format": ANSWERS, "package": self.told["package"], "answers": answers})
        return self.sealed(self.signed(body))

    def saved_whole(self) -> str:
        return self.page.replace(TYPED, TYPED + self.export(), 1)

    def signed(self, body: str) -> str:
        private = self.content["key"]["d"]
        number = int.from_bytes(base64.urlsafe_b64decode(private + "=" * (-len(private) % 4)), "big")
        return signed_by(derive_private_key(number, SECP256R1()), self.manifest, self.signature, body)

    def sealed(self, text: str) -> str:
        told = self.envelope.told()
        salt = base64.b64decode(told["salt"])
        master = master_key(self.passphrase, salt, iterations=told["iterations"])
        return seal(
            text, master, kind=ANSWERS, package=told["package"], salt=salt, nonce=uuid4().bytes[:12],
            iterations=told["iterations"],
        )  # fmt: skip


def signed_by(key: EllipticCurvePrivateKey, manifest: str, signature: str, body: str) -> str:
    """Return the four lines of an answers file."""
    raw = key.sign(f"{SIGNED_ANSWERS}{manifest}\n{body}".encode(), ECDSA(SHA256()))
    numbers = b"".join(each.to_bytes(32, "big") for each in decode_dss_signature(raw))
    return f"{manifest}\n{signature}\n{base64.b64encode(numbers).decode()}\n{body}"
