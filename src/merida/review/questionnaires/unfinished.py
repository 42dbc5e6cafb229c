"""What is still missing in a draft, and what of it keeps the draft from being published. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from merida.review.questionnaires.form import Form, Kind, Question, Texts
from merida.review.questionnaires.form_file import LANGUAGES

ONE_ANSWER: Final = frozenset({Kind.COMPLIANCE, Kind.CHOICE})  # of these only one choice is given


class Lack(StrEnum):
    """What is missing."""

    EMPTY_SECTION = "EMPTY_SECTION"
    UNKNOWN_PROVISION = "UNKNOWN_PROVISION"
    NEVER_ASKED = "NEVER_ASKED"  # its conditions cannot hold together
    LANGUAGES = "LANGUAGES"


BLOCKING: Final = frozenset({Lack.EMPTY_SECTION, Lack.UNKNOWN_PROVISION, Lack.NEVER_ASKED})


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One thing that is missing. Without ``question`` it is the section's, without both the questionnaire's."""

    lack: Lack
    section: str = ""
    question: str = ""
    detail: str = ""  # the languages, the provision
    languages: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the draft cannot be published before it is mended."""
        return self.lack in BLOCKING


def unfinished(form: Form, *, provisions: Collection[str]) -> list[Unfinished]:
    """Return what is missing, in the order of the questionnaire. ``provisions`` are the keys of the registry."""
    never = _never_asked(form)
    found = list(_languages_of([form.title, form.introduction]))
    for section in form.sections:
        here = section.identifier
        if not section.questions:
            found.append(Unfinished(Lack.EMPTY_SECTION, here))
        if section.provision and section.provision not in provisions:
            found.append(Unfinished(Lack.UNKNOWN_PROVISION, here, detail=section.provision))
        found += _languages_of([section.title], here)
        for question in section.questions:
            name = question.identifier
            unknown = (key for key in question.provisions if key not in provisions)
            found += [Unfinished(Lack.UNKNOWN_PROVISION, here, name, key) for key in unknown]
            if name in never:
                found.append(Unfinished(Lack.NEVER_ASKED, here, name))
            found += _languages_of(texts_of(question), here, name)
    return found


def texts_of(question: Question) -> list[Texts]:
    """Return all texts that a State reads at a question."""
    table = [*(one.text for one in question.columns), *(one.text for one in question.rows)]
    return [question.text, question.guidance, *(one.text for one in question.choices), *table]


def missing_languages(texts: list[Texts]) -> tuple[str, ...]:
    """Return the languages in which some of the texts that are there are not; a bare year is the same in all."""
    there = [text for text in texts if any(sign.isalpha() for words in text.values() for sign in words)]
    return tuple(each for each in LANGUAGES if any(not text.get(each) for text in there))


def _languages_of(texts: list[Texts], section: str = "", question: str = "") -> Iterator[Unfinished]:
    if missing := missing_languages(texts):
        yield Unfinished(Lack.LANGUAGES, section, question, languages=missing)


def _never_asked(form: Form) -> set[str]:
    """Return the questions whose conditions, with those of the questions behind them, exclude each other."""
    needed: dict[str, Mapping[str, frozenset[str]]] = {}
    never: set[str] = set()
    for question in form.conditional:
        wanted: dict[str, frozenset[str]] = {}
        for condition in question.conditions:
            behind = needed.get(condition.question, {})
            for asked, codes in [(condition.question, frozenset(condition.codes)), *behind.items()]:
                wanted[asked] = wanted[asked] & codes if asked in wanted else codes
            if condition.question in never:
                never.add(question.identifier)
        # Of a question that takes several answers, each condition can hold by an answer of its own.
        needed[question.identifier] = wanted = {
            asked: codes for asked, codes in wanted.items() if form.by_identifier[asked].kind in ONE_ANSWER
        }
        if not all(wanted.values()):
            never.add(question.identifier)
    return never
