"""How well a search finds: recall and precision over labelled sentences, on whatever database the tests run."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from merida.exchange.search.entry import PARAGRAPH, EntryData
from merida.exchange.search.index import put_entries
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import search
from merida.exchange.search.query import Filters

HERE = Path(__file__).parent


@dataclass
class Score:
    """Counts over all queries of one language and kind; missed names what was not found."""

    wanted: int = 0
    found: int = 0
    wrong: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.wanted

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong)


def labelled(name: str) -> dict[str, list[dict]]:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def index(queries: dict[str, list[dict]]) -> None:
    """Every sentence of the set becomes a paragraph; its number says to which query it belongs."""
    put_entries(
        EntryData(f"paragraph:{language}-{number}-{what}-{place}", PARAGRAPH, language, "", sentence)
        for language, listed in queries.items()
        for number, query in enumerate(listed)
        for what in ("hits", "misses")
        for place, sentence in enumerate(query[what])
    )


def measured(queries: dict[str, list[dict]]) -> dict[tuple[str, str], Score]:
    """Scores by (language, kind). Wrong is a sentence labelled as a miss of this very query."""
    scores: dict[tuple[str, str], Score] = {}
    for language, listed in queries.items():
        for number, query in enumerate(listed):
            score = scores.setdefault((language, query["kind"]), Score())
            asked = parse_query(query["query"], language, filters=Filters(languages=(language,)))
            found = {hit.ref for hit in search(asked, top=500).hits}
            wanted = {f"paragraph:{language}-{number}-hits-{at}": text for at, text in enumerate(query["hits"])}
            score.wanted += len(wanted)
            score.found += len(found & set(wanted))
            score.wrong += sum(ref.startswith(f"paragraph:{language}-{number}-misses-") for ref in found)
            score.missed += [f"{query['query']} | {text}" for ref, text in wanted.items() if ref not in found]
    return scores
