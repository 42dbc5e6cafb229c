"""How French, Spanish, Russian and Arabic texts name treaties: by title, as "the Convention", or another one.

Order matters: a longer title before the shorter one that it contains.
"""

from typing import Final

Rows = tuple[tuple[str, str], ...]

_FR: Final[Rows] = (
    ("IACAC", r"Convention interaméricaine contre la corruption"),
    ("ARABCAC", r"Convention arabe (?:pour la lutte |de lutte )?contre la corruption"),
    ("AUCPCC", r"Convention de l['’]Union africaine sur la prévention et la lutte contre la corruption"),
    ("COE_ETS173", r"Convention pénale sur la corruption"),
    ("COE_ETS174", r"Convention civile sur la corruption"),
    ("OECD_ABC", r"Convention (?:de l['’]OCDE )?sur la lutte contre la corruption d['’]agents publics étrangers"),
    ("UNTOC_TIP", r"Protocole (?:visant à prévenir, réprimer et punir|relatif à) la traite des personnes"),
    ("UNTOC_SOM", r"Protocole (?:contre le|relatif au) trafic illicite de migrants"),
    ("UNTOC_FIREARMS", r"Protocole (?:contre la fabrication et le trafic illicites d['’]|relatif aux )armes à feu"),
    ("UNTOC", r"Convention (?:des Nations Unies )?contre la criminalité (?:transnationale )?organisée"),
    ("UNCAC", r"Convention (?:des Nations Unies )?contre la corruption|CNUCC"),
    ("UN1988", r"Convention (?:des Nations Unies )?contre le trafic illicite de stupéfiants|Convention de 1988"),
    (
        "ANOTHER",
        r"(?:[Cc]onvention|[Pp]rotocole) (?:d[eu]s? |d['’]|contre |sur |relati\w{1,2} |pénale |civile |unique |europ)",
    ),
    ("THAT_CONVENTION", r"(?:[Cc]ette|[Ll]adite|même) Convention"),
    (
        "THE_CONVENTION",
        (
            r"(?:[Ll]a|sa|présente) Convention\b"
            r"(?! (?:d[eu]s? |d['’]|contre |sur |relati|interam|pénale|civile|arabe|europ|unique))"
        ),
    ),
)
_ES: Final[Rows] = (
    ("IACAC", r"Convención Interamericana contra la Corrupción"),
    ("ARABCAC", r"Convención Árabe contra la Corrupción"),
    (
        "AUCPCC",
        (
            r"Convención de la Unión Africana (?:para|sobre) [Pp]reveni\w* y "
            r"(?:[Cc]ombati\w*|la [Ll]ucha contra) la Corrupción"
        ),
    ),
    ("COE_ETS173", r"Conven(?:io|ción) [Pp]enal sobre la [Cc]orrupción"),
    ("COE_ETS174", r"Conven(?:io|ción) [Cc]ivil sobre la [Cc]orrupción"),
    ("OECD_ABC", r"Convención para [Cc]ombatir el [Cc]ohecho de [Ss]ervidores [Pp]úblicos [Ee]xtranjeros"),
    ("UNTOC_TIP", r"Protocolo (?:para [Pp]revenir, [Rr]eprimir y [Ss]ancionar|contra) la [Tt]rata de [Pp]ersonas"),
    ("UNTOC_SOM", r"Protocolo contra el [Tt]ráfico [Ii]lícito de [Mm]igrantes"),
    (
        "UNTOC_FIREARMS",
        r"Protocolo (?:contra la [Ff]abricación y el [Tt]ráfico [Ii]lícitos de|sobre) [Aa]rmas de [Ff]uego",
    ),
    ("UNTOC", r"Convención (?:de las Naciones Unidas )?contra la Delincuencia Organizada(?: Transnacional)?"),
    ("UNCAC", r"Convención (?:de las Naciones Unidas )?contra la Corrupción|CNUCC"),
    (
        "UN1988",
        r"Convención (?:de las Naciones Unidas )?contra el Tráfico Ilícito de Estupefacientes|Convención de 1988",
    ),
    (
        "ANOTHER",
        (
            r"(?:Conven(?:ción|io)|Protocolo) "
            r"(?:de(?:l|los|las)? |para |contra |sobre |relativ\w{1,2} |[Pp]enal |[Úú]nic|[Ee]urop)"
        ),
    ),
    ("THAT_CONVENTION", r"(?:[Ee]sa|[Dd]icha|misma) Convención"),
    (
        "THE_CONVENTION",
        (
            r"(?:[Ll]a|[Ss]u|presente) Convención\b"
            r"(?! (?:de |del |contra |para |sobre |relativ|[Ii]nteram|[Pp]enal|[Cc]ivil|[Áá]rabe|[Ee]urop|[Úú]nica))"
        ),
    ),
)
_RU_CONVENTION = r"[Кк]онвенци\w{1,2}"
_RU: Final[Rows] = (
    ("IACAC", rf"Межамериканск\w{{2,3}} {_RU_CONVENTION} (?:о борьбе с коррупцией|против коррупции)"),
    ("ARABCAC", rf"Арабск\w{{2,3}} {_RU_CONVENTION} (?:о борьбе с коррупцией|против коррупции)"),
    ("AUCPCC", rf"{_RU_CONVENTION} Африканского союза о предупреждении (?:и пресечении )?коррупции"),
    ("COE_ETS173", rf"{_RU_CONVENTION} об уголовной ответственности за коррупцию"),
    ("COE_ETS174", rf"{_RU_CONVENTION} о гражданско-правовой ответственности за коррупцию"),
    (
        "OECD_ABC",
        rf"{_RU_CONVENTION} (?:ОЭСР )?(?:о|по) борьбе с подкупом иностранных (?:государственных )?должностных лиц",
    ),
    ("UNTOC_TIP", r"Протокол\w{0,2} (?:о предупреждении и пресечении торговли|о торговле) людьми"),
    ("UNTOC_SOM", r"Протокол\w{0,2} (?:против незаконного ввоза мигрантов|о (?:незаконном ввозе )?мигрант\w{1,3})"),
    (
        "UNTOC_FIREARMS",
        r"Протокол\w{0,2} (?:против незаконного изготовления и оборота огнестрельного оружия|об огнестрельном оружии)",
    ),
    (
        "UNTOC",
        (
            rf"{_RU_CONVENTION} (?:Организации Объединенных Наций )?"
            r"(?:против (?:транснациональной )?организованной|об организованной) преступности"
        ),
    ),
    ("UNCAC", rf"{_RU_CONVENTION} (?:Организации Объединенных Наций |ООН )?против коррупции|КПК ООН"),
    (
        "UN1988",
        (
            rf"{_RU_CONVENTION} (?:Организации Объединенных Наций )?о борьбе против незаконного оборота"
            rf"|{_RU_CONVENTION} 1988 года"
        ),
    ),
    (
        "ANOTHER",
        rf"(?:{_RU_CONVENTION}|[Пп]ротокол\w{{0,2}}) (?:об? |по |против |для |Совета |ОЭСР |ООН |Организации )",
    ),
    ("THAT_CONVENTION", rf"(?:эт\w{{1,2}}|указанн\w{{2,3}}|т\w{{1,2}} же) {_RU_CONVENTION}"),
    ("THE_CONVENTION", r"Конвенци(?:я|и|ю|ей)\b"),
)
_AR: Final[Rows] = (
    ("IACAC", r"اتفاقية (?:البلدان|الدول) الأمريكية لمكافحة الفساد"),
    ("ARABCAC", r"الاتفاقية العربية لمكافحة الفساد"),
    ("AUCPCC", r"اتفاقية الاتحاد الأفريقي لمنع الفساد ومكافحته"),
    ("COE_ETS173", r"الاتفاقية الجنائية بشأن الفساد|اتفاقية القانون الجنائي بشأن الفساد"),
    ("COE_ETS174", r"الاتفاقية المدنية بشأن الفساد|اتفاقية القانون المدني بشأن الفساد"),
    ("OECD_ABC", r"اتفاقية مكافحة رشوة الموظفين العموميين الأجانب"),
    ("UNTOC_TIP", r"بروتوكول (?:منع وقمع ومعاقبة )?الاتجار بالأشخاص"),
    ("UNTOC_SOM", r"بروتوكول (?:مكافحة )?تهريب المهاجرين"),
    ("UNTOC_FIREARMS", r"بروتوكول (?:مكافحة صنع )?الأسلحة النارية"),
    ("UNTOC", r"اتفاقية (?:الأمم المتحدة )?(?:لمكافحة )?الجريمة المنظمة(?: عبر الوطنية)?"),
    ("UNCAC", r"اتفاقية (?:الأمم المتحدة )?(?:لمكافحة|مكافحة) الفساد"),
    ("UN1988", r"اتفاقية (?:الأمم المتحدة )?لمكافحة الاتجار غير المشروع في المخدرات|اتفاقية (?:سنة )?1988"),
    ("ANOTHER", r"(?:اتفاقية|بروتوكول) \w{3,}"),
    ("THAT_CONVENTION", r"(?:هذه|تلك) الاتفاقية|الاتفاقية (?:المذكورة|نفسها)"),
    ("ANOTHER", r"الاتفاقية (?:الدولية|الأوروبية|الأمريكية|الوحيدة|الأفريقية)"),
    ("THE_CONVENTION", r"[بل]?(?:ال|ل)اتفاقية\b"),
)
TITLES: Final[dict[str, Rows]] = {"fr": _FR, "es": _ES, "ru": _RU, "ar": _AR}
