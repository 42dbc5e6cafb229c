"""One writer process: ``python writer.py NAME COUNT [--kill-before-seal]``. Each change in a transaction of its own."""

import os
import signal
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from merida.foundation.access.visibility import Actor  # noqa: E402
from merida.foundation.changes import sealing  # noqa: E402
from merida.foundation.changes.actions import record_change  # noqa: E402


def write(name: str, count: int) -> None:
    actor = Actor(name=name, role="SYSTEM")
    for number in range(count):
        with transaction.atomic():
            record_change(actor, "COUNT", f"sample:{name}-{number}", before=None, after={"number": number, "by": name})


def die() -> None:
    """Stand in for the sealer: the process is killed after the commit and before the seal."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if "--kill-before-seal" in sys.argv:
        sealing.seal = die
    write(sys.argv[1], int(sys.argv[2]))
