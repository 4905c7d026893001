"""An application is found by the name and the aliases that its cluster has now."""

from django.db import migrations

# An application's own trigger reads both anew with every update.
FOLLOW = """
    CREATE FUNCTION applications_follow_their_cluster() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE vouchers_application SET cluster_id = cluster_id WHERE cluster_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER applications_follow_their_cluster AFTER UPDATE OF name, aliases ON clusters_cluster
        FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.aliases IS DISTINCT FROM NEW.aliases)
        EXECUTE FUNCTION applications_follow_their_cluster();
"""
FOLLOW_NO_MORE = """
    DROP TRIGGER applications_follow_their_cluster ON clusters_cluster;
    DROP FUNCTION applications_follow_their_cluster();
"""


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0001_initial")]

    operations = [migrations.RunSQL(FOLLOW, FOLLOW_NO_MORE)]
