"""A seeded corpus of paragraphs in six languages, of our own templates: the size of a library, not its prose.

A paragraph is two to five sentences; a sentence is a template of its language filled with terms of the thesaurus,
names of States, an article, and words drawn from a made-up vocabulary of the size of a real one (Zipf's law), so that
posting lists and dictionary have lifelike lengths. Never shipped as data.
"""

from __future__ import annotations

import bisect
import csv
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from merida.exchange.search.entry import PARAGRAPH, EntryData
from merida.rules.languages.thesaurus import thesaurus

DATA = Path(__file__).resolve().parents[1] / "src" / "merida" / "data"
SHARES = {"zh": 25, "en": 25, "ar": 12.5, "ru": 12.5, "fr": 12.5, "es": 12.5}
VOCABULARY = 30_000
PARAGRAPHS_IN_A_DOCUMENT = 60

TEMPLATES = {
    "en": [
        "{state} reported that {term} had been {w} in line with article {n} and that {w} {w} remained {w}.",
        "In the field of {term}, the {w} of {state} {w} a {w} {w} together with {term2}.",
        "One speaker said that {w} {w} on {term} had {w} since {year}, while {term2} needed more {w}.",
        "The {w} {w} adopted a new {w} on {term}; it {w} the {w} of {w} and {w}.",
        "Reviewers asked {state} to {w} its {w} {w} so that {term} could be {w} under article {n}.",
    ],
    "fr": [
        "{state} a indiqué que {term} avait été {w} conformément à l'article {n} et que {w} {w} restaient {w}.",
        "Dans le domaine « {term} », l'{w} de {state} {w} un {w} {w} avec {term2}.",
        "Un orateur a dit que {w} {w} sur {term} avaient {w} depuis {year}, alors que {term2} demandait plus de {w}.",
        "Les examinateurs ont demandé à {state} de {w} ses {w} {w} afin que {term} soit {w}.",
    ],
    "es": [
        "{state} informó de que {term} se había {w} con arreglo al artículo {n} y de que {w} {w} seguían {w}.",
        "En materia de {term}, el {w} de {state} {w} un {w} {w} junto con {term2}.",
        "Un orador dijo que {w} {w} sobre {term} habían {w} desde {year}, mientras que {term2} exigía más {w}.",
        "Los examinadores pidieron a {state} que {w} sus {w} {w} para que {term} fuera {w}.",
    ],
    "ru": [
        "{state} сообщает, что {term} {w} в соответствии со статьей {n} и что {w} {w} остаются {w}.",
        "В области {term} {w} ({state}) {w} {w} {w} вместе с {term2}.",
        "Один оратор сказал, что {w} {w} по теме «{term}» {w} с {year} года, а {term2} требует больше {w}.",
        "Эксперты просили {state} {w} свои {w} {w}, чтобы {term} было {w}.",
    ],
    "ar": [
        "أفادت {state} بأن {term} {w} وفقا للمادة {n} وأن {w} {w} ما زالت {w}.",
        "وفي مجال {term} {w} في {state} {w} {w} مع {term2}.",
        "وقال أحد المتكلمين إن {w} {w} بشأن {term} {w} منذ عام {year} بينما يحتاج {term2} إلى {w}.",
        "وطلب المستعرضون إلى {state} أن {w} {w} {w} لكي {term} {w}.",
    ],
    "zh": [
        "{state}报告说,已根据第{n}条{w}{term},但{w}{w}仍然{w}。",
        "在{term}方面,{state}的{w}{w}与{term2}一起{w}了{w}。",
        "一位发言者说,自{year}年以来,关于{term}的{w}{w}已经{w},{term2}则需要更多{w}。",
        "审议专家请{state}{w}其{w}{w},以便{term}得到{w}。",
    ],
}
SYLLABLES = {
    "en": (
        "ab ac ad al am an ar as at ba be bo ca ce com con cor cul de den der di dis dor el en er es fa fer "
        "for gen gra han hel im in ing ist lan len ler lic lo man mar men mer mis mo nal ner nor on or pa per "
        "pla por pre pro ra re res ri ro sal sen ser sis son st sub tal ter tion tor tra tre un ur val ven "
        "ver vis wor "
    ),
    "fr": (
        "ai an ar au ba bel bre ca ce ché com con cou cré de dé di don du é el em en er es et eu fa fi for gé "
        "gra ge in ion is la le ler li lo ma mé men mer mi mo na ne ni nou or ou pa pé per pi pla por pou pré "
        "pro qua que ra re ri ro sa sé si son su ta té ter ti tion tou tra tri u va vé ven vi vo "
    ),
    "es": (
        "a al an ar ba be bi ca ce ci co com con cri cu da de di do dos el en er es fa fi for ga ge go gra gu "
        "i in ja jo la le li lo lu ma me mi mo mu na ne ni no nu o or pa pe pi po pre pro que ra re ri ro sa "
        "se si so su ta te ti to tra tu u va ve vi vo za ción "
    ),
    "ru": (
        "а бе бо ва ве ви во вы га го да де ди до ду е же за зо и ис ка ки ко ку ла ле ли ло лу ма ме ми мо "
        "му на не ни но ну о об от па пе пи по пре при про ра ре ри ро ру са се си со ст су та те ти то тро "
        "ту у фа хо ци ча чи ша ще ю я ние ность ский "
    ),
    "ar": (
        "با بر بل تا تر جا جم حا حر خا خر دا در دل را رب رس زا سا سب سر سل شا شر صا صر طا طر عا عب عر عل غا "
        "فا فر فع قا قر قل كا كت كر لا لم ما مد مر مس مع مل نا نب نز نص نف نق ها هد وا وج وص وق يا يد يس "
    ),
}
HAN = (
    "的一是在不了有和人这中大为上个到说以要时来用们生就地于出也得里后自之年发会可下而多心样还进着想看起经当法行定面"
    "事过意理产气部水走成体向正外相同方本三新好者制社公国工作关系市场管务资金政策农村民区保护教育研究术科学技能源环境"
    "交通运输建设设计规划改革开放组织结构条件标准质量安全生产企业集团银行保险投融贸易进出口税收财预算监督检查审评价估"
)


