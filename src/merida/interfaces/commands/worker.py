"""The application as each web worker of ``merida serve`` loads it."""

import contextlib
import gc
import os
import threading
import time

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from merida.interfaces.commands.balance import levelled_here
from merida.interfaces.commands.serve import THREADS

PAUSE = 1.0  # seconds
WAITED = 2.0  # seconds at most until pages are served
COLLECTED_AFTER = 5_000  # new objects: a page makes three to five thousand, and Python's 700 would interrupt it often

TEMPLATES = ("home.html", *(f"pages/{name}.html" for name in ("state", "provision", "reader", "search")))


def end_with(parent: int) -> None:
    """End this process when ``parent`` is gone: a killed server must not leave workers that keep the port."""
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os._exit(1)


def settle() -> None:
    """Load what every page needs and leave it out of every later collection of rubbish.

    A collection that looks through all that is loaded (140,000 objects) stops the worker for the time of three pages.
    """
    from django.template import engines  # noqa: PLC0415 (once the application is set up)
    from django.urls import get_resolver  # noqa: PLC0415
    from django.utils.translation import gettext, override  # noqa: PLC0415

    from merida.rules.languages.thesaurus import thesaurus  # noqa: PLC0415

    get_resolver().url_patterns  # noqa: B018 (imports every page)
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("Home")
    for name in TEMPLATES:
        engines["django"].get_template(name)
    thesaurus()  # ten thousand words to be stemmed: half a second of somebody's first search
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER, 10, 20)


def read_ahead() -> None:
    """Read what the first pages and the first search would wait for; whatever fails is read then."""
    from django.core.exceptions import SuspiciousOperation  # noqa: PLC0415 (once the application is set up)
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from merida.exchange.search.facets import read_ahead as read_facets  # noqa: PLC0415
    from merida.foundation.registry.figures import mechanisms_known  # noqa: PLC0415
    from merida.foundation.registry.queries import bodies_known, states_in_brief  # noqa: PLC0415
    from merida.interfaces.commands.first_pages import draw_home_pages  # noqa: PLC0415
    from merida.knowledge.observatory.having import told_of_articles, told_of_state  # noqa: PLC0415

    with contextlib.suppress(DatabaseError, SuspiciousOperation):  # "localhost" need not be a host of this site
        for read in (mechanisms_known, bodies_known, states_in_brief, read_facets):
            read()
        told_of_state("")  # what is told of any State, and of any article
        told_of_articles(())
        draw_home_pages()
    connection.close()


threading.Thread(target=end_with, args=[os.getppid()], name="end-with-parent", daemon=True).start()
application = levelled_here(get_wsgi_application(), THREADS)
settle()
reading_ahead = threading.Thread(target=read_ahead, name="read-ahead", daemon=True)
reading_ahead.start()
reading_ahead.join(WAITED)  # beside it the first pages would take three times as long
