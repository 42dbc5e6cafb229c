"""Names that look like the name of a State and are not, and the neighbours that turn a name into something else.

``NOT_A_STATE`` are kept in every index so that the longest match swallows them (the city in 墨西哥城, the river in
Niger Delta). ``NEIGHBOURS`` are contexts in which a name is part of another word (发展中国家 does not name China);
they add to what the reference data carries. Both are facts of the languages, not of a document.
"""

from typing import Final

_ZH = (
    "墨西哥城 墨西哥湾 新墨西哥 巴拿马城 巴拿马运河 危地马拉城 科威特城 伊拉克利翁 巴西利亚 古巴比伦 内蒙古 "
    "马里兰 马里乌波尔 约旦河 几内亚湾 新几内亚 尼日尔河 尼日尔三角洲 刚果河 刚果盆地 乍得湖 塞内加尔河 "
    "印度洋 阿曼湾 泰国湾 孟加拉湾 日本海 苏丹港 不列颠哥伦比亚 哥伦比亚特区 哥伦比亚大学 乌拉圭回合 "
    "朝鲜半岛 马拉维湖 英属维尔京群岛 南乔治亚 法属圭亚那 尼加拉瓜湖 秘鲁寒流 挪威海 马耳他骑士团 波黑塞族 "
    "捷克斯洛伐克 南斯拉夫 阿富汗尼 西南非洲 瑞士法郎 荷兰盾 印度卢比 正常移民全球契约 《全球契约》"
)
_EN = (
    "Mexico City|Gulf of Mexico|New Mexico|Panama City|Panama Canal|Panama Papers|Guatemala City|Kuwait City|"
    "Gulf of Guinea|New Guinea|Niger Delta|Niger River|River Niger|Congo Basin|Congo River|Lake Chad|"
    "Lake Malawi|Jordan River|River Jordan|Jordan Valley|Michael Jordan|South China Sea|Sea of Japan|"
    "Gulf of Oman|Gulf of Thailand|Port Sudan|Uruguay Round|Atlanta, Georgia|Georgia State University|"
    "Georgia Institute of Technology|University of Georgia|State of Georgia|South Georgia|Northern Ireland|"
    "French Guiana|Order of Malta|Republika Srpska|Czechoslovakia|Yugoslavia|Norwegian Sea|Peru Current|"
    "Lebanon, Pennsylvania|British Columbia|District of Columbia|Columbia University|Guinea pig"
)
_FR = (
    "golfe de Guinée|golfe du Mexique|Nouveau-Mexique|Nouvelle-Guinée|lac Tchad|delta du Niger|fleuve Niger|"
    "bassin du Congo|fleuve Congo|Géorgie du Sud|mer du Japon|canal de Panama|Irlande du Nord|"
    "Cycle d'Uruguay|océan Indien|Ordre de Malte|Tchécoslovaquie|Yougoslavie|vallée du Jourdain"
)
_ES = (
    "golfo de Guinea|Golfo de Guinea|Golfo de México|Ciudad de México|Nuevo México|Nueva Guinea|lago Chad|"
    "delta del Níger|cuenca del Congo|río Congo|Georgia del Sur|Ciudad de Panamá|Canal de Panamá|"
    "Ciudad de Guatemala|Irlanda del Norte|Ronda Uruguay|Orden de Malta|Checoslovaquia|Yugoslavia|río Jordán|"
    "mar del Japón"
)
_RU = (
    "Новая Гвинея|Новой Гвинеи|Гвинейский залив|озеро Чад|озера Чад|дельта Нигера|бассейн Конго|"
    "бассейна Конго|Южная Георгия|Северная Ирландия|Северной Ирландии|Уругвайский раунд|Уругвайского раунда|"
    "Мальтийский орден|Чехословакия|Югославия|Мексиканский залив|реки Иордан|Панамский канал|Мехико"
)
_AR = (
    "نهر الأردن|غور الأردن|خليج غينيا|خليج المكسيك|بحيرة تشاد|دلتا النيجر|نهر النيجر|حوض الكونغو|نهر الكونغو|"
    "غينيا الجديدة|مكسيكو سيتي|مدينة مكسيكو|مدينة بنما|قناة بنما|خليج عمان|بحر عمان|أيرلندا الشمالية|"
    "آيرلندا الشمالية|فرسان مالطة|بورتسودان|جورجيا الجنوبية|يوغوسلافيا|تشيكوسلوفاكيا|جولة أوروغواي"
)

