"""What lists of applications are read and searched by, kept by the database itself."""

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# An application's own trigger reads the name anew with every update.
RENAMED = """
    CREATE FUNCTION applications_follow_their_cluster() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE vouchers_application SET cluster_id = cluster_id WHERE cluster_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER applications_follow_their_cluster AFTER UPDATE OF name ON clusters_cluster
        FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
        EXECUTE FUNCTION applications_follow_their_cluster();
"""
RENAMED_NO_MORE = """
    DROP TRIGGER applications_follow_their_cluster ON clusters_cluster;
    DROP FUNCTION applications_follow_their_cluster();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0002_legal_facts'),
        ('vouchers', '0009_settled_threads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='update_update',
        ),
        migrations.RemoveIndex(
            model_name='application',
            name='application_by_country',
        ),
        migrations.AddField(
            model_name='application',
            name='cluster_name',
            field=models.CharField(default='', editable=False, max_length=200, verbose_name='cluster'),
        ),
        migrations.AddField(
            model_name='application',
            name='searched',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('reference__isnull', False), models.Q(('state', 'draft'), _negated=True)), fields=['-submitted_at', '-id'], name='sent_newest'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('reference__isnull', False), models.Q(('state', 'draft'), _negated=True)), fields=['country', '-submitted_at', '-id'], name='sent_by_country'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('reference__isnull', False), models.Q(('state', 'draft'), _negated=True)), fields=['call', '-submitted_at', '-id'], name='sent_by_call'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('reference__isnull', False), models.Q(('state', 'draft'), _negated=True)), fields=['state', '-submitted_at', '-id'], name='sent_by_state'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('reference__isnull', False), models.Q(('state', 'draft'), _negated=True)), fields=['language', '-submitted_at', '-id'], name='sent_by_language'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('reference__isnull', False), models.Q(('state', 'draft'), _negated=True)), fields=['cluster_name', 'id'], name='sent_by_name'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=django.contrib.postgres.indexes.GinIndex(fields=['searched'], name='application_searched', opclasses=['gin_trgm_ops']),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='named_after_its_cluster', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    SELECT name, UPPER(CONCAT_WS(' ', NEW.reference, name))\n        INTO NEW.cluster_name, NEW.searched\n        FROM clusters_cluster WHERE id = NEW.cluster_id;\n    RETURN NEW;\n", hash='6144467d71d4696221803efae9d69d16885c65fd', operation='INSERT OR UPDATE', pgid='pgtrigger_named_after_its_cluster_61c67', table='vouchers_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."country_id" IS DISTINCT FROM (NEW."country_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."started_by_id" IS DISTINCT FROM (NEW."started_by_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."submitted_by_id" IS DISTINCT FROM (NEW."submitted_by_id"))', func='INSERT INTO "vouchers_applicationevent" ("call_id", "cluster_id", "country_id", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_at", "started_by_id", "state", "submitted_at", "submitted_by_id") VALUES (NEW."call_id", NEW."cluster_id", NEW."country_id", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."started_at", NEW."started_by_id", NEW."state", NEW."submitted_at", NEW."submitted_by_id"); RETURN NULL;', hash='6394bcb51bcc8bf4271131c509b46f565a8c57cd', operation='UPDATE', pgid='pgtrigger_update_update_b6169', table='vouchers_application', when='AFTER')),
        ),
        migrations.RunSQL(RENAMED, RENAMED_NO_MORE),
        # The triggers fill in what earlier applications lack.
        migrations.RunSQL("UPDATE vouchers_application SET cluster_id = cluster_id", migrations.RunSQL.noop),
    ]
