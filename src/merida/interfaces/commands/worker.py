"""The application as each web worker of ``merida serve`` loads it."""

import os
import threading
import time

from django.core.wsgi import get_wsgi_application

from merida.interfaces.commands.balance import levelled_here
from merida.interfaces.commands.serve import THREADS
from merida.interfaces.commands.settling import settle

PAUSE = 1.0  # seconds
WAITED = 2.0  # seconds at most until pages are served


def end_with(parent: int) -> None:
    """End this process when ``parent`` is gone: a killed server must not leave workers that keep the port."""
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os._exit(1)


def read_all_ahead(ready: threading.Event) -> None:
    """Read what pages would wait for, unless the server has, say that all is ready; then the words of the search.

    What is read beside the first readers makes each of them wait longer: beside it goes only what no page but a search
    needs.
    """
    from merida.exchange.search.nearest import read_ahead as read_words  # noqa: PLC0415 (once Django is set up)
    from merida.interfaces.commands.first_pages import read_ahead  # noqa: PLC0415

    read_ahead()
    ready.set()
    read_words()


if hasattr(os, "setpgrp"):
    os.setpgrp()  # Ctrl-C reaches the parent only, which stops its workers in order: told twice, they linger
threading.Thread(target=end_with, args=[os.getppid()], name="end-with-parent", daemon=True).start()
application = levelled_here(get_wsgi_application(), THREADS)
settle()  # behind it: a worker that is no fork of the server (macOS) has to set Django up first
ready = threading.Event()
threading.Thread(target=read_all_ahead, args=[ready], name="read-ahead", daemon=True).start()
ready.wait(WAITED)  # beside it the first pages would take three times as long
