"""The two values that reading passes around: a passage of a document and a mention inside it."""

from typing import NamedTuple


class Passage(NamedTuple):
    """A stretch of text with a place: a title, heading, numbered paragraph, lettered item or footnote.

    ``at`` names the place as people cite it: ``15``, ``101(a)``, ``h:二.A.1``, ``fn3``, ``fn*``, ``title``.
    ``kind`` is one of TITLE, HEADING, PARAGRAPH, ITEM, FOOTNOTE, STAR_NOTE.
    """

    at: str
    text: str
    kind: str


class Mention(NamedTuple):
    """A span of a passage that names something, with the rule that recognised it.

    ``kind`` is STATE, TERRITORY, ORGANISATION, RESOLUTION, PROVISION, CHAPTER, SYMBOL, LINK or DATE;
    ``key`` the normalised name (``TON``, ``UNODC``, ``COSP 8/8``, ``UNCAC 13(1)(c)``, ``UNCAC chapter II``,
    ``CAC/COSP/2019/2``, ``2019-11``). ``start`` and ``end`` are character offsets into the passage's text.
    ``role`` says more where it matters (``ATTENDANCE``, ``DECISION``, an operative paragraph).
    """

    kind: str
    key: str
    at: str
    start: int
    end: int
    surface: str
    rule: str
    role: str = ""
