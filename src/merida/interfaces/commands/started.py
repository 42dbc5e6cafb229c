"""How people start merida here: the words that go before a command in what is printed for them to type."""

import os
import sys
from pathlib import Path

STARTED_AS = "MERIDA_STARTED_AS"  # set by start.py


def to_type(words: str) -> str:
    """Return a command as it works where this one was started: through start.py, or with the same Python."""
    python, here = Path(sys.executable), Path.cwd()
    shown = python.relative_to(here) if python.is_relative_to(here) else python
    direct = f"{shown} -m merida" if sys.argv[0].endswith("__main__.py") else "merida"
    return f"{os.environ.get(STARTED_AS) or direct} {words}"
