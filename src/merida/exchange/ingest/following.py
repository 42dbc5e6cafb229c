"""The search follows the change log: what is opened, closed or withdrawn is found by whom it is for."""

from typing import Any
from uuid import UUID

from merida.exchange.ingest.entries import reindex_document
from merida.exchange.ingest.indexing import index_resolutions
from merida.exchange.ingest.published import index_consented, index_recalled
from merida.foundation.changes.models import Change
from merida.foundation.changes.signals import change_recorded
from merida.knowledge.documents.models import Document, Mention, MentionKind

VERBS = frozenset({"PUBLISH", "RESTRICT", "WITHDRAW"})
CONSENTS = frozenset({"CONSENT", "REVOKE_CONSENT"})


def follow(change: Change, **_: Any) -> None:
    """Put what changed its audience, a document or an answer, into the search anew, in the same transaction."""
    kind, _separator, uuid = change.object_ref.partition(":")
    if kind == "document" and change.verb in VERBS:
        document = Document.objects.get(uuid=uuid)
        reindex_document(document)
        named = Mention.objects.filter(version__document=document, kind=MentionKind.RESOLUTION)
        index_resolutions(named.values_list("key", flat=True).distinct())
    elif kind == "consent" and change.verb in CONSENTS:
        index_consented(UUID(uuid))
    elif kind == "answer" and change.verb == "RECALL_ANSWER":
        index_recalled(UUID(uuid))


def connect() -> None:
    """Listen from now on; called once when the application is ready."""
    change_recorded.connect(follow, dispatch_uid="ingest.following")
