"""Reading reports as far as a reader may see them: published ones for everybody, drafts for curators and above."""

from typing import Any
from uuid import UUID

from merida.cooperation.mandates.models import Report, ReportPart
from merida.foundation.access.visibility import Actor


def reports_list(actor: Actor) -> Any:
    """Reports that ``actor`` may see, the latest period first, with their resolutions; 2 queries."""
    found = Report.objects.visible_to(actor).prefetch_related("resolutions")
    return found.order_by("-last_date", "-created_at", "pk")


def report_by_uuid(actor: Actor, uuid: UUID) -> Report | None:
    """One report, None where there is none that ``actor`` may see."""
    found: Report | None = reports_list(actor).filter(uuid=uuid).first()
    return found


def parts_of(report: Report) -> list[ReportPart]:
    """The parts of a report in order."""
    return list(report.parts.order_by("position"))


def part_by_uuid(report: Report, uuid: UUID) -> ReportPart | None:
    """One part of a report."""
    return report.parts.filter(uuid=uuid).select_related("report").first()


def all_paragraphs(actor: Actor) -> Any:
    """Every paragraph of every report that ``actor`` may see."""
    seen = Report.objects.visible_to(actor).values("pk")
    found = ReportPart.objects.filter(report__in=seen, level=0).select_related("report")
    return found.order_by("report_id", "position")
