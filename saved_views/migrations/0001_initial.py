"""The tables of this app, with their constraints and triggers."""

import conduct.models.one_line
import conduct.models.tables
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='SavedView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                    ('of', models.CharField(max_length=300, verbose_name='list')),
                    ('query', models.CharField(blank=True, max_length=2000, verbose_name='filters and order')),
                    ('name', models.CharField(max_length=80, validators=[conduct.models.one_line.one_line], verbose_name='Name')),
                    ('role', models.CharField(blank=True, choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('country_code', models.CharField(blank=True, max_length=2, verbose_name='country')),
                    ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved')),
                ],
                options={
                    'verbose_name': 'saved view',
                    'verbose_name_plural': 'saved views',
                    'indexes': [models.Index(fields=['of', 'role'], name='views_of_a_list')],
                    'constraints': [models.UniqueConstraint(models.F('owner'), models.F('of'), django.db.models.functions.text.Lower('name'), name='one_view_of_a_name', violation_error_message='You have a view of this name for this list already.'), models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '[\x01-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]'), _negated=True), models.Q(('name__regex', '^\\s*$'), _negated=True)), name='a_view_has_a_name_on_one_line', violation_error_message='Give the view a name on one line.'), models.CheckConstraint(condition=models.Q(('country_code', ''), models.Q(('role', 'officer'), ('country_code__regex', '^[A-Z]{2}$')), _connector='OR'), name='views_are_shared_in_a_country_among_officers')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "saved_views_savedviewevent" ("country_code", "id", "name", "of", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "role", "saved_at") VALUES (NEW."country_code", NEW."id", NEW."name", NEW."of", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."query", NEW."role", NEW."saved_at"); RETURN NULL;', hash='30ef6f096949956d898c3e62c2750ebe8f3db33a', operation='INSERT', pgid='pgtrigger_insert_insert_d33fa', table='saved_views_savedview', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "saved_views_savedviewevent" ("country_code", "id", "name", "of", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "role", "saved_at") VALUES (NEW."country_code", NEW."id", NEW."name", NEW."of", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."query", NEW."role", NEW."saved_at"); RETURN NULL;', hash='4d61f99fff93318a3088215f516a952f3b4b8bd2', operation='UPDATE', pgid='pgtrigger_update_update_3426d', table='saved_views_savedview', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "saved_views_savedviewevent" ("country_code", "id", "name", "of", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "role", "saved_at") VALUES (OLD."country_code", OLD."id", OLD."name", OLD."of", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."query", OLD."role", OLD."saved_at"); RETURN NULL;', hash='99d655c7e073516ae5800bf1e1ab18b08ac3a3af', operation='DELETE', pgid='pgtrigger_delete_delete_02e0d', table='saved_views_savedview', when='AFTER')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.owner_id IS DISTINCT FROM NEW.owner_id OR OLD.of IS DISTINCT FROM NEW.of) THEN RAISE EXCEPTION 'saved_views_savedview: owner, of never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='8cd8c7831c3afef23c192e026a63ab721cf273ff', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_edc4c', table='saved_views_savedview', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='SavedViewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='saved_views.savedview')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
                    ('of', models.CharField(max_length=300, verbose_name='list')),
                    ('query', models.CharField(blank=True, max_length=2000, verbose_name='filters and order')),
                    ('name', models.CharField(max_length=80, validators=[conduct.models.one_line.one_line], verbose_name='Name')),
                    ('role', models.CharField(blank=True, choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('country_code', models.CharField(blank=True, max_length=2, verbose_name='country')),
                    ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a55d33d85d34138e56407b0adcd69ae9c1d6cd6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_20ced', table='saved_views_savedviewevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FirstView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='first_views', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('of', models.CharField(max_length=300, verbose_name='list')),
                    ('view', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='first_of', to='saved_views.savedview', verbose_name='saved view')),
                ],
                options={
                    'verbose_name': 'first view of a list',
                    'verbose_name_plural': 'first views of lists',
                    'constraints': [models.UniqueConstraint(fields=('person', 'of'), name='a_list_begins_with_one_view')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "saved_views_firstviewevent" ("id", "of", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "view_id") VALUES (NEW."id", NEW."of", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."view_id"); RETURN NULL;', hash='9d053310602d8b3b22ee07a12a6dedc4901d4219', operation='INSERT', pgid='pgtrigger_insert_insert_b0946', table='saved_views_firstview', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "saved_views_firstviewevent" ("id", "of", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "view_id") VALUES (NEW."id", NEW."of", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."view_id"); RETURN NULL;', hash='55d0c75d98689664495e9d6bfc7b5077f8896172', operation='UPDATE', pgid='pgtrigger_update_update_d893c', table='saved_views_firstview', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "saved_views_firstviewevent" ("id", "of", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "view_id") VALUES (OLD."id", OLD."of", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."view_id"); RETURN NULL;', hash='94843a07622b1dfdaca2705e8c5240a57476a988', operation='DELETE', pgid='pgtrigger_delete_delete_d1b8a', table='saved_views_firstview', when='AFTER')), pgtrigger.compiler.Trigger(name='a_first_view_is_of_its_list', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (NOT EXISTS (SELECT FROM saved_views_savedview WHERE id = NEW.view_id AND of = NEW.of)) THEN RAISE EXCEPTION 'saved_views_firstview: A list begins with a view of its own.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='cebec52f70f9fa431368a7d78e5bfae523b868cf', operation='INSERT OR UPDATE', pgid='pgtrigger_a_first_view_is_of_its_list_7a323', table='saved_views_firstview', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.of IS DISTINCT FROM NEW.of) THEN RAISE EXCEPTION 'saved_views_firstview: person, of never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='74125af827288b86b428c3e8e4ac8e0322ae8216', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_00ff8', table='saved_views_firstview', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FirstViewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='saved_views.firstview')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('of', models.CharField(max_length=300, verbose_name='list')),
                    ('view', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='saved_views.savedview', verbose_name='saved view')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dcceb9b4c8461e93497de1c662b2a07c8cbdce60', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8ad6e', table='saved_views_firstviewevent', when='BEFORE'))],
                },
            )],
        ),
    ]
