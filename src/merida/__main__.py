"""The command line: ``python -m merida COMMAND …``."""

import importlib.util
import os
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1]
ENVIRONMENT = SOURCES.parent / ".venv"


def own_python() -> Path | None:
    """Return the Python of the clone's environment, where merida's libraries are missing in this one."""
    if importlib.util.find_spec("django") is not None:
        return None
    for python in (ENVIRONMENT / "bin" / "python", ENVIRONMENT / "Scripts" / "python.exe"):
        if python.exists() and Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
            return python
    sys.exit("merida's libraries are not installed here. In the clone, `python3 start.py` installs them.")


def start() -> int:
    """Run the command line, in the clone's own environment where this Python lacks the libraries."""
    python = own_python()
    if python is not None:
        paths = [str(SOURCES), os.environ.get("PYTHONPATH", "")]
        os.environ["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        os.execv(python, [str(python), "-m", "merida", *sys.argv[1:]])  # noqa: S606 (our own interpreter, no shell)
    from merida.interfaces.commands import main  # noqa: PLC0415 (only where its libraries are)

    return main()


if __name__ == "__main__":
    sys.exit(start())
