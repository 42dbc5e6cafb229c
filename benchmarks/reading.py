"""How fast documents are read: structure, mentions, facts; beside them the names alone by other means.

    python benchmarks/reading.py [DIRECTORY] [--megabytes 10]

reads every .txt of DIRECTORY (without one: generated documents of a hundred paragraphs in Chinese and English),
repeated to at least that many megabytes of UTF-8, on one core, and prints a table of processor time; of all rounds the
best third counts. Sizes are those of the files in every row. The rows with spaCy's PhraseMatcher and with one regular
expression find names of States, territories and organisations in the same passages and know nothing of false friends;
building index, expression and matcher is not timed. spaCy must split a text into words before it can match, which is
timed, and reports overlapping names, so it counts more. Its row is left out where it is not installed.
"""

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from merida.exchange.ingest.decoding import decode  # noqa: E402
from merida.exchange.ingest.gazetteer import name_index  # noqa: E402
from merida.exchange.ingest.reading import passages, recognise_in, structure_of  # noqa: E402
from merida.exchange.ingest.record import Structure  # noqa: E402
from merida.foundation.registry.reference import name_entries  # noqa: E402
from merida.rules.citations.mention import Mention, Passage  # noqa: E402
from merida.rules.citations.names import NameIndex, find_names  # noqa: E402
from merida.rules.extraction.facts import Facts  # noqa: E402
from merida.rules.extraction.reading import extract  # noqa: E402

KINDS = ("STATE", "TERRITORY", "ORGANISATION")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--megabytes", type=float, default=10.0)
    asked = parser.parse_args()
    if asked.directory is None:
        report([generated(language, seed) for seed in range(4) for language in SENTENCES], asked.megabytes)
        return
    paths = sorted(asked.directory.glob("*.txt"))
    if not paths:
        parser.error(f"no .txt file in {asked.directory}")
    texts = [decode(path.read_bytes(), path.name).text for path in paths]
    report(texts, asked.megabytes)


SENTENCES = {
    "zh": (
        "秘书处于 2032 年 5 月在{state}举办了一次关于档案管理的讲习班，四十名官员参加了讲习班。",
        "根据缔约国会议第 8/{number} 号决议，工作组继续审议《公约》第二章的执行情况。",
        "一名来自{state}的讨论小组成员介绍了本国的做法，并提到与世界银行和国际刑警组织的合作。",
        "发言者们强调了编目的重要性，并指出没有足够经费的国家所面临的困难。",
        "秘书处编写了关于《公约》第{number}条的背景文件（CAC/COSP/WG.4/2032/{number}），供工作组审议。",
        "许多发言者介绍了为便利公众查阅档案而采取的措施，包括建立网上目录和培训工作人员。",
    ),
    "en": (
        "In May 2032 the Secretariat held a workshop on the keeping of records in {state}; forty officials attended.",
        "In its resolution 8/{number}, the Conference asked the Working Group to go on with its work on chapter II.",
        "A panellist from {state} described what her country had done with the World Bank and INTERPOL.",
        "Speakers stressed that cataloguing came first, and that some States lacked the means for it.",
        "The Secretariat prepared a paper on article {number} of the Convention (CAC/COSP/WG.4/2032/{number}).",
        "Many speakers described measures to open records to readers, such as online catalogues and training.",
    ),
}
STATES = {
    "zh": ["斐济", "帕劳", "尼日尔", "约旦", "巴西", "越南", "南非", "冰岛"],
    "en": ["Fiji", "Palau", "Niger", "Jordan", "Brazil", "Iceland"],
}
#: Sentences with and without citations in about the mixture of reports of working groups.
WEIGHTS = (2, 1, 2, 5, 1, 5)
HEADINGS = {
    "zh": ("一. 引言", "二. 会议情况", "三. 结论"),
    "en": ("I. Introduction", "II. Meeting", "III. Conclusions"),
}


def generated(language: str, seed: int) -> str:
    """A document of a hundred numbered paragraphs of our own wording."""
    draw = random.Random(seed)
    lines = []
    for number in range(1, 101):
        if number in (1, 30, 90):
            lines.append(HEADINGS[language][(1, 30, 90).index(number)])
        chosen = draw.choices(SENTENCES[language], WEIGHTS, k=draw.randint(3, 8))
        words = [s.format(state=draw.choice(STATES[language]), number=draw.randint(1, 14)) for s in chosen]
        lines.append(f"{number}. " + ("" if language == "zh" else " ").join(words))
    return "\n\n".join(lines) + "\n"


