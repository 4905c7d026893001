"""An application is found by the aliases of its cluster too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FOLLOWED = """
    DROP TRIGGER applications_follow_their_cluster ON clusters_cluster;
    CREATE TRIGGER applications_follow_their_cluster AFTER UPDATE OF name, aliases ON clusters_cluster
        FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.aliases IS DISTINCT FROM NEW.aliases)
        EXECUTE FUNCTION applications_follow_their_cluster();
"""
FOLLOWED_BY_NAME = """
    DROP TRIGGER applications_follow_their_cluster ON clusters_cluster;
    CREATE TRIGGER applications_follow_their_cluster AFTER UPDATE OF name ON clusters_cluster
        FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
        EXECUTE FUNCTION applications_follow_their_cluster();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('vouchers', '0011_clarifications_and_hints'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='application',
            name='named_after_its_cluster',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='named_after_its_cluster', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    SELECT name, UPPER(CONCAT_WS(' ', NEW.reference, name, aliases))\n        INTO NEW.cluster_name, NEW.searched\n        FROM clusters_cluster WHERE id = NEW.cluster_id;\n    RETURN NEW;\n", hash='c0e23005644cf03840794ad4faeaf9aa94145cd0', operation='INSERT OR UPDATE', pgid='pgtrigger_named_after_its_cluster_61c67', table='vouchers_application', when='BEFORE')),
        ),
        migrations.RunSQL(FOLLOWED, FOLLOWED_BY_NAME),
        migrations.RunSQL("UPDATE vouchers_application SET cluster_id = cluster_id", migrations.RunSQL.noop),
    ]
