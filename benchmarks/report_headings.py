"""Do activities stand under the right heading of the drafted report? Compared with a document labelled by hand.

    python benchmarks/report_headings.py DOCUMENT LABELS [--wrong] [--least PER_CENT]

DOCUMENT is the text of a report on the implementation of a resolution whose chapter II runs as the scheme of
merida.rules.drafting does; LABELS are its facts as JSON (``headings``, ``activities`` with ``at``). The right heading
of an activity is that under which its paragraph stands in the document. The counts:

  confirmed    every labelled activity as a record that a person accepted, in its paragraph
  uncurated    what the rules of extraction read without any person, of all labelled activities, those without a date
               of their own too: the period that the document reports on dates some. One that was not read is wrong
  with a date  the same of the labelled activities with a date of their own
  words alone  as confirmed, but the document's headings are hidden: words, provisions, organisations and type decide
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from merida.exchange.ingest.reading import read
from merida.exchange.ingest.record import Record
from merida.rules.drafting.headings import place
from merida.rules.drafting.records import Done

# Written by hand: what each heading of such a document means in the scheme, by its number in the section on action.
MEANT = {
    "1": "INTRODUCTION",
    "2.A.1": "STATE_REPORTS", "2.A.2": "CHAPTER_II", "2.B": "ADHERENCE",
    "2.C.1": "LEGISLATION", "2.C.2": "POLICIES", "2.C.3": "PUBLIC_ADMINISTRATION",
    "2.C.3.(a)": "CONFLICTS_OF_INTEREST", "2.C.3.(b)": "REPORTING_PERSONS", "2.C.3.(c)": "PROCUREMENT",
    "2.D.1": "DESIGNATED_AUTHORITIES", "2.D.2": "ANTI_CORRUPTION_BODIES", "2.D.3": "COORDINATION",
    "2.E.1": "JUDICIAL_INTEGRITY", "2.E.2": "PROSECUTION", "2.F": "BUSINESS_INTEGRITY",
    "2.G.1": "ACADEMIA", "2.G.2": "SCHOOLS", "2.G.3": "YOUTH", "2.G.4": "PUBLICATIONS",
    "2.H.1": "PARLIAMENT", "2.H.2": "ENVIRONMENT", "2.H.3": "SPORT", "2.H.4": "MEDIA",
    "2.H.5": "CIVIL_SOCIETY", "2.H.6": "GENDER",
}  # fmt: skip
CHAPTERS = {"一": "1", "二": "2", "三": "3", "四": "4", "I": "1", "II": "2", "III": "3", "IV": "4"}
Row = Mapping[str, Any]


def right(labels: Row) -> dict[str, str]:
    """Return the heading of the scheme that each paragraph stands under, by the labels alone."""
    path: dict[int, str] = {}
    starts: list[tuple[int, str]] = []
    for heading in labels["headings"]:
        path = {level: number for level, number in path.items() if level < heading["level"]}
        if heading["number"]:
            path[heading["level"]] = CHAPTERS.get(heading["number"], heading["number"])
        starts.append((int(heading["first_paragraph"]), MEANT.get(".".join(path.values()), "")))
    found = {}
    for number in range(1, 1 + len(labels["paragraph_ends"])):
        found[str(number)] = [code for first, code in starts if first <= number][-1]
    return found


def paragraph(at: str) -> str:
    return re.sub(r"\(.*", "", at)


def titles_above(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the headings above each paragraph, the highest first."""
    found, path = {}, {}
    headings = {one.at: one for one in record.structure.headings}
    above: dict[str, tuple[str, ...]] = {}
    for at, one in headings.items():
        path = {level: title for level, title in path.items() if level < one.level} | {one.level: one.title}
        above[at] = tuple(path.values())
    for one in record.structure.paragraphs:
        found[one.number] = above.get(one.heading, ())
    return found


def clause_of(text: str, anchor: str) -> str:
    """Return the sentence of a paragraph that holds a label's anchor, the whole paragraph where none does."""
    spans = re.split(r"(?<=[。；;])|(?<=[.])\s+", text)
    return next((one for one in spans if anchor and anchor in one), text)


