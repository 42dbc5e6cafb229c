"""The desk of a State's people: all that is asked, how far each part is, what keeps it from being submitted."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.people.queries import account_by_email
from merida.interfaces.web.languages import LANGUAGES, content_language
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import long_date, number
from merida.interfaces.web.views.answer_deeds import register_sent
from merida.interfaces.web.views.answer_words import BLOCKS, short_question
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.refusals import told
from merida.interfaces.web.views.reuse_pieces import title_of
from merida.knowledge.directory.actions import AuthorityError
from merida.knowledge.directory.models import AuthorityFunction
from merida.knowledge.directory.queries import authorities_of
from merida.review.questionnaires import asking, submitting
from merida.review.questionnaires.models import Delegation, Response, ResponseStage, SectionCount
from merida.review.questionnaires.progress import of_questions
from merida.review.questionnaires.queries import (
    Desk,
    ResponseStanding,
    counts,
    delegations,
    desk_of,
    responses,
    standings,
)
from merida.review.questionnaires.reach import Progress, Reach, summed
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.reminding import reminders
from merida.review.questionnaires.submitting import is_late
from merida.review.synergies.reuse_changes import changed_since, changes_waiting

BLOCKS_SHOWN, REMINDERS_SHOWN, CHANGES_SHOWN = 20, 20, 20


def answer_desks(request: HttpRequest) -> HttpResponse:
    """Show everything that is asked of this person's State, what is due first on top."""
    actor = actor_of(request.user)
    if not actor.role:
        raise Http404
    rows = sorted(responses(actor), key=lambda one: (one.due_date or date.max, one.pk))
    known, changed = standings(actor), changes_waiting(actor)
    columns = (
        Column(_("Questionnaire")),
        *([Column(_("Changed elsewhere since"), numeric=True)] if changed else ()),  # seen on a narrow screen too
        Column(_("State")),
        Column(_("Due")),
        Column(_("Where it stands")),
        Column(_("Answered"), numeric=True),
        Column(_("Who is on it")),
    )
    cells = [
        (
            Cell(
                in_reader_language(one.version.questionnaire.titles, one.version.questionnaire.code),
                reverse("answer_desk", args=(one.uuid,)),
            ),
            *([_changed(one, changed.get(one.pk, 0))] if changed else ()),
            Cell(in_reader_language(one.state.names, one.state.iso3)),
            Cell(long_date(one.due_date), detail=_overdue(one.due_date, one)),
            Cell(str(ResponseStage(one.stage).label)),
            *_standing(known.get(one.pk)),
        )
        for one in rows
    ]
    table = Table(_("Asked of your State"), columns, cells, empty=_("Nothing is asked of you."))
    context = {"table": table, "breadcrumbs": [Link(_("My desk"))]}
    return render(request, "pages/answer_desks.html", context)


def _changed(response: Response, count: int) -> Cell:
    """Return how many answers taken there were changed at their source, leading to them."""
    return Cell(number(count), f"{reverse('answer_desk', args=(response.uuid,))}#changed") if count else Cell("")


def _standing(known: ResponseStanding | None) -> tuple[Cell, Cell]:
    if known is None:
        return Cell(""), Cell("")
    answered = f"{number(known.answered)} / {number(known.asked)}"
    return Cell(answered), Cell(pgettext("between items of a list", ", ").join(known.people))


def answer_desk(request: HttpRequest, uuid: UUID, *, status: int = 200, error: str = "") -> HttpResponse:
    """Show one response: its sections, who is on it, what is missing."""
    desk = asked_desk(request, uuid)
    counted = counts(desk)
    people = delegations(desk)
    reach = _reach(desk, people, counted)
    response = desk.response
    held = in_reader_language(response.version.questionnaire.titles, response.version.questionnaire.code)
    waiting, blocks_count = submitting.first_blocks(desk, BLOCKS_SHOWN) if desk.is_focal_point else ([], 0)
    due = min(filter(None, (response.due_date, *desk.due_dates)), default=None)
    total, sections, changed = summed(counted.values()), desk.sections(), changed_since(desk)
    here = reverse("answer_desk", args=(response.uuid,))
    context = {
        "desk": desk,
        "response": response,
        "title": held,
        "subtitle": in_reader_language(response.state.names, response.state.iso3),
        "facts": [
            *([Fact(_("Due"), long_date(due), detail=_overdue(due, response))] if due else []),
            Fact(str(ResponseStage(response.stage).label), long_date(response.submitted_at)),
            *([Fact(_("Note verbale"), note)] if (note := response.version.note_verbale_text) else []),
        ],
        "progress": total if counted else None,
        "sections": [
            (
                in_reader_language(dict(section.title), section.identifier),
                section.provision,
                f"{here}{questions[0].identifier}/",
                counted.get(section.identifier),
                len(questions),
            )
            for section, questions in sections
        ],
        "parts": [section for section, _questions in sections],
        "people": _people(desk, people, reach),
        "ministries": _ministries(people, reach) if desk.is_focal_point else (),
        "blocks": [
            Link(
                short_question(desk.form, each.question),
                f"{here}{each.question}/",
                str(BLOCKS[each.why]),
            )
            for each in waiting
        ],
        "blocks_count": blocks_count,
        "reminders": reminders(desk)[:REMINDERS_SHOWN],
        "authorities": authorities_of(desk.actor, response.state) if desk.is_focal_point else (),
        "authority_functions": AuthorityFunction.choices,
        "changed": [
            Link(short_question(desk.form, each.question), f"{here}{each.question}/", title_of(each.source.response))
            for each in changed[:CHANGES_SHOWN]
        ],
        "changed_count": len(changed),
        "error": error,
        "sent": request.POST,
        "paper_languages": LANGUAGES,
        "reader_language": content_language(),
        "breadcrumbs": [Link(_("My desk"), reverse("answer_desks")), Link(held)],
    }
    return render(request, "pages/answer_desk.html", context, status=status)


