"""``merida crosswalk``: contradictions named, a file tried before it is taken, what goes out comes in."""

import json
from pathlib import Path

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401  (a fixture)

from merida.foundation.access.visibility import SYSTEM
from merida.interfaces.commands import main
from merida.knowledge.crosswalk.loading import load_crosswalk
from merida.knowledge.crosswalk.models import Mapping

HEAD = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
GOOD = "m:UNCAC/13(2)\tskos:relatedMatch\tm:OECD_IAP/PA9\tsemapv:ManualMappingCuration\n"
BAD = "m:UNCAC/999\tskos:relatedMatch\tm:OECD_IAP/PA9\tsemapv:ManualMappingCuration\n"


@pytest.mark.usefixtures("loaded_registry", "db")
def test_the_crosswalk_is_checked_written_and_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merida.interfaces.commands.set_up_django", lambda: None)
    load_crosswalk(SYSTEM)
    assert main(["crosswalk", "check"]) == 0
    assert "936 mappings: 936 DRAFT" in capsys.readouterr().out
    file, more = tmp_path / "out.sssom.tsv", tmp_path / "more.sssom.tsv"
    assert main(["crosswalk", "export", "--to", str(file)]) == 0
    assert main(["crosswalk", "import", str(file)]) == 0
    assert "936 UNCHANGED, 0 REFUSED" in capsys.readouterr().out
    more.write_text(HEAD + GOOD + BAD, encoding="utf-8")
    assert main(["crosswalk", "import", str(more), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(row["line"], row["outcome"]) for row in report["rows"]] == [(2, "NEW"), (3, "REFUSED")]
    more.write_text(HEAD + GOOD, encoding="utf-8")
    assert main(["crosswalk", "import", str(more), "--dry-run"]) == 0
    assert Mapping.objects.count() == 936
    assert main(["crosswalk", "import", str(more)]) == 0
    assert Mapping.objects.count() == 937
    assert main(["crosswalk", "import", str(tmp_path / "none")]) == 1
    assert "No such file" in capsys.readouterr().err
