"""A file held for others: whoever may see the document is told so, anybody else learns nothing of it."""

import pytest

from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.outcome import Outcome, Result
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.foundation.files.models import StoredFile
from merida.knowledge.documents.models import Document, Version

pytestmark = pytest.mark.django_db
TEXT = b"CAC/COSP/SAMPLE/2021/44\n\nSample report\n\n1. Fiji is to be visited by Tonga.\n"
CURATOR = Actor(name="A curator", role="CURATOR")


@pytest.fixture
def room() -> Workspace:
    """A workspace that holds the file, for its members only."""
    made = Workspace.objects.create(code="quiet-room", title="Quiet room")
    assert ingest_file(SYSTEM, TEXT, "closed.txt", audience=Audience.RESTRICTED, workspace=made).result is Result.READ
    return made


def counts() -> list[int]:
    return [model.objects.count() for model in (Document, Version, StoredFile, Change)]


def test_a_curator_learns_nothing_of_a_restricted_copy_and_nothing_is_stored_twice(room: Workspace) -> None:
    before = counts()
    outcome = ingest_file(CURATOR, TEXT, "mine.txt")
    said = (
        "mine.txt: it was not taken in and nothing was stored; who may see this file is for the secretariat to say: "
        f"please hand it to them (SHA-256 {StoredFile.objects.get().digest[:12]}…)"
    )
    assert outcome == Outcome("mine.txt", Result.REFUSED, reason=said, code="SECRETARIAT_PLACES")
    assert counts() == before


def test_the_words_name_nothing_that_only_others_know(room: Workspace) -> None:
    said = ingest_file(CURATOR, TEXT, "mine.txt").reason
    words = (room.code, room.title, Document.objects.get().slug, "2021/44", "held", "already", "workspace", "exist")
    assert [word for word in words if word in said] == []


def test_a_member_of_its_workspace_and_the_secretariat_are_told(room: Workspace) -> None:
    member = Actor(name="A member", role="CURATOR", workspaces=frozenset({room.pk}))
    for actor in (member, SYSTEM):
        assert "this very file is already held, for other readers" in ingest_file(actor, TEXT, "mine.txt").reason


def test_a_file_that_cannot_be_read_is_refused_for_that_reason(room: Workspace) -> None:
    assert ingest_file(CURATOR, b"", "mine.txt").reason == "mine.txt: the file is empty"