@require_POST
def answer_desk_deed(request: HttpRequest, uuid: UUID, deed: str) -> HttpResponse:
    """Delegate, take back, register an authority, submit."""
    desk = asked_desk(request, uuid)
    work = {"delegate": _delegate, "end": _end, "authority": _authority, "submit": _submit}.get(deed)
    if work is None or not desk.is_focal_point:
        raise Http404
    return done_or_shown(
        request, lambda: work(request, desk), lambda words: answer_desk(request, uuid, status=422, error=words)
    )


def asked_desk(request: HttpRequest, uuid: UUID) -> Desk:
    """Return a response as its reader may see it; for anybody else the page does not exist."""
    try:
        return desk_of(actor_of(request.user), uuid)
    except NothingHereError:
        raise Http404 from None


def done_or_shown(
    request: HttpRequest, work: Callable[[], tuple[str, str]], shown: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Do something and lead to where it is seen; where it was refused, show the page again with the reason."""
    try:
        words, address = work()
    except NothingHereError:
        raise Http404 from None
    except (RefusedError, AuthorityError) as error:
        return shown(told(error))
    if words:
        messages.success(request, words)
    return redirect(address)


def _delegate(request: HttpRequest, desk: Desk) -> tuple[str, str]:
    user = account_by_email(request.POST.get("email", "").strip()[:254])
    if user is None or not user.is_active:
        raise RefusedError("there is no account with this address")
    scopes = [each for each in request.POST.getlist("scopes") if each][:500]
    scopes += request.POST.get("questions", "")[:5000].split()
    chosen = request.POST.get("authority", "")
    found = authorities_of(desk.actor, desk.response.state)
    authority = next((each for each in found if str(each.uuid) == chosen), None)
    due = _day(request.POST.get("due_date", ""))
    asking.delegate(desk.actor, desk.response, user, scopes=scopes, authority=authority, due_date=due)
    return _("The part is entrusted."), _address(desk)


def _end(request: HttpRequest, desk: Desk) -> tuple[str, str]:
    asked = request.POST.get("delegation", "")
    row = next((each for each in delegations(desk) if str(each.uuid) == asked and not each.is_focal_point), None)
    if row is None:
        raise NothingHereError
    asking.end_delegation(desk.actor, row)
    return _("The part is taken back; what was written stays."), _address(desk)


def _authority(request: HttpRequest, desk: Desk) -> tuple[str, str]:
    register_sent(request, desk)
    return _("The authority is in the register."), _address(desk)


def _submit(_request: HttpRequest, desk: Desk) -> tuple[str, str]:
    submitting.submit(desk.actor, desk)
    return _("The answers are submitted."), _address(desk)


def _address(desk: Desk) -> str:
    return reverse("answer_desk", args=(desk.response.uuid,))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedError("{text} is no day", text=text[:40]) from None


def is_late_now(response: Response, due: date | None = None) -> bool:
    """Whether a response was first submitted after its day, or still waits after it."""
    day = due or response.due_date
    return is_late((response.first_submitted_at or timezone.now()).date(), day)


def _overdue(due: date | None, response: Response) -> str:
    if is_late_now(response, due):
        return _("late")
    if due is None or response.first_submitted_at is not None:
        return ""
    return _("%(count)s days left") % {"count": number((due - timezone.now().date()).days)}


def _reach(desk: Desk, people: Iterable[Delegation], counted: Mapping[str, SectionCount]) -> Reach:
    single = {scope for each in people for scope in each.scopes if scope not in counted}
    return Reach(counted, of_questions(desk.response, desk.form, single), desk.form.section_of)


def _people(desk: Desk, people: Iterable[Delegation], reach: Reach) -> list[dict[str, Any]]:
    """Return who is on the response, with how far the part of each is."""
    return [
        {
            "uuid": each.uuid,
            "name": str(each.user),
            "authority": "" if each.authority is None else in_reader_language(each.authority.names),
            "focal_point": each.is_focal_point,
            "parts": [short_part(desk, scope) for scope in each.scopes],
            "due": each.due_date,
            "progress": reach.of(each.scopes),
        }
        for each in people
    ]


def _ministries(people: Iterable[Delegation], reach: Reach) -> list[tuple[str, Progress]]:
    """Return how far each ministry or authority is with all that its people are entrusted with."""
    held = ((in_reader_language(one.authority.names), one.scopes) for one in people if one.authority is not None)
    return sorted(reach.of_each(held).items())


def short_part(desk: Desk, scope: str) -> str:
    """Return the name of a section or question."""
    section = desk.form.section_named.get(scope)
    if section is None:
        return short_question(desk.form, scope)
    return section.provision or in_reader_language(dict(section.title), scope)
