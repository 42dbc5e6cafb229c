from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """Keep the files of every test apart."""
    settings.FILES_DIRECTORY = tmp_path / "files"
