"""Staggered groups."""

from typing import Any

from merida.rules.lots.aloud.dealing import dealt
from merida.rules.lots.aloud.start import Stream


def staggered(record: Any, stream: Stream) -> Any:
    """What the record must say of staggered groups."""
    seats, groups = dealt(record["announcement"], stream)
    return {"staggered": {"seats": seats, "groups": groups}}
