#!/usr/bin/env python3
"""Set up merida and run it. Needs Python 3.11 or later and nothing else.

    python3 start.py [--documents DIR] [--port N] [--no-serve]   set up, load, read documents, serve
    python3 start.py test [ARGUMENTS OF PYTEST]                  run the tests
    python3 start.py lint                                        style, types and import rules
    python3 start.py COMMAND …                                   any other merida command

The first run makes an environment in ``.venv`` from the hash-locked files under ``requirements/``; a later run
finds it current and changes nothing.
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BINARIES = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BINARIES / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)


def say(words: str = "", end: str = "\n") -> None:
    """Tell the person at the terminal; standard output belongs to the command that follows (``read --json``)."""
    print(words, end=end, file=sys.stderr, flush=True)


def lock_digest(lock: Path) -> str:
    """Return the digest that stands for a lock file installed into this Python."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def make_environment() -> None:
    """Make ``.venv`` with the sources on its path; keep one that is already there."""
    if PYTHON.exists():
        return
    say(f"Making an environment in {ENVIRONMENT.name} …")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)
    if made.returncode or not PYTHON.exists():
        sys.exit(
            "Python could not make an environment. On Debian and Ubuntu: apt install python3-venv, then try again."
        )


def put_sources_on_path() -> None:
    """Let ``python -m merida`` find ``src`` without installing the project."""
    asked = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]
    packages = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    (packages / "merida-sources.pth").write_text(f"{HERE / 'src'}\n", encoding="utf-8")


def show_progress(done: int, total: int, name: str) -> None:
    """Draw one line of progress on a terminal; keep quiet elsewhere but for the last."""
    if sys.stderr.isatty():
        filled = 30 * done // max(total, 1)
        say(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total} {name:<32.32}", end="")


def install(lock: Path) -> None:
    """Install a lock file unless it is installed already; stop with the installer's words when it fails."""
    stamp = ENVIRONMENT / f"installed-{lock.stem}"
    if stamp.exists() and stamp.read_text(encoding="ascii") == lock_digest(lock):
        return
    total = lock.read_text(encoding="utf-8").count("==")
    say(f"Installing {total} packages, each checked against its hash …")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--progress-bar", "off", "-r", str(lock)]
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUNBUFFERED": "1"}
    started, seen, lines = time.monotonic(), 0, []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, encoding="utf-8"
    ) as running:
        for line in running.stdout or ():
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                show_progress(min(seen, total), total, line.split()[1].split("=")[0])
            elif line.startswith("Installing collected"):
                show_progress(total, total, "installing")
    if running.returncode:
        say("\n" + "".join(lines[-15:]))
        sys.exit("The packages could not be installed. The lines above are the installer's; nothing else was changed.")
    stamp.write_text(lock_digest(lock), encoding="ascii")
    if sys.stderr.isatty():
        say()
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def prepare(lock_name: str) -> None:
    """Make the environment hold everything of ``requirements/<lock_name>.txt``."""
    fresh = not PYTHON.exists()
    make_environment()
    if fresh or not (ENVIRONMENT / "sources-on-path").exists():
        put_sources_on_path()
        (ENVIRONMENT / "sources-on-path").touch()
    install(HERE / "requirements" / f"{lock_name}.txt")


def run(command: list[str], *, folder: Path | None = None) -> int:
    """Run a command, in ``folder`` if given, and return its exit code; it answers Ctrl-C and SIGTERM."""
    with subprocess.Popen(command, cwd=folder) as running:
        signal.signal(signal.SIGTERM, lambda *_: running.terminate())  # else what it started would go on without it
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue


def lint() -> int:
    """Run style, types and import rules; report all, fail if one fails."""
    checks = (
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["mypy"],
        ["lint-imports"],
    )
    failed = [" ".join(each) for each in checks if run([str(BINARIES / each[0]), *each[1:]], folder=HERE)]
    print("lint: " + (f"failed: {', '.join(failed)}" if failed else "style, types and import rules hold"))
    return len(failed)


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit code."""
    if sys.version_info < OLDEST:
        sys.exit(f"merida needs Python {'.'.join(map(str, OLDEST))} or later; this is {sys.version.split()[0]}.")
    word = arguments[0] if arguments and not arguments[0].startswith("-") else "demo"
    rest = arguments[1:] if arguments and arguments[0] == word else arguments
    if word in ("-h", "--help") or "--help" in arguments[:1] or "-h" in arguments[:1]:
        print(__doc__)
        return 0
    prepare("dev" if word in ("test", "lint") else "runtime")
    if word == "test":
        return run([str(PYTHON), "-m", "pytest", "-n", "auto", "--dist", "worksteal", *rest], folder=HERE)
    if word == "lint":
        return lint()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each start would compile merida anew: a fifth of its time
    os.environ["MERIDA_STARTED_AS"] = f"{'python' if os.name == 'nt' else 'python3'} {sys.argv[0]}"
    return run([str(PYTHON), "-m", "merida", word, *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
