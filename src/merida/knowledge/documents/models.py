"""Documents as read: a document, its language versions, their headings, paragraphs, notes and mentions."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.files.models import StoredFile
from merida.knowledge.documents.places import UNKNOWN_LANGUAGE


class Document(Guarded):
    """One document of a body, in however many languages: what its symbol names.

    ``symbol`` is empty where the text does not print one. ``slug`` stands in addresses and never changes.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    symbol = models.CharField(max_length=80, blank=True, default="", db_index=True)
    body = models.CharField(max_length=40, blank=True, default="")  # code of registry.Body, "" = unknown
    body_printed = models.CharField(max_length=300, blank=True, default="")
    session = models.CharField(max_length=80, blank=True, default="")
    agenda_item = models.CharField(max_length=80, blank=True, default="")
    distribution = models.CharField(max_length=40, blank=True, default="")
    original_language = models.CharField(max_length=2, blank=True, default="")
    document_date = models.DateField(null=True, blank=True, db_index=True)
    meeting_from_date = models.DateField(null=True, blank=True)
    meeting_to_date = models.DateField(null=True, blank=True)
    titles = models.JSONField(default=dict)  # {"zh": "…"}: as each language version prints it
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(meeting_from_date__isnull=True, meeting_to_date__isnull=True)
                | Q(meeting_from_date__lte=models.F("meeting_to_date")),
                name="documents_meeting_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.slug


class Version(models.Model):
    """One reading of one file: a language version, and within a language the first, second … text of a symbol."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(max_length=2)
    number = models.PositiveSmallIntegerField(default=1)  # 1, 2 … when the same symbol comes again with another text
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    text_digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the file that was read
    reader = models.CharField(max_length=40)  # which release of the reader read it
    encoding = models.CharField(max_length=40, blank=True, default="")
    masthead = models.JSONField(default=dict)  # as read, null where unknown
    notices = models.JSONField(default=list)  # what the reader could not do or had to decide: {code, message, line}
    left_out = models.JSONField(
        default=list
    )  # text in no paragraph (running heads, link residue): {reason, text, line}
    paragraph_count = models.PositiveIntegerField(default=0)
    is_current = models.BooleanField(default=True)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "language", "number"], name="documents_version_once"),
            models.UniqueConstraint(
                fields=["document", "language"], condition=Q(is_current=True), name="documents_one_current_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.language}, {self.number})"

    @property
    def language_in_address(self) -> str:
        """Return what stands for the language in addresses; an unknown one has a word there too."""
        return self.language or UNKNOWN_LANGUAGE


class Heading(models.Model):
    """A heading of a version, in reading order."""

    classified = "public"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="headings")
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()  # 0 summary, 1 to 4
    calls = models.JSONField(default=list)  # marks of notes in the title: [["3", offset], …]
    number = models.CharField(max_length=40, blank=True, default="")
    title = models.TextField()
    place = models.CharField(max_length=300, blank=True, default="")  # "h:二.A.1"
    first_paragraph = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="documents_heading_once"),
        ]


class PassageKind(models.TextChoices):
    """What a stretch of text is in its document."""

    TITLE = "TITLE", _("Title")
    HEADING = "HEADING", _("Heading")
    PARAGRAPH = "PARAGRAPH", _("Paragraph")
    ITEM = "ITEM", _("Lettered item")
    FOOTNOTE = "FOOTNOTE", _("Footnote")
    STAR_NOTE = "STAR_NOTE", _("Note to the title")
    CAPTION = "CAPTION", _("Caption")


class Paragraph(models.Model):
    """A citable stretch of text: a numbered paragraph (its text whole, items included) or a note.

    ``place`` is how people cite it inside the document: ``15``, ``fn3``, ``fn*``, ``title``, ``u2`` for an unnumbered
    one. The title is a row of its own so that mentions in it have a text to point into.
    Lettered items lie inside ``text``, each on a line of its own behind its mark; ``items`` says where:
    ``[["(a)", start, end, "15(a)", depth], …]`` with ``text[start:end]`` the mark and the words. ``calls`` says where
    the marks of notes stood: ``[["3", offset], …]``.
    """

    classified = "public"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PassageKind, default=PassageKind.PARAGRAPH)
    place = models.CharField(max_length=60)
    heading = models.ForeignKey(Heading, null=True, blank=True, on_delete=models.SET_NULL, related_name="paragraphs")
    text = models.TextField()
    items = models.JSONField(default=list)
    calls = models.JSONField(default=list)
    called_in = models.CharField(max_length=300, blank=True, default="")  # of a note: the place that calls it
    page = models.PositiveIntegerField(null=True, blank=True)  # of the file, from 1; None where it knows no pages

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="documents_paragraph_position_once"),
            models.UniqueConstraint(fields=["version", "kind", "place"], name="documents_paragraph_place_once"),
        ]


class MentionKind(models.TextChoices):
    """What a span of text names."""

    STATE = "STATE", _("State")
    TERRITORY = "TERRITORY", _("Territory")
    ORGANISATION = "ORGANISATION", _("Organization")
    RESOLUTION = "RESOLUTION", _("Resolution or decision")
    PROVISION = "PROVISION", _("Article")
    CHAPTER = "CHAPTER", _("Chapter")
    SYMBOL = "SYMBOL", _("Document symbol")
    LINK = "LINK", _("Link")
    DATE = "DATE", _("Date")


class Mention(models.Model):
    """A span that names something: recognised by a rule, confirmed when a person says so.

    ``start`` and ``end`` are character offsets into the text of ``paragraph``, or of ``heading`` where it stands
    in one. ``key`` is the normalised name (``TON``, ``COSP 8/8``, ``UNCAC 13(1)(c)``).
    """

    classified = "public"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="mentions")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.CASCADE, related_name="mentions")
    heading = models.ForeignKey(Heading, null=True, blank=True, on_delete=models.CASCADE, related_name="mentions")
    place = models.CharField(max_length=300)  # "15", "101(a)", "h:二.A.1", "fn3", "title"
    kind = models.CharField(max_length=12, choices=MentionKind)
    key = models.CharField(max_length=300)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.TextField()
    rule = models.CharField(max_length=80)
    role = models.CharField(max_length=40, blank=True, default="")
    article = models.CharField(max_length=80, blank=True, default="")  # of a PROVISION: "UNCAC 13" for "UNCAC 13(1)(c)"
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            # With the place, so that counting where a State stands in 14,000 texts reads the index alone.
            models.Index(fields=["kind", "key", "version", "place"], name="documents_mention_kind_key"),
            models.Index(fields=["article", "version", "place"], name="documents_mention_in_article"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="documents_mention_span"),
        ]
