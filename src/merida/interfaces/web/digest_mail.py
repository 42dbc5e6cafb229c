"""Messages of a digest: what is new, and the question whether the reader of an address wants it.

Made in the language of the digest. Whoever calls this opens that language; addresses begin with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.exchange.digests.actions import confirming_token, ending_token
from merida.exchange.digests.models import Digest
from merida.interfaces.web.languages import direction
from merida.interfaces.web.templatetags.words import number, query_of
from merida.interfaces.web.views.activities import told_citation
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.observatory_choices import Asked, in_words
from merida.interfaces.web.views.observatory_feed import said
from merida.interfaces.web.views.observatory_pieces import cut
from merida.knowledge.observatory.models import Told


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a message tells it; the words are in ``language``, the language of the text read."""

    title: str
    source: str
    words: str
    language: str
    direction: str
    url: str


def digest_message(
    digest: Digest, asked: Asked, told: Sequence[Told], *, more: bool, site: str
) -> EmailMultiAlternatives:
    """Return the message that tells what is new. ``site`` is the address of the site without a path.

    ``more`` says that there is more than is told.
    """
    chosen = in_words(asked)
    count = len(told)
    subject = ngettext("%(count)s new record: %(chosen)s", "%(count)s new records: %(chosen)s", count)
    shown = f"{number(count)}+" if more else number(count)
    end = f"{site}{reverse('digest_end', args=[ending_token(digest)])}"
    page = reverse("observatory") + query_of(digest.choices)
    context = {
        "entries": [_entry(one, site) for one in told],
        "more": more,
        "chosen": chosen,
        "page": f"{site}{page}",
        "end": end,
        "rhythm": digest.get_rhythm_display(),
    }
    message = _message(digest, subject % {"count": shown, "chosen": chosen}, "digest", context)
    # RFC 2369 and, for a program that ends it by one press, RFC 8058.
    message.extra_headers |= {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return message


def confirmation_message(digest: Digest, asked: Asked, *, site: str) -> EmailMultiAlternatives:
    """Return the message that asks whether the reader of the address wants the digest."""
    context = {
        "chosen": in_words(asked),
        "rhythm": digest.get_rhythm_display(),
        "confirm": f"{site}{reverse('digest_confirm', args=[confirming_token(digest)])}",
    }
    return _message(digest, _("Confirm that you want news of the observatory by e-mail"), "digest_asked", context)


def _message(digest: Digest, subject: str, name: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    here = {"language": language(), "direction": direction(language()), "subject": subject}
    message = EmailMultiAlternatives(
        subject=" ".join(f"merida: {subject}".split()),
        body=render_to_string(f"mail/{name}.txt", context | here),
        to=[digest.user.email],
        headers={"Content-Language": language(), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"mail/{name}.html", context | here), "text/html")
    return message


def _entry(one: Told, site: str) -> Entry:
    cited = told_citation(one)
    return Entry(
        title=" ".join(said(one).split()),
        source=f"{cited.symbol}, {cited.place}",
        words=cut(" ".join(one.words.split())),
        language=cited.language,
        direction=direction(cited.language),
        url=f"{site}{cited.url}",
    )
