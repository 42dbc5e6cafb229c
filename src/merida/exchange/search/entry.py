"""What is handed to the search: one value for one thing in one language. Pure."""

from __future__ import annotations

from dataclasses import dataclass

PARAGRAPH, STATE, PROVISION, INSTRUMENT = "PARAGRAPH", "STATE", "PROVISION", "INSTRUMENT"
MECHANISM, RESOLUTION, ORGANISATION, DOCUMENT = "MECHANISM", "RESOLUTION", "ORGANISATION", "DOCUMENT"
ANSWER = "ANSWER"  # of a State to a questionnaire, published with its consent
KINDS = (STATE, PROVISION, INSTRUMENT, MECHANISM, RESOLUTION, ORGANISATION, DOCUMENT, ANSWER, PARAGRAPH)
TEXTS = (ANSWER, PARAGRAPH)  # found for what is written in them, each language for itself; the others by their names

PUBLIC = "PUBLIC"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


class EntryError(ValueError):
    """An entry that cannot be indexed; the text names the reference and the field."""


@dataclass(frozen=True, slots=True)
class EntryData:
    """One thing to be found, in one language; a State with six names is six entries with one ref.

    ref         stable identifier "kind:uuid-or-key": "paragraph:6f1c…", "state:GHA", "provision:UNCAC 13(1)"
    kind        one of KINDS
    language    "ar" "zh" "en" "fr" "ru" "es", or "" when unknown (then the first that is written in its script)
    title       shown as the head of the result; searched too, except for a PARAGRAPH, whose title only says
                where it stands (document and number) and would make every paragraph answer to the document's name
    text        searched, kept for snippets; other names and aliases of a State or organisation belong here
    link        parts from which the web makes the address: name of the page first, then its arguments,
                ("document", "CAC/COSP/2021/4", "zh", "p-12")
    visibility  "PUBLIC", or any tag of the rule who sees what; an actor sees an entry when he holds its tag
    states      ISO 3166 alpha-3 codes of the States that it names (for a STATE: itself)
    provisions  "UNCAC 13(1)(c)"; found under "UNCAC 13(1)" and "UNCAC 13" too
    year        of the document's date or of adoption; None when unknown
    document    key of the document that it belongs to, "" when none
    """

    ref: str
    kind: str
    language: str
    title: str
    text: str = ""
    link: tuple[str, ...] = ()
    visibility: str = PUBLIC
    states: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    year: int | None = None
    document: str = ""


def checked(entry: EntryData) -> EntryData:
    """The entry itself; raises EntryError when a field holds what no search could find again."""
    if ":" not in entry.ref:
        raise EntryError(f"ref {entry.ref!r}: expected kind:key")
    if entry.kind not in KINDS:
        raise EntryError(f"{entry.ref}: kind {entry.kind!r} is none of {', '.join(KINDS)}")
    if entry.language not in (*LANGUAGES, ""):
        raise EntryError(f"{entry.ref}: language {entry.language!r} is none of {', '.join(LANGUAGES)}")
    if not entry.visibility:
        raise EntryError(f"{entry.ref}: visibility is empty")
    if any(";" in value for value in (*entry.states, *entry.provisions)):
        raise EntryError(f"{entry.ref}: a state or provision holds a semicolon")
    return entry
