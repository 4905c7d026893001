"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clusters', '0001_initial'),
        ('vouchers', '0003_quotes_are_sealed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='PeriodReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('financial', 'Financial report'), ('progress', 'Country progress report')], max_length=9, verbose_name='kind')),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vouchers.call', verbose_name='call')),
                    ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clusters.country', verbose_name='country')),
                    ('first', models.DateField(verbose_name='from')),
                    ('last', models.DateField(verbose_name='until')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'report of a period',
                    'verbose_name_plural': 'reports of periods',
                    'constraints': [models.UniqueConstraint(fields=('kind', 'call', 'country', 'first', 'last'), name='one_report_of_a_period', nulls_distinct=False, violation_error_message='Somebody else has just issued this report. Look at it.'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='a_period_ends_after_it_starts', violation_error_message='The period ends before it starts.'), models.CheckConstraint(condition=models.Q(('kind', 'financial'), models.Q(('country__isnull', False), ('kind', 'progress')), _connector='OR'), name='progress_is_reported_of_a_country', violation_error_message='Choose the country whose progress is reported.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e5b25e10078f9624fb746d0100951c3aa2c7da2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ee9e1', table='reports_periodreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_a_country_of_the_call', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (\n    NEW.country_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM vouchers_countryquota quota\n        WHERE quota.call_id = NEW.call_id AND quota.country_id = NEW.country_id\n    )\n) THEN RAISE EXCEPTION 'reports_periodreport: A report is of a country that takes part in the call.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='42bed4fbd5d0a8e870446ff8b3bf4203de69016b', operation='INSERT', pgid='pgtrigger_of_a_country_of_the_call_4fa30', table='reports_periodreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_days_that_have_come', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.last > (NEW.made_at AT TIME ZONE 'Europe/Brussels')::date THEN\n        RAISE EXCEPTION 'a report is of days that have come' USING\n            ERRCODE = 'check_violation', CONSTRAINT = 'a_report_is_of_days_that_have_come';\n    END IF;\n    RETURN NEW;\n", hash='e8b1e04a3889ca9c36d2feb7b792ae2dd93921d0', operation='INSERT', pgid='pgtrigger_of_days_that_have_come_1274b', table='reports_periodreport', when='BEFORE'))],
                },
            )],
        ),
    ]
