"""Which reference files the database holds."""

from django.db import models


class LoadedFile(models.Model):
    """A reference file as it was last loaded: loading the same bytes again changes nothing."""

    classified = "public"

    file = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
