"""What every page knows without asking: its language, the same page in the others, the reader's density."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.interfaces.web.addresses import in_every_language
from merida.interfaces.web.languages import LANGUAGES, content_language, direction
from merida.interfaces.web.views.left_out import left_out


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A way to the same page in one language."""

    code: str
    name: str
    direction: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page. ``absolute`` leads search engines to the page in each language."""

    language: str
    direction: str
    languages: tuple[LanguageLink, ...]
    origin: str
    density: str

    @property
    def url(self) -> str:
        """Return the address of this page."""
        return next(link.url for link in self.languages if link.current)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``page`` in every template, and what the reader may do, worked out when it is asked."""
    current = content_language()
    urls = in_every_language(request)
    links = tuple(
        LanguageLink(each.code, each.name, each.direction, urls[each.code], each.code == current) for each in LANGUAGES
    )
    density = "compact" if request.GET.get("density") == "compact" else "comfortable"
    origin = f"{request.scheme}://{request.get_host()}"
    return {
        "page": Page(current, direction(current), links, origin, density),
        "choices_left_out": left_out(request),
        "may_curate": lambda: may(actor_of(request.user), Deed.CONFIRM),
        "may_see_usage": lambda: may(actor_of(request.user), Deed.SEE_USAGE),
    }
