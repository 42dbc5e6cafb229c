"""What was counted, for the staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q, Sum

from merida.exchange.usage.growth import Month, Span, growth, months
from merida.exchange.usage.models import DayCount, SoughtWords, UseKind
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor

MOST_PAGES = 40
FEW = 5  # visits of a country in a year; below, the country is not named


@dataclass(frozen=True, slots=True)
class Compared:
    """A count of the last 365 days with that of the 365 before, None where those were not counted whole."""

    name: str
    count: int
    before: int | None

    @property
    def growth(self) -> float | None:
        """Growth as a share, None where nothing can be compared."""
        return growth(self.count, self.before)


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that found nothing on several days of a quarter; ``quarter`` is its first day."""

    words: str
    days: int
    quarter: date


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much the site was used. ``few_visits`` come from countries with fewer than five visits each."""

    months: Sequence[Month] = ()
    pages: Sequence[Compared] = ()
    countries: Sequence[Compared] = ()
    few_visits: int = 0
    sought: Sequence[Sought] = ()


def statistics(actor: Actor, today: date) -> Statistics:
    """Return the statistics as of ``today``; empty for whom they are not for."""
    if not may(actor, Deed.SEE_USAGE):
        return Statistics()
    daily = DayCount.objects.values_list("day_date", "kind").annotate(times=Sum("count")).order_by("day_date")
    countries = _compared(UseKind.VISIT, "country", today)
    named = [one for one in countries if one.count >= FEW]
    return Statistics(
        months=months(daily, today),
        pages=_compared(UseKind.PAGE, "page", today)[:MOST_PAGES],
        countries=named,
        few_visits=sum(one.count for one in countries) - sum(one.count for one in named),
        sought=[
            Sought(one.words, one.days, one.quarter_date)
            for one in SoughtWords.objects.exclude(words="").order_by("-quarter_date", "-days", "words")[:MOST_PAGES]
        ],
    )


def _compared(kind: UseKind, field: str, today: date) -> list[Compared]:
    span = Span(today)
    begun = DayCount.objects.aggregate(begun=Min("day_date"))["begun"]
    counted_whole = begun is not None and begun <= span.earlier_first
    now = Q(day_date__range=(span.first, span.last))
    before = Q(day_date__range=(span.earlier_first, span.earlier_last))
    rows = (
        DayCount.objects.filter(now | before, kind=kind)
        .exclude(**{field: ""})
        .values_list(field)
        .annotate(now=Sum("count", filter=now), before=Sum("count", filter=before))
        .order_by("-now", field)
    )
    return [Compared(name, count, (earlier or 0) if counted_whole else None) for name, count, earlier in rows if count]
