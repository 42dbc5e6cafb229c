"""The inbox of proposals: what waits, one after the other beside its paragraph, decided by form or by key."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from merida.exchange.curation import actions, queries
from merida.exchange.curation.actions import DecisionError
from merida.exchange.curation.models import Proposal, ProposalKind, ProposalState
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views import curation_pieces as pieces
from merida.interfaces.web.views.activities import paragraph_address
from merida.interfaces.web.views.curation_forms import ValuesForm, form_for
from merida.interfaces.web.views.listing import numbered_page, pages_of
from merida.knowledge.documents.citing import place_in_words, title_of
from merida.knowledge.observatory.values import ValuesError

MOST_DIGITS = 9
DESK = "X-Desk"  # sent by the page's script: "next" asks for the next proposal, "ahead" for a line only
LATELY = timedelta(hours=1)


@never_cache
def curation(request: HttpRequest) -> HttpResponse:
    """Show what waits, by document and kind, and how often each rule is right."""
    actor = _allowed(request)
    page = numbered_page(request, queries.groups(actor))
    records = queries.rule_records(actor)
    context = {
        "table": pieces.groups_table(list(page.object_list)),
        "pages": pages_of(request, page),
        "rules": pieces.rules_table(records),
        "sure": [one for one in records if one.is_sure and one.waiting],
        "enough": pieces.enough_in_words(),
        "waiting": sum(one.waiting for one in page.paginator.object_list),
        "breadcrumbs": [Link(_("Proposals"))],
    }
    return render(request, "pages/curation.html", context)


@never_cache
def curation_next(request: HttpRequest) -> HttpResponse:
    """Lead to the first proposal that waits, of a text and kind where they are asked for."""
    actor = _allowed(request)
    kind = request.GET.get("kind", "")
    found = queries.first_waiting(
        actor, version=_identifier(request.GET.get("text", "")), kind=kind if kind in ProposalKind.values else ""
    )
    return redirect("proposal", found.uuid) if found else redirect("curation")


@never_cache
def proposal(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Show a proposal beside its paragraph, and take what is decided about it."""
    actor = _allowed(request)
    one = _asked(actor, identifier)
    if request.method != "POST":
        return _desk(request, actor, one)
    form = form_for(one.kind, one.values, request.POST)
    decide = DECISIONS.get(request.POST.get("decision", ""), _unknown)
    try:
        decided = decide(actor, one, form, request)
    except ValuesError as error:
        form.refuse(error)
        return _desk(request, actor, one, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except DecisionError as error:
        return _refused(request, actor, one, error)
    except _UnfinishedError:
        return _desk(request, actor, one, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _go_on(request, actor, decided)


@require_POST
def curation_undo(request: HttpRequest) -> HttpResponse:
    """Undo what the person decided last."""
    actor = _allowed(request)
    one = queries.last_decided_by(actor)
    if one is None:
        messages.warning(request, _("There is no decision of yours to undo."))
        return redirect("curation")
    one = _asked(actor, one.uuid)
    try:
        actions.undo(actor, one.uuid, revision=one.revision)
    except DecisionError as error:
        return _refused(request, actor, one, error)
    if _by_script(request):
        return _desk(request, actor, _asked(actor, one.uuid), said=_("Undone."))
    messages.success(request, _("Undone."))
    return redirect("proposal", one.uuid)


@require_POST
def curation_rule(request: HttpRequest) -> HttpResponse:
    """Accept everything that a sure rule proposes."""
    actor = _allowed(request)
    try:
        count = actions.accept_all(actor, request.POST.get("kind", ""), request.POST.get("rule", ""))
    except DecisionError as error:
        messages.error(request, _sentence(error))
    else:
        said = ngettext("%(count)s proposal was accepted.", "%(count)s proposals were accepted.", count)
        messages.success(request, said % {"count": number(count)})
    return redirect("curation")


# ---------------------------------------------------------------- decisions


class _UnfinishedError(ValueError):
    """The form says what is wrong."""


def _unknown(_actor: Actor, _one: Proposal, _form: ValuesForm, _request: HttpRequest) -> Proposal:
    raise DecisionError("NO_DECISION", "there is no such decision")


def _accept(actor: Actor, one: Proposal, form: ValuesForm, request: HttpRequest) -> Proposal:
    if not form.is_valid():
        raise _UnfinishedError
    return actions.correct(actor, one.uuid, form.values, revision=_revision(request))


def _reject(actor: Actor, one: Proposal, _form: ValuesForm, request: HttpRequest) -> Proposal:
    return actions.reject(actor, one.uuid, revision=_revision(request))


def _merge(actor: Actor, one: Proposal, _form: ValuesForm, request: HttpRequest) -> Proposal:
    into = _identifier(request.POST.get("same_as", ""))
    if not into:
        raise DecisionError("NOT_MERGED", "say which one it is")
    return actions.merge(actor, one.uuid, UUID(into), revision=_revision(request))


def _split(actor: Actor, one: Proposal, form: ValuesForm, request: HttpRequest) -> Proposal:
    if not form.is_valid():
        raise _UnfinishedError
    values = form.values
    states = values.get("states", [])
    each = [{**values, "states": [state]} for state in states] if len(states) > 1 else [values, values]
    return actions.split(actor, one.uuid, each, revision=_revision(request))


def _undo(actor: Actor, one: Proposal, _form: ValuesForm, request: HttpRequest) -> Proposal:
    return actions.undo(actor, one.uuid, revision=_revision(request))


DECISIONS: dict[str, Callable[[Actor, Proposal, ValuesForm, HttpRequest], Proposal]] = {
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "split": _split,
    "undo": _undo,
}


# ---------------------------------------------------------------- answers


def _go_on(request: HttpRequest, actor: Actor, one: Proposal) -> HttpResponse:
    """Say what was done and show what waits next; after undoing that is the proposal itself."""
    is_open = one.state == ProposalState.PROPOSED
    said = _("Undone.") if is_open else pieces.said_of(one)
    if request.headers.get(DESK) == "ahead":  # the page shows the next one already
        return render(request, "pages/_curation_said.html", {"said": said, **_counts(actor, one)})
    following = one if is_open else queries.next_after(actor, one)
    if _by_script(request):
        return _desk(request, actor, following, said=said) if following else _finished(request, said)
    messages.success(request, said)
    return redirect("proposal", following.uuid) if following else redirect("curation")


def _finished(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={f"{DESK}-Way": reverse("curation")})


def _refused(request: HttpRequest, actor: Actor, one: Proposal, error: DecisionError) -> HttpResponse:
    """Show the proposal as it is now with why the decision could not be taken."""
    if error.code == "NOT_THERE":
        raise Http404(_("There is no such proposal."))
    return _desk(request, actor, _asked(actor, one.uuid), problem=_sentence(error), status=HTTPStatus.CONFLICT)


def _desk(
    request: HttpRequest,
    actor: Actor,
    one: Proposal,
    *,
    form: ValuesForm | None = None,
    said: str = "",
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    before, following = queries.ways_from(actor, one)
    is_open = one.state == ProposalState.PROPOSED
    document = one.version.document
    others = queries.could_be_the_same(actor, one) if is_open else []
    shown = form or form_for(one.kind, one.shown_values)
    context = {
        "one": one,
        "is_open": is_open,
        "kind": ProposalKind(one.kind).label,
        "name": document.symbol or title_of(document, one.version.language) or document.slug,
        "place": place_in_words(one.place),
        "paragraph": pieces.shown_paragraph(one),
        "paragraph_url": paragraph_address(one.version, one.place),
        "form": shown,
        "said": said,
        "problem": problem,
        "state": pieces.state_in_words(one),
        **_counts(actor, one),
        "record": pieces.record_in_words(queries.rule_record(actor, one.kind, one.family)),
        "others": [(other.uuid, pieces.named(other)) for other in others],
        "later": form_for(one.kind, one.later_values) if one.later_values else None,
        "deeds": pieces.deeds(history(reference_to(one))) if one.revision else [],
        "next_url": reverse("proposal", args=[following]) if following else "",
        "previous_url": reverse("proposal", args=[before]) if before else "",
        "breadcrumbs": [Link(_("Proposals"), reverse("curation")), Link(document.symbol or document.slug)],
    }
    template = "pages/_curation_desk.html" if _by_script(request) else "pages/proposal.html"
    return render(request, template, context, status=status)


def _counts(actor: Actor, one: Proposal) -> dict[str, int]:
    return {
        "waiting": queries.waiting_beside(actor, one),
        "lately": queries.decided_since(actor, timezone.now() - LATELY),
    }


def _sentence(error: DecisionError) -> str:
    meanwhile = _("%(who)s decided about this meanwhile. Nothing of yours was recorded.")
    sentences = {
        "DECIDED_MEANWHILE": meanwhile,
        "DECIDED": meanwhile,
        "CHANGED": _("This was changed meanwhile; look at it again."),
        "NOT_MERGED": _("Choose a proposal of the same document and kind that was not rejected."),
        "NOT_DECIDED": _("There is no decision to undo."),
        "PARTS_DECIDED": _("Undo what was decided about its parts first."),
        "RULE_NOT_SURE": _("This rule is not sure enough to accept all that it proposes."),
        "NOT_IN_BULK": _("Nothing was accepted: one of the proposals cannot be recorded as it is (%(words)s)."),
    }
    sentence = sentences.get(error.code, _("This decision cannot be taken here."))
    return sentence % {"who": error.who, "words": str(error)}


def _revision(request: HttpRequest) -> int:
    """Return the revision that the person saw; one that is none is nobody's."""
    asked = request.POST.get("revision", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS else -1


def _identifier(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _by_script(request: HttpRequest) -> bool:
    return DESK in request.headers


def _asked(actor: Actor, identifier: UUID) -> Proposal:
    found = queries.proposal_of(actor, identifier)
    if found is None:
        raise Http404(_("There is no such proposal."))
    return found


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied
    return actor
