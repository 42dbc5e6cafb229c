"""A response as a workbook to be filled in away from merida: what its reader may write, in one language version."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from merida.exchange.outputs import answers_layout as at
from merida.exchange.outputs.checklist import RIGHT_TO_LEFT
from merida.exchange.outputs.sheets import Cell, Choosing, Sheet, Style, letters, sheets_workbook
from merida.exchange.outputs.workbook import LONGEST_CELL
from merida.foundation.access.visibility import Sight
from merida.interfaces.web.languages import content_language, internal_language
from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.answer_words import KINDS, stage_words
from merida.interfaces.web.views.naming import in_reader_language
from merida.knowledge.directory.queries import authorities_of
from merida.knowledge.documents.citing import language_name
from merida.knowledge.library.queries import laws_of
from merida.review.questionnaires.form import REGISTERED, WITH_ROWS, Column, Part, Question, Section
from merida.review.questionnaires.queries import AnswerSeen, Desk, answers_seen
from merida.review.questionnaires.values import MOST_ROWS

SPARE_ROWS: Final = 5  # empty rows under a list
Held = Mapping[str, AnswerSeen]


def answers_workbook(desk: Desk, language: str) -> bytes:
    """Return the questions that this person is entrusted with and their answers in ``language`` as an .xlsx file."""
    with override(internal_language(language)):
        asked = [
            (section, question)
            for section, questions in desk.sections()
            for question in questions
            if desk.sight(question.identifier) is Sight.ALL
        ]
        held = {one.question: one for one in answers_seen(desk) if one.language == language}
        laws = list(laws_of(desk.actor, desk.response.state))
        authorities = list(authorities_of(desk.actor, desk.response.state))
        keys = {str(law.uuid): f"L{number}" for number, law in enumerate(laws, start=1)}
        keys |= {str(one.uuid): f"A{number}" for number, one in enumerate(authorities, start=1)}
        questions = [question for _section, question in asked]
        sheets = [
            _about(desk, language),
            _answers(desk, asked, held, keys),
            *_choices(desk, questions, held),
            *_tables(desk, questions, held),
            _laws(laws, keys),
            _authorities(authorities, keys),
            _identity(desk, language),
        ]
        return sheets_workbook(sheets, right_to_left=language in RIGHT_TO_LEFT)


def _about(desk: Desk, language: str) -> Sheet:
    response, questionnaire = desk.response, desk.response.version.questionnaire
    lines = [
        Cell(in_reader_language(questionnaire.titles, questionnaire.code), Style.TITLE),
        Cell(in_reader_language(response.state.names, response.state.iso3), Style.TITLE),
        Cell(f"{_('Language of the answers')}: {language_name(language)}", Style.PLAIN),
        *([Cell(f"{_('Due')}: {long_date(response.due_date)}", Style.PLAIN)] if response.due_date else []),
        Cell(
            _("Write in the yellow cells only. Several laws: L1; L3, from their list. Authorities: A1; A2."),
            Style.PLAIN,
        ),
        Cell(_("Hand the file in at the desk: you see what it would change before anything is stored."), Style.PLAIN),
        Cell(pgettext("banner", "CONFIDENTIAL"), Style.TITLE),
    ]
    rows = ((Cell("merida:about"),), *((line,) for line in lines))
    return Sheet(_("About this file"), (90,), rows)


def _answers(desk: Desk, asked: list[tuple[Section, Question]], held: Held, keys: Mapping[str, str]) -> Sheet:
    heads = [_("Article"), "", _("Kind"), _("Question"), _("Guidance")]
    heads += [_("Choice, figure or day"), _("Answer"), _("Laws, authorities"), _("Where it stands")]
    rows: list[tuple[Cell, ...]] = [
        (Cell(f"{at.MARK}{at.ANSWERS}"),),
        tuple(Cell(head, Style.HEAD) for head in ("", "", *heads)),
    ]
    choosing: dict[tuple[str, ...], list[str]] = {}
    for section, question in asked:
        answer = held.get(question.identifier)
        rows.append(_line(desk, section, question, answer, keys))
        if Part.CHOICE in question.parts and _may_fill(answer):
            options = tuple(at.choice_labels(question, content_language()).values())
            choosing.setdefault(options, []).append(f"{letters(at.ENTERED)}{len(rows)}")
    lists = tuple(Choosing(options, tuple(cells)) for options, cells in choosing.items())
    return Sheet(_("Answers"), (0, 0, 22, 6, 14, 45, 35, 22, 80, 12, 14), tuple(rows), lists, fixed_rows=2)


def _line(
    desk: Desk, section: Section, question: Question, answer: AnswerSeen | None, keys: Mapping[str, str]
) -> tuple[Cell, ...]:
    value: Mapping[str, Any] = answer.value if answer else {}
    here, fits = _may_fill(answer), not _too_long(answer)
    place = question.about or section.provision or in_reader_language(dict(section.title), section.identifier)
    text = str(value.get("text", "")) if fits else _("This answer is too long for a cell: change it on its page.")
    chosen = "; ".join(keys[each] for part in REGISTERED for each in value.get(part, ()) if each in keys)
    fill = Style.FILL if here else Style.FIXED
    takes = question.parts
    return (
        Cell(question.identifier),
        Cell((answer.revision if answer else 0) if fits and _all_known(value, keys) else at.NOT_HERE),
        Cell(place),
        Cell(desk.form.places[question.identifier] + 1),
        Cell(str(KINDS[question.kind])),
        Cell(in_reader_language(dict(question.text), question.identifier)),
        Cell(in_reader_language(dict(question.guidance))),
        Cell(_entered(question, value), fill if at.entered_part(question) else Style.FIXED),
        Cell(text, fill if Part.TEXT in takes else Style.FIXED),
        Cell(chosen, fill if takes & set(REGISTERED) else Style.FIXED),
        Cell(_stage(answer)),
    )


def _entered(question: Question, value: Mapping[str, Any]) -> str | date:
    if value.get("choice"):
        return at.choice_labels(question, content_language()).get(value["choice"], str(value["choice"]))
    if value.get("day"):
        return date.fromisoformat(value["day"])
    return str(value.get("number", ""))


def _stage(answer: AnswerSeen | None) -> str:
    if answer is None or not answer.value:
        return ""
    return stage_words("SUBMITTED" if answer.answer.submitted_revision is not None else answer.stage)


def _may_fill(answer: AnswerSeen | None) -> bool:
    """Whether an answer can be changed in the file: not once it was submitted, not where a cell cannot hold it."""
    return answer is None or (answer.answer.submitted_revision is None and not _too_long(answer))


def _too_long(answer: AnswerSeen | None) -> bool:
    """Whether a cell cannot hold the answer. Signs that the programs write as five count as such."""
    if answer is None:
        return False
    cells = [answer.value.get("text", ""), *(each for row in answer.value.get("rows", ()) for each in row.values())]
    return any(len(str(each)) + 6 * str(each).count("_x") > LONGEST_CELL for each in cells)


def _all_known(value: Mapping[str, Any], keys: Mapping[str, str]) -> bool:
    return all(each in keys for part in REGISTERED for each in value.get(part, ()))


def _choices(desk: Desk, questions: list[Question], held: Held) -> Iterator[Sheet]:
    rows: list[tuple[Cell, ...]] = [
        (Cell(f"{at.MARK}{at.CHOICES}"),),
        tuple(Cell(head, Style.HEAD) for head in ("", "", "", _("Question"), _("Choice"), at.MARKED)),
    ]
    marked: list[str] = []
    for question in questions:
        if Part.CHOICES not in question.parts:
            continue
        answer = held.get(question.identifier)
        said = answer.value.get("choices", ()) if answer else ()
        for code, words in at.choice_labels(question, content_language()).items():
            rows.append(
                (
                    Cell(question.identifier),
                    Cell(code),
                    Cell(desk.form.places[question.identifier] + 1),
                    Cell(in_reader_language(dict(question.text), question.identifier)),
                    Cell(words),
                    Cell(at.MARKED if code in said else "", Style.FILL if _may_fill(answer) else Style.FIXED),
                )
            )
            marked.append(f"{letters(at.CHOICE_MARK)}{len(rows)}")
    if marked:
        lists = (Choosing((at.MARKED,), tuple(marked)),)
        yield Sheet(_("Several choices"), (0, 0, 6, 60, 45, 6), tuple(rows), lists, fixed_rows=2)


def _tables(desk: Desk, questions: list[Question], held: Held) -> Iterator[Sheet]:
    rows: list[tuple[Cell, ...]] = [(Cell(f"{at.MARK}{at.TABLES}"),), (Cell(_("Tables"), Style.TITLE),)]
    widest = 0
    for question in questions:
        if Part.ROWS in question.parts:
            rows += _table(desk, question, held.get(question.identifier))
            widest = max(widest, len(question.columns))
    if widest:
        yield Sheet(_("Tables"), (0, 0, 45, *((24,) * widest)), tuple(rows), fixed_rows=0)


def _table(desk: Desk, question: Question, answer: AnswerSeen | None) -> Iterator[tuple[Cell, ...]]:
    value: Mapping[str, Any] = answer.value if answer else {}
    said: list[Mapping[str, str]] = list(value.get("rows", ()))
    fill = Style.FILL if _may_fill(answer) else Style.FIXED
    words = in_reader_language(dict(question.text), question.identifier)
    title = f"{desk.form.places[question.identifier] + 1}. {words}"
    yield (Cell(""), Cell(""), Cell(title, Style.TITLE))
    heads = [Cell(table_head(one), Style.HEAD) for one in question.columns]
    yield (Cell(question.identifier), Cell(at.HEAD_ROW), Cell("", Style.HEAD), *heads)
    if question.kind in WITH_ROWS:
        by_row = {row.get("row"): row for row in said}
        lines = [
            (row.identifier, in_reader_language(dict(row.text), row.identifier), by_row.get(row.identifier, {}))
            for row in question.rows
        ]
    else:
        count = min(len(said) + SPARE_ROWS, MOST_ROWS)
        lines = [(str(one), str(one), said[one - 1] if one <= len(said) else {}) for one in range(1, count + 1)]
    for key, label, cells in lines:
        filled = [Cell(cells.get(one.identifier, ""), fill) for one in question.columns]
        yield (Cell(question.identifier), Cell(key), Cell(label), *filled)


def table_head(column: Column) -> str:
    """Return the head of a column with its year and unit, each where the text does not say it already."""
    return column.headed(in_reader_language(dict(column.text), column.identifier))


def _laws(laws: list[Any], keys: Mapping[str, str]) -> Sheet:
    heads = ("", "", _("Law"), _("Adopted"))
    rows = [
        (Cell(str(law.uuid)), Cell(keys[str(law.uuid)]), Cell(in_reader_language(law.titles)), Cell(_day(law)))
        for law in laws
    ]
    head = tuple(Cell(each, Style.HEAD) for each in heads)
    return Sheet(_("Laws"), (0, 8, 80, 20), ((Cell(f"{at.MARK}{at.LAWS}"),), head, *rows), fixed_rows=2)


def _authorities(authorities: list[Any], keys: Mapping[str, str]) -> Sheet:
    rows = [
        (
            Cell(str(one.uuid)),
            Cell(keys[str(one.uuid)]),
            Cell(in_reader_language(one.names)),
            Cell(str(one.get_function_display())),
        )
        for one in authorities
    ]
    head = tuple(Cell(each, Style.HEAD) for each in ("", "", _("Authority"), _("What it is there for")))
    mark = (Cell(f"{at.MARK}{at.AUTHORITIES}"),)
    return Sheet(_("Authorities"), (0, 8, 80, 30), (mark, head, *rows), fixed_rows=2)


def _day(law: Any) -> str:
    return law.adopted_date.isoformat() if law.adopted_date else ""


def _identity(desk: Desk, language: str) -> Sheet:
    pairs = {
        "format": at.FORMAT,
        "response": str(desk.response.uuid),
        "version": desk.response.version.digest,
        "language": language,
    }
    rows = tuple((Cell(name), Cell(value)) for name, value in pairs.items())
    return Sheet(at.IDENTITY, (20, 70), ((Cell(f"{at.MARK}{at.IDENTITY}"),), *rows), hidden=True)
