"""Pages made for the public, kept as they are sent: in each worker, and in a directory that all workers share.

A page that many ask for is made once, whichever worker is asked. Pages hold nothing secret, so their compressed length
may be known. Where the directory cannot be read or written, pages are made anew: nothing depends on it.
"""

import functools
import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from isal import igzip, isal_zlib

from merida.interfaces.web.usage import IN_VAIN

COMPRESSION = 3  # the hardest there is: a page of 200 kB in 0.7 ms; zlib takes 3 ms (4) to 5 (6) for a tenth less
GZIP = 31  # what the library is told of content in the form of gzip
ACCEPTS_GZIP = re.compile(r"\bgzip\b")
IN_MEMORY = 4 * 1024 * 1024  # bytes, in each worker; what it gave up is still in the directory
IN_DIRECTORY = 128 * 1024 * 1024  # bytes, of all workers
CLEARED_AFTER = 200  # pages that a worker writes between two looks at how full the directory is
SHARED_BY = "MERIDA_KEPT_PAGES"  # set by ``merida serve``: the directory, one for each run of the server


class Page(NamedTuple):
    """A page as it is sent: compressed content, kind, and whether it is a search that found nothing."""

    content: bytes
    kind: str
    in_vain: bool


class SharedPages:
    """Pages in a directory, a file each; when they are too many the oldest go.

    A file is written beside its place and moved there whole, so that nobody reads half of it.
    """

    def __init__(self, directory: Path, room: int = IN_DIRECTORY) -> None:
        self.directory, self.room = directory, room
        self.written = count(1)

    def get(self, tag: str) -> Page | None:
        """Return the page under a tag."""
        try:
            about, _line, content = self._place(tag).read_bytes().partition(b"\n")
        except OSError:
            return None
        kind, _tab, marked = about.decode().partition("\t")
        return Page(content, kind, in_vain=marked == IN_VAIN)

    def keep(self, tag: str, page: Page) -> None:
        """Keep a page; where the directory does not take it, it is not kept."""
        number = next(self.written)
        place = self._place(tag)
        beside = place.with_name(f"{place.name}.{os.getpid()}.{number}")
        with suppress(OSError):
            about = f"{page.kind}\t{IN_VAIN}" if page.in_vain else page.kind
            beside.write_bytes(about.encode() + b"\n" + page.content)
            beside.replace(place)
        if number % CLEARED_AFTER == 0:
            self.clear()

    def clear(self) -> None:
        """Remove the oldest pages until all of them fit."""
        with suppress(OSError), os.scandir(self.directory) as entries:
            found = sorted(((one.stat().st_mtime_ns, one.stat().st_size, one.path) for one in entries), reverse=True)
            used = 0
            for _moment, size, path in found:
                used += size
                if used > self.room:
                    Path(path).unlink(missing_ok=True)  # another worker may have been first

    def _place(self, tag: str) -> Path:
        return self.directory / hashlib.sha256(tag.encode()).hexdigest()[:40]


class KeptPages:
    """The last pages made for the public, at most ``room`` bytes of them in this worker; the oldest go first."""

    def __init__(self, room: int, shared: Callable[[], SharedPages | None] = lambda: None) -> None:
        self.room, self.used, self.shared = room, 0, shared
        self.pages: OrderedDict[str, Page] = OrderedDict()
        self.lock = Lock()

    def get(self, request: HttpRequest, tag: str) -> HttpResponse | None:
        """Return the page kept under a tag, as a fresh answer."""
        with self.lock:
            found = self.pages.get(tag)
            if found:
                self.pages.move_to_end(tag)
        if not found and (shared := self.shared()):
            found = shared.get(tag)
            if found:
                self._remember(tag, found)
        return sent(request, found) if found else None

    def keep(self, request: HttpRequest, tag: str, response: HttpResponseBase) -> HttpResponseBase:
        """Keep a whole page that went well, and return it; files, forms and errors are not kept."""
        plain = type(response) is HttpResponse and response.status_code == HTTPStatus.OK and not response.cookies
        if not plain or "Content-Disposition" in response or connection.in_atomic_block:
            return response
        content = igzip.compress(response.content, COMPRESSION, mtime=0)  # type: ignore[attr-defined]
        page = Page(content, response["Content-Type"], in_vain=getattr(response, IN_VAIN, False))
        self._remember(tag, page)
        if shared := self.shared():
            shared.keep(tag, page)
        if ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
            response.content = content  # type: ignore[attr-defined]
            response["Content-Encoding"] = "gzip"
        return response

    def _remember(self, tag: str, page: Page) -> None:
        with self.lock:
            before = self.pages.pop(tag, None)
            self.used += len(page.content) - (len(before.content) if before else 0)
            self.pages[tag] = page
            while self.used > self.room:
                _tag, gone = self.pages.popitem(last=False)
                self.used -= len(gone.content)


def sent(request: HttpRequest, page: Page) -> HttpResponse:
    """Return a kept page in a form that the browser reads."""
    packed = bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))
    headers: dict[str, Any] = {"Content-Encoding": "gzip"} if packed else {}
    content = page.content if packed else isal_zlib.decompress(page.content, GZIP)
    response = HttpResponse(content, content_type=page.kind, headers=headers)
    setattr(response, IN_VAIN, page.in_vain)
    return response


@functools.cache
def shared_pages() -> SharedPages | None:
    """Return the pages that the workers of this server share, None outside a server.

    Asked when the first page is: the program may have been loaded before the server knew its directory.
    """
    directory = os.environ.get(SHARED_BY, "")
    return SharedPages(Path(directory)) if directory else None


PAGES = KeptPages(IN_MEMORY, shared_pages)
