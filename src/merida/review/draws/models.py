"""Draws of lots with their records, their pairs and the dated events of each pair."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.registry.models import Cycle, Instrument, Mechanism, State
from merida.foundation.sources.fields import MultilingualText


class EventKind(models.TextChoices):
    """What happened to a pair, or to the year of a review, after the draw."""

    ACCEPTED = "ACCEPTED", _("accepted")
    REFUSED = "REFUSED", _("refused")
    REMINDED = "REMINDED", _("reminded")
    REDRAW_REQUESTED = "REDRAW_REQUESTED", _("another reviewer requested")
    REDRAW_ANNOUNCED = "REDRAW_ANNOUNCED", _("source of the seed announced")
    REDRAWN = "REDRAWN", _("another reviewer drawn")
    DEFERRED = "DEFERRED", _("review postponed")
    REVIEWER_LEFT = "REVIEWER_LEFT", _("reviewer left")


class DrawMethod(models.TextChoices):
    """How reviewers, or years, are drawn; stands in the announcement, never in a column."""

    CEREMONY = "CEREMONY", _("pick by pick, so that a room can follow it")
    UNIFORM = "UNIFORM", _("all at once, every table that keeps the rules equally likely")
    YEARS = "YEARS", _("the year of each review, no reviewers")


class DrawState(models.TextChoices):
    """Where a draw stands; worked out from its moments, never stored."""

    DRAFT = "DRAFT", _("not announced")
    ANNOUNCED = "ANNOUNCED", _("announced")
    DRAWN = "DRAWN", _("drawn")


class Draw(Guarded):
    """A draw of lots. ``published_at`` is the moment of the announcement; without it the draw is a draft.

    ``announcement_text`` is canonical JSON, exactly as published before the draw; its digest is SHA-256 of it.
    ``instrument``: the one drawn for, where a mechanism draws for each of several. ``continues``: the draw of the same
    cycle before this one, whose pairs count here.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    titles = MultilingualText()
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="draws")
    instrument = models.ForeignKey(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="draws")
    continues = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    cycle = models.ForeignKey(Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="draws")
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # in which the reviews drawn here begin
    scope = models.CharField(max_length=300, blank=True, default="")
    announcement_text = models.TextField()
    announcement_digest = models.CharField(max_length=64)
    moment_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(published_at__lt=F("moment_at")),
                name="draws_draw_announced_before_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=F("pk")), name="draws_draw_continues_another"
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en") or self.slug)


class DrawRecord(models.Model):
    """What was drawn, as canonical JSON that anybody can check again; a redraw adds one and names the one before it."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="records")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    earlier_digest = models.CharField(max_length=64, blank=True, default="")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "number"], name="draws_record_once"),
            models.CheckConstraint(
                condition=Q(number=1, earlier_digest="") | (Q(number__gt=1) & ~Q(earlier_digest="")),
                name="draws_record_names_the_one_before",
            ),
        ]


class Pairing(models.Model):
    """A reviewer drawn for a State under review; ``record`` is the one that drew it. Replaced pairs stay."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="pairings")
    record = models.ForeignKey(DrawRecord, on_delete=models.PROTECT, related_name="pairings")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="pairings_under_review")
    reviewer = models.ForeignKey(State, on_delete=models.PROTECT, related_name="pairings_as_reviewer")
    position = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state=F("reviewer")), name="draws_pairing_of_two_states"),
            models.UniqueConstraint(
                fields=["draw", "state", "position"],
                name="draws_pairing_one_reviewer_a_place",
                condition=Q(replaced_by__isnull=True),
            ),
        ]


class DrawEvent(models.Model):
    """What happened on a day; rows are added and never changed. ``approved_by`` is a role or an office, no person.

    Before another reviewer is drawn, the public source of the seed is announced, with the moment at which it will be
    known. ``state`` alone, without a pair, is the postponement of a review whose year was drawn.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="events")
    pairing = models.ForeignKey(Pairing, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="draw_events")
    kind = models.CharField(max_length=20, choices=EventKind)
    event_date = models.DateField()
    reason = models.TextField(blank=True, default="")
    approved_by = models.CharField(max_length=200, blank=True, default="")
    source_name = models.CharField(max_length=300, blank=True, default="")
    source_public_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind="REDRAW_ANNOUNCED", source_public_at__gt=F("recorded_at")) & ~Q(source_name=""))
                | (~Q(kind="REDRAW_ANNOUNCED") & Q(source_name="", source_public_at__isnull=True)),
                name="draws_redraw_source_announced_before_known",
            ),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="draws_event_kind_known"),
            models.CheckConstraint(
                condition=Q(pairing__isnull=False, state__isnull=True)
                | (Q(pairing__isnull=True, state__isnull=False, kind="DEFERRED") & ~Q(reason="")),
                name="draws_event_of_a_pair_or_of_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(kind="REDRAWN") | (~Q(reason="") & ~Q(approved_by="")),
                name="draws_redraw_has_reason_and_approval",
            ),
        ]

    @property
    def state_concerned(self) -> State:
        """Return the State under review."""
        found = self.pairing.state if self.pairing else self.state
        if found is None:
            raise ValueError("an event of no State")  # the constraint does not let it be
        return found

    @property
    def reviewer(self) -> State | None:
        """Return the reviewer, None where the event is of the year only."""
        return self.pairing.reviewer if self.pairing else None
