"""Every public table as one file: CSV or JSON lines, streamed row by row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Path, Router, Schema

from merida.cooperation.mandates import queries as mandates
from merida.cooperation.mandates import report_queries as reports
from merida.cooperation.meetings import queries as meetings
from merida.exchange.outputs.tables import csv_lines, json_lines
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor
from merida.foundation.registry import figures, queries
from merida.interfaces.api import crosswalk as mapped
from merida.interfaces.api import documents as shown
from merida.interfaces.api import draws as drawn
from merida.interfaces.api import facts, shapes
from merida.interfaces.api import mandates as asked
from merida.interfaces.api import meetings as met
from merida.interfaces.api import plans as planned
from merida.interfaces.api import questionnaires as questioned
from merida.interfaces.api import submissions as handed
from merida.interfaces.api import visits as visited
from merida.interfaces.api.answers import REFUSALS
from merida.knowledge.crosswalk import queries as crosswalk
from merida.knowledge.documents import queries as documents
from merida.knowledge.observatory import narrowing
from merida.knowledge.observatory import queries as observatory
from merida.knowledge.observatory.submissions import submissions
from merida.review.draws import queries as draws
from merida.review.questionnaires import publications
from merida.review.questionnaires import queries as questionnaires
from merida.review.synergies import plan_queries as plans
from merida.review.synergies import queries as synergies

router = Router(tags=["bulk"])


@dataclass(frozen=True, slots=True)
class BulkTable:
    """A table to download: its rows for an actor and how each is shown."""

    columns: tuple[str, ...]
    rows: Callable[[Actor], QuerySet[Any] | Sequence[Any]]
    shown: Callable[[Any], Mapping[str, Any]]


def _columns(schema: type[Schema]) -> tuple[str, ...]:
    return tuple(schema.model_fields)


TABLES: dict[str, BulkTable] = {
    "states": BulkTable(_columns(shapes.StateOut), lambda _: queries.states_list(), shapes.state_out),
    "state-names": BulkTable(_columns(shapes.StateNameOut), lambda _: queries.all_names(), shapes.state_name_out),
    "territories": BulkTable(_columns(shapes.TerritoryOut), lambda _: queries.territories_list(), shapes.territory_out),
    "territory-names": BulkTable(
        _columns(shapes.TerritoryNameOut), lambda _: queries.all_territory_names(), shapes.territory_name_out
    ),
    "regional-groups": BulkTable(
        _columns(shapes.RegionalGroupOut), lambda _: queries.regional_groups(), shapes.regional_group_out
    ),
    "instruments": BulkTable(
        _columns(shapes.InstrumentOut), lambda _: queries.instruments_list(), shapes.instrument_out
    ),
    "provisions": BulkTable(_columns(shapes.ProvisionOut), lambda _: queries.provisions_list(), shapes.provision_out),
    "treaty-actions": BulkTable(
        _columns(shapes.TreatyActionOut), lambda _: queries.treaty_actions_list(), shapes.treaty_action_out
    ),
    "mechanisms": BulkTable(_columns(shapes.MechanismOut), lambda _: figures.mechanisms_list(), shapes.mechanism_out),
    "memberships": BulkTable(
        _columns(shapes.MembershipOut), lambda _: queries.memberships_list(), shapes.membership_out
    ),
    "organisations": BulkTable(
        _columns(shapes.OrganisationOut), lambda _: queries.organisations_list(), shapes.organisation_out
    ),
    "organisation-names": BulkTable(
        _columns(shapes.OrganisationNameOut), lambda _: queries.all_organisation_names(), shapes.organisation_name_out
    ),
    "bodies": BulkTable(_columns(shapes.BodyOut), lambda _: queries.bodies_list(), shapes.body_out),
    "resolutions": BulkTable(_columns(shapes.ResolutionOut), documents.resolutions_known_to, shapes.resolution_out),
    "printed-figures": BulkTable(
        _columns(shapes.PrintedFigureOut), lambda _: figures.printed_figures_compared(), shapes.printed_figure_out
    ),
    "sources": BulkTable(_columns(shapes.SourceOut), lambda _: queries.sources_list(), shapes.source_out),
    "documents": BulkTable(
        _columns(shown.DocumentOut), lambda actor: documents.documents(actor).order_by("pk"), shown.document_out
    ),
    "headings": BulkTable(
        _columns(shown.HeadingOut),
        lambda actor: documents.headings(actor).filter(version__is_current=True),
        shown.heading_out,
    ),
    "paragraphs": BulkTable(
        _columns(shown.ParagraphOut),
        lambda actor: documents.paragraphs(actor).filter(version__is_current=True),
        shown.paragraph_out,
    ),
    "mentions": BulkTable(
        _columns(shown.MentionOut),
        lambda actor: documents.mentions(actor).filter(version__is_current=True),
        shown.mention_out,
    ),
    "activities": BulkTable(_columns(facts.ActivityOut), observatory.activities, facts.activity_out),
    "figures": BulkTable(_columns(facts.FigureOut), observatory.figures, facts.figure_out),
    "themes": BulkTable(_columns(facts.ThemeOut), lambda _: observatory.themes_list(), facts.theme_out),
    "meetings": BulkTable(_columns(met.MeetingOut), meetings.meetings, met.meeting_out),
    "attendances": BulkTable(_columns(met.AttendanceOut), meetings.attendances, met.attendance_out),
    "observers": BulkTable(_columns(met.ObserverOut), meetings.observers, met.observer_out),
    "officers": BulkTable(_columns(met.OfficerOut), meetings.officers, met.officer_out),
    "agenda-items": BulkTable(_columns(met.AgendaItemOut), meetings.agenda_items, met.agenda_item_out),
    "conclusions": BulkTable(_columns(met.ConclusionOut), meetings.conclusions, met.conclusion_out),
    "planned-topics": BulkTable(_columns(met.PlannedTopicOut), meetings.planned_topics, met.planned_topic_out),
    "good-practices": BulkTable(
        _columns(facts.GoodPracticeOut),
        lambda actor: narrowing.narrowed_practices(actor, narrowing.Narrowing()),
        facts.good_practice_out,
    ),
    "recommendations": BulkTable(
        _columns(facts.RecommendationOut),
        lambda actor: narrowing.narrowed_recommendations(actor, narrowing.Narrowing()),
        facts.recommendation_out,
    ),
    "submissions": BulkTable(
        _columns(handed.SubmissionOut), lambda actor: submissions(actor).order_by("pk"), handed.submission_out
    ),
    "mandates": BulkTable(_columns(asked.MandateOut), mandates.mandates, asked.mandate_out),
    "mandate-evidence": BulkTable(_columns(asked.EvidenceOut), mandates.all_evidence, asked.evidence_out),
    "report-paragraphs": BulkTable(
        _columns(asked.ReportParagraphOut), reports.all_paragraphs, asked.report_paragraph_out
    ),
    "draws": BulkTable(_columns(drawn.DrawOut), draws.draws_list, drawn.draw_out),
    "draw-records": BulkTable(_columns(drawn.DrawRecordOut), draws.all_records, drawn.record_out),
    "pairings": BulkTable(_columns(drawn.PairingOut), draws.all_pairings, drawn.pairing_out),
    "questions": BulkTable(_columns(questioned.QuestionOut), questionnaires.questions_asked, questioned.question_out),
    "published-answers": BulkTable(
        _columns(questioned.PublishedAnswerOut), publications.published_answers, questioned.published_answer_out
    ),
    "visits": BulkTable(_columns(visited.VisitOut), synergies.visits_seen, visited.visit_out),
    "draw-events": BulkTable(_columns(drawn.DrawEventOut), draws.all_events, drawn.event_out),
    "planned-reviews": BulkTable(_columns(planned.PlannedReviewOut), plans.reviews_seen, planned.planned_review_out),
    "standards": BulkTable(_columns(mapped.StandardOut), lambda _: crosswalk.standards(), mapped.standard_out),
    "clauses": BulkTable(_columns(mapped.ClauseOut), lambda _: crosswalk.clauses(), mapped.clause_out),
    "mappings": BulkTable(_columns(mapped.MappingOut), lambda _: crosswalk.mappings(), mapped.mapping_out),
}
TableName = Annotated[str, Path(pattern=f"^({'|'.join(TABLES)})$", description="A table of the list under /bulk/.")]


class BulkOut(Schema):
    """A table and where its files are."""

    table: str
    columns: list[str]
    csv: str
    jsonl: str


@router.get("/", response={200: list[BulkOut], **REFUSALS}, summary="The tables to download")
def tables(request: HttpRequest) -> list[dict[str, Any]]:
    """List the tables with the addresses of their files."""
    base = request.path
    return [
        {"table": name, "columns": list(table.columns), "csv": f"{base}{name}.csv", "jsonl": f"{base}{name}.jsonl"}
        for name, table in TABLES.items()
    ]


def _rows(table: BulkTable, request: HttpRequest) -> Iterable[Mapping[str, Any]]:
    found = table.rows(actor_of(request.user))
    rows = found.iterator(chunk_size=2000) if isinstance(found, QuerySet) else found
    return (table.shown(row) for row in rows)


def _file(lines: Iterable[str], name: str, media_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="merida-{name}"'
    return response


FILE = {
    "responses": {
        200: {"description": "The file", "content": {"text/csv": {"schema": {"type": "string"}}}},
    }
}
LINES = {
    "responses": {
        200: {"description": "The file", "content": {"application/jsonl": {"schema": {"type": "string"}}}},
    }
}


@router.get("/{table}.csv", response={200: str, **REFUSALS}, openapi_extra=FILE, summary="A table as CSV")
def table_as_csv(request: HttpRequest, table: TableName) -> StreamingHttpResponse:
    """Return a whole table as CSV (UTF-8 with byte order mark; values in several languages as JSON)."""
    chosen = TABLES[table]
    return _file(csv_lines(chosen.columns, _rows(chosen, request)), f"{table}.csv", "text/csv")


@router.get("/{table}.jsonl", response={200: str, **REFUSALS}, openapi_extra=LINES, summary="A table as JSON lines")
def table_as_json_lines(request: HttpRequest, table: TableName) -> StreamingHttpResponse:
    """Return a whole table as JSON lines: one object a row."""
    return _file(json_lines(_rows(TABLES[table], request)), f"{table}.jsonl", "application/jsonl")
