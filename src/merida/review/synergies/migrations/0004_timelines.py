import django.db.models.deletion
from django.db import migrations, models


def open_samples(apps, schema_editor):
    """Everybody may see a sample: no State is concerned."""
    for plan in apps.get_model("synergies", "CyclePlan").objects.filter(is_sample=True):
        plan.reviews.update(published_at=plan.published_at or plan.created_at, opened_by_text="sample")


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0001_initial"),
        ("synergies", "0003_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="plannedreview",
            name="audience",
            field=models.CharField(
                choices=[("PUBLIC", "Public"), ("RESTRICTED", "Restricted")], db_index=True, default="PUBLIC", max_length=20
            ),
        ),
        migrations.AddField(
            model_name="plannedreview",
            name="published_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name="plannedreview",
            name="workspace",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.workspace",
            ),
        ),
        migrations.AddField(
            model_name="plannedreview",
            name="opened_by_text",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
        migrations.RunPython(open_samples, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="plannedreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_at__isnull", True), models.Q(("opened_by_text", ""), _negated=True), _connector="OR"),
                name="synergies_planned_review_open_with_note",
            ),
        ),
    ]
