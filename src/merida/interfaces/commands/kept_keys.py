"""The keys of the thesaurus, kept from one start to the next: its ten thousand forms take a quarter of a second."""

import contextlib
import hashlib
import json
import os
import unicodedata
from pathlib import Path

from merida.rules.languages import stemming
from merida.rules.languages.thesaurus import known_keys, thesaurus
from merida.rules.languages.words import words

NAME = "thesaurus-keys.json"
PACKAGE = Path(__file__).resolve().parents[2]


def load_thesaurus(folder: Path) -> int:
    """Load the thesaurus, with the keys kept in ``folder`` if nothing that they come from has changed since.

    Otherwise they are found anew and kept there. Returns how many were found; none where it is loaded already.
    """
    if thesaurus.cache_info().currsize:
        return 0
    place, origin = folder / NAME, origin_of_keys()
    kept = kept_keys(place, origin)
    known_keys().update(kept)
    any_concept = next(iter(thesaurus().concepts.values()))
    for language, forms in any_concept.forms.items():
        words(language, forms[0])  # loads what stems the words of a search
    found = {} if kept else known_keys()
    if found:
        with contextlib.suppress(OSError):  # not kept, they are found again the next time
            keep_keys(place, origin, found)
    known_keys.cache_clear()
    return sum(map(len, found.values()))


def origin_of_keys(package: Path = PACKAGE) -> str:
    """Return a digest of all that keys come from: the thesaurus, lists of words, the program, stemmers, characters."""
    sources = [package / "data" / "thesaurus.csv", *(package / "data" / "search").glob("*.txt")]
    sources += (package / "rules" / "languages").glob("*.py")
    digest = hashlib.sha256(f"{stemming.stemmer_version()} {unicodedata.unidata_version}".encode())
    for source in sorted(sources):
        content = source.read_bytes()
        digest.update(f"{source.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def kept_keys(place: Path, origin: str) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """Return the keys kept in a file; {} where it is not there, cannot be read, or comes from something else."""
    try:
        kept = json.loads(place.read_bytes())
        if kept["origin"] != origin:
            return {}
        return {
            language: {form: tuple(map(tuple, keys)) for form, keys in forms.items()}
            for language, forms in kept["keys"].items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def keep_keys(place: Path, origin: str, keys: dict[str, dict[str, tuple[tuple[str, ...], ...]]]) -> None:
    """Write the keys down, whole or not at all: several processes may do so at once."""
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps({"origin": origin, "keys": keys}, ensure_ascii=False), encoding="utf-8")
    part.replace(place)
