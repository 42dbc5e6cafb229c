"""Reading the sample documents of this repository."""

from functools import cache
from pathlib import Path

from merida.exchange.ingest.decoding import decode
from merida.exchange.ingest.reading import structure_of
from merida.exchange.ingest.record import Structure

FOLDER = Path(__file__).parents[2] / "documents"


@cache
def sample(name: str) -> Structure:
    """The structure of a sample document."""
    return structure_of(sample_text(name))


@cache
def sample_text(name: str) -> str:
    """The text of a sample document."""
    return decode((FOLDER / f"{name}.txt").read_bytes(), f"{name}.txt").text


def headings(structure: Structure) -> list[tuple[int, str, str, str]]:
    """Level, number, title and first paragraph of every heading."""
    return [(h.level, h.number, h.title, h.first_paragraph) for h in structure.headings]


def texts(structure: Structure) -> dict[str, str]:
    """Every paragraph's and item's text by its place."""
    found = {p.at: p.text for p in structure.paragraphs}
    return found | {item.at: item.text for p in structure.paragraphs for item in p.items}
