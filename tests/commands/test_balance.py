"""Workers of one server hold equal numbers of connections: a full one ends some while another has room."""

import os
import socket
import subprocess
import sys

import pytest

from merida.interfaces.commands import balance
from merida.interfaces.commands.balance import BOARD, ENTRY, PLACES, Board, connections_of, levelled, levelled_here

ROOM = 2


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "board"
    place.write_bytes(bytes(PLACES * ENTRY.size))
    return place


@pytest.fixture
def other():
    """Another process that lives as long as the test."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.communicate()


@pytest.fixture
def workers(path, other):
    """Return the board of this worker, one answer short of ``mine`` running, with another beside it."""

    def made(mine, theirs):
        beside(path, (other, theirs))
        board = Board(path, ROOM)
        for _ in range(mine - 1):
            board.begin()
        return board

    return made


def beside(path, *entries):
    """Write down other workers: process and requests that it is answering."""
    path.write_bytes(b"".join(ENTRY.pack(*entry) for entry in entries).ljust(PLACES * ENTRY.size, b"\0"))


def written(path):
    """Return the entries of all workers."""
    return list(ENTRY.iter_unpack(path.read_bytes()))


def sockets(monkeypatch, mine, theirs):
    monkeypatch.setattr(balance, "connections_of", lambda process: mine if process == os.getpid() else theirs)


def answered(board):
    """Return the headers of an answer given while ``board`` counts it."""
    seen = []

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["said"]]

    body = levelled(application, board)({"said": b"yes"}, lambda _status, headers, *_error: seen.extend(headers))
    return list(body), dict(seen)


@pytest.mark.parametrize(
    ("running", "held", "ended"),  # each by this worker and by the other
    [
        ((2, 0), (4, 1), True),
        ((2, 1), (4, 2), True),
        ((2, 1), (3, 2), False),  # one more is level: it could only change places
        ((1, 0), (9, 1), False),  # not full: this reader waits for nobody
        ((2, 2), (9, 1), False),  # the other is full as well
        ((2, 0), (9, 0), False),  # how many the other holds is not known
    ],
)
def test_a_full_worker_ends_a_connection_where_another_has_room_and_fewer(workers, monkeypatch, running, held, ended):
    board = workers(*running)
    sockets(monkeypatch, *held)
    body, headers = answered(board)

    assert body == [b"yes"]
    assert headers == {"Content-Type": "text/plain"} | ({"Connection": "close"} if ended else {})


def test_workers_see_how_busy_the_others_are_and_a_failed_answer_counts_no_longer(path):
    def failing(_environ, _start_response):
        counted.append(written(path)[0])
        raise ValueError("fails")

    counted, board = [], Board(path, ROOM)
    with pytest.raises(ValueError, match="fails"):
        levelled(failing, board)({}, None)

    assert counted == [(os.getpid(), 1)]
    assert written(path)[0] == (os.getpid(), 0)


def test_the_place_of_a_worker_that_is_gone_is_taken_and_one_that_lives_keeps_its_own(path, other):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    beside(path, (other, 1), (int(gone.stdout), 0))
    board = Board(path, ROOM)

    assert board.place == 1
    assert written(path)[:2] == [(other, 1), (os.getpid(), 0)]


def test_a_worker_that_is_gone_draws_no_connections(path, monkeypatch):
    board = Board(path, ROOM)
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    ENTRY.pack_into(board.shared, ENTRY.size, int(gone.stdout), 0)
    monkeypatch.setattr(
        balance, "connections_of", lambda process: 9 if process == os.getpid() else connections_of(process)
    )
    board.begin()
    board.begin()

    assert not board.is_unlevel()


def test_a_second_worker_need_not_wait_for_the_first_to_end(path):
    board = Board(path, ROOM)
    second = (
        "import sys; from pathlib import Path; from merida.interfaces.commands.balance import Board;"
        "print(Board(Path(sys.argv[1]), 2).place)"
    )
    done = subprocess.run([sys.executable, "-c", second, str(path)], capture_output=True, check=True, timeout=60)

    assert (board.place, int(done.stdout)) == (0, 1)


def test_without_a_board_the_application_stays_as_it_is(monkeypatch, tmp_path):
    def application(_environ, _start_response):
        return []

    monkeypatch.delenv(BOARD, raising=False)
    assert levelled_here(application, ROOM) is application
    monkeypatch.setenv(BOARD, str(tmp_path / "missing"))
    assert levelled_here(application, ROOM) is application


def test_sockets_are_counted():
    before = connections_of(os.getpid())
    with socket.socket(), socket.socket():
        assert connections_of(os.getpid()) == before + 2
    assert connections_of(2**22 + 1) == 0
