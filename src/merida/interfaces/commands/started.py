"""How people start merida here: the words that go before a command in what is printed for them to type."""

import os
import sys

STARTED_AS = "MERIDA_STARTED_AS"  # set by start.py


def to_type(words: str) -> str:
    """Return a command as it works where this one was started: ``python3 start.py serve``, ``python -m merida …``."""
    python = "python" if os.name == "nt" else "python3"
    direct = f"{python} -m merida" if sys.argv[0].endswith("__main__.py") else "merida"
    return f"{os.environ.get(STARTED_AS) or direct} {words}"
