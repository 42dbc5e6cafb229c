"""The words of a draft in English."""

import re

from merida.rules.drafting.sentences import Dates, Words
from merida.rules.drafting.wording import Names

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ARTICLED = frozenset({
    "ARE", "BHS", "CAF", "COD", "COG", "COM", "DOM", "FSM", "GBR", "GMB", "KOR", "LAO",
    "MDA", "MDV", "MHL", "NER", "NLD", "PHL", "RUS", "SDN", "SYR", "TZA", "USA",
})  # fmt: skip
HELD, TOOK_PLACE = "held", "took place"
# One, several, and what is said of them.
EVENTS = {
    "AGREEMENT": ("an agreement", "agreements", "concluded"),
    "AWARENESS": ("an activity to raise awareness", "activities to raise awareness", "carried out"),
    "CAMP": ("a camp", "camps", HELD),
    "COMPETITION": ("a competition", "competitions", HELD),
    "CONFERENCE": ("a conference", "conferences", HELD),
    "LAUNCH": ("a launch", "launches", TOOK_PLACE),
    "LAW_ENFORCEMENT_OPERATION": ("an operation of law enforcement", "operations of law enforcement", "carried out"),
    "MEETING": ("a meeting", "meetings", HELD),
    "MILESTONE": ("a milestone", "milestones", "reached"),
    "MISSION": ("a mission", "missions", "carried out"),
    "PEER_REVIEW": ("a review by peers", "reviews by peers", "carried out"),
    "PRESENTATION": ("a presentation", "presentations", "given"),
    "PUBLICATION": ("a publication", "publications", "issued"),
    "REPORTING": ("a report or reply", "reports or replies", "submitted"),
    "RESOLUTION_ADOPTED": ("a resolution", "resolutions", "adopted"),
    "SCOPING": ("a scoping mission", "scoping missions", "carried out"),
    "SEMINAR": ("a seminar", "seminars", HELD),
    "SIDE_EVENT": ("a side event", "side events", HELD),
    "STATEMENT": ("a statement", "statements", "made"),
    "STUDY_VISIT": ("a study visit", "study visits", "organized"),
    "TRAINING": ("a training course", "training courses", HELD),
    "TREATY_ACTION": ("a treaty action", "treaty actions", "taken"),
    "WORKSHOP": ("a workshop", "workshops", HELD),
}
HELP = {
    "LEGISLATIVE_ASSISTANCE": "Assistance with legislation",
    "NEGOTIATION_SUPPORT": "Support for negotiations",
    "POLICY_ASSISTANCE": "Assistance with policies",
    "TECHNICAL_ASSISTANCE": "Technical assistance",
}
ADDRESSEES = {
    "STATES": "States parties",
    "SECRETARIAT": "the secretariat",
    "UNODC": "the United Nations Office on Drugs and Crime",
    "WORKING_GROUP": "the working group",
    "DONORS": "donors",
    "ORGANISATIONS": "international organizations",
    "CONFERENCE": "the Conference itself",
    "OTHER": "other addressees",
}
CONDITIONS = {
    "EXTRABUDGETARY": "on condition of funds outside the regular budget",
    "EXISTING_RESOURCES": "within the resources at hand",
    "ON_REQUEST": "where a State asks for it",
    "OTHER": "under a condition that the paragraph states",
}
_INVERTED = re.compile(r"(.+) \((.+ of)\)")


def state(code: str, names: Names) -> str:
    """The name of a State as it stands in a sentence: "the Niger", "the Plurinational State of Bolivia"."""
    name = names.states.get(code, code)
    inverted = _INVERTED.fullmatch(name)
    if inverted:
        return f"the {inverted[2]} {inverted[1]}"
    return f"the {name}" if code in ARTICLED and not name.startswith("the ") else name


def _town(name: str, _names: Names) -> str:
    return name


def _event(code: str, count: int) -> str:
    single, several, deed = EVENTS.get(code, ("an activity", "activities", "carried out"))
    if deed == TOOK_PLACE:
        return f"{single if count == 1 else several} {deed}"
    return f"{single} was {deed}" if count == 1 else f"{several} were {deed}"


def _listed_event(code: str, count: int) -> str:
    single, several, _deed = EVENTS.get(code, ("one activity of another kind", "activities of another kind", ""))
    return f"There is {single} among them." if count == 1 else f"There are {count} {several} among them."


def _total(activities: int, states: int) -> str:
    what = "activity" if activities == 1 else "activities"
    where = "State" if states == 1 else "States"
    return f"The records of the period hold {activities} {what} in or for {states} {where}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


WORDS = Words(
    dates=Dates(
        unknown="During the reporting period",
        day="{day} {month} {year}",
        on_day="On {first}",
        in_month="In {month} {year}",
        in_year="In {year}",
        months="From {month} to {last_month} {last_year}",
        months_over_years="From {month} {year} to {last_month} {last_year}",
        days_of_a_month="From {first_day} to {last}",
        days="From {first} to {last}",
        month=lambda number: MONTHS[number - 1],
    ),
    comma=", ",
    last_comma=" and ",
    help=HELP,
    addressees=ADDRESSEES,
    conditions=CONDITIONS,
    event=_event,
    listed_event=_listed_event,
    state=state,
    town=_town,
    place_in_state=lambda town, lies_in: f"{town} ({lies_in})",
    inside=_lower,
    activity="{when}, {deed}{partners}{about}{participants}.",
    partners=", with the involvement of {}",
    participants="; participants came from {}",
    help_given=("{help} was given", "{help} was given to {whom}"),
    event_abroad="{what} in {town} for {whom}",
    event_at="{what} in {places}",
    event_by="{what} by {whom}",
    about=" ({})",
    about_comma="; ",
    provision="{instrument}, article {number}",
    unit=lambda unit: unit if unit == "%" else f" {unit}",
    figure="The number reported for “{counted}”{at} was {value}.",
    as_of=" as of {}",
    resolution="resolution {}",
    resolutions_of={
        "COSP": "Conference resolution {}",
        "CTOC COP": "resolution {} of the Conference of the Parties",
        "A/RES": "General Assembly resolution {}",
        "S/RES": "Security Council resolution {}",
        "A/HRC/RES": "Human Rights Council resolution {}",
        "ECOSOC": "Economic and Social Council resolution {}",
        "CCPCJ": "resolution {} of the Commission on Crime Prevention and Criminal Justice",
        "CND": "resolution {} of the Commission on Narcotic Drugs",
    },
    paragraphs=("Paragraph {numbers} of {resolution}", "Paragraphs {numbers} of {resolution}"),
    request=("{paragraphs} is addressed to {addressee}", "{paragraphs} are addressed to {addressee}"),
    condition=", {}",
    term=", with a term of {}",
    stop=".",
    reported=(
        "On {paragraphs}, {linked} record is linked as evidence.",
        "On {paragraphs}, {linked} records are linked as evidence.",
    ),
    unreported="No record is linked so far to {}.",
    period="This report covers the time from {first} to {last}.",
    total=_total,
    listed_help=("{help} is recorded once.", "{help} is recorded {count} times."),
    nothing="The records hold nothing for this period.",
)
ENGLISH = WORDS.wording()
