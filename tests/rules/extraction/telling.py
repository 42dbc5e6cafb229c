"""Sentences of our own wording, read as one document."""

from merida.exchange.ingest.gazetteer import name_index
from merida.rules.citations.mention import Passage
from merida.rules.citations.recognise import recognise
from merida.rules.extraction.facts import Activity, Facts
from merida.rules.extraction.reading import extract


def told(*texts: str, language: str = "zh", heading: str = "", items: tuple[str, ...] = ()) -> Facts:
    """The facts of paragraphs 1, 2 …; ``items`` are lettered items of the last of them."""
    passages = [Passage("h:一", heading, "HEADING")] if heading else []
    passages += [Passage(str(number), text, "PARAGRAPH") for number, text in enumerate(texts, start=1)]
    passages += [
        Passage(f"{len(texts)}({letter})", item, "ITEM") for letter, item in zip("abcdefg", items, strict=False)
    ]
    return extract(passages, recognise(passages, language=language, names=name_index()), language=language)


def rows(*texts: str, language: str = "zh") -> list[tuple[str, str, str]]:
    """When, where and what of the activities told."""
    return [(when(a), a.country, a.type) for a in told(*texts, language=language).activities]


def when(activity: Activity) -> str:
    return activity.date_from + (f"/{activity.date_to}" if activity.date_to else "")
