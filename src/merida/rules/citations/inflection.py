"""Case forms of Russian names: a gazetteer lists the nominative, a sentence rarely uses it.

Too many forms do no harm (they never occur); a missing form is a missed name.
"""

import itertools

# Endings of the nominative and of genitive, dative, accusative, instrumental, prepositional; longest ending first.
_ADJECTIVES = (
    ("ая", ("ой", "ой", "ую", "ой", "ой")),
    ("яя", ("ей", "ей", "юю", "ей", "ей")),
    ("ое", ("ого", "ому", "ое", "ым", "ом")),
    ("ее", ("его", "ему", "ее", "им", "ем")),
    ("ые", ("ых", "ым", "ые", "ыми", "ых")),
    ("ие", ("их", "им", "ие", "ими", "их")),
    ("ый", ("ого", "ому", "ый", "ым", "ом")),
    ("овы", ("овых", "овым", "овы", "овыми", "овых")),
    ("кий", ("кого", "кому", "кий", "ким", "ком")),
)
_NOUNS = (
    ("ия", ("ии", "ии", "ию", "ией", "ии")),
    ("ие", ("ия", "ию", "ие", "ием", "ии")),
    ("ка", ("ки", "ке", "ку", "кой", "ке")),
    ("га", ("ги", "ге", "гу", "гой", "ге")),
    ("трова", ("тровов", "тровам", "трова", "тровами", "тровах")),
    ("а", ("ы", "е", "у", "ой", "е")),
    ("я", ("и", "е", "ю", "ей", "е")),
    ("цы", ("ц", "цам", "цы", "цами", "цах")),
    ("ины", ("ин", "инам", "ины", "инами", "инах")),
    ("ивы", ("ив", "ивам", "ивы", "ивами", "ивах")),
    ("ы", ("ов", "ам", "ы", "ами", "ах")),
    ("во", ("ва", "ву", "во", "вом", "ве")),
    ("пет", ("пта", "пту", "пет", "птом", "пте")),
    ("иль", ("иля", "илю", "иль", "илем", "иле")),
    ("ель", ("еля", "елю", "ель", "елем", "еле")),
    ("ень", ("ня", "ню", "ень", "нем", "не")),
    ("й", ("я", "ю", "й", "ем", "е")),
    ("мя", ("мени", "мени", "мя", "менем", "мени")),
    ("нк", ("нка", "нку", "нк", "нком", "нке")),
)
_NOT_ADJECTIVES = ("ние", "тие", "вие")  # Управление, развитие, содействие
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_CASES = 5


def _declined(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    for ending, forms in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return tuple(word[: -len(ending)] + form for form in forms)
    return ()


def _noun(word: str) -> tuple[str, ...]:
    forms = _declined(word, _NOUNS)
    if not forms and len(word) > 2 and word[-1] in _CONSONANTS:  # noqa: PLR2004 - "ЕС" and other initials stay
        forms = tuple(word + ending for ending in ("а", "у", "", "ом", "е"))
    return forms or (word,) * _CASES


def _adjective(word: str) -> tuple[str, ...]:
    return () if word.endswith(_NOT_ADJECTIVES) else _declined(word, _ADJECTIVES)


def _word(word: str) -> tuple[str, ...]:
    return _adjective(word) or _noun(word)


def _head_length(words: list[str]) -> int:
    """How many words decline together: the adjectives in front and the first noun."""
    for index, word in enumerate(words):
        if not _adjective(word):
            return index + 1
    return len(words)


def russian_forms(name: str) -> set[str]:
    """The name in every case, itself included: the head alone declined, and all words declined."""
    words = name.split(" ")
    if not name or name.isupper():
        return {name}
    head = _head_length(words)
    forms = {name}
    for case, length in itertools.product(range(_CASES), {head, len(words)}):
        parts = [
            _word(word)[case] if index < length and word[:1].isupper() else word for index, word in enumerate(words)
        ]
        lower_adjectives = [
            (_adjective(word) or (word,) * _CASES)[case] if index < head else parts[index]
            for index, word in enumerate(words)
        ]
        head_noun = [_word(word)[case] if index < head else parts[index] for index, word in enumerate(words)]
        forms.update(" ".join(variant) for variant in (parts, lower_adjectives, head_noun))
    return forms
