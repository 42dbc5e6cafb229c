"""``merida digest``: send what is new in the observatory to those who asked for it and are due.

``serve`` does this every half hour by itself; elsewhere a scheduler runs it. Run twice it sends nothing twice; one
message that cannot be sent is tried again in the next run and does not stop the others.
"""

import argparse
import logging
import sys
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation

from merida.exchange.digests.actions import claim, give_back
from merida.exchange.digests.models import Digest
from merida.exchange.digests.queries import digests_due
from merida.foundation.access.actors import actor_of
from merida.interfaces.web.digest_mail import digest_message
from merida.interfaces.web.languages import internal_language
from merida.interfaces.web.views.observatory_choices import asked_in, choices_of
from merida.knowledge.observatory.narrowing import latest_told, themes_known

MOST_ENTRIES = 50
REFUSED, WRONG_USE = 1, 2
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--site", default=settings.SITE_ADDRESS, help="address of the site (default: %(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Send what is due; say how many messages went out, had nothing to tell, or failed."""
    site = arguments.site.rstrip("/")
    if urlsplit(site).scheme not in {"http", "https"} or not urlsplit(site).netloc:
        print(f"merida digest: {site!r} is no address such as https://reviews.example.org", file=sys.stderr)
        return WRONG_USE
    sent, nothing, failed = send_due(timezone.now(), site)
    print(f"sent: {sent}, nothing new: {nothing}, failed: {failed}")
    return REFUSED if failed else 0


def send_due(now: datetime, site: str) -> tuple[int, int, int]:
    """Send what is due; return how many messages went out, had nothing to tell, or failed."""
    sent = nothing = failed = 0
    for digest in digests_due(now):
        try:
            told = _told(digest, now, site)
        except Exception:
            log.exception("A digest could not be sent; it is tried again in the next run.")
            failed += 1
        else:
            sent, nothing = sent + (told is True), nothing + (told is False)
    return sent, nothing, failed


def _told(digest: Digest, now: datetime, site: str) -> bool | None:
    """Tell one person; whether a message went out, None where another run was first."""
    asked = asked_in(digest.choices, themes_known())
    if not claim(digest, until=now):
        return None
    try:
        # A choice that is gone, such as a theme that left the scheme, must not widen what is told.
        whole = choices_of(asked) == digest.choices
        after = digest.told_until_at
        actor = actor_of(digest.user)
        told = latest_told(actor, asked.narrowing, MOST_ENTRIES + 1, after=after, until=now) if whole else []
        if told:
            with translation.override(internal_language(digest.language)):
                shown = told[:MOST_ENTRIES]
                digest_message(digest, asked, shown, more=len(told) > len(shown), site=site).send()
    except Exception:
        give_back(digest, until=now)
        raise
    return bool(told)
