"""Years."""

from typing import Any

from merida.rules.lots.aloud.dealing import staggered
from merida.rules.lots.aloud.start import Stream


def years(record: Any, stream: Stream) -> Any:
    """What the record must say of years. Latecomers, not under review yet, come in the last one."""
    said = record["announcement"]
    dealt = staggered(record, stream)["staggered"]
    late = {one["code"] for one in said["urn"]} - set(said["subjects"])
    last = [[code, str(said["rules"]["years"])] for code in late]
    return {"seats": dealt["seats"], "pairs": sorted(dealt["groups"] + last)}
