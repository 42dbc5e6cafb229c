"""The tree of a questionnaire and what a person does to it: add, move, copy, remove, rename. Pure.

Each function returns another form or raises RefusedError; nothing is changed in place. A question stays behind the
questions that its conditions ask about; whatever would break this is refused with the names of both.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Final, Literal

from merida.review.questionnaires.form import Condition, Form, Question, Section, Texts
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.wellformed import check_identifier, check_order, check_question, check_section

LONGEST_IDENTIFIER: Final = 100
Step = Literal[-1, 1]


def numbers_of(form: Form) -> dict[str, str]:
    """Return the number of each question, ``2.3``: the third of the second section."""
    return {
        question.identifier: f"{number}.{place}"
        for number, section in enumerate(form.sections, start=1)
        for place, question in enumerate(section.questions, start=1)
    }


def free_identifier(wish: str, taken: Collection[str]) -> str:
    """Return ``wish``, with a number behind it where it is taken: at most 100 characters."""
    wish = wish[:LONGEST_IDENTIFIER]
    if wish not in taken:
        return wish
    number = 2
    while (found := f"{wish[: LONGEST_IDENTIFIER - len(str(number)) - 1]}-{number}") in taken:
        number += 1
    return found


def insert_section(form: Form, section: Section, *, before: str = "") -> Form:
    """Put a new section before another one; at the end without ``before``, or where that one is gone."""
    check_section(section)
    if section.identifier in form.section_named:
        raise RefusedError("the identifier {identifier} is taken", identifier=section.identifier)
    sections = list(form.sections)
    sections.insert(_place(sections, before), section)
    return _ordered(form, sections)


def change_section(form: Form, identifier: str, *, title: Texts, provision: str = "") -> Form:
    """Give a section another title and provision; its questions stay."""
    held = section_here(form, identifier)
    changed = replace(held, title=dict(title), provision=provision)
    check_section(changed)
    return _with_sections(form, {identifier: changed})


def move_section(form: Form, identifier: str, step: Step) -> Form:
    """Move a section one place up or down; at the edge it stays."""
    sections = list(form.sections)
    at = sections.index(section_here(form, identifier))
    sections.insert(max(0, at + step), sections.pop(at))
    return _ordered(form, sections)


def copy_section(form: Form, identifier: str) -> tuple[Form, str]:
    """Put a copy behind a section, with its questions; conditions among them ask about the copies. Its identifier."""
    held = section_here(form, identifier)
    new = free_identifier(identifier, form.section_named)
    taken, names = set(form.by_identifier), {}
    for question in held.questions:
        names[question.identifier] = free_identifier(question.identifier, taken)
        taken.add(names[question.identifier])
    copied = [replace(_asking(one, names), identifier=names[one.identifier]) for one in held.questions]
    sections = list(form.sections)
    sections.insert(sections.index(held) + 1, replace(held, identifier=new, questions=tuple(copied)))
    return _ordered(form, sections), new


def remove_section(form: Form, identifier: str) -> Form:
    """Take out a section with its questions, and the conditions that asked about them."""
    held = section_here(form, identifier)
    if len(form.sections) == 1:
        raise RefusedError("a questionnaire keeps one section at least")
    gone = {question.identifier for question in held.questions}
    sections = [each for each in form.sections if each.identifier != identifier]
    return _without_conditions(replace(form, sections=tuple(sections)), gone)


def rename_section(form: Form, identifier: str, new: str) -> Form:
    """Give a section another identifier."""
    held = section_here(form, identifier)
    check_identifier(new)
    if new != identifier and new in form.section_named:
        raise RefusedError("the identifier {identifier} is taken", identifier=new)
    return _with_sections(form, {identifier: replace(held, identifier=new)})


def insert_question(form: Form, question: Question, *, section: str, before: str = "") -> Form:
    """Put a new question into a section, before another one; at its end without ``before``."""
    held = section_here(form, section)
    if question.identifier in form.by_identifier:
        raise RefusedError("the identifier {identifier} is taken", identifier=question.identifier)
    questions = list(held.questions)
    questions.insert(_place(questions, before), question)
    made = _with_sections(form, {section: replace(held, questions=tuple(questions))})
    check_question(question)
    check_order(made)
    return made


def change_question(form: Form, question: Question) -> Form:
    """Put a question in the place of the one with its identifier."""
    question_here(form, question.identifier)
    check_question(question)
    made = _each_question(form, lambda one: question if one.identifier == question.identifier else one)
    check_order(made)
    return made


def move_question(form: Form, identifier: str, step: Step) -> Form:
    """Move a question one place up or down; from the edge of its section it passes into the next one."""
    question = question_here(form, identifier)
    sections = list(form.sections)
    at = next(place for place, each in enumerate(sections) if each.identifier == form.section_of[identifier])
    questions = list(sections[at].questions)
    place = questions.index(question)
    questions.pop(place)
    if 0 <= place + step <= len(questions):
        questions.insert(place + step, question)
        sections[at] = replace(sections[at], questions=tuple(questions))
    elif 0 <= at + step < len(sections):
        sections[at] = replace(sections[at], questions=tuple(questions))
        other = sections[at + step].questions
        joined = (question, *other) if step == 1 else (*other, question)
        sections[at + step] = replace(sections[at + step], questions=joined)
    return _ordered(form, sections)


def move_into(form: Form, identifier: str, section: str) -> Form:
    """Move a question to the end of another section; in its own it stays."""
    question, target = question_here(form, identifier), section_here(form, section)
    here = form.section_of[identifier]
    if here == section:
        return form
    left = tuple(one for one in form.section_named[here].questions if one.identifier != identifier)
    made = _with_sections(
        form,
        {
            here: replace(form.section_named[here], questions=left),
            section: replace(target, questions=(*target.questions, question)),
        },
    )
    check_order(made)
    return made


def copy_question(form: Form, identifier: str) -> tuple[Form, str]:
    """Put a copy behind a question. Return the form and the identifier of the copy."""
    held = question_here(form, identifier)
    new = free_identifier(identifier, form.by_identifier)
    section = form.section_named[form.section_of[identifier]]
    questions = list(section.questions)
    questions.insert(questions.index(held) + 1, replace(held, identifier=new))
    return _with_sections(form, {section.identifier: replace(section, questions=tuple(questions))}), new


def remove_question(form: Form, identifier: str) -> Form:
    """Take out a question, and the conditions that asked about it."""
    question_here(form, identifier)
    sections = (
        replace(each, questions=tuple(one for one in each.questions if one.identifier != identifier))
        for each in form.sections
    )
    return _without_conditions(replace(form, sections=tuple(sections)), {identifier})


def rename_question(form: Form, identifier: str, new: str) -> Form:
    """Give a question another identifier; the conditions that ask about it follow."""
    question_here(form, identifier)
    check_identifier(new)
    if new == identifier:
        return form
    if new in form.by_identifier:
        raise RefusedError("the identifier {identifier} is taken", identifier=new)

    def renamed(one: Question) -> Question:
        asking = _asking(one, {identifier: new})
        return replace(asking, identifier=new) if one.identifier == identifier else asking

    return _each_question(form, renamed)


def asking_about(form: Form, identifiers: Collection[str]) -> list[Question]:
    """Return the questions whose conditions ask about these, without themselves."""
    return [
        each
        for each in form.conditional
        if each.identifier not in identifiers and any(one.question in identifiers for one in each.conditions)
    ]


def section_here(form: Form, identifier: str) -> Section:
    """Return a section. Raises RefusedError where it is gone."""
    found = form.section_named.get(identifier)
    if found is None:
        raise RefusedError("{item} is not in this draft any more", item=identifier)
    return found


def question_here(form: Form, identifier: str) -> Question:
    """Return a question. Raises RefusedError where it is gone."""
    found = form.by_identifier.get(identifier)
    if found is None:
        raise RefusedError("{item} is not in this draft any more", item=identifier)
    return found


def _place(items: Iterable[Section | Question], before: str) -> int:
    found = list(items)
    return next((at for at, each in enumerate(found) if each.identifier == before), len(found))


def _asking(question: Question, names: dict[str, str]) -> Question:
    if not any(one.question in names for one in question.conditions):
        return question
    conditions = (Condition(names.get(one.question, one.question), one.codes) for one in question.conditions)
    return replace(question, conditions=tuple(conditions))


def _with_sections(form: Form, changed: dict[str, Section]) -> Form:
    return replace(form, sections=tuple(changed.get(each.identifier, each) for each in form.sections))


def _ordered(form: Form, sections: Iterable[Section]) -> Form:
    made = replace(form, sections=tuple(sections))
    check_order(made)
    return made


def _each_question(form: Form, change: Callable[[Question], Question]) -> Form:
    sections = (replace(each, questions=tuple(change(one) for one in each.questions)) for each in form.sections)
    return replace(form, sections=tuple(sections))


def _without_conditions(form: Form, gone: Collection[str]) -> Form:
    def freed(one: Question) -> Question:
        if not any(condition.question in gone for condition in one.conditions):
            return one
        return replace(one, conditions=tuple(each for each in one.conditions if each.question not in gone))

    return _each_question(form, freed)
