"""Clarifications that open named questions, and hints that applications resemble each other."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import vouchers.applications.models
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('vouchers', '0010_list_of_applications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Texts are compared by their trigrams.
        TrigramExtension(),
        migrations.CreateModel(
            name='Clarification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('answered', 'answered'), ('lapsed', 'not answered in time'), ('ended', 'no longer needed')], default='asked', editable=False, max_length=10, verbose_name='state')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.TextField(verbose_name='what is asked')),
                ('until', models.DateTimeField(verbose_name='to be answered by')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('again_reason', models.TextField(blank=True, verbose_name='reason for asking once more')),
                ('reply', models.TextField(blank=True, verbose_name='reply')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'clarification',
                'verbose_name_plural': 'clarifications',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='ClarificationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('asked', 'asked'), ('answered', 'answered'), ('lapsed', 'not answered in time'), ('ended', 'no longer needed')], default='asked', editable=False, max_length=10, verbose_name='state')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.TextField(verbose_name='what is asked')),
                ('until', models.DateTimeField(verbose_name='to be answered by')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('again_reason', models.TextField(blank=True, verbose_name='reason for asking once more')),
                ('reply', models.TextField(blank=True, verbose_name='reply')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClarificationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to=vouchers.applications.models.attachment_path, verbose_name='file')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('content_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveIntegerField(verbose_name='size (bytes)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'file of a clarification',
                'verbose_name_plural': 'files of clarifications',
                'ordering': ['uploaded_at'],
            },
        ),
        migrations.CreateModel(
            name='ClarificationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before_text', models.TextField(blank=True)),
                ('before_rows', models.JSONField(blank=True, default=list)),
                ('before_files', models.JSONField(blank=True, default=list)),
                ('text', models.TextField(blank=True, verbose_name='answer')),
                ('rows', models.JSONField(blank=True, default=list, verbose_name='lines')),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'question that is asked about',
                'verbose_name_plural': 'questions that are asked about',
                'ordering': ['question__section__position', 'question__position'],
            },
        ),
        migrations.CreateModel(
            name='ComparableText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
            ],
            options={
                'verbose_name': 'text to compare',
                'verbose_name_plural': 'texts to compare',
            },
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submitted_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'comparison',
                'verbose_name_plural': 'comparisons',
            },
        ),
        migrations.CreateModel(
            name='Hint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('text', 'near-identical text'), ('legal_entity', 'the same legal entity has a voucher of another call'), ('name', 'a cluster of the same name or alias'), ('bank_account', 'the same bank account')], max_length=15, verbose_name='kind')),
                ('likeness', models.FloatField(null=True, verbose_name='likeness')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='found')),
                ('looked_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
            ],
            options={
                'verbose_name': 'hint',
                'verbose_name_plural': 'hints',
                'ordering': ['kind', '-likeness', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HintEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('text', 'near-identical text'), ('legal_entity', 'the same legal entity has a voucher of another call'), ('name', 'a cluster of the same name or alias'), ('bank_account', 'the same bank account')], max_length=15, verbose_name='kind')),
                ('looked_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='frozen_once_submitted',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='attachment',
            name='frozen_once_submitted',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='frozen_once_submitted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM vouchers_application\n        WHERE id IN (NEW.application_id, OLD.application_id) AND state <> 'draft';\n    IF FOUND THEN\n        IF TG_OP = 'INSERT' OR (\n            TG_OP = 'UPDATE'\n            AND OLD.application_id = NEW.application_id AND OLD.question_id = NEW.question_id\n        ) THEN\n            PERFORM 1 FROM vouchers_clarification c\n                JOIN vouchers_clarificationitem i ON i.clarification_id = c.id\n                JOIN vouchers_application a ON a.id = c.application_id\n                WHERE c.application_id = NEW.application_id AND c.state = 'asked'\n                AND i.question_id = NEW.question_id AND a.state = 'submitted';\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n        END IF;\n        RAISE EXCEPTION 'The application is submitted: its content is fixed.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='24f6ebe529917414abb9700d86f11b08933f3d98', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_once_submitted_4c5d2', table='vouchers_answer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='frozen_once_submitted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM vouchers_application\n        WHERE id IN (NEW.application_id, OLD.application_id) AND state <> 'draft';\n    IF FOUND THEN\n        IF TG_OP = 'INSERT' OR (\n            TG_OP = 'INSERT'\n            AND OLD.application_id = NEW.application_id AND OLD.question_id = NEW.question_id\n        ) THEN\n            PERFORM 1 FROM vouchers_clarification c\n                JOIN vouchers_clarificationitem i ON i.clarification_id = c.id\n                JOIN vouchers_application a ON a.id = c.application_id\n                WHERE c.application_id = NEW.application_id AND c.state = 'asked'\n                AND i.question_id = NEW.question_id AND a.state = 'submitted';\n            IF FOUND THEN\n                RETURN NEW;\n            END IF;\n        END IF;\n        RAISE EXCEPTION 'The application is submitted: its content is fixed.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='329545a72e2803bdae3216641df0679559fea65b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_frozen_once_submitted_04bba', table='vouchers_attachment', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='clarification',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarification',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clarifications', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='clarification',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarificationevent',
            name='answered_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarificationevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='clarificationevent',
            name='asked_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarificationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='clarificationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='vouchers.clarification'),
        ),
        migrations.AddField(
            model_name='clarificationfile',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarificationitem',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clarificationitem',
            name='clarification',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='vouchers.clarification'),
        ),
        migrations.AddField(
            model_name='clarificationitem',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clarification_items', to='vouchers.question'),
        ),
        migrations.AddField(
            model_name='clarificationfile',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='vouchers.clarificationitem'),
        ),
        migrations.AddField(
            model_name='comparabletext',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comparable_texts', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='comparabletext',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.question'),
        ),
        migrations.AddField(
            model_name='comparison',
            name='application',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='comparison', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='hint',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hints', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='hint',
            name='looked_at_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked at by'),
        ),
        migrations.AddField(
            model_name='hint',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='hint',
            name='other_question',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.question'),
        ),
        migrations.AddField(
            model_name='hint',
            name='question',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vouchers.question'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='application',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='looked_at_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='looked at by'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='other',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='other_question',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.question'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='vouchers.hint'),
        ),
        migrations.AddField(
            model_name='hintevent',
            name='question',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.question'),
        ),
        migrations.AddIndex(
            model_name='clarification',
            index=models.Index(condition=models.Q(('state', 'asked')), fields=['until'], name='clarifications_open'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('application',), name='one_clarification_at_a_time', violation_error_message='The cluster is being asked already.'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.UniqueConstraint(fields=('application', 'number'), name='clarifications_are_numbered'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('again_reason', ''), _negated=True), _connector='OR'), name='another_clarification_has_a_reason', violation_error_message='Say why the cluster must be asked once more.'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='a_closed_clarification_says_when'),
        ),
        migrations.AddConstraint(
            model_name='clarification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_by__isnull', False), _connector='OR'), name='an_answered_clarification_says_by_whom'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarification',
            trigger=pgtrigger.compiler.Trigger(name='asked_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5df3b1d29edeee28a8779c989c511f61d9a21c3b', operation='UPDATE', pgid='pgtrigger_asked_once_b1922', table='vouchers_clarification', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarification',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fa90fc9320b0d7d5a5d31aa68a0edc8b176e7da9', operation='DELETE', pgid='pgtrigger_never_deleted_6107d', table='vouchers_clarification', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarification',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vouchers_clarificationevent" ("again_reason", "answered_by_id", "application_id", "asked_at", "asked_by_id", "closed_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply", "state", "text", "until") VALUES (NEW."again_reason", NEW."answered_by_id", NEW."application_id", NEW."asked_at", NEW."asked_by_id", NEW."closed_at", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reply", NEW."state", NEW."text", NEW."until"); RETURN NULL;', hash='27fd5c9bd49f0a7d00edcc6340d6c9ce0b192b79', operation='INSERT', pgid='pgtrigger_insert_insert_f8ac5', table='vouchers_clarification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarification',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vouchers_clarificationevent" ("again_reason", "answered_by_id", "application_id", "asked_at", "asked_by_id", "closed_at", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply", "state", "text", "until") VALUES (NEW."again_reason", NEW."answered_by_id", NEW."application_id", NEW."asked_at", NEW."asked_by_id", NEW."closed_at", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reply", NEW."state", NEW."text", NEW."until"); RETURN NULL;', hash='1e7dd4f65c3b3799a9f823ee7928d7f02f93d9fc', operation='UPDATE', pgid='pgtrigger_update_update_2b985', table='vouchers_clarification', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarification',
            trigger=pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:answered,asked:lapsed,asked:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='6c4cc4520a4edba27124c443b75d1d826178815b', operation='UPDATE', pgid='pgtrigger_state_flow_7f1ba', table='vouchers_clarification', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarificationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b53a1dc0f9f634e0e9910be0d3938732902f5033', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d65ad', table='vouchers_clarificationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='clarificationitem',
            constraint=models.UniqueConstraint(fields=('clarification', 'question'), name='one_item_per_question'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarificationitem',
            trigger=pgtrigger.compiler.Trigger(name='only_while_asked', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM vouchers_clarification c \n        WHERE c.id = NEW.clarification_id AND c.state = 'asked';\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'The clarification is closed: what was answered is fixed.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='811c406298a6f92f364649bb76610eb789c85ab8', operation='INSERT OR UPDATE', pgid='pgtrigger_only_while_asked_5d1f3', table='vouchers_clarificationitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarificationitem',
            trigger=pgtrigger.compiler.Trigger(name='before_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."clarification_id" IS DISTINCT FROM (NEW."clarification_id") OR OLD."question_id" IS DISTINCT FROM (NEW."question_id") OR OLD."before_text" IS DISTINCT FROM (NEW."before_text") OR OLD."before_rows" IS DISTINCT FROM (NEW."before_rows") OR OLD."before_files" IS DISTINCT FROM (NEW."before_files"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='061b79f38ddc4a4456495a1661e38dc73f62802b', operation='UPDATE', pgid='pgtrigger_before_is_kept_39449', table='vouchers_clarificationitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarificationitem',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='475978c29188638c69cecf3ef62b543d309bfc71', operation='DELETE', pgid='pgtrigger_never_deleted_6c263', table='vouchers_clarificationitem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='clarificationfile',
            constraint=models.UniqueConstraint(fields=('item', 'sha256'), name='one_file_once_per_item', violation_error_message='This file is attached already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clarificationfile',
            trigger=pgtrigger.compiler.Trigger(name='only_while_asked', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM vouchers_clarification c JOIN vouchers_clarificationitem i ON i.clarification_id = c.id\n        WHERE i.id = COALESCE(NEW.item_id, OLD.item_id) AND c.state = 'asked';\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'The clarification is closed: what was answered is fixed.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='2777d7c6657788cbca0ad9197461d7d61c232b5c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_while_asked_28339', table='vouchers_clarificationfile', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='comparabletext',
            index=django.contrib.postgres.indexes.GinIndex(fields=['text'], name='comparable_by_trigram', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='comparabletext',
            constraint=models.UniqueConstraint(fields=('application', 'question'), name='one_comparable_text_per_answer'),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.UniqueConstraint(fields=('application', 'other', 'kind', 'question', 'other_question'), name='one_hint_per_likeness', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.CheckConstraint(condition=models.Q(('application', models.F('other')), _negated=True), name='nothing_resembles_itself'),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), ('likeness__isnull', False), ('other_question__isnull', False), ('question__isnull', False)), models.Q(models.Q(('kind', 'text'), _negated=True), ('likeness', None), ('other_question', None), ('question', None)), _connector='OR'), name='a_likeness_of_texts_names_them'),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('looked_at', None), ('looked_at_by', None), ('remark', '')), models.Q(('looked_at__isnull', False), ('looked_at_by__isnull', False), models.Q(('remark', ''), _negated=True)), _connector='OR'), name='who_looked_leaves_a_remark', violation_error_message='Leave a remark on what you found.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vouchers_hintevent" ("application_id", "id", "kind", "looked_at", "looked_at_by_id", "other_id", "other_question_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "remark") VALUES (NEW."application_id", NEW."id", NEW."kind", NEW."looked_at", NEW."looked_at_by_id", NEW."other_id", NEW."other_question_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_id", NEW."remark"); RETURN NULL;', hash='7b50b0f78b91adfd2ac0e41e01afec811cc67d28', operation='INSERT', pgid='pgtrigger_insert_insert_89eab', table='vouchers_hint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."looked_at" IS DISTINCT FROM (NEW."looked_at") OR OLD."looked_at_by_id" IS DISTINCT FROM (NEW."looked_at_by_id") OR OLD."other_id" IS DISTINCT FROM (NEW."other_id") OR OLD."other_question_id" IS DISTINCT FROM (NEW."other_question_id") OR OLD."question_id" IS DISTINCT FROM (NEW."question_id") OR OLD."remark" IS DISTINCT FROM (NEW."remark"))', func='INSERT INTO "vouchers_hintevent" ("application_id", "id", "kind", "looked_at", "looked_at_by_id", "other_id", "other_question_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "remark") VALUES (NEW."application_id", NEW."id", NEW."kind", NEW."looked_at", NEW."looked_at_by_id", NEW."other_id", NEW."other_question_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_id", NEW."remark"); RETURN NULL;', hash='0566d81a330342fad82f562ad2a700acdbb7eb05', operation='UPDATE', pgid='pgtrigger_update_update_03c2f', table='vouchers_hint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hintevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e234b1882ee4406d99cfae3df6b0860dcde14c19', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_08a01', table='vouchers_hintevent', when='BEFORE')),
        ),
    ]
