"""Figures know their series."""

from typing import Any

from django.db import migrations, models

from merida.knowledge.observatory.series import series_of


def name_series(apps: Any, _editor: Any) -> None:
    """Name the series of every figure that is here."""
    figures = apps.get_model("observatory", "Figure").objects
    rows = list(figures.only("counted", "reported_by"))
    for one in rows:
        one.series = series_of(one.counted, one.reported_by)
    figures.bulk_update(rows, ["series"], batch_size=400)


class Migration(migrations.Migration):
    """Add the field and fill it."""

    dependencies = [("observatory", "0004_recorded_at")]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="series",
            field=models.CharField(blank=True, db_index=True, default="", max_length=16),
        ),
        migrations.RunPython(name_series, migrations.RunPython.noop),
    ]
