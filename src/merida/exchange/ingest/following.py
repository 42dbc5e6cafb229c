"""The search follows the change log: a document that is opened, closed or withdrawn is found by whom it is for."""

from typing import Any

from merida.exchange.ingest.entries import reindex_document
from merida.foundation.changes.models import Change
from merida.foundation.changes.signals import change_recorded
from merida.knowledge.documents.models import Document

VERBS = frozenset({"PUBLISH", "RESTRICT", "WITHDRAW"})


def follow(change: Change, **_: Any) -> None:
    """Put the document of a change of audience into the search anew, in the same transaction."""
    kind, _, uuid = change.object_ref.partition(":")
    if kind == "document" and change.verb in VERBS:
        reindex_document(Document.objects.get(uuid=uuid))


def connect() -> None:
    """Listen from now on; called once when the application is ready."""
    change_recorded.connect(follow, dispatch_uid="ingest.following")
