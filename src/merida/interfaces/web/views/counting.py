"""Counts over years and printed figures beside ours, as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from merida.foundation.registry.figures import FigureCompared, YearCount, printed_figures_compared
from merida.interfaces.web.pieces import Cell, Citation, Column, Table
from merida.interfaces.web.templatetags.words import iso_date, number


@dataclass(frozen=True, slots=True)
class Bar:
    """A year with its count; ``width`` in per cent of the largest."""

    year: int
    count: int
    width: str


def bars(series: Sequence[YearCount]) -> list[Bar]:
    """Return the counts as bars."""
    most = max((one.count for one in series), default=0) or 1
    return [Bar(one.year, one.count, f"{one.count / most:.2%}") for one in series]


def compared(*, instrument: str = "", mechanism: str = "") -> list[FigureCompared]:
    """Return the printed figures about one instrument or mechanism."""

    def about(one: FigureCompared) -> bool:
        subject = one.printed.instrument if instrument else one.printed.mechanism
        return subject is not None and subject.code == (instrument or mechanism)

    return [one for one in printed_figures_compared() if about(one)]


def difference_in_words(one: FigureCompared) -> str:
    """Return how our count stands to the printed one."""
    if one.difference is None:
        return _("we list nobody")
    if one.agrees:
        return _("the same")
    more = one.difference > 0
    sign = "+" if more else "−"
    return _("differs: %(difference)s") % {"difference": f"{sign}{number(abs(one.difference))}"}


def compared_table(found: Sequence[FigureCompared]) -> Table:
    """Return printed figures beside ours, the difference in words."""
    columns = (
        Column(_("On")),
        Column(_("Counted")),
        Column(_("Printed"), numeric=True),
        Column(_("Counted here"), numeric=True),
        Column(_("Difference")),
    )
    rows = [
        (
            Cell(iso_date(one.printed.at_date)),
            Cell(one.printed.get_counted_display()),
            Cell(number(one.printed.value), citation=Citation(one.printed.source.citation, text=one.printed.note)),
            Cell("–" if one.ours is None else number(one.ours)),
            Cell(difference_in_words(one)),
        )
        for one in found
    ]
    caption = _("Figures that others printed, beside ours")
    return Table(caption, columns, rows, empty=_("Nobody's figure is recorded here yet."))


def compared_row(one: FigureCompared) -> dict[str, Any]:
    """Return a comparison as data."""
    return {
        "section": "PRINTED_FIGURE",
        "what": one.printed.counted,
        "value": one.printed.value,
        "from": one.printed.at_date,
        "text": "" if one.ours is None else str(one.ours),
        "source": one.printed.source.citation,
        "confidence": "SOURCED",
        "note": one.printed.note,
    }
