"""How far the reading of one long file is: whoever waits for it listens, the reader says each page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Heard = Callable[[int, int], None]

_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def listening(heard: Heard) -> Iterator[None]:
    """Have ``heard`` called with the pages that are read and all there are, while a file is read in this context."""
    token = _heard.set(heard)
    try:
        yield
    finally:
        _heard.reset(token)


def page_read(done: int, pages: int) -> None:
    """Say that so many of a file's pages are read; nothing where nobody listens."""
    heard = _heard.get()
    if heard is not None:
        heard(done, pages)
