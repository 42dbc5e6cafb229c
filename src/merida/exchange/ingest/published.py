"""Published answers in the search: those consented to, each language version by itself, gone with the consent."""

from collections.abc import Iterator
from uuid import UUID

from merida.exchange.search.entry import ANSWER, EntryData
from merida.exchange.search.index import delete_entries, put_entries
from merida.foundation.access.visibility import ANYBODY
from merida.foundation.sources.languages import text_in
from merida.review.questionnaires.form import REGISTERED, Question
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Consent, PublishedAnswer, Version
from merida.review.questionnaires.publications import published_answers
from merida.review.questionnaires.values import in_words, plain, row_in_words

_WITH = ("response__state", "response__version__questionnaire")


def published_entries() -> Iterator[EntryData]:
    """Yield what the search holds of all published answers."""
    for row in published_answers(ANYBODY).iterator(chunk_size=500):
        yield _entry(row)


def index_consented(consent: UUID) -> None:
    """Put the answer of a consent into the search as it is published now, or take it out."""
    _anew(Consent.objects.select_related(*_WITH).defer("response__version__content").get(uuid=consent))


def index_recalled(answer: UUID) -> None:
    """Put an answer that was recalled into the search as it is published now: most often not at all."""
    _anew(Answer.objects.select_related(*_WITH).defer("response__version__content").get(uuid=answer))


def _anew(held: Answer | Consent) -> None:
    """Make the entries of one State's answers to a question anew, whichever version they were given to."""
    asked, state = held.response.version.questionnaire, held.response.state
    numbers = Version.objects.filter(questionnaire=asked).values_list("number", flat=True)
    delete_entries([_ref(asked.code, number, state.iso3, held.question) for number in numbers])
    rows = published_answers(ANYBODY).filter(version__questionnaire=asked, state=state, question=held.question)
    put_entries([_entry(row) for row in rows])


def _ref(code: str, number: int, state: str, question: str) -> str:
    return f"answer:{code}/{number}/{state}/{question}"


def _entry(row: PublishedAnswer) -> EntryData:
    version = row.version
    question = form_of(version).by_identifier.get(row.question)
    words = text_in(question.text, row.language).text if question else ""
    state = text_in(row.state.names, row.language).text or row.state.iso3
    return EntryData(
        ref=_ref(version.questionnaire.code, version.number, row.state.iso3, row.question),
        kind=ANSWER,
        language=row.language,
        title=f"{state}: {words or row.question}",
        text=_told(question, row),
        link=("questionnaire_answers", version.questionnaire.code, row.question, str(version.number)),
        states=(row.state.iso3,),
        provisions=_provisions(version, row.question),
        year=row.submitted_date.year,
    )


def _provisions(version: Version, identifier: str) -> tuple[str, ...]:
    form = form_of(version)
    question = form.by_identifier.get(identifier)
    return form.section_named[form.section_of[identifier]].provisions_of(question) if question else ()


def _told(question: Question | None, row: PublishedAnswer) -> str:
    """Return the answer in words; what was chosen from a register is left out: the register is not public."""
    names = {one.code: text_in(one.text, row.language).text for one in question.choices} if question else {}
    told = in_words({name: part for name, part in row.value.items() if name not in REGISTERED}, names)
    if question is None:
        return plain(told)
    return plain(told, row=lambda cells: row_in_words(question, cells, lambda texts: text_in(texts, row.language).text))
