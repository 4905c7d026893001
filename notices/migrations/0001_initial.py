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
        ('contenttypes', '0002_remove_content_type_name'),
        ('documents', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                    ('state', models.CharField(choices=[('pending', 'on its way'), ('sent', 'sent'), ('failed', 'could not be sent'), ('held', 'waits for the next gathered e-mail'), ('kept', 'only in the portal'), ('stopped', 'held back'), ('dropped', 'cancelled'), ('unsure', 'perhaps sent')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('delivery', models.CharField(choices=[('now', 'at once, by e-mail'), ('digest', 'in one e-mail a day'), ('portal', 'only here in the portal')], default='now', max_length=6, verbose_name='delivery')),
                    ('hold_until', models.DateTimeField(null=True, verbose_name='held until')),
                    ('gathered_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='notices.notice')),
                    ('subject', models.CharField(blank=True, max_length=250, verbose_name='subject')),
                    ('body', models.TextField(blank=True, verbose_name='text')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                    ('seen_at', models.DateTimeField(null=True, verbose_name='read')),
                    ('letters_follow', models.BooleanField(default=False)),
                    ('awaits_letters_since', models.DateTimeField(editable=False, null=True, verbose_name='waits for letters')),
                    ('sent_to', models.EmailField(blank=True, max_length=254, verbose_name='sent to')),
                    ('service_id', models.CharField(blank=True, editable=False, max_length=250, verbose_name='name at the delivery service')),
                    ('again_of', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeats', to='notices.notice')),
                    ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('stop_reason', models.TextField(blank=True, verbose_name='why it was stopped')),
                    ('documents', models.ManyToManyField(blank=True, related_name='notices', to='documents.document', verbose_name='attached documents')),
                ],
                options={
                    'verbose_name': 'notice',
                    'verbose_name_plural': 'notices',
                    'ordering': ['-created_at'],
                    'indexes': [models.Index(fields=['recipient', '-created_at'], name='notices_of_a_person'), models.Index(condition=models.Q(('seen_at', None)), fields=['recipient'], name='notices_not_yet_seen'), models.Index(condition=models.Q(('state', 'pending')), fields=['next_attempt_at'], name='notices_to_send'), models.Index(condition=models.Q(('gathered_in', None), ('state', 'held')), fields=['hold_until'], name='notices_to_gather'), models.Index(condition=models.Q(('state', 'failed')), fields=['-created_at'], name='notices_that_failed'), models.Index(condition=models.Q(('letters_follow', True)), fields=['sent_at'], name='notices_with_late_letters'), models.Index(fields=['content_type', 'object_id'], name='notices_about_a_record'), models.Index(condition=models.Q(('service_id', ''), _negated=True), fields=['service_id'], name='notices_of_a_service')],
                    'constraints': [models.UniqueConstraint(fields=('recipient', 'key'), name='one_notice_per_event_and_person', violation_error_message='The person has been told already.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='a_sent_notice_has_its_instant'), models.CheckConstraint(condition=models.Q(models.Q(('delivery', 'digest'), ('hold_until__isnull', False)), models.Q(models.Q(('delivery', 'digest'), _negated=True), ('hold_until', None)), _connector='OR'), name='a_gathered_notice_knows_until_when'), models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('calendar_method', '')), models.Q(('calendar', ''), ('calendar_method', ''), _connector='OR', _negated=True), _connector='OR'), name='what_calendars_are_told_has_a_method'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), ('delivery', 'digest'), _connector='OR'), name='only_gathered_notices_are_held'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['stopped', 'dropped']), ('stopped_by__isnull', False), models.Q(('stop_reason', ''), _negated=True)), models.Q(models.Q(('state__in', ['stopped', 'dropped']), _negated=True), ('stop_reason', ''), ('stopped_by', None)), _connector='OR'), name='who_stops_a_notice_says_why', violation_error_message='Say why the message is held back or cancelled.'), models.UniqueConstraint(fields=('again_of',), name='a_notice_is_sent_again_once', violation_error_message='It was sent again already.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."again_of_id" IS DISTINCT FROM (NEW."again_of_id") OR OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delivery" IS DISTINCT FROM (NEW."delivery") OR OLD."gathered_in_id" IS DISTINCT FROM (NEW."gathered_in_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_to" IS DISTINCT FROM (NEW."sent_to") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."stop_reason" IS DISTINCT FROM (NEW."stop_reason") OR OLD."stopped_by_id" IS DISTINCT FROM (NEW."stopped_by_id") OR OLD."url" IS DISTINCT FROM (NEW."url"))', func='INSERT INTO "notices_noticeevent" ("again_of_id", "content_type_id", "created_at", "delivery", "gathered_in_id", "id", "key", "kind", "language", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "sent_at", "sent_to", "state", "stop_reason", "stopped_by_id", "url") VALUES (NEW."again_of_id", NEW."content_type_id", NEW."created_at", NEW."delivery", NEW."gathered_in_id", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_id", NEW."sent_at", NEW."sent_to", NEW."state", NEW."stop_reason", NEW."stopped_by_id", NEW."url"); RETURN NULL;', hash='4babab5643807975f8fe22f59902b8e98bd97e7d', operation='UPDATE', pgid='pgtrigger_update_update_0f9bc', table='notices_notice', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:sent,pending:failed,pending:held,pending:kept,pending:stopped,pending:dropped,pending:unsure,held:sent,held:failed,held:kept,held:stopped,held:dropped,failed:pending,failed:dropped,stopped:pending,stopped:dropped,unsure:sent,unsure:pending}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='6b5d3a84d28ca5f08cbbac300bc66a87e17cf910', operation='UPDATE', pgid='pgtrigger_state_flow_803fa', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'pending\'))', func="RAISE EXCEPTION 'What is new is “pending”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='e21a809f94ec466ea1648e6b4a1c2595a6fd80bc', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_2156a', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_when_written', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."topic" IS DISTINCT FROM (NEW."topic") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."calendar" IS DISTINCT FROM (NEW."calendar") OR OLD."calendar_method" IS DISTINCT FROM (NEW."calendar_method") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."again_of_id" IS DISTINCT FROM (NEW."again_of_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8a15f1335ce7081c5c7ebc85940da873f07a6af4', operation='UPDATE', pgid='pgtrigger_fixed_when_written_f4b8e', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "notices_noticeevent" ("again_of_id", "content_type_id", "created_at", "delivery", "gathered_in_id", "id", "key", "kind", "language", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_id", "sent_at", "sent_to", "state", "stop_reason", "stopped_by_id", "url") SELECT new_values."again_of_id", new_values."content_type_id", new_values."created_at", new_values."delivery", new_values."gathered_in_id", new_values."id", new_values."key", new_values."kind", new_values."language", new_values."object_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recipient_id", new_values."sent_at", new_values."sent_to", new_values."state", new_values."stop_reason", new_values."stopped_by_id", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8519cfb449aa1bd4f40c189dda8dee61c31a83bb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_44969', referencing='REFERENCING NEW TABLE AS new_values ', table='notices_notice', when='AFTER')), pgtrigger.compiler.Trigger(name='frozen_in_sent_dropped', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.state IN ('sent', 'dropped') AND (OLD.attempts IS DISTINCT FROM NEW.attempts OR OLD.last_error IS DISTINCT FROM NEW.last_error OR OLD.next_attempt_at IS DISTINCT FROM NEW.next_attempt_at OR OLD.no_space_since IS DISTINCT FROM NEW.no_space_since OR OLD.id IS DISTINCT FROM NEW.id OR OLD.recipient_id IS DISTINCT FROM NEW.recipient_id OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.topic IS DISTINCT FROM NEW.topic OR OLD.language IS DISTINCT FROM NEW.language OR OLD.facts IS DISTINCT FROM NEW.facts OR OLD.url IS DISTINCT FROM NEW.url OR OLD.calendar IS DISTINCT FROM NEW.calendar OR OLD.calendar_method IS DISTINCT FROM NEW.calendar_method OR OLD.content_type_id IS DISTINCT FROM NEW.content_type_id OR OLD.object_id IS DISTINCT FROM NEW.object_id OR OLD.key IS DISTINCT FROM NEW.key OR OLD.state IS DISTINCT FROM NEW.state OR OLD.delivery IS DISTINCT FROM NEW.delivery OR OLD.hold_until IS DISTINCT FROM NEW.hold_until OR OLD.gathered_in_id IS DISTINCT FROM NEW.gathered_in_id OR OLD.subject IS DISTINCT FROM NEW.subject OR OLD.body IS DISTINCT FROM NEW.body OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.sent_at IS DISTINCT FROM NEW.sent_at OR OLD.awaits_letters_since IS DISTINCT FROM NEW.awaits_letters_since OR OLD.sent_to IS DISTINCT FROM NEW.sent_to OR OLD.service_id IS DISTINCT FROM NEW.service_id OR OLD.again_of_id IS DISTINCT FROM NEW.again_of_id OR OLD.stopped_by_id IS DISTINCT FROM NEW.stopped_by_id OR OLD.stop_reason IS DISTINCT FROM NEW.stop_reason)) THEN RAISE EXCEPTION 'notices_notice: What is sent or dropped changes no more.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='446416541223b54f05693c279e94d90430f5b978', operation='UPDATE', pgid='pgtrigger_frozen_in_sent_dropped_a4190', table='notices_notice', when='BEFORE')), pgtrigger.compiler.Trigger(name='words_change_with_their_revision', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.subject <> '' AND (OLD.subject, OLD.body) IS DISTINCT FROM (NEW.subject, NEW.body) AND (NEW.subject, NEW.body) IS DISTINCT FROM (SELECT (one.subject, one.body) FROM notices_noticerevision one WHERE one.notice_id = NEW.id ORDER BY one.number DESC LIMIT 1)) THEN RAISE EXCEPTION 'notices_notice: The words of a message change with a revision that says who changed them.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='3e9244177681388ba098ecfd86e3948ced8eef8b', operation='UPDATE', pgid='pgtrigger_words_change_with_their_revision_d0b78', table='notices_notice', when='BEFORE'))],
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
                    ('state', models.CharField(choices=[('pending', 'on its way'), ('sent', 'sent'), ('failed', 'could not be sent'), ('held', 'waits for the next gathered e-mail'), ('kept', 'only in the portal'), ('stopped', 'held back'), ('dropped', 'cancelled'), ('unsure', 'perhaps sent')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('delivery', models.CharField(choices=[('now', 'at once, by e-mail'), ('digest', 'in one e-mail a day'), ('portal', 'only here in the portal')], default='now', max_length=6, verbose_name='delivery')),
                    ('gathered_in', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notices.notice')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                    ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                    ('sent_to', models.EmailField(blank=True, max_length=254, verbose_name='sent to')),
                    ('again_of', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notices.notice')),
                    ('stopped_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('stop_reason', models.TextField(blank=True, verbose_name='why it was stopped')),
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
            ), migrations.CreateModel(
                name='DeliveryEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_events', to='notices.notice')),
                    ('kind', models.CharField(choices=[('accepted', 'taken over by the mail server'), ('delivered', 'delivered to the mailbox'), ('delayed', 'delayed, and tried again'), ('soft', 'came back: the mailbox cannot take it now'), ('hard', 'came back: the address does not take it'), ('complaint', 'reported as unwanted by the reader'), ('unsure', 'the line broke while it was handed over')], max_length=9, verbose_name='event')),
                    ('source', models.CharField(choices=[('smtp', 'our mail server, while sending'), ('mailbox', 'a report in the mailbox for bounces'), ('service', 'the delivery service'), ('person', 'a person')], max_length=7, verbose_name='known from')),
                    ('address', models.EmailField(max_length=254, verbose_name='address')),
                    ('status', models.CharField(blank=True, max_length=12, verbose_name='code')),
                    ('words', models.TextField(blank=True, verbose_name="the server's words")),
                    ('happened_at', models.DateTimeField(verbose_name='happened')),
                    ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                    ('key', models.CharField(max_length=100)),
                ],
                options={
                    'verbose_name': 'event of delivery',
                    'verbose_name_plural': 'events of delivery',
                    'ordering': ['happened_at', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('kind__in', ['soft', 'hard', 'complaint'])), fields=['address'], name='what_came_back_of_an_address')],
                    'constraints': [models.UniqueConstraint(fields=('notice', 'key'), name='an_event_of_delivery_counts_once')],
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='32cacb3def2e396d3c98fef12c8c0a494764adc3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_85e01', table='notices_deliveryevent', when='BEFORE')), pgtrigger.compiler.Trigger(name='only_what_left_is_reported_on', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NEW.source IN ('mailbox', 'service') AND NOT EXISTS (SELECT FROM notices_notice found WHERE found.id = NEW.notice_id AND found.state IN ('sent', 'unsure'))) THEN RAISE EXCEPTION 'notices_deliveryevent: Servers report on messages that were sent.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='763662e0725bc2d5a92f1c9014f719bf751d6854', operation='INSERT', pgid='pgtrigger_only_what_left_is_reported_on_5dd87', table='notices_deliveryevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='SetAsideReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(choices=[('unreadable', 'It is no report of delivery that can be read.'), ('nameless', 'It does not say which message it is about.'), ('foreign', 'It is about a message that the portal did not send.'), ('other', 'It is about an e-mail of a kind of which the portal keeps no reports.'), ('unknown', 'It names a message that the portal does not know.'), ('elsewhere', 'It is about an address to which the message was not sent.'), ('not_sent', 'It is about a message that was not sent yet.')], max_length=10, verbose_name='why')),
                    ('source', models.CharField(choices=[('smtp', 'our mail server, while sending'), ('mailbox', 'a report in the mailbox for bounces'), ('service', 'the delivery service'), ('person', 'a person')], max_length=7, verbose_name='known from')),
                    ('message_id', models.CharField(blank=True, max_length=250, verbose_name='message named')),
                    ('reported_by', models.CharField(blank=True, max_length=250, verbose_name='reported by')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                    ('address', models.CharField(blank=True, max_length=254, verbose_name='address')),
                    ('status', models.CharField(blank=True, max_length=12, verbose_name='code')),
                    ('words', models.TextField(blank=True, verbose_name='what it says')),
                ],
                options={
                    'verbose_name': 'report that was set aside',
                    'verbose_name_plural': 'reports that were set aside',
                    'ordering': ['-noted_at', '-pk'],
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9cb7fef525020406026f981079d7089231e81232', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9794b', table='notices_setasidereport', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='NoticeRevision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='notices.notice')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('subject', models.CharField(max_length=250, verbose_name='subject')),
                    ('body', models.TextField(verbose_name='text')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ],
                options={
                    'verbose_name': 'wording of a message',
                    'verbose_name_plural': 'wordings of messages',
                    'ordering': ['notice', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('notice', 'number'), name='revisions_of_a_notice_are_numbered', violation_error_message='Somebody else has changed this message meanwhile.'), models.CheckConstraint(condition=models.Q(models.Q(('number', 0), ('reason', ''), ('written_by', None)), models.Q(('number__gt', 0), ('written_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='who_changes_a_message_says_why', violation_error_message='Say why the text is changed.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9d995c94ec2dc81df64481d49e98a970487c73d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c8a4a', table='notices_noticerevision', when='BEFORE')), pgtrigger.compiler.Trigger(name='only_what_waits_is_reworded', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NOT EXISTS (SELECT FROM notices_notice found WHERE found.id = NEW.notice_id AND found.state IN ('pending', 'held', 'stopped', 'failed'))) THEN RAISE EXCEPTION 'notices_noticerevision: Only a message that was not sent can be changed.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='5d579455f88b6631a8476e95c18dcb93fb2103d5', operation='INSERT', pgid='pgtrigger_only_what_waits_is_reworded_eccae', table='notices_noticerevision', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReportSeen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='seen')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='seen by')),
                    ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seen', to='notices.setasidereport')),
                ],
                options={
                    'verbose_name': 'look at a report',
                    'verbose_name_plural': 'looks at reports',
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f8c07c2609efd8fde97be59f94cf2b579179697', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bf1d3', table='notices_reportseen', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='MailEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, verbose_name='kind of e-mail')),
                    ('row', models.CharField(max_length=36, verbose_name='number')),
                    ('kind', models.CharField(choices=[('accepted', 'taken over by the mail server'), ('delivered', 'delivered to the mailbox'), ('delayed', 'delayed, and tried again'), ('soft', 'came back: the mailbox cannot take it now'), ('hard', 'came back: the address does not take it'), ('complaint', 'reported as unwanted by the reader'), ('unsure', 'the line broke while it was handed over')], max_length=9, verbose_name='event')),
                    ('source', models.CharField(choices=[('smtp', 'our mail server, while sending'), ('mailbox', 'a report in the mailbox for bounces'), ('service', 'the delivery service'), ('person', 'a person')], max_length=7, verbose_name='known from')),
                    ('address', models.EmailField(max_length=254, verbose_name='address')),
                    ('status', models.CharField(blank=True, max_length=12, verbose_name='code')),
                    ('words', models.TextField(blank=True, verbose_name="the server's words")),
                    ('happened_at', models.DateTimeField(verbose_name='happened')),
                    ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                    ('key', models.CharField(max_length=100)),
                ],
                options={
                    'verbose_name': 'event of an e-mail without an account',
                    'verbose_name_plural': 'events of e-mails without an account',
                    'ordering': ['happened_at', 'pk'],
                    'indexes': [models.Index(fields=['address', 'happened_at'], name='events_of_an_address')],
                    'constraints': [models.UniqueConstraint(fields=('name', 'row', 'key'), name='an_event_of_an_email_counts_once')],
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8e3ac89d552404afb0b7cc86604e5dd0a72d6b9f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8ce1b', table='notices_mailevent', when='BEFORE'))],
                },
            )],
        ),
    ]
