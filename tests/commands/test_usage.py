"""``merida usage``."""

from datetime import date

import pytest

from merida.exchange.usage.models import DayCount
from merida.interfaces.commands import main

pytestmark = pytest.mark.django_db


def test_it_says_when_nothing_is_counted(capsys):
    assert main(["usage"]) == 0
    assert capsys.readouterr().out == "Nothing is counted yet.\n"


def test_it_prints_the_months_and_writes_the_file(capsys, tmp_path):
    DayCount.objects.create(day_date=date(2024, 5, 1), kind="PAGE", page="state", count=1)
    DayCount.objects.create(day_date=date(2025, 6, 3), kind="PAGE", page="state", count=1000)
    DayCount.objects.create(day_date=date(2026, 6, 3), kind="PAGE", page="state", count=1250)
    assert main(["usage"]) == 0
    assert "1,250 (+25.0%)" in capsys.readouterr().out
    assert main(["usage", "--csv", str(tmp_path / "use.csv")]) == 0
    assert "PAGE,2026-06,,1250,1000,0.25" in (tmp_path / "use.csv").read_text(encoding="utf-8-sig")
    assert main(["usage", "--csv", str(tmp_path / "none" / "use.csv")]) == 1
    assert "No such file" in capsys.readouterr().err


def test_a_wrong_table_of_networks_is_named(capsys, tmp_path, settings):
    settings.COUNTRIES_TABLE = str(tmp_path / "table.csv")
    (tmp_path / "table.csv").write_text("network,country\n192.0.2.0/24,Ghana\n")
    assert main(["usage"]) == 1
    assert "line 2: 'Ghana' is no country code" in capsys.readouterr().err
