"""Visits for the tests of pages: one of each thing that may be seen or not, to one State."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tests.worlds import SEEN, World

from merida.foundation.access import actions as access
from merida.foundation.access.visibility import SYSTEM
from merida.review.synergies.actions import cancel_visit, publish_visit, record_visit
from merida.review.synergies.models import Visit

SECRET_REASON = "zarzuelaquince"


@dataclass(frozen=True)
class Visits:
    """A public visit, a cancelled one, a draft, one for the workspace and its draft."""

    public: Visit
    cancelled: Visit
    draft: Visit
    restricted: Visit
    restricted_draft: Visit

    def seen_by(self, name: str) -> set[str]:
        """Return the identifiers that a person of the world may see."""
        kinds = SEEN[name] | ({"cancelled"} if "public" in SEEN[name] else set())
        return {str(getattr(self, kind).uuid) for kind in kinds}

    def all(self) -> dict[str, str]:
        """Return all identifiers with their kind."""
        return {str(getattr(self, one.name).uuid): one.name for one in fields(self)}


def record(mechanism: str, first: date, last: date, **more: Any) -> Visit:
    return record_visit(
        SYSTEM, **{"state": "GHA", "mechanism": mechanism, "first_date": first, "last_date": last, **more}
    )


def make_visits(world: World) -> Visits:
    """Make the visits; they all clash, so that a hidden one could leak through a clash too."""
    made = Visits(
        public=record(
            "UNCAC_IRM", date(2027, 3, 1), date(2027, 3, 4), languages=["en", "fr"], source_text="Sample note"
        ),
        cancelled=record("UNTOC_REVIEW", date(2027, 4, 5), date(2027, 4, 6)),
        draft=record("GRECO", date(2027, 3, 3), date(2027, 3, 8)),
        restricted=record("OECD_WGB", date(2027, 3, 15), date(2027, 3, 17), source_text=SECRET_REASON),
        restricted_draft=record("MESICIC", date(2027, 3, 22), date(2027, 3, 23)),
    )
    for one in (made.public, made.cancelled):
        publish_visit(SYSTEM, one)
    cancel_visit(SYSTEM, made.cancelled, reason="Sample reason: a storm")
    for one in (made.restricted, made.restricted_draft):
        access.restrict(SYSTEM, one, workspace=world.workspace)
    made.restricted_draft.published_at = None
    made.restricted_draft.save(update_fields=["published_at"])
    return made
