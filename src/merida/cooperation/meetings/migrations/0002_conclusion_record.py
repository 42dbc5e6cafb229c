"""Conclusions refer to the records that persons confirmed; those held already are tied to theirs."""

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

from merida.cooperation.meetings.referring import Said, records_of


def tie(apps, schema_editor):
    """Tie the conclusions of each meeting to the records of its text."""
    conclusion = apps.get_model("meetings", "Conclusion")
    recommendation = apps.get_model("observatory", "Recommendation")
    records = defaultdict(list)
    for one in recommendation.objects.order_by("pk").iterator():
        records[one.version_id].append(Said(one.pk, one.place, one.words, one.rule, one.addressee))
    for version, held in records.items():
        found = conclusion.objects.filter(meeting__version_id=version).order_by("position")
        said = [Said(one.pk, one.place, one.words, one.rule, one.addressee) for one in found]
        for key, record in records_of(said, held).items():
            conclusion.objects.filter(pk=key).update(recommendation_id=record)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("observatory", "0006_submission"),
    ]

    operations = [
        migrations.AddField(
            model_name="conclusion",
            name="recommendation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="conclusion",
                to="observatory.recommendation",
            ),
        ),
        migrations.RunPython(tie, migrations.RunPython.noop),
    ]
