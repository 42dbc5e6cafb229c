"""Published answers in the search: those consented to, each language version by itself, gone with the consent."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction

from merida.exchange.search.entry import ANSWER, EntryData
from merida.exchange.search.index import delete_entries, put_entries
from merida.exchange.search.models import Entry
from merida.foundation.access.visibility import ANYBODY
from merida.foundation.sources.languages import text_in
from merida.review.questionnaires.form import REGISTERED, Question
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Consent, PublishedAnswer, Version
from merida.review.questionnaires.publications import published_answers
from merida.review.questionnaires.values import in_words, plain, row_in_words

AT_ONCE: Final = 50  # answers in one transaction: others wait to save for as long as it takes
_WITH = ("response__state", "response__version__questionnaire")


def published_numbers() -> list[int]:
    """Return the numbers of all answers that are published now."""
    return list(published_answers(ANYBODY).order_by("pk").values_list("pk", flat=True))


def index_numbered(numbers: Iterable[int]) -> int:
    """Put those of these answers into the search that are still published; return how many entries that were.

    They are read in the transaction that writes, and held until it ends: consent that was withdrawn meanwhile counts.
    """
    with transaction.atomic():
        rows = published_answers(ANYBODY).filter(pk__in=list(numbers)).order_by("pk")
        return put_entries([_entry(row) for row in rows.select_for_update(of=("self",))])


def withdraw_left_over() -> int:
    """Take out what the search holds of answers that are not published; return how many entries that were."""
    named = ("version__questionnaire__code", "version__number", "state__iso3", "question")
    with transaction.atomic():
        held = set(Entry.objects.filter(kind=ANSWER).values_list("ref", flat=True))
        published = published_answers(ANYBODY).order_by().values_list(*named).distinct()
        return delete_entries(held - {_ref(*names) for names in published})


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
    rows = published_answers(ANYBODY).filter(version__questionnaire=asked, state=state, question=held.question)
    entries = [_entry(row) for row in rows.select_for_update(of=("self",))]  # first: who puts them in now ends before
    delete_entries([_ref(asked.code, number, state.iso3, held.question) for number in numbers])
    put_entries(entries)


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
