"""Of which States and articles something is told at all, so that a page asks only for what can be there.

Whether the reader may see it is for the queries that follow to say: here stands more than anybody may see.
"""

from collections.abc import Iterable
from typing import Final

from merida.foundation.changes.remembering import remembered
from merida.knowledge.documents.models import Mention
from merida.knowledge.documents.places import article_of
from merida.knowledge.observatory.models import Activity, Figure, GoodPractice, Submission

ACTIVITIES, FIGURES, PRACTICES, SUBMISSIONS = "ACTIVITIES", "FIGURES", "PRACTICES", "SUBMISSIONS"
KINDS: Final = (ACTIVITIES, FIGURES, PRACTICES, SUBMISSIONS)


def told_of_state(iso3: str) -> frozenset[str]:
    """Return the kinds of records there are of a State; 4 queries, remembered for all States."""
    return frozenset(kind for kind, codes in _states() if iso3 in codes)


def told_of_articles(keys: Iterable[str]) -> frozenset[str]:
    """Return the kinds of records that name one of the provisions or their article; 3 queries, remembered."""
    articles = {article_of(key) for key in keys}
    return frozenset(kind for kind, named in _articles() if not articles.isdisjoint(named))


@remembered
def _states() -> tuple[tuple[str, frozenset[str]], ...]:
    beside = Mention.objects.filter(kind="STATE", paragraph__in=Figure.objects.values("paragraph"))
    found = (
        Activity.states.through.objects.values_list("state__iso3", flat=True),
        beside.values_list("key", flat=True),
        GoodPractice.states.through.objects.values_list("state__iso3", flat=True),
        Submission.objects.values_list("state__iso3", flat=True),
    )
    return tuple((kind, frozenset(codes.distinct())) for kind, codes in zip(KINDS, found, strict=True))


@remembered
def _articles() -> tuple[tuple[str, frozenset[str]], ...]:
    beside = Mention.objects.filter(kind="PROVISION", paragraph__in=Figure.objects.values("paragraph"))
    return (
        (ACTIVITIES, _named(Activity.objects.values_list("provisions", flat=True).distinct())),
        (FIGURES, frozenset(map(article_of, beside.values_list("key", flat=True).distinct()))),
        (PRACTICES, _named(GoodPractice.objects.values_list("provisions", flat=True).distinct())),
    )


def _named(lists: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(article_of(name) for names in lists for name in names)
