"""What a resolution asks of whom, what was done about it, and what was not reported on."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.cooperation.mandates.models import Mandate
from merida.cooperation.mandates.queries import chain_of, mandate_by_uuid, mandates_of
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.registry.models import Resolution
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views import mandate_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.mandate_forms import ConfirmForm, FollowForm, LinkForm, MandateForm, ReadForm
from merida.interfaces.web.views.naming import name_of_key, title_cell
from merida.knowledge.documents.queries import resolutions_known_to


@public_page
def mandates(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a resolution asks."""
    return mandates_page(request, asked_resolution(request, slug))


def asked_resolution(request: HttpRequest, slug: str) -> Resolution:
    """Return the resolution of an address as far as the reader may know of it. Raises Http404."""
    found = resolutions_known_to(actor_of(request.user)).filter(slug=slug).first()
    if found is None:
        raise Http404(_("No document here names such a resolution."))
    return found


def mandates_page(request: HttpRequest, found: Resolution, **more: Any) -> HttpResponse:
    """Render the page; ``more`` holds forms that were not taken."""
    actor = actor_of(request.user)
    asked = mandates_of(actor, found)
    title = title_cell(found.titles)
    context = {
        "resolution": found,
        "title": name_of_key(found.key),
        "subtitle": title.text,
        "subtitle_language": title.language,
        "asked": pieces.mandates_table(asked, _("Operative paragraphs")) if asked else None,
        "waiting": sum(one.confirmed_at is None for one in asked),
        "unreported": pieces.unreported_table(asked),
        "chain": pieces.chain_table(chain_of(actor, found), found.pk),
        "may_confirm": may(actor, Deed.CONFIRM),
        "read_form": ReadForm(),
        "enter_form": MandateForm(prefix="enter"),
        "follow_form": FollowForm(),
        "breadcrumbs": [
            Link(_("Resolutions"), reverse("resolutions")),
            Link(name_of_key(found.key), reverse("resolution", args=[found.slug])),
            Link(_("What it asks")),
        ],
        **more,
    }
    about = {"resolution": found.key, "title": title.text}
    data = exports.Table(f"mandates-{found.slug}", pieces.COLUMNS, lambda: pieces.rows_of(asked), about)
    return answer(request, "pages/mandates.html", context, data=data)


@public_page
def mandate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one operative paragraph with its evidence."""
    return mandate_page(request, asked_mandate(request, uuid))


def asked_mandate(request: HttpRequest, uuid: UUID) -> Any:
    """Return the mandate of an address as far as the reader may see it. Raises Http404."""
    found = mandate_by_uuid(actor_of(request.user), uuid)
    if found is None:
        raise Http404(_("There is no operative paragraph with this address."))
    return found


def confirm_form_of(one: Mandate) -> ConfirmForm:
    """Return the form with the values of a mandate."""
    names = ("number", "text", "language", "addressee", "condition", "due_date", "due_words")
    return ConfirmForm(initial={name: getattr(one, name) for name in names} | {"seen": one.revision})


def mandate_page(request: HttpRequest, found: Any, **more: Any) -> HttpResponse:
    """Render the page of a mandate; ``more`` holds forms that were not taken."""
    actor = actor_of(request.user)
    named = name_of_key(found.resolution.key)
    context = {
        "mandate": found,
        "title": _("%(resolution)s, paragraph %(number)s") % {"resolution": named, "number": found.number},
        "facts": pieces.facts_of(found),
        "evidence": pieces.evidence_table(found.shown_evidence),
        "links": found.shown_evidence,
        "may_confirm": may(actor, Deed.CONFIRM),
        "confirm_form": confirm_form_of(found),
        "link_form": LinkForm(),
        "breadcrumbs": [
            Link(_("Resolutions"), reverse("resolutions")),
            Link(named, reverse("mandates", args=[found.resolution.slug])),
            Link(found.number),
        ],
        **more,
    }
    data = exports.Table(f"mandate-{found.uuid}", pieces.COLUMNS, lambda: pieces.rows_of([found]))
    return answer(request, "pages/mandate.html", context, data=data)
