"""What is to be planned: reviews, the weeks they may take, and everything they must not collide with.

Weeks are counted from 0, the week of ``first_monday``. All values are whole numbers; costs have no unit but one
week of delay, which costs 1.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DISTANCE = 8  # weeks between two visits to one State, unless an instance says otherwise
MISSED_JOINT = 12
MOVED_OTHER = 20  # a visit of another mechanism moved at all
MOST_COST = 10_000  # of one choice of lengths; far below what breaking a rule is priced at
DESK_LOAD, VISIT_LOAD, REPORT_LOAD = 1, 2, 1  # officers that a review binds in a week


class TimetableError(ValueError):
    """The instance or the plan cannot be used; the message names the item and what is wrong with it.

    ``template`` filled with ``values`` is the English message; a page tells the translated template.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values) if values else template)


VISIT, JOINT_MEETING, VIRTUAL = FORMS = ("VISIT", "JOINT_MEETING", "VIRTUAL")


@dataclass(frozen=True, slots=True)
class Mode:
    """Lengths that the stages may take together: weeks of desk review before the dialogue, of reporting after it.

    ``form`` of the dialogue: a visit to the State, a joint meeting at the seat of the secretariat, or sessions at a
    distance. ``later``: further weeks with a session, counted from the week of the first, within ``report``.
    """

    desk: int
    report: int
    cost: int = 0
    form: str = VISIT
    later: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A review to be planned; its visit falls into one week from ``release`` to ``latest``, both included.

    ``joint``: whether this side allows a visit joint with another mechanism; ``subjects`` that the review covers.
    """

    code: str
    state: str
    reviewers: tuple[str, ...]
    language: str
    release: int
    latest: int
    modes: tuple[Mode, ...]
    joint: bool = True
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OtherVisit:
    """A visit of another mechanism to a State; where ``joint`` that side welcomes the same week, else it is a clash.

    ``earliest`` and ``latest`` are given for a visit that may be moved between them, at ``move_cost`` and 1 a week.
    """

    state: str
    mechanism: str
    week: int
    joint: bool = False
    subjects: frozenset[str] = frozenset()
    earliest: int | None = None
    latest: int | None = None
    move_cost: int = MOVED_OTHER

    @property
    def weeks(self) -> range:
        """The weeks in which it may take place; one where it is fixed."""
        first = self.week if self.earliest is None else self.earliest
        return range(first, (self.week if self.latest is None else self.latest) + 1)


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything a plan depends on.

    ``capacity`` officers by week; ``closed`` weeks by State (public holidays); ``blocked`` weeks for all (meetings,
    year end); ``visits_at_once`` (visits and joint meetings) and ``visits_a_language`` (sessions of any form) per week;
    ``locks`` review code → week already agreed. ``interpreters`` language → sessions by week, instead of
    ``visits_a_language``; ``officers`` language → how many of the officers can work in it, by week. ``busy`` weeks by
    State in which it cannot send experts but could be visited; ``distances`` mechanism → weeks, for ``distance``.
    ``zones`` State → time zone: sessions at a distance, of ``session_hours``, need decent hours for all with a zone.
    """

    first_monday: date
    capacity: tuple[int, ...]
    reviews: tuple[Review, ...]
    others: tuple[OtherVisit, ...] = ()
    blocked: frozenset[int] = frozenset()
    closed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    visits_at_once: int = 3
    visits_a_language: int = 1
    distance: int = DISTANCE
    locks: Mapping[str, int] = field(default_factory=dict)
    busy: Mapping[str, frozenset[int]] = field(default_factory=dict)
    distances: Mapping[str, int] = field(default_factory=dict)
    interpreters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    officers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    session_hours: int = 2

    @property
    def weeks(self) -> int:
        """How many weeks the plan spans."""
        return len(self.capacity)

    def monday(self, week: int) -> date:
        """Return the first day of a week."""
        return self.first_monday + timedelta(weeks=week)