def confirmed(labels: Row, record: Record, *, hidden: bool) -> Iterator[tuple[str, Done]]:
    texts = {one.number: one.text for one in record.structure.paragraphs}
    above = titles_above(record)
    for one in labels["activities"]:
        at = paragraph(one["at"])
        words = clause_of(texts[at], one.get("anchor") or "")
        yield at, Done(one["id"], one["type"].upper(), words=words, titles=() if hidden else above[at])


def told(record: Record) -> list[tuple[tuple[str, str, str], Done]]:
    """Return what was read, by paragraph, month and State."""
    texts = {one.number: one.text for one in record.structure.paragraphs}
    above = titles_above(record)
    kinds = {mention.key: mention.kind for mention in record.mentions}
    found = []
    for number, one in enumerate(record.facts.activities):
        at = paragraph(one.at)
        provisions = tuple(key for key in one.citations if kinds.get(key) in {"PROVISION", "CHAPTER"})
        words = texts.get(at, "")[one.start : one.end]
        done = Done(
            str(number), one.type.upper(), provisions=provisions, organisations=one.organisations, words=words,
            titles=above.get(at, ()),
        )  # fmt: skip
        found.append(((at, one.date_from[:7], one.country), done))
    return found


def uncurated(labels: Row, record: Record) -> Iterator[tuple[Row, Done | None]]:
    """Yield each labelled activity and what was read of it, None where nothing of its paragraph and month was."""
    left = told(record)
    wanted = labels["activities"]
    matched: dict[str, Done] = {}
    for same in (lambda a, b: a == b, lambda a, b: a[:2] == b[:2]):
        for one in wanted:
            key = (paragraph(one["at"]), (one["date_from"] or "")[:7], one["country"] or "")
            hit = next((pair for pair in left if same(pair[0], key)), None)
            if one["id"] not in matched and hit:
                matched[one["id"]] = hit[1]
                left.remove(hit)
    for one in wanted:
        yield one, matched.get(one["id"])


def report(name: str, rows: Iterable[tuple[str, str, str]], *, wrong: bool) -> float:
    """Print how many codes are as meant; each row is (paragraph, meant, found)."""
    rows = list(rows)
    hits = sum(meant == found for _at, meant, found in rows)
    share = 100 * hits / len(rows)
    print(f"{name:12} {hits:4} of {len(rows):4}   {share:5.1f} %")
    if wrong:
        for (at, meant, found), count in Counter(row for row in rows if row[1] != row[2]).items():
            print(f"             para. {at}: {found or 'not read'} instead of {meant or 'no heading'} ({count})")
    return share


def measure(document: Path, labels: Row, *, wrong: bool = False) -> dict[str, float]:
    record = read(document.read_bytes(), document.name)
    meant = right(labels)
    given = {False: confirmed(labels, record, hidden=False), True: confirmed(labels, record, hidden=True)}
    rows = {hidden: ((at, meant[at], place(done)[0]) for at, done in pairs) for hidden, pairs in given.items()}
    read_rows = {
        dated: [
            (at, meant[at], place(done)[0] if done else "")
            for one, done in uncurated(labels, record)
            for at in [paragraph(one["at"])]
            if not dated or (one["date_from"] and one["date_precision"] != "period")
        ]
        for dated in (True, False)
    }
    return {
        "confirmed": report("confirmed", rows[False], wrong=wrong),
        "uncurated": report("uncurated", read_rows[False], wrong=wrong),
        "dated": report("with a date", read_rows[True], wrong=wrong),
        "words": report("words alone", rows[True], wrong=wrong),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("document", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what stands elsewhere")
    parser.add_argument("--least", type=float, default=88.0, help="per cent that the uncurated must reach")
    given = parser.parse_args()
    shares = measure(given.document, json.loads(given.labels.read_text(encoding="utf-8")), wrong=given.wrong)
    return 0 if shares["confirmed"] == 100.0 and shares["uncurated"] >= given.least else 1


if __name__ == "__main__":
    raise SystemExit(main())