def paragraphs(total: int, *, seed: int = 2026) -> Iterator[EntryData]:
    """Yield `total` paragraphs, the same for the same seed."""
    chance = random.Random(seed)
    makers = {language: _Maker(language, chance) for language in SHARES}
    languages = chance.choices(list(SHARES), list(SHARES.values()), k=total)
    for number, language in enumerate(languages):
        yield makers[language].paragraph(number)


def cached(total: int, directory: Path, *, seed: int = 2026) -> list[EntryData]:
    """The same paragraphs, kept as JSON lines in a directory for the next run."""
    path = directory / f"paragraphs-{total}-{seed}.jsonl"
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in paragraphs(total, seed=seed))
    with path.open(encoding="utf-8") as lines:
        return [_read(json.loads(line)) for line in lines]


def _read(fields: dict[str, object]) -> EntryData:
    listed = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return EntryData(**listed)  # type: ignore[arg-type]


class _Maker:
    """Makes paragraphs of one language from one stream of chance."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self.language, self.chance = language, chance
        self.terms = [form for concept in thesaurus().concepts.values() for form in concept.forms[language]]
        self.states = _state_names(language)
        self.words = _vocabulary(language, chance)
        self.weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.words))))
        self.state_weights = [1 / (rank + 3) for rank in range(len(self.states))]

    def word(self) -> str:
        return self.words[bisect.bisect(self.weights, self.chance.random() * self.weights[-1])]

    def paragraph(self, number: int) -> EntryData:
        states = self.chance.choices(self.states, self.state_weights, k=self.chance.randint(1, 3))
        articles = [str(self.chance.randint(5, 62)) for _ in range(self.chance.randint(1, 2))]
        year = self.chance.randint(2006, 2026)
        glue = "" if self.language == "zh" else " "
        count = self.chance.randint(2, 5)
        text = glue.join(self._sentence(states, articles, year) for _ in range(count))
        document = f"document-{number // PARAGRAPHS_IN_A_DOCUMENT}"
        return EntryData(
            ref=f"paragraph:{number}",
            kind=PARAGRAPH,
            language=self.language,
            title=f"{document}, {number % PARAGRAPHS_IN_A_DOCUMENT}",
            text=text,
            link=("document", document, self.language, str(number)),
            states=tuple(dict.fromkeys(code for code, _ in states)),
            provisions=tuple(dict.fromkeys(f"UNCAC {article}" for article in articles)),
            year=year,
            document=document,
        )

    def _sentence(self, states: list[tuple[str, str]], articles: list[str], year: int) -> str:
        template = self.chance.choice(TEMPLATES[self.language])
        fields = {"state": self.chance.choice(states)[1], "n": self.chance.choice(articles), "year": str(year)}
        fields |= {"term": self.chance.choice(self.terms), "term2": self.chance.choice(self.terms)}
        pieces = template.split("{w}")
        glue = "" if self.language == "zh" else " "
        filled = pieces[0].format(**fields)
        for piece in pieces[1:]:
            filled += glue.join(self.word() for _ in range(self.chance.randint(1, 3))) + piece.format(**fields)
        return filled


def _vocabulary(language: str, chance: random.Random) -> list[str]:
    if language == "zh":
        return list(dict.fromkeys("".join(chance.choices(HAN, k=2)) for _ in range(VOCABULARY)))
    syllables = SYLLABLES[language].split()
    return list(dict.fromkeys("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(VOCABULARY)))


def _state_names(language: str) -> list[tuple[str, str]]:
    with (DATA / "state_names.csv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["language"] == language]
    return list({row["state"]: (row["state"], row["name"]) for row in reversed(rows)}.values())
