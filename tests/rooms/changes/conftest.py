"""Processes of their own on the test database, whichever DATABASE_URL names."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

Writer = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_writer(transactional_db: None, clone: Path) -> Writer:
    """Return a function that starts a writer process on the test database."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_test_database(),
        "MERIDA_DATA": str(settings.DATA),
        "DJANGO_SETTINGS_MODULE": "merida.config.settings",
        "PYTHONPATH": str(clone / "src"),
    }
    script = Path(__file__).with_name("writer.py")

    def start(name: str, count: int, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, str(script), name, str(count), *options]
        return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)

    return start


def address_of_test_database() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    host, port, name = database["HOST"], database["PORT"], database["NAME"]
    if host.startswith("/"):  # a socket folder
        return f"postgres://{user}@{quote(host, safe='')}:{port}/{name}"
    return f"postgres://{user}@{host or 'localhost'}:{port or 5432}/{name}"
