"""Which mentions name a thing."""

from collections.abc import Iterable

from django.db.models import Q

from merida.knowledge.documents.models import MentionKind
from merida.knowledge.documents.places import article_of


def mention_condition(kind: str, key: str, *, prefix: str = "") -> Q:
    """Return the condition for mentions of exactly ``key``."""
    return Q(**{f"{prefix}kind": kind, f"{prefix}key": key})


def provision_condition(key: str, *, with_descendants: bool, articles: Iterable[str] = ()) -> Q:
    """Return the condition for mentions of a provision or chapter.

    ``key`` is ``UNCAC 13``, ``UNCAC 13(1)`` or ``UNCAC chapter II``; with descendants an article brings what lies
    inside it. ``articles`` are further articles with all inside them: those of a chapter, known to the registry.
    """
    if " chapter " in key:
        own = mention_condition(MentionKind.CHAPTER, key)
        return own | Q(article__in=list(articles)) if with_descendants else own
    if not with_descendants:
        return mention_condition(MentionKind.PROVISION, key)
    inside = Q(article=article_of(key))
    return inside if key == article_of(key) else inside & (Q(key=key) | Q(key__startswith=f"{key}("))


def instrument_condition(code: str) -> Q:
    """Return the condition for mentions of any article or chapter of an instrument."""
    return Q(kind__in=[MentionKind.PROVISION, MentionKind.CHAPTER], key__startswith=f"{code} ")
