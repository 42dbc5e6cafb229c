"""What checks a record: the short modules of its format, or the whole procedure made again."""

from collections.abc import Sequence
from typing import Any

from merida.rules.lots import aloud
from merida.rules.lots.procedure import record as procedure
from merida.rules.lots.procedure import standalone_text


def verify(record: Any) -> list[str]:
    """Return what is wrong with a record, first what stands first; an empty list when it holds.

    Records of the first format, and those in which a candidate was refused undecided, are made again by the procedure.
    """
    return aloud.verify(record) if followed(record) else procedure.verify(record)


def followed(record: Any) -> bool:
    """Whether the short file of its format can check a record."""
    if not isinstance(record, dict) or str(record.get("format")) not in aloud.KINDS:
        return False
    picks = record.get("picks")
    refused = [pick.get("refused") for pick in picks if isinstance(pick, dict)] if isinstance(picks, list) else []
    return not any(isinstance(one, dict) and "UNDECIDED" in one for one in refused)


def verifier_text(announcement: dict[str, Any], records: Sequence[dict[str, Any]] = ()) -> str:
    """Return the shortest text of ``verify_draw.py`` that checks these records of a draw."""
    kind = announcement.get("format")
    return aloud.file_text(kind) if kind and all(map(followed, records)) else standalone_text()
