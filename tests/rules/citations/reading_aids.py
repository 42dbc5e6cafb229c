"""A small index of names and a short way to read one sentence, for the tests of this folder."""

from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.names import NameEntry, NameIndex, build_name_index
from merida.rules.citations.recognise import recognise

_STATES = {
    "zh": "CHN中国 FRA法国 USA美国 USA美利坚合众国 DEU德国 ESP西班牙 NER尼日尔 NGA尼日利亚 GIN几内亚 "
    "PNG巴布亚新几内亚 GNQ赤道几内亚 "
    "GNB几内亚比绍 SDN苏丹 SSD南苏丹 IND印度 IDN印度尼西亚 MLI马里 SOM索马里 COG刚果 "
    "COD刚果民主共和国 ZAF南非 JPN日本 HTI海地 MEX墨西哥 "
    "PAN巴拿马 COL哥伦比亚 JOR约旦 TCD乍得 BRA巴西 KOR韩国 KEN肯尼亚 CHE瑞士 GBR大不列颠及北爱尔兰联合王国 QAT卡塔尔",
    "en": "NER:Niger NGA:Nigeria GIN:Guinea PNG:Papua_New_Guinea GNQ:Equatorial_Guinea "
    "GNB:Guinea-Bissau SDN:Sudan SSD:South_Sudan "
    "JOR:Jordan TCD:Chad GEO:Georgia MEX:Mexico DMA:Dominica DOM:Dominican_Republic COG:Congo IRL:Ireland CHN:China "
    "COD:Democratic_Republic_of_the_Congo DEU:Germany KEN:Kenya FRA:France USA:United_States_of_America",
    "fr": "DEU:Allemagne CIV:Côte_d'Ivoire NER:Niger GIN:Guinée GNB:Guinée-Bissau",
    "es": "ESP:España PNG:Papua_Nueva_Guinea DOM:República_Dominicana GIN:Guinea",
    "ru": "KEN:Кения RUS:Российская_Федерация USA:Соединенные_Штаты_Америки NER:Нигер NGA:Нигерия "
    "ARE:Объединенные_Арабские_Эмираты",
    "ar": "OMN:عمان EGY:مصر JOR:الأردن MLI:مالي SDN:السودان SSD:جنوب_السودان NER:النيجر NGA:نيجيريا",
}
_ORGANISATIONS = (
    ("UNODC", "zh", "联合国毒品和犯罪问题办公室"),
    ("UNODC", "zh", "毒品和犯罪问题办公室"),
    ("UNODC", "zh", "毒罪办"),
    ("UNODC", "", "UNODC"),
    ("UNODC", "ru", "Управление Организации Объединенных Наций по наркотикам и преступности"),
    ("EU", "zh", "欧洲联盟"),
    ("EU", "zh", "欧洲联盟委员会"),
    ("COE", "zh", "欧洲委员会"),
    ("GRECO", "zh", "反腐败国家集团"),
    ("OECD", "zh", "经合组织"),
    ("OECD_WGB", "zh", "贿赂问题工作组"),
    ("APEC", "zh", "亚太经合组织"),
    ("G20", "zh", "20国集团"),
    ("GIZ", "zh", "德国国际合作局"),
    ("COE", "en", "Council of Europe"),
    ("EU", "en", "European Union"),
    ("EU", "en", "European Commission"),
    ("INTERPOL", "ar", "إنتربول"),
)


def _states() -> list[NameEntry]:
    listed = []
    for language, names in _STATES.items():
        for printed in names.split():
            code, name = printed[:3], printed[3:].lstrip(":").replace("_", " ")
            listed.append(NameEntry(name, "STATE", code, language))
    return listed


def small_index() -> NameIndex:
    """States and organisations of these tests, with one territory."""
    organisations = [NameEntry(name, "ORGANISATION", code, language) for code, language, name in _ORGANISATIONS]
    return build_name_index([*_states(), *organisations, NameEntry("香港", "TERRITORY", "HKG", "zh")])


INDEX = small_index()


def read(*texts: str, language: str = "zh", kind: str = "PARAGRAPH") -> list[Mention]:
    """Mentions of paragraphs 1, 2, 3 …; a text that begins with ``# place`` is a heading at that place."""
    passages = []
    for number, text in enumerate(texts, start=1):
        if text.startswith("# "):
            _, place, title = text.split(" ", 2)
            passages.append(Passage(f"h:{place}", title, "HEADING"))
        else:
            passages.append(Passage(str(number), text, kind))
    return recognise(passages, language=language, names=INDEX)


def keys(kinds: str, *texts: str, language: str = "zh") -> list[str]:
    """Keys of the mentions of some kinds (``"RESOLUTION"``, ``"PROVISION CHAPTER"``) in order of place."""
    return [mention.key for mention in read(*texts, language=language) if mention.kind in kinds.split()]
