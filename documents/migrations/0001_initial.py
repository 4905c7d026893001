"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import documents.models.documents
import documents.rules.codes
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='Document',
                fields=[
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('state', models.CharField(choices=[('pending', 'being prepared'), ('rendered', 'made, not sealed yet'), ('ready', 'ready'), ('failed', 'could not be made')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('priority', models.PositiveSmallIntegerField(choices=[(0, 'Screen'), (3, 'Mail'), (6, 'Batch'), (9, 'Nobody')], default=3, editable=False, verbose_name='priority')),
                    ('kind', models.CharField(max_length=40, verbose_name='kind')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2, verbose_name='language')),
                    ('reference', models.CharField(blank=True, max_length=60, verbose_name='reference')),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(max_length=36)),
                    ('facts', models.JSONField(verbose_name='facts')),
                    ('facts_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the facts')),
                    ('validity', models.CharField(choices=[('current', 'current'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='current', max_length=10, verbose_name='validity')),
                    ('withdrawal_reason', models.TextField(blank=True, verbose_name='reason for the withdrawal')),
                    ('code', models.CharField(default=documents.rules.codes.new_code, editable=False, max_length=20, unique=True, verbose_name='verification code')),
                    ('file', models.FileField(blank=True, max_length=120, upload_to=documents.models.documents.file_path, verbose_name='file')),
                    ('file_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the file')),
                    ('rendered_file', models.FileField(blank=True, max_length=120, upload_to=documents.models.documents.file_path, verbose_name='file before its seal')),
                    ('rendered_sha256', models.CharField(blank=True, max_length=64)),
                    ('rendered_size', models.PositiveIntegerField(null=True)),
                    ('archive', models.FileField(blank=True, max_length=120, upload_to=documents.models.documents.file_path, verbose_name='archive copy')),
                    ('archive_sha256', models.CharField(blank=True, max_length=64)),
                    ('size', models.PositiveIntegerField(null=True, verbose_name='size (bytes)')),
                    ('pages', models.PositiveIntegerField(null=True, verbose_name='pages')),
                    ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='issued')),
                    ('rendered_at', models.DateTimeField(null=True, verbose_name='made')),
                    ('sealed_at', models.DateTimeField(null=True, verbose_name='sealed')),
                    ('sealed_by', models.CharField(blank=True, max_length=300, verbose_name='sealed by')),
                    ('seal_fingerprint', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the certificate')),
                    ('seal_is_self_made', models.BooleanField(default=False, verbose_name='certificate vouches for itself')),
                    ('seal_valid_until', models.DateTimeField(null=True, verbose_name='certificate valid until')),
                ],
                options={
                    'verbose_name': 'document',
                    'verbose_name_plural': 'documents',
                    'ordering': ['-issued_at'],
                    'indexes': [models.Index(fields=['content_type', 'object_id'], name='documents_about'), models.Index(condition=models.Q(('file_sha256', ''), _negated=True), fields=['file_sha256'], name='documents_by_file'), models.Index(condition=models.Q(('rendered_sha256', ''), _negated=True), fields=['rendered_sha256'], name='documents_by_rendering'), models.Index(condition=models.Q(('archive_sha256', ''), _negated=True), fields=['archive_sha256'], name='documents_by_archive'), models.Index(condition=models.Q(('state__in', ['pending', 'rendered'])), fields=['next_attempt_at'], name='documents_to_make')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('priority__in', [0, 3, 6, 9])), name='a_priority_of_the_queue'), models.UniqueConstraint(condition=models.Q(('validity', 'current')), fields=('kind', 'content_type', 'object_id', 'language'), name='one_current_document', violation_error_message='This document has been issued already.'), models.CheckConstraint(condition=models.Q(models.Q(('rendered_file', ''), ('size__gt', 0), ('state', 'ready'), models.Q(('file', ''), _negated=True), ('file_sha256__regex', '^[0-9a-f]{64}$')), models.Q(models.Q(('state', 'ready'), _negated=True), ('file', ''), ('file_sha256', ''), ('sealed_at', None)), _connector='OR'), name='a_ready_document_has_its_file'), models.CheckConstraint(condition=models.Q(models.Q(('pages', None), ('rendered_at', None), ('state__in', ['pending', 'failed']), ('archive', ''), ('archive_sha256', ''), ('rendered_file', ''), ('rendered_sha256', '')), models.Q(('rendered_at__isnull', False), ('state__in', ['rendered', 'ready', 'failed']), ('pages__gt', 0), ('rendered_sha256__regex', '^[0-9a-f]{64}$'), ('rendered_size__gt', 0), models.Q(models.Q(('archive', ''), ('archive_sha256', '')), ('archive_sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), models.Q(('state', 'ready'), models.Q(('rendered_file', ''), _negated=True), _connector='OR')), _connector='OR'), name='a_rendering_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('seal_valid_until__isnull', False), ('sealed_at__isnull', False), models.Q(('sealed_by', ''), _negated=True), ('seal_fingerprint__regex', '^[0-9a-f]{64}$'), models.Q(('file_sha256', models.F('rendered_sha256')), _negated=True)), models.Q(('seal_fingerprint', ''), ('seal_valid_until', None), ('sealed_at', None), ('sealed_by', ''), models.Q(models.Q(('state', 'ready'), _negated=True), ('file_sha256', models.F('rendered_sha256')), _connector='OR')), _connector='OR'), name='a_seal_names_its_certificate'), models.CheckConstraint(condition=models.Q(models.Q(('validity', 'withdrawn'), _negated=True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='a_withdrawal_has_a_reason', violation_error_message='Say why the document is withdrawn.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='fixed_when_issued', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."facts_sha256" IS DISTINCT FROM (NEW."facts_sha256") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e5030d451a658409a5ebd7f7f5893394bd75dd72', operation='UPDATE', pgid='pgtrigger_fixed_when_issued_e3c8c', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='file_fixed_when_made', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ready\' AND (OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."sealed_at" IS DISTINCT FROM (NEW."sealed_at") OR OLD."sealed_by" IS DISTINCT FROM (NEW."sealed_by") OR OLD."seal_fingerprint" IS DISTINCT FROM (NEW."seal_fingerprint") OR OLD."seal_is_self_made" IS DISTINCT FROM (NEW."seal_is_self_made") OR OLD."seal_valid_until" IS DISTINCT FROM (NEW."seal_valid_until")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6187d09c7288130e1d2c80ad1e5aab45ecafec2d', operation='UPDATE', pgid='pgtrigger_file_fixed_when_made_b1f2c', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='valid_once_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."validity" = \'current\') AND OLD."validity" IS DISTINCT FROM (NEW."validity"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2ace9979dc27cc015c547fb941282dc27e38cd73', operation='UPDATE', pgid='pgtrigger_valid_once_only_7228d', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d53282fafa628117aff928838f4d460ec2c4b824', operation='DELETE', pgid='pgtrigger_never_deleted_86f31', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."archive" IS DISTINCT FROM (NEW."archive") OR OLD."archive_sha256" IS DISTINCT FROM (NEW."archive_sha256") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."content_type_id" IS DISTINCT FROM (NEW."content_type_id") OR OLD."facts_sha256" IS DISTINCT FROM (NEW."facts_sha256") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."pages" IS DISTINCT FROM (NEW."pages") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."rendered_at" IS DISTINCT FROM (NEW."rendered_at") OR OLD."rendered_file" IS DISTINCT FROM (NEW."rendered_file") OR OLD."rendered_sha256" IS DISTINCT FROM (NEW."rendered_sha256") OR OLD."rendered_size" IS DISTINCT FROM (NEW."rendered_size") OR OLD."seal_fingerprint" IS DISTINCT FROM (NEW."seal_fingerprint") OR OLD."seal_is_self_made" IS DISTINCT FROM (NEW."seal_is_self_made") OR OLD."seal_valid_until" IS DISTINCT FROM (NEW."seal_valid_until") OR OLD."sealed_at" IS DISTINCT FROM (NEW."sealed_at") OR OLD."sealed_by" IS DISTINCT FROM (NEW."sealed_by") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."validity" IS DISTINCT FROM (NEW."validity") OR OLD."withdrawal_reason" IS DISTINCT FROM (NEW."withdrawal_reason"))', func='INSERT INTO "documents_documentevent" ("archive", "archive_sha256", "code", "content_type_id", "facts_sha256", "file", "file_sha256", "id", "issued_at", "issued_by_id", "kind", "language", "object_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "rendered_at", "rendered_file", "rendered_sha256", "rendered_size", "seal_fingerprint", "seal_is_self_made", "seal_valid_until", "sealed_at", "sealed_by", "size", "state", "validity", "withdrawal_reason") VALUES (NEW."archive", NEW."archive_sha256", NEW."code", NEW."content_type_id", NEW."facts_sha256", NEW."file", NEW."file_sha256", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."kind", NEW."language", NEW."object_id", NEW."pages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."rendered_at", NEW."rendered_file", NEW."rendered_sha256", NEW."rendered_size", NEW."seal_fingerprint", NEW."seal_is_self_made", NEW."seal_valid_until", NEW."sealed_at", NEW."sealed_by", NEW."size", NEW."state", NEW."validity", NEW."withdrawal_reason"); RETURN NULL;', hash='656074d17cb3f83d9d528318b82fced2732cfdea', operation='UPDATE', pgid='pgtrigger_update_update_a3ed6', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:rendered,pending:ready,pending:failed,rendered:ready,rendered:failed,failed:pending,failed:rendered}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='deaf984b2b31de53d5e0f438edb17cbcaaf793b8', operation='UPDATE', pgid='pgtrigger_state_flow_3cd12', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'pending\'))', func="RAISE EXCEPTION 'What is new is “pending”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='14636ad3561ccf9e3a4194d5fedf59c4ab4f0f67', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_b8ae6', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_documentevent" ("archive", "archive_sha256", "code", "content_type_id", "facts_sha256", "file", "file_sha256", "id", "issued_at", "issued_by_id", "kind", "language", "object_id", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "rendered_at", "rendered_file", "rendered_sha256", "rendered_size", "seal_fingerprint", "seal_is_self_made", "seal_valid_until", "sealed_at", "sealed_by", "size", "state", "validity", "withdrawal_reason") SELECT new_values."archive", new_values."archive_sha256", new_values."code", new_values."content_type_id", new_values."facts_sha256", new_values."file", new_values."file_sha256", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."kind", new_values."language", new_values."object_id", new_values."pages", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."rendered_at", new_values."rendered_file", new_values."rendered_sha256", new_values."rendered_size", new_values."seal_fingerprint", new_values."seal_is_self_made", new_values."seal_valid_until", new_values."sealed_at", new_values."sealed_by", new_values."size", new_values."state", new_values."validity", new_values."withdrawal_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b5066d57c00f346c13b91257188e59ca7bb2a70c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_be524', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='rendered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."rendered_at" IS NOT NULL AND (OLD."rendered_at" IS DISTINCT FROM (NEW."rendered_at") OR OLD."rendered_sha256" IS DISTINCT FROM (NEW."rendered_sha256") OR OLD."rendered_size" IS DISTINCT FROM (NEW."rendered_size") OR OLD."pages" IS DISTINCT FROM (NEW."pages") OR OLD."archive" IS DISTINCT FROM (NEW."archive") OR OLD."archive_sha256" IS DISTINCT FROM (NEW."archive_sha256")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b16963742b033cb39a57ef884e1d492439f1f03d', operation='UPDATE', pgid='pgtrigger_rendered_once_af116', table='documents_document', when='BEFORE')), pgtrigger.compiler.Trigger(name='left_alone_by_workers', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NEW.attempts > OLD.attempts AND EXISTS (\n    SELECT FROM documents_batchedletter letter\n    JOIN documents_letterbatch batch ON batch.id = letter.batch_id\n    WHERE (batch.state = 'paused' OR letter.is_new AND letter.given_up_at IS NOT NULL)\n AND letter.document_id = NEW.id)) THEN RAISE EXCEPTION 'documents_document: A letter of a batch that is paused or was given up is not taken by a worker.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='61f4c6c951081f5032577fac38c311b96480672e', operation='UPDATE', pgid='pgtrigger_left_alone_by_workers_f3f92', table='documents_document', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='DocumentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.document')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('state', models.CharField(choices=[('pending', 'being prepared'), ('rendered', 'made, not sealed yet'), ('ready', 'ready'), ('failed', 'could not be made')], default='pending', editable=False, max_length=8, verbose_name='state')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('kind', models.CharField(max_length=40, verbose_name='kind')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2, verbose_name='language')),
                    ('reference', models.CharField(blank=True, max_length=60, verbose_name='reference')),
                    ('content_type', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(max_length=36)),
                    ('facts_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the facts')),
                    ('validity', models.CharField(choices=[('current', 'current'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='current', max_length=10, verbose_name='validity')),
                    ('withdrawal_reason', models.TextField(blank=True, verbose_name='reason for the withdrawal')),
                    ('code', models.CharField(default=documents.rules.codes.new_code, editable=False, max_length=20, verbose_name='verification code')),
                    ('file', models.FileField(blank=True, max_length=120, upload_to=documents.models.documents.file_path, verbose_name='file')),
                    ('file_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the file')),
                    ('rendered_file', models.FileField(blank=True, max_length=120, upload_to=documents.models.documents.file_path, verbose_name='file before its seal')),
                    ('rendered_sha256', models.CharField(blank=True, max_length=64)),
                    ('rendered_size', models.PositiveIntegerField(null=True)),
                    ('archive', models.FileField(blank=True, max_length=120, upload_to=documents.models.documents.file_path, verbose_name='archive copy')),
                    ('archive_sha256', models.CharField(blank=True, max_length=64)),
                    ('size', models.PositiveIntegerField(null=True, verbose_name='size (bytes)')),
                    ('pages', models.PositiveIntegerField(null=True, verbose_name='pages')),
                    ('issued_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='issued')),
                    ('rendered_at', models.DateTimeField(null=True, verbose_name='made')),
                    ('sealed_at', models.DateTimeField(null=True, verbose_name='sealed')),
                    ('sealed_by', models.CharField(blank=True, max_length=300, verbose_name='sealed by')),
                    ('seal_fingerprint', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the certificate')),
                    ('seal_is_self_made', models.BooleanField(default=False, verbose_name='certificate vouches for itself')),
                    ('seal_valid_until', models.DateTimeField(null=True, verbose_name='certificate valid until')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='401291d04b3fa5f3d2b51241f67950bd6896846e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e7ed', table='documents_documentevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='LetterBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('running', 'being made'), ('paused', 'paused'), ('done', 'all made'), ('stopped', 'stopped')], default='running', editable=False, max_length=8, verbose_name='state')),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(max_length=36)),
                    ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='kinds of letters')),
                    ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ],
                options={
                    'verbose_name': 'batch of letters',
                    'verbose_name_plural': 'batches of letters',
                    'ordering': ['-started_at'],
                    'indexes': [models.Index(fields=['content_type', 'object_id'], name='batches_about')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'paused'])), fields=('content_type', 'object_id'), name='one_open_batch_of_letters', violation_error_message='These letters are being made already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['running', 'paused'])), models.Q(models.Q(('state__in', ['running', 'paused']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='an_ended_batch_says_when'), models.CheckConstraint(condition=models.Q(('kinds__len__gt', 0)), name='a_batch_names_its_kinds')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_letterbatchevent" ("content_type_id", "ended_at", "id", "kinds", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id", "state") VALUES (NEW."content_type_id", NEW."ended_at", NEW."id", NEW."kinds", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_at", NEW."started_by_id", NEW."state"); RETURN NULL;', hash='2e30c6c28beeb6d348d2b4fb05ba8aa29932677f', operation='INSERT', pgid='pgtrigger_insert_insert_ba5ed', table='documents_letterbatch', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_letterbatchevent" ("content_type_id", "ended_at", "id", "kinds", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id", "state") VALUES (NEW."content_type_id", NEW."ended_at", NEW."id", NEW."kinds", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_at", NEW."started_by_id", NEW."state"); RETURN NULL;', hash='dcbb0316cc09d7e049c09e4e79affd287f1397e8', operation='UPDATE', pgid='pgtrigger_update_update_53ce6', table='documents_letterbatch', when='AFTER')), pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{running:paused,running:done,running:stopped,paused:running,paused:done,paused:stopped}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ed570ee0b9de18a9021653d1ebc3bf869e117525', operation='UPDATE', pgid='pgtrigger_state_flow_5cce9', table='documents_letterbatch', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_at_the_beginning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'running\'))', func="RAISE EXCEPTION 'What is new is “running”, not “%”.', NEW.state USING ERRCODE = 'check_violation';", hash='f26b3f27877ff2fb2a20a28d8b5b414b7faa34ef', operation='INSERT', pgid='pgtrigger_begins_at_the_beginning_dd8d0', table='documents_letterbatch', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.content_type_id IS DISTINCT FROM NEW.content_type_id OR OLD.object_id IS DISTINCT FROM NEW.object_id OR OLD.kinds IS DISTINCT FROM NEW.kinds OR OLD.started_by_id IS DISTINCT FROM NEW.started_by_id OR OLD.started_at IS DISTINCT FROM NEW.started_at) THEN RAISE EXCEPTION 'documents_letterbatch: content_type, object_id, kinds, started_by, started_at never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='c59e1afe89c885d354357a36d7085131803d0050', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_7dc33', table='documents_letterbatch', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen_in_done_stopped', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.state IN ('done', 'stopped') AND (OLD.id IS DISTINCT FROM NEW.id OR OLD.state IS DISTINCT FROM NEW.state OR OLD.content_type_id IS DISTINCT FROM NEW.content_type_id OR OLD.object_id IS DISTINCT FROM NEW.object_id OR OLD.kinds IS DISTINCT FROM NEW.kinds OR OLD.started_by_id IS DISTINCT FROM NEW.started_by_id OR OLD.started_at IS DISTINCT FROM NEW.started_at OR OLD.ended_at IS DISTINCT FROM NEW.ended_at)) THEN RAISE EXCEPTION 'documents_letterbatch: What is done or stopped changes no more.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='ec7c9416584e9dd97ee92e78c5f7dad49a136e76', operation='UPDATE', pgid='pgtrigger_frozen_in_done_stopped_288fb', table='documents_letterbatch', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='236962ec05feaa2b660029e599f4bf23eeaae910', operation='DELETE', pgid='pgtrigger_never_deleted_21094', table='documents_letterbatch', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='LetterBatchEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.letterbatch')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('state', models.CharField(choices=[('running', 'being made'), ('paused', 'paused'), ('done', 'all made'), ('stopped', 'stopped')], default='running', editable=False, max_length=8, verbose_name='state')),
                    ('content_type', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                    ('object_id', models.CharField(max_length=36)),
                    ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='kinds of letters')),
                    ('started_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='840c7999bbaa2c8b8d8dd8d0cb4d4eb218220ad5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_39ca3', table='documents_letterbatchevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='BatchedLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='documents.letterbatch', verbose_name='batch')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batched', to='documents.document', verbose_name='letter')),
                    ('is_new', models.BooleanField(default=False, verbose_name='issued by the batch')),
                    ('given_up_at', models.DateTimeField(null=True, verbose_name='given up')),
                ],
                options={
                    'verbose_name': 'letter of a batch',
                    'verbose_name_plural': 'letters of a batch',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('batch', 'document'), name='a_letter_once_in_a_batch', violation_error_message='This letter is in the batch already.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_batchedletterevent" ("batch_id", "document_id", "given_up_at", "id", "is_new", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."batch_id", new_values."document_id", new_values."given_up_at", new_values."id", new_values."is_new", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ce6aca9ed2a5425a269cda47b665b3a1150267ee', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_687f7', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_batchedletter', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_batchedletterevent" ("batch_id", "document_id", "given_up_at", "id", "is_new", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."batch_id", NEW."document_id", NEW."given_up_at", NEW."id", NEW."is_new", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='9ae7861acf62b53c56992a8da43d865e883a59ae', operation='UPDATE', pgid='pgtrigger_update_update_d09ef', table='documents_batchedletter', when='AFTER')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.batch_id IS DISTINCT FROM NEW.batch_id OR OLD.document_id IS DISTINCT FROM NEW.document_id OR OLD.is_new IS DISTINCT FROM NEW.is_new) THEN RAISE EXCEPTION 'documents_batchedletter: batch, document, is_new never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='ec556ebde9517c829076f87b7775d7edc466d0ed', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_cb910', table='documents_batchedletter', when='BEFORE')), pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((COALESCE(OLD.given_up_at::text, '') <> '' AND OLD.given_up_at IS DISTINCT FROM NEW.given_up_at)) THEN RAISE EXCEPTION 'documents_batchedletter: given_up_at is written once.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='8433f2e7c41289162fe9868fbeef3e18a9838436', operation='UPDATE', pgid='pgtrigger_written_once_6f968', table='documents_batchedletter', when='BEFORE')), pgtrigger.compiler.Trigger(name='added_while_running', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NOT EXISTS (SELECT FROM documents_letterbatch batch WHERE batch.id = NEW.batch_id AND batch.state = 'running')) THEN RAISE EXCEPTION 'documents_batchedletter: A letter joins a batch that is running.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='8473d935777b8aaa7da687aa615bd5b6f3f72096', operation='INSERT', pgid='pgtrigger_added_while_running_d8b53', table='documents_batchedletter', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c3792f73bcd7ae9f0b77676f454013e7d6b0f611', operation='DELETE', pgid='pgtrigger_never_deleted_21af6', table='documents_batchedletter', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='BatchedLetterEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.batchedletter')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('batch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.letterbatch', verbose_name='batch')),
                    ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document', verbose_name='letter')),
                    ('is_new', models.BooleanField(default=False, verbose_name='issued by the batch')),
                    ('given_up_at', models.DateTimeField(null=True, verbose_name='given up')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ff589193875137cdcc74f65299ff493159d2cd2b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_24927', table='documents_batchedletterevent', when='BEFORE'))],
                },
            )],
        ),
    ]
