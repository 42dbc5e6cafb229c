"""Which body of the registry a document is of."""

import re

from merida.exchange.ingest.record import Masthead
from merida.foundation.registry.models import Body


def body_of(symbol: str, masthead: Masthead) -> str:
    """Return the code of the body that issued a document: by its symbol, else by the printed name; "" if unknown."""
    bodies = list(Body.objects.order_by("code"))
    by_stem = [body for body in bodies if symbol.startswith(f"{body.symbol_stem}/")]
    if by_stem:
        return max(by_stem, key=lambda body: len(body.symbol_stem)).code
    names = {_bare(str(name)): body.code for body in bodies for name in body.names.values() if name}
    printed = (_bare(name) for name in (masthead.body, masthead.parent_body) if name)
    return next((names[name] for name in printed if name in names), "")


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()
