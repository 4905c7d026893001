"""The table in which the cache lies while Redis is away (nextsociety.caching), as Django lays it out."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE spare_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX spare_cache_expires ON spare_cache (expires);
            """,
            "DROP TABLE spare_cache",
        ),
    ]
