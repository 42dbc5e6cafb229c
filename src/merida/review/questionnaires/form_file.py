"""The one file format of questionnaires, in and out: ``docs/reference/questionnaire-file.md``. Pure.

What ``write_form`` writes, ``read_form`` reads back equal.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from merida.review.questionnaires.form import (
    OBLIGATIONS,
    WITH_CHOICES,
    WITH_COLUMNS,
    Choice,
    Column,
    ColumnKind,
    Condition,
    Form,
    Kind,
    Question,
    Row,
    Section,
    Texts,
)
from merida.review.questionnaires.lined import Lined, LinedError, read_lined

FORMAT: Final = "merida-questionnaire/1"
LANGUAGES: Final = ("ar", "zh", "en", "fr", "ru", "es")
MOST_QUESTIONS: Final = 20_000
MOST_PROVISIONS: Final = 50  # of one question
IDENTIFIER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._()-]{0,99}")
CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
# JSON may hold these as they are; YAML refuses them, or reads them as the end of a line.
_NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_FORM = {"format", "code", "title", "mechanism", "introduction", "choices", "sections"}
_SECTION = {"id", "title", "provision", "questions"}
_QUESTION = {
    *("id", "kind", "text", "guidance", "provision", "provisions", "obligation", "required"),
    *("choices", "columns", "rows", "when"),
}
_COLUMN = {"id", "text", "kind", "unit", "year"}


class FormError(ValueError):
    """The file is no questionnaire. ``problems`` names each by line and identifier."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems[:20]))


def read_form(text: str) -> Form:
    """Return the questionnaire in a file (YAML or JSON). Raises FormError with everything that is wrong in it."""
    try:
        given = read_lined(text)
    except LinedError as error:
        raise FormError([str(error)]) from None
    reader = _Reader()
    form = reader.form(given)
    if reader.problems:
        raise FormError(reader.problems)
    return form


def write_form(form: Form) -> str:
    """Return the file of a questionnaire: JSON, which every reader of YAML takes too."""
    text = json.dumps(form_as_data(form), ensure_ascii=False, indent=1) + "\n"
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def form_as_data(form: Form) -> dict[str, Any]:
    """Return a questionnaire as plain values; choices shared by questions are written once."""
    shared: dict[str, tuple[Choice, ...]] = {}
    sections = [section_as_data(section, shared) for section in form.sections]
    return _without_empty(
        {
            "format": FORMAT,
            "code": form.code,
            "title": dict(form.title),
            "mechanism": form.mechanism,
            "introduction": dict(form.introduction),
            "choices": {name: [_named("code", one.code, one.text) for one in each] for name, each in shared.items()},
            "sections": sections,
        }
    )


def section_as_data(section: Section, shared: dict[str, tuple[Choice, ...]] | None = None) -> dict[str, Any]:
    """Return a section as plain values, as ``question_as_data`` does its questions."""
    questions = [question_as_data(question, shared) for question in section.questions]
    kept = {"id": section.identifier, "title": dict(section.title), "provision": section.provision}
    return _without_empty({**kept, "questions": questions})


def question_as_data(question: Question, shared: dict[str, tuple[Choice, ...]] | None = None) -> dict[str, Any]:
    """Return a question as plain values; its choices by their name in ``shared``, written out without it."""
    written = [_named("code", one.code, one.text) for one in question.choices]
    choices = written if shared is None else _shared_name(question, shared)
    return _without_empty(
        {
            "id": question.identifier,
            "kind": question.kind.value,
            "text": dict(question.text),
            "guidance": dict(question.guidance),
            "provision": "" if question.further else question.provision,
            "provisions": list(question.provisions) if question.further else [],
            "obligation": question.obligation,
            "required": "" if question.required else "no",
            "choices": choices,
            "columns": [_column_as_data(column) for column in question.columns],
            "rows": [_named("id", row.identifier, row.text) for row in question.rows],
            "when": [{"question": each.question, "is": list(each.codes)} for each in question.conditions],
        }
    )


def _shared_name(question: Question, shared: dict[str, tuple[Choice, ...]]) -> str:
    if not question.choices:
        return ""
    known = next((name for name, choices in shared.items() if choices == question.choices), "")
    name = known or f"{question.kind.lower()}-{len(shared) + 1}"
    shared.setdefault(name, question.choices)
    return name


def _column_as_data(column: Column) -> dict[str, Any]:
    year = "" if column.year is None else str(column.year)
    kept = {"id": column.identifier, "text": dict(column.text), "kind": column.kind.value, "unit": column.unit}
    return _without_empty({**kept, "year": year})


def _named(name: str, code: str, text: Texts) -> dict[str, Any]:
    return _without_empty({name: code, "text": dict(text)})


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", {}, [])}


