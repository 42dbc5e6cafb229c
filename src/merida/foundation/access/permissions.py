"""Who may do what: one table. Pure."""

from enum import StrEnum
from typing import Final

from merida.foundation.access.visibility import Actor


class Deed(StrEnum):
    """What needs a permission."""

    HAND_IN_DOCUMENT = "HAND_IN_DOCUMENT"
    CONFIRM = "CONFIRM"
    PUBLISH = "PUBLISH"
    RESTRICT = "RESTRICT"
    OPEN_RESTRICTED = "OPEN_RESTRICTED"
    MANAGE_WORKSPACES = "MANAGE_WORKSPACES"
    MANAGE_ACCOUNTS = "MANAGE_ACCOUNTS"
    HOLD_DRAW = "HOLD_DRAW"
    PLAN_VISITS = "PLAN_VISITS"
    ASK_STATES = "ASK_STATES"
    DRAFT_REPORT = "DRAFT_REPORT"
    SEE_USAGE = "SEE_USAGE"


_CURATORS = frozenset({"CURATOR", "SECRETARIAT", "ADMINISTRATOR", "SYSTEM"})
_STAFF = frozenset({"SECRETARIAT", "ADMINISTRATOR", "SYSTEM"})
_ADMINISTRATORS = frozenset({"ADMINISTRATOR", "SYSTEM"})

ALLOWED: Final[dict[Deed, frozenset[str]]] = {
    Deed.HAND_IN_DOCUMENT: _CURATORS,
    Deed.CONFIRM: _CURATORS,
    Deed.PUBLISH: _CURATORS,
    Deed.RESTRICT: _STAFF,
    Deed.OPEN_RESTRICTED: _STAFF,
    Deed.MANAGE_WORKSPACES: _STAFF,
    Deed.MANAGE_ACCOUNTS: _ADMINISTRATORS,
    Deed.HOLD_DRAW: _STAFF,
    Deed.PLAN_VISITS: _STAFF,
    Deed.ASK_STATES: _STAFF,
    Deed.DRAFT_REPORT: _STAFF,
    Deed.SEE_USAGE: _STAFF,
}


def may(actor: Actor, deed: Deed) -> bool:
    """Whether the actor's role allows the deed. A person whose second factor is missing acts as a reader."""
    return actor.role in ALLOWED[deed]
