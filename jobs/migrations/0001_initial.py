"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='Trouble',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('kind', models.CharField(max_length=40, verbose_name='kind of work')),
                    ('key', models.CharField(max_length=60)),
                    ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='first tried')),
                    ('set_aside_at', models.DateTimeField(null=True, verbose_name='set aside')),
                ],
                options={
                    'verbose_name': 'work that did not succeed yet',
                    'verbose_name_plural': 'work that did not succeed yet',
                    'ordering': ['began_at'],
                    'indexes': [models.Index(condition=models.Q(('set_aside_at__isnull', False)), fields=['kind'], name='what_is_set_aside')],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_trouble_per_record')],
                },
            )],
        ),
    ]
