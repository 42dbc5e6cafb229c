"""The words of a draft in Chinese."""

from merida.rules.drafting.sentences import Dates, Words
from merida.rules.drafting.wording import Names

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
    "TREATY_ACTION": ("采取", "项", "条约行动"),
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


def _state(code: str, names: Names) -> str:
    return names.states.get(code, code)


def _town(name: str, names: Names) -> str:
    return names.towns.get(name, name)


def _event(code: str, count: int) -> str:
    verb, measure, thing = EVENTS.get(code, OTHER_EVENT)
    return f"{verb}了{'一' if count == 1 else count}{measure}{thing}"


def _listed_event(code: str, count: int) -> str:
    _verb, measure, thing = EVENTS.get(code, OTHER_EVENT)
    return f"其中有{count}{measure}{thing}。"


WORDS = Words(
    dates=Dates(
        unknown="在报告所涉期间",
        day="{year}年{month}月{day}日",
        on_day="{first}",
        in_month="{year}年{month}月",
        in_year="{year}年",
        months="{year}年{month}月至{last_month}月",
        months_over_years="{year}年{month}月至{last_year}年{last_month}月",
        days_of_a_month="{first}至{last_day}日",
        days="{first}至{last}",
        month=str,
    ),
    comma="、",
    last_comma="和",
    help=HELP,
    addressees=ADDRESSEES,
    conditions=CONDITIONS,
    event=_event,
    listed_event=_listed_event,
    state=_state,
    town=_town,
    place_in_state=lambda town, lies_in: f"{lies_in}（{town}）",
    inside=str,
    activity="{when}，{deed}{about}{partners}{participants}。",
    partners="，参与的组织有{}",
    participants="；参加者来自{}",
    help_given=("提供了{help}", "向{whom}提供了{help}"),
    event_abroad="在{town}为{whom}{what}",
    event_at="在{places}{what}",
    event_by="{whom}{what}",
    about="（{}）",
    about_comma="；",
    provision="{instrument}第{number}条",
    unit=str,
    figure="{at}所报告的“{counted}”数为{value}。",
    as_of="截至{}，",
    resolution="第{}号决议",
    resolutions_of={
        "COSP": "缔约国会议第{}号决议",
        "CTOC COP": "《有组织犯罪公约》缔约方会议第{}号决议",
        "A/RES": "大会第{}号决议",
        "S/RES": "安全理事会第{}号决议",
        "A/HRC/RES": "人权理事会第{}号决议",
        "ECOSOC": "经济及社会理事会第{}号决议",
        "CCPCJ": "预防犯罪和刑事司法委员会第{}号决议",
        "CND": "麻醉药品委员会第{}号决议",
    },
    paragraphs=("{resolution}第{numbers}段",) * 2,
    request=("{paragraphs}的对象是{addressee}",) * 2,
    condition="，{}",
    term="，期限为{}",
    stop="。",
    reported=("关于{paragraphs}，共有{linked}条记录作为佐证。",) * 2,
    unreported="关于{}，迄今没有任何记录。",
    period="本报告涵盖{first}至{last}。",
    total=lambda activities, states: f"该期间的记录共有{activities}项活动，涉及{states}个国家。",
    listed_help=("其中{help}有{count}项。",) * 2,
    nothing="记录中没有这一期间的任何内容。",
)
CHINESE = WORDS.wording()
