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
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                    ('target', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=80)),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(max_length=36)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('size', models.PositiveBigIntegerField(verbose_name='size (bytes)')),
                    ('offset', models.PositiveBigIntegerField(default=0)),
                    ('state', models.CharField(choices=[('receiving', 'being uploaded'), ('checking', 'being checked'), ('done', 'taken'), ('refused', 'refused')], default='receiving', editable=False, max_length=10, verbose_name='state')),
                    ('refusal', models.TextField(blank=True, verbose_name='why it was refused')),
                    ('finding', models.CharField(blank=True, max_length=200, verbose_name='what the scanner found')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('next_check_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'upload',
                    'verbose_name_plural': 'uploads',
                    'ordering': ['created_at'],
                    'indexes': [models.Index(fields=['owner', 'target', 'key'], name='uploads_of_a_person'), models.Index(fields=['expires_at'], name='uploads_by_expiry'), models.Index(condition=models.Q(('state', 'checking')), fields=['next_check_at'], name='uploads_to_check')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0), ('offset__lte', models.F('size'))), name='no_more_arrives_than_was_announced'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='a_refused_upload_says_why')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "files_uploadevent" ("created_at", "finding", "id", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "size", "state", "target") VALUES (NEW."created_at", NEW."finding", NEW."id", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."refusal", NEW."size", NEW."state", NEW."target"); RETURN NULL;', hash='2a7af1f25dbc379d75e392aa3ec6cfdf676ab798', operation='INSERT', pgid='pgtrigger_insert_insert_41cb3', table='files_upload', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."finding" IS DISTINCT FROM (NEW."finding") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."refusal" IS DISTINCT FROM (NEW."refusal") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."target" IS DISTINCT FROM (NEW."target"))', func='INSERT INTO "files_uploadevent" ("created_at", "finding", "id", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "refusal", "size", "state", "target") VALUES (NEW."created_at", NEW."finding", NEW."id", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."refusal", NEW."size", NEW."state", NEW."target"); RETURN NULL;', hash='c95422ca6a9cd0d01b0f7ca9cb3edf221fc0c29e', operation='UPDATE', pgid='pgtrigger_update_update_9a1fd', table='files_upload', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{receiving:checking,receiving:done,receiving:refused,checking:done,checking:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0100d696282d0ab607f6361d9fe91821a60db5e7', operation='UPDATE', pgid='pgtrigger_state_flow_39bab', table='files_upload', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'receiving\'))', func="RAISE EXCEPTION 'What is new is “receiving”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='abd4ba912ce54318b6381ee50902c383df3cb701', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_89789', table='files_upload', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='UploadEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='files.upload')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('target', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=80)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('size', models.PositiveBigIntegerField(verbose_name='size (bytes)')),
                    ('state', models.CharField(choices=[('receiving', 'being uploaded'), ('checking', 'being checked'), ('done', 'taken'), ('refused', 'refused')], default='receiving', editable=False, max_length=10, verbose_name='state')),
                    ('refusal', models.TextField(blank=True, verbose_name='why it was refused')),
                    ('finding', models.CharField(blank=True, max_length=200, verbose_name='what the scanner found')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8902071523eaf0d9ed42940480e8067b924302a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1854d', table='files_uploadevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Preview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('state', models.CharField(choices=[('pending', 'being prepared'), ('ready', 'ready'), ('failed', 'could not be made')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('source', models.CharField(max_length=120, unique=True)),
                    ('content_type', models.CharField(max_length=100)),
                    ('folder', models.CharField(blank=True, max_length=60)),
                    ('pictured', models.PositiveSmallIntegerField(default=0)),
                    ('pages', models.PositiveIntegerField(null=True)),
                    ('sheets', models.PositiveIntegerField(null=True)),
                    ('words', models.PositiveIntegerField(null=True)),
                    ('width', models.PositiveIntegerField(null=True)),
                    ('height', models.PositiveIntegerField(null=True)),
                ],
                options={
                    'verbose_name': 'preview',
                    'verbose_name_plural': 'previews',
                    'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['next_attempt_at'], name='previews_to_make')],
                    'triggers': [pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:ready,pending:failed,failed:pending}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='3b515c1726a9c8bfb3eb08608f7470057d5ebc1d', operation='UPDATE', pgid='pgtrigger_state_flow_62eb2', table='files_preview', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'pending\'))', func="RAISE EXCEPTION 'What is new is “pending”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='4313f9ded809ac9df9fa45f34ede256f49526e15', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_c39b0', table='files_preview', when='BEFORE'))],
                },
            )],
        ),
    ]
