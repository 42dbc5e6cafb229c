"""What documents tell and a person confirmed: activities, figures, practices, recommendations; their themes."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.registry.models import Organisation, State
from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.models import Sourced
from merida.knowledge.documents.models import Document, Paragraph, Version


class Theme(Sourced):
    """A subject of the scheme of themes (SKOS): at most one broader theme, a preferred label in six languages.

    ``exact_match`` and ``close_match`` are concepts of the thesaurus, ``provisions`` names as mentions use them.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    slug = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()  # as the scheme lists them, the broader before the narrower
    broader = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="narrower")
    names = MultilingualText()
    exact_match = models.JSONField(default=list)
    close_match = models.JSONField(default=list)
    provisions = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [*Sourced.Meta.constraints]

    def __str__(self) -> str:
        return str(self.names.get("en", self.code))


class ActivityType(models.TextChoices):
    """What was done."""

    AGREEMENT = "AGREEMENT", _("Agreement")
    AWARENESS = "AWARENESS", _("Awareness-raising")
    CAMP = "CAMP", _("Camp")
    COMPETITION = "COMPETITION", _("Competition")
    CONFERENCE = "CONFERENCE", _("Conference")
    LAUNCH = "LAUNCH", _("Launch")
    LAW_ENFORCEMENT_OPERATION = "LAW_ENFORCEMENT_OPERATION", _("Law enforcement operation")
    LEGISLATIVE_ASSISTANCE = "LEGISLATIVE_ASSISTANCE", _("Legislative assistance")
    MEETING = "MEETING", _("Meeting")
    MILESTONE = "MILESTONE", _("Milestone")
    MISSION = "MISSION", _("Mission")
    NEGOTIATION_SUPPORT = "NEGOTIATION_SUPPORT", _("Support to negotiations")
    PEER_REVIEW = "PEER_REVIEW", _("Peer review")
    POLICY_ASSISTANCE = "POLICY_ASSISTANCE", _("Policy assistance")
    PRESENTATION = "PRESENTATION", _("Presentation")
    PUBLICATION = "PUBLICATION", _("Publication")
    REPORTING = "REPORTING", _("Reporting")
    RESOLUTION_ADOPTED = "RESOLUTION_ADOPTED", _("Resolution adopted")
    SCOPING = "SCOPING", _("Scoping")
    SEMINAR = "SEMINAR", _("Seminar")
    SIDE_EVENT = "SIDE_EVENT", _("Side event")
    STATEMENT = "STATEMENT", _("Statement")
    STUDY_VISIT = "STUDY_VISIT", _("Study visit")
    TECHNICAL_ASSISTANCE = "TECHNICAL_ASSISTANCE", _("Technical assistance")
    TRAINING = "TRAINING", _("Training")
    TREATY_ACTION = "TREATY_ACTION", _("Treaty action")
    WORKSHOP = "WORKSHOP", _("Workshop")


class DatePrecision(models.TextChoices):
    """How a text gives the date of an activity."""

    DAY = "DAY", _("day")
    MONTH = "MONTH", _("month")
    RANGE = "RANGE", _("from one month to another")
    YEAR = "YEAR", _("year")
    NAMED_DAY = "NAMED_DAY", _("a day known by its name")
    INHERITED = "INHERITED", _("as the activity before it")
    SESSION = "SESSION", _("during a session")
    PERIOD = "PERIOD", _("within the period reported on")
    NONE = "NONE", _("not given")


class Qualifier(models.TextChoices):
    """How exactly a number is meant; empty: as it stands."""

    MORE_THAN = "MORE_THAN", _("more than")
    NEARLY = "NEARLY", _("nearly")
    AT_LEAST = "AT_LEAST", _("at least")
    ABOUT = "ABOUT", _("about")
    AT_MOST = "AT_MOST", _("at most")


