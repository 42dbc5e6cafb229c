"""Entering what resolutions ask, confirming what was read, linking evidence, joining resolutions to a chain.

Every deed is a curator's. A mandate read from a text is a proposal until somebody confirms it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from merida.cooperation.mandates.models import Addressee, Condition, Evidence, Mandate, Placement, Succession
from merida.cooperation.mandates.operative import LANGUAGES, Operative, operative_paragraphs
from merida.cooperation.mandates.queries import mandates_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents.models import Document, Paragraph, PassageKind, Version
from merida.knowledge.documents.queries import resolutions_known_to
from merida.knowledge.documents.queries.documents import visible_documents
from merida.knowledge.observatory import queries as observatory
from merida.knowledge.observatory.models import Activity
from merida.rules.drafting.headings import COMPUTED, scheme

LONGEST_TEXT = 20_000


class MandateError(ValueError):
    """It cannot be so. ``code`` says why for a page in any language; the message begins with the field."""

    def __init__(self, code: str, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.code, self.field = code, field


class MandateChangedError(MandateError):
    """Somebody changed it since it was read; ``mandate`` is as it is now. Nothing was stored."""

    def __init__(self, mandate: Mandate) -> None:
        self.mandate = mandate
        super().__init__("CHANGED", "mandate", "somebody changed it in the meantime")


def enter_mandate(
    actor: Actor,
    *,
    resolution: str,
    number: str,
    text: str,
    language: str,
    addressee: str = "",
    condition: str = "",
    due_date: date | None = None,
    due_words: str = "",
) -> Mandate:
    """Keep an operative paragraph that a person entered; it is confirmed by that.

    ``resolution`` is a key such as ``COSP 8/8``, ``number`` as printed. Raises MandateError, PermissionDenied.
    """
    _allow(actor)
    found = _resolution(actor, resolution)
    fields = {
        "number": number.strip(),
        "text": text.strip(),
        "language": language,
        "addressee": addressee,
        "condition": condition,
        "due_date": due_date,
        "due_words": due_words.strip(),
    }
    _check(fields)
    with transaction.atomic():
        made = Mandate(resolution=found, position=_next(found), confirmed_at=timezone.now(), **fields)
        _save_new(made)
        record_change(actor, "ENTER_MANDATE", reference_to(made), before=None, after=_shown(made))
    return made


def read_mandates(actor: Actor, *, resolution: str, text: str, language: str) -> list[Mandate]:
    """Propose the operative paragraphs read in a pasted text; what is there already stays as it is.

    Raises MandateError, operative.OperativeTextError, PermissionDenied.
    """
    _allow(actor)
    found = _resolution(actor, resolution)
    return _propose(actor, found, operative_paragraphs(text, language=language), language, {})


def read_mandates_of_document(actor: Actor, *, resolution: str, document: str) -> list[Mandate]:
    """Propose the operative paragraphs read in a document that is the resolution; ``document`` is symbol or address.

    The English text is read, else the Chinese. Raises MandateError, operative.OperativeTextError, PermissionDenied.
    """
    _allow(actor)
    found = _resolution(actor, resolution)
    known = visible_documents(actor)
    one = known.filter(slug=document).first() or known.filter(symbol=document).order_by("pk").first()
    if one is None:
        raise MandateError("UNKNOWN_DOCUMENT", "document", f"{document!r} is not here")
    versions = {each.language: each for each in one.versions.filter(is_current=True)}
    version = versions.get("en") or versions.get("zh")
    if version is None:
        raise MandateError("NO_LANGUAGE", "document", "it is here neither in English nor in Chinese")
    rows = {row.place: row for row in version.paragraphs.filter(kind=PassageKind.PARAGRAPH).order_by("position")}
    text = "\n".join(f"{place}. {row.text}" for place, row in rows.items() if place.isdigit())
    return _propose(actor, found, operative_paragraphs(text, language=version.language), version.language, rows)


def _propose(
    actor: Actor, resolution: Resolution, found: Sequence[Operative], language: str, rows: dict[str, Paragraph]
) -> list[Mandate]:
    made = []
    with transaction.atomic():
        known = set(resolution.mandates.values_list("number", "addressee"))
        first = _next(resolution)
        for position, one in enumerate(found, start=first):
            if (one.number, one.addressee) in known:
                continue
            made.append(_read(resolution, one, language, position, rows))
            known.add((one.number, one.addressee))
        for mandate in made:
            mandate.save()
        if made:
            numbers = [mandate.number for mandate in made]
            record_change(
                actor, "READ_MANDATES", f"resolution:{resolution.slug}", before=None, after={"numbers": numbers}
            )
    return made


def _read(resolution: Resolution, one: Operative, language: str, position: int, rows: dict[str, Paragraph]) -> Mandate:
    row = rows.get(one.number.partition("(")[0])
    return Mandate(
        resolution=resolution,
        number=one.number,
        position=position,
        text=one.text,
        language=language,
        addressee=one.addressee,
        condition=one.condition,
        condition_words=one.condition_words,
        due_date=one.due,
        due_words=one.due_words,
        version=row.version if row else None,
        paragraph=row,
        place=one.number if row else "",
        rule=one.rule,
    )


def confirm_mandate(actor: Actor, mandate: Mandate, *, seen: int, **changed: Any) -> Mandate:
    """Confirm a mandate, or correct it; ``changed`` holds fields of ``enter_mandate``, ``seen`` the revision read.

    Raises MandateError, MandateChangedError, PermissionDenied.
    """
    _allow(actor)
    _check(changed)
    with transaction.atomic():
        held = Mandate.objects.select_for_update().get(pk=mandate.pk)
        if held.revision != seen:
            raise MandateChangedError(held)
        before = _shown(held)
        for name, value in changed.items():
            setattr(held, name, value.strip() if isinstance(value, str) else value)
        held.revision += 1
        held.confirmed_at = held.confirmed_at or timezone.now()
        _save_new(held)
        record_change(actor, "CONFIRM_MANDATE", reference_to(held), before=before, after=_shown(held))
    return held


def take_back_mandate(actor: Actor, mandate: Mandate, *, seen: int) -> None:
    """Remove a mandate that was entered or read by mistake. Raises MandateChangedError, PermissionDenied."""
    _allow(actor)
    with transaction.atomic():
        held = Mandate.objects.select_for_update().get(pk=mandate.pk)
        if held.revision != seen:
            raise MandateChangedError(held)
        record_change(actor, "TAKE_BACK_MANDATE", reference_to(held), before=_shown(held), after=None)
        held.delete()


def confirm_all(actor: Actor, resolution: Resolution) -> int:
    """Confirm every mandate of a resolution that was read and that ``actor`` sees; return how many."""
    waiting = [one for one in mandates_of(actor, resolution) if one.confirmed_at is None]
    with transaction.atomic():
        for one in waiting:
            confirm_mandate(actor, one, seen=one.revision)
    return len(waiting)


def link_evidence(actor: Actor, mandate: Mandate, *, record: str) -> Evidence:
    """Link a record to a mandate: the identifier of an activity or figure, or the symbol or address of a document.

    Raises MandateError, PermissionDenied.
    """
    _allow(actor)
    target = _record(actor, record.strip())
    with transaction.atomic():
        if mandate.evidence.filter(**target).exists():
            raise MandateError("LINKED_ALREADY", "record", "it is linked already")
        made = Evidence.objects.create(mandate=mandate, **target)
        after = {"mandate": reference_to(mandate), "record": reference_to(next(iter(target.values())))}
        record_change(actor, "LINK_EVIDENCE", reference_to(made), before=None, after=after)
    return made


def link_all_told(actor: Actor, mandate: Mandate) -> int:
    """Link every activity that names the mandate's resolution and that ``actor`` sees; return how many were new."""
    _allow(actor)
    found = observatory.activities(actor).filter(resolution=mandate.resolution.key)
    known = set(mandate.evidence.filter(activity__isnull=False).values_list("activity_id", flat=True))
    fresh = [one for one in found if one.pk not in known]
    with transaction.atomic():
        for one in fresh:
            link_evidence(actor, mandate, record=str(one.uuid))
    return len(fresh)


