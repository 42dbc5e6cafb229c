"""What resolutions ask, as tables and rows of data."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from merida.cooperation.mandates.models import Mandate
from merida.cooperation.mandates.queries import ChainLink, not_reported
from merida.interfaces.web.pieces import Cell, Citation, Column, Fact, Table
from merida.interfaces.web.templatetags.words import long_date, number
from merida.interfaces.web.views.activities import paragraph_address, told_citation, when
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language, name_of_key, title_cell
from merida.knowledge.documents.citing import title_of

COLUMNS = ("section", "resolution", "number", "addressee", "condition", "due_date", "due", "text", "record", "source")
LONGEST = 240


def asked_of(one: Mandate) -> str:
    """Return who is asked."""
    return one.get_addressee_display() if one.addressee else _("nobody in particular")


def condition_of(one: Mandate) -> str:
    """Return the condition in the reader's language."""
    return str(one.get_condition_display()) if one.condition else ""


def due_of(one: Mandate) -> str:
    """Return by when, a day or the words of the text."""
    return long_date(one.due_date) if one.due_date else one.due_words


def citation_of_mandate(one: Mandate) -> Citation:
    """Return where a mandate stands; what nobody confirmed yet says so."""
    confidence = "SOURCED" if one.confirmed_at else "UNVERIFIED"
    if one.version is None:
        name = name_of_key(one.resolution.key)
        return Citation(name, one.number, one.language, text=one.text, confidence=confidence)
    document = one.version.document
    name = document.symbol or title_of(document, language()) or document.slug
    way = paragraph_address(one.version, one.place)
    return Citation(name, one.place, one.language, url=way, text=one.text, confidence=confidence)


def mandates_table(found: Sequence[Any], caption: str) -> Table:
    """Return mandates as a table; each leads to its own page."""
    labels = (_("Paragraph"), _("Who is asked"), _("What the paragraph says"), _("Condition"), _("By when"))
    columns = [*map(Column, labels), Column(_("Records"), numeric=True)]
    rows = [
        (
            Cell(one.number, reverse("mandate", args=[one.uuid])),
            Cell(asked_of(one), citation=citation_of_mandate(one)),
            Cell(_short(one.text), language=one.language),
            Cell(condition_of(one)),
            Cell(due_of(one), language="" if one.due_date else one.language),
            Cell(number(len(one.shown_evidence))),
        )
        for one in found
    ]
    return Table(caption, columns, rows)


def unreported_table(found: Sequence[Any]) -> Table | None:
    """Return what nothing was reported on; None where something was on each."""
    left = not_reported([one for one in found if one.confirmed_at])
    if not left:
        return None
    rows = [
        (Cell(one.number, reverse("mandate", args=[one.uuid])), Cell(asked_of(one)), Cell(due_of(one))) for one in left
    ]
    return Table(
        _("Paragraphs without any record"),
        (Column(_("Paragraph")), Column(_("Who is asked")), Column(_("By when"))),
        rows,
    )


def chain_table(chain: Sequence[ChainLink], current: int) -> Table | None:
    """Return resolutions on the same subject, the earliest first."""
    if not chain:
        return None
    rows = [
        (
            Cell(
                name_of_key(one.resolution.key),
                "" if one.resolution.pk == current else reverse("mandates", args=[one.resolution.slug]),
            ),
            title_cell(one.resolution.titles),
            Cell(long_date(one.resolution.adopted_date)),
            Cell(_why(one, current)),
        )
        for one in chain
    ]
    columns = (Column(_("Resolution")), Column(_("Title")), Column(_("Adopted")), Column(_("Why it stands here")))
    return Table(_("Successive resolutions on the subject"), columns, rows)


def _why(one: ChainLink, current: int) -> str:
    if one.resolution.pk == current:
        return ""
    return _("joined by a person") if one.said else _("bears the same title")


def evidence_table(links: Iterable[Any]) -> Table:
    """Return the records linked to a mandate, each with its source."""
    rows = [_evidence_row(one) for one in links]
    columns = (Column(_("When")), Column(_("Record")), Column(_("States")))
    return Table(_("What was done or reported"), columns, rows, empty=_("No record is linked yet."))


def _evidence_row(link: Any) -> tuple[Cell, ...]:
    if link.activity:
        one = link.activity
        names = ", ".join(in_reader_language(each.names, each.iso3) for each in one.states.all())
        return Cell(when(one), citation=told_citation(one)), Cell(one.get_type_display()), Cell(names)
    if link.figure:
        figure = link.figure
        citation = told_citation(figure)
        said = f"{figure.value}{figure.unit} · {figure.counted}"
        return Cell(figure.as_of or "–", citation=citation), Cell(said, language=figure.version.language), Cell("")
    document = link.document
    way = reverse("document", args=[document.slug])
    name = document.symbol or title_of(document, language()) or document.slug
    return Cell(long_date(document.document_date) or "–"), Cell(name, way), Cell("")


def facts_of(one: Mandate) -> list[Fact]:
    """Return what is known of a mandate."""
    named = name_of_key(one.resolution.key)
    return [
        Fact(_("Resolution"), named, reverse("mandates", args=[one.resolution.slug])),
        Fact(_("Paragraph"), one.number, citation=citation_of_mandate(one)),
        Fact(_("Who is asked"), asked_of(one)),
        Fact(_("Condition"), condition_of(one) or _("none"), detail=one.condition_words),
        Fact(_("By when"), due_of(one) or _("not said")),
    ]


def rows_of(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield mandates and their evidence as rows of data."""
    for one in found:
        base = {"resolution": one.resolution.key, "number": one.number, "addressee": one.addressee}
        cited = citation_of_mandate(one)
        yield base | {
            "section": "MANDATE",
            "condition": one.condition,
            "due_date": one.due_date,
            "due": one.due_words,
            "text": one.text,
            "source": f"{cited.symbol}, {cited.place}",
        }
        for link in one.shown_evidence:
            yield base | {"section": "EVIDENCE", **_record(link)}


def _record(link: Any) -> dict[str, Any]:
    if link.document:
        return {"record": f"document:{link.document.uuid}", "source": link.document.symbol or link.document.slug}
    one = link.activity or link.figure
    kind = "activity" if link.activity else "figure"
    cited = told_citation(one)
    return {"record": f"{kind}:{one.uuid}", "text": one.words, "source": f"{cited.symbol}, {cited.place}"}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
