"""What was recorded last in the observatory, as an Atom feed (RFC 4287) with the same choices as the page."""

import hashlib
import re
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from merida.foundation.access.visibility import ANYBODY
from merida.interfaces.web.views.activities import told_citation, type_name, when
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.observatory_choices import asked, not_offered, theme_name
from merida.interfaces.web.views.observatory_pieces import number_of
from merida.knowledge.observatory import narrowing
from merida.knowledge.observatory.models import Activity, Figure, Recommendation, Told

MOST_ENTRIES = 50
NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold


class _Feed(Atom1Feed):
    """An Atom feed that stays the same while nothing is recorded, also an empty one."""

    def latest_post_date(self) -> datetime:
        """Return the moment of the latest record, a fixed one where there is none."""
        return max((item["updateddate"] for item in self.items), default=NO_MOMENT)


@require_safe
def observatory_feed(request: HttpRequest) -> HttpResponseBase:
    """Give the latest records to everybody: programs that follow a feed are not signed in.

    What cannot be chosen is refused with 400 and said: nobody looks at a feed to see that it tells of everything.
    """
    scheme = narrowing.themes_known()
    wanted = asked(request, scheme)
    if wrong := not_offered(request, wanted):
        return HttpResponseBadRequest("\n".join(map(_plain, wrong)), content_type="text/plain; charset=utf-8")
    title = theme_name(wanted.theme) if wanted.theme else _("Observatory")
    query = request.GET.urlencode()
    page = reverse("observatory") + (f"?{query}" if query else "")
    feed = _Feed(
        title=f"merida: {title}",
        link=request.build_absolute_uri(page),
        feed_url=request.build_absolute_uri(),
        description=None,
        language=language(),
        author_name="merida",
        feed_guid=request.build_absolute_uri(),
    )
    for one in narrowing.latest_told(ANYBODY, wanted.narrowing, MOST_ENTRIES):
        cited = told_citation(one)
        feed.add_item(
            title=_plain(f"{said(one)} ({cited.symbol}, {cited.place})"),
            link=request.build_absolute_uri(cited.url),
            description=_plain(one.words),
            unique_id=f"urn:uuid:{one.uuid}",
            pubdate=one.recorded_at,
            updateddate=one.recorded_at,
        )
    content = feed.writeString("utf-8").encode()
    tag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8", headers={"ETag": tag})
    answer = get_conditional_response(request, etag=tag, response=response) or response
    patch_cache_control(answer, public=True, max_age=0, must_revalidate=True)
    return answer


def said(one: Told) -> str:
    """Return what a record is, on one line."""
    if isinstance(one, Activity):
        return ", ".join(part for part in (type_name(one.type), one.town, when(one)) if part)
    if isinstance(one, Figure):
        return f"{one.counted}: {number_of(one)}"
    return str(one.get_kind_display()) if isinstance(one, Recommendation) else _("Good practice")


def _plain(text: str) -> str:
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
