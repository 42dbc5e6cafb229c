"""The document reader: one window of one language version, its data, and the file as it was handed in."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from merida.foundation.access.actors import actor_of
from merida.foundation.files.queries import StoredFileMissingError, open_stored
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Fact, LanguageVersion, Link
from merida.interfaces.web.templatetags.words import language_name, long_date, long_dates, query_string
from merida.interfaces.web.views import reading, reading_data
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import body_name, name_of_document, names_of_keys
from merida.interfaces.web.views.notices import shown_notices
from merida.interfaces.web.views.reading_choices import Choices, choices_of
from merida.knowledge.documents.citing import cite, title_of
from merida.knowledge.documents.models import Document, Version
from merida.knowledge.documents.places import UNKNOWN_LANGUAGE
from merida.knowledge.documents.queries import ReaderPage, document_by_slug, reader_page, version_of


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the version that suits the reader: in the page's language, else the original, else any."""
    found = document_by_slug(actor_of(request.user), slug)
    languages = [version.language for version in found.current_versions] if found else []  # type: ignore[attr-defined]
    if found is None or not languages:
        raise Http404(_("There is no such document here."))
    best = next((one for one in (language(), found.original_language) if one in languages), languages[0])
    return HttpResponseRedirect(
        reverse("reader", args=[slug, best or UNKNOWN_LANGUAGE]) + query_string(request).rstrip("?")
    )


# What mastheads print; anything else stays as printed.
DISTRIBUTIONS = {
    "GENERAL": pgettext_lazy("distribution", "General"),
    "LIMITED": pgettext_lazy("distribution", "Limited"),
    "RESTRICTED": pgettext_lazy("distribution", "Restricted"),
}