def report(texts: list[str], megabytes: float) -> None:
    structures = [structure_of(text) for text in texts]
    spoken = [(s.masthead.language, list(passages(s))) for s in structures]
    index = name_index()
    mentioned = [recognise_in(s, names=index) for s in structures]
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} documents, {size:.3f} MB, repeated to {megabytes:g} MB; one core\n")
    print(f"{'what':44}{'MB/s':>8}{'found':>10}")
    row("structure only", lambda: sum(len(structure_of(t).paragraphs) for t in texts), texts, megabytes)
    row("all mentions only", lambda: sum(len(recognise_in(s, names=index)) for s in structures), texts, megabytes)
    row("structure and all mentions", lambda: read_all(texts, index), texts, megabytes)
    row("facts only", lambda: facts_of(structures, mentioned), texts, megabytes)
    row("structure, mentions and facts", lambda: whole(texts, index), texts, megabytes)
    row("names only, ours", lambda: ours(spoken, index), texts, megabytes)
    row("names only, one regular expression", regular(spoken), texts, megabytes)
    matcher = phrase_matcher(spoken)
    if matcher is None:
        print(f"{'names only, spaCy PhraseMatcher':44}{'not installed':>18}")
    else:
        row("names only, spaCy PhraseMatcher", matcher, texts, megabytes)
    print("\nThe last two find names only, without false friends; spaCy's splits words first and counts overlaps.")


def row(what: str, run: Callable[[], int], texts: Iterable[str], megabytes: float) -> None:
    """Time rounds over all documents until enough text was read; the best third counts (the machine has other work)."""
    size = sum(len(text.encode()) for text in texts)
    rounds = max(3, round(megabytes * 1e6 / size))
    found, times = run(), []
    for _ in range(rounds):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    best = sorted(times)[: max(1, len(times) // 3)]
    print(f"{what:44}{size * len(best) / sum(best) / 1e6:8.2f}{found:10,}", flush=True)


def facts_of(structures: list[Structure], mentioned: list[list[Mention]]) -> int:
    """Facts told in documents whose mentions are known."""
    return sum(
        count(extract(passages(s), m, language=s.masthead.language or "en"))
        for s, m in zip(structures, mentioned, strict=True)
    )


def whole(texts: list[str], index: NameIndex) -> int:
    """All that ``merida read`` reads, decoding left out."""
    structures = [structure_of(text) for text in texts]
    return facts_of(structures, [recognise_in(s, names=index) for s in structures])


def count(facts: Facts) -> int:
    return len(facts.activities) + len(facts.figures) + len(facts.requests)


def read_all(texts: list[str], index: object) -> int:
    return sum(len(recognise_in(structure_of(text), names=index)) for text in texts)


def ours(spoken: list[tuple[str, list[Passage]]], index: object) -> int:
    return sum(len(find_names(p.text, index=index, language=language)) for language, all_of in spoken for p in all_of)


def surfaces(language: str) -> list[str]:
    found = {n.surface for n in name_entries() if n.kind in KINDS and n.language in ("", language)}
    return sorted(found, key=len, reverse=True)


def regular(spoken: list[tuple[str, list[Passage]]]) -> Callable[[], int]:
    """One alternation of all names per language, longest first."""
    patterns = {
        language: re.compile("|".join(map(re.escape, surfaces(language))))
        for language in {spoken_in for spoken_in, _ in spoken}
    }

    def run() -> int:
        return sum(sum(1 for _ in patterns[language].finditer(p.text)) for language, all_of in spoken for p in all_of)

    return run


def phrase_matcher(spoken: list[tuple[str, list[Passage]]]) -> Callable[[], int] | None:
    """spaCy's PhraseMatcher over blank pipelines; Chinese by characters, for its words do not end where names end."""
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return None
    tools = {}
    for language in {language for language, _ in spoken}:
        pipeline = spacy.blank(language or "xx")
        matcher = PhraseMatcher(pipeline.vocab)
        matcher.add("NAME", [pipeline.make_doc(surface) for surface in surfaces(language)])
        tools[language] = (pipeline, matcher)

    def run() -> int:
        return sum(
            len(tools[language][1](tools[language][0].make_doc(p.text))) for language, all_of in spoken for p in all_of
        )

    return run


if __name__ == "__main__":
    main()
