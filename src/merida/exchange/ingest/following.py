"""The search follows the change log: a document that is opened, closed or withdrawn is found by whom it is for."""

from typing import Any

from merida.exchange.ingest.entries import reindex_document
from merida.exchange.ingest.indexing import index_resolutions
from merida.foundation.changes.models import Change
from merida.foundation.changes.signals import change_recorded
from merida.knowledge.documents.models import Document, Mention, MentionKind

VERBS = frozenset({"PUBLISH", "RESTRICT", "WITHDRAW"})


def follow(change: Change, **_: Any) -> None:
    """Put the document of a change of audience into the search anew, in the same transaction."""
    kind, _separator, uuid = change.object_ref.partition(":")
    if kind == "document" and change.verb in VERBS:
        document = Document.objects.get(uuid=uuid)
        reindex_document(document)
        named = Mention.objects.filter(version__document=document, kind=MentionKind.RESOLUTION)
        index_resolutions(named.values_list("key", flat=True).distinct())


def connect() -> None:
    """Listen from now on; called once when the application is ready."""
    change_recorded.connect(follow, dispatch_uid="ingest.following")
