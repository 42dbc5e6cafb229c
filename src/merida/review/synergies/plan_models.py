"""Timetables of a cycle: what is to be planned, by which rules, how far the solver is, and where each review stands."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.registry.models import Mechanism, State
from merida.foundation.sources.fields import MultilingualText
from merida.review.draws.models import Draw

MOST_WEEKS = 1000


class PlanState(models.TextChoices):
    """Where a timetable stands."""

    DRAFT = "DRAFT", _("prepared")
    QUEUED = "QUEUED", _("waiting for the solver")
    SOLVING = "SOLVING", _("being solved")
    SOLVED = "SOLVED", _("solved")
    NO_PLAN = "NO_PLAN", _("no plan keeps every rule")
    CANCELLED = "CANCELLED", _("cancelled before a plan was found")
    FAILED = "FAILED", _("not solved")
    PUBLISHED = "PUBLISHED", _("published")


class DialogueForm(models.TextChoices):
    """In what form a review's dialogue is held."""

    VISIT = "VISIT", _("Country visit")
    JOINT_MEETING = "JOINT_MEETING", _("Joint meeting")
    VIRTUAL = "VIRTUAL", _("Virtual meeting")


class CyclePlan(Guarded):
    """A timetable of reviews. It is planned by a worker; ``claim`` and ``worked_at`` tell which one and that it lives.

    ``settings`` holds the rules (``plan_settings.Rules``), ``rest_days`` the public holidays that were planned with, by
    State, ``obstacles`` what would have to give where no plan keeps every rule. Costs have no unit but one week of
    delay, which costs 1. ``sequence`` counts what people changed; ``based_on`` is the plan that this one was made from
    (moving as little as possible), ``replaced_by`` the one published in its place.
    """

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titles = MultilingualText()
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="plans")
    draw = models.ForeignKey(Draw, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="variants")
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_monday = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    settings = models.JSONField(default=dict)
    rest_days = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=PlanState, default=PlanState.DRAFT)
    change_text = models.TextField(blank=True, default="")  # why it was made from another, or published
    percent = models.PositiveSmallIntegerField(default=0)  # of the time that the solver was given
    cost = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    was_stopped = models.BooleanField(default=False)
    obstacles = models.JSONField(default=list, blank=True)
    fault_text = models.TextField(blank=True, default="")
    claim = models.CharField(max_length=40, blank=True, default="")
    asked_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sequence = models.PositiveIntegerField(default=0)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="synergies_plan_state_known"),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=MOST_WEEKS), name="synergies_plan_has_weeks"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="synergies_plan_percent"),
            models.CheckConstraint(
                condition=Q(state="PUBLISHED", published_at__isnull=False)
                | (~Q(state="PUBLISHED") & Q(published_at__isnull=True)),
                name="synergies_plan_published_is_a_state",
            ),
            models.CheckConstraint(condition=~Q(state="SOLVING") | ~Q(claim=""), name="synergies_plan_solved_by_one"),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en") or next(iter(self.titles.values()), self.uuid))

    @property
    def gap(self) -> float | None:
        """How far the plan may be from the best one, as a share of its cost; None without a plan."""
        if self.cost is None or self.bound is None:
            return None
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost else 0.0


class PlannedReview(Guarded):
    """A review of a timetable; its days are empty until there is a plan.

    ``published_at`` is the moment at which its State let everybody see them, ``opened_by_text`` the note that says so;
    until then a published timetable shows the review to planners and curators only.

    ``earliest_date`` and ``latest_date`` are Mondays of the first and last week in which the visit may lie.
    ``visit_uuid`` is the visit that publishing made of it (``models.Visit``). ``later_weeks``: further sessions, in
    weeks counted from the first. ``asked_moves``: visits of other mechanisms that the plan counts on being moved, as
    ``[mechanism, Monday before, Monday wished]``.
    """

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(CyclePlan, on_delete=models.CASCADE, related_name="reviews")
    code = models.CharField(max_length=40)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    reviewers: "models.ManyToManyField[State, models.Model]" = models.ManyToManyField(State, related_name="+")
    language = models.CharField(max_length=10)
    officer = models.CharField(max_length=200, blank=True, default="")
    earliest_date = models.DateField()
    latest_date = models.DateField()
    visit_first_date = models.DateField(null=True, blank=True)
    visit_last_date = models.DateField(null=True, blank=True)
    desk_first_date = models.DateField(null=True, blank=True)
    report_last_date = models.DateField(null=True, blank=True)
    form = models.CharField(max_length=20, choices=DialogueForm, default=DialogueForm.VISIT)
    later_weeks = models.JSONField(default=list, blank=True)
    asked_moves = models.JSONField(default=list, blank=True)
    is_locked = models.BooleanField(default=False)
    opened_by_text = models.CharField(max_length=500, blank=True, default="")
    visit_uuid = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="synergies_planned_review_once"),
            models.CheckConstraint(
                condition=Q(earliest_date__lte=F("latest_date")), name="synergies_planned_review_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(
                    visit_first_date__isnull=True,
                    visit_last_date__isnull=True,
                    desk_first_date__isnull=True,
                    report_last_date__isnull=True,
                    is_locked=False,
                )
                | Q(
                    desk_first_date__lte=F("visit_first_date"),
                    visit_first_date__lte=F("visit_last_date"),
                    visit_last_date__lte=F("report_last_date"),
                ),
                name="synergies_planned_review_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(form__in=DialogueForm.values), name="synergies_planned_review_form_known"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(opened_by_text=""),
                name="synergies_planned_review_open_with_note",
            ),
        ]
