"""What an offline package says, and what is said about it, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy

from merida.exchange.offline.sealing import NotOpenedError
from merida.interfaces.web.languages import internal_language
from merida.interfaces.web.views.answer_words import KINDS, OBLIGATIONS, aside_words
from merida.interfaces.web.views.refusals import in_words
from merida.review.questionnaires.judging import Outcome

PAGE: Mapping[str, Any] = {
    "title": gettext_lazy("Offline package"),
    "no_script": gettext_lazy("This file needs JavaScript, which is switched off in this browser."),
    "too_old": gettext_lazy(
        "This browser is too old to open the package. Take a current Firefox, Chrome, Edge or Safari."
    ),
    "about": gettext_lazy(
        "This file holds a questionnaire and answers, encrypted. It works without a connection and sends nothing."
    ),
    "passphrase": gettext_lazy("Passphrase"),
    "unlock": gettext_lazy("Unlock"),
    "unlocking": gettext_lazy("Unlocking…"),
    "wrong": gettext_lazy("The passphrase is not the one of this file."),
    "damaged": gettext_lazy("The file is damaged or was changed: it cannot be opened. Take the package again."),
    "skip": gettext_lazy("Skip to the text"),
    "due": gettext_lazy("due {day}"),
    "answered_of": gettext_lazy("{done} of {all} answered"),
    "changed_here": gettext_lazy("Changed here: {count}"),
    "export": gettext_lazy("Export answers"),
    "save_whole": gettext_lazy("Save the whole package"),
    "lock": gettext_lazy("Lock"),
    "sections": gettext_lazy("Articles"),
    "search": gettext_lazy("Search within the package"),
    "found": gettext_lazy("Questions found: {count}"),
    "none_found": gettext_lazy("No question holds all these words."),
    "answer_language": gettext_lazy("Language of the answers"),
    "kept": gettext_lazy("Kept in this browser, encrypted."),
    "not_kept": gettext_lazy("This browser keeps nothing of what is typed: export before this page is closed."),
    "two_tabs": gettext_lazy("This package is open in another tab of this browser: type in one of them only."),
    "nothing_typed": gettext_lazy("Nothing was changed here yet."),
    "exported": gettext_lazy("The answers are in your downloads. Bring the file back on the site, under your desk."),
    "saved_whole": gettext_lazy("The package with all that was typed is in your downloads."),
    "signed": gettext_lazy(
        "Made {moment} and signed with the key {key}; the page from which it was taken names the same key."
    ),
    "not_checked": gettext_lazy(
        "Made {moment}. This browser cannot check the signature; the site does when answers come back."
    ),
    "edited": gettext_lazy("This package was changed after it was made: do not use it, take it again."),
    "choose_one": gettext_lazy("Choose one"),
    "choose_any": gettext_lazy("Choose any"),
    "laws": gettext_lazy("Laws"),
    "no_laws": gettext_lazy("No law of your State is in the register yet."),
    "authorities": gettext_lazy("Authorities"),
    "no_authorities": gettext_lazy("No authority of your State is in the register yet."),
    "no_choices": gettext_lazy("There is nothing to choose from."),
    "no_choice": gettext_lazy("No choice"),
    "number": KINDS["NUMBER"],
    "day": KINDS["DAY"],
    "no_number": gettext_lazy("Write a number with digits and at most one point."),
    "too_long": gettext_lazy(
        "The text has {count} characters, the site takes at most {most}: shorten it before it goes back."
    ),
    "answer": gettext_lazy("Answer"),
    "in_words": gettext_lazy("In words"),
    "add_row": gettext_lazy("Add a row"),
    "guidance": gettext_lazy("Guidance"),
    "not_asked": gettext_lazy(
        "After what was answered before, this question is not asked. An answer is kept and does not count."
    ),
    "files_note": gettext_lazy("Files are attached on the site."),
    "changed": gettext_lazy("Changed here."),
    "undo": gettext_lazy("Back to the text of the package"),
    "back": gettext_lazy("Back"),
    "next": gettext_lazy("Next"),
    **OBLIGATIONS,
    **{f"kind_{code}": words for code, words in KINDS.items()},
}
NOT_OPENED: Mapping[str, Any] = {
    "NOT_OURS": gettext_lazy("This is no file of answers from an offline package."),
    "TRUNCATED": gettext_lazy("The file is not complete: its end is missing. Export it again."),
    "PASSPHRASE": gettext_lazy("The passphrase is not the one of this file."),
    "CHANGED": gettext_lazy("The file was changed or damaged after it was exported. Export it again."),
    "TOO_LARGE": gettext_lazy("The file is too large."),
    "NOTHING_TYPED": gettext_lazy("Nothing was typed in this package yet."),
    "FORGED": gettext_lazy("This package was not made on this site, or was changed after it was made."),
    "NOT_YOURS": gettext_lazy(
        "These answers belong to a questionnaire that is not, or no longer, entrusted to you. "
        "Your file still holds all texts."
    ),
}
VERDICTS: Mapping[str, Any] = {
    "REFUSED": gettext_lazy("Refused"),
    "ASIDE": gettext_lazy("Kept beside the answer, to be merged"),
    "CHANGED": gettext_lazy("Takes the place of the text in the package"),
    "EMPTIED": gettext_lazy("Emptied"),
    "NEW": gettext_lazy("New answer"),
    "UNCHANGED": gettext_lazy("Unchanged"),
}
REFUSALS = (
    gettext_lazy("a passphrase has at least {least} characters: four words that do not belong together are good"),
    gettext_lazy("a passphrase has at most {most} characters"),
    gettext_lazy("this passphrase is easily guessed: take four words that do not belong together"),
    gettext_lazy("the two passphrases are not the same"),
)


def page_words(language: str) -> dict[str, str]:
    """Return what the page of a package says, in one of the six languages."""
    with translation.override(internal_language(language)):
        return {name: str(words) for name, words in PAGE.items()}


def not_opened_words(error: NotOpenedError) -> str:
    """Return why a file was not opened."""
    return str(NOT_OPENED[error.reason])


def why_words(one: Outcome) -> str:
    """Return why a row is refused or kept beside, "" for the others."""
    if one.template:
        return in_words(one.template, one.values)
    return aside_words(one.aside) if one.aside else ""