def unlink_evidence(actor: Actor, evidence: Evidence) -> None:
    """Take a link back. Raises PermissionDenied."""
    _allow(actor)
    with transaction.atomic():
        linked = evidence.activity or evidence.figure or evidence.document
        before = {"mandate": reference_to(evidence.mandate), "record": reference_to(linked) if linked else ""}
        record_change(actor, "UNLINK_EVIDENCE", reference_to(evidence), before=before, after=None)
        evidence.delete()


def record_succession(actor: Actor, *, earlier: str, later: str) -> Succession:
    """Say that a resolution takes up the subject of an earlier one; keys. Raises MandateError, PermissionDenied."""
    _allow(actor)
    first, second = _resolution(actor, earlier, "earlier"), _resolution(actor, later, "later")
    if first == second:
        raise MandateError("SAME", "later", "a resolution does not follow itself")
    if first.adopted_date and second.adopted_date and first.adopted_date > second.adopted_date:
        raise MandateError("ORDER", "later", f"{later} was adopted before {earlier}")
    if Succession.objects.filter(earlier=first, later=second).exists():
        raise MandateError("LINKED_ALREADY", "later", "it is linked already")
    with transaction.atomic():
        made = Succession.objects.create(earlier=first, later=second)
        after = {"earlier": first.key, "later": second.key}
        record_change(actor, "RECORD_SUCCESSION", reference_to(made), before=None, after=after)
    return made


