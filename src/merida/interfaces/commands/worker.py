"""The application as each web worker of ``merida serve`` loads it."""

import contextlib
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


def read_ahead(ready: threading.Event) -> None:
    """Draw the first page, read what others would wait for, say that all is ready; then read the words of the search.

    Whatever fails is read when it is asked for. What is read beside the first readers makes each of them wait longer:
    beside it goes only what no page but a search needs.
    """
    from django.core.exceptions import SuspiciousOperation  # noqa: PLC0415 (once the application is set up)
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from merida.exchange.search.facets import read_ahead as read_facets  # noqa: PLC0415
    from merida.exchange.search.nearest import read_ahead as read_words  # noqa: PLC0415
    from merida.foundation.registry.figures import mechanisms_known  # noqa: PLC0415
    from merida.foundation.registry.queries import bodies_known, states_in_brief  # noqa: PLC0415
    from merida.interfaces.commands.first_pages import draw_home_pages  # noqa: PLC0415
    from merida.knowledge.observatory.having import told_of_articles, told_of_state  # noqa: PLC0415

    with contextlib.suppress(DatabaseError, SuspiciousOperation):  # "localhost" need not be a host of this site
        draw_home_pages()
        for read in (mechanisms_known, bodies_known, states_in_brief, read_facets):
            read()
        told_of_state("")  # what is told of any State, and of any article
        told_of_articles(())
    ready.set()
    connection.close()
    read_words()


if hasattr(os, "setpgrp"):
    os.setpgrp()  # Ctrl-C reaches the parent only, which stops its workers in order: told twice, they linger
threading.Thread(target=end_with, args=[os.getppid()], name="end-with-parent", daemon=True).start()
application = levelled_here(get_wsgi_application(), THREADS)
settle()  # behind it: a worker that is no fork of the server (macOS) has to set Django up first
ready = threading.Event()
threading.Thread(target=read_ahead, args=[ready], name="read-ahead", daemon=True).start()
ready.wait(WAITED)  # beside it the first pages would take three times as long
