"""The sentences of a draft in Chinese."""

from collections.abc import Sequence
from datetime import date

from merida.rules.drafting.records import Asked, Counted, Done
from merida.rules.drafting.wording import Names, Period, Wording

# What is done, the measure word, and the thing.
EVENTS = {
    "AGREEMENT": ("缔结", "项", "协定"),
    "AWARENESS": ("开展", "项", "提高认识活动"),
    "CAMP": ("举办", "次", "营地活动"),
    "COMPETITION": ("举办", "次", "竞赛"),
    "CONFERENCE": ("举行", "次", "大会"),
    "LAUNCH": ("举行", "次", "发布活动"),
    "LAW_ENFORCEMENT_OPERATION": ("开展", "次", "执法行动"),
    "MEETING": ("举行", "次", "会议"),
    "MILESTONE": ("达到", "个", "阶段性目标"),
    "MISSION": ("派出", "个", "工作团"),
    "PEER_REVIEW": ("进行", "次", "同行评审"),
    "PRESENTATION": ("作出", "次", "介绍"),
    "PUBLICATION": ("发行", "份", "出版物"),
    "REPORTING": ("提供", "份", "报告材料"),
    "RESOLUTION_ADOPTED": ("通过", "项", "决议"),
    "SCOPING": ("进行", "次", "摸底"),
    "SEMINAR": ("举办", "次", "研讨会"),
    "SIDE_EVENT": ("举办", "次", "会外活动"),
    "STATEMENT": ("作出", "次", "发言"),
    "STUDY_VISIT": ("组织", "次", "考察访问"),
    "TRAINING": ("举办", "次", "培训班"),
    "TREATY_ACTION": ("记录", "项", "条约行动"),
    "WORKSHOP": ("举办", "次", "讲习班"),
}
HELP = {
    "LEGISLATIVE_ASSISTANCE": "立法协助",
    "NEGOTIATION_SUPPORT": "谈判支持",
    "POLICY_ASSISTANCE": "政策协助",
    "TECHNICAL_ASSISTANCE": "技术援助",
}
OTHER_EVENT = ("开展", "项", "活动")
ADDRESSEES = {
    "STATES": "缔约国",
    "SECRETARIAT": "秘书处",
    "UNODC": "联合国毒品和犯罪问题办公室",
    "WORKING_GROUP": "工作组",
    "DONORS": "捐助方",
    "ORGANISATIONS": "国际组织",
    "CONFERENCE": "缔约国会议本身",
    "OTHER": "其他对象",
}
CONDITIONS = {
    "EXTRABUDGETARY": "以有经常预算之外的资金为条件",
    "EXISTING_RESOURCES": "限于现有资源",
    "ON_REQUEST": "仅在国家提出要求时适用",
    "OTHER": "附有该段所述条件",
}


def joined(parts: Sequence[str]) -> str:
    """A list in words: 甲、乙和丙."""
    return parts[0] if len(parts) == 1 else f"{'、'.join(parts[:-1])}和{parts[-1]}" if parts else ""


def when(one: Done) -> str:
    """The date at the beginning of a sentence."""
    if one.first is None or one.last is None or one.precision in ("PERIOD", "NONE"):
        return "在报告所涉期间"
    if one.first == one.last:
        return day(one.first)
    return _span(one.first, one.last, one.precision)


def _span(first: date, last: date, precision: str) -> str:
    if first.day == 1 and (last.month, last.year) == (first.month, first.year):
        return f"{first.year}年{first.month}月"
    if precision == "YEAR":
        return f"{first.year}年"
    if precision == "RANGE":
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{first.year}年{first.month}月至{year}{last.month}月"
    if (first.month, first.year) == (last.month, last.year):
        return f"{day(first)}至{last.day}日"
    return f"{day(first)}至{day(last)}"


def day(at: date) -> str:
    """A day: 2019年12月9日."""
    return f"{at.year}年{at.month}月{at.day}日"


