"""Holding draws: announced, held, one reviewer drawn again."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction
from django.utils import timezone

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Cycle, Instrument, Mechanism
from merida.foundation.registry.queries import states_by_code
from merida.review.draws.again import rules_again, urn_again
from merida.review.draws.events import DrawError, add_event, allow
from merida.review.draws.models import Draw, DrawMethod, DrawRecord, EventKind, Pairing
from merida.review.draws.parts import check_part
from merida.review.draws.queries import pairs_held, parts_of
from merida.review.draws.reading import Announcement, Drawn
from merida.rules.lots import LotsError, RuleSet, Source, Urn, announce, canonical, digest, draw

RESERVED = frozenset({"new", "answers"})  # addresses of the pages themselves
EARLIEST, LATEST = 1990, 2200


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is published before a draw, with its page's address and titles by language.

    ``urn_source`` says where the list of participants comes from when it was entered by hand.
    """

    slug: str
    titles: Mapping[str, str]
    mechanism: Mechanism
    rules: RuleSet
    urn: Urn
    sources: Sequence[Source]
    moment: dt.datetime
    year: int | None = None
    cycle: Cycle | None = None
    scope: str = ""
    is_sample: bool = False
    method: str = DrawMethod.CEREMONY
    instrument: Instrument | None = None
    continues: Draw | None = None
    urn_source: str = ""


def prepare_draw(actor: Actor, plan: Plan, *, announced_at: dt.datetime | None = None) -> Draw:
    """Keep a draw as a draft, which only those see who see drafts. Raises DrawError, PermissionDenied."""
    allow(actor)
    _check(plan)
    content = _announcement(plan, announced_at or timezone.now())
    with transaction.atomic():
        try:
            with transaction.atomic():  # so that what was begun before can go on
                made = Draw.objects.create(
                    slug=plan.slug,
                    titles=dict(plan.titles),
                    mechanism=plan.mechanism,
                    cycle=plan.cycle,
                    instrument=plan.instrument,
                    continues=plan.continues,
                    year=plan.year,
                    scope=plan.scope,
                    announcement_text=_text(content),
                    announcement_digest=digest(content),
                    moment_at=plan.moment,
                    is_sample=plan.is_sample,
                )
        except IntegrityError as error:
            raise DrawError("the address {slug} is taken", slug=plan.slug) from error
        after = {"slug": plan.slug, "announcement": made.announcement_digest, "moment_at": plan.moment}
        record_change(actor, "PREPARE_DRAW", reference_to(made), before=None, after=after)
    return made


def announce_draw(actor: Actor, plan: Plan, *, announced_at: dt.datetime | None = None) -> Draw:
    """Publish urn, rules, sources of the seed and the moment. Raises DrawError, PermissionDenied.

    Only a sample may say itself when it was announced; anything else is announced now.
    """
    if announced_at is not None and not plan.is_sample:
        raise DrawError("a draw is announced at the moment at which it is published, not at another one")
    moment = announced_at or timezone.now()
    with transaction.atomic():
        made = prepare_draw(actor, plan, announced_at=moment)
        made.published_at = moment
        made.save(update_fields=["published_at"])
        after = {"published_at": moment, "announcement": made.announcement_digest}
        record_change(actor, "ANNOUNCE_DRAW", reference_to(made), before={"published_at": None}, after=after)
    return made


def hold_draw(
    actor: Actor, found: Draw, values: Sequence[Sequence[int]], *, drawn_at: dt.datetime | None = None
) -> DrawRecord:
    """Draw from the numbers that the announced sources gave, in their order; keep record and pairs.

    Raises DrawError (not announced, too early, held already, numbers), PermissionDenied. Only a sample may name
    ``drawn_at``.
    """
    allow(actor)
    moment = drawn_at if drawn_at is not None and found.is_sample else timezone.now()
    if found.published_at is None:
        raise DrawError("{draw} has not been announced", draw=found)
    if moment < found.moment_at:
        raise DrawError("{draw} is to be held on {moment}, not before", draw=found, moment=found.moment_at)
    content = _drawn(_read(found.announcement_text), values)
    with transaction.atomic():
        locked = Draw.objects.select_for_update().get(pk=found.pk)
        if locked.records.exists():
            raise DrawError("{draw} was held already; its record stays", draw=found)
        record = _keep(actor, locked, content, number=1, earlier="", moment=moment)
        _pair(locked, record, Drawn(content, Announcement(content["announcement"])))
    return record


def redraw_reviewer(actor: Actor, pairing: Pairing, *, values: Sequence[Sequence[int]]) -> Pairing:
    """Draw another reviewer in place of one, from the source announced for it; the record names the one before it.

    Reason, approval and source are those of the announcement (``events.announce_redraw``). Raises DrawError where
    nothing was announced or the source is not known yet, PermissionDenied.
    """
    allow(actor)
    said = pairing.events.filter(kind=EventKind.REDRAW_ANNOUNCED).first()
    if said is None or said.source_public_at is None:
        raise DrawError("announce first from which public source another reviewer will be drawn")
    if timezone.now() < said.source_public_at:
        raise DrawError(
            "{source} will be known on {moment}, not before", source=said.source_name, moment=said.source_public_at
        )
    sources = [Source(said.source_name, said.source_public_at)]
    with transaction.atomic():
        locked = Draw.objects.select_for_update().get(pk=pairing.draw_id)
        if Pairing.objects.get(pk=pairing.pk).replaced_by_id is not None:
            raise DrawError("{reviewer} was replaced already", reviewer=pairing.reviewer)
        latest = locked.records.order_by("-number")[0]
        moment = timezone.now()
        content = _drawn(
            _redraw_announcement(
                locked, pairing, since=said.recorded_at, moment=moment, sources=sources, latest=latest
            ),
            values,
        )
        record = _keep(actor, locked, content, number=latest.number + 1, earlier=latest.digest, moment=moment)
        pick = content["picks"][0]
        new = _replace(pairing, record, pick["reviewer"])
        add_event(
            actor,
            pairing,
            EventKind.REDRAWN,
            day=moment.date(),
            reason=said.reason,
            approved_by=said.approved_by,
        )
    return new