@dataclass(frozen=True, slots=True)
class Planned:
    """Where one review stands in a plan: the week of its visit and the lengths of its stages.

    ``moved``: visits of other mechanisms that this plan moves, each with its new week.
    """

    code: str
    week: int
    mode: Mode
    moved: tuple[tuple[OtherVisit, int], ...] = ()


def unused(instance: Instance) -> list[str]:
    """Return States with holidays or visits that no review of the instance concerns: right, or a code misspelt."""
    under_review = {one.state for one in instance.reviews}
    concerned = under_review | {state for one in instance.reviews for state in one.reviewers}
    visited = {one.state for one in instance.others} - under_review
    return [
        *(f"closed {state}" for state in sorted(set(instance.closed) - concerned)),
        *(f"busy {state}" for state in sorted(set(instance.busy) - concerned)),
        *(f"other_visits {state}" for state in sorted(visited)),
    ]


def check_instance(instance: Instance) -> None:
    """Raise TimetableError naming the first item that no plan could use."""
    if instance.first_monday.weekday() != 0:
        raise TimetableError("first_monday: {day} is not a Monday", day=instance.first_monday)
    if not instance.reviews:
        raise TimetableError("reviews: there is none to plan")
    if not any(instance.capacity):
        raise TimetableError("capacity: zero in every week, no review can be worked on")
    _check_numbers(instance)
    for name in ("interpreters", "officers"):
        _check_by_language(instance, name)
    _check_reviews(instance)
    reviews_of = Counter(one.state for one in instance.reviews)
    for other in instance.others:
        _check_other(instance, other, reviews_of[other.state])
    for code, week in instance.locks.items():
        _check_lock(instance, code, week)
    _check_locks_together(instance)


def _check_numbers(instance: Instance) -> None:
    for name in ("visits_at_once", "visits_a_language"):
        if getattr(instance, name) < 1:
            raise TimetableError("{name}: {count} allows no visit at all", name=name, count=getattr(instance, name))
    if not 1 <= instance.session_hours <= 12:  # noqa: PLR2004 (half a day)
        raise TimetableError("session_hours: a session of {hours} hours; from 1 to 12", hours=instance.session_hours)
    if instance.distance < 0:
        raise TimetableError("distance: {weeks} weeks; from 0 on", weeks=instance.distance)
    for mechanism, weeks in instance.distances.items():
        if weeks < 0:
            raise TimetableError("distances: {weeks} weeks to {mechanism}; from 0 on", weeks=weeks, mechanism=mechanism)


def _check_by_language(instance: Instance, name: str) -> None:
    for language, numbers in getattr(instance, name).items():
        if len(numbers) != instance.weeks:
            raise TimetableError(
                "{name}: {language} has {count} numbers for {weeks} weeks",
                name=name,
                language=language,
                count=len(numbers),
                weeks=instance.weeks,
            )
        if any(one < 0 for one in numbers):
            raise TimetableError("{name}: {language} has fewer than none", name=name, language=language)
        needed = [one.code for one in instance.reviews if one.language == language]
        if needed and not any(numbers):
            raise TimetableError(
                "{name}: none for {language} in any week, but {code} is held in it",
                name=name,
                language=language,
                code=needed[0],
            )


def _check_other(instance: Instance, other: OtherVisit, reviews: int) -> None:
    who = {"mechanism": other.mechanism, "state": other.state}
    if not 0 <= other.week < instance.weeks:
        raise TimetableError(
            "others: {mechanism} visit to {state} in the week of {monday} lies outside the timetable, {begin} to {end}",
            **who,
            monday=_told(instance, other.week),
            **_ends(instance),
        )
    span = other.weeks
    if other.week not in span:
        raise TimetableError(
            "others: {mechanism} visit to {state} in the week of {monday} is not between its own "
            "earliest and latest week",
            **who,
            monday=_told(instance, other.week),
        )
    if span.start < 0 or span.stop > instance.weeks:
        raise TimetableError(
            "others: {mechanism} visit to {state}: its weeks, {first} to {last}, lie outside the timetable, "
            "{begin} to {end}",
            **who,
            first=_told(instance, span.start),
            last=_told(instance, span.stop - 1),
            **_ends(instance),
        )
    if not 0 <= other.move_cost <= MOST_COST:
        raise TimetableError(
            "others: {mechanism} visit to {state}: a move costs from 0 to {most}, not {cost}",
            **who,
            most=MOST_COST,
            cost=other.move_cost,
        )
    if len(span) > 1 and reviews > 1:
        raise TimetableError(
            "others: {mechanism} visit to {state} can be moved for one review of {state} only, and there are {reviews}",
            **who,
            reviews=reviews,
        )


