"""Handing documents in on the site, and following what becomes of each file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from merida.exchange.deliveries import queries
from merida.exchange.deliveries.actions import LONGEST_SYMBOL, MOST_FILES, DeliveryError, HandedIn, hand_in
from merida.exchange.deliveries.models import DeliveredFile, Delivery, FileState
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.queries import workspaces
from merida.foundation.access.visibility import Actor
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import language_name, moment, number
from merida.interfaces.web.views.listing import language, numbered_page, pages_of
from merida.interfaces.web.views.naming import name_of_document
from merida.interfaces.web.views.notices import ShownNotice, shown_notices
from merida.knowledge.documents.citing import cite
from merida.knowledge.documents.models import Version

REFUSED = 422
PER_PAGE = 25
MEGABYTE: Final = 1024 * 1024
BECAME: Final = {
    FileState.WAITING: gettext_lazy("waits"),
    FileState.READING: gettext_lazy("is being read"),
    FileState.READ: gettext_lazy("read"),
    FileState.NEW_VERSION: gettext_lazy("a new text of its document"),
    FileState.UNCHANGED: gettext_lazy("was here already"),
    FileState.REFUSED: gettext_lazy("refused"),
}
MARKS: Final = {
    FileState.WAITING: "planned",
    FileState.READING: "waiting",
    FileState.REFUSED: "late",
}
_NO_TEXT = gettext_lazy("This is no text, Word (.docx), PDF or HTML file.")
_BROKEN = gettext_lazy("The file is broken or cut short: save or copy it again.")
_ENCODING = gettext_lazy("The encoding of the text cannot be told: save it as UTF-8.")
WHY: Final = {
    "EMPTY": gettext_lazy("The file is empty."),
    "TOO_LARGE": gettext_lazy("The file is larger than a document may be."),
    "BINARY": _NO_TEXT,
    "NUL": _NO_TEXT,
    "NOT_A_DOCUMENT": _NO_TEXT,
    "MIXED_ENCODING": _ENCODING,
    "AMBIGUOUS_ENCODING": _ENCODING,
    "UNKNOWN_ENCODING": _ENCODING,
    "CUT_SHORT": _BROKEN,
    "BROKEN_ARCHIVE": _BROKEN,
    "BROKEN_PDF": _BROKEN,
    "ZIP_BOMB": gettext_lazy("The file unpacks to more than a document can hold."),
    "ENCRYPTED": gettext_lazy("The file is protected by a password: save it without one."),
    "TOO_LONG": gettext_lazy("The document is too long to be read as one."),
    "SCAN": gettext_lazy(
        "The pages are pictures without text. A program that recognizes letters is not installed here."
    ),
    "NO_LETTERS": gettext_lazy("There is no text in the file."),
    "MACROS": gettext_lazy("The file has macros in it: save it without them."),
    "TOO_DEEP": _BROKEN,
    "OTHER_READERS": gettext_lazy(
        "This very file is held for other readers; who may see a document is decided at the document."
    ),
    "SECRETARIAT_PLACES": gettext_lazy("Who may see this file is for the secretariat to say: please hand it to them."),
    "NOT_ALLOWED": gettext_lazy("When it was to be read, the person no longer had the right to hand in documents."),
    "BROKEN": gettext_lazy("The program failed at this file; whoever runs this site finds more in its log."),
}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file and what became of it, in words."""

    name: str
    size: str
    state: str
    became: str
    mark: str
    pages: tuple[int, int] | None  # read, and all there are
    why: str
    reason: str  # English, with the place in the file
    document: Link | None
    understood: tuple[str, ...]
    notices: list[ShownNotice]
    proposals: Link | None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deliveries(request: HttpRequest) -> HttpResponse:
    """Show the form and what was handed in before; take files in."""
    actor = _allowed(request)
    error = ""
    if request.method == "POST":
        try:
            made = _taken(request, actor)
            return redirect("delivery", made.uuid)
        except DeliveryError as refused:
            error = _told(refused)
    page = numbered_page(request, queries.deliveries(actor), per_page=PER_PAGE)
    context = {
        "title": _("Hand in documents"),
        "error": error,
        "most": MOST_FILES,
        "largest": number(settings.UPLOAD_LIMIT // MEGABYTE),
        "longest": LONGEST_SYMBOL,
        "workspaces": list(workspaces(actor)) if may(actor, Deed.RESTRICT) else [],
        "asked": request.POST,
        "table": _table(page.object_list),
        "pages": pages_of(request, page),
        "breadcrumbs": [Link(_("Documents"), reverse("documents")), Link(_("Hand in documents"))],
    }
    return render(request, "pages/deliveries.html", context, status=REFUSED if error else 200)


@never_cache
@require_safe
def delivery(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what became of each file; while some wait, the page asks again."""
    actor = _allowed(request)
    found = queries.delivery_of(actor, uuid)
    if found is None:
        raise Http404
    files = list(found.files.all())
    read = sum(file.state not in queries.OPEN for file in files)
    context = {
        "delivery": found,
        "address": reverse("delivery", args=[found.uuid]),
        "files": _shown(actor, found, files),
        "read": read,
        "all": len(files),
        "waits": read < len(files),
    }
    if request.headers.get("HX-Request"):
        return render(request, "pages/_delivery_files.html", context)
    context |= {
        "title": _("What became of the files"),
        "handed_in": moment(found.handed_in_at),
        "breadcrumbs": [
            Link(_("Documents"), reverse("documents")),
            Link(_("Hand in documents"), reverse("deliveries")),
            Link(moment(found.handed_in_at)),
        ],
    }
    return render(request, "pages/delivery.html", context)


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.HAND_IN_DOCUMENT):
        raise PermissionDenied
    return actor


def _taken(request: HttpRequest, actor: Actor) -> Delivery:
    given = request.FILES.getlist("files")
    files = [HandedIn(one.name or "", one.size or 0, _pieces(one)) for one in given]
    code = request.POST.get("workspace", "")
    workspace = None
    if code:
        workspace = next((one for one in workspaces(actor) if one.code == code), None)
        if workspace is None:
            raise DeliveryError("NO_WORKSPACE")
    return hand_in(actor, files, workspace=workspace, symbol=request.POST.get("symbol", ""))


def _pieces(file: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from file.chunks()


def _told(refused: DeliveryError) -> str:
    if refused.code == "TOO_MANY":
        return _("At most %(most)s files can be handed in at once.") % {"most": number(MOST_FILES)}
    words = {
        "NO_FILE": _("Choose a file first."),
        "SYMBOL_OF_ONE": _("A symbol names one document: hand that file in alone."),
        "SYMBOL_TOO_LONG": _("The symbol is too long."),
        "NO_WORKSPACE": _("There is no such workspace."),
    }
    return words[refused.code]


def _table(found: Any) -> Table:
    return Table(
        caption=_("Handed in before"),
        columns=(
            Column(_("When")),
            Column(_("Who")),
            Column(_("For")),
            Column(_("Files"), numeric=True),
            Column(_("Wait"), numeric=True),
            Column(_("Refused"), numeric=True),
        ),
        rows=[
            (
                Cell(moment(one.handed_in_at), reverse("delivery", args=[one.uuid])),
                Cell(one.handed_in_by.full_name),
                Cell(one.workspace.title if one.workspace else _("everybody")),
                Cell(number(one.file_count)),
                Cell(number(one.open_count)),
                Cell(number(one.refused_count)),
            )
            for one in found
        ],
    )


def _shown(actor: Actor, found: Delivery, files: list[DeliveredFile]) -> list[ShownFile]:
    versions = queries.versions_of(actor, found)
    open_proposals = queries.waiting_in(actor, [one.pk for one in versions.values()])
    return [_file(file, versions.get(queries.place_of(file)), open_proposals) for file in files]


def _file(file: DeliveredFile, version: Version | None, open_proposals: dict[int, int]) -> ShownFile:
    state = FileState(file.state)
    proposals = open_proposals.get(version.pk, 0) if version else 0
    return ShownFile(
        name=file.name,
        size=_size(file.size),
        state=file.state,
        became=str(BECAME[state]),
        mark=MARKS.get(state, "done"),
        pages=(file.pages_read, file.pages_all) if state == FileState.READING and file.pages_all else None,
        why=str(WHY.get(file.code, "")) if state == FileState.REFUSED else "",
        reason=file.reason,
        document=_document(version) if version else None,
        understood=_understood(file),
        notices=shown_notices(version.notices, version.left_out) if version else [],
        proposals=Link(number(proposals), f"{reverse('curation_next')}?text={version.uuid}")
        if version and proposals
        else None,
    )


def _document(version: Version) -> Link:
    return Link(
        name_of_document(version.document, language()),
        cite(version.document, version).address(language()),
        language_name(version.language) if version.language else _("language unknown"),
    )


def _understood(file: DeliveredFile) -> tuple[str, ...]:
    """Return what was read, in words: headings, texts, names."""
    words = {
        "headings": _("headings: %(count)s"),
        "texts": _("paragraphs and notes: %(count)s"),
        "mentions": _("names and citations: %(count)s"),
    }
    return tuple(said % {"count": number(file.counts[kind])} for kind, said in words.items() if kind in file.counts)


def _size(count: int) -> str:
    if count < MEGABYTE:
        return _("%(count)s kB") % {"count": number(-(-count // 1024))}
    return _("%(count)s MB") % {"count": number(-(-count // MEGABYTE))}
