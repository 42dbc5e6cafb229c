"""Records of a made-up period."""

import calendar
from datetime import date

from merida.rules.drafting.records import Asked, Done, Records
from merida.rules.drafting.wording import Names, Period

PERIOD = Period(date(2019, 11, 1), date(2020, 2, 29))
NAMES = Names(
    states={"GHA": "Ghana", "NER": "Niger", "KEN": "Kenya", "BOL": "Bolivia (Plurinational State of)"},
    organisations={"INTERPOL": "INTERPOL"},
    towns_in={"Accra": "GHA", "Vienna": "AUT"},
)
ZH = Names(
    states={"GHA": "加纳", "NER": "尼日尔", "KEN": "肯尼亚"},
    towns={"Accra": "阿克拉", "Vienna": "维也纳"},
    towns_in=NAMES.towns_in,
)


def done(
    key: str,
    month: str = "2019-11",
    *,
    type: str = "WORKSHOP",  # noqa: A002 (as the record calls it)
    states: tuple[str, ...] = ("GHA",),
    **more,
) -> Done:
    """Return an activity of a month, or of a day where ``month`` names one; ``""`` without a date."""
    if not month:
        return Done(key, type, states=states, **more)
    parts = [int(part) for part in month.split("-")]
    first = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    last = first if len(parts) > 2 else date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
    given = {"precision": "DAY" if len(parts) > 2 else "MONTH", **more}
    return Done(key, type, first, last, states=states, **given)


def asked(key: str, number: str, addressee: str = "SECRETARIAT", **more) -> Asked:
    return Asked(key, "COSP 8/8", number, addressee, **more)


def records(*activities: Done, requests: tuple[Asked, ...] = ()) -> Records:
    return Records(tuple(activities), requests=requests)
