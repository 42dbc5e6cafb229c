"""The next visits as lines of other pages: the home page and a State's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from merida.interfaces.web.views import visit_pieces as pieces
from merida.interfaces.web.views.naming import choice_in_words
from merida.review.synergies.models import Visit


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in one line: its days, State and mechanism, and what else must be known of it."""

    first_date: str
    days: str
    title: str
    url: str
    said: str


def visit_lines(visits: Iterable[Visit]) -> list[VisitLine]:
    """Return visits as lines, in the order given."""
    return [
        VisitLine(
            first_date=one.first_date.isoformat(),
            days=pieces.days_in_words(one),
            title=pieces.title_of(one),
            url=pieces.address(one),
            said=" · ".join(filter(None, (choice_in_words(one, "firmness"), pieces.remarks(one)))),
        )
        for one in visits
    ]
