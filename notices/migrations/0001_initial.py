"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('contenttypes', '0002_remove_content_type_name'),
        ('documents', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='Notice',
                fields=[
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('topic', models.CharField(blank=True, choices=[('applications', 'Calls and applications'), ('scoring', 'Scoring'), ('decisions', 'Decisions and awards'), ('assistance', 'Technical assistance'), ('payments', 'Payments'), ('questions', 'Questions and answers'), ('reminders', 'Reminders'), ('people', 'People and roles')], max_length=12, verbose_name='topic')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2, verbose_name='language')),
                    ('facts', models.JSONField(default=dict, verbose_name='facts')),
                    ('url', models.CharField(blank=True, max_length=300, verbose_name='page')),
                    ('calendar', models.TextField(blank=True, editable=False, verbose_name='what it tells the calendar')),
                    ('calendar_method', models.CharField(blank=True, editable=False, max_length=10, verbose_name='what the calendar is to do')),
                    ('content_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(blank=True, max_length=36)),
                    ('key', models.CharField(max_length=120, null=True)),
                    ('state', models.CharField(choices=[('pending', 'on its way'), ('sent', 'sent'), ('failed', 'could not be sent'), ('held', 'waits for the next gathered e-mail'), ('kept', 'only in the portal')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('delivery', models.CharField(choices=[('now', 'at once, by e-mail'), ('digest', 'in one e-mail a day'), ('portal', 'only here in the portal')], default='now', max_length=6, verbose_name='delivery')),
                    ('hold_until', models.DateTimeField(null=True, verbose_name='held until')),
                    ('gathered_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='notices.notice')),
                    ('subject', models.CharField(blank=True, max_length=250, verbose_name='subject')),
                    ('body', models.TextField(blank=True, verbose_name='text')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                    ('seen_at', models.DateTimeField(null=True, verbose_name='read')),
                    ('letters_follow', models.BooleanField(default=False)),
                    ('documents', models.ManyToManyField(blank=True, related_name='notices', to='documents.document', verbose_name='attached documents')),
                ],
                options={
                    'verbose_name': 'notice',
                    'verbose_name_plural': 'notices',
                    'ordering': ['-created_at'],
                    'indexes': [models.Index(fields=['recipient', '-created_at'], name='notices_of_a_person'), models.Index(condition=models.Q(('seen_at', None)), fields=['recipient'], name='notices_not_yet_seen'), models.Index(condition=models.Q(('state', 'pending')), fields=['next_attempt_at'], name='notices_to_send'), models.Index(condition=models.Q(('gathered_in', None), ('state', 'held')), fields=['hold_until'], name='notices_to_gather'), models.Index(condition=models.Q(('state', 'failed')), fields=['-created_at'], name='notices_that_failed'), models.Index(condition=models.Q(('letters_follow', True)), fields=['sent_at'], name='notices_with_late_letters'), models.Index(fields=['content_type', 'object_id'], name='notices_about_a_record')],
                    'constraints': [models.UniqueConstraint(fields=('recipient', 'key'), name='one_notice_per_event_and_person', violation_error_message='The person has been told already.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='a_sent_notice_has_its_instant'), models.CheckConstraint(condition=models.Q(models.Q(('delivery', 'digest'), ('hold_until__isnull', False)), models.Q(models.Q(('delivery', 'digest'), _negated=True), ('hold_until', None)), _connector='OR'), name='a_gathered_notice_knows_until_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('delivery', 'digest'), _connector='OR'), name='only_gathered_notices_are_held'), models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('calendar_method', '')), models.Q(('calendar', ''), ('calendar_method', ''), _connector='OR', _negated=True), _connector='OR'), name='what_calendars_are_told_has_a_method')],
                    'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delivery" IS DISTINCT FROM (NEW."delivery") OR OLD."gathered_in_id" IS DISTINCT FROM (NEW."gathered_in_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "notices_noticeevent" ("content_type_id", "created_at", "delivery", "gathered_in_id", "id", "key", "kind", "language", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "sent_at", "state", "url") VALUES (NEW."content_type_id", NEW."created_at", NEW."delivery", NEW."gathered_in_id", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."sent_at", NEW."state", NEW."url"); RETURN NULL;', hash='23f444f074aca539d42986eb08df7139497902d7', operation='UPDATE', pgid='pgtrigger_update_update_0f9bc', table='notices_notice', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:sent,pending:failed,pending:held,pending:kept,held:sent,held:failed,held:kept,failed:pending}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='9f36923dbb8bd7e2f968807e0b944b5083189080', operation='UPDATE', pgid='pgtrigger_state_flow_803fa', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'pending\'))', func="RAISE EXCEPTION 'What is new is “pending”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='e21a809f94ec466ea1648e6b4a1c2595a6fd80bc', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_2156a', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_when_written', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."topic" IS DISTINCT FROM (NEW."topic") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."calendar" IS DISTINCT FROM (NEW."calendar") OR OLD."calendar_method" IS DISTINCT FROM (NEW."calendar_method") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='89847446d39e19fcd6955974bca764f36d4624c0', operation='UPDATE', pgid='pgtrigger_fixed_when_written_f4b8e', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_noticeevent" ("content_type_id", "created_at", "delivery", "gathered_in_id", "id", "key", "kind", "language", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "sent_at", "state", "url") SELECT new_values."content_type_id", new_values."created_at", new_values."delivery", new_values."gathered_in_id", new_values."id", new_values."key", new_values."kind", new_values."language", new_values."object_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recipient_id", new_values."sent_at", new_values."state", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1e5c1b61b6d30ecf42e4844cfed0c21979bb0153', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_44969', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_notice', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='NoticeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.notice')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('recipient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2, verbose_name='language')),
                    ('url', models.CharField(blank=True, max_length=300, verbose_name='page')),
                    ('content_type', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(blank=True, max_length=36)),
                    ('key', models.CharField(max_length=120, null=True)),
                    ('state', models.CharField(choices=[('pending', 'on its way'), ('sent', 'sent'), ('failed', 'could not be sent'), ('held', 'waits for the next gathered e-mail'), ('kept', 'only in the portal')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('delivery', models.CharField(choices=[('now', 'at once, by e-mail'), ('digest', 'in one e-mail a day'), ('portal', 'only here in the portal')], default='now', max_length=6, verbose_name='delivery')),
                    ('gathered_in', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notices.notice')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='979ca3a272aaa31bef5ec9b48e68ef6b64492f19', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0c05e', table='notices_noticeevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Preference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
                    ('topic', models.CharField(choices=[('applications', 'Calls and applications'), ('scoring', 'Scoring'), ('decisions', 'Decisions and awards'), ('assistance', 'Technical assistance'), ('payments', 'Payments'), ('questions', 'Questions and answers'), ('reminders', 'Reminders'), ('people', 'People and roles')], max_length=12, verbose_name='topic')),
                    ('delivery', models.CharField(choices=[('now', 'at once, by e-mail'), ('digest', 'in one e-mail a day'), ('portal', 'only here in the portal')], max_length=6, verbose_name='delivery')),
                ],
                options={
                    'verbose_name': 'preference for notices',
                    'verbose_name_plural': 'preferences for notices',
                    'constraints': [models.UniqueConstraint(fields=('person', 'topic'), name='one_preference_per_person_and_topic'), models.CheckConstraint(condition=models.Q(('topic__in', ['applications', 'scoring', 'assistance', 'questions', 'reminders'])), name='mandatory_notices_leave_no_choice', violation_error_message='These notices always come at once.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notices_preferenceevent" ("delivery", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic") VALUES (NEW."delivery", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."topic"); RETURN NULL;', hash='a5253310e3f227215c5be14b39f91ee8ddf6c692', operation='INSERT', pgid='pgtrigger_insert_insert_b1b9a', table='notices_preference', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "notices_preferenceevent" ("delivery", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic") VALUES (NEW."delivery", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."topic"); RETURN NULL;', hash='cacb78ec00716616fd205a38a703c40e876078ef', operation='UPDATE', pgid='pgtrigger_update_update_7403c', table='notices_preference', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='PreferenceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notices.preference')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('topic', models.CharField(choices=[('applications', 'Calls and applications'), ('scoring', 'Scoring'), ('decisions', 'Decisions and awards'), ('assistance', 'Technical assistance'), ('payments', 'Payments'), ('questions', 'Questions and answers'), ('reminders', 'Reminders'), ('people', 'People and roles')], max_length=12, verbose_name='topic')),
                    ('delivery', models.CharField(choices=[('now', 'at once, by e-mail'), ('digest', 'in one e-mail a day'), ('portal', 'only here in the portal')], max_length=6, verbose_name='delivery')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7e2d2c9f479ecdf68de863956d5ddddfd992657e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a280', table='notices_preferenceevent', when='BEFORE'))],
                },
            )],
        ),
    ]
