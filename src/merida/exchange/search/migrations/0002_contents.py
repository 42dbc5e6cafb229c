from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='indexstate',
            name='contents',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
    ]
