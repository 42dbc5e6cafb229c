"""Bodies that adopt resolutions and decisions, as texts name them in six languages, and how each numbers."""

import re
from typing import Final

from merida.rules.citations.by_language import ByLanguage
from merida.rules.citations.spans import beginning_with, windows
from merida.rules.citations.treaties import Named, all_named, compile_named

CONFERENCE: Final = "CONFERENCE"  # the Conference of whichever Convention is meant
COMMISSION: Final = "COMMISSION"  # the Commission last named in full
COUNCIL: Final = "COUNCIL"
ANOTHER_BODY: Final = "ANOTHER"  # keeps a foreign conference from being taken for ours

_ZH = (
    (
        ANOTHER_BODY,
        r"(?:阿拉伯|美洲)(?:国家)?反腐败公约》?缔约[国方](?:会议|大会)|预防犯罪和刑事司法大会|世界(?:卫生)?大会|年度大会",
    ),
    ("CTOC COP", r"(?:打击跨国(?:界)?)?有组织犯罪公约》?\s{0,6}缔约[国方](?:会议|大会)"),
    ("COSP", r"反腐败公约》?\s{0,6}缔约[国方](?:会议|大会)"),
    (CONFERENCE, r"缔约[国方](?:会议|大会)"),
    ("SC", r"安全理事会|安理会"),
    ("ECOSOC", r"经济及社会理事会|经社理事会"),
    ("HRC", r"人权理事会"),
    ("CCPCJ", r"预防犯罪和刑事司法委员会"),
    ("CND", r"麻醉药品委员会|麻委会"),
    ("GA", r"联合国大会|联大|大会"),
    (COMMISSION, r"(?<![\u4e00-\u9fff])委员会|(?<=[据照的由在经请向按和与及])委员会"),
    (COUNCIL, r"(?<![\u4e00-\u9fff])理事会|(?<=[据照的由在经请向按和与及])理事会"),
)
_EN = (
    (ANOTHER_BODY, r"[Cc]onference of the States [Pp]arties to the (?:Arab|Inter-American)[\w -]+"),
    ("CTOC COP", r"Conference of the Parties(?: to the (?:[\w ]{0,60} )?Organized Crime)?"),
    ("COSP", r"Conference of the States [Pp]arties(?: to the (?:United Nations )?Convention against Corruption)?"),
    (CONFERENCE, r"(?:the|The|its) Conference(?! of )|Conference(?= (?:resolution|decision))"),
    ("SC", r"Security Council"),
    ("ECOSOC", r"Economic and Social Council"),
    ("HRC", r"Human Rights Council"),
    ("CCPCJ", r"Commission on Crime Prevention and Criminal Justice"),
    ("CND", r"Commission on Narcotic Drugs"),
    ("GA", r"General Assembly|(?:the|The) Assembly|Assembly(?= resolution)"),
    (COMMISSION, r"(?:the|The) Commission(?! on )|Commission(?= (?:resolution|decision))"),
    (COUNCIL, r"(?:the|The) Council|Council(?= (?:resolution|decision))"),
)
_FR = (
    ("CTOC COP", r"Conférence des [Pp]arties"),
    ("COSP", r"Conférence des États [Pp]arties"),
    (CONFERENCE, r"(?:[Ll]a|sa) Conférence(?! des )"),
    ("SC", r"Conseil de sécurité"),
    ("ECOSOC", r"Conseil économique et social"),
    ("HRC", r"Conseil des droits de l['’]homme"),
    ("CCPCJ", r"Commission pour la prévention du crime et la justice pénale"),
    ("CND", r"Commission des stupéfiants"),
    ("GA", r"Assemblée générale|l['’]Assemblée"),
    (COMMISSION, r"[Ll]a Commission(?! (?:pour|des) )"),
    (COUNCIL, r"(?:[Ll]e|du) Conseil(?! (?:de|des|économique) )"),
)
_ES = (
    ("CTOC COP", r"Conferencia de las Partes"),
    ("COSP", r"Conferencia de los Estados [Pp]arte"),
    (CONFERENCE, r"[Ll]a Conferencia(?! de )"),
    ("SC", r"Consejo de Seguridad"),
    ("ECOSOC", r"Consejo Económico y Social"),
    ("HRC", r"Consejo de Derechos Humanos"),
    ("CCPCJ", r"Comisión de Prevención del Delito y Justicia Penal"),
    ("CND", r"Comisión de Estupefacientes"),
    ("GA", r"Asamblea General|[Ll]a Asamblea"),
    (COMMISSION, r"[Ll]a Comisión(?! de )"),
    (COUNCIL, r"(?:[Ee]l|del) Consejo(?! (?:de|Económico) )"),
)
_RU = (
    ("COSP", r"Конференци\w{1,2} государств[ \u2011\u2013-]+участников"),
    ("CTOC COP", r"Конференци\w{1,2} [Уу]частников"),
    (CONFERENCE, r"Конференци\w{1,2}"),
    ("SC", r"Совет\w{0,2} Безопасности"),
    ("ECOSOC", r"Экономическ\w+ и Социальн\w+ Совет\w{0,2}|ЭКОСОС"),
    ("HRC", r"Совет\w{0,2} по правам человека"),
    ("CCPCJ", r"Комисси\w{1,2} по предупреждению преступности и уголовному правосудию"),
    ("CND", r"Комисси\w{1,2} по наркотическим средствам"),
    ("GA", r"Генеральн\w+ Ассамбле\w{1,2}|Ассамбле\w{1,2}"),
    (COMMISSION, r"Комисси\w{1,2}"),
    (COUNCIL, r"Совет\w{0,2}"),
)
_AR = (
    ("COSP", r"مؤتمر الدول الأطراف"),
    ("CTOC COP", r"مؤتمر الأطراف"),
    (CONFERENCE, r"المؤتمر"),
    ("SC", r"مجلس الأمن"),
    ("ECOSOC", r"المجلس الاقتصادي والاجتماعي"),
    ("HRC", r"مجلس حقوق الإنسان"),
    ("CCPCJ", r"لجنة منع الجريمة والعدالة الجنائية"),
    ("CND", r"لجنة المخدرات"),
    ("GA", r"الجمعية العامة|الجمعية"),
    (COMMISSION, r"اللجنة"),
    (COUNCIL, r"المجلس"),
)
# What every row can begin with; most places of a text are passed over without trying the rows.
_FIRST = {
    "zh": "(?=[阿美预世年打有反缔安经人麻联大委理])",
    "en": r"\b(?=[CSEHGA]|The [CA]|the [CA]|its C|conf)",
    "fr": "(?=[CAlLsd])",
    "es": "(?=[CAlLEed])",
    "ru": "(?=[КСЭГА])",
    "ar": "(?=[مال])",
}
_NAMES = {"zh": _ZH, "en": _EN, "fr": _FR, "es": _ES, "ru": _RU, "ar": _AR}
_COMPILED = ByLanguage(_NAMES, lambda language: compile_named(_NAMES[language], first=_FIRST[language]))

