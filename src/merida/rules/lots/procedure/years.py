"""Which year each review falls in: every group is shuffled and cut into one block a year."""

from merida.rules.lots.procedure.chance import Json, Stream
from merida.rules.lots.procedure.table import Table


def years(table: Table, stream: Stream) -> Json:
    """Draw the year of each review under way; participants that are not under review yet come in the last year.

    A group's seats in two years differ by one at most, and so do the seats of all groups together: what is left over by
    dividing is dealt to the years in turn, each group going on where the one before it stopped.
    """
    last = table.rules["years"]
    under_review = set(table.subjects)
    places = range(table.size)
    groups = dict[str, list[int]]()
    for place in places:
        if place in under_review:
            name = table.urn[place]["group"] if table.rules["seats"] == "PROPORTIONAL" else ""
            groups.setdefault(name, []).append(place)
    turn, seats, drawn = 0, dict[str, list[int]](), list[list[str]]()
    for name in sorted(groups):
        share, left = divmod(len(groups[name]), last)
        dealt = {(turn + extra) % last for extra in range(left)}
        seats[name] = [share + (year in dealt) for year in range(last)]
        turn = (turn + left) % last
        order = stream.shuffled(groups[name])
        for year, count in enumerate(seats[name], 1):
            drawn += [[table.codes[place], str(year)] for place in order[:count]]
            order = order[count:]
    drawn += [[table.codes[place], str(last)] for place in places if place not in under_review]
    return {"seats": seats, "drawn": drawn}


def staggered(table: Table, stream: Stream) -> Json:
    """Draw the staggered group of each review of this draw: group 1 is reviewed first, one group a year."""
    drawn, under_review = years(table, stream), {table.codes[place] for place in table.subjects}
    groups = sorted(pair for pair in drawn["drawn"] if pair[0] in under_review)
    return {"seats": drawn["seats"], "groups": groups}
