"""What should be known to be left out of a text: words that somebody wrote. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from merida.exchange.ingest.record import LeftOut, Notice

#: Reasons that concern words of people, not the layout of pages, with what the English notice calls them.
WRITTEN = {
    "TRACKED_DELETION": "deleted, as the file tracks",
    "COMMENT": "comments",
    "REMARK": "remarks laid over the pages",
    "HIDDEN": "hidden text",
    "FORM_FIELD": "fields of a form that no page shows",
    "TURNED_TEXT": "text set across the page",
    "PICTURE": "pictures",
    "EMBEDDED": "embedded things",
    "CARRIED_PART": "parts of other programs",
    "ATTACHMENT": "files carried inside",
    "OUTSIDE_MAIN_PART": "what stands around the main part of the page",
}
MOST_SHOWN, _LONGEST = 20, 160


def notices_of(left_out: Iterable[LeftOut]) -> list[Notice]:
    """A notice for each reason and how often; the words stand in the record, for not every reader should see them."""
    counts = Counter(entry.reason for entry in left_out if entry.reason in WRITTEN)
    return [Notice(reason, f"Left out of the text: {WRITTEN[reason]} ({count:,}).") for reason, count in counts.items()]


def words_left_out(reason: str, stored: Iterable[Mapping[str, Any]]) -> list[str]:
    """The first words that were left out for a reason, shortened, from ``Version.left_out``; none of the layout."""
    if reason not in WRITTEN:
        return []
    texts = (" ".join(str(entry.get("text", "")).split()) for entry in stored if entry.get("reason") == reason)
    return [text if len(text) <= _LONGEST else text[:_LONGEST] + "…" for text in islice(texts, MOST_SHOWN)]
