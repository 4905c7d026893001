"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.utils.timezone
import links.models.codes
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='LinkCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('link', models.CharField(max_length=80)),
                    ('email', models.EmailField(max_length=254)),
                    ('mail', models.CharField(default='links/mails/code', max_length=80)),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2)),
                    ('seed', models.CharField(max_length=64)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField(default=links.models.codes.code_expiry)),
                    ('wrong', models.PositiveSmallIntegerField(default=0)),
                    ('mailed_at', models.DateTimeField(null=True)),
                    ('failed_at', models.DateTimeField(null=True)),
                    ('used_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'code of a personal link',
                    'verbose_name_plural': 'codes of personal links',
                    'indexes': [models.Index(fields=['link', 'asked_at'], name='codes_of_a_link'), models.Index(condition=models.Q(('mailed_at', None)), fields=['next_attempt_at'], name='codes_to_mail')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('wrong__lte', 5)), name='a_code_of_a_link_is_tried_a_few_times', violation_error_message='This code was tried too often.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.link IS DISTINCT FROM NEW.link OR OLD.email IS DISTINCT FROM NEW.email OR OLD.mail IS DISTINCT FROM NEW.mail OR OLD.seed IS DISTINCT FROM NEW.seed OR OLD.asked_at IS DISTINCT FROM NEW.asked_at OR OLD.expires_at IS DISTINCT FROM NEW.expires_at) THEN RAISE EXCEPTION 'links_linkcode: link, email, mail, seed, asked_at, expires_at never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='e04d3374fc8163e8a6154bf8da75493d9a9dae0d', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_d3d73', table='links_linkcode', when='BEFORE'))],
                },
            )],
        ),
    ]