@public_page
def reader(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show a window of a version, or its paragraphs as data."""
    actor = actor_of(request.user)
    choices = choices_of(request, slug, actor)
    page = reader_page(
        actor,
        slug,
        code,
        version=choices.version,
        start=choices.start,
        at=choices.at,
        beside=choices.beside,
        only=choices.only_places,
    )
    if page is None:
        raise Http404(_("There is no such document here."))
    return answer(request, "pages/reader.html", _context(request, page, choices), data=reading_data.table(page))


def _context(request: HttpRequest, page: ReaderPage, choices: Choices) -> dict[str, Any]:
    names = names_of_keys({(kind, key) for kind, key, _count in page.named} | set(reading.named_in_headings(page)))
    told = reading.telling(names, choices.kinds, language())

    def show(found: Any) -> reading.ShownParagraph:
        return reading.show_paragraph(found, page, told)

    def address(start: int) -> str:
        return query_string(request, start=start or None, at=None, only=None, format=None)

    found = page.document
    name = name_of_document(found, page.version.language)
    return {
        "document": found,
        "name": name,
        "version": page.version,
        "title": title_of(found, page.version.language) or str(found),
        "facts": masthead(page),
        "notices": shown_notices(page.version.notices),
        "citation": cite(found, page.version),
        "tabs": language_tabs(request, page),
        "earlier": earlier_versions(page),
        "tree": reading.show_tree(page.tree, start=page.start, address=address),
        "heading_spans": show(page.title) if page.title else None,
        "paragraphs": [show(one) for one in page.paragraphs],
        "loose_notes": [show(one) for one in page.loose_notes],
        "closing_headings": [
            reading.show_heading(one, page.heading_mentions.get(one.pk, []), told) for one in page.closing_headings
        ],
        "page_first": page.start + 1 if page.paragraphs else 0,
        "page_last": page.start + len(page.paragraphs),
        "page_total": page.total,
        "previous_url": "" if page.previous_start is None else keep_start(request, page.previous_start),
        "next_url": "" if page.next_start is None else keep_start(request, page.next_start),
        "choices": choices,
        "kind_choices": choices.kind_choices(),
        "only_choices": choices.only_choices(page.named, names),
        "beside_choices": beside_choices(page, choices.beside),
        "original": reverse("document_file", args=[found.slug, page.version.language_in_address, page.version.number]),
        "breadcrumbs": [Link(_("Documents"), reverse("documents")), Link(name)],
        "restricted": found.audience != "PUBLIC",
        "draft": found.published_at is None,
    }


def keep_start(request: HttpRequest, start: int) -> str:
    """Return the address of another window, all else kept."""
    return query_string(request, start=start or None, at=None, format=None)


def masthead(page: ReaderPage) -> list[Fact]:
    """Return what the head of the document prints; what it does not print is not there."""
    found, version = page.document, page.version
    meeting = long_dates(found.meeting_from_date, found.meeting_to_date)
    printed = (
        (_("Symbol"), found.symbol),
        (_("Body"), body_name(found.body) or found.body_printed),
        (_("Date"), long_date(found.document_date)),
        (_("Session"), found.session),
        (_("Meeting"), meeting),
        (_("Agenda item"), found.agenda_item),
        (pgettext("of a document", "Distribution"), DISTRIBUTIONS.get(found.distribution.upper(), found.distribution)),
        (_("Original language"), language_name(found.original_language)),
        (_("File read"), version.file.name),
        (_("Its SHA-256"), version.file.digest[:16] + "…"),
    )
    return [Fact(label, str(value)) for label, value in printed if value]


def language_tabs(request: HttpRequest, page: ReaderPage) -> list[LanguageVersion]:
    """Return the six languages, each with whether and how the document is here in it."""
    here = {version.language for version in page.versions if version.is_current}
    original = page.document.original_language
    codes = [one.code for one in LANGUAGES] + sorted(here - {one.code for one in LANGUAGES})
    at = page.paragraphs[0].paragraph.place if page.paragraphs and page.start else None

    def tab(code: str) -> LanguageVersion:
        if code not in here:
            return LanguageVersion(code, "MISSING")
        state = "ORIGINAL" if code == original else "TRANSLATION" if original else "UNKNOWN"
        query = query_string(request, at=at, start=None, version=None, beside=None, format=None).rstrip("?")
        address = reverse("reader", args=[page.document.slug, code or UNKNOWN_LANGUAGE]) + query
        return LanguageVersion(code, state, address, current=code == page.version.language)

    return [tab(code) for code in codes]


def earlier_versions(page: ReaderPage) -> list[Link]:
    """Return the other texts of this language, latest first."""
    base = reverse("reader", args=[page.document.slug, page.version.language_in_address])

    def link(version: Version) -> Link:
        text = _("Text %(number)s, read %(date)s") % {
            "number": version.number,
            "date": long_date(version.read_at.date()),
        }
        return Link(text, base if version.is_current else f"{base}?version={version.number}")

    same = [one for one in page.versions if one.language == page.version.language and one.pk != page.version.pk]
    return [link(one) for one in same]


def beside_choices(page: ReaderPage, chosen: str) -> list[Link]:
    """Return the languages that can stand beside this one."""
    codes = [one.language for one in page.versions if one.is_current and one.language != page.version.language]
    return [Link(language_name(code), code, current=code == chosen) for code in codes]


def document_file(request: HttpRequest, slug: str, code: str, number: int) -> FileResponse:
    """Hand out the file as it was handed in, always as a download."""
    version = version_of(actor_of(request.user), slug, code, number=number)
    if version is None:
        raise Http404(_("There is no such document here."))
    try:
        content = open_stored(version.file)
    except StoredFileMissingError:
        raise Http404(_("The file is recorded but its bytes are missing. merida check says more.")) from None
    response = FileResponse(content, as_attachment=True, filename=_file_name(version.document, version))
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    return response


def _file_name(found: Document, version: Version) -> str:
    ending = version.file.name.rpartition(".")[2]
    return f"{found.slug}-{version.language}-{version.number}.{ending or 'txt'}"
