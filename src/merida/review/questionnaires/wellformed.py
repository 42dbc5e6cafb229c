"""What a part of a questionnaire must hold so that its file can be read back. Pure.

The reader of files says the same by line (``form_file``); a property-based test holds the two together.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from merida.review.questionnaires.form import (
    OBLIGATIONS,
    WITH_CHOICES,
    WITH_COLUMNS,
    WITH_ROWS,
    Form,
    Question,
    Section,
    Texts,
)
from merida.review.questionnaires.form_file import CODE, IDENTIFIER, LANGUAGES, MOST_PROVISIONS, MOST_QUESTIONS
from merida.review.questionnaires.refusing import RefusedError

LONGEST_LABEL: Final = 3_000  # characters of a title, a question, a choice
LONGEST_WORDS: Final = 20_000  # of guidance and introductions
LONGEST_UNIT: Final = 60
MOST_ITEMS: Final = 200  # choices, columns or rows of one question
_FIRST_YEAR, _LAST_YEAR = 1000, 9999
_NEVER_SEEN: Final = re.compile("[\u202a-\u202e]")  # they turn whole lines around, and nobody sees them


def check_heading(form: Form) -> None:
    """Raise RefusedError where code, title or introduction cannot be kept."""
    if not CODE.fullmatch(form.code):
        raise RefusedError("{code}: a code is made of small letters, digits and hyphens", code=form.code[:60])
    check_texts(form.title, form.code, needed=True)
    check_texts(form.introduction, form.code, longest=LONGEST_WORDS)


def check_section(section: Section) -> None:
    """Raise RefusedError where a section cannot be kept; its questions are not looked at."""
    check_identifier(section.identifier)
    check_texts(section.title, section.identifier, needed=True)


def check_question(question: Question) -> None:
    """Raise RefusedError where a question cannot be kept."""
    name = question.identifier
    check_identifier(name)
    check_texts(question.text, name, needed=True)
    check_texts(question.guidance, name, longest=LONGEST_WORDS)
    if question.obligation not in ("", *OBLIGATIONS):
        raise RefusedError("{item}: {what} is not known here", item=name, what=question.obligation[:60])
    _check_provisions(question)
    _check_choices(question)
    _check_table(question)


def check_order(form: Form) -> None:
    """Raise RefusedError where a condition asks about no earlier question, or about a choice it does not have."""
    if len(form.order) > MOST_QUESTIONS:
        raise RefusedError("a questionnaire has at most {limit} questions", limit=MOST_QUESTIONS)
    for question in form.conditional:
        for condition in question.conditions:
            asked = form.by_identifier.get(condition.question)
            if asked is None or form.places[condition.question] >= form.places[question.identifier]:
                raise RefusedError(
                    "{question} is asked after certain answers to {asked}, so it must stand behind it",
                    question=question.identifier,
                    asked=condition.question,
                )
            codes = {choice.code for choice in asked.choices}
            strange = next((code for code in condition.codes if code not in codes), None)
            if strange is not None or not condition.codes:
                raise RefusedError(
                    "{question} is asked after the answer {code} to {asked}, which has no such answer",
                    question=question.identifier,
                    code=strange or "",
                    asked=condition.question,
                )


def check_identifier(identifier: str) -> None:
    """Raise RefusedError where it is no identifier."""
    if not IDENTIFIER.fullmatch(identifier):
        raise RefusedError(
            "{identifier}: an identifier is made of letters without accents, digits, full stops, hyphens and brackets,"
            " at most 100",
            identifier=visible(identifier[:60]),
        )


def check_texts(texts: Texts, item: str, *, needed: bool = False, longest: int = LONGEST_LABEL) -> None:
    """Raise RefusedError where texts have unknown languages, are too long, or hold what nobody sees."""
    for language, text in texts.items():
        place = f"{item} ({language})"
        if language not in LANGUAGES:
            raise RefusedError("{item}: {what} is not known here", item=item, what=language[:60])
        if len(text) > longest:
            raise RefusedError(
                "{item}: the text has {count} characters, at most {limit} are kept",
                item=place,
                count=len(text),
                limit=longest,
            )
        check_characters(text, place)
    if needed and not any(text.strip() for text in texts.values()):
        raise RefusedError("{item}: there are no words in any language", item=item)


def check_characters(text: str, item: str) -> None:
    """Raise RefusedError where a text holds characters that no screen shows; direction marks of a word may stay."""
    if any(_is_control(each) for each in text) or _NEVER_SEEN.search(text):
        raise RefusedError("{item}: the text holds characters that no screen shows; type it anew", item=item)


def visible(text: str) -> str:
    """Return a text without the characters that ``check_characters`` refuses."""
    return "".join(each for each in _NEVER_SEEN.sub("", text) if not _is_control(each))


def _is_control(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cs"}


def _check_provisions(question: Question) -> None:
    name, keys = question.identifier, question.provisions
    if len(keys) > MOST_PROVISIONS:
        raise RefusedError("{item}: at most {limit} lines are kept", item=name, limit=MOST_PROVISIONS)
    twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
    if twice is not None:
        raise RefusedError("{item}: {code} stands twice", item=name, code=twice)


def _check_choices(question: Question) -> None:
    name = question.identifier
    if bool(question.choices) != (question.kind in WITH_CHOICES):
        if question.choices:
            raise RefusedError("{item}: this kind of question has no choices", item=name)
        raise RefusedError("{item}: this kind of question needs choices", item=name)
    _check_names((one.code for one in question.choices), name)
    for choice in question.choices:
        check_texts(choice.text, f"{name}, {choice.code}")


def _check_table(question: Question) -> None:
    name = question.identifier
    if question.kind in WITH_COLUMNS and not question.columns:
        raise RefusedError("{item}: this kind of question needs columns", item=name)
    if (question.columns and question.kind not in WITH_COLUMNS) or (question.rows and question.kind not in WITH_ROWS):
        raise RefusedError("{item}: this kind of question has no table", item=name)
    _check_names((one.identifier for one in question.columns), name)
    _check_names((one.identifier for one in question.rows), name)
    for column in question.columns:
        check_texts(column.text, f"{name}, {column.identifier}", needed=True)
        check_texts({"en": column.unit}, f"{name}, {column.identifier}", longest=LONGEST_UNIT)
        if column.year is not None and not _FIRST_YEAR <= column.year <= _LAST_YEAR:
            raise RefusedError("{item}: a year has four digits", item=f"{name}, {column.identifier}")
    for row in question.rows:
        check_texts(row.text, f"{name}, {row.identifier}", needed=True)


def _check_names(codes: Iterable[str], item: str) -> None:
    seen: set[str] = set()
    for code in codes:
        check_identifier(code)
        if code in seen:
            raise RefusedError("{item}: {code} stands twice", item=item, code=code)
        seen.add(code)
    if len(seen) > MOST_ITEMS:
        raise RefusedError("{item}: at most {limit} lines are kept", item=item, limit=MOST_ITEMS)
