"""Verify an exported change log without merida: ``python offline_verifier.py changes.jsonl [--key HEX]``.

Needs Python 3.11 and nothing else for the chain. Signatures are checked when the ``cryptography`` package is there;
otherwise the report says that they were not. ``--key`` names the public key (64 hexadecimal digits) that you trust:
a key that comes with the file proves only that the file agrees with itself. Exit code 0: the log holds, 1: it does not.

This file shares no code with merida on purpose: it is a second opinion.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None  # type: ignore[assignment, misc]


def verify_lines(lines: Iterable[str], trusted_key: str = "") -> tuple[str, dict[str, int]]:
    """Return what is broken ("" when the log holds) and the counts of changes, checkpoints and checked signatures."""
    counts = {"changes": 0, "checkpoints": 0, "signatures_checked": 0}
    keys: dict[str, str] = {}
    digest = "0" * 64
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
        except ValueError:
            return f"line {number} is not JSON", counts
        if "public_keys" in entry:
            keys = _known_keys(entry["public_keys"], trusted_key)
        elif "checkpoint" in entry:
            problem = _checkpoint_problem(entry, keys, digest, counts)
            if problem:
                return f"line {number}: {problem}", counts
            counts["checkpoints"] += 1
        else:
            digest = hashlib.sha256(bytes.fromhex(digest) + entry["text"].encode("utf-8")).hexdigest()
            if entry["position"] != counts["changes"] + 1:
                return f"line {number}: the change at position {counts['changes'] + 1} is missing", counts
            if entry["hash"] != digest:
                return f"line {number}: the change at position {entry['position']} was altered or moved", counts
            counts["changes"] += 1
    return "", counts


def _known_keys(printed: dict[str, str], trusted_key: str) -> dict[str, str]:
    keys = [trusted_key] if trusted_key else list(printed.values())
    return {hashlib.sha256(bytes.fromhex(key)).hexdigest()[:16]: key for key in keys}


def _checkpoint_problem(entry: dict[str, str], keys: dict[str, str], digest: str, counts: dict[str, int]) -> str:
    position = int(entry["checkpoint"])
    if position > counts["changes"]:
        return f"changes after position {counts['changes']} are missing: a checkpoint was signed at {position}"
    if position != counts["changes"] or entry["hash"] != digest:
        return f"the checkpoint at position {position} does not agree with the chain"
    if entry["key"] not in keys:
        return f"the checkpoint at position {position} is signed with a key that is not trusted ({entry['key']})"
    if Ed25519PublicKey is None:
        return ""
    message = f"merida checkpoint 1\n{position}\n{entry['hash']}\n{entry['key']}\n{entry['at']}\n".encode()
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[entry["key"]]))
        key.verify(bytes.fromhex(entry["signature"]), message)
    except (InvalidSignature, ValueError):
        return f"the signature of the checkpoint at position {position} is forged or damaged"
    counts["signatures_checked"] += 1
    return ""


def main(arguments: list[str] | None = None) -> int:
    """Read the file, print one line, return the exit code."""
    parser = argparse.ArgumentParser(description="Verify an exported change log of merida.")
    parser.add_argument("file")
    parser.add_argument("--key", default="", help="the public key that you trust, 64 hexadecimal digits")
    options = parser.parse_args(arguments)
    with open(options.file, encoding="utf-8") as lines:  # noqa: PTH123
        broken, counts = verify_lines(lines, options.key)
    summary = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in counts.items())
    if Ed25519PublicKey is None:
        summary += " (signatures not checked: the cryptography package is missing)"
    print(f"BROKEN {broken}; {summary}" if broken else f"holds; {summary}")  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
