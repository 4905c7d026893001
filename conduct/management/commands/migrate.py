"""Django's own `migrate`, conducted by the owner; an empty database begins with the schema dump."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from conduct.models.owning import as_owner, roles_are_apart
from conduct.models.schema.dump import Dump
from conduct.models.schema.restoring import restore

# With any of them somebody means the migrations themselves.
_OF_MIGRATIONS = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--from-migrations",
            action="store_true",
            help="Conduct all migrations in an empty database, instead of restoring the schema dump.",
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        if settings.PRODUCTION and not roles_are_apart():
            raise CommandError(
                "Set MIGRATION_DATABASE_URL: the tables belong to another role than the one of "
                "DATABASE_URL, as which the portal works (see docs/deployment.md)."
            )
        with as_owner(options["database"]):
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        database = options["database"]
        if options["from_migrations"] or any(options[option] for option in _OF_MIGRATIONS):
            super().handle(*args, **options)
            return
        if not options["skip_checks"]:
            self.check(databases=[database])
            options["skip_checks"] = True
        if self._restore(database, options["verbosity"]) and not self._is_more_to_do(database):
            # As Django does at its end: rights are granted then.
            emit_post_migrate_signal(options["verbosity"], options["interactive"], database)
        else:
            super().handle(*args, **options)

    def _restore(self, database: str, verbosity: int) -> bool:
        """Fill an empty database from the dump, unless a migration changed that it was made from."""
        dump = Dump.read()
        if not dump.is_usable():
            if verbosity:
                self.stdout.write("The schema dump is older than the migrations (make schema).")
            return False
        is_restored = restore(connections[database], dump)
        if is_restored and verbosity:
            self.stdout.write(f"Restored what {len(dump.migrations)} migrations make.")
        return is_restored

    def _is_more_to_do(self, database: str) -> bool:
        executor = MigrationExecutor(connections[database])
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