def _check_modes(code: str, modes: tuple[Mode, ...]) -> None:
    for mode in modes:
        if mode.desk < 0 or mode.report < 0 or mode.cost < 0:
            raise TimetableError("{code}: a stage is shorter than nothing", code=code)
        if mode.cost > MOST_COST:
            raise TimetableError("{code}: a cost above {most}", code=code, most=MOST_COST)
        if mode.form not in FORMS:
            raise TimetableError(
                "{code}: '{form}' is no form of dialogue; {known} are",
                code=code,
                form=mode.form,
                known=", ".join(FORMS),
            )
        if len(set(mode.later)) < len(mode.later) or any(not 0 < one <= mode.report for one in mode.later):
            raise TimetableError(
                "{code}: later sessions lie in different weeks of reporting, 1 to {last}", code=code, last=mode.report
            )
        if mode.form == VISIT and mode.later:
            raise TimetableError(
                "{code}: a visit is held in one week; later sessions are those of other forms", code=code
            )


def _check_reviews(instance: Instance) -> None:
    seen = set[str]()
    for review in instance.reviews:
        if review.code in seen:
            raise TimetableError("reviews: {code} stands twice", code=review.code)
        seen.add(review.code)
        if not 0 <= review.release <= review.latest < instance.weeks:
            raise TimetableError(
                "{code}: its weeks, {first} to {last}, do not lie within the timetable, {begin} to {end}",
                code=review.code,
                first=_told(instance, review.release),
                last=_told(instance, review.latest),
                **_ends(instance),
            )
        if review.state in review.reviewers:
            raise TimetableError("{code}: {state} reviews itself", code=review.code, state=review.state)
        if len(set(review.reviewers)) < len(review.reviewers):
            raise TimetableError(
                "{code}: a reviewer stands twice among {reviewers}",
                code=review.code,
                reviewers=", ".join(review.reviewers),
            )
        if not review.modes:
            raise TimetableError("{code}: no lengths of stages are given", code=review.code)
        _check_modes(review.code, review.modes)


def _check_lock(instance: Instance, code: str, week: int) -> None:
    review = next((one for one in instance.reviews if one.code == code), None)
    if review is None:
        raise TimetableError("locks: {code} is no review of this plan", code=code)
    if not review.release <= week <= review.latest:
        raise TimetableError(
            "locks: {code} in the week of {monday}, outside its weeks, {first} to {last}",
            code=code,
            monday=_told(instance, week),
            first=_told(instance, review.release),
            last=_told(instance, review.latest),
        )


def _check_locks_together(instance: Instance) -> None:
    busy = dict[tuple[int, str], str]()
    for review in instance.reviews:
        week = instance.locks.get(review.code)
        for state in (review.state, *review.reviewers) if week is not None else ():
            first = busy.setdefault((week or 0, state), review.code)
            if first != review.code:
                raise TimetableError(
                    "locks: {first} and {second} both take {state} in the week of {monday}",
                    first=first,
                    second=review.code,
                    state=state,
                    monday=_told(instance, week or 0),
                )


def _told(instance: Instance, week: int) -> date | int:
    """Return a week as messages name it: its Monday, or its number where the calendar ends before it."""
    try:
        return instance.monday(week)
    except OverflowError:
        return week


def _ends(instance: Instance) -> dict[str, date]:
    return {"begin": instance.first_monday, "end": instance.monday(instance.weeks) - timedelta(days=1)}
