"""Every group is shuffled and cut into one block a year."""

from typing import Any

from merida.rules.lots.aloud.start import Stream, same, shuffled


def staggered(record: Any, stream: Stream) -> Any:
    """Seats a year, the year of each subject."""
    said = record["announcement"]
    years = said["rules"]["years"]
    same("announcement.rules.years: 1 to 1000", 1 <= years <= 1000)  # noqa: PLR2004
    groups: dict[str, list[str]] = {}
    for one in said["urn"]:
        if one["code"] in said["subjects"]:
            name = one["group"] if said["rules"]["seats"] == "PROPORTIONAL" else ""
            groups.setdefault(name, []).append(one["code"])
    seats: dict[str, list[int]] = {}
    drawn: list[list[str]] = []
    for name, codes in sorted(groups.items()):
        # each group goes on where the last stopped
        block = sorted((len(drawn) + place) % years for place in range(len(codes)))
        seats[name] = [block.count(year) for year in range(years)]
        drawn += [[code, str(block[place] + 1)] for place, code in enumerate(shuffled(codes, stream))]
    return {"staggered": {"seats": seats, "groups": sorted(drawn)}}
