"""Words of mastheads in six languages. Chinese, Arabic and Russian documents print most of them in English."""

import re

LANGUAGES = {
    word.casefold(): code
    for code, words in {
        "ar": "Arabic|Arabe|العربية|عربي|阿拉伯文|Арабский|Árabe|بالعربية",
        "zh": "Chinese|Chinois|中文|汉语|Китайский|Chino|الصينية|بالصينية",
        "en": "English|Anglais|Inglés|英文|Английский|الإنكليزية|الانكليزية|بالإنكليزية|بالانكليزية|إنكليزي",
        "fr": "French|Français|Francais|Francés|法文|Французский|الفرنسية|بالفرنسية",
        "ru": "Russian|Russe|Ruso|俄文|Русский|الروسية|بالروسية",
        "es": "Spanish|Espagnol|Español|西班牙文|Испанский|الإسبانية|الاسبانية|بالإسبانية|بالاسبانية",
    }.items()
    for word in words.split("|")
}


def languages_of(text: str) -> list[str]:
    """The languages that a line names and nothing else (Anglais/espagnol/français), [] for any other line."""
    codes = [LANGUAGES.get(word.strip().casefold(), "") for word in text.split("/")]
    return codes if all(codes) else []


DISTRIBUTIONS = {
    word.casefold(): value
    for value, words in {
        "General": "General|Générale|Generale|普遍|普通|Общее|Общая|عام|عامة",
        "Limited": "Limited|Limitée|Limitee|有限|Ограниченное|Ограниченная|Limitada|محدود|محدودة",
        "Restricted": "Restricted|Restreinte|限制|Для ограниченного пользования|Reservada|مقيد",
    }.items()
    for word in words.split("|")
}
DISTRIBUTION = re.compile(
    r"(?:Distr(?:\.|ibution|ibución)?\s*[:：.]?|分发\s*[:：]|Распространение\s*[:：]|التوزيع\s*[:：]?)\s*"
    rf"(?P<value>{'|'.join(map(re.escape, DISTRIBUTIONS))})(?!\w)",
    re.IGNORECASE,
)
ORIGINAL = re.compile(
    r"(?:Original|原文|Оригинал|Язык оригинала|Idioma original|الأصل|النص الأصلي)\s*[:：]\s*"
    rf"(?P<value>{'|'.join(map(re.escape, LANGUAGES))})(?!\w)",
    re.IGNORECASE,
)
_NUMBER = r"([0-9٠-٩]{1,3}(?:\s?\(\s?[a-z]\s?\))?)"
AGENDA_ITEM = re.compile(
    rf"""临时?议程\s*\**\s*项目\s*{_NUMBER}
    | 议程\s*\**\s*项目\s*{_NUMBER}
    | (?:Agenda\ items?|Items?)\s*{_NUMBER}(?:\s*(?:and|,|to|[a-z(]).{{0,20}}?)?\s*
      (?:of\ the\ (?:provisional|draft|annotated)?\s*agenda|\**$)
    | Points?\s*{_NUMBER}.{{0,25}}?(?:de\ l[’'\ ]ordre\ du\ jour)
    | Temas?\s*{_NUMBER}.{{0,25}}?(?:del\ programa|del\ temario)
    | Пункты?\s*{_NUMBER}.{{0,25}}?(?:повестки\ дня)
    | (?:البند|البنود)\s*{_NUMBER}.{{0,25}}?(?:جدول\ الأعمال)""",
    re.VERBOSE | re.IGNORECASE,
)
AUTHOR = re.compile(
    r"""(?:秘书处|秘书长|主席|执行主任|报告员|专家组|工作组|主席团).{0,10}(?:报告|说明|文件|摘要|提要|编写.*|提交.*)$
    | ^(?:Report|Note|Background\ paper|Working\ paper|Conference\ room\ paper|Summary|Memorandum|Discussion\ guide)\b
      .{0,15}\b(?:by|of|prepared)\b.*
      (?:Secretar|Chair|Executive\ Director|President|Rapporteur)
    | ^(?:Rapport|Note|Document\ d[’']information|Document).{0,40}(?:Secrétariat|Secrétaire|Président|Directeur)
    | ^(?:Informe|Nota|Documento).{0,50}(?:Secretar|President|Director)
    | ^(?:Доклад|Записка|Справочный\ документ|Документ).{0,50}(?:Секретар|Председател|Директор)
    | ^(?:تقرير|مذكرة|ورقة).{0,50}(?:الأمانة|الأمين|الرئيس|المدير)""",
    re.VERBOSE | re.IGNORECASE,
)
ADDENDUM = re.compile(
    r"(?:Addendum|Corrigendum|Additif|Rectificatif|Adición|Corrección|Добавление|Исправление|增编|更正|إضافة|تصويب)"
    r"(?:\s*\d{1,2})?\**\s*$"
)
#: The body that speaks in a resolution, on a line of its own above the preamble.
PREAMBLE = re.compile(
    r"(?:The|La|L[’']|El|Le)?\s?(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council"
    r"|Conference of the|Commission on|Assemblée générale|Conseil de sécurité|Conseil économique et social"
    r"|Conférence des|Asamblea General|Consejo de Seguridad|Consejo Económico y Social|Conferencia de|大会|安全理事会"
    r"|经济及社会理事会|Генеральная Ассамблея|Совет Безопасности|Экономический и Социальный Совет|Конференция"
    r"|[\u4e00-\u9fff《》]{2,30}(?:会议|委员会|理事会|大会)(?=[,，])"
    r"|إن (?:الجمعية العامة|مجلس الأمن|المجلس الاقتصادي|مؤتمر|المؤتمر))[^,，،.]{0,160}[,，،]$"
)
RESOLUTION_ADOPTED = re.compile(
    r"(?i:Resolution adopted|Résolution adoptée|Resolución aprobada|Резолюция, принятая|قرار اتخذته"
    r"|.{0,12}通过的决议|大会决议$)"
    r"|\[(?:on the report|sur la base|sur le rapport|sobre la base|по докладу|根据|بناء على).*\]$"
)
#: A name of the organisation alone, a field with its label, a place with a month.
NOT_A_BODY = re.compile(
    r"^(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联合国|الأمم المتحدة)$"
    r"|^Distr\s?\.?$|[:：]|[^\W\d]+ (?:19|20)\d\d(?: года)?$"
)
_PREAMBULAR = r"(?:回顾|忆及|重申|铭记|念及|考虑到|审议了|注意到|认识到|意识到|深信|深切|关切|欢迎|赞赏|强调|确认|感到)"
#: The body that speaks without its comma, above a preamble; with the preamble behind it on the same line.
BARE_BODY = re.compile(r"(?:大\s?会|安全理事会|经济及社会理事会)[,，]?")
PREAMBULAR = re.compile(_PREAMBULAR)
PREAMBLE_RUN_IN = re.compile(rf"(?:大\s?会|安全理事会|经济及社会理事会)[,，]\s*{_PREAMBULAR}")
