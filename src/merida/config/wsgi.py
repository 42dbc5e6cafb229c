"""The WSGI application that any web server can run."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "merida.config.settings")
application = get_wsgi_application()
