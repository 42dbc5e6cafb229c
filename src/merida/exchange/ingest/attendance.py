"""Paragraphs that list the States which attended a meeting: parties, signatories, observers."""

import re
from collections.abc import Iterable, Iterator, Sequence

from merida.exchange.ingest.record import Attendance, Notice, Paragraph
from merida.rules.citations.mention import Mention

_LISTS = re.compile(
    r"""(?:下列|以下)[^：:。]{0,60}(?:出席|派代表|观察员|与会|参加了|代表)[^：:。]{0,60}[：:]
    | (?:出席|参加)[^：:。]{0,60}(?:下列|以下|有)[^：:。]{0,40}[：:]
    | \b(?:following|attended)\b[^:.]{0,120}\b(?:represented|attended|participated|sent\ observers|in\ attendance)\b
      [^:.]{0,120}:
    | \b(?:represented|attended|participated)\b[^:.]{0,100}\bfollowing\b[^:.]{0,100}:
    | ci-après[^:.]{0,100}(?:représentés|observateurs)[^:.]{0,100}:
    | (?:représentés|participé|assisté)[^:.]{0,140}(?:suivants|ci-après)[^:.]{0,60}\s?:
    | (?:representados|representadas|participaron|asistieron)[^:.]{0,140}siguientes[^:.]{0,100}:
    | представлены[^:.]{0,160}следующие[^:.]{0,100}:
    | следующие[^:.]{0,160}представлены[^:.]{0,100}:
    | (?:التالية|التالي\ ذكرها|الآتية)[^:.]{0,100}(?:ممثلة|ممثَّلة|حضر|شارك)[^:.]{0,60}:
    | (?:حضر|ممثلو|ممثلة|مثلت)[^:.]{0,160}(?:التالية|التالي\ ذكرها|الآتية)[^:.]{0,60}:""",
    re.VERBOSE | re.IGNORECASE,
)
_STATES = re.compile(
    r"国|States?\b|signator|États|signataire|Estados|signatari|государств|подписавш|الدول|الموقّعة|الموقعة",
    re.IGNORECASE,
)
_NO_STATES = re.compile(
    r"政府间组织|非政府组织|秘书处|专门机构|基金和方案|研究所|organi[sz]ation|organisme|organización|entidades|организац|المنظمات|الكيانات",
    re.IGNORECASE,
)
_SPEAKERS = re.compile(
    r"发了?言|作了?发言|statements?|spoke\b|déclarations?|prises? de parole|declaraciones"
    r"|uso de la palabra|заявлени|выступ|بيانات|كلمات|تكلم|تحدث",
    re.IGNORECASE,
)
_SIGNATORIES = re.compile(r"签署国|签署方|signator|signataire|signatari|подписавш|الموقّعة|الموقعة", re.IGNORECASE)
_OBSERVERS = re.compile(r"观察员|observer|observat|observad|наблюдател|مراقب", re.IGNORECASE)
LONGEST_OPENING = 320


def attendance_of(paragraphs: Iterable[Paragraph]) -> tuple[Attendance, ...]:
    """The paragraphs that list attending States, with the offset where the list begins."""
    found: list[Attendance] = []
    for paragraph in paragraphs:
        words = opening_words(paragraph.text)
        if words and _LISTS.search(words) and _STATES.search(words) and not says_otherwise(words):
            found.append(Attendance(paragraph.at, kind_of(words), len(words)))
    return tuple(found)


def says_otherwise(words: str) -> bool:
    """Whether the words before a list tell that it is not of States attending: of organisations, or of speakers."""
    last_sentence = re.split(r"[。.؟!]\s*", words)[-1]
    return bool(_NO_STATES.search(words) or _SPEAKERS.search(last_sentence))


def opening_words(text: str) -> str:
    """The words up to the first colon near a paragraph's beginning, "" where it has none."""
    ends = [end for end in (text.find("：", 0, LONGEST_OPENING), text.find(":", 0, LONGEST_OPENING)) if end >= 0]
    return text[: min(ends) + 1] if ends else ""


def kind_of(words: str) -> str:
    """Who is listed, told from the words before the colon."""
    if _SIGNATORIES.search(words):
        return "SIGNATORIES"
    return "OBSERVERS" if _OBSERVERS.search(words) else "PARTIES"


_ROLES = {"PARTIES": "ATTENDANCE", "SIGNATORIES": "SIGNATORY_ATTENDANCE", "OBSERVERS": "OBSERVER_ATTENDANCE"}


def mark_attendance(mentions: Sequence[Mention], lists: Sequence[Attendance]) -> list[Mention]:
    """The mentions, where those of States inside an attendance list say so in their role."""
    places = {entry.at: entry for entry in lists}
    if not places:
        return list(mentions)
    marked: list[Mention] = []
    for mention in mentions:
        entry = places.get(mention.at)
        if entry is not None and mention.kind == "STATE" and mention.start >= entry.start:
            marked.append(mention._replace(role=_ROLES[entry.kind]))
        else:
            marked.append(mention)
    return marked


_LIST_END = re.compile(r"[.。](?=\s|$)|\n")
_ENTRY = re.compile(r"(?:[^、,，،;；()（）]|\([^()]*\)|（[^（）]*）)+")
_JOINED = re.compile(r"\s+(?:and|et|y|e|и)\s+|\s+و(?=\S)|(?:以及|[和及])(?=[\u4e00-\u9fff])")
_NAME = re.compile(r"[^\W\d_a-zа-я].{1,59}", re.DOTALL)
NAMED_AT_MOST = 8


def unknown_in_lists(
    paragraphs: Sequence[Paragraph], lists: Sequence[Attendance], mentions: Sequence[Mention]
) -> list[Notice]:
    """A notice for every list of attending States that holds names nothing was recognised in."""
    texts = {paragraph.at: paragraph.text for paragraph in paragraphs} if lists else {}
    notices: list[Notice] = []
    for entry in lists:
        taken = [mention for mention in mentions if mention.at == entry.at]
        names = list(_unknown(texts[entry.at], entry.start, taken))
        if names:
            named = "; ".join(names[:NAMED_AT_MOST]) + (" …" if len(names) > NAMED_AT_MOST else "")
            notices.append(Notice("UNKNOWN_STATE", f"{entry.at}: listed as attending, not known here: {named}."))
    return notices


def _unknown(text: str, start: int, mentions: Sequence[Mention]) -> Iterator[str]:
    end = _LIST_END.search(text, start)
    for entry in _ENTRY.finditer(text, start, end.start() if end else len(text)):
        joints = [match.span() for match in _JOINED.finditer(text, *entry.span())]
        lows, highs = [entry.start(), *(high for _, high in joints)], [*(low for low, _ in joints), entry.end()]
        for low, high in zip(lows, highs, strict=True):
            recognised = any(mention.start < high and low < mention.end for mention in mentions)
            if not recognised and _NAME.fullmatch(text[low:high].strip()):
                yield text[low:high].strip()