def place_activity(actor: Actor, activity: UUID, *, heading: str) -> Placement:
    """Put an activity under a heading of reports, for every later draft. Raises MandateError, PermissionDenied."""
    _allow(actor)
    if heading not in scheme() or heading in COMPUTED:
        raise MandateError("UNKNOWN_HEADING", "heading", f"{heading!r} is no heading for activities")
    found: Activity | None = observatory.activities(actor).filter(uuid=activity).first()
    if found is None:
        raise MandateError("UNKNOWN_RECORD", "record", f"{activity} is no activity here")
    with transaction.atomic():
        held = Placement.objects.filter(activity=found).first()
        before = {"heading": held.heading} if held else None
        made, _new = Placement.objects.update_or_create(
            activity=found, defaults={"heading": heading, "placed_at": timezone.now()}
        )
        after = {"activity": reference_to(found), "heading": heading}
        record_change(actor, "PLACE_ACTIVITY", reference_to(made), before=before, after=after)
    return made


def _record(actor: Actor, named: str) -> dict[str, Any]:
    try:
        key = UUID(named.partition(":")[2] or named)
    except ValueError:
        document: Document | None = visible_documents(actor).filter(slug=named).first()
        document = document or visible_documents(actor).filter(symbol=named).order_by("pk").first()
        if document is None:
            raise MandateError("UNKNOWN_RECORD", "record", f"{named!r} is no record here") from None
        return {"document": document}
    for kind, rows in (("activity", observatory.activities(actor)), ("figure", observatory.figures(actor))):
        one = rows.filter(uuid=key).first()
        if one is not None:
            return {kind: one}
    raise MandateError("UNKNOWN_RECORD", "record", f"{named!r} is no record here")


def _resolution(actor: Actor, key: str, field: str = "resolution") -> Resolution:
    found = resolutions_known_to(actor).filter(key=key.strip()).first()
    if found is None:
        raise MandateError("UNKNOWN_RESOLUTION", field, f"{key!r} is not here")
    return found


def _check(fields: dict[str, Any]) -> None:
    for name, longest in (("number", 20), ("text", LONGEST_TEXT), ("due_words", 300)):
        value = fields.get(name, "x")
        if name != "due_words" and not value.strip():
            raise MandateError("MISSING", name, "it is empty")
        if len(value) > longest:
            raise MandateError("TOO_LONG", name, f"it has more than {longest} characters")
    for name, known in (
        ("addressee", ["", *Addressee.values]),
        ("condition", ["", *Condition.values]),
        ("language", LANGUAGES),
    ):
        if name in fields and fields[name] not in known:
            raise MandateError("UNKNOWN_CODE", name, f"{fields[name]!r} is not among {', '.join(filter(None, known))}")


def _save_new(mandate: Mandate) -> None:
    try:
        with transaction.atomic():
            mandate.save()
    except IntegrityError:
        words = f"paragraph {mandate.number} asks this addressee already"
        raise MandateError("LINKED_ALREADY", "number", words) from None


def _next(resolution: Resolution) -> int:
    last = resolution.mandates.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _shown(one: Mandate) -> dict[str, Any]:
    version: Version | None = one.version
    return {
        "resolution": one.resolution.key,
        "number": one.number,
        "text": one.text,
        "addressee": one.addressee,
        "condition": one.condition,
        "due_date": one.due_date.isoformat() if one.due_date else "",
        "due_words": one.due_words,
        "source": reference_to(version) if version else "",
        "place": one.place,
        "rule": one.rule,
        "confirmed": one.confirmed_at is not None,
    }


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
