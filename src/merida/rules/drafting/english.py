"""The sentences of a draft in English."""

import re
from collections.abc import Sequence
from datetime import date

from merida.rules.drafting.records import Asked, Counted, Done
from merida.rules.drafting.wording import Names, Period, Wording

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ARTICLED = frozenset({
    "ARE", "BHS", "CAF", "COD", "COG", "COM", "DOM", "FSM", "GBR", "GMB", "KOR", "LAO",
    "MDA", "MDV", "MHL", "NER", "NLD", "PHL", "RUS", "SDN", "SYR", "TZA", "USA",
})  # fmt: skip
HELD = "held"
# One, several, and what is said of them.
EVENTS = {
    "AGREEMENT": ("an agreement", "agreements", "concluded"),
    "AWARENESS": ("an activity to raise awareness", "activities to raise awareness", "carried out"),
    "CAMP": ("a camp", "camps", HELD),
    "COMPETITION": ("a competition", "competitions", HELD),
    "CONFERENCE": ("a conference", "conferences", HELD),
    "LAUNCH": ("a launch", "launches", HELD),
    "LAW_ENFORCEMENT_OPERATION": ("an operation of law enforcement", "operations of law enforcement", "carried out"),
    "MEETING": ("a meeting", "meetings", HELD),
    "MILESTONE": ("a milestone", "milestones", "reached"),
    "MISSION": ("a mission", "missions", "carried out"),
    "PEER_REVIEW": ("a review by peers", "reviews by peers", "carried out"),
    "PRESENTATION": ("a presentation", "presentations", "given"),
    "PUBLICATION": ("a publication", "publications", "issued"),
    "REPORTING": ("a report", "reports", "contributed to"),
    "RESOLUTION_ADOPTED": ("a resolution", "resolutions", "adopted"),
    "SCOPING": ("a scoping mission", "scoping missions", "carried out"),
    "SEMINAR": ("a seminar", "seminars", HELD),
    "SIDE_EVENT": ("a side event", "side events", HELD),
    "STATEMENT": ("a statement", "statements", "made"),
    "STUDY_VISIT": ("a study visit", "study visits", "organized"),
    "TRAINING": ("a training course", "training courses", HELD),
    "TREATY_ACTION": ("an action under a treaty", "actions under a treaty", "recorded"),
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


def joined(parts: Sequence[str]) -> str:
    """A list in words: "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def state(code: str, names: Names) -> str:
    """The name of a State as it stands in a sentence: "the Niger", "the Plurinational State of Bolivia"."""
    name = names.states.get(code, code)
    inverted = _INVERTED.fullmatch(name)
    if inverted:
        return f"the {inverted[2]} {inverted[1]}"
    return f"the {name}" if code in ARTICLED and not name.startswith("the ") else name


def when(one: Done) -> str:
    """The date with its preposition, at the beginning of a sentence."""
    if one.first is None or one.last is None or one.precision in ("PERIOD", "NONE"):
        return "During the reporting period"
    if one.first == one.last:
        return f"On {day(one.first)}"
    return _span(one.first, one.last, one.precision)


def _span(first: date, last: date, precision: str) -> str:
    if first.day == 1 and (last.month, last.year) == (first.month, first.year):
        return f"In {MONTHS[first.month - 1]} {first.year}"
    if precision == "YEAR":
        return f"In {first.year}"
    if precision == "RANGE":
        year = "" if first.year == last.year else f" {first.year}"
        return f"From {MONTHS[first.month - 1]}{year} to {MONTHS[last.month - 1]} {last.year}"
    if (first.month, first.year) == (last.month, last.year):
        return f"From {first.day} to {day(last)}"
    return f"From {day(first)} to {day(last)}"


def day(at: date) -> str:
    """A day: "9 December 2019"."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def activities(same: Sequence[Done], names: Names) -> str:
    """One sentence for activities of the same type, time, partners and subject."""
    one = same[0]
    said = f"{when(one)}, {_lower(_deed(same, names))}{_with(one, names)}{_about(one)}"
    if one.participants:
        said += f"; participants came from {joined([state(code, names) for code in one.participants])}"
    return f"{said}."


def _deed(same: Sequence[Done], names: Names) -> str:
    one = same[0]
    if one.type in HELP:
        receivers = [state(code, names) for each in same for code in each.states]
        return f"{HELP[one.type]} was given" + (f" to {joined(receivers)}" if receivers else "")
    single, several, deed = EVENTS.get(one.type, ("an activity", "activities", "carried out"))
    what = f"{single} was {deed}" if len(same) == 1 else f"{several} were {deed}"
    if names.is_abroad(one):
        return f"{what} in {one.town} for {joined([state(code, names) for each in same for code in each.states])}"
    places = [place for each in same for place in _places(each, names)]
    return what + (f" in {joined(list(dict.fromkeys(places)))}" if places else "")


def _places(one: Done, names: Names) -> list[str]:
    if one.town and one.states:
        first, *others = (state(code, names) for code in one.states)
        return [f"{one.town} ({first})", *others]
    return [one.town] if one.town else [state(code, names) for code in one.states]


def _with(one: Done, names: Names) -> str:
    who = [names.organisations.get(code, code) for code in one.organisations]
    return f", with the involvement of {joined(who)}" if who else ""


def _about(one: Done) -> str:
    about = [_provision(key) for key in one.provisions]
    about += [one.resolution] if one.resolution else []
    return f" ({'; '.join(about)})" if about else ""


def _provision(key: str) -> str:
    instrument, _space, number = key.partition(" ")
    return f"{instrument}, article {number}" if number[:1].isdigit() else key


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def figure(one: Counted) -> str:
    """A figure, with what it counts in quotation marks: those words are the document's."""
    value = f"{one.value}{one.unit if one.unit == '%' else f' {one.unit}'}".strip()
    at = f" as of {one.as_of}" if one.as_of else ""
    return f"The number reported for “{one.counted}”{at} was {value}."


def requests(same: Sequence[Asked]) -> str:
    """What the paragraphs with one addressee, condition and term have in common."""
    one = same[0]
    verb = "is" if len(same) == 1 else "are"
    said = f"{_paragraphs(same)} {verb} addressed to {ADDRESSEES.get(one.addressee, 'other addressees')}"
    if one.condition:
        said += f", {CONDITIONS.get(one.condition, CONDITIONS['OTHER'])}"
    return said + (f", with a term of {day(one.due)}." if one.due else ".")


def reported(same: Sequence[Asked]) -> str:
    """Which paragraphs records are linked to."""
    linked = sum(len(one.evidence) for one in same)
    verb, records = "is" if linked == 1 else "are", "record" if linked == 1 else "records"
    return f"On {_lower(_paragraphs(same))}, {linked} {records} {verb} linked as evidence."


def unreported(same: Sequence[Asked]) -> str:
    """Which paragraphs no record is linked to."""
    return f"No record is linked so far to {_lower(_paragraphs(same))}."


def _paragraphs(same: Sequence[Asked]) -> str:
    noun = "Paragraph" if len(same) == 1 else "Paragraphs"
    return f"{noun} {joined([one.number for one in same])} of resolution {same[0].resolution.replace('_', ' ')}"


def period(covered: Period) -> str:
    """The days that the report covers."""
    return f"This report covers the time from {day(covered.first)} to {day(covered.last)}."


def total(activities_count: int, states_count: int) -> str:
    """How much the records of the period hold."""
    what = "activity" if activities_count == 1 else "activities"
    where = "State" if states_count == 1 else "States"
    return f"The records of the period hold {activities_count} {what} in or for {states_count} {where}."


def kind(code: str, count: int) -> str:
    """How many activities of a type there are."""
    if code in HELP:
        return f"{HELP[code]} is recorded {'once' if count == 1 else f'{count} times'}."
    single, several, _deed_word = EVENTS.get(code, ("one activity of another kind", "activities of another kind", ""))
    return f"There is {single} among them." if count == 1 else f"There are {count} {several} among them."


ENGLISH = Wording(
    activities=activities,
    figure=figure,
    requests=requests,
    reported=reported,
    unreported=unreported,
    period=period,
    total=total,
    kind=kind,
    nothing="The records hold nothing for this period.",
)