def activities(same: Sequence[Done], names: Names) -> str:
    """One sentence for activities of the same type, time, partners and subject."""
    one = same[0]
    said = f"{when(one)}，{_deed(same, names)}{_about(one)}"
    if one.organisations:
        said += f"，参与的组织有{joined([names.organisations.get(code, code) for code in one.organisations])}"
    if one.participants:
        said += f"；参加者来自{joined([names.states.get(code, code) for code in one.participants])}"
    return f"{said}。"


def _deed(same: Sequence[Done], names: Names) -> str:
    one = same[0]
    if one.type in HELP:
        receivers = [names.states.get(code, code) for each in same for code in each.states]
        return f"向{joined(receivers)}提供了{HELP[one.type]}" if receivers else f"提供了{HELP[one.type]}"
    verb, measure, thing = EVENTS.get(one.type, OTHER_EVENT)
    number = "一" if len(same) == 1 else str(len(same))
    if names.is_abroad(one):
        whom = joined([names.states.get(code, code) for each in same for code in each.states])
        return f"在{names.towns.get(one.town, one.town)}为{whom}{verb}了{number}{measure}{thing}"
    places = list(dict.fromkeys(place for each in same for place in _places(each, names)))
    return f"{f'在{joined(places)}' if places else ''}{verb}了{number}{measure}{thing}"


def _places(one: Done, names: Names) -> list[str]:
    states = [names.states.get(code, code) for code in one.states]
    town = names.towns.get(one.town, one.town)
    if town and states:
        return [f"{states[0]}（{town}）", *states[1:]]
    return [town] if town else states


def _about(one: Done) -> str:
    about = [_provision(key) for key in one.provisions]
    about += [one.resolution] if one.resolution else []
    return f"（{'；'.join(about)}）" if about else ""


def _provision(key: str) -> str:
    instrument, _space, number = key.partition(" ")
    return f"{instrument}第{number}条" if number[:1].isdigit() else key


def figure(one: Counted) -> str:
    """A figure, with what it counts in quotation marks: those words are the document's."""
    at = f"截至{one.as_of}，" if one.as_of else ""
    return f"{at}所报告的“{one.counted}”数为{one.value}{one.unit}。"


def requests(same: Sequence[Asked]) -> str:
    """What the paragraphs with one addressee, condition and term have in common."""
    one = same[0]
    said = f"{_paragraphs(same)}的对象是{ADDRESSEES.get(one.addressee, ADDRESSEES['OTHER'])}"
    if one.condition:
        said += f"，{CONDITIONS.get(one.condition, CONDITIONS['OTHER'])}"
    return said + (f"，期限为{day(one.due)}。" if one.due else "。")


def reported(same: Sequence[Asked]) -> str:
    """Which paragraphs records are linked to."""
    return f"关于{_paragraphs(same)}，共有{sum(len(one.evidence) for one in same)}条记录作为佐证。"


def unreported(same: Sequence[Asked]) -> str:
    """Which paragraphs no record is linked to."""
    return f"关于{_paragraphs(same)}，迄今没有任何记录。"


def _paragraphs(same: Sequence[Asked]) -> str:
    return f"{same[0].resolution.replace('_', ' ')}号决议第{joined([one.number for one in same])}段"


def period(covered: Period) -> str:
    """The days that the report covers."""
    return f"本报告涵盖{day(covered.first)}至{day(covered.last)}。"


def total(activities_count: int, states_count: int) -> str:
    """How much the records of the period hold."""
    return f"该期间的记录共有{activities_count}项活动，涉及{states_count}个国家。"


def kind(code: str, count: int) -> str:
    """How many activities of a type there are."""
    if code in HELP:
        return f"其中{HELP[code]}有{count}项。"
    _verb, measure, thing = EVENTS.get(code, OTHER_EVENT)
    return f"其中有{count}{measure}{thing}。"


CHINESE = Wording(
    activities=activities,
    figure=figure,
    requests=requests,
    reported=reported,
    unreported=unreported,
    period=period,
    total=total,
    kind=kind,
    nothing="记录中没有这一期间的任何内容。",
)
