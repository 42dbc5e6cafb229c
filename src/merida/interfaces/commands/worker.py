"""The application as each web worker of ``merida serve`` loads it."""

import os
import threading
import time

from django.core.wsgi import get_wsgi_application

PAUSE = 1.0  # seconds


def end_with(parent: int) -> None:
    """End this process when ``parent`` is gone: a killed server must not leave workers that keep the port."""
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os._exit(1)


threading.Thread(target=end_with, args=[os.getppid()], name="end-with-parent", daemon=True).start()
application = get_wsgi_application()
