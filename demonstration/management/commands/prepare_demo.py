"""Bring the demonstration up to date: tables first, then data where none are, then some letters."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.executor import MigrationExecutor

from conduct.models.owning import as_owner
from demonstration.letters import make_first_letters, make_seal
from demonstration.plot import is_told, tell
from demonstration.serving import progress, running

from .serve_demo import require_free


class Command(BaseCommand):
    help = "Migrate and make the demonstration data; quick where both are done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="where it will be served: must be free")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demonstration data have no place in production (set DEMO=1).")
        # Before minutes of work, not after them.
        if served := running.running(settings.DATA_DIR):
            raise CommandError(str(running.AlreadyServed(served)))
        if options["port"]:
            require_free(options["port"])
        try:
            self._prepare()
        finally:
            progress.end()

    def _prepare(self) -> None:
        make_seal()
        # As the owner: where a first migration was interrupted, nobody else may read yet.
        with as_owner() as connection:
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            progress.show("tables")
            call_command("migrate", verbosity=0, interactive=False)
        if is_told():
            return
        progress.show("demonstration data")
        tell(lambda part, done: progress.show("demonstration data", done, part))
        progress.show("first letters")
        make_first_letters(lambda part, done: progress.show("first letters", done, part))
