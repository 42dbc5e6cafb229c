"""Whether a passphrase is good enough for a file that may be lost. Pure."""

import re
from itertools import pairwise
from typing import Final

SHORTEST: Final = 14  # characters
LONGEST: Final = 256
FEWEST_DIFFERENT: Final = 7
_RUN = re.compile(r"(.{1,4}?)\1{3,}", re.DOTALL)


def weakness(passphrase: str) -> str:
    """Return what is wrong with it: TOO_SHORT, TOO_LONG, TOO_SIMPLE, or nothing.

    Whoever finds the file may try passphrases without limit, so that length counts more than signs: four words that
    do not belong together are long enough (NIST SP 800-63B, 5.1.1: no rules of composition).
    """
    if len(passphrase) > LONGEST:
        return "TOO_LONG"
    if len(passphrase) < SHORTEST:
        return "TOO_SHORT"
    different = len(set(passphrase.casefold()))
    if different < FEWEST_DIFFERENT or _RUN.search(passphrase.casefold()) or _in_a_row(passphrase.casefold()):
        return "TOO_SIMPLE"
    return ""


def _in_a_row(text: str) -> bool:
    """Whether most signs follow the one before: abcdefg, 1234567."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    return sum(step in {1, -1} for step in steps) > len(steps) / 2
