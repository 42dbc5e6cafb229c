"""Connections spread evenly over the workers of ``merida serve``.

The system hands each new connection to a worker by chance, and there it stays: four readers may share one worker while
the other has nothing to do. A worker that is full, while another is not and holds fewer connections, ends the one that
it has just answered (``Connection: close``); the browser opens a new one, which may fall on the other. Once the
connections are level no more are ended. Only where ``/proc`` tells how many there are.
"""

import fcntl
import mmap
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import Struct
from threading import Lock
from typing import Any

BOARD = "MERIDA_BOARD"  # set by ``merida serve``: the file in which its workers say how busy they are
PROCESSES = Path("/proc")
PLACES = 64  # workers at most; more are served, but not levelled
ENTRY = Struct("II")  # process, requests that it is answering
LEVEL = 2  # a worker with so many connections more than another has one too many

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Board:
    """What the workers of one server write down for each other: a file in memory, one place for each."""

    def __init__(self, path: Path, room: int) -> None:
        """Take a place. ``room`` is how many requests a worker answers at once."""
        self.room, self.running, self.lock = room, 0, Lock()
        with path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.shared = mmap.mmap(file.fileno(), 0)
            free = (at for at, (process, _running) in enumerate(self._entries()) if not is_alive(process))
            self.place = next(free, None)
            self._write()
            fcntl.flock(file, fcntl.LOCK_UN)  # closing would not do: the memory keeps the file open

    def begin(self) -> None:
        """Count one more request that is being answered."""
        with self.lock:
            self.running += 1
            self._write()

    def end(self) -> None:
        """Count one less."""
        with self.lock:
            self.running -= 1
            self._write()

    def is_unlevel(self) -> bool:
        """Whether this worker is full while another has room and holds fewer connections."""
        if self.running < self.room:
            return False
        me = os.getpid()
        freer = [process for process, running in self._entries() if running < self.room and process not in {0, me}]
        if not freer:
            return False
        mine = connections_of(me)
        return any(mine >= theirs + LEVEL for theirs in map(connections_of, freer) if theirs)

    def _entries(self) -> Iterator[tuple[int, int]]:
        return ENTRY.iter_unpack(self.shared[:])

    def _write(self) -> None:
        if self.place is not None:
            ENTRY.pack_into(self.shared, self.place * ENTRY.size, os.getpid(), self.running)


def is_alive(process: int) -> bool:
    """Whether there is such a process."""
    return process > 0 and (PROCESSES / str(process)).exists()


def connections_of(process: int) -> int:
    """Return how many sockets a process holds, 0 where that cannot be known."""
    found = 0
    with suppress(OSError):
        for entry in os.scandir(PROCESSES / str(process) / "fd"):
            with suppress(OSError):  # closed meanwhile
                found += Path(entry.path).readlink().name.startswith("socket:")
    return found


def levelled(application: Application, board: Board) -> Application:
    """Return ``application`` so that connections are ended as long as the workers hold unequal numbers of them."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: Headers, *error: Any) -> Any:
            ended = [("Connection", "close")] if board.is_unlevel() else []
            return start_response(status, [*headers, *ended], *error)

        board.begin()
        try:
            return application(environ, start)
        finally:
            board.end()

    return answer


def levelled_here(application: Application, room: int) -> Application:
    """Return ``application`` levelled with the other workers of this server; as it is where there is no board."""
    path = os.environ.get(BOARD, "")
    try:
        return levelled(application, Board(Path(path), room)) if path and PROCESSES.is_dir() else application
    except OSError:
        return application


@contextmanager
def board() -> Iterator[None]:
    """Give the workers that are started in this block a board of their own."""
    with tempfile.NamedTemporaryFile(prefix="merida-board-") as file:
        file.truncate(PLACES * ENTRY.size)
        os.environ[BOARD] = file.name
        yield
