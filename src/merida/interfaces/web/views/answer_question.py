"""One question at a State's desk: the answer as it is typed, texts beside each other, files, consent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Sight
from merida.foundation.files.queries import open_stored
from merida.foundation.files.sniffing import NotAcceptedError
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.words import moment
from merida.interfaces.web.views.answer_deeds import DEEDS
from merida.interfaces.web.views.answer_desk import asked_desk, done_or_shown
from merida.interfaces.web.views.answer_forms import heads_of, key_sent, number_sent, options_of, rows_of, value_sent
from merida.interfaces.web.views.answer_told import registered_names, told_plainly
from merida.interfaces.web.views.answer_words import KINDS, aside_words, question_words, short_question, stage_words
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.refusals import told
from merida.interfaces.web.views.suggesting import origins_of, suggestions_for
from merida.knowledge.directory.actions import AuthorityError
from merida.knowledge.directory.models import AuthorityFunction
from merida.knowledge.directory.queries import authorities_of
from merida.knowledge.library.actions import LawError
from merida.knowledge.library.queries import laws_of
from merida.review.questionnaires import queries
from merida.review.questionnaires.answering import Saved, save_answer
from merida.review.questionnaires.conditions import is_asked, questions_behind
from merida.review.questionnaires.form import Part, Question
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.merging import merge
from merida.review.questionnaires.models import Revision
from merida.review.questionnaires.queries import AnswerSeen, Desk
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.values import LONGEST_TEXT, ValueProblem

REFUSED = 422


def answer_question(
    request: HttpRequest,
    uuid: UUID,
    identifier: str,
    *,
    status: int = 200,
    error: str = "",
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a question with its answer; what was ``typed`` and not taken stands in the form again."""
    if request.method == "POST" and not error:
        return _saved(request, uuid, identifier)
    desk = asked_desk(request, uuid)
    try:
        question, sight = queries.seen_question(desk, identifier)
    except NothingHereError:
        raise Http404 from None
    language = language_asked(request, desk)
    behind = queries.answers_seen(desk, {identifier, *questions_behind(desk.form, [identifier])})
    here = {one.language: one for one in behind if one.question == identifier}
    primary = {one.question: one.value for one in behind if one.language == desk.response.language}
    answer = here.get(language)
    value: dict[str, Any] = answer.value if answer else {}
    kept_in_form, is_too_long = typed is not None, _is_too_long(typed or {})
    typed = value if typed is None else typed
    context = {
        "desk": desk,
        "question": question,
        "words": question_words(question),
        "guidance": in_reader_language(dict(question.guidance)),
        "kind": KINDS[question.kind],
        "sight": sight.value,
        "may_write": sight is Sight.ALL,
        "language": language,
        "languages": _languages(desk, identifier, language, set(here)),
        "answer": answer,
        "stage": stage_words(answer.stage) if answer and answer.value else "",
        "is_submitted": bool(answer and answer.answer.submitted_revision is not None),
        "value": typed,
        "plain": told_plainly(question, value, registered_names(desk.actor, [value])),
        "revision": answer.revision if answer else 0,
        "parts": {part.value: True for part in question.parts},
        "options": options_of(question, typed),
        "heads": heads_of(question),
        "rows": rows_of(question, typed) if Part.ROWS in question.parts else (),
        "is_asked": is_asked(desk.form, question, primary),
        "error": error,
        "kept_in_form": kept_in_form,
        "is_too_long": is_too_long,
        "longest_text": LONGEST_TEXT,
        **_around(desk, question),
        **(_inside(desk, question, language, answer, sent=_merged_sent(request)) if sight is Sight.ALL else {}),
        "remarks": queries.remarks(desk, identifier),
        "attachments": queries.attachments(desk, identifier),
        "suggestions": suggestions_for(desk, identifier, language) if sight is Sight.ALL else (),
        "origins": origins_of(desk, identifier) if sight is Sight.ALL else (),
        "breadcrumbs": way_to(desk, question),
    }
    return render(request, "pages/answer_question.html", context, status=status)


