"""Every benchmark starts as its documentation says: from the root of the project, by its path."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.name for path in (ROOT / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_tells_what_it_can_be_asked(name: str, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": "src", "MERIDA_DATA": str(tmp_path)}
    command = [sys.executable, f"benchmarks/{name}", "--help"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout or 'if __name__ == "__main__"' not in (ROOT / "benchmarks" / name).read_text()
