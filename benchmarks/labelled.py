"""Precision and recall of what documents of our own wording tell, against labels written before they were read.

    python benchmarks/labelled.py [PREFIX …]

reads ``tests/documents/labelled/PREFIX*.txt`` (all of them without a prefix, pooled) and prints a table per prefix. The
labels are explained in the README beside them. Rows are compared as multisets of (paragraph, value); a request is met
by one of the same paragraph and kind whose addressee holds the label's words or stands in them.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from merida.exchange.ingest.reading import read  # noqa: E402

LABELLED = ROOT / "tests" / "documents" / "labelled"
_NUMBER, _ITEM = re.compile(r"(\d+)\.\s"), re.compile(r"\(([a-z])\)\s")
_SCALES = {"million": 10**6, "billion": 10**9, "millones": 10**6, "млн": 10**6, "مليون": 10**6}
Rows = Iterable[tuple[str, ...]]


class Label(NamedTuple):
    at: str
    code: str
    words: str


class Score(NamedTuple):
    """Hits, found and labelled rows of a field, and what was missed or wrong."""

    hits: int = 0
    found: int = 0
    labelled: int = 0
    missed: tuple[Any, ...] = ()
    wrong: tuple[Any, ...] = ()

    def plus(self, other: "Score") -> "Score":
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else float(not self.labelled)

    @property
    def recall(self) -> float:
        return self.hits / self.labelled if self.labelled else float(not self.found)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def parted(source: str) -> tuple[str, list[Label]]:
    """The text without its labels, a blank line between paragraphs, and the labels with their places."""
    lines: list[str] = []
    labels: list[Label] = []
    paragraph = at = ""
    for line in source.splitlines():
        if line.startswith("@"):
            labels.append(Label(at, line[1], line[2:].strip()))
            continue
        lines += [line, ""] if line else [line]
        if number := _NUMBER.match(line):
            paragraph = at = number[1]
        elif item := _ITEM.match(line):
            at = f"{paragraph}({item[1]})"
    return "\n".join(lines), labels


def scores(path: Path) -> dict[str, Score]:
    """The score of each field that a document has labels for or told something of."""
    text, labels = parted(path.read_text(encoding="utf-8"))
    record = read(text.encode(), path.name).as_json()
    fields = {name: _compared(found, wanted) for name, found, wanted in _rows(record, labels)}
    fields["request: addressee"] = _addressed(_requests(record), list(_asked(labels)))
    return fields


def _rows(record: dict[str, Any], labels: list[Label]) -> Iterator[tuple[str, Rows, Rows]]:
    acts = [act for act in record["activities"] if act["date_precision"] not in {"period", "none", "session"}]
    told = [(label.at, *label.words.split()) for label in labels if label.code == "A"]
    dated = [(act, "/".join(filter(None, (act["date_from"], act["date_to"])))) for act in acts]
    yield "activity: month", [(_whole(a), a["date_from"][:7]) for a in acts], [(_of(t[0]), t[1][:7]) for t in told]
    yield "activity: date", [(_whole(a), when) for a, when in dated], [(_of(t[0]), t[1]) for t in told]
    where = [(_whole(a), a["date_from"][:7], a["country"] or "-") for a in acts]
    yield "activity: State", where, [(_of(t[0]), t[1][:7], t[2]) for t in told]
    what = [(_whole(a), a["date_from"][:7], a["type"]) for a in acts]
    yield "activity: type", what, [(_of(t[0]), t[1][:7], t[3]) for t in told]
    numbers = [(one["at"], _number(one)) for one in record["statistics"]]
    yield "figure", numbers, [(label.at, label.words.split()[0]) for label in labels if label.code == "F"]
    yield "request: kind", [row[:2] for row in _requests(record)], [row[:2] for row in _asked(labels)]
    limited = {(at, condition.lower()) for at, _, _, condition in _requests(record) if condition}
    yield "request: condition", limited, {(at, said.lower()) for at, _, _, said in _asked(labels) if said}
    tellers = [(_whole(one), " ".join(sorted(one["reported_by"]))) for one in record["good_practices"]]
    nobody = {"-", "speaker", "speakers"}
    practices = [label for label in labels if label.code == "P"]
    wanted = [(_of(p.at), "" if p.words in nobody else " ".join(sorted(p.words.split()))) for p in practices]
    yield "practice", tellers, wanted
    officers = [(_whole(one), one["role"].upper(), one["country"] or "-") for one in record["officers"]]
    yield "officer", officers, [(_of(one.at), *one.words.split()[:2]) for one in labels if one.code == "O"]
    came = [(_whole(one), one["iso3"]) for one in record["states"] if one.get("role") == "attendance"]
    yield "attendance", came, [(_of(one.at), s) for one in labels if one.code == "T" for s in one.words.split()]
    counted = Counter(_whole(one) for one in record["observers"])
    seats = [(_of(one.at), str(seat)) for one in labels if one.code == "B" for seat in range(int(one.words))]
    yield "observer", [(at, str(seat)) for at, count in counted.items() for seat in range(count)], seats
    cited = [(_of(one.at), one.words) for one in labels if one.code == "V"]
    if cited:
        yield "provision", {(_whole(p), f"{p['instrument']} {p['article']}") for p in record["provisions"]}, cited


def _of(at: str) -> str:
    return at.partition("(")[0]


def _whole(row: dict[str, Any]) -> str:
    """The paragraph of a row."""
    return _of(row["at"])


def _number(row: dict[str, Any]) -> str:
    scale = next((by for word, by in _SCALES.items() if (row["unit"] or "").startswith(word)), 0)
    return str(round(float(row["value"]) * scale)) if scale else str(row["value"])


def _requests(record: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    rows = record["recommendations"]
    return [(r["at"], r["kind"].lower(), _plain(r["addressee"] or ""), r["condition"] or "") for r in rows]


def _asked(labels: list[Label]) -> Iterator[tuple[str, str, str, str]]:
    for label in labels:
        if label.code == "R":
            kind, _, rest = label.words.partition(" ")
            who, _, condition = rest.partition("|")
            yield label.at, kind, _plain(who.strip(" -")), condition.strip()


def _plain(who: str) -> str:
    return re.sub(r"^(?:the|all|those) ", "", who.strip().lower())


def _compared(found: Rows, wanted: Rows) -> Score:
    got, truth = Counter(found), Counter(wanted)
    missed, wrong = tuple((truth - got).elements()), tuple((got - truth).elements())
    return Score((got & truth).total(), got.total(), truth.total(), missed, wrong)


def _addressed(found: list[tuple[str, ...]], wanted: list[tuple[str, ...]]) -> Score:
    left, missed = list(found), []
    for row in wanted:
        met = next((one for one in left if one[:2] == row[:2] and _same(one[2], row[2])), None)
        if met:
            left.remove(met)
        else:
            missed.append(row[:3])
    return Score(len(wanted) - len(missed), len(found), len(wanted), tuple(missed), tuple(one[:3] for one in left))


def _same(one: str, other: str) -> bool:
    return one == other or (one != "" and other != "" and (one in other or other in one))


def pooled(prefix: str = "") -> dict[str, Score]:
    """The scores of the documents whose names begin with a prefix, added up."""
    total: dict[str, Score] = {}
    for path in sorted(LABELLED.glob(f"{prefix}*.txt")):
        for name, score in scores(path).items():
            total[name] = total.get(name, Score()).plus(score)
    return {name: score for name, score in total.items() if score.found or score.labelled}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prefixes", nargs="*", metavar="PREFIX", help="how the names of the documents begin")
    for prefix in parser.parse_args().prefixes or [""]:
        print(f"\n{prefix or 'all':20}{'labels':>8}{'found':>8}{'P':>8}{'R':>8}{'F1':>8}")
        for name, score in pooled(prefix).items():
            numbers = f"{score.labelled:8}{score.found:8}{score.precision:8.3f}{score.recall:8.3f}{score.f1:8.3f}"
            print(f"{name:20}{numbers}   {list(score.missed)[:4]} | {list(score.wrong)[:4]}".rstrip())


if __name__ == "__main__":
    main()
