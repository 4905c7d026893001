"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.db.models.deletion
import django.utils.timezone
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
            ), migrations.CreateModel(
                name='ReportSchedule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('financial', 'Financial report'), ('progress', 'Country progress report')], max_length=9, verbose_name='report')),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vouchers.call', verbose_name='call')),
                    ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clusters.country', verbose_name='country')),
                    ('frequency', models.CharField(choices=[('monthly', 'every month'), ('quarterly', 'every quarter')], max_length=9, verbose_name='how often')),
                    ('due_day', models.PositiveSmallIntegerField(verbose_name='day of the month after the period')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(null=True, verbose_name='until')),
                    ('counts_from', models.DateField(verbose_name='counted from')),
                    ('sends_at_once', models.BooleanField(default=False, verbose_name='sent at once')),
                    ('state', models.CharField(choices=[('running', 'running'), ('paused', 'paused'), ('ended', 'ended')], default='running', editable=False, max_length=7, verbose_name='state')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                ],
                options={
                    'verbose_name': 'schedule of reports',
                    'verbose_name_plural': 'schedules of reports',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('kind', 'call', 'country', 'frequency'), name='one_schedule_of_a_report', nulls_distinct=False, violation_error_message='There is such a schedule already: change that one, or end it first.'), models.CheckConstraint(condition=models.Q(('due_day__gte', 1), ('due_day__lte', 31)), name='a_month_has_days_1_to_31', violation_error_message='Choose a day from 1 to 31.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_schedule_ends_after_it_starts', violation_error_message='The schedule ends before it starts.'), models.CheckConstraint(condition=models.Q(('counts_from__gte', models.F('starts_on'))), name='a_schedule_counts_from_its_start', violation_error_message='Nothing is due before the schedule starts.'), models.CheckConstraint(condition=models.Q(('kind', 'financial'), models.Q(('country__isnull', False), ('kind', 'progress')), _connector='OR'), name='progress_is_scheduled_for_a_country', violation_error_message='Choose the country whose progress is reported.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportscheduleevent" ("call_id", "country_id", "counts_from", "due_day", "ends_on", "frequency", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sends_at_once", "set_at", "set_by_id", "starts_on", "state") VALUES (NEW."call_id", NEW."country_id", NEW."counts_from", NEW."due_day", NEW."ends_on", NEW."frequency", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sends_at_once", NEW."set_at", NEW."set_by_id", NEW."starts_on", NEW."state"); RETURN NULL;', hash='1c438c2edda837ec38c503e4b72418b20f6b3de1', operation='INSERT', pgid='pgtrigger_insert_insert_168a3', table='reports_reportschedule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_reportscheduleevent" ("call_id", "country_id", "counts_from", "due_day", "ends_on", "frequency", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sends_at_once", "set_at", "set_by_id", "starts_on", "state") VALUES (NEW."call_id", NEW."country_id", NEW."counts_from", NEW."due_day", NEW."ends_on", NEW."frequency", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sends_at_once", NEW."set_at", NEW."set_by_id", NEW."starts_on", NEW."state"); RETURN NULL;', hash='44c53ecb15509fcc65193a1a66d6843490334ace', operation='UPDATE', pgid='pgtrigger_update_update_45f5f', table='reports_reportschedule', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{running:paused,running:ended,paused:running,paused:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='c064c708013151a51d1bb148600a4a76c19ca0fb', operation='UPDATE', pgid='pgtrigger_state_flow_2381d', table='reports_reportschedule', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'running\'))', func="RAISE EXCEPTION 'What is new is “running”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='7413a448864f53db60bb9ce5ed3e4f985850ee33', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_a6638', table='reports_reportschedule', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.kind IS DISTINCT FROM NEW.kind OR OLD.call_id IS DISTINCT FROM NEW.call_id OR OLD.country_id IS DISTINCT FROM NEW.country_id OR OLD.frequency IS DISTINCT FROM NEW.frequency OR OLD.starts_on IS DISTINCT FROM NEW.starts_on) THEN RAISE EXCEPTION 'reports_reportschedule: kind, call, country, frequency, starts_on never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='14182022889c345ae2605535d98d1a4a2b3a560c', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_72f28', table='reports_reportschedule', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen_in_ended', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.state IN ('ended') AND (OLD.id IS DISTINCT FROM NEW.id OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.call_id IS DISTINCT FROM NEW.call_id OR OLD.country_id IS DISTINCT FROM NEW.country_id OR OLD.frequency IS DISTINCT FROM NEW.frequency OR OLD.due_day IS DISTINCT FROM NEW.due_day OR OLD.starts_on IS DISTINCT FROM NEW.starts_on OR OLD.ends_on IS DISTINCT FROM NEW.ends_on OR OLD.counts_from IS DISTINCT FROM NEW.counts_from OR OLD.sends_at_once IS DISTINCT FROM NEW.sends_at_once OR OLD.state IS DISTINCT FROM NEW.state OR OLD.set_by_id IS DISTINCT FROM NEW.set_by_id OR OLD.set_at IS DISTINCT FROM NEW.set_at)) THEN RAISE EXCEPTION 'reports_reportschedule: What is ended changes no more.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='4678a2cb9f8adaddef46dc94125b2f75cf060b2d', operation='UPDATE', pgid='pgtrigger_frozen_in_ended_d3565', table='reports_reportschedule', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3750d02fd747806f4212479d5490b0d3fc165d0e', operation='DELETE', pgid='pgtrigger_never_deleted_dd0c9', table='reports_reportschedule', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_a_country_of_the_call', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (\n    NEW.country_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM vouchers_countryquota quota\n        WHERE quota.call_id = NEW.call_id AND quota.country_id = NEW.country_id\n    )\n) THEN RAISE EXCEPTION 'reports_reportschedule: A schedule is of a country that takes part in the call.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='21604f8931e161979371dd3b436d0ef4f919b53c', operation='INSERT', pgid='pgtrigger_of_a_country_of_the_call_7d8d4', table='reports_reportschedule', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReportScheduleEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.reportschedule')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('kind', models.CharField(choices=[('financial', 'Financial report'), ('progress', 'Country progress report')], max_length=9, verbose_name='report')),
                    ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.call', verbose_name='call')),
                    ('country', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.country', verbose_name='country')),
                    ('frequency', models.CharField(choices=[('monthly', 'every month'), ('quarterly', 'every quarter')], max_length=9, verbose_name='how often')),
                    ('due_day', models.PositiveSmallIntegerField(verbose_name='day of the month after the period')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(null=True, verbose_name='until')),
                    ('counts_from', models.DateField(verbose_name='counted from')),
                    ('sends_at_once', models.BooleanField(default=False, verbose_name='sent at once')),
                    ('state', models.CharField(choices=[('running', 'running'), ('paused', 'paused'), ('ended', 'ended')], default='running', editable=False, max_length=7, verbose_name='state')),
                    ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a5df0f8e5d1327b094686256bbc12301bbbfdd8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65aad', table='reports_reportscheduleevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Hearer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearers', to='reports.reportschedule')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who hears of it')),
                    ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='hears of it since')),
                    ('until', models.DateTimeField(null=True, verbose_name='heard of it until')),
                ],
                options={
                    'verbose_name': 'person who hears of a report',
                    'verbose_name_plural': 'people who hear of a report',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('schedule', 'person'), name='a_person_hears_once', violation_error_message='This person hears of it already.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_hearerevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "since", "until") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."schedule_id", NEW."since", NEW."until"); RETURN NULL;', hash='0d7e796127c76177741ab805bf06e2dda4f7295b', operation='INSERT', pgid='pgtrigger_insert_insert_1c676', table='reports_hearer', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_hearerevent" ("id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "schedule_id", "since", "until") VALUES (NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."schedule_id", NEW."since", NEW."until"); RETURN NULL;', hash='194ea252c55cbb0a0a658623dc145358c6b36be2', operation='UPDATE', pgid='pgtrigger_update_update_b358f', table='reports_hearer', when='AFTER')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.schedule_id IS DISTINCT FROM NEW.schedule_id OR OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.since IS DISTINCT FROM NEW.since) THEN RAISE EXCEPTION 'reports_hearer: schedule, person, since never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='34f886665643cc82f121537a5a817cbe2702b21f', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_daa8e', table='reports_hearer', when='BEFORE')), pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((COALESCE(OLD.until::text, '') <> '' AND OLD.until IS DISTINCT FROM NEW.until)) THEN RAISE EXCEPTION 'reports_hearer: until is written once.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='3283737b4f9cf45cf3dade04708a3aebe549b987', operation='UPDATE', pgid='pgtrigger_written_once_27b5c', table='reports_hearer', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e623d5828e2e9e75356dba20ec746e355b20a39f', operation='DELETE', pgid='pgtrigger_never_deleted_fc700', table='reports_hearer', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='HearerEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.hearer')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('schedule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.reportschedule')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who hears of it')),
                    ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='hears of it since')),
                    ('until', models.DateTimeField(null=True, verbose_name='heard of it until')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae0a397654d47a61ed371b41871e3a35238a9cbb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1523f', table='reports_hearerevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ScheduledReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='reports.reportschedule')),
                    ('first', models.DateField(verbose_name='from')),
                    ('last', models.DateField(verbose_name='until')),
                    ('due_on', models.DateField(verbose_name='due')),
                    ('laid_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='fell due')),
                    ('state', models.CharField(choices=[('pending', 'being prepared'), ('waiting', 'waits for a coordinator’s look'), ('issued', 'issued, its files are being made'), ('sent', 'sent'), ('passed', 'passed over'), ('failed', 'could not be made')], default='pending', editable=False, max_length=7, verbose_name='state')),
                    ('prepared_at', models.DateTimeField(null=True, verbose_name='prepared')),
                    ('entries', models.PositiveIntegerField(null=True, verbose_name='entries of the ledger')),
                    ('lacks_issuer', models.BooleanField(default=False, verbose_name='nobody may issue it by itself')),
                    ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='reports.periodreport', verbose_name='report')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                    ('passed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passed_because', models.TextField(blank=True, max_length=2000, verbose_name='why it was passed over')),
                ],
                options={
                    'verbose_name': 'report that fell due',
                    'verbose_name_plural': 'reports that fell due',
                    'ordering': ['due_on', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['next_attempt_at'], name='reports_to_prepare'), models.Index(condition=models.Q(('state__in', ['waiting', 'issued', 'failed'])), fields=['due_on'], name='reports_to_look_at')],
                    'constraints': [models.UniqueConstraint(fields=('schedule', 'first', 'last'), name='a_period_falls_due_once', violation_error_message='The report of this period is made already. Look at it.'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('last')), ('last__gt', models.F('first'))), name='a_report_is_due_after_its_period', violation_error_message='A report is due after its period.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['issued', 'sent']), _negated=True), models.Q(('prepared_at__isnull', False), ('report__isnull', False)), _connector='OR'), name='what_is_sent_was_issued', violation_error_message='It is issued before anybody is told of it.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='what_is_sent_says_when', violation_error_message='It is sent at an instant.'), models.CheckConstraint(condition=models.Q(models.Q(('passed_because__regex', '\\S'), ('passed_by__isnull', False), ('state', 'passed')), models.Q(models.Q(('state', 'passed'), _negated=True), ('passed_because', ''), ('passed_by', None)), _connector='OR'), name='who_passes_a_report_over_says_why', violation_error_message='Say why the report is passed over.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_scheduledreportevent" ("due_on", "entries", "first", "id", "lacks_issuer", "laid_at", "last", "passed_because", "passed_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "report_id", "schedule_id", "sent_at", "state") VALUES (NEW."due_on", NEW."entries", NEW."first", NEW."id", NEW."lacks_issuer", NEW."laid_at", NEW."last", NEW."passed_because", NEW."passed_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prepared_at", NEW."report_id", NEW."schedule_id", NEW."sent_at", NEW."state"); RETURN NULL;', hash='22087a25bf7a9d92fbc1724267572b648849a7d2', operation='INSERT', pgid='pgtrigger_insert_insert_0c0a2', table='reports_scheduledreport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."entries" IS DISTINCT FROM (NEW."entries") OR OLD."first" IS DISTINCT FROM (NEW."first") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lacks_issuer" IS DISTINCT FROM (NEW."lacks_issuer") OR OLD."laid_at" IS DISTINCT FROM (NEW."laid_at") OR OLD."last" IS DISTINCT FROM (NEW."last") OR OLD."passed_because" IS DISTINCT FROM (NEW."passed_because") OR OLD."passed_by_id" IS DISTINCT FROM (NEW."passed_by_id") OR OLD."prepared_at" IS DISTINCT FROM (NEW."prepared_at") OR OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."schedule_id" IS DISTINCT FROM (NEW."schedule_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "reports_scheduledreportevent" ("due_on", "entries", "first", "id", "lacks_issuer", "laid_at", "last", "passed_because", "passed_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "report_id", "schedule_id", "sent_at", "state") VALUES (NEW."due_on", NEW."entries", NEW."first", NEW."id", NEW."lacks_issuer", NEW."laid_at", NEW."last", NEW."passed_because", NEW."passed_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prepared_at", NEW."report_id", NEW."schedule_id", NEW."sent_at", NEW."state"); RETURN NULL;', hash='0ca5fefeaae00baa81aa5367c5063fd0d7184047', operation='UPDATE', pgid='pgtrigger_update_update_f0814', table='reports_scheduledreport', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:waiting,pending:issued,pending:failed,failed:pending,failed:passed,waiting:issued,waiting:passed,issued:sent,issued:passed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='58146c9bcf986ef5c164c86576bd79d614b8a75a', operation='UPDATE', pgid='pgtrigger_state_flow_0934e', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'pending\'))', func="RAISE EXCEPTION 'What is new is “pending”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='8017fdbf7153ddbd2558642e4cfe46ade17bd023', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_3041d', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.schedule_id IS DISTINCT FROM NEW.schedule_id OR OLD.first IS DISTINCT FROM NEW.first OR OLD.last IS DISTINCT FROM NEW.last OR OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.laid_at IS DISTINCT FROM NEW.laid_at) THEN RAISE EXCEPTION 'reports_scheduledreport: schedule, first, last, due_on, laid_at never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='1125934af1eb36a0f2f83aa3ed8b007af1e9495a', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_a641e', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='72cda98aa842e2e304807244324d952547e6949d', operation='DELETE', pgid='pgtrigger_never_deleted_bbc6b', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='nothing_falls_due_unless_running', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((SELECT schedule.state FROM reports_reportschedule schedule WHERE schedule.id = NEW.schedule_id) <> 'running') THEN RAISE EXCEPTION 'reports_scheduledreport: Nothing falls due by a schedule that is paused or ended.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='a344ab5a99f27a5d31bdadc60e4cc968f6d68008', operation='INSERT', pgid='pgtrigger_nothing_falls_due_unless_running_ab525', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_a_period_of_its_schedule', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (\n    EXISTS (SELECT FROM reports_reportschedule schedule WHERE schedule.id = NEW.schedule_id AND (\n        NEW.first <> date_trunc(\n            CASE schedule.frequency WHEN 'monthly' THEN 'month' ELSE 'quarter' END, NEW.first)::date\n        OR NEW.last <> (NEW.first + CASE schedule.frequency\n            WHEN 'monthly' THEN interval '1 month' ELSE interval '3 months' END\n            - interval '1 day')::date\n    ))\n) THEN RAISE EXCEPTION 'reports_scheduledreport: A schedule reports whole months or whole quarters.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='fe53e593362ef6160e91b1e9c905ffc0af9bba3f', operation='INSERT', pgid='pgtrigger_of_a_period_of_its_schedule_582b6', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='of_a_period_that_is_over', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NEW.last >= (NEW.laid_at AT TIME ZONE 'Europe/Brussels')::date) THEN RAISE EXCEPTION 'reports_scheduledreport: A report falls due once its period is over.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='dd07dba5bd160290501b3b5995c5958e350fc0ad', operation='INSERT', pgid='pgtrigger_of_a_period_that_is_over_911db', table='reports_scheduledreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='issued_of_its_own_period', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (\n    NEW.report_id IS NOT NULL AND NOT EXISTS (\n        SELECT FROM reports_periodreport report, reports_reportschedule schedule\n        WHERE report.id = NEW.report_id AND schedule.id = NEW.schedule_id\n        AND (report.kind, report.call_id, report.first, report.last)\n            = (schedule.kind, schedule.call_id, NEW.first, NEW.last)\n        AND report.country_id IS NOT DISTINCT FROM schedule.country_id\n    )\n) THEN RAISE EXCEPTION 'reports_scheduledreport: What is issued by a schedule is the report of that very period.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='caa49f3f052ebc91752122784f58ea5c102df44f', operation='INSERT OR UPDATE', pgid='pgtrigger_issued_of_its_own_period_a1d03', table='reports_scheduledreport', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ScheduledReportEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.scheduledreport')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('schedule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.reportschedule')),
                    ('first', models.DateField(verbose_name='from')),
                    ('last', models.DateField(verbose_name='until')),
                    ('due_on', models.DateField(verbose_name='due')),
                    ('laid_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='fell due')),
                    ('state', models.CharField(choices=[('pending', 'being prepared'), ('waiting', 'waits for a coordinator’s look'), ('issued', 'issued, its files are being made'), ('sent', 'sent'), ('passed', 'passed over'), ('failed', 'could not be made')], default='pending', editable=False, max_length=7, verbose_name='state')),
                    ('prepared_at', models.DateTimeField(null=True, verbose_name='prepared')),
                    ('entries', models.PositiveIntegerField(null=True, verbose_name='entries of the ledger')),
                    ('lacks_issuer', models.BooleanField(default=False, verbose_name='nobody may issue it by itself')),
                    ('report', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.periodreport', verbose_name='report')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                    ('passed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('passed_because', models.TextField(blank=True, max_length=2000, verbose_name='why it was passed over')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6e0bacf4ffaadd9e173adb55b51c001d02a7b0cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d784b', table='reports_scheduledreportevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Hearing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='reports.scheduledreport')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('was_told', models.BooleanField(verbose_name='told')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ],
                options={
                    'verbose_name': 'person told of a report',
                    'verbose_name_plural': 'people told of a report',
                    'constraints': [models.UniqueConstraint(fields=('run', 'person'), name='a_person_is_told_once', violation_error_message='This person was told of it already.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca62bd4e9244affad0847cc21ce336d4598830e0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56776', table='reports_hearing', when='BEFORE'))],
                },
            )],
        ),
    ]
