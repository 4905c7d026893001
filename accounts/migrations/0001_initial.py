"""The tables of this app, with their constraints and triggers."""

import accounts.models.invitations
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
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        conduct.models.tables.CreateTables(
            tables=[migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                    ('full_name', models.CharField(max_length=150, validators=[conduct.models.one_line.one_line], verbose_name='full name')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], default='en', max_length=2, verbose_name='language')),
                    ('time_zone', models.CharField(default='Europe/Brussels', max_length=40, verbose_name='time zone')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('session_round', models.PositiveIntegerField(default=0, editable=False, verbose_name='how often all sessions were ended')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_per_email'), models.CheckConstraint(condition=models.Q(('full_name__regex', '[\x01-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]'), _negated=True), name='a_name_is_one_line')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("date_joined", "email", "full_name", "id", "is_active", "is_superuser", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_round", "time_zone") VALUES (NEW."date_joined", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."is_superuser", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_round", NEW."time_zone"); RETURN NULL;', hash='552181e807ae7a23bda80b4c03bc808f38d76232', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."session_round" IS DISTINCT FROM (NEW."session_round") OR OLD."time_zone" IS DISTINCT FROM (NEW."time_zone"))', func='INSERT INTO "accounts_userevent" ("date_joined", "email", "full_name", "id", "is_active", "is_superuser", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_round", "time_zone") VALUES (NEW."date_joined", NEW."email", NEW."full_name", NEW."id", NEW."is_active", NEW."is_superuser", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_round", NEW."time_zone"); RETURN NULL;', hash='4a8426b69d16a4004f008604f9a830afd42632c1', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='UserEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('full_name', models.CharField(max_length=150, validators=[conduct.models.one_line.one_line], verbose_name='full name')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], default='en', max_length=2, verbose_name='language')),
                    ('time_zone', models.CharField(default='Europe/Brussels', max_length=40, verbose_name='time zone')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('session_round', models.PositiveIntegerField(default=0, editable=False, verbose_name='how often all sessions were ended')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('country_code', models.CharField(blank=True, help_text='Only for country-partner officers.', max_length=2, verbose_name='country')),
                    ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles_granted', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                    ('granted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles_confirmed', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ],
                options={
                    'verbose_name': 'role',
                    'verbose_name_plural': 'roles',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('user', 'role', 'country_code'), name='one_current_grant_per_role'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'officer'), ('country_code__regex', '^[A-Z]{2}$')), models.Q(models.Q(('role', 'officer'), _negated=True), ('country_code', '')), _connector='OR'), name='officers_alone_have_a_country'), models.CheckConstraint(condition=models.Q(('granted_by', None), models.Q(('granted_by', models.F('user')), _negated=True), _connector='OR'), name='nobody_gives_themselves_a_role', violation_error_message='Nobody gives a role to themselves.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('user')), _negated=True), models.Q(('granted_by', None), models.Q(('confirmed_by', models.F('granted_by')), _negated=True), _connector='OR')), _connector='OR'), name='a_third_person_confirms_a_role', violation_error_message='Somebody else must confirm the role.'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['administrator', 'coordinator', 'finance', 'officer']), _negated=True), ('granted_by', None), ('confirmed_at__isnull', False), _connector='OR'), name='weighty_roles_are_confirmed', violation_error_message='A second person must confirm this role.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='roles_exclude_one_another', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."revoked_at" IS NULL)', declare='DECLARE other text;', func="\n    PERFORM pg_advisory_xact_lock_shared(hashtext('accounts_roleexclusion'));\n    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;\n    \n    SELECT held.role INTO other FROM accounts_rolegrant held\n        WHERE held.user_id = NEW.user_id AND held.revoked_at IS NULL AND held.id <> NEW.id AND (\n            (held.role, NEW.role) IN (('administrator', 'coordinator'), ('coordinator', 'administrator'), ('administrator', 'finance'), ('finance', 'administrator'), ('administrator', 'officer'), ('officer', 'administrator'))\n            OR EXISTS (\n                SELECT 1 FROM accounts_roleexclusion policy WHERE policy.lifted_at IS NULL\n                AND policy.first = LEAST(held.role, NEW.role)\n                AND policy.second = GREATEST(held.role, NEW.role)\n            )\n        ) LIMIT 1;\n\n    IF FOUND THEN\n        RAISE EXCEPTION 'Nobody may be % and % at once.', other, NEW.role\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_exclude_one_another';\n    END IF;\n    RETURN NEW;\n", hash='b90cead4d1983e9f7e8888fc8e0618706319b887', operation='INSERT OR UPDATE', pgid='pgtrigger_roles_exclude_one_another_9b615', table='accounts_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.user_id IS DISTINCT FROM NEW.user_id OR OLD.role IS DISTINCT FROM NEW.role OR OLD.country_code IS DISTINCT FROM NEW.country_code OR OLD.granted_by_id IS DISTINCT FROM NEW.granted_by_id OR OLD.granted_at IS DISTINCT FROM NEW.granted_at OR OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id OR OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at) THEN RAISE EXCEPTION 'accounts_rolegrant: user, role, country_code, granted_by, granted_at, confirmed_by, confirmed_at never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='22296fd0eab56eaaf2221a7e21c1fb78469ccf8d', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_9e75a', table='accounts_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((COALESCE(OLD.revoked_at::text, '') <> '' AND OLD.revoked_at IS DISTINCT FROM NEW.revoked_at)) THEN RAISE EXCEPTION 'accounts_rolegrant: revoked_at is written once.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='a70d2a773ea59700293d454883b50e79e1d68438', operation='UPDATE', pgid='pgtrigger_written_once_d9237', table='accounts_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ba641a3efbe1ec8ad8066876c542c84c0890686c', operation='DELETE', pgid='pgtrigger_never_deleted_9722e', table='accounts_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_rolegrantevent" ("confirmed_at", "confirmed_by_id", "country_code", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "user_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."country_code", NEW."granted_at", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."role", NEW."user_id"); RETURN NULL;', hash='0631e85064b273e623740bf7018ba68e119bfc72', operation='INSERT', pgid='pgtrigger_insert_insert_77ca7', table='accounts_rolegrant', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_rolegrantevent" ("confirmed_at", "confirmed_by_id", "country_code", "granted_at", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "user_id") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."country_code", NEW."granted_at", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."role", NEW."user_id"); RETURN NULL;', hash='15b32f1b4521e265c55596a10bbe2c51ff715061', operation='UPDATE', pgid='pgtrigger_update_update_f0e9e', table='accounts_rolegrant', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='RoleGrantEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.rolegrant')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('country_code', models.CharField(blank=True, help_text='Only for country-partner officers.', max_length=2, verbose_name='country')),
                    ('granted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                    ('granted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                    ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e90105cc081df41513a450b44da6f9c22d10503', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0af7e', table='accounts_rolegrantevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='RoleExclusion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('second', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lifted_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'pair of roles that exclude one another',
                    'verbose_name_plural': 'pairs of roles that exclude one another',
                    'ordering': ['first', 'second', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='a_pair_of_roles_has_one_form'), models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('first', 'second'), name='a_pair_is_excluded_once', violation_error_message='These roles exclude one another already.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='nobody_holds_both', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."lifted_at" IS NULL)', func="\n    PERFORM pg_advisory_xact_lock(hashtext('accounts_roleexclusion'));\n    PERFORM 1 FROM accounts_rolegrant one JOIN accounts_rolegrant other USING (user_id)\n        WHERE one.role = NEW.first AND other.role = NEW.second\n        AND one.revoked_at IS NULL AND other.revoked_at IS NULL;\n    IF FOUND THEN\n        RAISE EXCEPTION 'Somebody is % and % now.', NEW.first, NEW.second\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_holds_both';\n    END IF;\n    RETURN NEW;\n", hash='85aef332bb4b27527dd16fc0d8391361bb521619', operation='INSERT OR UPDATE', pgid='pgtrigger_nobody_holds_both_88f7c', table='accounts_roleexclusion', when='BEFORE')), pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.first IS DISTINCT FROM NEW.first OR OLD.second IS DISTINCT FROM NEW.second OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id OR OLD.decided_at IS DISTINCT FROM NEW.decided_at) THEN RAISE EXCEPTION 'accounts_roleexclusion: first, second, reason, decided_by, decided_at never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='d4bed8cc73ce977f870c4059359515e3bea3b709', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_b39f2', table='accounts_roleexclusion', when='BEFORE')), pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((COALESCE(OLD.lifted_by_id::text, '') <> '' AND OLD.lifted_by_id IS DISTINCT FROM NEW.lifted_by_id) OR (COALESCE(OLD.lifted_at::text, '') <> '' AND OLD.lifted_at IS DISTINCT FROM NEW.lifted_at)) THEN RAISE EXCEPTION 'accounts_roleexclusion: lifted_by, lifted_at is written once.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='d2d8495088dff13556fc97d8114f477e6c3cb7be', operation='UPDATE', pgid='pgtrigger_written_once_bc351', table='accounts_roleexclusion', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3883a2073747d9878f5fbfc632f77ba6b5ade136', operation='DELETE', pgid='pgtrigger_never_deleted_9bc8e', table='accounts_roleexclusion', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_roleexclusionevent" ("decided_at", "decided_by_id", "first", "id", "lifted_at", "lifted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."first", NEW."id", NEW."lifted_at", NEW."lifted_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."second"); RETURN NULL;', hash='b2a0592806870451b724dde8767726ef2c86b0c5', operation='INSERT', pgid='pgtrigger_insert_insert_c932f', table='accounts_roleexclusion', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_roleexclusionevent" ("decided_at", "decided_by_id", "first", "id", "lifted_at", "lifted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "second") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."first", NEW."id", NEW."lifted_at", NEW."lifted_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."second"); RETURN NULL;', hash='bf5484823b3941fbf76a1a632f3ae3a230c852e2', operation='UPDATE', pgid='pgtrigger_update_update_78a76', table='accounts_roleexclusion', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='RoleExclusionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.roleexclusion')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('first', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('second', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                    ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('lifted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lifted_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c3be8a3b6d97cae99ccc51f14232b2c2242485b9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1aaeb', table='accounts_roleexclusionevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.TextField(blank=True)),
                    ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('no_space_since', models.DateTimeField(editable=False, null=True)),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], default='en', max_length=2, verbose_name='language')),
                    ('token', models.CharField(default=accounts.models.invitations.invitation_token, max_length=64, unique=True)),
                    ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField(default=accounts.models.invitations.invitation_expiry)),
                    ('mailed_at', models.DateTimeField(blank=True, null=True)),
                    ('failed_at', models.DateTimeField(blank=True, null=True)),
                    ('expiry_told_at', models.DateTimeField(blank=True, null=True)),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('role', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('country_code', models.CharField(blank=True, max_length=2, verbose_name='country')),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_sent', to=settings.AUTH_USER_MODEL)),
                    ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_accepted', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_confirmed', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'invitation',
                    'verbose_name_plural': 'invitations',
                    'indexes': [models.Index(condition=models.Q(('accepted_at', None), ('mailed_at', None), ('withdrawn_at', None)), fields=['invited_at'], name='invitations_to_mail')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role', 'officer'), ('country_code__regex', '^[A-Z]{2}$')), models.Q(models.Q(('role', 'officer'), _negated=True), ('country_code', '')), _connector='OR'), name='officers_alone_are_invited_to_a_country'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('role'), models.F('country_code'), condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), name='one_standing_invitation_per_role'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('withdrawn_at', None)), _connector='OR'), name='invitation_is_accepted_by_someone_or_withdrawn'), models.CheckConstraint(condition=models.Q(('accepted_by', None), models.Q(models.Q(('invited_by', None), models.Q(('accepted_by', models.F('invited_by')), _negated=True), _connector='OR'), models.Q(('confirmed_by', None), models.Q(('accepted_by', models.F('confirmed_by')), _negated=True), _connector='OR')), _connector='OR'), name='nobody_takes_up_what_they_offered', violation_error_message='Nobody takes up a role that they gave themselves.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('invited_by', None), models.Q(('confirmed_by', models.F('invited_by')), _negated=True), _connector='OR'), name='somebody_else_confirms_an_invitation', violation_error_message='Somebody else must confirm the role.'), models.CheckConstraint(condition=models.Q(('accepted_at', None), models.Q(('role__in', ['administrator', 'coordinator', 'finance', 'officer']), _negated=True), ('invited_by', None), ('confirmed_at__isnull', False), _connector='OR'), name='weighty_invitations_are_confirmed_first', violation_error_message='A second person must confirm this role.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.email IS DISTINCT FROM NEW.email OR OLD.role IS DISTINCT FROM NEW.role OR OLD.country_code IS DISTINCT FROM NEW.country_code OR OLD.invited_by_id IS DISTINCT FROM NEW.invited_by_id) THEN RAISE EXCEPTION 'accounts_invitation: email, role, country_code, invited_by never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='ce9ebf82899bf522b2a83c78bafd5265904863ce', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_29e91', table='accounts_invitation', when='BEFORE')), pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((COALESCE(OLD.accepted_at::text, '') <> '' AND OLD.accepted_at IS DISTINCT FROM NEW.accepted_at) OR (COALESCE(OLD.accepted_by_id::text, '') <> '' AND OLD.accepted_by_id IS DISTINCT FROM NEW.accepted_by_id) OR (COALESCE(OLD.confirmed_at::text, '') <> '' AND OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at) OR (COALESCE(OLD.confirmed_by_id::text, '') <> '' AND OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id) OR (COALESCE(OLD.withdrawn_at::text, '') <> '' AND OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)) THEN RAISE EXCEPTION 'accounts_invitation: accepted_at, accepted_by, confirmed_at, confirmed_by, withdrawn_at is written once.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='582044e4fd05b617726515983662b9a7f5e4689e', operation='UPDATE', pgid='pgtrigger_written_once_bf41d', table='accounts_invitation', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0b3a5f1c711783d9a8d290d7e0a2d35621d21e11', operation='DELETE', pgid='pgtrigger_never_deleted_c8501', table='accounts_invitation', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_invitationevent" ("accepted_at", "accepted_by_id", "confirmed_at", "confirmed_by_id", "country_code", "email", "expires_at", "failed_at", "id", "invited_at", "invited_by_id", "language", "mailed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "withdrawn_at") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."country_code", NEW."email", NEW."expires_at", NEW."failed_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."language", NEW."mailed_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."withdrawn_at"); RETURN NULL;', hash='6f2cd749715356211a9e99b74de069af788f50f3', operation='INSERT', pgid='pgtrigger_insert_insert_8c354', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."accepted_by_id" IS DISTINCT FROM (NEW."accepted_by_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."country_code" IS DISTINCT FROM (NEW."country_code") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."failed_at" IS DISTINCT FROM (NEW."failed_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."mailed_at" IS DISTINCT FROM (NEW."mailed_at") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))', func='INSERT INTO "accounts_invitationevent" ("accepted_at", "accepted_by_id", "confirmed_at", "confirmed_by_id", "country_code", "email", "expires_at", "failed_at", "id", "invited_at", "invited_by_id", "language", "mailed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "withdrawn_at") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."country_code", NEW."email", NEW."expires_at", NEW."failed_at", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."language", NEW."mailed_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."withdrawn_at"); RETURN NULL;', hash='251c793a0db5a7cc8413c2d42947f4275bed3d5e', operation='UPDATE', pgid='pgtrigger_update_update_4e12d', table='accounts_invitation', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='InvitationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.invitation')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('language', models.CharField(choices=[('en', 'English'), ('fr', 'Français'), ('ar', 'العربية')], default='en', max_length=2, verbose_name='language')),
                    ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField(default=accounts.models.invitations.invitation_expiry)),
                    ('mailed_at', models.DateTimeField(blank=True, null=True)),
                    ('failed_at', models.DateTimeField(blank=True, null=True)),
                    ('accepted_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('role', models.CharField(choices=[('assessor', 'assessor'), ('officer', 'country-partner officer'), ('coordinator', 'coordinator'), ('finance', 'finance officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                    ('country_code', models.CharField(blank=True, max_length=2, verbose_name='country')),
                    ('invited_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('accepted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='daf23d962af867f3cb4eedb3f026a1b651002cd3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b4566', table='accounts_invitationevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FactorReset',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factor_resets', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('reason', models.CharField(max_length=500, verbose_name='reason')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'reset of second factors',
                    'verbose_name_plural': 'resets of second factors',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None)), fields=('person',), name='one_standing_reset_per_person', violation_error_message='A reset for this person waits already.'), models.CheckConstraint(condition=models.Q(('asked_by', models.F('person')), _negated=True), name='nobody_resets_their_own_factors'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('withdrawn_at', None), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), models.Q(('confirmed_by', models.F('person')), _negated=True)), _connector='OR'), name='a_second_administrator_confirms_a_reset', violation_error_message='Another administrator must confirm it.')],
                    'triggers': [pgtrigger.compiler.Trigger(name='fixed_from_the_start', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF (OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.asked_by_id IS DISTINCT FROM NEW.asked_by_id OR OLD.asked_at IS DISTINCT FROM NEW.asked_at) THEN RAISE EXCEPTION 'accounts_factorreset: person, reason, asked_by, asked_at never changes.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='217e6ebe6d35ea7e58c70d8188f35f4b82e2305c', operation='UPDATE', pgid='pgtrigger_fixed_from_the_start_54244', table='accounts_factorreset', when='BEFORE')), pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF ((COALESCE(OLD.confirmed_by_id::text, '') <> '' AND OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id) OR (COALESCE(OLD.confirmed_at::text, '') <> '' AND OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at) OR (COALESCE(OLD.withdrawn_at::text, '') <> '' AND OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)) THEN RAISE EXCEPTION 'accounts_factorreset: confirmed_by, confirmed_at, withdrawn_at is written once.' USING ERRCODE = 'check_violation'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='656043e2295a18dcfc813da2e33b46d24d734ae2', operation='UPDATE', pgid='pgtrigger_written_once_39a25', table='accounts_factorreset', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='48704cc5f9e6f894ad09f0daaf8c25cde5f11062', operation='DELETE', pgid='pgtrigger_never_deleted_9da34', table='accounts_factorreset', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_factorresetevent" ("asked_at", "asked_by_id", "confirmed_at", "confirmed_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;', hash='1b66ceaf660dd943c70c4bd05f172d32a8bfde97', operation='INSERT', pgid='pgtrigger_insert_insert_3bfe9', table='accounts_factorreset', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_factorresetevent" ("asked_at", "asked_by_id", "confirmed_at", "confirmed_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "withdrawn_at") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."withdrawn_at"); RETURN NULL;', hash='acc18c5a8426017fb3b0970bd9b4dbefef0c7368', operation='UPDATE', pgid='pgtrigger_update_update_b4c64', table='accounts_factorreset', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='FactorResetEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.factorreset')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('id', models.BigIntegerField()),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('reason', models.CharField(max_length=500, verbose_name='reason')),
                    ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='286f5b56e9b6c9017dbd2814ffeecdab9386b786', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_67b0b', table='accounts_factorresetevent', when='BEFORE'))],
                },
            )],
        ),
    ]