class Told(models.Model):
    """A fact that a document tells, as visible as its document.

    ``place`` cites the paragraph, ``words`` are those it rests on; both stay when the text is read again.
    ``paragraph`` is empty while the present reading has no such place. ``rule`` proposed it, "" for a person's own.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.CharField(max_length=300)
    words = models.TextField()
    rule = models.CharField(max_length=120, blank=True, default="")
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True)  # feeds begin with the latest

    class Meta:
        abstract = True


class Activity(Told):
    """Something done. ``from_date`` and ``to_date`` are the first and last day it can have been on."""

    classified = "public"

    type = models.CharField(max_length=40, choices=ActivityType)
    from_date = models.DateField(null=True, blank=True)
    to_date = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=12, choices=DatePrecision, default=DatePrecision.NONE)
    town = models.CharField(max_length=300, blank=True, default="")
    states = models.ManyToManyField(State, related_name="activities")
    participants = models.ManyToManyField(State, related_name="activities_taken_part_in")
    organisations = models.ManyToManyField(Organisation, related_name="activities")
    provisions = models.JSONField(default=list)  # names as mentions use them: ["UNCAC 13"]
    resolution = models.CharField(max_length=80, blank=True, default="", db_index=True)
    themes = models.ManyToManyField(Theme, related_name="activities")
    programme = models.CharField(max_length=300, blank=True, default="")  # as the text names it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["from_date"], name="observatory_activity_by_date")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_date__isnull=True, to_date__isnull=True, precision="NONE")
                | (Q(from_date__isnull=False, to_date__gte=F("from_date")) & ~Q(precision="NONE")),
                name="observatory_activity_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(type__in=ActivityType.values) & Q(precision__in=DatePrecision.values),
                name="observatory_activity_codes_known",
            ),
        ]


class Figure(Told):
    """A number reported. ``value`` is decimal text, so that nothing is rounded; ``as_of`` to the precision printed."""

    classified = "public"

    value = models.CharField(max_length=60)
    unit = models.CharField(max_length=20, blank=True, default="")
    counted = models.CharField(max_length=300)
    qualifier = models.CharField(max_length=12, choices=Qualifier, blank=True, default="")
    as_of = models.CharField(max_length=10, blank=True, default="")
    as_of_date = models.DateField(null=True, blank=True)  # the last day of as_of
    reported_by = models.CharField(max_length=300, blank=True, default="")
    series = models.CharField(max_length=16, blank=True, default="", db_index=True)  # see series.series_of
    themes = models.ManyToManyField(Theme, related_name="figures")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(counted="") & Q(qualifier__in=["", *Qualifier.values]),
                name="observatory_figure_says_what_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(as_of="", as_of_date__isnull=True) | (~Q(as_of="") & Q(as_of_date__isnull=False)),
                name="observatory_figure_dated",
            ),
        ]


class GoodPractice(Told):
    """A practice that States or organisations told of; the words of the passage say it, nothing is rewritten.

    ``states`` and ``organisations`` are who told it; both are empty for a speaker without a name.
    """

    classified = "public"

    states = models.ManyToManyField(State, related_name="good_practices")
    organisations = models.ManyToManyField(Organisation, related_name="good_practices")
    provisions = models.JSONField(default=list)
    themes = models.ManyToManyField(Theme, related_name="good_practices")


class RecommendationKind(models.TextChoices):
    """What was asked, found or promised."""

    RECOMMENDATION = "RECOMMENDATION", _("Recommendation")
    CONCLUSION = "CONCLUSION", _("Conclusion")
    MANDATE_RECALLED = "MANDATE_RECALLED", _("Mandate recalled")
    OUTLOOK = "OUTLOOK", _("Outlook")


class Recommendation(Told):
    """Something asked, found or promised. ``addressee`` and ``condition`` are as printed, "" where there are none."""

    classified = "public"

    kind = models.CharField(max_length=20, choices=RecommendationKind)
    addressee = models.CharField(max_length=300, blank=True, default="")
    condition = models.CharField(max_length=300, blank=True, default="")
    themes = models.ManyToManyField(Theme, related_name="recommendations")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=RecommendationKind.values), name="observatory_recommendation_kind_known"
            ),
        ]


class Submission(models.Model):
    """What a State handed in when it was asked to: where it can be read, and what had called for it.

    ``resolution`` and ``paragraph`` name what called for it (``COSP 8/8``, ``12``), or ``called_in`` is the document
    that did, such as the report of a meeting. It is read at ``link``, or is ``document`` here. ``source`` says where
    the record comes from. It is seen by whoever sees both documents.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="submissions")
    title = models.CharField(max_length=300)
    languages = models.JSONField(default=list)  # codes of two or three letters, ISO 639
    submitted_date = models.DateField()
    resolution = models.CharField(max_length=80, blank=True, default="", db_index=True)
    paragraph = models.CharField(max_length=20, blank=True, default="")
    called_in = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(max_length=500, blank=True, default="")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=300)
    themes = models.ManyToManyField(Theme, related_name="submissions")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(link="") | Q(document__isnull=False), name="observatory_submission_can_be_read"
            ),
            models.CheckConstraint(
                condition=~Q(resolution="") | Q(called_in__isnull=False), name="observatory_submission_called_for"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="http://") | Q(link__startswith="https://"),
                name="observatory_submission_link_to_the_web",
            ),
        ]
