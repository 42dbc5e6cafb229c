"""Submissions of States as the API shows them."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema

from merida.knowledge.observatory.models import Submission


class SubmissionOut(Schema):
    """What a State handed in: where it can be read (a link, or a document here) and what had called for it."""

    submission: UUID
    state: str
    title: str
    languages: list[str]
    submitted: dt.date
    resolution: str
    paragraph: str
    called_in: str
    link: str
    document: str
    source: str
    themes: list[str]


def submission_out(one: Submission) -> dict[str, Any]:
    """Show a submission."""
    return {
        "submission": one.uuid,
        "state": one.state.iso3,
        "title": one.title,
        "languages": one.languages,
        "submitted": one.submitted_date,
        "resolution": one.resolution,
        "paragraph": one.paragraph,
        "called_in": one.called_in.slug if one.called_in else "",
        "link": one.link,
        "document": one.document.slug if one.document else "",
        "source": one.source,
        "themes": sorted(theme.code for theme in one.themes.all()),
    }
