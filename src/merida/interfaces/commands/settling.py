"""What every process that answers needs in memory: loaded once, and left out of every later collection of rubbish."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

COLLECTED_AFTER = 5_000  # new objects: a page makes three to five thousand, and Python's 700 would interrupt it often

TEMPLATES = ("home.html", *(f"pages/{name}.html" for name in ("state", "provision", "reader", "search")))


@contextmanager
def uncollected() -> Iterator[None]:
    """Load without looking for rubbish, which takes a tenth of the time, and leave what is loaded out of it for good.

    A collection that looks through all that is loaded (200,000 objects) stops a worker for the time of three pages.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@cache
def settle() -> None:
    """Load what every page needs, once; a process that is forked off afterwards has it too, and does nothing here."""
    gc.collect()  # what was done before may have left much
    with uncollected():
        _load()
    gc.set_threshold(COLLECTED_AFTER, 10, 20)


def _load() -> None:
    from django.conf import settings  # noqa: PLC0415 (`merida read` must start without it)
    from django.template import engines  # noqa: PLC0415 (once the application is set up)
    from django.urls import get_resolver  # noqa: PLC0415
    from django.utils.translation import gettext, override  # noqa: PLC0415

    from merida.interfaces.commands.kept_keys import load_thesaurus  # noqa: PLC0415

    get_resolver().url_patterns  # noqa: B018 (imports every page)
    for code, _name in settings.LANGUAGES:
        with override(code):
            gettext("Home")
    for name in TEMPLATES:
        engines["django"].get_template(name)
    load_thesaurus(settings.DATA)  # else a part of somebody's first search
