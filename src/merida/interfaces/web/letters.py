"""Letters by mail, in the language of whoever gets them."""

from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from merida.interfaces.web.languages import INTERNAL_CODES, content_language, internal_language
from merida.interfaces.web.views.answer_desk import short_part
from merida.interfaces.web.views.answer_words import short_question
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.reuse_pieces import title_of
from merida.review.questionnaires.reminding import Letter
from merida.review.questionnaires.sending import LetterRefusedError
from merida.review.synergies.reuse_changes import Letter as ChangesTold

PARTS_NAMED, CHANGES_NAMED = 12, 20


def send_reminder(letter: Letter) -> None:
    """Send a reminder. Raises LetterRefusedError for this one address, OSError and SMTPException for all letters."""
    _send(letter.user.email, *reminder_words(letter))


def send_change(letter: ChangesTold) -> None:
    """Tell of changes at the source of answers. Raises as ``send_reminder``."""
    _send(letter.user.email, *change_words(letter))


def _send(address: str, subject: str, text: str) -> None:
    try:
        EmailMessage(subject, text, to=[address]).send()
    except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:
        raise LetterRefusedError(f"{address}: {error}") from error


def change_words(letter: ChangesTold) -> tuple[str, str]:
    """Return subject and text. They name questions and where they were answered, never a word of an answer."""
    with translation.override(_language(letter.user.language)):
        desk, response = letter.desk, letter.response
        context = {
            "name": str(letter.user),
            "questionnaire": title_of(response),
            "state": in_reader_language(response.state.names, response.state.iso3),
            "count": len(letter.changed),
            "changed": [
                (short_question(desk.form, one.question), title_of(one.source.response))
                for one in letter.changed[:CHANGES_NAMED]
            ],
            "more": max(len(letter.changed) - CHANGES_NAMED, 0),
            "address": f"{settings.SITE_ADDRESS}{reverse('reuse_report', args=(response.uuid,))}#changed",
        }
        subject = render_to_string("mail/change_subject.txt", context)
        return " ".join(subject.split()), render_to_string("mail/change.txt", context).strip() + "\n"


def _language(wished: str) -> str:
    code = content_language(wished)
    return internal_language(code if code in INTERNAL_CODES else "en")


def reminder_words(letter: Letter) -> tuple[str, str]:
    """Return subject and text. They hold what is asked and until when, never a word of an answer."""
    with translation.override(_language(letter.user.language)):
        desk, response = letter.desk, letter.response
        held = response.version.questionnaire
        scopes = sorted(desk.entrusted.scopes) if desk.entrusted and not desk.is_focal_point else []
        context = {
            "name": str(letter.user),
            "questionnaire": in_reader_language(held.titles, held.code),
            "state": in_reader_language(response.state.names, response.state.iso3),
            "due": letter.due_date,
            "is_late": letter.due_date is not None and letter.step_date > letter.due_date,
            "takes_late": response.version.takes_late,
            "note_verbale": response.version.note_verbale_text,
            "waiting": letter.waiting,
            "parts": [short_part(desk, scope) for scope in scopes[:PARTS_NAMED]],
            "more_parts": max(len(scopes) - PARTS_NAMED, 0),
            "address": f"{settings.SITE_ADDRESS}{reverse('answer_desk', args=(response.uuid,))}",
        }
        subject = render_to_string("mail/reminder_subject.txt", context)
        return " ".join(subject.split()), render_to_string("mail/reminder.txt", context).strip() + "\n"
