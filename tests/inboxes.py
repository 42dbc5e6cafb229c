"""Texts that tell something, and the proposals that a rule would read in them; made up."""

from tests.worlds import make_document

from merida.exchange.curation.models import Proposal
from merida.exchange.curation.proposing import Read, propose
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.models import Organisation, State
from merida.foundation.sources.models import Source
from merida.knowledge.documents.models import Document, Paragraph

RULE = "activity.made_up"
WORKSHOP = "A workshop took place in Accra in November 2019"
VALUES = {"type": "WORKSHOP", "date_from": "2019-11", "precision": "MONTH", "place": "Accra", "states": ["GHA"]}


def make_states(*codes: str) -> None:
    """Make the States of these codes, as far as an activity needs them."""
    source, _ = Source.objects.get_or_create(code="made-up", defaults={"kind": "DATASET", "citation": "Made up"})
    for code in codes:
        given = {
            "iso2": code[:2],
            "slug": code.lower(),
            "kind": "STATE",
            "names": {"en": f"State {code}"},
            "source": source,
            "confidence": "SOURCED",
        }
        State.objects.get_or_create(iso3=code, defaults=given)


def make_organisations(*codes: str) -> None:
    """Make the organisations of these codes."""
    source, _ = Source.objects.get_or_create(code="made-up", defaults={"kind": "DATASET", "citation": "Made up"})
    for code in codes:
        given = {"slug": code.lower(), "kind": "UN_ENTITY", "source": source, "confidence": "SOURCED"}
        Organisation.objects.get_or_create(code=code, defaults=given)


def tell(document: Document, *texts: str) -> list[Paragraph]:
    """Add paragraphs to the version of a document; return them."""
    version = document.versions.get()
    first = version.paragraphs.count() + 1
    return [
        Paragraph.objects.create(version=version, position=number + 1, place=str(number), text=text)
        for number, text in enumerate(texts, start=first)
    ]


def read_in(
    paragraph: Paragraph, *, words: str = "", kind: str = "ACTIVITY", rule: str = RULE, **changed: object
) -> Read:
    """Return what a rule reads at ``words`` of a paragraph, the whole of it without them."""
    start = paragraph.text.index(words) if words else 0
    values = {**VALUES, **changed} if kind == "ACTIVITY" else changed
    return Read(kind, paragraph, paragraph.place, start, start + len(words or paragraph.text), rule, values)


def make_proposals(
    count: int = 1, *, slug: str = "told", document: Document | None = None, rule: str = RULE
) -> list[Proposal]:
    """Make a document with a paragraph for each proposal, and the proposals, in the order of the text."""
    make_states("GHA")
    found = document or make_document(slug, text="Beginning")
    paragraphs = tell(found, *(f"{WORKSHOP}, the {number}." for number in range(1, count + 1)))
    version = found.versions.get()
    before = set(Proposal.objects.filter(version=version).values_list("pk", flat=True))
    propose(SYSTEM, version, [read_in(one, words=WORKSHOP, rule=rule) for one in paragraphs])
    return list(Proposal.objects.filter(version=version).exclude(pk__in=before).order_by("position"))