@require_POST
def answer_deed(request: HttpRequest, uuid: UUID, identifier: str, deed: str) -> HttpResponse:
    """Do one thing to an answer: hand in, clear, merge, restore, attach, say, consent."""
    desk, work = asked_desk(request, uuid), DEEDS.get(deed)
    if work is None or (deed != "say" and desk.sight(identifier) is not Sight.ALL):
        raise Http404
    try:
        return done_or_shown(
            request,
            lambda: (work(request, desk, identifier), answer_address(desk, identifier, language_asked(request, desk))),
            lambda words: answer_question(request, uuid, identifier, status=REFUSED, error=words),
        )
    except (ValueProblem, NotAcceptedError, LawError, AuthorityError) as error:
        return answer_question(request, uuid, identifier, status=REFUSED, error=told(error))


def answer_file(request: HttpRequest, uuid: UUID, file: UUID) -> FileResponse:
    """Send a file that was handed in, as a download and never shown inside the site."""
    try:
        row = queries.attachment_seen(asked_desk(request, uuid), file)
    except NothingHereError:
        raise Http404 from None
    return FileResponse(
        open_stored(row.file), as_attachment=True, filename=row.name, content_type="application/octet-stream"
    )


def language_asked(request: HttpRequest, desk: Desk) -> str:
    """Return the language version that is asked for, that of the response without one."""
    asked = request.POST.get("language") or request.GET.get("version", "")
    return asked if asked in LANGUAGES else desk.response.language


def _saved(request: HttpRequest, uuid: UUID, identifier: str) -> HttpResponse:
    """Keep what was typed; the answer to a browser that saves while typing is short."""
    actor, quietly = actor_of(request.user), "X-Autosave" in request.headers
    response = queries.response_written_to(actor, uuid)
    question = form_of(response.version).by_identifier.get(identifier) if response else None
    if response is None or question is None:
        raise Http404
    try:
        saved = save_answer(
            actor,
            response,
            identifier,
            value_sent(question, request.POST),
            language=request.POST.get("language", ""),
            seen=number_sent(request.POST, "seen"),
            sent_key=key_sent(request.POST),
        )
    except NothingHereError:
        raise Http404 from None
    except (ValueProblem, RefusedError) as error:
        if quietly:
            return JsonResponse({"kept": False, "words": told(error)}, status=REFUSED)
        typed = value_sent(question, request.POST)
        return answer_question(request, uuid, identifier, status=REFUSED, error=told(error), typed=typed)
    if quietly:
        return JsonResponse(_short(saved))
    return _after_saving(request, uuid, identifier, saved)


def _after_saving(request: HttpRequest, uuid: UUID, identifier: str, saved: Saved) -> HttpResponse:
    if saved.aside:
        messages.warning(request, f"{aside_words(saved.aside)}. {_('Your text is kept beside the answer.')}")
    else:
        messages.success(request, _("Saved."))
    if saved.aside == "NO_LONGER_ENTRUSTED":
        return redirect("answer_desks")
    return redirect(f"{reverse('answer_question', args=(uuid, identifier))}?version={saved.answer.language}")


def _short(saved: Saved) -> dict[str, Any]:
    words = f"{aside_words(saved.aside)}. {_('Your text is kept beside the answer.')}" if saved.aside else ""
    return {
        "kept": True,
        "aside": saved.aside,
        # who lost access is not told how the answer went on
        "revision": saved.revision.based_on if saved.aside == "NO_LONGER_ENTRUSTED" else saved.answer.revision,
        "words": words or _("Saved %(moment)s") % {"moment": moment(saved.revision.made_at)},
    }


def _around(desk: Desk, question: Question) -> dict[str, Any]:
    """Return the questions of the section that this person may see, and the ways back and on."""
    seen, section = desk.order(), desk.form.section_named[desk.form.section_of[question.identifier]]
    place = desk.form.places[question.identifier] if desk.is_focal_point else seen.index(question.identifier)
    here = reverse("answer_desk", args=(desk.response.uuid,))  # one look-up, not one a question
    kinds = {kind: str(words) for kind, words in KINDS.items()}
    return {
        "section_title": in_reader_language(dict(section.title), section.identifier),
        "siblings": [
            Link(
                f"{one.about or one.identifier} · {kinds[one.kind]}",
                f"{here}{one.identifier}/",
                current=one.identifier == question.identifier,
            )
            for one in section.questions
            if desk.sight(one.identifier) is not Sight.NOTHING
        ],
        "back": f"{here}{seen[place - 1]}/" if place else "",
        "next": f"{here}{seen[place + 1]}/" if place + 1 < len(seen) else "",
    }


