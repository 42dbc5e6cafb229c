"""Every group is shuffled and cut into one block a year."""

from typing import Any

from merida.rules.lots.aloud.start import Stream, same, shuffled


def dealt(said: Any, stream: Stream) -> tuple[dict[str, list[int]], list[list[str]]]:
    """Seats a year of each group, and the year of each subject."""
    years, turn = said["rules"]["years"], 0
    same("announcement.rules.years: from 1 to 1000", 1 <= years <= 1000, right=True)  # noqa: PLR2004
    groups: dict[str, list[str]] = {}
    for one in said["urn"]:
        if one["code"] in said["subjects"]:
            name = one["group"] if said["rules"]["seats"] == "PROPORTIONAL" else ""
            groups.setdefault(name, []).append(one["code"])
    seats: dict[str, list[int]] = {}
    drawn: list[list[str]] = []
    for name in sorted(groups):
        share, left = divmod(len(groups[name]), years)
        # what is left over goes to the years in turn, group after group
        more = [(turn + extra) % years for extra in range(left)]
        turn += left
        seats[name] = [share + (year in more) for year in range(years)]
        order = shuffled(groups[name], stream)
        block = [str(year) for year, places in enumerate(seats[name], 1) for _ in range(places)]
        drawn += [[code, year] for code, year in zip(order, block, strict=True)]
    return seats, sorted(drawn)
