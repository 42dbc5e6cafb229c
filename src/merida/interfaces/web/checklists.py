"""A response, or what a State published of it, as one document in a language of the site: all words chosen here."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from merida.exchange.outputs.checklist import Chapter, Checklist, Entry, Grid, Group, Said
from merida.foundation.access.visibility import Actor, Sight
from merida.foundation.registry.models import Mechanism, State
from merida.foundation.sources.languages import text_in
from merida.interfaces.web.answers_book import table_head
from merida.interfaces.web.languages import internal_language
from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.answer_told import authority_names, law_names
from merida.interfaces.web.views.answer_words import KINDS, obligation_words, stage_words
from merida.interfaces.web.views.naming import Names, in_reader_language, names_of_keys
from merida.interfaces.web.views.reuse_pieces import differs_of, taken_words
from merida.knowledge.documents.citing import language_name
from merida.review.questionnaires.conditions import is_ruled_out, questions_behind
from merida.review.questionnaires.form import WITH_ROWS, Form, Question
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import PublishedAnswer, Version
from merida.review.questionnaires.publications import published_answers
from merida.review.questionnaires.queries import Desk, answers_seen, consents, files_seen
from merida.review.synergies.reuse import reuses_of


@dataclass(frozen=True, slots=True)
class _Held:
    """An answer to be printed, in one language."""

    language: str
    value: Mapping[str, Any]
    stage: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """All that is told beside the questions, by identifier; ``missing`` says what an empty place means."""

    language: str
    answers: Mapping[str, list[_Held]]
    laws: Mapping[str, str]
    authorities: Mapping[str, str]
    missing: str
    names: Names
    kinds: Mapping[str, str]  # the words of each kind, looked up once for thousands of questions
    notes: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, list[str]] = field(default_factory=dict)
    not_asked: frozenset[str] = frozenset()


def checklist_of_desk(desk: Desk, language: str, *, day: dt.date) -> Checklist:
    """Return the response as its reader may see it: the own part for a delegate, the submitted texts for the staff."""
    with override(internal_language(language)):
        seen = answers_seen(desk)
        answers: dict[str, list[_Held]] = {}
        stages = {code: stage_words(code) for code in {"SUBMITTED", *(one.stage for one in seen)}}
        for one in seen:
            if one.answer.is_answered and one.value:
                submitted = one.answer.submitted_revision is not None
                stage = stages["SUBMITTED" if submitted else one.stage]
                answers.setdefault(one.question, []).append(_Held(one.language, one.value, stage))
        of_staff = any(desk.sight(each) is Sight.SUBMITTED for each in desk.order()[:1])
        told = _Told(
            language,
            answers,
            law_names(desk.actor, desk.response.state),
            authority_names(desk.actor, desk.response.state),
            _("Not submitted.") if of_staff else _("Not answered."),
            _names(desk.form),
            _kinds(),
            notes=_notes(desk, language),
            files={key: [_file(row) for row in rows] for key, rows in files_seen(desk).items()},
            not_asked=_left_out(desk, answers),
        )
        printed = {(one.question, one.language) for one in seen if one.question in answers}
        public = {(one.question, one.language) for one in consents(desk) if one.revoked_at is None}
        drafts = any(one.answer.submitted_revision is None for one in seen if one.value)
        banners = [
            *([pgettext("banner", "DRAFT: not submitted")] if drafts or not printed else []),
            *([] if printed and printed <= public else [pgettext("banner", "CONFIDENTIAL")]),
        ]
        response = desk.response
        facts = [
            (_("Due"), long_date(response.due_date)),
            (_("Submitted"), long_date(response.submitted_at.date()) if response.submitted_at else ""),
            (_("Note verbale"), response.version.note_verbale_text),
        ]
        return _checklist(
            response.version,
            response.state,
            told,
            list(_chapters(desk.form, told, frozenset(desk.order()))),
            day=day,
            banners=banners,
            facts=facts,
            distribution=_("Distribution: restricted"),
        )


def checklist_of_published(
    actor: Actor, version: Version, state: State, language: str, *, day: dt.date
) -> Checklist | None:
    """Return what a State consented to publish, the other questions left out; None where that is nothing."""
    rows = list(published_answers(actor, version).filter(state=state))
    if not rows:
        return None
    with override(internal_language(language)):
        form, answers = form_of(version), _published(rows)
        told = _Told(
            language, answers, law_names(actor, state), authority_names(actor, state), "", _names(form), _kinds()
        )
        return _checklist(
            version,
            state,
            told,
            list(_chapters(form, told, frozenset(answers))),
            day=day,
            banners=[],
            facts=[(_("Submitted"), long_date(min(row.submitted_date for row in rows)))],
            distribution=_("Distribution: general"),
        )


def _published(rows: Iterable[PublishedAnswer]) -> dict[str, list[_Held]]:
    found: dict[str, list[_Held]] = {}
    for row in rows:
        found.setdefault(row.question, []).append(_Held(row.language, row.value))
    return found


def _checklist(
    version: Version,
    state: State,
    told: _Told,
    chapters: list[Chapter],
    *,
    day: dt.date,
    banners: list[str],
    facts: list[tuple[str, str]],
    distribution: str,
) -> Checklist:
    held = version.questionnaire
    symbol = f"{held.code}/{version.number}/{state.iso3}"
    written = sorted({one.language for rows in told.answers.values() for one in rows})
    original = _("Original: %(languages)s") % {
        "languages": pgettext("between items of a list", ", ").join(language_name(each) for each in written)
    }
    return Checklist(
        language=told.language,
        title=in_reader_language(held.titles, held.code),
        subtitle=in_reader_language(state.names, state.iso3),
        organisation=_organisation(held.mechanism),
        symbol_lines=(symbol, distribution, long_date(day), *([original] if written else [])),
        banners=tuple(banners),
        facts=tuple((label, value) for label, value in facts if value),
        introduction=in_reader_language(dict(form_of(version).introduction)),
        contents=_("Contents"),
        files_label=_("Files"),
        running=symbol,
        chapters=tuple(chapters),
    )


def _organisation(mechanism: Mechanism | None) -> str:
    return in_reader_language(mechanism.names, mechanism.short_name) if mechanism else ""


def _chapters(form: Form, told: _Told, shown: frozenset[str]) -> Iterator[Chapter]:
    for section in form.sections:
        questions = [each for each in section.questions if each.identifier in shown]
        if not questions:
            continue
        title = text_in(section.title, told.language)
        heading = title.text or section.identifier
        if section.provision and section.provision not in heading:
            heading = f"{heading} ({section.provision})"
        groups = [
            Group(
                "" if not provision or provision == section.provision else told.names.get(_key(provision), provision),
                tuple(_entry(form, told, each) for each in some),
            )
            for provision, some in groupby(questions, key=lambda each: each.about)
        ]
        yield Chapter(heading, title.language or told.language, tuple(groups))


def _entry(form: Form, told: _Told, question: Question) -> Entry:
    words = text_in(question.text, told.language)
    held = told.answers.get(question.identifier, [])
    own = [one for one in held if one.language == told.language]
    missing = ""
    if not held:
        missing = _("Not asked, given an earlier answer.") if question.identifier in told.not_asked else told.missing
    kind = [told.kinds[question.kind], obligation_words(question.obligation)]
    said = [_said(told, question, one) for one in own or held]
    if len(said) == 1:  # one line less for each answer
        kind.append(said[0].caption)
        said = [replace(said[0], caption="")]
    return Entry(
        number=str(form.places[question.identifier] + 1),
        question=words.text or question.identifier,
        question_language=words.language or told.language,
        kind=" · ".join(filter(None, kind)),
        said=tuple(said),
        notes=tuple(told.notes.get(question.identifier, ())),
        files=tuple(told.files.get(question.identifier, ())),
        missing=missing,
    )


def _said(told: _Told, question: Question, one: _Held) -> Said:
    caption = [language_name(one.language) if one.language != told.language else "", one.stage]
    return Said(
        language=one.language,
        caption=" · ".join(filter(None, caption)),
        facts=tuple(_facts(told, question, one.value)),
        grid=_grid(question, one.value) if one.value.get("rows") else None,
        text=str(one.value.get("text", "")),
    )


def _facts(told: _Told, question: Question, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    label = told.kinds[question.kind]
    codes = [value["choice"]] if value.get("choice") else list(value.get("choices", ()))
    if codes:
        named = {one.code: in_reader_language(dict(one.text), one.code) for one in question.choices}
        yield label, "; ".join(named.get(code, code) for code in codes)
    if value.get("number"):
        yield label, str(value["number"])
    if value.get("day"):
        yield label, long_date(dt.date.fromisoformat(value["day"]))
    if value.get("laws"):
        unknown = _("a law that is not public")
        yield _("Laws"), "; ".join(told.laws.get(each, unknown) for each in value["laws"])
    if value.get("authorities"):
        unknown = _("an authority that is not public")
        yield _("Authorities"), "; ".join(told.authorities.get(each, unknown) for each in value["authorities"])


def _grid(question: Question, value: Mapping[str, Any]) -> Grid:
    heads = [table_head(one) for one in question.columns]
    numeric = [one.kind == "NUMBER" for one in question.columns]
    held: list[Mapping[str, str]] = list(value["rows"])
    if question.kind in WITH_ROWS:
        by_row = {row.get("row"): row for row in held}
        lines = [
            (
                in_reader_language(dict(row.text), row.identifier),
                *(by_row.get(row.identifier, {}).get(one.identifier, "") for one in question.columns),
            )
            for row in question.rows
        ]
        return Grid(("", *heads), tuple(lines), (False, *numeric))
    lines = [tuple(row.get(one.identifier, "") for one in question.columns) for row in held]
    return Grid(tuple(heads), tuple(lines), tuple(numeric))


def _key(provision: str) -> tuple[str, str]:
    return ("PROVISION", provision)


def _kinds() -> dict[str, str]:
    return {str(kind): str(words) for kind, words in KINDS.items()}


def _names(form: Form) -> Names:
    return names_of_keys({_key(each.provision) for each in form.questions() if each.provision})


def _left_out(desk: Desk, answers: Mapping[str, list[_Held]]) -> frozenset[str]:
    """Return what is not asked, where this reader sees all the answers that say so."""
    primary = desk.response.language
    values = {question: one.value for question, rows in answers.items() for one in rows if one.language == primary}
    return frozenset(
        each.identifier
        for each in desk.form.conditional
        if is_ruled_out(desk.form, each, values)
        and all(desk.sight(one) is Sight.ALL for one in questions_behind(desk.form, [each.identifier]))
    )


def _file(row: Any) -> str:
    return f"{row.name} · SHA-256 {row.file.digest}"


def _notes(desk: Desk, language: str) -> dict[str, list[str]]:
    """Return where answers come from and whether they may be published, for the State's own people."""
    found: dict[str, list[str]] = {}
    taken = reuses_of(desk)
    differs = differs_of(taken, language)
    for row in taken:
        found.setdefault(row.question, []).append(taken_words(row, differs.get(row.mapping_code, "")))
    for one in consents(desk):
        if one.revoked_at is None:
            words = _("Consent to publication given on %(day)s: %(language)s") % {
                "day": long_date(one.given_at.date()),
                "language": language_name(one.language),
            }
            found.setdefault(one.question, []).append(words)
    return found
