"""What a worker draws before it takes requests."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from merida.exchange.usage.models import DayCount
from merida.interfaces.commands.first_pages import draw_home_pages

pytestmark = pytest.mark.django_db


def test_the_home_page_is_drawn_in_each_language_and_counted_in_none(client):
    drawn = [
        gzip.decompress(page.content) if page.has_header("Content-Encoding") else page.content
        for page in draw_home_pages()
    ]

    found = [page.decode().partition("<html lang=")[2][1:3] for page in drawn]
    assert sorted(found) == ["ar", "en", "es", "fr", "ru", "zh"]
    assert not DayCount.objects.exists()
    assert client.get("/en/").status_code == 200


def test_a_worker_that_is_no_fork_of_the_server_sets_itself_up(tmp_path: Path, clone: Path):
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    told = {"MERIDA_DATA": str(tmp_path), "PYTHONPATH": str(clone / "src")}
    settings = {"DJANGO_SETTINGS_MODULE": "merida.config.settings"}
    loading = [sys.executable, "-c", "import merida.interfaces.commands.worker as w; print(callable(w.application))"]
    loaded = subprocess.run(loading, env=kept | told | settings, capture_output=True, text=True, check=False)

    assert (loaded.returncode, loaded.stdout.strip()) == (0, "True"), loaded.stderr
