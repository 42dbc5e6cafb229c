"""Of which States and articles something is told at all, so that a page asks only for what can be there.

Whether the reader may see it is for the queries that follow to say: here stands more than anybody may see.
"""

from collections.abc import Iterable
from typing import Final

from merida.foundation.changes.remembering import remembered
from merida.knowledge.documents.models import Mention, MentionKind
from merida.knowledge.documents.places import article_of
from merida.knowledge.observatory.models import Activity, Figure, GoodPractice, Submission

ACTIVITIES, FIGURES, PRACTICES, SUBMISSIONS = "ACTIVITIES", "FIGURES", "PRACTICES", "SUBMISSIONS"
KINDS: Final = (ACTIVITIES, FIGURES, PRACTICES, SUBMISSIONS)


def told_of_state(iso3: str) -> frozenset[str]:
    """Return the kinds of records there are of a State; 5 queries, remembered for all States."""
    return frozenset(kind for kind, codes in _states() if iso3 in codes)


def told_of_articles(keys: Iterable[str]) -> frozenset[str]:
    """Return the kinds of records that name one of the provisions or their article; 3 queries, remembered."""
    articles = {article_of(key) for key in keys}
    return frozenset(kind for kind, named in _articles() if not articles.isdisjoint(named))


@remembered
def _beside_figures() -> frozenset[tuple[str, str]]:
    """Kind and key of what paragraphs with figures name.

    Mentions are found by their paragraph: asked for by kind as well, SQLite would walk all mentions of that kind.
    """
    beside = Mention.objects.filter(paragraph__in=Figure.objects.values("paragraph"))
    return frozenset(beside.values_list("kind", "key").distinct())


@remembered
def _states() -> tuple[tuple[str, frozenset[str]], ...]:
    found = (
        Activity.states.through.objects.values_list("state__iso3", flat=True).distinct(),
        (key for kind, key in _beside_figures() if kind == MentionKind.STATE),
        GoodPractice.states.through.objects.values_list("state__iso3", flat=True).distinct(),
        Submission.objects.values_list("state__iso3", flat=True).distinct(),
    )
    return tuple((kind, frozenset(codes)) for kind, codes in zip(KINDS, found, strict=True))


@remembered
def _articles() -> tuple[tuple[str, frozenset[str]], ...]:
    return (
        (ACTIVITIES, _named(Activity.objects.values_list("provisions", flat=True).distinct())),
        (FIGURES, _named([key] for kind, key in _beside_figures() if kind == MentionKind.PROVISION)),
        (PRACTICES, _named(GoodPractice.objects.values_list("provisions", flat=True).distinct())),
    )


def _named(lists: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(article_of(name) for names in lists for name in names)