# English names begin with letters that stand everywhere, Chinese ones with signs that do: the noun is looked for first.
_TRIGGERS = {
    "en": beginning_with(["Conference", "conference", "Council", "Commission", "Assembly"]),
    "zh": re.compile("会(?:(?<=[大员理事委]会)|(?<=[国方]会)(?=议))|联大|麻委"),
}
_REACH = {"en": (24, 400), "zh": (40, 4)}  # more than any name has before and after its noun

CONFERENCE_OF: Final = {"UNCAC": "COSP", "UNTOC": "CTOC COP"}
_COMMISSIONS = ("CCPCJ", "CND")
_COUNCILS = ("ECOSOC", "SC", "HRC")
_FIRST_GA_SESSION = 31  # slashed numbers began with the thirty-first session, 1976
_LAST_CONFERENCE = 20
_FIRST_CND_SESSION = 42
_YEARS = range(1946, 2100)


def bodies(text: str, language: str) -> list[Named]:
    """Bodies named in the text in order of place; "the Conference", "the Commission" with codes of their own."""
    language = language if language in _NAMES else "en"
    trigger = _TRIGGERS.get(language)
    if trigger is None:
        return all_named(text, _COMPILED[language])
    found: list[Named] = []
    before, after = _REACH[language]
    for low, high in windows(text, trigger, before=before, after=after):
        found += all_named(text, _COMPILED[language], low, high)
    return found


def may_number(body: str, session: int) -> bool:
    """Whether a body can have adopted a resolution of this session or year (9/1 is no General Assembly's)."""
    if body in ("COSP", "CTOC COP", CONFERENCE):
        return session <= _LAST_CONFERENCE
    if body == "GA":
        return _FIRST_GA_SESSION <= session < _YEARS.start
    if body == "ECOSOC" or (body == COUNCIL and session in _YEARS):
        return session in _YEARS
    if body == "CND":
        return _FIRST_CND_SESSION <= session < _YEARS.start
    return body in ("CCPCJ", "HRC", COMMISSION, COUNCIL) and session < _YEARS.start


def full_bodies(pointing: str) -> tuple[str, ...]:
    """Bodies that "the Commission" or "the Council" may stand for."""
    return {COMMISSION: _COMMISSIONS, COUNCIL: _COUNCILS}.get(pointing, ())


def resolution_key(body: str, printed: str) -> str:
    """Key of a resolution: ``COSP 8/8``, ``A/RES/73/191``, ``S/RES/1244(1999)``, ``ECOSOC 2018/244``."""
    symbol = _SYMBOL_OF.get(body)
    return f"{symbol}/{printed}" if symbol else f"{body} {printed}"


_SYMBOL_OF: Final = {"GA": "A/RES", "SC": "S/RES", "HRC": "A/HRC/RES"}
_FULL_SYMBOL = re.compile(r"(A|S|E)/RES/(.+)")


def key_of_symbol(symbol: str) -> str:
    """Key of a resolution cited by its symbol (``A/RES/73/191``, ``E/RES/2018/15``), "" for another document."""
    match = _FULL_SYMBOL.fullmatch(symbol)
    if not match:
        return ""
    return f"ECOSOC {match[2]}" if match[1] == "E" else symbol.replace(" ", "")
