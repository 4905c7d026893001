"""Django's own `migrate`, conducted by the role that owns the tables."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate

from conduct.models.owning import as_owner, roles_are_apart


class Command(migrate.Command):
    def execute(self, *args: Any, **options: Any) -> str | None:
        if settings.PRODUCTION and not roles_are_apart():
            raise CommandError(
                "Set MIGRATION_DATABASE_URL: the tables belong to another role than the one of "
                "DATABASE_URL, as which the portal works (see docs/deployment.md)."
            )
        with as_owner(options["database"]):
            return super().execute(*args, **options)
