"""Writer processes: ``python writer.py NAME[,NAME…] COUNT [--kill-before-seal]``, each change in a transaction of its own.

Several names are as many processes, forked when all is loaded; the exit code is the number of those that failed.
"""

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


def write_at_once(names: list[str], count: int) -> int:
    """Let a process for each name write; return how many failed."""
    for name in names:
        if os.fork() == 0:
            write(name, count)
            sys.exit()
    return sum(os.wait()[1] != 0 for _ in names)


def die() -> None:
    """Stand in for the sealer: the process is killed after the commit and before the seal."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if "--kill-before-seal" in sys.argv:
        sealing.seal = die
    names, count = sys.argv[1].split(","), int(sys.argv[2])
    if len(names) == 1:
        write(names[0], count)
    else:
        sys.exit(write_at_once(names, count))