class _Reader:
    """Reads a file and gathers what is wrong in it."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.shared: dict[str, tuple[Choice, ...]] = {}
        self.places: dict[str, str] = {}  # of questions and sections, by identifier

    def form(self, given: Any) -> Form:
        """Return the questionnaire; it is whole only where ``problems`` is empty."""
        here = self.mapping(given, "line 1", _FORM)
        self.expect(here.get("format") == FORMAT, self.at(here), f"format: {FORMAT} is expected first")
        code = self.matching(here, "code", CODE, "small letters, digits and hyphens")
        for name, choices in self.mapping(here.get("choices", Lined()), "choices", None).items():
            self.shared[name] = self.choices(choices, f"choices {name}")
        sections = tuple(self.each(here, "sections", "", self.section))
        self.expect(bool(sections), self.at(here), "sections: at least one is needed")
        form = Form(
            code=code,
            title=self.texts(here, "title", needed=True),
            mechanism=self.text(here, "mechanism"),
            introduction=self.texts(here, "introduction"),
            sections=sections,
        )
        self.conditions_hold(form)
        return form

    def section(self, given: Any, place: str) -> Section:
        """Return a section."""
        here = self.mapping(given, place, _SECTION)
        identifier = self.identifier(here, "section")
        return Section(
            identifier=identifier,
            title=self.texts(here, "title", needed=True),
            provision=self.text(here, "provision"),
            questions=tuple(self.each(here, "questions", f"section {identifier}", self.question)),
        )

    def question(self, given: Any, place: str) -> Question:
        """Return a question."""
        here = self.mapping(given, place, _QUESTION)
        identifier = self.identifier(here, "question")
        at = f"{self.at(here)}, question {identifier}"
        kind = self.one_of(here, "kind", Kind, at) or Kind.NARRATIVE
        obligation = self.text(here, "obligation")
        self.expect(obligation in ("", *OBLIGATIONS), at, f"obligation: {obligation} is none of {_list(OBLIGATIONS)}")
        required = self.text(here, "required").lower()
        self.expect(required in {"", "yes", "no", "true", "false"}, at, "required: yes or no")
        columns = tuple(self.each(here, "columns", at, self.column))
        choices = self.chosen(here.get("choices"), at)
        self.expect(bool(choices) == (kind in WITH_CHOICES), at, f"choices: {_needs(kind in WITH_CHOICES, kind)}")
        self.expect(bool(columns) == (kind in WITH_COLUMNS), at, f"columns: {_needs(kind in WITH_COLUMNS, kind)}")
        self.once([column.identifier for column in columns], at, "column")
        provisions = self.provisions(here, at)
        return Question(
            identifier=identifier,
            kind=kind,
            text=self.texts(here, "text", needed=True),
            guidance=self.texts(here, "guidance"),
            provision=provisions[0] if provisions else "",
            further=provisions[1:],
            obligation=obligation,
            required=required not in {"no", "false"},
            choices=choices,
            columns=columns,
            rows=tuple(self.each(here, "rows", at, self.row)),
            conditions=tuple(self.each(here, "when", at, self.condition)),
        )

    def provisions(self, here: Lined, at: str) -> tuple[str, ...]:
        """Return the provisions of a question: ``provision`` names one, ``provisions`` several."""
        given = here.get("provisions") or []
        listed = isinstance(given, list) and all(isinstance(each, str) and each.strip() for each in given)
        self.expect(listed, at, "provisions: a list of keys is expected")
        one = self.text(here, "provision")
        found = [*([one] if one else []), *(each.strip() for each in (given if listed else ()) if each.strip() != one)]
        self.once(found, at, "provision")
        self.expect(len(found) <= MOST_PROVISIONS, at, f"provisions: at most {MOST_PROVISIONS}")
        return tuple(found)

    def column(self, given: Any, place: str) -> Column:
        """Return a column of a table."""
        here = self.mapping(given, place, _COLUMN)
        year = self.text(here, "year")
        self.expect(not year or (year.isascii() and year.isdigit() and len(year) == 4), place, "year: four digits")  # noqa: PLR2004
        return Column(
            identifier=self.matching(here, "id", IDENTIFIER, "letters and digits"),
            text=self.texts(here, "text", needed=True),
            kind=self.one_of(here, "kind", ColumnKind, place, ColumnKind.TEXT) or ColumnKind.TEXT,
            unit=self.text(here, "unit"),
            year=int(year) if year.isascii() and year.isdigit() else None,
        )

    def row(self, given: Any, place: str) -> Row:
        """Return a fixed row of a table."""
        here = self.mapping(given, place, {"id", "text"})
        return Row(self.matching(here, "id", IDENTIFIER, "letters and digits"), self.texts(here, "text", needed=True))

    def condition(self, given: Any, place: str) -> Condition:
        """Return a condition."""
        here = self.mapping(given, place, {"question", "is"})
        codes = here.get("is", [])
        codes = codes if isinstance(codes, list) else [codes]
        self.expect(bool(codes) and all(isinstance(each, str) for each in codes), place, "is: a list of choices")
        return Condition(self.text(here, "question"), tuple(str(each) for each in codes))

    def choices(self, given: Any, place: str) -> tuple[Choice, ...]:
        """Return a list of choices."""
        holder = Lined(choices=given)
        found = tuple(self.each(holder, "choices", place, self.choice))
        self.once([choice.code for choice in found], place, "choice")
        return found

    def choice(self, given: Any, place: str) -> Choice:
        """Return one choice."""
        here = self.mapping(given, place, {"code", "text"})
        return Choice(self.matching(here, "code", IDENTIFIER, "letters and digits"), self.texts(here, "text"))

    def chosen(self, given: Any, place: str) -> tuple[Choice, ...]:
        """Return choices written in the question, or those of a name."""
        if isinstance(given, str) and given:
            self.expect(given in self.shared, place, f"choices: {given} is not among the choices of the file")
            return self.shared.get(given, ())
        return self.choices(given, place) if given else ()

    def conditions_hold(self, form: Form) -> None:
        """Conditions ask about earlier questions and about choices these have."""
        for place, question in enumerate(form.questions()):
            for condition in question.conditions:
                at = self.places.get(question.identifier, "")
                asked = form.by_identifier.get(condition.question)
                if asked is None or form.places[condition.question] >= form.places.get(question.identifier, place):
                    self.problems.append(f"{at}: when: {condition.question or 'nothing'} is no earlier question")
                    continue
                codes = {choice.code for choice in asked.choices}
                for code in condition.codes:
                    self.expect(code in codes, at, f"when: {code} is no choice of {condition.question}")

    def identifier(self, here: Lined, what: str) -> str:
        """Return an identifier that stands once in the file."""
        found = self.matching(here, "id", IDENTIFIER, "letters, digits, full stops, hyphens and brackets")
        at = f"{self.at(here)}, {what} {found}"
        key = f"{what} {found}" if what == "section" else found
        first = self.places.setdefault(key, at)
        self.expect(first == at, at, f"the identifier is taken by {first}")
        self.expect(len(self.places) <= MOST_QUESTIONS, at, f"more than {MOST_QUESTIONS} questions")
        return found

    def mapping(self, given: Any, place: str, known: set[str] | None) -> Lined:
        """Return a mapping with known names only."""
        if not isinstance(given, Lined):
            self.problems.append(f"{place}: names with values are expected here")
            return Lined()
        for name in given if known is not None else ():
            self.expect(name in (known or ()), self.at(given) or place, f"{name} is no name of the format here")
        return given

    def each(self, here: Lined, name: str, place: str, read: Callable[[Any, str], Any]) -> Iterator[Any]:
        """Read every item of a list."""
        given = here.get(name) or []
        if not isinstance(given, list):
            self.problems.append(f"{place or self.at(here)}: {name}: a list is expected")
            return
        for number, item in enumerate(given, start=1):
            line = f"line {item.line}" if isinstance(item, Lined) else f"{place or self.at(here)}, item {number}"
            yield read(item, f"{line}, {name}")

    def texts(self, here: Lined, name: str, *, needed: bool = False) -> dict[str, str]:
        """Return a text in some of the six languages; a text alone is English."""
        given = here.get(name) or {}
        given = {"en": given} if isinstance(given, str) else given
        at = f"{self.at(here)}, {here.get('id', here.get('code', ''))}: {name}"
        if not isinstance(given, Mapping):
            self.problems.append(f"{at}: texts by language are expected")
            return {}
        for language, text in given.items():
            self.expect(language in LANGUAGES, at, f"{language} is none of {_list(LANGUAGES)}")
            self.expect(isinstance(text, str), at, f"{language}: a text is expected")
        self.expect(not needed or any(given.values()), at, "it has no words")
        return {language: str(text) for language, text in given.items() if text}

    def text(self, here: Lined, name: str) -> str:
        """Return a plain text."""
        given = here.get(name, "")
        self.expect(isinstance(given, str), self.at(here), f"{name}: a text is expected")
        return given.strip() if isinstance(given, str) else ""

    def matching(self, here: Lined, name: str, pattern: re.Pattern[str], words: str) -> str:
        """Return a text of a certain form."""
        given = self.text(here, name)
        self.expect(bool(pattern.fullmatch(given)), self.at(here), f"{name}: {given[:60]!r} is not made of {words}")
        return given

    def one_of(self, here: Lined, name: str, kinds: Any, at: str, default: Any = None) -> Any:
        """Return a member of an enumeration."""
        given = self.text(here, name).upper()
        if not given and default is not None:
            return default
        self.expect(given in set(kinds), at, f"{name}: {given or 'nothing'} is none of {_list(kinds)}")
        return kinds(given) if given in set(kinds) else None

    def once(self, codes: list[str], at: str, what: str) -> None:
        """Say which code stands twice."""
        twice = next((code for code in codes if codes.count(code) > 1), "")
        self.expect(not twice, at, f"{what} {twice} stands twice")

    def at(self, here: Lined) -> str:
        """Return the line of a mapping."""
        return f"line {here.line}" if here.line else ""

    def expect(self, held: object, at: str, words: str) -> None:
        """Note a problem where something does not hold."""
        if not held:
            self.problems.append(f"{at}: {words}" if at else words)


def _needs(wanted: object, kind: Kind) -> str:
    return f"{kind.value} needs them" if wanted else f"{kind.value} has none"


def _list(codes: Any) -> str:
    return ", ".join(str(code) for code in codes)
