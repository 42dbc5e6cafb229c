"""Making a report, drafting it again, editing it paragraph by paragraph, publishing it. All deeds of the secretariat.

What people wrote is never lost: ``rules.drafting.redraft`` says what stays. Each paragraph has its history in the
change log, by ``reportpart:uuid``.
"""

import uuid as uuids
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.cooperation.mandates.models import Report, ReportPart
from merida.cooperation.mandates.report_records import names_in, period_of, records_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents.queries import resolutions_known_to
from merida.rules.drafting.headings import COMPUTED, scheme
from merida.rules.drafting.outline import WORDINGS, draft
from merida.rules.drafting.records import Part, Sentence
from merida.rules.drafting.redraft import OWN, Kept, again, edited, first, seen, taken

LONGEST_TEXT, LONGEST_LINE = 20_000, 300
MOST_YEARS = 10
DAYS_OF_YEAR = 366


class ReportError(ValueError):
    """It cannot be so. ``code`` says why for a page in any language; the message begins with the field."""

    def __init__(self, code: str, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.code, self.field = code, field


class PartChangedError(ReportError):
    """Somebody changed the paragraph since it was read; ``part`` is as it is now (None: it is gone)."""

    def __init__(self, part: ReportPart | None) -> None:
        self.part = part
        super().__init__("CHANGED", "text", "somebody changed it in the meantime")


def draft_report(
    actor: Actor,
    *,
    title: str,
    language: str,
    resolutions: Sequence[str],
    first_date: date,
    last_date: date,
    symbol: str = "",
    body: str = "",
    session: str = "",
    agenda_item: str = "",
    document_date: date | None = None,
) -> Report:
    """Make a report of the public records from ``first_date`` to ``last_date``; ``resolutions`` are keys.

    Raises ReportError naming the field, PermissionDenied.
    """
    _allow(actor)
    lines = {"title": title, "symbol": symbol, "body": body, "session": session, "agenda_item": agenda_item}
    fields = {name: text.strip() for name, text in lines.items()}
    _check(fields, language, first_date, last_date)
    on = [_resolution(actor, key) for key in dict.fromkeys(resolutions)]
    with transaction.atomic():
        report = Report.objects.create(
            language=language, first_date=first_date, last_date=last_date, document_date=document_date, **fields
        )
        report.resolutions.set(on)
        kept = first(_drafted(report))
        ReportPart.objects.bulk_create(_row(report, one, at) for at, one in enumerate(kept))
        after = {**_about(report), "resolutions": [one.key for one in on], "parts": len(kept)}
        record_change(actor, "DRAFT_REPORT", reference_to(report), before=None, after=after)
    return report


def redraft_report(actor: Actor, report: Report) -> int:
    """Draft again from the records of now; return how many paragraphs with a person's words want a look.

    Untouched paragraphs follow the records, edited ones stay. Raises PermissionDenied.
    """
    _allow(actor)
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        rows = {one.key: one for one in held.parts.select_for_update().order_by("position")}
        kept = again([as_kept(one) for one in rows.values()], _drafted(held))
        _store(held, rows, kept)
        held.drafted_at = timezone.now()
        held.save(update_fields=["drafted_at"])
        waiting = sum(one.changed_beneath for one in kept)
        after = {"parts": len(kept), "changed_beneath": waiting}
        record_change(actor, "REDRAFT_REPORT", reference_to(held), before=None, after=after)
    return waiting


def _drafted(report: Report) -> tuple[Part, ...]:
    return draft(
        records_of(report), period=period_of(report), language=report.language, names=names_in(report.language)
    )


def _store(report: Report, rows: dict[str, ReportPart], kept: Sequence[Kept]) -> None:
    """Write what differs; the part of a key stays the same row, so that its history goes on."""
    gone = rows.keys() - {one.key for one in kept}
    ReportPart.objects.filter(pk__in=[rows[key].pk for key in gone]).delete()
    fresh, changed = [], []
    for position, one in enumerate(kept):
        held = rows.get(one.key)
        if held is None:
            fresh.append(_row(report, one, position))
            continue
        if as_kept(held) != one:
            held.revision += 1
        if as_kept(held) != one or held.position != position:
            _fill(held, one, position)
            changed.append(held)
    ReportPart.objects.bulk_create(fresh)
    fields = ["heading", "level", "position", "drafted", "shown", "beneath", "edited", "gone", "revision"]
    ReportPart.objects.bulk_update(changed, fields, batch_size=200)


def edit_part(actor: Actor, part: ReportPart, *, text: str, seen_revision: int) -> ReportPart:
    """Give a paragraph a person's words, one sentence a line; no text strikes it out.

    A line that stands keeps its records. Raises ReportError, PartChangedError, PermissionDenied.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(text) > LONGEST_TEXT:
        raise ReportError("TOO_LONG", "text", f"it has more than {LONGEST_TEXT} characters")

    def written(one: Kept) -> Kept:
        return replace(seen(one), shown=edited(one.shown or one.drafted, lines), edited=True)

    changed = _change(actor, part, "EDIT_PART", seen_revision, written)
    if changed is None:  # edit never removes a part
        raise PartChangedError(None)
    return changed


def keep_part(actor: Actor, part: ReportPart, *, seen_revision: int) -> ReportPart | None:
    """Keep a person's words after having read what changed beneath. Raises PartChangedError, PermissionDenied."""
    return _change(actor, part, "KEEP_PART", seen_revision, seen)


def take_draft(actor: Actor, part: ReportPart, *, seen_revision: int) -> ReportPart | None:
    """Put what is drafted in place of a person's words; None where nothing is drafted any more and the part is gone.

    Raises PartChangedError, PermissionDenied.
    """
    return _change(actor, part, "TAKE_DRAFT", seen_revision, taken)


def add_part(actor: Actor, report: Report, *, after: ReportPart, text: str) -> ReportPart:
    """Add a paragraph of a person's own behind another part. Raises ReportError, PermissionDenied."""
    _allow(actor)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise ReportError("MISSING", "text", "it is empty")
    if len(text) > LONGEST_TEXT:
        raise ReportError("TOO_LONG", "text", f"it has more than {LONGEST_TEXT} characters")
    own = Kept(f"{OWN}/{uuids.uuid4()}", after.heading, 0, (), tuple(map(Sentence, lines)), edited=True)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        later = list(report.parts.select_for_update().filter(position__gt=after.position))
        for one in later:
            one.position += 1
        ReportPart.objects.bulk_update(later, ["position"], batch_size=200)
        made = _row(report, own, after.position + 1)
        made.save()
        record_change(actor, "ADD_PART", reference_to(made), before=None, after=_texts(made))
    return made


def publish_report(actor: Actor, report: Report) -> None:
    """Open a report to everybody. Raises PermissionDenied."""
    _allow(actor)
    with transaction.atomic():
        held = Report.objects.select_for_update().get(pk=report.pk)
        if held.published_at is None:
            held.published_at = timezone.now()
            held.save(update_fields=["published_at"])
            record_change(actor, "PUBLISH", reference_to(held), before=None, after={"title": held.title})


def _change(
    actor: Actor, part: ReportPart, verb: str, seen_revision: int, deed: Callable[[Kept], Kept | None]
) -> ReportPart | None:
    _allow(actor)
    with transaction.atomic():
        held = ReportPart.objects.select_for_update().filter(pk=part.pk).first()
        if held is None or held.revision != seen_revision:
            raise PartChangedError(held)
        before, result = _texts(held), deed(as_kept(held))
        if result is None:
            record_change(actor, verb, reference_to(held), before=before, after=None)
            held.delete()
            return None
        _fill(held, result, held.position)
        held.revision += 1
        held.save()
        record_change(actor, verb, reference_to(held), before=before, after=_texts(held))
    return held


def as_kept(row: ReportPart) -> Kept:
    """A stored part as the rules take it."""
    return Kept(
        row.key,
        row.heading,
        row.level,
        _sentences(row.drafted),
        _sentences(row.shown),
        row.edited,
        _sentences(row.beneath),
        row.gone,
    )


def _sentences(stored: Iterable[Any]) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, tuple(traces)) for text, traces in stored)


