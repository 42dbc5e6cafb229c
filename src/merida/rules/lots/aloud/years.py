"""Years."""

from typing import Any

from merida.rules.lots.aloud.dealing import dealt
from merida.rules.lots.aloud.start import Stream


def years(record: Any, stream: Stream) -> Any:
    """What the record must say of years. Latecomers, not under review yet, come in the last one."""
    said = record["announcement"]
    seats, drawn = dealt(said, stream)
    late = {one["code"] for one in said["urn"]} - set(said["subjects"])
    return {"seats": seats, "pairs": sorted(drawn + [[code, str(said["rules"]["years"])] for code in late])}
