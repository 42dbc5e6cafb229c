"""What those who ask States do: write a questionnaire, publish it, ask, name focal points, remind."""

from collections.abc import Callable
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.people.queries import account_by_email
from merida.foundation.registry.queries import states_by_code
from merida.interfaces.web.letters import send_reminder
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.answer_desk import is_late_now
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.questionnaires import asked_version
from merida.interfaces.web.views.refusals import told
from merida.review.questionnaires import asking, editing, reminding
from merida.review.questionnaires.form_file import FormError, write_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Response, Version
from merida.review.questionnaires.queries import asked_elsewhere, responses
from merida.review.questionnaires.refusing import RefusedError

LARGEST_FILE = 20 * 1024 * 1024  # bytes
REFUSED = 422
PROBLEMS_SHOWN = 50


def questionnaire_write(request: HttpRequest, code: str = "") -> HttpResponse:
    """Write a questionnaire in the browser, or hand in its file; what is wrong is told by line."""
    actor = allowed(request)
    version = asked_version(request, code) if code else None
    text, theirs, problems, status = "", "", [], 200
    if request.method == "POST":
        text = _text_sent(request)
        try:
            take = editing.take_in_recipe if "\nblocks:" in text else editing.take_in
            made = take(actor, text, seen=request.POST.get("seen", ""))
        except FormError as error:
            problems, status = error.problems[:PROBLEMS_SHOWN], REFUSED
        except RefusedError as error:
            problems, status = [told(error)], REFUSED
            if version is not None and request.POST.get("seen") not in {None, "", version.digest}:
                theirs = write_form(form_of(version))
        else:
            messages.success(request, _("Kept as a draft. Publish it once it may be seen."))
            return redirect("questionnaire_desk", made.questionnaire.code)
    elif version is not None:
        text = write_form(form_of(version))
    provision = request.GET.get("provision", "")[:80].strip()
    context = {
        "text": text,
        "theirs": theirs,
        "seen": version.digest if version is not None else "",
        "problems": problems,
        "provision": provision,
        "elsewhere": [
            (
                in_reader_language(one.version.questionnaire.titles, one.version.questionnaire.code),
                reverse("questionnaire_answers", args=(one.version.questionnaire.code, one.identifier)),
                one.identifier,
                one.kind,
            )
            for one in (asked_elsewhere(actor, provision, but=code)[:PROBLEMS_SHOWN] if provision else ())
        ],
        "breadcrumbs": [Link(_("Questionnaires"), reverse("questionnaires")), Link(_("Write"))],
    }
    return render(request, "pages/questionnaire_write.html", context, status=status)


def questionnaire_desk(request: HttpRequest, code: str, *, error: str = "", status: int = 200) -> HttpResponse:
    """Show one questionnaire to those who ask: publish it, ask States, see who has submitted."""
    actor = allowed(request)
    version = asked_version(request, code)
    asked = responses(actor).filter(version=version).order_by("state__iso3")
    older = responses(actor).filter(
        version__questionnaire=version.questionnaire_id, version__number__lt=version.number if version.frozen_at else 0
    )
    context: dict[str, Any] = {
        "version": version,
        "title": in_reader_language(version.questionnaire.titles, code),
        "error": error,
        "behind": older.count(),
        "sent": request.POST,
        "asked": [(one, in_reader_language(one.state.names, one.state.iso3), is_late_now(one)) for one in asked],
        "breadcrumbs": [
            Link(_("Questionnaires"), reverse("questionnaires")),
            Link(code, reverse("questionnaire", args=(code,))),
            Link(_("Desk")),
        ],
    }
    return render(request, "pages/questionnaire_desk.html", context, status=status)


@require_POST
def questionnaire_deed(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Publish, ask, name a focal point, remind."""
    actor, version = allowed(request), asked_version(request, code)
    work = _WORK.get(deed)
    if work is None:
        raise Http404
    try:
        messages.success(request, work(request, actor, version))
    except RefusedError as error:
        return questionnaire_desk(request, code, error=told(error), status=REFUSED)
    return redirect("questionnaire_desk", code)


def _publish(request: HttpRequest, actor: Actor, version: Version) -> str:
    editing.publish_version(
        actor,
        version,
        due_date=_day(request.POST.get("due_date", "")),
        note_verbale=request.POST.get("note_verbale", ""),
        takes_late=bool(request.POST.get("takes_late")),
    )
    return _("Published and frozen.")


def _ask(request: HttpRequest, actor: Actor, version: Version) -> str:
    due = _day(request.POST.get("due_date", ""))
    if request.POST.get("all"):
        return _asked(asking.ask_all_states(actor, version, due_date=due))
    codes = request.POST.get("states", "")[:5000].upper().replace(",", " ").replace(";", " ").split()
    known = states_by_code(codes)
    strange = [code for code in codes if code not in known]
    if strange or not codes:
        raise RefusedError("not in the registry: {what}", what=", ".join(strange[:5]))
    return _asked(asking.ask_states(actor, version, list(known.values()), due_date=due))


def _asked(made: list[Response]) -> str:
    return ngettext("%(count)s State is asked.", "%(count)s States are asked.", len(made)) % {"count": len(made)}


def _focal_point(request: HttpRequest, actor: Actor, version: Version) -> str:
    user = account_by_email(request.POST.get("email", "").strip()[:254])
    if user is None or not user.is_active:
        raise RefusedError("there is no account with this address")
    code = request.POST.get("state", "").strip().upper()[:3]
    response = responses(actor).filter(version=version, state__iso3=code).first()
    if response is None:
        raise RefusedError("not in the registry: {what}", what=code)
    asking.name_focal_point(actor, response, user)
    return _("The focal point is named.")


def _remind(_request: HttpRequest, actor: Actor, version: Version) -> str:
    """Note it for each State, and write to everybody who answers."""
    today = timezone.now().date()
    count = len(asking.remind(actor, version, today=today))
    words = ngettext("%(count)s State is reminded.", "%(count)s States are reminded.", count) % {"count": count}
    try:
        letters = len(reminding.send(actor, reminding.letters_by_hand(version, today), send_reminder).sent)
    except (OSError, SMTPException):
        raise RefusedError("the mail server did not take a letter: try again later") from None
    sent = ngettext("%(count)s letter is sent.", "%(count)s letters are sent.", letters) % {"count": letters}
    return f"{words} {sent}"


_WORK: dict[str, Callable[[HttpRequest, Actor, Version], str]] = {
    "publish": _publish,
    "ask": _ask,
    "focal-point": _focal_point,
    "remind": _remind,
}


def _text_sent(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("text", ""))
    content: bytes = file.read(LARGEST_FILE)
    return content.decode("utf-8-sig", errors="replace")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedError("{text} is no day", text=text[:40]) from None


def allowed(request: HttpRequest) -> Actor:
    """Return who asks States; raises PermissionDenied for anybody else."""
    actor = actor_of(request.user)
    if not may(actor, Deed.ASK_STATES):
        raise PermissionDenied
    return actor
