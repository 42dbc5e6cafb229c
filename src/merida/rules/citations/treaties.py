"""Which treaty a text names, in full, by a short title, or as "the Convention"."""

import re
import sys
from typing import Final, NamedTuple

from merida.rules.citations.by_language import ByLanguage
from merida.rules.citations.spans import outside, windows
from merida.rules.citations.treaty_titles import TITLES

UNCAC: Final = "UNCAC"
UNTOC: Final = "UNTOC"
THE_CONVENTION: Final = "THE_CONVENTION"  # 《公约》, the Convention: what the document last defined
THAT_CONVENTION: Final = "THAT_CONVENTION"  # 该《公约》, that Convention: the treaty named just before
ANOTHER: Final = "ANOTHER"  # a convention that we do not keep

# Order matters: a longer title before the shorter one that it contains.
_ZH = (
    ("IACAC", r"美洲(?:国家)?反腐败公约"),
    ("ARABCAC", r"阿拉伯(?:国家)?反腐败公约"),
    ("AUCPCC", r"非洲(?:联盟)?(?:预防和打击腐败|反腐败)公约"),
    ("COE_ETS173", r"反(?:腐败刑[法事]|腐败刑事法)公约|腐败问题刑法公约"),
    ("COE_ETS174", r"反腐败民法公约|腐败问题民法公约"),
    ("OECD_ABC", r"(?:关于)?打击(?:在)?国际商业交易中行?贿赂?外国公职人员(?:行为)?(?:的)?公约|反(?:对外)?贿赂公约"),
    ("UNTOC_TIP", r"(?:关于)?预防、禁止和惩治贩运人口[^》]{0,20}?(?:补充)?议定书|(?:人口贩运|贩运人口)(?:问题)?议定书"),
    ("UNTOC_SOM", r"(?:关于)?打击陆、海、空偷运移民的?(?:补充)?议定书|偷运移民(?:问题)?议定书"),
    (
        "UNTOC_FIREARMS",
        r"(?:联合国打击跨国有组织犯罪公约)?关于打击非法制造和贩运枪支[^》]{0,20}?议定书|枪支(?:问题)?议定书",
    ),
    (UNTOC, r"(?:联合国)?打击跨国(?:界)?有组织犯罪公约|有组织犯罪公约|巴勒莫公约"),
    (UNCAC, r"(?:联合国)?反腐败公约"),
    ("UN1988", r"(?:联合国)?禁止非法贩运麻醉药品和精神药物公约|1988\s{0,6}年公约"),
    (THAT_CONVENTION, r"(?:该|上述|同一)(?:《公约》|〈公约〉|公约)"),
    (THE_CONVENTION, r"《公约》|〈公约〉|本公约"),
)
_EN = (
    ("IACAC", r"Inter-American Convention against Corruption"),
    ("ARABCAC", r"Arab (?:Anti-Corruption Convention|Convention against Corruption)"),
    ("AUCPCC", r"African Union Convention on Preventing and Combating Corruption"),
    ("COE_ETS173", r"Criminal Law Convention on Corruption"),
    ("COE_ETS174", r"Civil Law Convention on Corruption"),
    ("OECD_ABC", r"Convention on Combating Bribery of Foreign Public Officials[\w ]{0,50}|Anti-Bribery Convention"),
    ("UNTOC_TIP", r"Protocol to Prevent, Suppress and Punish Trafficking in Persons|Trafficking in Persons Protocol"),
    ("UNTOC_SOM", r"Protocol against the Smuggling of Migrants|Smuggling of Migrants Protocol"),
    ("UNTOC_FIREARMS", r"Protocol against the Illicit Manufacturing of and Trafficking in Firearms|Firearms Protocol"),
    (UNTOC, r"(?:United Nations )?Convention against Transnational Organized Crime|Organized Crime Convention|UNTOC"),
    (UNCAC, r"(?:United Nations )?Convention against Corruption|UNCAC"),
    ("UN1988", r"Convention against Illicit Traffic in Narcotic Drugs[\w ]{0,40}|1988 Convention"),
    (ANOTHER, r"Convention (?:on|against|for|relating|of) \w+(?: \w+)?|(?:Vienna|Hague|Geneva|\d{4}) Convention"),
    (ANOTHER, r"(?!(?:The|This|That|Its|Said|Same)\b)[A-Z][\w-]{1,20} Convention"),
    (THAT_CONVENTION, r"(?:[Tt]hat|[Ss]aid|[Ss]ame) Convention"),
    (
        THE_CONVENTION,
        r"(?:[Tt]he|[Tt]his|its) Convention(?! (?:against|relating|on the|for the) )|Convention(?= articles?\b)",
    ),
)

# What every row can begin with; most places of a text are passed over without trying the rows.
_FIRST_ZH = "(?=[美阿非反腐关打预人贩偷联枪有巴禁1该上同《〈本])"
_FIRST_EN = r"\b(?=[A-Z\d]|th(?:e|at|is) C|its C|sa(?:id|me) C)"


class Named(NamedTuple):
    """A treaty or a body named at a place of a text."""

    code: str
    start: int
    end: int


def compile_named(rows: tuple[tuple[str, str], ...], *, first: str = "") -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One alternation over the rows; the group that matched tells the code. ``first`` spares most places the trial."""
    alternatives = "|".join(f"({pattern})" for _, pattern in rows)
    return re.compile(f"{first}(?:{alternatives})"), tuple(code for code, _ in rows)


def all_named(
    text: str, compiled: tuple[re.Pattern[str], tuple[str, ...]], low: int = 0, high: int = sys.maxsize
) -> list[Named]:
    """Every match of a compiled table in order of place, between two places of the text."""
    pattern, codes = compiled
    return [Named(codes[(match.lastindex or 1) - 1], *match.span()) for match in pattern.finditer(text, low, high)]


_NAMES = {"zh": _ZH, "en": _EN, **TITLES}
_FIRST = {"zh": _FIRST_ZH, "en": _FIRST_EN}
_COMPILED = ByLanguage(_NAMES, lambda language: compile_named(_NAMES[language], first=_FIRST.get(language, "")))
_ANY_ZH = re.compile(r"《[^《》]{2,40}公约》")
_WORDS = {
    "zh": re.compile("公约|议定书"),
    "en": re.compile("Convention|Protocol|UNCAC|UNTOC"),
    "fr": re.compile("[Cc]onvention|[Pp]rotocole|CNUCC"),
    "es": re.compile("[Cc]onvenci|Convenio|Protocolo|CNUCC"),
    "ru": re.compile("[Кк]онвенци|[Пп]ротокол|КПК"),
    "ar": re.compile("تفاقية|بروتوكول"),
}
_BEFORE, _AFTER = 64, 110


def treaties(text: str, language: str) -> list[Named]:
    """Treaties named in the text; "the Convention" and "that Convention" with codes of their own."""
    language = language if language in _NAMES else "en"
    found: list[Named] = []
    for low, high in windows(text, _WORDS[language], before=_BEFORE, after=_AFTER):
        found += all_named(text, _COMPILED[language], low, high)
    if language == "zh" and "公约》" in text:
        found += outside((Named(ANOTHER, *match.span()) for match in _ANY_ZH.finditer(text)), found)
        found.sort(key=lambda named: named.start)
    return found


def is_definite(code: str) -> bool:
    """Whether the code is a treaty of its own rather than a way of pointing back."""
    return code not in (THE_CONVENTION, THAT_CONVENTION)
