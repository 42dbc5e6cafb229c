"""Submissions as tables and rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Cell, Column, Table
from merida.interfaces.web.templatetags.words import iso_date, language_name
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.ways import way_to
from merida.knowledge.documents.citing import title_of
from merida.knowledge.documents.models import Document
from merida.knowledge.observatory.models import Submission

COLUMNS = (
    "submission", "state", "title", "languages", "submitted", "resolution", "paragraph", "called_in", "link",
    "document", "source", "themes",
)  # fmt: skip


def state_name(one: Submission) -> str:
    """Return the State in the reader's language."""
    return in_reader_language(one.state.names, one.state.iso3)


def _named(one: Document) -> str:
    return one.symbol or title_of(one, language()) or one.slug


def _title(one: Submission) -> Cell:
    tongue = one.languages[0] if one.languages else ""
    address = reverse("document", args=[one.document.slug]) if one.document else one.link
    return Cell(one.title, address, detail=_("outside this site") if not one.document else "", language=tongue)


def _called(one: Submission) -> Cell:
    if one.resolution:
        place = _("para. %(place)s") % {"place": one.paragraph} if one.paragraph else ""
        return Cell(one.resolution, way_to("RESOLUTION", one.resolution), detail=place)
    if one.called_in is None:
        return Cell("")
    return Cell(_named(one.called_in), reverse("document", args=[one.called_in.slug]))


CELLS: Mapping[str, Callable[[Submission], Cell]] = {
    "date": lambda one: Cell(iso_date(one.submitted_date)),
    "state": lambda one: Cell(state_name(one), way_to("STATE", one.state.iso3)),
    "title": _title,
    "languages": lambda one: Cell(", ".join(map(language_name, one.languages))),
    "called": _called,
    "source": lambda one: Cell(one.source),
}


def submissions_table(found: Sequence[Submission], *, states: bool = True) -> Table | None:
    """Return submissions as a table, None for none; without ``states`` where the page is about one."""
    if not found:
        return None
    labels = {
        "date": _("Handed in"),
        "state": _("State"),
        "title": _("Title"),
        "languages": _("Languages"),
        "called": _("Called for by"),
        "source": _("Source"),
    }
    shown = [name for name in labels if states or name != "state"]
    columns = [Column(labels[name]) for name in shown]
    return Table(_("Submissions by States"), columns, [[CELLS[name](one) for name in shown] for one in found])


def submission_row(one: Submission) -> dict[str, Any]:
    """Return a submission as a row of a file."""
    return {
        "submission": str(one.uuid),
        "state": one.state.iso3,
        "title": one.title,
        "languages": one.languages,
        "submitted": one.submitted_date.isoformat(),
        "resolution": one.resolution,
        "paragraph": one.paragraph,
        "called_in": one.called_in.slug if one.called_in else "",
        "link": one.link,
        "document": one.document.slug if one.document else "",
        "source": one.source,
        "themes": sorted(theme.code for theme in one.themes.all()),
    }