def _check(plan: Plan) -> None:
    try:
        validate_slug(plan.slug)
    except ValidationError:
        raise DrawError("{slug} is no address: letters, digits, hyphens and underscores are", slug=plan.slug) from None
    if plan.slug in RESERVED or Draw.objects.filter(slug=plan.slug).exists():
        raise DrawError("the address {slug} is taken", slug=plan.slug)
    if not any(text.strip() for text in plan.titles.values()):
        raise DrawError("the draw has no title")
    if plan.method not in DrawMethod.values:
        raise DrawError(
            "{method} is no method of drawing reviewers: {known} are",
            method=plan.method,
            known=", ".join(DrawMethod.values),
        )
    if plan.year is not None and not EARLIEST <= plan.year <= LATEST:
        raise DrawError(
            "{year} is no year of a review: {earliest} to {latest} are",
            year=plan.year,
            earliest=EARLIEST,
            latest=LATEST,
        )
    check_part(plan.mechanism, plan.instrument, plan.rules, continues=plan.continues)
    codes = {one.code for one in plan.urn.participants}
    unknown = sorted(codes - set(states_by_code(codes)))
    if unknown:
        raise DrawError("no State has the code {codes}", codes=", ".join(unknown))


def _announcement(plan: Plan, announced_at: dt.datetime) -> dict[str, Any]:
    title = plan.titles.get("en") or next(iter(plan.titles.values()))
    try:
        made = announce(
            title=title,
            rules=plan.rules,
            urn=plan.urn,
            sources=plan.sources,
            announced_at=announced_at,
            draw_at=plan.moment,
            method=str(plan.method),
            instrument=plan.instrument.code if plan.instrument else "",
        )
    except LotsError as error:
        raise DrawError(error.template, **error.values) from error
    return {**made, "urn_source": plan.urn_source} if plan.urn_source else made


def _drawn(announcement: dict[str, Any], values: Sequence[Sequence[int]]) -> dict[str, Any]:
    try:
        return draw(announcement, values)
    except LotsError as error:
        raise DrawError(error.template, **error.values) from error


def _keep(
    actor: Actor, found: Draw, content: dict[str, Any], *, number: int, earlier: str, moment: dt.datetime
) -> DrawRecord:
    record = DrawRecord.objects.create(
        draw=found,
        number=number,
        text=_text(content),
        digest=content["digest"],
        earlier_digest=earlier,
        drawn_at=moment,
    )
    verb = "HOLD_DRAW" if number == 1 else "REDRAW_REVIEWER"
    after = {"draw": found.slug, "number": number, "digest": record.digest, "earlier_digest": earlier}
    record_change(actor, verb, reference_to(record), before=None, after=after)
    return record


def _pair(found: Draw, record: DrawRecord, drawn: Drawn) -> None:
    states = states_by_code({code for state, _place, reviewer in drawn.drawn for code in (state, reviewer)})
    Pairing.objects.bulk_create(
        Pairing(
            draw=found,
            record=record,
            state=states[state],
            reviewer=states[reviewer],
            position=place,
            year=None if found.year is None else found.year + drawn.years.get(state, 1) - 1,
        )
        for state, place, reviewer in drawn.drawn
    )


def _replace(pairing: Pairing, record: DrawRecord, reviewer: str) -> Pairing:
    """Put a new pair at the place of one; the old row stays and names it."""
    new = Pairing(
        draw_id=pairing.draw_id,
        record=record,
        state=pairing.state,
        reviewer=states_by_code({reviewer})[reviewer],
        position=pairing.position,
        year=pairing.year,
    )
    taken = Pairing.objects.filter(pk=pairing.pk)
    # the place is held by one pair only: it is free for the moment between the two writes
    taken.update(replaced_by=pairing.pk)
    new.save()
    taken.update(replaced_by=new)
    return new


def _redraw_announcement(
    found: Draw,
    pairing: Pairing,
    *,
    since: dt.datetime,
    moment: dt.datetime,
    sources: Sequence[Source],
    latest: DrawRecord,
) -> dict[str, Any]:
    """Return the announcement of one more pick: everything as it stands but this one place."""
    first = _read(found.announcement_text)
    holding = Pairing.objects.filter(draw=found, replaced_by__isnull=True).exclude(pk=pairing.pk)
    pairs = list(holding.values_list("state__iso3", "reviewer__iso3"))
    state = pairing.state.iso3
    earlier = Pairing.objects.filter(draw=found, state=pairing.state).values_list("reviewer__iso3", flat=True)
    kept = {reviewer for one, reviewer in pairs if one == state}
    parts = parts_of(found)
    urn = urn_again(
        first,
        state=state,
        kept=kept,
        barred=set(earlier) - kept,
        pairs=pairs,
        parts=pairs_held(parts) if parts else None,
    )
    try:
        content = announce(
            title=f"{first['title']}: {state}",
            rules=rules_again(first["rules"]),
            urn=urn,
            sources=sources,
            announced_at=since,
            draw_at=moment,
        )
    except LotsError as error:
        raise DrawError(error.template, **error.values) from error
    return {**content, "earlier_digest": latest.digest}


def _text(content: dict[str, Any]) -> str:
    return canonical(content).decode()


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found