def _stored(sentences: Iterable[Sentence]) -> list[Any]:
    return [[one.text, list(one.traces)] for one in sentences]


def _row(report: Report, one: Kept, position: int) -> ReportPart:
    made = ReportPart(report=report, key=one.key)
    _fill(made, one, position)
    return made


def _fill(row: ReportPart, one: Kept, position: int) -> None:
    row.heading, row.level, row.position = one.heading, one.level, position
    row.drafted, row.shown, row.beneath = _stored(one.drafted), _stored(one.shown), _stored(one.beneath)
    row.edited, row.gone = one.edited, one.gone


def _texts(row: ReportPart) -> dict[str, Any]:
    return {"report": reference_to(row.report), "part": row.key, "text": "\n".join(text for text, _ in row.shown)}


def _about(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "language": report.language,
        "first_date": report.first_date.isoformat(),
        "last_date": report.last_date.isoformat(),
        "symbol": report.symbol,
    }


def _check(fields: dict[str, str], language: str, first_date: date, last_date: date) -> None:
    if not fields["title"]:
        raise ReportError("MISSING", "title", "it is empty")
    if language not in WORDINGS:
        raise ReportError("LANGUAGE", "language", f"reports are drafted in English and Chinese, not in {language!r}")
    for name, text in fields.items():
        longest = 60 if name == "symbol" else LONGEST_LINE
        if len(text) > longest:
            raise ReportError("TOO_LONG", name, f"it has more than {longest} characters")
    if last_date < first_date:
        raise ReportError("ORDER", "last_date", f"{last_date} comes before {first_date}")
    if (last_date - first_date).days > MOST_YEARS * DAYS_OF_YEAR:
        raise ReportError("TOO_LONG", "last_date", f"a report covers at most {MOST_YEARS} years")


def headings_for_activities() -> list[str]:
    """The codes of headings that an activity can be put under, in order."""
    return [code for code in scheme() if code not in COMPUTED]


def _resolution(actor: Actor, key: str) -> Resolution:
    found = resolutions_known_to(actor).filter(key=key.strip()).first()
    if found is None:
        raise ReportError("UNKNOWN_RESOLUTION", "resolutions", f"{key!r} is not here")
    return found


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.DRAFT_REPORT):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
