"""The server is killed at any moment: what was acknowledged is there, and the counts hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

WRITER = Path(__file__).resolve().parents[2] / "killed_writer.py"


def test_what_was_acknowledged_survives_twenty_kills(tmp_path: Path) -> None:
    environment = {**os.environ, "MERIDA_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(WRITER), "20"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rounds = json.loads(done.stdout)
    assert len(rounds) == 20
    assert all(each["acknowledged"] for each in rounds)
    assert [each["missing"] for each in rounds if each["missing"]] == []
    assert all(each["counts_hold"] for each in rounds)
