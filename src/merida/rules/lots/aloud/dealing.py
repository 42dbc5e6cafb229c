"""Every group is shuffled and cut into one block a year."""

from typing import Any

from merida.rules.lots.aloud.start import Stream, same, shuffled


def staggered(record: Any, stream: Stream) -> Any:
    """What the record must say of seats a year, and of the year of each subject."""
    said = record["announcement"]
    years, turn = said["rules"]["years"], 0
    same("announcement.rules.years: 1 to 1000", 1 <= years <= 1000, right=True)  # noqa: PLR2004
    groups: dict[str, list[str]] = {}
    for one in said["urn"]:
        if one["code"] in said["subjects"]:
            name = one["group"] if said["rules"]["seats"] == "PROPORTIONAL" else ""
            groups.setdefault(name, []).append(one["code"])
    seats: dict[str, list[int]] = {}
    drawn: list[list[str]] = []
    for name, codes in sorted(groups.items()):
        # the years in turn, each group going on where the one before stopped
        block = sorted((turn + place) % years for place in range(len(codes)))
        turn += len(codes)
        seats[name] = [block.count(year) for year in range(years)]
        drawn += [[code, str(year + 1)] for code, year in zip(shuffled(codes, stream), block, strict=True)]
    return {"staggered": {"seats": seats, "groups": sorted(drawn)}}
