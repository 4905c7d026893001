"""Bring the demonstration up to date: tables first, then data where none are."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Migrate and make the demonstration data; quick where both are done."

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("· tables …")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("make_demo", stdout=self.stdout)
