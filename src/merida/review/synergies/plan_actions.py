"""Preparing a timetable, having it solved, changing it by hand, trying it with other rules, publishing it."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import State
from merida.review.draws.models import Draw, Pairing
from merida.review.synergies.plan_instance import first_monday_of, make_instance, monday_of, planned_of
from merida.review.synergies.plan_models import MOST_WEEKS, CyclePlan, PlannedReview, PlanState
from merida.review.synergies.plan_records import elsewhere, placed_dates, rules_of, to_plan
from merida.review.synergies.plan_rests import rest_days_of
from merida.review.synergies.plan_rules import PlanClashesError, PlanError, Rules, differences
from merida.review.synergies.plan_words import clashes_in_words
from merida.review.synergies.plan_zones import zones_known
from merida.rules.timetable.checker import clashes
from merida.rules.timetable.instance import Instance

WEEK = timedelta(weeks=1)
WAITING = frozenset({PlanState.QUEUED, PlanState.SOLVING})
FIRST = 3  # broken rules that are told at once
LONGEST_REASON = 2000


class PlanChangedError(PlanError):
    """Somebody changed the timetable since it was read. Nothing was stored."""


def prepare_plan(
    actor: Actor,
    draw: Draw,
    *,
    rules: Rules,
    titles: Mapping[str, str] | None = None,
    rest_days: Mapping[str, list[date]] | None = None,
    is_sample: bool = False,
) -> CyclePlan:
    """Make a timetable of the pairs that hold in a draw, without places: a draft until it is solved.

    A review may begin in the year drawn for it, its visit lies within ``rules.window_weeks`` from then.
    ``rest_days`` replaces the public holidays that are computed. Raises PlanError, PermissionDenied.
    """
    _allow(actor)
    drawn = _pairs(draw)
    if not drawn:
        raise PlanError("{draw}: nothing has been drawn yet, so there is no review to plan", draw=draw)
    years = {state: _year(draw, held) for state, held in drawn.items()}
    first = first_monday_of(min(years.values()))
    weeks = (first_monday_of(max(years.values())) - first).days // 7 + rules.window_weeks
    weeks += rules.longest_report + 1
    if weeks > MOST_WEEKS:
        raise PlanError(
            "{draw}: its years span {weeks} weeks, more than {most}", draw=draw, weeks=weeks, most=MOST_WEEKS
        )
    unknown = set(rules.languages) - {state.iso3 for state in drawn}
    if unknown:
        raise PlanError("languages: {state} is not under review in {draw}", state=min(unknown), draw=draw)
    with transaction.atomic():
        made = CyclePlan.objects.create(
            titles=dict(titles or draw.titles),
            mechanism=draw.mechanism,
            draw=draw,
            first_monday=first,
            weeks=weeks,
            settings=rules.kept(),
            is_sample=is_sample or draw.is_sample,
        )
        for state, held in drawn.items():
            begins = first_monday_of(years[state])
            review = PlannedReview.objects.create(
                plan=made,
                code=f"{state.iso3}-{years[state]}",
                state=state,
                language=rules.languages.get(state.iso3, rules.language),
                earliest_date=begins,
                latest_date=begins + (rules.window_weeks - 1) * WEEK,
                published_at=timezone.now() if made.is_sample else None,  # no State is asked about a sample
                opened_by_text="sample" if made.is_sample else "",
            )
            review.reviewers.set(pair.reviewer for pair in held)
        given = rest_days if rest_days is not None else rest_days_of(made)
        made.rest_days = {state: sorted(day.isoformat() for day in days) for state, days in given.items()}
        made.save(update_fields=["rest_days"])
        instance_of(made)  # what no plan can be made of is refused before it is kept
        after = {
            "draw": draw.slug,
            "reviews": len(drawn),
            "first_monday": first,
            "weeks": weeks,
            "rules": made.settings,
        }
        record_change(actor, "PREPARE_PLAN", reference_to(made), before=None, after=after)
    return made


def trial_instance(actor: Actor, draw: Draw) -> Instance:
    """Return what would be planned for a draw by the usual rules; nothing is stored. Raises PlanError."""
    with transaction.atomic():
        instance = instance_of(prepare_plan(actor, draw, rules=Rules()))
        transaction.set_rollback(True)
    return instance


def change_rules(actor: Actor, plan: CyclePlan, rules: Rules, *, seen: int | None = None) -> CyclePlan:
    """Give a timetable that was not published other rules; its places stay until it is solved again.

    Raises PlanError (published, waiting for the solver, impossible), PlanChangedError, PermissionDenied.
    """
    with transaction.atomic():
        held = _open(actor, plan, seen)
        before = rules_of(held)
        names = differences(before, rules)
        if not names:
            return held
        _apply_rules(held, rules)
        instance_of(held)
        _changed(held, "settings")
        kept = before.kept()
        record_change(
            actor,
            "CHANGE_PLAN_RULES",
            reference_to(held),
            before={name: kept[name] for name in names},
            after={name: held.settings[name] for name in names},
        )
    return held


def queue_plan(actor: Actor, plan: CyclePlan, *, seen: int | None = None) -> CyclePlan:
    """Have the worker solve a timetable. Raises PlanError, PlanChangedError, PermissionDenied."""
    with transaction.atomic():
        held = _open(actor, plan, seen)
        instance_of(held)
        was = held.state
        held.state, held.asked_at, held.cancel_asked_at = PlanState.QUEUED, timezone.now(), None
        held.percent, held.claim, held.fault_text, held.was_stopped = 0, "", "", False
        held.cost, held.bound, held.obstacles = None, None, []
        _changed(
            held,
            *("state", "asked_at", "cancel_asked_at", "percent", "claim", "fault_text", "was_stopped"),
            *("cost", "bound", "obstacles"),
        )
        record_change(actor, "QUEUE_PLAN", reference_to(held), before={"state": was}, after={"state": held.state})
    return held


def cancel_plan(actor: Actor, plan: CyclePlan) -> CyclePlan:
    """Ask the solver to stop; it keeps the best plan so far. Raises PlanError where nothing is being solved."""
    _allow(actor)
    with transaction.atomic():
        held = _locked(plan)
        if held.state not in WAITING:
            raise PlanError("{held}: nothing is being solved", held=held)
        was, held.cancel_asked_at = held.state, timezone.now()
        if held.state == PlanState.QUEUED:
            held.state = PlanState.CANCELLED
        _changed(held, "state", "cancel_asked_at")
        after = {"state": held.state, "cancel_asked_at": held.cancel_asked_at}
        record_change(actor, "CANCEL_PLAN", reference_to(held), before={"state": was}, after=after)
    return held


def lock_review(actor: Actor, plan: CyclePlan, code: str, *, seen: int | None = None) -> PlannedReview:
    """Keep a visit where it stands when the timetable is solved again. Raises PlanError, PermissionDenied."""
    return _set_lock(actor, plan, code, locked=True, seen=seen)


def unlock_review(actor: Actor, plan: CyclePlan, code: str, *, seen: int | None = None) -> PlannedReview:
    """Let a visit move when the timetable is solved again. Raises PlanError, PermissionDenied."""
    return _set_lock(actor, plan, code, locked=False, seen=seen)


def move_review(actor: Actor, plan: CyclePlan, code: str, *, day: date, seen: int | None = None) -> PlannedReview:
    """Put a visit into the week of a day and lock it there; refused where it would break a rule, which is named.

    Raises PlanError, PlanChangedError, PermissionDenied.
    """
    with transaction.atomic():
        held = _open(actor, plan, seen)
        review = _review(held, code)
        monday = monday_of(day)
        if not review.earliest_date <= monday <= review.latest_date:
            span = f"{review.earliest_date} to {review.latest_date}"
            raise PlanError("{code}: {day} lies outside the weeks of its review, {span}", code=code, day=day, span=span)
        if review.visit_first_date is None:
            raise PlanError("{code}: it has no place yet; have the timetable solved first", code=code)
        before = {**placed_dates(review), "is_locked": review.is_locked}
        _shift(review, monday - monday_of(review.visit_first_date))
        review.is_locked = True
        review.save()
        refuse_clashes(held)
        _changed(held)
        after = {**placed_dates(review), "is_locked": True}
        record_change(actor, "MOVE_REVIEW", reference_to(review), before=before, after=after)
    return review


def what_if(
    actor: Actor,
    plan: CyclePlan,
    *,
    rules: Rules | None = None,
    lock: Mapping[str, date] | None = None,
    reason: str = "",
    today: date | None = None,
) -> CyclePlan:
    """Copy a timetable with other rules, or with visits agreed for the weeks of certain days; the original stays.

    The copy is based on the original: solving it moves as little as possible, what has begun by ``today`` (that of the
    clock) stays where it was, and nothing is put before it. Raises PlanError naming the rule or the
    review, PermissionDenied.
    """
    _allow(actor)
    with transaction.atomic():
        held = _locked(plan)
        if held.state in WAITING:
            raise PlanError("{held}: it is being solved; wait, or cancel it first", held=held)
        made = _copied(held, reason.strip())
        if rules is not None:
            _apply_rules(made, rules)
        _keep_the_past(made, today or timezone.localdate())
        for code, day in sorted((lock or {}).items()):
            review = _review(made, code)
            if review.visit_first_date is None:
                raise PlanError("{code}: it has no place yet; have the timetable solved first", code=code)
            _shift(review, monday_of(day) - monday_of(review.visit_first_date))
            review.is_locked = True
            review.save()
        instance_of(made)
        made.save()
        changed = differences(rules_of(held), rules_of(made))
        after = {
            "based_on": str(held.uuid),
            "rules": {name: made.settings[name] for name in changed},
            "locked": {code: day.isoformat() for code, day in sorted((lock or {}).items())},
            "reason": made.change_text,
        }
        record_change(actor, "COPY_PLAN", reference_to(made), before=None, after=after)
    return made


def try_out(
    actor: Actor, plan: CyclePlan, *, rules: Rules | None = None, lock: Mapping[str, date] | None = None, reason: str
) -> CyclePlan:
    """Make a copy as ``what_if`` does and queue it, both or neither. Raises PlanError, PermissionDenied."""
    with transaction.atomic():
        return queue_plan(actor, what_if(actor, plan, rules=rules, lock=lock, reason=reason))


def replan(actor: Actor, plan: CyclePlan, *, reason: str) -> CyclePlan:
    """Copy a timetable to be solved against what changed since, moving as little as possible, and queue the copy.

    Raises PlanError (no reason, waiting), PermissionDenied.
    """
    said(reason)
    with transaction.atomic():
        made = what_if(actor, plan, reason=reason)
        _take_over_draw(made)
        made.rest_days = {
            state: sorted(day.isoformat() for day in days) for state, days in rest_days_of(made).items()
        } or made.rest_days
        made.save(update_fields=["rest_days"])
        return queue_plan(actor, made)


def lock_for_publishing(actor: Actor, plan: CyclePlan, seen: int | None) -> CyclePlan:
    """Return the timetable, locked for its publication. Raises PlanChangedError, PermissionDenied."""
    _allow(actor)
    return _locked(plan, seen)


def _pairs(draw: Draw) -> dict[State, list[Pairing]]:
    """Return the pairs that hold, by State under review."""
    pairs = Pairing.objects.filter(draw=draw, replaced_by__isnull=True).select_related("state", "reviewer")
    drawn: dict[State, list[Pairing]] = {}
    for pair in pairs.order_by("state__iso3", "position"):
        drawn.setdefault(pair.state, []).append(pair)
    return drawn


def _take_over_draw(made: CyclePlan) -> None:
    """Take what happened since the draw: reviewers drawn again, reviews postponed by a year."""
    if made.draw is None:
        return
    drawn, window = _pairs(made.draw), (rules_of(made).window_weeks - 1) * WEEK
    for review in made.reviews.select_related("state"):
        held = drawn.get(review.state)
        if not held:
            continue
        review.reviewers.set(pair.reviewer for pair in held)
        review.earliest_date = first_monday_of(_year(made.draw, held))
        review.latest_date = review.earliest_date + window
        review.save(update_fields=["earliest_date", "latest_date"])
        last = (review.latest_date - made.first_monday).days // 7
        made.weeks = max(made.weeks, last + rules_of(made).longest_report + 2)
    made.save(update_fields=["weeks"])


def _set_lock(actor: Actor, plan: CyclePlan, code: str, *, locked: bool, seen: int | None) -> PlannedReview:
    with transaction.atomic():
        held = _open(actor, plan, seen)
        review = _review(held, code)
        if review.visit_first_date is None:
            raise PlanError("{code}: it has no place yet; have the timetable solved first", code=code)
        if review.is_locked == locked:
            return review
        review.is_locked = locked
        review.save(update_fields=["is_locked"])
        _changed(held)
        verb = "LOCK_REVIEW" if locked else "UNLOCK_REVIEW"
        record_change(actor, verb, reference_to(review), before={"is_locked": not locked}, after={"is_locked": locked})
    return review


def _copied(held: CyclePlan, reason: str) -> CyclePlan:
    made = CyclePlan.objects.create(
        titles=held.titles,
        mechanism=held.mechanism,
        draw=held.draw,
        based_on=held,
        first_monday=held.first_monday,
        weeks=held.weeks,
        settings=held.settings,
        rest_days=held.rest_days,
        change_text=reason[:LONGEST_REASON],
        is_sample=held.is_sample,
    )
    for old in held.reviews.prefetch_related("reviewers"):
        reviewers = list(old.reviewers.all())
        values = {
            field.attname: getattr(old, field.attname)
            for field in PlannedReview._meta.concrete_fields  # noqa: SLF001 (Django's own way to a model's fields)
            if field.name not in {"id", "uuid", "plan"}
        }
        PlannedReview.objects.create(plan=made, **values).reviewers.set(reviewers)
    return made


def _keep_the_past(made: CyclePlan, today: date) -> None:
    """Leave the visits that have begun where they are, and every other review the weeks to come."""
    coming = monday_of(today) + WEEK
    for review in made.reviews.filter(Q(earliest_date__lt=coming) | Q(visit_first_date__lte=today)):
        if review.visit_first_date is not None and review.visit_first_date <= today:
            review.is_locked = True
        elif review.latest_date < coming:
            raise PlanError(
                "{code}: no week is left between {earliest} and {latest}",
                code=review.code,
                earliest=coming,
                latest=review.latest_date,
            )
        else:
            review.earliest_date = max(review.earliest_date, coming)
        review.save(update_fields=["is_locked", "earliest_date"])


def _apply_rules(held: CyclePlan, rules: Rules) -> None:
    before = rules_of(held)
    held.settings = rules.kept()
    longer = rules.window_weeks - before.window_weeks
    held.weeks += longer + rules.longest_report - before.longest_report
    if not 1 <= held.weeks <= MOST_WEEKS:
        raise PlanError("window_weeks: the timetable would span {weeks} weeks", weeks=held.weeks)
    for review in held.reviews.select_related("state"):
        review.language = rules.languages.get(review.state.iso3, rules.language)
        review.latest_date += longer * WEEK
        review.save(update_fields=["language", "latest_date"])
    held.save(update_fields=["settings", "weeks"])


def _shift(review: PlannedReview, by: timedelta) -> None:
    for name, day in placed_dates(review).items():
        setattr(review, name, day + by if day else None)


def instance_of(held: CyclePlan) -> Instance:
    """Return what the solver plans for a timetable as everything stands now. Raises PlanError where it cannot."""
    rules = rules_of(held)
    if rules.at_distance:
        rules = rules.changed(zones={**zones_known(held), **rules.zones})
    return make_instance(
        held.first_monday,
        held.weeks,
        rules,
        reviews=to_plan(held),
        elsewhere=elsewhere(held),
        rest_days={state: [date.fromisoformat(day) for day in days] for state, days in held.rest_days.items()},
    )


def refuse_clashes(held: CyclePlan) -> None:
    """Raise PlanError naming the first rules that a timetable breaks as it stands."""
    reviews, instance = to_plan(held), instance_of(held)
    found = clashes(instance, planned_of(reviews, held.first_monday, rules_of(held)))
    if found:
        first = found[:FIRST]
        raise PlanClashesError(
            clashes_in_words(instance, first),
            [(one.rule, None if one.week is None else instance.monday(one.week), one.items) for one in first],
        )


def _review(held: CyclePlan, code: str) -> PlannedReview:
    found: PlannedReview | None = held.reviews.select_related("state").filter(code=code).first()
    if found is None:
        raise PlanError("{code}: no review of this timetable has this code", code=code)
    return found


def _year(draw: Draw, held: list[Pairing]) -> int:
    year = held[0].year or draw.year
    if year is None:
        raise PlanError("{state}: {draw} says no year for its review", state=held[0].state.iso3, draw=draw)
    return year


def said(text: str) -> str:
    """Return a reason without blanks around it. Raises PlanError where there is none."""
    if not text.strip():
        raise PlanError("reason: say why, so that those concerned can read it")
    if len(text) > LONGEST_REASON:
        raise PlanError("reason: {count} signs, more than {most}", count=len(text), most=LONGEST_REASON)
    return text.strip()


def _locked(plan: CyclePlan, seen: int | None = None) -> CyclePlan:
    held: CyclePlan = CyclePlan.objects.select_for_update().select_related(None).get(pk=plan.pk)
    if seen is not None and seen != held.sequence:
        raise PlanChangedError(
            "{held}: somebody changed it since you opened it; look at it again and repeat the change", held=held
        )
    return held


def _open(actor: Actor, plan: CyclePlan, seen: int | None) -> CyclePlan:
    """Return the timetable, locked for a change. Raises PlanError where it is published or being solved."""
    _allow(actor)
    held = _locked(plan, seen)
    if held.state in WAITING:
        raise PlanError("{held}: it is being solved; wait, or cancel it first", held=held)
    if held.state == PlanState.PUBLISHED:
        raise PlanError("{held}: it is published; plan it again to change it", held=held)
    return held


def _changed(held: CyclePlan, *fields: str) -> None:
    held.sequence += 1
    held.save(update_fields=[*fields, "sequence"])


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.PLAN_VISITS):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
