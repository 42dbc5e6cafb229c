"""What is done to one answer besides typing. Each returns what to say afterwards."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from merida.foundation.files.actions import store
from merida.interfaces.web.views.answer_forms import key_sent, number_sent
from merida.knowledge.directory.actions import register_authority
from merida.knowledge.directory.models import AuthorityFunction
from merida.knowledge.library.actions import LawError, amend_law, register_law
from merida.knowledge.library.queries import laws_of
from merida.review.questionnaires import answering, discussing, submitting
from merida.review.questionnaires.models import RemarkAudience
from merida.review.questionnaires.queries import Desk, answers_seen
from merida.review.questionnaires.refusing import NothingHereError, RefusedError

Work = Callable[[HttpRequest, Desk, str], str]


def _hand_in(_request: HttpRequest, desk: Desk, question: str) -> str:
    answering.hand_in(desk.actor, desk, question)
    return _("Handed in for internal review.")


def _clear(_request: HttpRequest, desk: Desk, question: str) -> str:
    answering.clear(desk.actor, desk, question)
    return _("Cleared.")


def _give_back(_request: HttpRequest, desk: Desk, question: str) -> str:
    answering.give_back(desk.actor, desk, question)
    return _("A draft again.")


def _settle(request: HttpRequest, desk: Desk, question: str) -> str:
    """Take the merged text, or leave the answer as it is."""
    aside = _identifier(request, "aside")
    value = None
    if request.POST.get("take") == "merged":
        language = request.POST.get("language", "") or desk.response.language
        held = next((one for one in answers_seen(desk, [question]) if one.language == language), None)
        value = {**(held.value if held else {}), "text": request.POST.get("merged", "")}
    elif request.POST.get("take") == "theirs":
        value = answering.text_aside(desk, aside)
    answering.settle(desk.actor, desk, aside, value=value, seen=number_sent(request.POST, "seen"))
    return _("Merged. Both texts stay in the history.")


def _restore(request: HttpRequest, desk: Desk, question: str) -> str:
    saved = answering.restore(
        desk.actor,
        desk,
        question,
        request.POST.get("language", "") or desk.response.language,
        number=number_sent(request.POST, "number"),
        seen=number_sent(request.POST, "seen"),
    )
    return _("Your text is kept beside the answer.") if saved.aside else _("The earlier text is the answer again.")


def _say(request: HttpRequest, desk: Desk, question: str) -> str:
    audience = request.POST.get("audience", RemarkAudience.INTERNAL)
    discussing.say(desk.actor, desk, question, request.POST.get("remark", ""), audience=audience)
    return _("Said.")


def _attach(request: HttpRequest, desk: Desk, question: str) -> str:
    file = request.FILES.get("file")
    if file is None or not file.file:
        raise RefusedError("choose a file first")
    discussing.attach(desk.actor, desk, question, file.file, file.name or "")
    return _("The file is attached.")


def _detach(request: HttpRequest, desk: Desk, _question: str) -> str:
    discussing.detach(desk.actor, desk, _identifier(request, "file"))
    return _("The file is taken away.")


def _consent(request: HttpRequest, desk: Desk, question: str) -> str:
    submitting.consent(desk.actor, desk, question, request.POST.get("language", ""))
    return _("Everybody can read this answer now.")


def _revoke(request: HttpRequest, desk: Desk, question: str) -> str:
    submitting.revoke(desk.actor, desk, question, request.POST.get("language", ""))
    return _("From now on nobody outside reads this answer here.")


def _recall(request: HttpRequest, desk: Desk, question: str) -> str:
    submitting.recall(desk.actor, desk, [question], reason=request.POST.get("reason", ""))
    return _("The answer is recalled and can be changed.")


def _law(request: HttpRequest, desk: Desk, _question: str) -> str:
    """Register a law of the State; it can be chosen from now on, here and in other questionnaires."""
    if desk.entrusted is None:
        raise NothingHereError
    file = request.FILES.get("file")
    stored = None
    if file is not None and file.file:
        discussing.refuse_macros(file.file)
        stored = store(desk.actor, file.file, file.name or "")
    register_law(
        desk.actor,
        desk.response.state,
        {desk.response.language: request.POST.get("title", "")},
        adopted_date=_day(request, "adopted_date"),
        amended_date=_day(request, "amended_date"),
        file=stored,
        workspace=desk.response.workspace,
    )
    return _("The law is in the register: choose it above.")


def _amend(request: HttpRequest, desk: Desk, _question: str) -> str:
    """Note that a law of the own register was amended."""
    if desk.entrusted is None:
        raise NothingHereError
    found = laws_of(desk.actor, desk.response.state).filter(workspace=desk.response.workspace)
    law = found.filter(uuid=_identifier(request, "law")).first()
    if law is None:
        raise NothingHereError
    day = _day(request, "amended_date")
    if day is None:
        raise LawError("amended_date", "say the day")
    amend_law(desk.actor, law, day)
    return _("The amendment is noted; older answers that name the law are marked wherever they are offered.")


def _authority(request: HttpRequest, desk: Desk, _question: str) -> str:
    """Register an authority of the State; it can be chosen from now on, here and in other questionnaires."""
    if desk.entrusted is None:
        raise NothingHereError
    register_sent(request, desk)
    return _("The authority is in the register: choose it above.")


def register_sent(request: HttpRequest, desk: Desk) -> None:
    """Register the authority of a form. Raises AuthorityError."""
    register_authority(
        desk.actor,
        desk.response.state,
        {desk.response.language: request.POST.get("name", "")},
        workspace=desk.response.workspace,
        function=request.POST.get("function", "") or AuthorityFunction.MINISTRY,
        languages=set(request.POST.getlist("languages")),
        contact=request.POST.get("contact", ""),
    )


def _day(request: HttpRequest, name: str) -> date | None:
    given = request.POST.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise LawError(name, "{text} is no day", text=given[:40]) from None


def _identifier(request: HttpRequest, name: str) -> UUID:
    found = key_sent(request.POST, name)
    if found is None:
        raise NothingHereError
    return found


DEEDS: Mapping[str, Work] = {
    "hand-in": _hand_in,
    "clear": _clear,
    "give-back": _give_back,
    "settle": _settle,
    "restore": _restore,
    "say": _say,
    "attach": _attach,
    "detach": _detach,
    "consent": _consent,
    "revoke": _revoke,
    "recall": _recall,
    "law": _law,
    "amend": _amend,
    "authority": _authority,
}
