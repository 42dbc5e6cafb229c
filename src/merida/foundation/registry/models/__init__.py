"""The registry: States, organisations, instruments, mechanisms and what binds them, each fact with its source."""

from merida.foundation.registry.models.instruments import (
    Instrument,
    Obligation,
    Provision,
    Resolution,
    TreatyAction,
    TreatyActionKind,
)
from merida.foundation.registry.models.loading import LoadedFile
from merida.foundation.registry.models.mechanisms import Cycle, Mechanism, MechanismVersion, Membership, PrintedFigure
from merida.foundation.registry.models.organisations import Body, Organisation, OrganisationName
from merida.foundation.registry.models.states import (
    RegionalGroup,
    State,
    StateGroup,
    StateKind,
    StateName,
    Territory,
    TerritoryName,
)

__all__ = [
    "Body",
    "Cycle",
    "Instrument",
    "LoadedFile",
    "Mechanism",
    "MechanismVersion",
    "Membership",
    "Obligation",
    "Organisation",
    "OrganisationName",
    "PrintedFigure",
    "Provision",
    "RegionalGroup",
    "Resolution",
    "State",
    "StateGroup",
    "StateKind",
    "StateName",
    "Territory",
    "TerritoryName",
    "TreatyAction",
    "TreatyActionKind",
]
