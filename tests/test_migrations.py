"""What the models say stands in the migrations: constraints and triggers reach the database."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_model_says_what_no_migration_does():
    told = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=told)
    assert "No changes detected" in told.getvalue()
