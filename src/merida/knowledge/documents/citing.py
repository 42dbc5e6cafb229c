"""How a paragraph is cited: in words of the reader's language, and as an address that lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from merida.knowledge.documents.models import Document, Version
from merida.knowledge.documents.places import UNKNOWN_LANGUAGE, anchor, heading_anchor, on_first_page

LANGUAGE_NAMES: Mapping[str, object] = {
    "ar": gettext_lazy("Arabic"),
    "zh": gettext_lazy("Chinese"),
    "en": gettext_lazy("English"),
    "fr": gettext_lazy("French"),
    "ru": gettext_lazy("Russian"),
    "es": gettext_lazy("Spanish"),
}


class Citation(NamedTuple):
    """One place of one version of a document.

    ``version`` is the number of an earlier text, 0 where the current one is meant; ``place`` is ``""`` for the whole
    document; ``name`` is the symbol, or the title where no symbol is printed; ``mark`` the anchor on the page;
    ``page`` the printed page where the file has pages, else 0.
    """

    name: str
    slug: str
    language: str
    place: str = ""
    version: int = 0
    mark: str = ""
    page: int = 0

    def __str__(self) -> str:
        """Return the citation in the reader's language: ``CAC/COSP/WG.4/2020/3, para. 15 (Chinese)``."""
        return self.in_words(words_of(get_language()))

    def in_words(self, said: "Words") -> str:
        """Return the citation in these words: a page that cites a hundred places asks once for its language."""
        language = said.languages.get(self.language, "")
        place = _place(self.place, said)
        if self.page and place:
            place = said.page % {"place": place, "page": self.page}
        words = {"document": self.name, "place": place, "language": language}
        text = (said.place if self.place else said.document) % words
        return said.version % {"citation": text, "number": self.version} if self.version else text

    def address(self, interface: str = "en") -> str:
        """Return the lasting address of the place on the pages in language ``interface``."""
        path = f"/{interface}/documents/{self.slug}/{self.language or UNKNOWN_LANGUAGE}/{self._query()}"
        return f"{path}#{self.mark}" if self.mark else path

    def _query(self) -> str:
        query = {"version": str(self.version)} if self.version else {}
        if not on_first_page(self.place):
            query["at"] = self.place
        return f"?{urlencode(query)}" if query else ""


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language, ``""`` for an unknown one."""
    return words_of(get_language()).languages.get(code, "")


def place_in_words(place: str) -> str:
    """Return a place as people cite it: ``para. 15``, ``footnote 3``, ``heading II.A``."""
    return _place(place, words_of(get_language()))


def _place(place: str, said: "Words") -> str:
    if place[:1].isdigit():
        return said.paragraph % {"number": place}
    if place.startswith("fn"):
        return said.footnote % {"number": place[2:]}
    if place.startswith("h:"):
        return said.heading % {"number": place[2:]}
    if place == "title":
        return said.title
    return said.unnumbered % {"number": place.lstrip("u")} if place else ""


@dataclass(frozen=True, slots=True)
class Words:
    """What citations are made of in one language."""

    document: str
    place: str
    version: str
    paragraph: str
    footnote: str
    heading: str
    title: str
    unnumbered: str
    page: str
    languages: Mapping[str, str]


@lru_cache
def words_of(language: str | None) -> Words:  # noqa: ARG001 (gettext knows it)
    """Return what citations are made of in the active language, which is ``language``."""
    return Words(
        document=_("%(document)s (%(language)s)"),
        place=_("%(document)s, %(place)s (%(language)s)"),
        version=_("%(citation)s, version %(number)s"),
        paragraph=_("para. %(number)s"),
        footnote=_("footnote %(number)s"),
        heading=_("heading %(number)s"),
        title=_("title"),
        unnumbered=_("unnumbered para. %(number)s"),
        page=_("%(place)s, page %(page)s"),
        languages={code: str(name) for code, name in LANGUAGE_NAMES.items()},
    )


def title_of(document: Document, language: str) -> str:
    """Return the title in ``language``, else in the original language, English, or any that was printed."""
    titles = document.titles
    for code in (language, document.original_language, "en", *titles):
        if titles.get(code):
            return str(titles[code])
    return ""


def cite(
    document: Document, version: Version, place: str = "", *, heading_at: int | None = None, page: int | None = None
) -> Citation:
    """Return the citation of ``place`` in ``version`` of ``document``; ``heading_at`` its position if it is a heading.

    ``page`` is the page of the file on which the place begins, None where it has no pages.
    """
    return Citation(
        name=document.symbol or title_of(document, version.language) or document.slug,
        slug=document.slug,
        language=version.language,
        place=place,
        version=0 if version.is_current else version.number,
        mark=heading_anchor(heading_at) if heading_at is not None else anchor(place) if place else "",
        page=page or 0,
    )
