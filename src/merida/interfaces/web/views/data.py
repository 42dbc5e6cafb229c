"""The data: every public table as a file, the API, and what the files look like."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page

BULK = "/api/bulk/"
TABLES = {
    "states": gettext_lazy("States with codes, names and groups"),
    "state-names": gettext_lazy("Names of States in six languages, with their time"),
    "territories": gettext_lazy("Territories that documents name"),
    "territory-names": gettext_lazy("Names of territories in six languages"),
    "regional-groups": gettext_lazy("Regional groups"),
    "instruments": gettext_lazy("Treaties and protocols"),
    "provisions": gettext_lazy("Chapters, articles and paragraphs with short titles"),
    "treaty-actions": gettext_lazy("Signatures, ratifications and accessions"),
    "mechanisms": gettext_lazy("Review mechanisms"),
    "memberships": gettext_lazy("Members of review mechanisms, with their time"),
    "organisations": gettext_lazy("Organizations"),
    "organisation-names": gettext_lazy("Names of organizations as texts write them"),
    "bodies": gettext_lazy("Bodies that issue documents and adopt resolutions"),
    "resolutions": gettext_lazy("Resolutions and decisions"),
    "printed-figures": gettext_lazy("Figures that others printed, beside ours"),
    "sources": gettext_lazy("The citations behind the facts"),
    "documents": gettext_lazy("Documents"),
    "headings": gettext_lazy("Headings of documents"),
    "paragraphs": gettext_lazy("Paragraphs of documents"),
    "mentions": gettext_lazy("What paragraphs name, with the rule that recognized it"),
    "activities": gettext_lazy("Activities that documents tell, each with its paragraph"),
    "figures": gettext_lazy("Figures that documents report, each with its paragraph"),
    "themes": gettext_lazy("Themes with their labels, broader themes and provisions"),
    "meetings": gettext_lazy("Meetings whose reports are here"),
    "attendances": gettext_lazy("States that reports of meetings list"),
    "observers": gettext_lazy("Organizations that reports of meetings list"),
    "officers": gettext_lazy("Who chaired meetings or reported"),
    "agenda-items": gettext_lazy("Agendas of meetings, with the documents of each item"),
    "conclusions": gettext_lazy("Conclusions and recommendations of meetings, as printed"),
    "planned-topics": gettext_lazy("Topics that meetings set for later years"),
    "good-practices": gettext_lazy("Good practices that documents tell of, each in the words of its paragraph"),
    "recommendations": gettext_lazy("Recommendations, conclusions and mandates, each in the words of its paragraph"),
    "submissions": gettext_lazy("What States handed in when asked, with what called for it and where it can be read"),
    "mandates": gettext_lazy("What resolutions ask of whom, each with its paragraph"),
    "mandate-evidence": gettext_lazy("Records that show what was done about it"),
    "report-paragraphs": gettext_lazy("Paragraphs of reports, each sentence with its records"),
    "draws": gettext_lazy("Draws of lots, as announced"),
    "draw-records": gettext_lazy("Records of draws, to be checked again"),
    "pairings": gettext_lazy("Reviewing States drawn, with their year"),
    "visits": gettext_lazy("Visits of all mechanisms to States, cancelled ones too"),
    "draw-events": gettext_lazy("What happened after a draw: answers, redraws, postponements"),
    "questions": gettext_lazy("Questions of published questionnaires"),
    "published-answers": gettext_lazy("Answers that States consented to publish"),
    "planned-reviews": gettext_lazy("Reviews as published timetables place them"),
    "standards": gettext_lazy("Treaties, standards and programmes that the crosswalk compares"),
    "clauses": gettext_lazy("Provisions, Recommendations and rounds that something is mapped to"),
    "mappings": gettext_lazy("Mappings between provisions, drafts too, each with its status"),
}


@public_page
def data(request: HttpRequest) -> HttpResponse:
    """Show what can be taken, and how."""
    columns = (Column(_("Table")), Column(_("What it holds")), Column("CSV"), Column("JSON"))
    rows = [
        (
            Cell(name),
            Cell(str(words)),
            Cell(_("%(table)s as CSV") % {"table": name}, f"{BULK}{name}.csv"),
            Cell(_("%(table)s as JSON lines") % {"table": name}, f"{BULK}{name}.jsonl"),
        )
        for name, words in TABLES.items()
    ]
    context = {
        "table": Table(_("Every public table"), columns, rows),
        "pages_with_data": [
            Link(_("States"), reverse("states")),
            Link(_("Treaties"), reverse("instruments")),
            Link(_("Participation"), reverse("participation")),
            Link(_("Calendar of visits"), reverse("calendar")),
            Link(_("Timetables"), reverse("timetables")),
            Link(_("Crosswalk"), reverse("crosswalk")),
            Link(_("Meetings"), reverse("meetings")),
            Link(_("Documents"), reverse("documents")),
        ],
        "breadcrumbs": [Link(_("Data"))],
    }
    listed = exports.Table(
        name="tables",
        columns=("table", "what", "csv", "jsonl"),
        rows=lambda: (
            {"table": name, "what": str(words), "csv": f"{BULK}{name}.csv", "jsonl": f"{BULK}{name}.jsonl"}
            for name, words in TABLES.items()
        ),
    )
    return answer(request, "pages/data.html", context, data=listed)