NOT_A_STATE: Final[dict[str, tuple[str, ...]]] = {
    "zh": tuple(_ZH.split()),
    "en": tuple(_EN.split("|")),
    "fr": tuple(_FR.split("|")),
    "es": tuple(_ES.split("|")),
    "ru": tuple(_RU.split("|")),
    "ar": tuple(_AR.split("|")),
}

_DAY_WORDS = tuple("0123456789一二三四五六七八九十每今节假翌次")
_TITLES = (
    "Mr. ",
    "Mr ",
    "Ms. ",
    "Ms ",
    "Mrs. ",
    "Mrs ",
    "Dr. ",
    "Dr ",
    "Judge ",
    "Professor ",
    "M. ",
    "Mme ",
    "Sr. ",
    "Sra. ",
)
_ARABIC_CONTEXT = ("طابع ", "دعم ", "إسهام ", "تبرع ", "نظام ", "تقرير ", "مركز ", "سجل ", "تحقيق ", "تمويل ", "جزاء ")

# (language, name): (what must not stand before it, what must not stand after it)
NEIGHBOURS: Final[dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    ("zh", "中国"): (("发展", "其", "集", "当事方之"), ("家", "际")),
    ("zh", "法国"): (
        (*"立司刑宪民做办方执守违依税律手疗军商非", "国际"),
        ("家", "际"),
    ),
    ("zh", "美国"): (("拉",), ("家", "际")),
    ("zh", "德国"): (("道", "品", "公"), ("家", "际")),
    ("zh", "英国"): ((), ("家",)),
    ("zh", "泰国"): ((), ("家",)),
    ("zh", "韩国"): ((), ("家",)),
    ("zh", "日本"): (_DAY_WORDS, ()),
    ("zh", "海地"): (tuple("比黑中的里沿红北南东近远滨公领上航出"), tuple("区带形域")),
    ("zh", "南非"): (("西", "东", "以"), ("洲",)),
    ("zh", "马里"): (("索",), ("兰",)),
    ("zh", "苏丹"): (("南", "文莱"), ("港",)),
    ("zh", "印度"): ((), ("洋", "教")),
    ("zh", "几内亚"): (("新",), ("湾",)),
    ("zh", "尼日尔"): ((), ("河", "三角洲")),
    ("zh", "刚果"): ((), ("河", "盆地")),
    ("zh", "瑞士"): ((), ("法郎",)),
    ("zh", "萨摩亚"): (("美属",), ()),
    ("zh", "圭亚那"): (("法属",), ()),
    ("zh", "爱尔兰"): (("北",), ()),
    ("zh", "蒙古"): (("内",), ("族",)),
    ("zh", "格鲁吉亚"): (("南",), ()),
    ("en", "Jordan"): (_TITLES, (" River", " river", " Valley")),
    ("en", "Chad"): (("Lake ", *_TITLES), ()),
    ("en", "Georgia"): (("South ", "Atlanta, ", *_TITLES), (" State",)),
    ("en", "Israel"): (_TITLES, ()),
    ("en", "China"): (("South ",), (" Sea",)),
    ("en", "Congo"): ((), (" Basin", " basin", " River", " river")),
    ("en", "Niger"): ((), (" Delta", " delta", " River", " river")),
    ("en", "Guinea"): (("New ", "Gulf of "), (" pig",)),
    ("en", "Ireland"): (("Northern ",), ()),
    ("en", "Samoa"): (("American ",), ()),
    ("en", "Turkey"): (_TITLES, ()),
    ("fr", "Guinée"): (("Nouvelle-", "golfe de "), ()),
    ("fr", "Tchad"): (("lac ",), ()),
    ("fr", "Niger"): (("delta du ", "fleuve "), ()),
    ("fr", "Irlande"): ((), (" du Nord",)),
    ("fr", "Géorgie"): ((), (" du Sud",)),
    ("fr", "Israël"): (_TITLES, ()),
    ("es", "Guinea"): (("Nueva ",), ()),
    ("es", "Chad"): (("lago ", *_TITLES), ()),
    ("es", "Irlanda"): ((), (" del Norte",)),
    ("es", "Georgia"): (_TITLES, (" del Sur",)),
    ("es", "Israel"): (_TITLES, ()),
    ("ar", "مالي"): (_ARABIC_CONTEXT, ()),
}

# Languages and scripts carry the names of States: 西班牙文 names a language, 中国文化部 a ministry.
LANGUAGE_SUFFIX: Final = ("语", "文")
NOT_A_LANGUAGE: Final = (*("文" + sign for sign in "化明部物件书官职"), "语言")
# A middle dot joins the parts of a person's transliterated name; 003 prints it as a private-use sign.
NAME_DOTS: Final = ("·", "•", "・", "‧", "\uf0d7")
