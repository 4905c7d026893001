"""The tables of this app, with their constraints and triggers."""

import conduct.models.tables
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('vouchers', '0003_quotes_are_sealed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='OwnText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('family', models.CharField(choices=[('mail', 'E-mails'), ('letter', 'Letters')], max_length=6, verbose_name='family')),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2, verbose_name='language')),
                    ('call', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vouchers.call', verbose_name='call')),
                ],
                options={
                    'verbose_name': 'own text',
                    'verbose_name_plural': 'own texts',
                    'constraints': [models.UniqueConstraint(fields=('family', 'kind', 'language', 'call'), name='one_own_text_per_kind_language_and_call', nulls_distinct=False, violation_error_message='Somebody else has just begun this text. Look at it.'), models.CheckConstraint(condition=models.Q(('family__in', ['mail', 'letter'])), name='an_own_text_is_of_a_letter_or_an_e_mail', violation_error_message='A text is of a letter or of an e-mail.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "texts_owntextevent" ("call_id", "family", "id", "kind", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."call_id", NEW."family", NEW."id", NEW."kind", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='8026916f5776cd6f7bab17ded9131b21282c4937', operation='INSERT', pgid='pgtrigger_insert_insert_10014', table='texts_owntext', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "texts_owntextevent" ("call_id", "family", "id", "kind", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."call_id", NEW."family", NEW."id", NEW."kind", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='057257b0a07a1485870fab524e593d3a46dace77', operation='UPDATE', pgid='pgtrigger_update_update_92ad5', table='texts_owntext', when='AFTER')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.family IS DISTINCT FROM NEW.family OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.language IS DISTINCT FROM NEW.language OR OLD.call_id IS DISTINCT FROM NEW.call_id) THEN RAISE EXCEPTION 'texts_owntext: family, kind, language, call never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='c030449432b3c0a89219e825b933e0a0159790ec', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_f580c', table='texts_owntext', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='efa86dbf43b6b4bb83c7920ff6c80bb256c2cfdb', operation='DELETE', pgid='pgtrigger_never_deleted_ca647', table='texts_owntext', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='OwnTextEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='texts.owntext')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('family', models.CharField(choices=[('mail', 'E-mails'), ('letter', 'Letters')], max_length=6, verbose_name='family')),
                    ('kind', models.CharField(max_length=60, verbose_name='kind')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], max_length=2, verbose_name='language')),
                    ('call', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vouchers.call', verbose_name='call')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0df3ed19b83ea5ace81d7d3d5f036f30ea83f419', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c62f6', table='texts_owntextevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='TextVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='texts.owntext', verbose_name='text')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('passages', models.JSONField(blank=True, default=dict, verbose_name='passages')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                    ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ],
                options={
                    'verbose_name': 'version of a text',
                    'verbose_name_plural': 'versions of texts',
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='one_version_of_a_text_at_a_time', violation_error_message='Somebody else has just saved this text. Look at it.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "texts_textversionevent" ("id", "number", "passages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_id", "written_at", "written_by_id") VALUES (NEW."id", NEW."number", NEW."passages", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text_id", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='c0580b5428b7c55496ddc3c68fd1ef3a042124db', operation='INSERT', pgid='pgtrigger_insert_insert_7d02a', table='texts_textversion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "texts_textversionevent" ("id", "number", "passages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text_id", "written_at", "written_by_id") VALUES (NEW."id", NEW."number", NEW."passages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text_id", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='364eb8dd8213332488c1c029ee337b7412e0433b', operation='UPDATE', pgid='pgtrigger_update_update_c71b5', table='texts_textversion', when='AFTER')), pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='60ce39cf4b71f0db7f7326fa35e5f3e7bd30759c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2f1d5', table='texts_textversion', when='BEFORE')), pgtrigger.compiler.Trigger(name='versions_follow_each_other', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM texts_textversion WHERE text_id = NEW.text_id)) THEN RAISE EXCEPTION 'texts_textversion: The versions of a text are numbered one after the other.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='bf62f0af63a4bea9acdc57185092f99f6212a791', operation='INSERT', pgid='pgtrigger_versions_follow_each_other_217a0', table='texts_textversion', when='BEFORE')), pgtrigger.compiler.Trigger(name='passages_are_texts', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (jsonb_typeof(NEW.passages) <> 'object' OR EXISTS ( SELECT FROM jsonb_each(NEW.passages) passage WHERE jsonb_typeof(passage.value) <> 'string' OR length(passage.value #>> '{}') > 4000 OR passage.key = 'subject' AND passage.value #>> '{}' ~ '[\\r\\n]')) THEN RAISE EXCEPTION 'texts_textversion: A passage is a text of 4,000 characters at most, and a subject is one line.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='3deaf800de089ba899f2573cc8056043c0f869f6', operation='INSERT', pgid='pgtrigger_passages_are_texts_2511c', table='texts_textversion', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='TextVersionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='texts.textversion')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('text', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='texts.owntext', verbose_name='text')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('passages', models.JSONField(blank=True, default=dict, verbose_name='passages')),
                    ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                    ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3dfa93a2511b8fde58aedbae08b484681500db5c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6e086', table='texts_textversionevent', when='BEFORE'))],
                },
            )],
        ),
    ]
