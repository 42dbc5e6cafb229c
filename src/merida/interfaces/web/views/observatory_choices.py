"""What a reader of the observatory chose: theme, provision, State, type, years; it stays in the address.

What cannot be read as one of the offered values is left out, and said so; ``not_offered`` tells a program.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.queries import states_in_brief
from merida.interfaces.web.languages import in_language
from merida.interfaces.web.views.left_out import leave_out, left_out
from merida.interfaces.web.views.listing import language, reading_order
from merida.interfaces.web.views.lists import Choice, choice, chosen
from merida.interfaces.web.views.naming import in_reader_language
from merida.knowledge.observatory.models import ActivityType, Theme
from merida.knowledge.observatory.narrowing import Narrowing, branch_of
from merida.knowledge.observatory.values import EARLIEST, LATEST

PROVISION: Final = re.compile(r"[A-Z][A-Z0-9_]{1,39} [0-9IVXLC]{1,8}[0-9a-z()]{0,20}", re.ASCII)
YEAR: Final = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen, with the texts of the fields that are typed; ``theme`` is the one chosen.

    ``any`` tells whether something was chosen beside the theme that the page is about.
    """

    narrowing: Narrowing
    theme: Theme | None
    provision: str
    since: str
    until: str
    any: bool


def asked(request: HttpRequest, scheme: Sequence[Theme], *, theme: Theme | None = None) -> Asked:
    """Return what the address asks for; ``theme`` where the page is about one."""
    codes = {one.code: one for one in scheme}
    wanted = theme or codes.get(request.GET.get("theme", ""))
    if wanted is None:
        leave_out(request, "theme")
    provision = " ".join(request.GET.get("provision", "")[:80].split())
    if not PROVISION.fullmatch(provision):
        leave_out(request, "provision")
    since, until = _year(request, "since"), _year(request, "until")
    narrowing = Narrowing(
        themes=branch_of(wanted, scheme) if wanted else (),
        provisions=(provision,) if PROVISION.fullmatch(provision) else (),
        state=chosen(request, "state", [one.iso3 for one in states_in_brief()]),
        type=chosen(request, "type", ActivityType.values),
        since=since,
        until=until,
    )
    return Asked(
        narrowing,
        wanted,
        provision if narrowing.provisions else "",
        "" if since is None else str(since),
        "" if until is None else str(until),
        any=narrowing != Narrowing(themes=narrowing.themes if theme else ()),
    )


def not_offered(request: HttpRequest, asked_for: Asked) -> list[str]:
    """Return what the address asks for and cannot be chosen, a sentence each: a program would take all for some."""
    found = [
        _("%(name)s=%(value)s: there is no such choice.") % {"name": name, "value": value}
        for name, value in left_out(request)
    ]
    since, until = asked_for.narrowing.since, asked_for.narrowing.until
    if since is not None and until is not None and until < since:
        found.append(_("since=%(since)s is after until=%(until)s.") % {"since": since, "until": until})
    return found


def asked_in(choices: Mapping[str, str], scheme: Sequence[Theme]) -> Asked:
    """Return what kept choices ask for, read as an address is."""
    request = HttpRequest()
    request.GET = QueryDict(urlencode(choices))
    return asked(request, scheme)


def choices_of(asked_for: Asked) -> dict[str, str]:
    """Return what was chosen as it stands in an address, what was not chosen left out."""
    wanted = asked_for.narrowing
    given = {
        "theme": asked_for.theme.code if asked_for.theme else "",
        "provision": asked_for.provision,
        "state": wanted.state,
        "type": wanted.type,
        "since": asked_for.since,
        "until": asked_for.until,
    }
    return {name: value for name, value in given.items() if value}


def in_words(asked_for: Asked) -> str:
    """Return what was chosen in the reader's language: ``Youth · Tonga · from 2019``."""
    wanted = asked_for.narrowing
    parts = [
        theme_name(asked_for.theme) if asked_for.theme else "",
        asked_for.provision,
        state_names(language()).get(wanted.state, ""),
        str(ActivityType(wanted.type).label) if wanted.type else "",
        _("from %(year)s") % {"year": asked_for.since} if asked_for.since else "",
        _("until %(year)s") % {"year": asked_for.until} if asked_for.until else "",
    ]
    return " · ".join(filter(None, parts)) or _("everything in the observatory")


def _year(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "").strip()
    if YEAR.fullmatch(text) and EARLIEST <= int(text) <= LATEST:
        return int(text)
    leave_out(request, name)
    return None


def selects(request: HttpRequest, scheme: Sequence[Theme], *, theme: Theme | None = None) -> list[Choice]:
    """Return the selects over the page; themes only where the page is not about one."""
    kinds = {code: str(label) for code, label in ActivityType.choices}
    found = [
        choice(request, "state", _("State"), state_names(language())),
        choice(request, "type", _("What was done"), dict(sorted(kinds.items(), key=lambda pair: pair[1]))),
    ]
    return found if theme else [choice(request, "theme", _("Theme"), names_in_branches(scheme)), *found]


@remembered
def state_names(code: str) -> dict[str, str]:
    """Return the names of States by ISO code, in the reader's language ``code`` and its order; remembered."""
    names = {one.iso3: in_language(one.names, code) for one in states_in_brief()}
    return dict(sorted(names.items(), key=lambda pair: reading_order(pair[1])))


def names_in_branches(scheme: Sequence[Theme]) -> dict[str, str]:
    """Return the names of themes by code, the narrower behind the broader."""
    known = {one.pk: one for one in scheme}
    return {one.code: " › ".join(theme_name(each) for each in line_of(one, known)) for one in scheme}


def line_of(one: Theme, known: dict[int, Theme]) -> list[Theme]:
    """Return a theme with all above it, the broadest first."""
    line = [one]
    while line[0].broader_id is not None and len(line) <= len(known):
        line.insert(0, known[line[0].broader_id])
    return line


def theme_name(one: Theme) -> str:
    """Return a theme in the reader's language."""
    return in_reader_language(one.names, one.code)
