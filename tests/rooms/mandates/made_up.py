"""A resolution of our own wording, its earlier one, and records that show what was done."""

from datetime import date

from tests.inboxes import make_states, tell

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.models import Resolution
from merida.foundation.sources.models import Source
from merida.knowledge.documents.models import Document, Heading
from merida.knowledge.observatory.actions import Evidence, record_activity
from merida.knowledge.observatory.models import Activity
from merida.knowledge.observatory.values import activity_values

TEXT = """The Sample Conference,
Recalling what it said before,
1. Welcomes what States have done;
2. Calls upon States parties to go on sharing what works, and requests the Secretariat, subject to the availability of \
extrabudgetary resources, to keep a list of it;
3. Requests the Secretariat:
(a) To report to the Conference at its ninth session;
(b) To write a guide no later than 1 June 2021, within existing resources.
"""


def make_resolution(number: str = "8/8", title: str = "Sample subject", adopted: date | None = date(2019, 12, 20)):
    source, _ = Source.objects.get_or_create(code="made-up", defaults={"kind": "DATASET", "citation": "Made up"})
    given = {
        "slug": f"cosp-{number.replace('/', '-')}",
        "number": number,
        "titles": {"en": title} if title else {},
        "adopted_date": adopted,
        "source": source,
        "confidence": "SOURCED",
    }
    return Resolution.objects.get_or_create(key=f"COSP {number}", defaults=given)[0]


def make_activity(document: Document, words: str, *, title: str = "Sport", **said) -> Activity:
    """Record an activity told in a new paragraph of a document, under a heading of this title."""
    make_states(*said.get("states", ()))
    (paragraph,) = tell(document, words)
    version = document.versions.get()
    position = 1000 + version.headings.count()
    heading, _ = Heading.objects.get_or_create(
        version=version, title=title, defaults={"position": position, "level": 1, "place": f"h:{position}"}
    )
    paragraph.heading = heading
    paragraph.save()
    values = activity_values({"type": "WORKSHOP", "date_from": "2019-11", "precision": "MONTH", **said})
    return record_activity(SYSTEM, values, Evidence(version, paragraph, paragraph.place, words))
