"""Quotes are read after they were opened, or by their own link: held by the database."""

from django.db import migrations

from vouchers.providers.quotes.models.sealing import SEAL, UNSEAL


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0010_quotes")]

    operations = [migrations.RunSQL(SEAL, UNSEAL)]
