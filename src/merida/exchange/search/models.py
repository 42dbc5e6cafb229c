"""What can be found, one row for one thing in one language, and under which analysis the index was made."""

import uuid
from typing import ClassVar

from django.db import models

SEPARATOR = ";"


class Entry(models.Model):
    """One EntryData as stored. A change gives it a new primary key, so that a key never changes its meaning.

    The text is kept here for two reasons: snippets, and taking an entry out of an FTS5 index, which wants the very
    tokens back. The tokens themselves lie in the virtual table search_tokens (SQLite) or in the column tokens of
    this table (PostgreSQL), made by the migration.
    """

    classified = "public"

    ref = models.CharField(max_length=250)
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=2, blank=True, default="")
    title = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    link = models.JSONField(default=list)
    visibility = models.CharField(max_length=60, default="PUBLIC")
    states = models.TextField(blank=True, default="")
    provisions = models.TextField(blank=True, default="")
    year = models.SmallIntegerField(null=True, blank=True)
    document = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ref", "language"], name="search_one_entry_for_a_thing_in_a_language"),
            models.CheckConstraint(condition=~models.Q(visibility=""), name="search_visibility_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} ({self.language})"


class IndexState(models.Model):
    """The one row that says how the index was made; epoch changes with every rebuild."""

    classified = "public"

    epoch = models.UUIDField(default=uuid.uuid4)
    analysis = models.CharField(max_length=16)
    contents = models.CharField(max_length=16, blank=True, default="")  # what it was told about; empty: before 2026-11

    def __str__(self) -> str:
        return f"analysis {self.analysis}"