def _inside(
    desk: Desk, question: Question, language: str, answer: AnswerSeen | None, *, sent: tuple[int, Mapping[str, str]]
) -> dict[str, Any]:
    """Return what only the State's own people see: texts kept aside, registers, consent. The history is apart."""
    value: dict[str, Any] = answer.value if answer else {}
    waiting = queries.kept_aside(desk, question.identifier, language) if answer else []
    seen, merged = sent  # where somebody changed the answer meanwhile, their change is joined to what was sent
    numbers = {one.based_on for one in waiting} | ({seen} if merged else set())
    bases = queries.texts_numbered(desk, question.identifier, language, numbers)
    sent_anew = {
        name: merge(bases.get(seen, {}).get("text", ""), text, value.get("text", "")).text
        for name, text in merged.items()
    }
    given = (
        [one for one in queries.consents(desk, [question.identifier]) if one.language == language]
        if answer and answer.answer.submitted_at
        else []
    )
    chosen = {*value.get("laws", ()), *value.get("authorities", ())}
    names = registered_names(desk.actor, [one.value for one in waiting])
    laws = list(laws_of(desk.actor, desk.response.state)) if Part.LAWS in question.parts else []
    return {
        "beside": [
            _beside(question, one, value, bases.get(one.based_on, {}), names) | {"typed": sent_anew.get(str(one.uuid))}
            for one in waiting
        ],
        "history": reverse("answer_history", args=(desk.response.uuid, question.identifier)) if answer else "",
        "consents": given,
        "has_consent": any(one.revoked_at is None for one in given),
        "authority_functions": AuthorityFunction.choices,
        "authorities": [
            (one, in_reader_language(one.names), str(one.uuid) in chosen)
            for one in (authorities_of(desk.actor, desk.response.state) if Part.AUTHORITIES in question.parts else ())
        ],
        "laws": [(law, in_reader_language(law.titles), str(law.uuid) in chosen) for law in laws],
        "own_laws": [
            (law, in_reader_language(law.titles)) for law in laws if law.workspace_id == desk.response.workspace_id
        ],
    }


def _is_too_long(typed: Mapping[str, Any]) -> bool:
    return any(isinstance(each, str) and len(each) > LONGEST_TEXT for each in typed.values())


def _merged_sent(request: HttpRequest) -> tuple[int, dict[str, str]]:
    """Return the revision that was seen, and the merged text not taken by the text it would have settled."""
    merged = request.POST.get("merged", "").replace("\r\n", "\n")
    return number_sent(request.POST, "seen"), {request.POST.get("aside", ""): merged} if merged else {}


def _beside(
    question: Question, row: Revision, value: dict[str, Any], base: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    """Return a text kept aside with a proposal how the two become one."""
    joined = merge(base.get("text", ""), value.get("text", ""), row.value.get("text", ""))
    return {
        "row": row,
        "why": aside_words(row.aside),
        "plain": told_plainly(question, row.value, names),
        "merged": joined,
    }


def _languages(desk: Desk, identifier: str, language: str, held: set[str]) -> list[Link]:
    return [
        Link(code, f"{answer_address(desk, identifier)}?version={code}", current=code == language, language=code)
        for code in LANGUAGES
        if code in held or code == language or desk.sight(identifier) is Sight.ALL
    ]


def answer_address(desk: Desk, identifier: str, language: str = "") -> str:
    """Return the address of a question in a language version."""
    address = reverse("answer_question", args=(desk.response.uuid, identifier))
    return f"{address}?version={language}" if language and language != desk.response.language else address


def way_to(desk: Desk, question: Question) -> list[Link]:
    """Return the way to a question."""
    held = desk.response.version.questionnaire
    return [
        Link(_("My desk"), reverse("answer_desks")),
        Link(in_reader_language(held.titles, held.code), reverse("answer_desk", args=(desk.response.uuid,))),
        Link(short_question(desk.form, question.identifier)),
    ]
