import uuid

from django.db import migrations, models

from merida.exchange.search import fts5, postgresql


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(fts5.CREATE)
    else:
        for statement in postgresql.CREATE:
            schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    schema_editor.execute(fts5.DROP if schema_editor.connection.vendor == "sqlite" else postgresql.DROP)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.UUIDField(default=uuid.uuid4)),
                ('analysis', models.CharField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=250)),
                ('kind', models.CharField(max_length=16)),
                ('language', models.CharField(blank=True, default='', max_length=2)),
                ('title', models.TextField(blank=True, default='')),
                ('text', models.TextField(blank=True, default='')),
                ('link', models.JSONField(default=list)),
                ('visibility', models.CharField(default='PUBLIC', max_length=60)),
                ('states', models.TextField(blank=True, default='')),
                ('provisions', models.TextField(blank=True, default='')),
                ('year', models.SmallIntegerField(blank=True, null=True)),
                ('document', models.CharField(blank=True, default='', max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ref', 'language'), name='search_one_entry_for_a_thing_in_a_language'), models.CheckConstraint(condition=models.Q(('visibility', ''), _negated=True), name='search_visibility_not_empty')],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
