"""What the reading of a text could not settle, in the reader's language: a sentence by code, English detail beneath."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from merida.exchange.ingest.left_out import words_left_out
from merida.interfaces.web.views.listing import language

SENTENCES: Mapping[str, object] = {
    "ATTACHMENT": _("Files that the document carries inside it were not read."),
    "CARRIED_PART": _("Parts that other programs made were left out of the text; the original keeps them."),
    "COMMENT": _("Comments were left out of the text; the original keeps them."),
    "CONFIRMED_KEPT": _("Something that a person confirmed is not recognized any more; it is kept."),
    "CONFIRMED_WITHOUT_TEXT": _("Something that a person confirmed has no words in the text any more; it is kept."),
    "CONTROL": _("Control characters were left out of the text; the original keeps them."),
    "CUT_SHORT": _("The file is cut short; what could be repaired was read."),
    "DIRECTION_CONTROL": _("Invisible direction signs were left out of the text; the original keeps them."),
    "DIRECTION_OVERRIDE": _(
        "Signs that show text in another order than it is stored were left out; the original keeps them."
    ),
    "EMBEDDED": _("What the page embeds was left out of the text; the original keeps it."),
    "ENCODING": _("The file is not in UTF-8. Its encoding was told from its letters."),
    "ENDS_BEFORE": _("Something ends before it begins; only its beginning was read."),
    "FACT_REFUSED": _("Something that the text tells cannot be so; it was not proposed."),
    "FOOTNOTE_NOT_CALLED": _("The place in the text that a footnote belongs to was not found."),
    "FORM_FIELD": _("Some fields of a form are filled in but shown on no page; they were left out of the text."),
    "FORM_NOT_READ": _("The file is a form whose fields cannot be read; print it to a new file and hand that in."),
    "HIDDEN": _("Hidden text was left out; the original keeps it."),
    "IMPOSSIBLE_DATE": _("A date cannot be; nothing was read from it."),
    "INVISIBLE": _("Invisible characters were left out of the text; the original keeps them."),
    "LANGUAGE_DIFFERS": _("The text is now read as one in another language; it stays filed under the earlier one."),
    "LOOKS_LIKE": _(
        "Body, date and title are those of another document. The two were not joined, because no symbol is printed."
    ),
    "MASTHEAD_DIFFERS": _("The head of this text says something else than another language version of the document."),
    "NO_NUMBERED_PARAGRAPHS": _("No paragraph has a number; places are counted in reading order: u1, u2 …"),
    "NO_SYMBOL": _("The text prints no symbol; it is filed as a document of its own."),
    "OUTSIDE_MAIN_PART": _("What stands around the main part of the page was left out of the text."),
    "PAGES": _("The file has printed pages; every paragraph knows the one that it begins on."),
    "PARAGRAPH_MISSING": _("The numbers of paragraphs leave a gap; what is missing was not found."),
    "PICTURE": _("Pictures were left out of the text; the original keeps them."),
    "PRINTED_SHAPES": _(
        "Arabic letters are stored by their printed shapes; they were read as letters, without kashida."
    ),
    "PRIVATE_SYMBOL": _("Characters of a symbol font were read as the signs that they show."),
    "RECOGNISED_PAGES": _("Some pages are pictures; their letters were recognized by a program, so check them."),
    "READ_ACROSS": _("Tables on some pages were read line by line, straight across their cells."),
    "REMARK": _("Remarks laid over the pages were left out of the text; the original keeps them."),
    "REPEATED_CHARACTER": _("A character that is printed on both sides of a page break was read once."),
    "REPLACEMENT": _("Characters were lost before the file came here; the sign of the loss stands in the text."),
    "SCANNED_PAGES": _("Some pages are pictures without text; they were not read."),
    "STATE_NOT_YET": _(
        "A date is earlier than the beginning of a State that is named with it; it was read as printed."
    ),
    "SYMBOL_GIVEN": _("The text prints no symbol; it was given by hand."),
    "TRACKED_DELETION": _("Deletions that the file tracks were left out of the text; the original keeps them."),
    "TURNED_TEXT": _("Text set across the page, such as a stamp, was left out of the text; the original keeps it."),
    "TWO_COLUMNS": _("Some pages were read as two columns."),
    "UNKNOWN_LETTERS": _("The fonts of some characters do not say what they are; these were left out."),
    "UNKNOWN_STATE": _("A list of States that attended holds a name that is not known here."),
    "UNPLACED_MENTION": _("Some names were recognized at a place without text and left out."),
}
# Codes whose English message says no more than the sentence.
WHOLE = frozenset({"NO_NUMBERED_PARAGRAPHS", "NO_SYMBOL"})


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice in words. ``text_language`` is that of ``text``; ``detail`` is English, ``""`` where it adds nothing."""

    text: str
    text_language: str
    detail: str = ""
    line: int = 0
    words: tuple[str, ...] = ()


def shown_notices(stored: Iterable[Any], left_out: Sequence[Any] = ()) -> list[ShownNotice]:
    """Return the notices of a version in the reader's language; an unknown code keeps its English message.

    ``left_out`` (``Version.left_out``) gives the words beside those that count them: for who handed in the file only.
    """
    notices = [one if isinstance(one, Mapping) else {"message": str(one)} for one in stored]
    return [
        replace(_shown(one), words=tuple(words_left_out(str(one.get("code", "")), left_out)) if left_out else ())
        for one in notices
    ]


def _shown(notice: Mapping[str, Any]) -> ShownNotice:
    code, message, line = str(notice.get("code", "")), str(notice.get("message", "")), int(notice.get("line") or 0)
    sentence = SENTENCES.get(code)
    if sentence is None or (language() == "en" and message):
        return ShownNotice(message or code, "en", line=line)
    return ShownNotice(str(sentence), language(), "" if code in WHOLE else message, line)
