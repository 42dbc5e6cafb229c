"""Which body of the registry a document is of."""

import re
from collections.abc import Sequence

from merida.exchange.ingest.record import Masthead
from merida.foundation.registry.models import Body


def body_of(symbol: str, masthead: Masthead) -> str:
    """Return the code of the body that a document is of, "" if unknown.

    Its symbol tells, else the printed name. The report of a meeting without a symbol prints the name of the conference
    above it, or none, and in its title which of the conference's bodies met: that one then.
    """
    bodies = list(Body.objects.select_related("parent").order_by("code"))
    by_stem = [body for body in bodies if symbol.startswith(f"{body.symbol_stem}/")]
    if by_stem:
        return max(by_stem, key=lambda body: len(body.symbol_stem)).code
    names = {_bare(str(name)): body.code for body in bodies for name in body.names.values() if name}
    printed = (_bare(name) for name in (masthead.body, masthead.parent_body) if name)
    above = next((names[name] for name in printed if name in names), "")
    return (_met(masthead.title, bodies, above) if masthead.meeting_dates else "") or above


def is_part(code: str, whole: str) -> bool:
    """Whether the body ``code`` was set up by the body ``whole``."""
    return Body.objects.filter(code=code, parent__code=whole).exists()


def _met(title: str, bodies: Sequence[Body], above: str) -> str:
    words = _bare(title)
    below = (body for body in bodies if body.parent and (not above or body.parent.code == above))
    named = {_bare(str(name)): body.code for body in below for name in body.names.values() if name}
    found = max((name for name in named if name in words), key=len, default="")
    return named.get(found, "")


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()
