"""Checks by the rules of their call, with a finding for each."""

import django.db.models.deletion
import django.utils.timezone
import i18nfield.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vouchers', '0005_correspondence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typed', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'draft of a check',
                'verbose_name_plural': 'drafts of checks',
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('automatic', models.CharField(blank=True, choices=[('met', 'met'), ('not_met', 'not met'), ('not_known', 'not known')], max_length=10, verbose_name='according to the data')),
                ('basis', i18nfield.fields.I18nTextField(blank=True, verbose_name='facts')),
                ('result', models.CharField(choices=[('met', 'met'), ('not_met', 'not met'), ('not_known', 'not known')], max_length=10, verbose_name='result')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'ordering': ['rule__position'],
            },
        ),
        migrations.AlterModelOptions(
            name='eligibilitycheck',
            options={'ordering': ['-checked_at'], 'verbose_name': 'eligibility check', 'verbose_name_plural': 'eligibility checks'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='state_flow',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='eligibilitycheck',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='eligibilitycheck',
            name='update_update',
        ),
        migrations.AddField(
            model_name='eligibilitycheck',
            name='reopened_at',
            field=models.DateTimeField(null=True, verbose_name='reopened'),
        ),
        migrations.AddField(
            model_name='eligibilitycheck',
            name='reopened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='eligibilitycheck',
            name='reopening_reason',
            field=models.TextField(blank=True, verbose_name='reason for reopening'),
        ),
        migrations.AddField(
            model_name='eligibilitycheckevent',
            name='reopened_at',
            field=models.DateTimeField(null=True, verbose_name='reopened'),
        ),
        migrations.AddField(
            model_name='eligibilitycheckevent',
            name='reopened_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='eligibilitycheckevent',
            name='reopening_reason',
            field=models.TextField(blank=True, verbose_name='reason for reopening'),
        ),
        migrations.AlterField(
            model_name='eligibilitycheck',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='eligibility_checks', to='vouchers.application'),
        ),
        migrations.AlterField(
            model_name='eligibilitycheck',
            name='checked_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='checked'),
        ),
        migrations.AlterField(
            model_name='eligibilitycheck',
            name='reason',
            field=models.TextField(blank=True, verbose_name='remark'),
        ),
        migrations.AlterField(
            model_name='eligibilitycheckevent',
            name='checked_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='checked'),
        ),
        migrations.AlterField(
            model_name='eligibilitycheckevent',
            name='reason',
            field=models.TextField(blank=True, verbose_name='remark'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='state_flow', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:submitted,draft:withdrawn,submitted:draft,submitted:eligible,submitted:ineligible,submitted:withdrawn,eligible:submitted,eligible:selected,eligible:reserve,eligible:refused,eligible:withdrawn,ineligible:submitted}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0e3a88a8d3a39f5ad705b90b0ca9b138bbc84724', operation='UPDATE', pgid='pgtrigger_state_flow_33f24', table='vouchers_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eligibilitycheck',
            trigger=pgtrigger.compiler.Trigger(name='follows_from_its_findings', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    PERFORM 1 FROM vouchers_eligibilitycheck c\n        JOIN vouchers_application a ON a.id = c.application_id\n        WHERE c.id = NEW.id AND (\n            EXISTS (\n                SELECT 1 FROM vouchers_eligibilityrule r WHERE r.call_id = a.call_id AND NOT EXISTS (\n                    SELECT 1 FROM vouchers_finding f\n                    WHERE f.eligibility_check_id = c.id AND f.rule_id = r.id\n                )\n            ) OR EXISTS (\n                SELECT 1 FROM vouchers_finding f JOIN vouchers_eligibilityrule r ON r.id = f.rule_id\n                WHERE f.eligibility_check_id = c.id AND r.call_id <> a.call_id\n            ) OR (c.outcome = 'ineligible') <> EXISTS (\n                SELECT 1 FROM vouchers_finding f\n                WHERE f.eligibility_check_id = c.id AND f.result = 'not_met'\n            )\n        );\n    IF FOUND THEN\n        RAISE EXCEPTION 'The outcome of a check follows from one finding for each rule of its call.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='0d24eceaf6085e86e880e2356141927cb1659c63', operation='INSERT', pgid='pgtrigger_follows_from_its_findings_a25c0', table='vouchers_eligibilitycheck', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eligibilitycheck',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."checked_by_id" IS DISTINCT FROM (NEW."checked_by_id") OR OLD."checked_at" IS DISTINCT FROM (NEW."checked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bf8e314ce84f4e5a3c2607b8c6e20d3d253b53dc', operation='UPDATE', pgid='pgtrigger_append_only_dd67d', table='vouchers_eligibilitycheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eligibilitycheck',
            trigger=pgtrigger.compiler.Trigger(name='reopened_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."reopened_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ef851cd25294f6bc200fa5fffadd6fcc6f33a728', operation='UPDATE', pgid='pgtrigger_reopened_once_622cd', table='vouchers_eligibilitycheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eligibilitycheck',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='06f2c54c26ddaf17cdac9dfdd2f30f213f63eb5b', operation='DELETE', pgid='pgtrigger_never_deleted_28067', table='vouchers_eligibilitycheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eligibilitycheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "vouchers_eligibilitycheckevent" ("application_id", "checked_at", "checked_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reopened_at", "reopened_by_id", "reopening_reason") VALUES (NEW."application_id", NEW."checked_at", NEW."checked_by_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reopened_at", NEW."reopened_by_id", NEW."reopening_reason"); RETURN NULL;', hash='4bdae7111295fffe2b7b3cc255fa5c759670e2cb', operation='INSERT', pgid='pgtrigger_insert_insert_4ca2f', table='vouchers_eligibilitycheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eligibilitycheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "vouchers_eligibilitycheckevent" ("application_id", "checked_at", "checked_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reopened_at", "reopened_by_id", "reopening_reason") VALUES (NEW."application_id", NEW."checked_at", NEW."checked_by_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reopened_at", NEW."reopened_by_id", NEW."reopening_reason"); RETURN NULL;', hash='6e0d7458a714af1502d1512ff49a19ecb628b56b', operation='UPDATE', pgid='pgtrigger_update_update_79c19', table='vouchers_eligibilitycheck', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='eligibilitycheck',
            constraint=models.UniqueConstraint(condition=models.Q(('reopened_at', None)), fields=('application',), name='one_check_that_holds_per_application', violation_error_message='The application is checked already.'),
        ),
        migrations.AddConstraint(
            model_name='eligibilitycheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reopened_at', None), ('reopened_by', None), ('reopening_reason', '')), models.Q(('reopened_at__isnull', False), ('reopened_by__isnull', False), models.Q(('reopening_reason', ''), _negated=True)), _connector='OR'), name='a_reopening_says_by_whom_and_why', violation_error_message='Say why the check is opened again.'),
        ),
        migrations.AddField(
            model_name='checkdraft',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_drafts', to='vouchers.application'),
        ),
        migrations.AddField(
            model_name='checkdraft',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='finding',
            name='eligibility_check',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='vouchers.eligibilitycheck'),
        ),
        migrations.AddField(
            model_name='finding',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='vouchers.eligibilityrule'),
        ),
        migrations.AddConstraint(
            model_name='checkdraft',
            constraint=models.UniqueConstraint(fields=('application', 'officer'), name='one_draft_of_a_check_per_officer'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('eligibility_check', 'rule'), name='one_finding_per_rule'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('result__in', ['met', 'not_met'])), name='a_finding_is_settled'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('automatic', models.F('result')), models.Q(('automatic', ''), ('result', 'met')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='what_data_do_not_say_has_a_reason', violation_error_message='Say why.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='follows_from_its_findings', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n    PERFORM 1 FROM vouchers_eligibilitycheck c\n        JOIN vouchers_application a ON a.id = c.application_id\n        WHERE c.id = NEW.eligibility_check_id AND (\n            EXISTS (\n                SELECT 1 FROM vouchers_eligibilityrule r WHERE r.call_id = a.call_id AND NOT EXISTS (\n                    SELECT 1 FROM vouchers_finding f\n                    WHERE f.eligibility_check_id = c.id AND f.rule_id = r.id\n                )\n            ) OR EXISTS (\n                SELECT 1 FROM vouchers_finding f JOIN vouchers_eligibilityrule r ON r.id = f.rule_id\n                WHERE f.eligibility_check_id = c.id AND r.call_id <> a.call_id\n            ) OR (c.outcome = 'ineligible') <> EXISTS (\n                SELECT 1 FROM vouchers_finding f\n                WHERE f.eligibility_check_id = c.id AND f.result = 'not_met'\n            )\n        );\n    IF FOUND THEN\n        RAISE EXCEPTION 'The outcome of a check follows from one finding for each rule of its call.'\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='7d4dd0a01c6bc51a642ec6ac7c1e629b6aca0068', operation='INSERT', pgid='pgtrigger_follows_from_its_findings_af56b', table='vouchers_finding', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='308fc1b1b26881001012cc76b95e3177310cd91e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_04608', table='vouchers_finding', when='BEFORE')),
        ),
    ]
