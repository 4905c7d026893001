"""Quotes are read through one function of the database, and by nobody before their deadline."""

from django.db import migrations

from vouchers.providers.quotes.models.sealing import SEAL, UNSEAL


class Migration(migrations.Migration):
    dependencies = [("vouchers", "0002_applications_follow_their_cluster")]

    operations = [migrations.RunSQL(SEAL, UNSEAL)]
