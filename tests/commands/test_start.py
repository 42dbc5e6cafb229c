"""``start.py``, which needs nothing but Python: what it starts ends with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
CHILD = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ending_the_starter_ends_what_it_started() -> None:
    starter = f"import sys, start; sys.exit(abs(start.run([sys.executable, '-c', {CHILD!r}])))"
    with subprocess.Popen([sys.executable, "-c", starter], cwd=HERE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        child = int(running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        code = running.wait(timeout=20)

    assert code == signal.SIGTERM  # the child's own end, told on
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_what_it_starts_keeps_bytecode_whatever_the_environment_says() -> None:
    told = "import os; print(os.environ.get('PYTHONDONTWRITEBYTECODE', 'kept'))"
    starter = f"import sys, start; start.prepare = print; start.run = lambda _: exec({told!r}); start.main(['read'])"
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    started = [sys.executable, "-c", starter]
    done = subprocess.run(started, cwd=HERE, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines() == ["runtime", "kept"], done.stderr
