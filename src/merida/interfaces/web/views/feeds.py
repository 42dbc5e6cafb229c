"""Feeds for calendar programs: of a State, of a mechanism or one of its cycles, of a person by a secret address."""

import hashlib
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from merida.exchange.outputs.calendar import CalendarEvent, calendar_feed
from merida.foundation.access.visibility import ANYBODY
from merida.foundation.changes.queries import latest_moment
from merida.foundation.registry.figures import cycles_of, mechanism_by_slug
from merida.foundation.registry.models import Mechanism
from merida.interfaces.web.templatetags.words import language_name
from merida.interfaces.web.views import visit_pieces as pieces
from merida.interfaces.web.views.calendars import asked_state
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism
from merida.review.synergies.following import subscription_by_token
from merida.review.synergies.models import Firmness, Visit
from merida.review.synergies.queries import visits_of, visits_of_mechanism, visits_seen

# Programs that follow a feed are not signed in: the public feeds are the same for everybody.


@require_safe
def state_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the public visits to a State."""
    found = asked_state(slug)
    name = _("%(name)s: visits") % {"name": in_reader_language(found.names, found.iso3)}
    return _public(request, visits_of(ANYBODY, found), name, f"visits-{found.slug}")


@require_safe
def mechanism_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give the public visits of a mechanism."""
    found = _mechanism(slug)
    return _public(request, visits_of_mechanism(ANYBODY, found), _name_of(found), f"visits-{slug}")


@require_safe
def cycle_feed(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Give the public visits of one cycle of a mechanism, by its dates."""
    found = _mechanism(slug)
    cycle = next((one for one in cycles_of(found) if one.number == number), None)
    if cycle is None:
        raise Http404(_("This mechanism has no such cycle."))
    name = f"{_name_of(found)} ({cycle.version.get_term_display()} {cycle.number})"
    return _public(request, visits_of_mechanism(ANYBODY, found, cycle), name, f"visits-{slug}-{number}")


@require_safe
def person_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give what the owner of a secret address may see, drafts too where the role allows it."""
    held = subscription_by_token(token)
    if held is None:
        raise Http404(_("There is no such calendar."))
    actor, subscription = held
    state = subscription.state
    visits = visits_seen(actor) if state is None else visits_of(actor, state)
    named = in_reader_language(state.names, state.iso3) if state else "merida"
    content = _content(request, visits, _("%(name)s: visits") % {"name": named})
    # Without Last-Modified: what a person may see changes without any visit changing.
    response = _answer(request, content, "visits")
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def _public(request: HttpRequest, visits: Iterable[Visit], name: str, file: str) -> HttpResponseBase:
    changed = latest_moment("visit")
    response = _answer(request, _content(request, visits, name), file, int(changed.timestamp()) if changed else None)
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def _answer(request: HttpRequest, content: bytes, file: str, changed: int | None = None) -> HttpResponseBase:
    """Return the feed, or 304 where the program has it; ``changed`` is a moment in seconds."""
    tag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    response["ETag"] = tag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag=tag, last_modified=changed, response=response) or response


def _content(request: HttpRequest, visits: Iterable[Visit], name: str) -> bytes:
    return calendar_feed(
        (_event(request, one) for one in visits),
        name=name,
        language=language(),
        description=_("Visits of review mechanisms, kept up to date by merida."),
        source=request.build_absolute_uri(),
    )


def _event(request: HttpRequest, visit: Visit) -> CalendarEvent:
    said = [visit.get_kind_display(), visit.get_firmness_display(), *map(language_name, visit.languages)]
    title = f"{pieces.mechanism_name(visit)}: {pieces.state_name(visit)}"
    marks = [pieces.session_of(visit)] if visit.first_session_id else []
    marks += [_("Sample")] if visit.is_sample else []
    marks += [] if visit.published_at else [_("draft, not public")]
    return CalendarEvent(
        uid=str(visit.uuid),
        title=f"{title} [{', '.join(marks)}]" if marks else title,
        first_date=visit.first_date,
        last_date=visit.last_date,
        changed_at=visit.changed_at,
        sequence=visit.sequence,
        description=" · ".join(said),
        url=request.build_absolute_uri(reverse("visit", args=[visit.uuid])),
        categories=(visit.mechanism.code,),
        comment=visit.change_reason,
        tentative=visit.firmness != Firmness.FIXED,
        cancelled=visit.cancelled_at is not None,
    )


def _mechanism(slug: str) -> Mechanism:
    found = mechanism_by_slug(slug)
    if found is None:
        raise Http404(_("There is no mechanism with this address."))
    return found


def _name_of(one: Mechanism) -> str:
    return _("%(name)s: visits") % {"name": short_mechanism(one.code, one.short_name)}
